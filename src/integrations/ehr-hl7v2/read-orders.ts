import type { Reader } from './parse-message.ts'
import { conceptOf, idOf, timeOf, type Thing } from './read-parts.ts'
import { ordersOf, type About } from './read-oru.ts'

/** What a control code (ORC-1) or a status (ORC-5) makes of an order. What the laboratory cannot take stays open, so that somebody misses it. */
const over: ReadonlySet<string> = new Set(['CA', 'DC', 'OC', 'CR', 'OD', 'DR'])
const held: ReadonlySet<string> = new Set(['HD', 'OH', 'HR'])
function statusOf(orc: Reader | undefined): 'active' | 'on-hold' | 'revoked' | 'completed' {
  const [control, status] = [orc?.at(1) ?? '', orc?.at(5) ?? '']
  if (over.has(control) || ['CA', 'DC', 'RP'].includes(status)) return 'revoked'
  if (held.has(control) || status === 'HD') return 'on-hold'
  return status === 'CM' ? 'completed' : 'active'
}

/** Who ordered: by name, and by the number that every clinician in the US has, where the field says that it is that. */
function requesterOf(reader: Reader | undefined, field: number): Record<string, unknown> | null {
  const name = [reader?.at(field, 3), reader?.at(field, 2)].filter(Boolean).join(' ')
  const number = reader?.at(field) ?? ''
  const isNpi = /^\d{10}$/.test(number) && [reader?.at(field, 9), reader?.at(field, 13)].includes('NPI')
  return name === '' ? null : { display: name, ...(isNpi && { identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: number } }) }
}

/** ORM and OML: what was ordered, so that a result that never comes is missed. An order has one id whatever is said of it later. */
export function readOrders(readers: readonly Reader[], { sender: { source, zone }, patient, sentAt }: About): Thing[] | null {
  let last: Reader | undefined
  return ordersOf(readers)?.map(({ obr, orc: own }) => {
    const orc = last = own ?? last
    const [placer, filler] = [obr.at(2) || (orc?.at(2) ?? ''), obr.at(3) || (orc?.at(3) ?? '')]
    const timing = readers.slice(readers.indexOf(own ?? obr), readers.indexOf(obr)).find(({ name }) => name === 'TQ1')
    const planned = [timing?.at(7), orc?.at(7, 4), obr.at(27, 4), obr.at(36), obr.at(6)].map(text => timeOf(text ?? '', zone)).find(time => time !== null)
    const requester = requesterOf(orc, 12) ?? requesterOf(obr, 16)
    const numbers = Object.entries({ PLAC: placer, FILL: filler }).filter(([, value]) => value !== '')
    return {
      resourceType: 'ServiceRequest', id: idOf(source, 'order', placer || filler || String(sentAt), obr.at(4) || obr.at(4, 2)), status: statusOf(orc), intent: 'order',
      identifier: numbers.map(([code, value]) => ({ type: { coding: [{ code }] }, value })), code: conceptOf(obr, obr.all(4)[0] ?? ''), subject: { reference: patient },
      authoredOn: timeOf(orc?.at(9) ?? '', zone) ?? timeOf(obr.at(6), zone) ?? sentAt, ...(planned && { occurrenceDateTime: planned }), ...(requester && { requester }),
    }
  }) ?? null
}
