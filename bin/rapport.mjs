#!/usr/bin/env node
// Starts any command of Rapport on the project's own Node, whatever Node found this file first (20 or newer).
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { memoryFlags } from './memory-flags.mjs'

const root = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))))
const require = createRequire(join(root, 'package.json'))

function ownNode() {
  for (const name of [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]) {
    try {
      const path = join(dirname(require.resolve(`${name}/package.json`)), 'bin/node')
      if (existsSync(path)) return path
    } catch { /* not for this machine */ }
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  console.error(existsSync(join(root, 'node_modules'))
    ? `Rapport needs Node 24, and none comes with it for ${process.platform}-${process.arch}: install it.`
    : 'Run `npm ci` first.')
  process.exit(1)
}

const node = ownNode()
const [first, ...rest] = process.argv.slice(2)
const inProject = first === 'dev' || first === 'build' || first === '--run'

/** What Node runs: the sources for work on them, else what was compiled from them, brought up to date first. */
function program() {
  if (first === '--run') return ['--import', 'tsx', ...rest]
  if (first === 'dev' && !rest.includes('--help') && !rest.includes('-h')) return [join(root, 'bin/dev.ts'), ...rest]
  if (first === 'build') return [join(root, 'bin/build.ts')]
  const built = spawnSync(node, [join(root, 'bin/build.ts'), '--if-stale'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (built.status !== 0) process.exit(built.status ?? 1)
  const stamp = readFileSync(join(root, 'build/stamp'), 'utf8')
  return [...memoryFlags(first), '--enable-source-maps', join(root, 'build/server', stamp, 'main.js'), ...process.argv.slice(2)]
}

// Set before React is first imported: it looks once.
const env = { ...process.env, NODE_ENV: first === 'dev' ? 'development' : first === '--run' ? process.env.NODE_ENV ?? 'production' : 'production' }
// The channel tells the child when this process is gone, however it went.
const child = spawn(node, program(), { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env, ...(inProject && { cwd: root }) })
child.on('error', error => { console.error(`${node} cannot be started: ${error.message}`); process.exit(1) })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => {
  if (signal) { process.removeAllListeners(signal); process.kill(process.pid, signal) } else process.exit(code ?? 1)
})
