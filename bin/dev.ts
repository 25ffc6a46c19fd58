import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { buildClient } from './build-client.ts'

// `npm run dev`: the server from its sources, started anew at every change; what browsers load, built anew when that changes.
const root = join(import.meta.dirname, '..')
const forBrowsers = /\.(css|svg|island\.tsx)$|^(client|ui)\/|shared(-[a-z-]+)?\.ts$/

let waiting: NodeJS.Timeout | undefined
let building = buildClient()
const buildSoon = () => {
  clearTimeout(waiting)
  waiting = setTimeout(() => { building = building.then(() => buildClient()).catch(error => console.error((error as Error).message)) }, 150)
}
await building.catch(error => console.error((error as Error).message))
watch(join(root, 'src'), { recursive: true }, (_event, name) => { if (name && forBrowsers.test(name) && !/\.test\.tsx?$/.test(name)) buildSoon() })

const server = spawn(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', '--include', 'messages/**/*.json', '--include', 'migrations/**/*.sql', '--include', 'build/client/.vite/manifest.json', 'src/cli/main.ts', 'serve', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.kill(signal))
server.on('exit', code => process.exit(code ?? 1))
