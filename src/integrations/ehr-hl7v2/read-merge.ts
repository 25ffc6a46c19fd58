import type { SaidJoin } from '#records'
import type { Reader } from './parse-message.ts'
import type { Sender, Thing } from './read-parts.ts'
import { idOfPatient, ownNumberOf, readPid } from './read-pid.ts'

/**
 * ADT^A40, and A18, A34 of older systems: PID is who stays, MRG (right after it) whose number ends; there may be several pairs. A number of MRG
 * without an assigner is its PID's neighbour. Null where a pair lacks a number. Source: HL7 v2.5.1, 3.3.40 and 3.4.10.
 */
export function readMerge(readers: readonly Reader[], sender: Sender): { patients: Thing[]; said: SaidJoin[] } | null {
  const patients: Thing[] = []
  const said: SaidJoin[] = []
  let pid: Reader | undefined
  for (const reader of readers) {
    if (reader.name === 'PID') pid = reader
    if (reader.name !== 'MRG') continue
    const patient = pid && readPid(pid, sender)
    const [stays, gone] = [pid && (ownNumberOf(pid, 3) ?? ownNumberOf(pid, 2)), ownNumberOf(reader, 1) ?? ownNumberOf(reader, 4)]
    if (!patient || !stays || !gone) return null
    patients.push(patient)
    said.push({ stays: patient.id, gone: idOfPatient(sender.source, gone.number, gone.assigner || stays.assigner) })
  }
  return said.length > 0 ? { patients, said } : null
}
