#!/usr/bin/env node
// `npm test`: everything that can fail, in the order in which a person would want to know. `--long`: the full counts.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const result = spawnSync(process.execPath, [join(root, 'bin/rapport.mjs'), '--run', 'bin/test.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env: { ...process.env, NODE_ENV: 'test' } })
process.exit(result.status ?? 1)
