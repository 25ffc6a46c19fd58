import { escapePart, readersOf, type Message } from './parse-message.ts'

/** AA: kept. AE: kept, and put aside for staff. AR: not taken. */
export type Verdict = { code: 'AA' | 'AE' | 'AR'; reason?: string }

const stamp = (now: Date) => `${now.toISOString().replace(/[-:T]/g, '').slice(0, 14)}+0000`

/** The acknowledgement of a message, or of something that was none. */
export function answerMessage(message: Message | undefined, { code, reason }: Verdict, { now, id }: { now: Date; id: string }): string {
  const msh = message && readersOf(message)[0]
  const part = (field: number) => escapePart(msh?.at(field) ?? '')
  const event = escapePart(msh?.at(9, 2) ?? '')
  return [
    `MSH|^~\\&|${part(5) || 'RAPPORT'}|${part(6)}|${part(3)}|${part(4)}|${stamp(now)}||ACK${event && `^${event}^ACK`}|${id}|${part(11) || 'P'}|${part(12) || '2.5.1'}|||||||UNICODE UTF-8`,
    `MSA|${code}|${part(10)}`,
    ...(reason ? [`ERR|||${code === 'AR' ? '200^Unsupported message type' : '207^Application internal error'}^HL70357|E||||${escapePart(reason)}`] : []),
  ].map(line => `${line}\r`).join('')
}
