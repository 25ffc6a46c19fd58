import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

export type ReceivedMail = { from: string; to: string[]; source: string }
export type MailServer = {
  port: number
  received: ReceivedMail[]
  /** What the server does with the next mails: take them, refuse the recipient for good, refuse for now, or break off after taking one. */
  mood: 'takes' | 'refuses' | 'is busy' | 'hangs up after taking'
  /** How long it thinks about a recipient. */
  delayMs: number
  stop: () => Promise<void>
}

/** A real SMTP server on this machine. */
export async function aMailServer({ port = 0 }: { port?: number } = {}): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const say = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo(address, _session, answer) {
      if (mail.mood === 'refuses') return answer(say(550, `no such person ${address.address}`))
      if (mail.mood === 'is busy') return answer(say(451, `try later ${address.address}`))
      setTimeout(answer, mail.delayMs)
    },
    onData(stream, session, answer) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(one => one.address), source: Buffer.concat(parts).toString() })
        if (mail.mood === 'hangs up after taking') return server.connections.forEach(connection => connection.close())
        answer()
      })
    },
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  const mail: MailServer = {
    port: (server.server.address() as AddressInfo).port, received, mood: 'takes', delayMs: 0,
    stop: () => new Promise<void>(resolve => { server.connections.forEach(connection => connection.close()); server.close(() => resolve()) }),
  }
  return mail
}
