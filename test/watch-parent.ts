import { clearFolder } from './clear-folder.ts'

// Waits until whoever started this process is gone, however it went, and then removes what it left.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
process.stdin.resume()
process.stdin.once('close', () => void clearFolder(process.argv[2]!))
