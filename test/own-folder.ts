import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder below the system's temporary one that goes, with the servers in it, when asked or when this process is no more: also after kill -9. */
export function makeOwnFolder(name: string): { folder: string; remove: () => Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), `rapport-${name}-`))
  chmodSync(folder, 0o711)   // a server that runs as another user passes through
  const watcher = spawn(process.execPath, [join(import.meta.dirname, 'watch-parent.ts'), folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, env: { ...process.env, NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: undefined } })
  const gone = once(watcher, 'exit')
  watcher.unref()
  if (watcher.stdin instanceof Socket) watcher.stdin.unref()
  return { folder, async remove() { watcher.ref(); watcher.stdin.end(); await gone } }
}
