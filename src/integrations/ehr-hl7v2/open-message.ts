import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { parseMessage, readersOf } from './parse-message.ts'

/** A message that is in no record, as it came. `text`: what can be shown of its bytes, a line for each segment. */
export type OpenMessage = { id: string; source: string; format: 'hl7' | 'fhir' | 'unreadable'; receivedAt: Date; reason: string | null; text: string; calls: { from: string; orderedBy: string; callBack: string; patient: string } }

const nobody = { from: '', orderedBy: '', callBack: '', patient: '' }
const nameAt = (parts: (component: number) => string) => [parts(2), parts(1)].filter(Boolean).join(' ')

/** Whom to call about it, as far as it says: who sent it, who ordered the test (OBR-16, ORC-12) and their number (OBR-17, ORC-14), whom it names. */
function callsOf(text: string): OpenMessage['calls'] {
  const parsed = parseMessage(text)
  if (!parsed.ok) return nobody
  const readers = readersOf(parsed.message)
  const first = (name: string) => readers.find(reader => reader.name === name)
  const [msh, pid, obr, orc] = [readers[0]!, first('PID'), first('OBR'), first('ORC')]
  const orderer = (field: number, from: typeof obr) => (from ? [from.at(field, 3), from.at(field, 2)].filter(Boolean).join(' ') : '')
  return {
    from: [msh.at(3), msh.at(4)].filter(Boolean).join(', '), orderedBy: orderer(16, obr) || orderer(12, orc), callBack: obr?.at(17) || orc?.at(14) || '',
    patient: pid ? nameAt(component => pid.at(5, component)) : '',
  }
}

/** For staff who read records. Each reading is an event. */
export async function openMessage(ctx: Ctx<StaffActor>, id: string): Promise<OpenMessage> {
  const { rows: [row] } = await sql<{ source: string; format: OpenMessage['format']; received_at: Date; reason: string | null; raw: Buffer }>`
    select source, format, received_at, reason, raw from feeds.door_read_message(${id}::uuid)
  `.execute(ctx.db.kysely)
  if (!row) throw new NotFound()
  await audit(ctx, 'feeds.message-read', { kind: 'message', ids: [id] })
  const text = row.raw.toString(row.format === 'unreadable' ? 'latin1' : 'utf8')
  return { id, source: row.source, format: row.format, receivedAt: row.received_at, reason: row.reason, text: text.replace(/\r\n?/g, '\n'), calls: row.format === 'hl7' ? callsOf(text) : nobody }
}
