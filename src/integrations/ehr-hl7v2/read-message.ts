import type { Received, SaidJoin } from '#records'
import { readersOf, type Message, type Reader } from './parse-message.ts'
import { readMerge } from './read-merge.ts'
import { readOrders } from './read-orders.ts'
import { asReceived, conceptOf, idOf, instantOf, timeOf, type Sender, type Thing } from './read-parts.ts'
import { attachmentOf, plainText, readOru, type About } from './read-oru.ts'
import { readPid } from './read-pid.ts'
import { readSiu, visitEvents } from './read-siu.ts'

/** `unused`: understood, and not made use of. `unusable`: the sender must mend it. `isCritical`: a value in it calls for somebody now; `happenedAt`: when it was taken or told, as far as it says. */
export type Reading = { ok: true; resources: Received[]; said?: SaidJoin[] } | { ok: false; why: 'unused' | 'unusable'; reason: string; isCritical: boolean; happenedAt: Date | null }

const withoutText: ReadonlySet<string> = new Set(['T01', 'T03', 'T05', 'T07', 'T09', 'T11'])
const critical: ReadonlySet<string> = new Set(['HH', 'LL', 'AA', '>', '<'])
export const isCritical = (readers: readonly Reader[]): boolean => readers.some(reader => reader.name === 'OBX' && reader.all(8).some(one => critical.has(reader.part(one, 1))))

/** The latest of when it was observed and when it was told. */
function happenedAt(readers: readonly Reader[], zone: string): Date | null {
  const times = readers.flatMap(reader => (reader.name === 'OBX' ? [14, 19] : reader.name === 'OBR' ? [7, 22] : []).map(field => Date.parse(timeOf(reader.at(field), zone) ?? ''))).filter(Number.isFinite)
  return times.length > 0 ? new Date(Math.max(...times)) : null
}

/** MDM: a note or letter, with its text or its document. */
function readMdm(readers: readonly Reader[], { sender: { source, zone }, patient, sentAt }: About): Thing[] | null {
  const txa = readers.find(({ name }) => name === 'TXA')
  const parts = readers.filter(({ name }) => name === 'OBX')
  if (!txa || parts.length === 0) return null
  const words = parts.filter(part => part.at(2) !== 'ED').map(part => part.text(5)).join('\n')
  const content = [...(words ? [plainText(words)] : []), ...parts.flatMap(part => attachmentOf(part) ?? [])]
  if (content.length === 0) return null
  const isDone = ['LA', 'AU', 'DO', ''].includes(txa.at(17))
  const author = [txa.at(9, 3), txa.at(9, 2)].filter(Boolean).join(' ')
  return [{
    resourceType: 'DocumentReference', id: idOf(source, 'document', txa.at(12) || txa.at(12, 2) || String(sentAt)), status: 'current', docStatus: isDone ? 'final' : 'preliminary', subject: { reference: patient },
    type: conceptOf(txa, txa.all(2)[0] ?? ''), date: instantOf(txa.at(4), zone) ?? instantOf(txa.at(6), zone) ?? sentAt, ...(author && { author: [{ display: author }] }),
    content: content.map(attachment => ({ attachment })),
    ...(['R', 'V', 'U'].includes(txa.at(18)) && { securityLabel: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: txa.at(18) === 'U' ? 'N' : txa.at(18) }] }] }),
  }]
}

function thingsOf(type: string, event: string, readers: readonly Reader[], about: About): Thing[] | null | 'unused' {
  if (type === 'ORU') return readOru(readers, about)
  if (type === 'MDM') return withoutText.has(event) ? 'unused' : readMdm(readers, about)
  if (type === 'ORM' || type === 'OML') return readOrders(readers, about)
  return type === 'ADT' && ['A01', 'A03', 'A04', 'A05', 'A08', 'A28', 'A31'].includes(event) ? [] : 'unused'
}

type No = (why: 'unused' | 'unusable', reason: string) => Reading
/** A visit may be several people's. */
function readVisit(readers: readonly Reader[], pids: readonly Reader[], event: string, { sender, sentAt, no }: { sender: Sender; sentAt: string | null; no: No }): Reading {
  if (pids.length === 0) return no('unusable', 'names no patient (PID)')
  const patients = pids.slice(0, 20).map(pid => readPid(pid, sender))
  const known = patients.filter(patient => patient !== null)
  if (known.length < patients.length) return no('unusable', 'gives the patient no number (PID-3)')
  const visits = readSiu(readers, { event, sender, patients: known.map(({ id }) => `Patient/${id}`) })
  if (!visits) return no('unusable', 'is a SIU without a number (SCH-1, SCH-2) or a time of the visit')
  return { ok: true, resources: [...known, ...visits].map(thing => asReceived(thing, sentAt)) }
}

const merges: ReadonlySet<string> = new Set(['A18', 'A34', 'A40'])
/** A message as records: who it is about and what it says of them. Pure. */
export function readMessage(message: Message, sender: Sender): Reading {
  const readers = readersOf(message)
  const msh = readers[0]!
  const [type, event] = [msh.at(9, 1), msh.at(9, 2)]
  const no = (why: 'unused' | 'unusable', reason: string): Reading => ({ ok: false, why, reason, isCritical: isCritical(readers), happenedAt: happenedAt(readers, sender.zone) })
  if (type === '') return no('unusable', 'does not say what it is (MSH-9)')
  if (type === 'ADT' && merges.has(event)) {
    const merge = readMerge(readers, sender)
    if (!merge) return no('unusable', 'says that two numbers are one person and does not give both (PID-3, MRG-1)')
    return { ok: true, resources: merge.patients.map(patient => asReceived(patient, instantOf(msh.at(7), sender.zone))), said: merge.said }
  }
  const pids = readers.filter(({ name }) => name === 'PID')
  const pid = pids[0]
  const sentAt = instantOf(msh.at(7), sender.zone)
  const patient = pid && readPid(pid, sender)
  if (type === 'SIU' && visitEvents.has(event)) return readVisit(readers, pids, event, { sender, sentAt, no })
  const things = thingsOf(type, event, readers, { sender, patient: `Patient/${patient?.id}`, sentAt, facility: msh.at(4) || msh.at(3) })
  if (things === 'unused') return no('unused', `is a message of a kind that is not used yet (${type.slice(0, 10)}^${event.slice(0, 10)})`)
  if (!pid) return no('unusable', 'names no patient (PID)')
  if (!patient) return no('unusable', 'gives the patient no number (PID-3)')
  if (!things || (things.length === 0 && type !== 'ADT')) return no('unusable', `is a ${type} without what it is about`)
  return { ok: true, resources: [patient, ...things].map(thing => asReceived(thing, sentAt)) }
}
