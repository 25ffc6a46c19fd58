import { readFileSync, statSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { createSecureContext, createServer as createTlsServer, Server as TlsServer, type TlsOptions } from 'node:tls'
import type { House } from '#platform/house.ts'
import { errorFields } from '#platform/log.ts'
import { SaidPlainly } from '#platform/said-plainly.ts'
import { answerMessage } from './answer-message.ts'
import { Frames, frame } from './frame-messages.ts'
import { receiveText } from './receive-message.ts'

/** A frame must end within a minute; a line that says nothing is shut after ten. */
const [frameMs, idleMs, handshakeMs, mostLines] = [60_000, 600_000, 10_000, 100]

/** One line: frames are answered in the order in which they came, and no more is read while one is being kept. */
function serveLine(house: House, socket: Socket): void {
  const frames = new Frames()
  let before: Promise<void> = Promise.resolve()
  let limit: NodeJS.Timeout | undefined
  const wait = () => { clearTimeout(limit); limit = setTimeout(() => socket.destroy(), frames.isInside ? frameMs : idleMs) }
  const answer = async (raw: Buffer) => {
    try {
      const text = await receiveText(house, raw, undefined, socket.remoteAddress ?? '')
      if (socket.writable) socket.write(frame(text))
    } catch (error) {
      // Not kept: without an answer the sender sends it again.
      house.log.error('message not kept', errorFields(error))
      socket.destroy()
    }
  }
  socket.on('error', () => {})
  socket.on('close', () => clearTimeout(limit))
  socket.on('data', (piece: Buffer) => {
    const wasInside = frames.isInside
    const done = frames.take(piece)
    if (done === 'too-large') {
      socket.end(frame(answerMessage(undefined, { code: 'AR', reason: 'The message is larger than 20 MB.' }, { now: house.now(), id: 'too-large' })))
      return
    }
    if (!wasInside || done.length > 0) wait()
    if (done.length === 0) return
    socket.pause()
    for (const raw of done) before = before.then(() => answer(raw))
    void before.then(() => socket.resume())
  })
  wait()
}

/** The certificate, its key and the authority of senders; or what is wrong with them, in words. */
function tlsOf({ cert, key, ca }: { cert?: string; key?: string; ca?: string }): TlsOptions {
  const read = (setting: string, path: string) => {
    try { return readFileSync(path) } catch (error) { throw new SaidPlainly(`${setting}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`) }
  }
  const options: TlsOptions = { cert: read('HL7_TLS_CERT', cert!), key: read('HL7_TLS_KEY', key!), minVersion: 'TLSv1.2', handshakeTimeout: handshakeMs, ...(ca && { ca: read('HL7_TLS_CA', ca), requestCert: true, rejectUnauthorized: true }) }
  try { createSecureContext(options) } catch { throw new SaidPlainly('HL7_TLS_CERT, HL7_TLS_KEY or HL7_TLS_CA is no PEM, or the key is another certificate’s.') }
  return options
}

/** A certificate lives for weeks and this process longer: its files are looked at each minute, and lines that begin after a change get the new one. What cannot be used is said each time, and the old one stays. */
function renewCertificate(house: House, server: TlsServer, hl7: Parameters<typeof tlsOf>[0], everyMs: number): NodeJS.Timeout {
  const paths = [hl7.cert, hl7.key, hl7.ca].filter(path => path !== undefined)
  const stamp = () => paths.map(path => { try { return statSync(path).mtimeMs } catch { return 0 } }).join()
  let known = stamp()
  return setInterval(() => {
    const now = stamp()
    if (now === known) return
    try { server.setSecureContext(tlsOf(hl7)); known = now; house.log.info('HL7 certificate renewed') } catch (error) { house.log.error('HL7 certificate not renewed', errorFields(error)) }
  }, everyMs).unref()
}

/** Listens for HL7 v2 over MLLP, with TLS where a certificate is set. Stopping answers what is under way. */
export async function serveMllp(house: House, { renewalMs = 60_000 } = {}): Promise<{ port: number; stop: () => Promise<void> }> {
  const { hl7 } = house.config
  if (!hl7) throw new Error('HL7_PORT is not set')
  const lines = new Set<Socket>()
  const greet = (socket: Socket) => {
    lines.add(socket)
    socket.once('close', () => lines.delete(socket))
    if (lines.size > mostLines) { socket.destroy(); return }
    serveLine(house, socket)
  }
  const server = hl7.cert
    ? createTlsServer(tlsOf(hl7), greet)
    : createServer(greet)
  const renewal = server instanceof TlsServer ? renewCertificate(house, server, hl7, renewalMs) : undefined
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new SaidPlainly(`HL7_PORT: nobody can listen on ${hl7.host}, port ${hl7.port} (${error.code}).`)))
    server.listen(hl7.port, hl7.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => new Promise<void>(resolve => {
      clearInterval(renewal)
      server.close(() => resolve())
      for (const socket of lines) socket.end()
      setTimeout(() => { for (const socket of lines) socket.destroy() }, 2_000).unref()
    }),
  }
}
