#!/usr/bin/env node
// Starts any command of Rapport on the project's own Node, whatever Node found this file first (20 or newer).
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))
const require = createRequire(join(root, 'package.json'))

function ownNode() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  for (const name of [`node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]) {
    for (const binary of ['bin/node', 'bin/node.exe']) {
      try {
        const path = join(dirname(require.resolve(`${name}/package.json`)), binary)
        if (existsSync(path)) return path
      } catch { /* not for this machine */ }
    }
  }
  console.error('Rapport needs Node 24. `npm ci` brings it for Linux and macOS; on this machine install it yourself.')
  process.exit(1)
}

const node = ownNode()
const given = process.argv.slice(2)
let args
if (given[0] === '--run') args = ['--import', 'tsx', ...given.slice(1)]                       // a script of the project, from its sources
else if (given[0] === 'dev') args = ['--import', 'tsx', '--watch-path=src', '--watch-path=messages', 'src/cli/main.ts', 'serve']
else {
  const built = spawnSync(node, ['--import', 'tsx', join(root, 'bin/build.ts'), '--if-stale'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (built.status !== 0) process.exit(built.status ?? 1)
  args = ['--enable-source-maps', join(root, 'build/server/main.js'), ...given]
}

const env = { ...process.env, NODE_ENV: given[0] === 'dev' ? 'development' : process.env.NODE_ENV ?? 'production' }
const inProject = given[0] === 'dev' || given[0] === '--run'
const child = spawn(node, args, { stdio: 'inherit', env, ...(inProject && { cwd: root }) })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  if (signal) { process.removeAllListeners(signal); process.kill(process.pid, signal) } else process.exit(code ?? 1)
})
