import assert from 'node:assert/strict'
import { test } from 'node:test'
import { conclusionByLab, reportNoteUrl } from '#records/shared'
import { parseMessage, readersOf } from './parse-message.ts'
import { readOru } from './read-oru.ts'

const npi = { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' }
/** One OBR with these fields (16, 32), notes after it, a test, notes after that. */
function read({ orderedBy = '', readBy = '', notes = [], testNotes = [] }: { orderedBy?: string; readBy?: string; notes?: string[]; testNotes?: string[] }) {
  const obr = Array<string>(33).fill('')
  Object.assign(obr, { 0: 'OBR', 1: '1', 2: 'P1', 3: 'F1', 4: '2345-7^Glucose^LN', 7: '20261123090000', 16: orderedBy, 22: '20261123143000', 25: 'F', 32: readBy })
  const text = ['MSH|^~\\&|LAB|ACME|R|P|20261123143000||ORU^R01|C1|P|2.5.1', obr.join('|'), ...notes, 'OBX|1|NM|2345-7^Glucose^LN||99|mg/dL|70-99|N|||F|||20261123090000', ...testNotes].join('\r')
  const parsed = parseMessage(text)
  assert.ok(parsed.ok)
  const [report, observation] = readOru(readersOf(parsed.message), { sender: { source: 'acme', zone: 'America/New_York', numberSystem: null }, patient: 'Patient/p', sentAt: '2026-11-23T19:30:00Z', facility: 'ACME' })!
  return { report: report!, observation: observation! }
}

test('R22 who ordered (OBR-16) has not read it: they stand with the order, and nobody as interpreter', () => {
  const { report } = read({ orderedBy: '1234567893^Harrow^Nell^^^Dr.' })
  assert.equal(report.resultsInterpreter, undefined)
  assert.deepEqual((report.contained as { requester: unknown }[])[0]!.requester, { display: 'Nell Harrow', identifier: npi })
  assert.deepEqual(report.basedOn, [{ reference: '#order' }])
})

test('R22 who read it (OBR-32), named in parts of parts or in parts', () => {
  for (const readBy of ['1234567893&Harrow&Nell^20261123100000', '1234567893^Harrow^Nell']) assert.deepEqual(read({ readBy }).report.resultsInterpreter, [{ display: 'Nell Harrow', identifier: npi }])
  assert.deepEqual(read({ readBy: 'X12&Marsh&Ivo' }).report.resultsInterpreter, [{ display: 'Ivo Marsh' }])
  assert.equal(read({ readBy: '^20261123100000' }).report.resultsInterpreter, undefined)
})

test('R22 what who ordered says (NTE-2 is P) stands by itself, with who and when; the laboratory’s remarks stay its own', () => {
  const { report, observation } = read({
    readBy: '1234567893&Harrow&Nell', notes: ['NTE|1|L|Fasting sample', 'NTE|2|P|Nothing to do.'],
    testNotes: ['NTE|1|L|Slightly hemolyzed', 'NTE|2|P|A little high.||1234567893^Harrow^Nell|20261123150000'],
  })
  assert.equal(report.conclusion, 'Fasting sample')
  assert.deepEqual(report.extension, [{ url: reportNoteUrl, valueAnnotation: { text: 'Nothing to do.', authorReference: { display: 'Nell Harrow', identifier: npi } } }, { url: conclusionByLab, valueBoolean: true }])
  assert.deepEqual(observation.note, [{ text: 'Slightly hemolyzed' }, { text: 'A little high.', authorReference: { display: 'Nell Harrow', identifier: npi }, time: '2026-11-23T20:00:00.000Z' }])
})

test('R22 a note that came with the order and names nobody is nobody’s review', () => {
  const { report, observation } = read({ orderedBy: '1234567893^Harrow^Nell', notes: ['NTE|1|P|Please fast.'], testNotes: ['NTE|1|P|Please fast.'] })
  assert.deepEqual([report.conclusion, report.extension, observation.note], ['Please fast.', undefined, [{ text: 'Please fast.' }]])
})
