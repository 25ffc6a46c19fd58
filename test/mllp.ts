import { connect, createServer, type AddressInfo } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Frames, frame } from '#integrations/ehr-hl7v2/frame-messages.ts'

/** A sender's side of a line. With `tls` it speaks TLS, and shows its own certificate if it has one. */
export type LineTo = { port: number; tls?: { ca: string; cert?: string; key?: string } }

/** Sends these bytes and gives the first `answers` that come back; fails when the line is shut before. */
export function sendBytes({ port, tls }: LineTo, bytes: Uint8Array, answers = 1): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const [frames, got] = [new Frames(), [] as string[]]
    const socket = tls ? connectTls({ host: '127.0.0.1', port, ...tls }) : connect(port, '127.0.0.1')
    socket.once(tls ? 'secureConnect' : 'connect', () => socket.write(bytes))
    socket.on('data', (piece: Buffer) => {
      const done = frames.take(piece)
      if (done === 'too-large') return reject(new Error('an answer without an end'))
      for (const one of done) got.push(one.toString())
      if (got.length >= answers) { resolve(got); socket.end() }
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`the line was shut after ${got.length} answers`)))
  })
}

/** Sends one message as a laboratory does and gives its acknowledgement. */
export const sendMessage = async (to: LineTo, text: string): Promise<string> => (await sendBytes(to, frame(text)))[0]!

export const freePort = (): Promise<number> => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address() as AddressInfo; server.close(() => resolve(port)) })
})
