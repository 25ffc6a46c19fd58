import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseMessage } from './parse-message.ts'
import { readMessage } from './read-message.ts'

type Visit = { id: string; status: string; start?: string; end?: string; participant: { actor: Record<string, unknown> }[]; contained?: { name: string; alias?: string[] }[]; appointmentType?: { text: string }; identifier: { value: string }[] }
const [pid, sch] = ['PID|1||100^^^EHR^MR||Marlowe^Ana||19720417|F', 'SCH|P1^US|F1^EHR||||||CHK^Check-up|30|MIN|^^30^20261201093000^20261201100000||||||||||||||Booked']
function read(event: string, ...segments: string[]) {
  const parsed = parseMessage([`MSH|^~\\&|EHR|EHR|R|P|20261123143000||SIU^${event}|C1|P|2.5.1`, ...segments].join('\r'))
  assert.ok(parsed.ok)
  return readMessage(parsed.message, { source: 'ehr', zone: 'America/New_York', numberSystem: null })
}
function visit(event: string, ...segments: string[]): Visit {
  const reading = read(event, ...segments)
  assert.ok(reading.ok, reading.ok ? '' : reading.reason)
  return JSON.parse(reading.resources.find(({ resourceType }) => resourceType === 'Appointment')!.text) as Visit
}
const why = (event: string, ...segments: string[]) => { const reading = read(event, ...segments); return reading.ok ? 'used' : `${reading.why}: ${reading.reason}` }

describe('a visit in a message of the calendar’s keeper', () => {
  test('says when, in the sender’s zone where none is named, who and where', () => {
    const one = visit('S12', sch, pid, 'RGS|1', 'AIL|1||MAIN^^^Heron Street', 'AIP|1||1234567893^Harrow^Nell')
    assert.deepEqual([one.status, one.start, one.end, one.appointmentType?.text], ['booked', '2026-12-01T14:30:00.000Z', '2026-12-01T15:00:00.000Z', 'Check-up'])
    assert.deepEqual(one.participant.slice(1).map(({ actor }) => actor), [{ display: 'Nell Harrow', identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' } }, { reference: '#place', display: 'Heron Street' }])
    assert.deepEqual(one.contained?.map(({ name, alias }) => [name, alias]), [['Heron Street', ['MAIN']]])
    assert.deepEqual(one.identifier.map(({ value }) => value), ['P1', 'F1'])
  })
  test('each event and each word of SCH-25 says one thing', () => {
    const said = (event: string, word: string) => visit(event, sch.replace('Booked', word), pid).status
    assert.deepEqual([['S13', ''], ['S14', 'Overbook'], ['S12', 'Pending'], ['S14', 'Started'], ['S14', 'Checked-In'], ['S14', 'COMPLETE'], ['S14', 'No show'], ['S14', 'Canceled'], ['S15', 'Booked'], ['S16', ''], ['S17', 'Booked'], ['S26', 'Booked'], ['S14', 'whatever']].map(([event, word]) => said(event!, word!)),
      ['booked', 'booked', 'pending', 'arrived', 'checked-in', 'fulfilled', 'noshow', 'cancelled', 'cancelled', 'cancelled', 'entered-in-error', 'noshow', 'booked'])
  })
  test('has one id whatever is said of it, by the filler’s number, else the placer’s', () => {
    const id = visit('S12', sch, pid).id
    assert.equal(visit('S15', 'SCH|P9^US|F1^EHR', pid).id, id)
    assert.notEqual(visit('S12', sch.replace('F1^EHR', 'F1^OTHER'), pid).id, id)
    assert.notEqual(visit('S12', sch.replace('F1^EHR', ''), pid).id, id)
  })
  test('times stand in many places; lengths have units; a length of no visit is none', () => {
    const times = (...segments: string[]) => { const { start, end } = visit('S12', ...segments, pid); return [start, end && (Date.parse(end) - Date.parse(start!)) / 60_000] }
    const bare = 'SCH|P1|F1|||||||'
    assert.deepEqual(times(`${bare}45|MIN`, 'TQ1|||||||20261201093000-0500'), ['2026-12-01T14:30:00.000Z', 45])
    assert.deepEqual(times(`${bare}`, 'TQ1|||||||20261201093000|20261201102000'), ['2026-12-01T14:30:00.000Z', 50])
    assert.deepEqual(times('SCH|P1|F1|||||||||^^M20^20261201093000Z'), ['2026-12-01T09:30:00.000Z', 20])
    assert.deepEqual(times(`${bare}`, 'AIS|1|A|X^Y|20261201093000|||1|HR'), ['2026-12-01T14:30:00.000Z', 60])
    assert.deepEqual(times(`${bare}`, 'AIP|1||9^A^B|||20261201093000|||1800|S'), ['2026-12-01T14:30:00.000Z', 30])
    assert.deepEqual(times(`${bare}99999999|MIN`, 'TQ1|||||||20261201093000|20200101'), ['2026-12-01T14:30:00.000Z', undefined])
    assert.deepEqual(times(`${bare}-5|MIN`, 'TQ1|||||||20261201093000|20261201093000'), ['2026-12-01T14:30:00.000Z', undefined])
  })
  test('in the hour that comes twice it is the first, and in the one that never comes a time all the same', () => {
    const at = (time: string) => visit('S12', `SCH|P1|F1|||||||30|MIN|^^^${time}`, pid).start
    assert.deepEqual([at('20261101013000'), at('20270314023000')], ['2026-11-01T05:30:00.000Z', '2027-03-14T07:30:00.000Z'])
  })
  test('a visit of several is each one’s; what was taken off it again is not on it', () => {
    const one = visit('S12', sch, pid, pid.replace('100^', '200^'), 'RGS|1', 'AIP|1|D|9^Old^Olga', 'AIP|2|A|8^New^Nina')
    assert.deepEqual(one.participant.map(({ actor }) => actor.display ?? 'patient'), ['patient', 'patient', 'Nina New'])
    assert.deepEqual(visit('S12', sch, pid, 'AIG|1||7^Nurse Wells|PROVIDER', 'AIG|2||5^Scope|EQUIPMENT').participant.slice(1).map(({ actor }) => actor.display), ['Nurse Wells'])
    assert.deepEqual(visit('S12', sch, pid, 'PV1|1|O|WEST^2||||7^Harrow^Nell').participant.slice(1).map(({ actor }) => actor.display), ['Nell Harrow', 'WEST'])
  })
  test('a cancellation needs no time; without a number, a patient or a time of what is to come it is refused with a reason', () => {
    assert.equal(visit('S15', 'SCH|P1|F1', pid).start, undefined)
    for (const segments of [['SCH||||||||||30', pid], ['SCH|P1|F1', pid], ['SCH|P1|F1|||||||||^^^20261399', pid], [pid]]) assert.match(why('S12', ...segments), /unusable: .*a number .*or a time/)
    assert.match(why('S12', sch), /unusable: names no patient/)
    assert.match(why('S12', sch, pid, 'PID|2||||Nobody^No'), /unusable: gives the patient no number/)
    assert.match(why('S23', sch), /unused/)
  })
})
