import { conclusionByLab, reportNoteUrl } from '#records/shared'
import type { Reader } from './parse-message.ts'
import { conceptOf, idOf, instantOf, numberOf, personOf, timeOf, type Sender, type Thing } from './read-parts.ts'

const statuses: Readonly<Record<string, string>> = { F: 'final', U: 'final', C: 'corrected', P: 'preliminary', R: 'preliminary', S: 'preliminary', B: 'preliminary', A: 'preliminary', X: 'cancelled', D: 'entered-in-error', W: 'entered-in-error', I: 'registered', O: 'registered', N: 'registered', Y: 'registered', Z: 'registered', M: 'amended', K: 'corrected' }
const reportStatuses: Readonly<Record<string, string>> = { ...statuses, A: 'partial' }
const written: ReadonlySet<string> = new Set(['TX', 'FT', 'ST', ''])
const sections: Readonly<Record<string, string>> = { SP: 'SP', CP: 'CP', PAT: 'PAT', PATH: 'PAT', RAD: 'RAD', RUS: 'RUS', CT: 'CT', MRI: 'NMR', NMR: 'NMR', XRC: 'XRC', NMS: 'NMS', OUS: 'OUS', VUS: 'VUS', CTH: 'CTH', CUS: 'CUS', PHR: 'RAD', GE: 'GE', MB: 'MB', HM: 'HM', CH: 'CH', LAB: 'LAB', SR: 'SR', IMM: 'IMM', TX: 'TX', VR: 'VR', MCB: 'MB', BLB: 'BLB' }
const told: ReadonlySet<string> = new Set(['SP', 'CP', 'PAT', 'RAD', 'RUS', 'CT', 'NMR', 'XRC', 'NMS', 'OUS', 'VUS', 'CTH', 'CUS'])

/** One order's part of a message: OBR, the notes right after it, and its observations, each with the notes after it. */
type Order = { obr: Reader; orc: Reader | undefined; notes: Reader[]; tests: { obx: Reader; notes: Reader[] }[] }

export function ordersOf(readers: readonly Reader[]): Order[] | null {
  const orders: Order[] = []
  let orc: Reader | undefined
  let notes: Reader[] | undefined
  for (const reader of readers) {
    const order = orders.at(-1)
    if (reader.name === 'ORC') { orc = reader; notes = undefined }
    else if (reader.name === 'OBR') { orders.push({ obr: reader, orc, notes: notes = [], tests: [] }); orc = undefined }
    else if (reader.name === 'OBX') {
      if (!order) return null
      order.tests.push({ obx: reader, notes: notes = [] })
    } else if (reader.name === 'NTE') notes?.push(reader)
  }
  return orders
}

/** Lines of text under one name are one text. */
function joinLines(tests: Order['tests']): Order['tests'] {
  const joined: Order['tests'] = []
  const lines = new Map<Reader, string[]>()
  for (const { obx, notes } of tests) {
    const last = joined.at(-1)
    const isMore = last && ['TX', 'FT'].includes(obx.at(2)) && ['TX', 'FT'].includes(last.obx.at(2)) && obx.raw(3) === last.obx.raw(3) && obx.raw(4) === last.obx.raw(4)
    if (isMore) { lines.get(last.obx)!.push(obx.text(5)); last.notes.push(...notes); continue }
    joined.push({ obx, notes: [...notes] })
    lines.set(obx, [obx.text(5)])
  }
  for (const { obx } of joined) texts.set(obx, lines.get(obx)!.join('\n'))
  return joined
}
const texts = new WeakMap<Reader, string>()
const textOf = (obx: Reader) => texts.get(obx) ?? obx.text(5)

const quantity = (value: unknown, obx: Reader, comparator?: string) => ({ value, ...(comparator && { comparator }), ...(obx.at(6) && { unit: obx.at(6), ...(/^(UCUM)?$/.test(obx.at(6, 3)) && { code: obx.at(6) }) }) })

function valueOf(obx: Reader, zone: string): Record<string, unknown> {
  const [type, text] = [obx.at(2), textOf(obx)]
  if (text.trim() === '' || text.trim() === '""') return {}
  if (type === 'NM' || type === 'SN') {
    const [comparator, digits, separator] = type === 'NM' ? ['', obx.at(5), ''] : [obx.at(5, 1), obx.at(5, 2), obx.at(5, 3)]
    const value = numberOf(digits)
    if (value !== null && separator === '' && ['', '=', '<', '>', '<=', '>='].includes(comparator)) return { valueQuantity: quantity(value, obx, comparator === '=' ? '' : comparator) }
    return { valueString: type === 'NM' ? text : [1, 2, 3, 4].map(part => obx.at(5, part)).join('') }
  }
  if (['CE', 'CWE', 'CNE', 'IS', 'ID', 'CF'].includes(type)) return { valueCodeableConcept: { ...conceptOf(obx, obx.all(5)[0]!), ...(obx.all(5).length > 1 && { text: obx.all(5).map(one => conceptOf(obx, one).text).join(', ') }) } }
  if (['DT', 'TS', 'DTM'].includes(type) && timeOf(obx.at(5), zone)) return { valueDateTime: timeOf(obx.at(5), zone) }
  const measured = type === 'ST' && obx.at(6) !== '' ? /^(<=?|>=?)?\s*([+-]?[\d.]+)$/.exec(text.trim()) : null
  const value = measured && numberOf(measured[2]!)
  return value ? { valueQuantity: quantity(value, obx, measured[1]) } : { valueString: text }
}

/** '70-99', '<5', '>=60', or words. The laboratory's own text stays beside it. */
function rangeOf(obx: Reader): Record<string, unknown> {
  const text = obx.text(7).trim()
  if (text === '') return {}
  const both = /^([+-]?[\d.]+)\s*(?:-|–|to)\s*([+-]?[\d.]+)(?:\s.*)?$/.exec(text)
  const one = /^(<=?|>=?)\s*([+-]?[\d.]+)(?:\s.*)?$/.exec(text)
  const bound = (digits: string | undefined) => { const value = digits === undefined ? null : numberOf(digits); return value === null ? null : { value, ...(obx.at(6) && { unit: obx.at(6) }) } }
  const low = bound(both ? both[1] : one?.[1]?.startsWith('>') ? one[2] : undefined)
  const high = bound(both ? both[2] : one?.[1]?.startsWith('<') ? one[2] : undefined)
  return { referenceRange: [{ ...(low && { low }), ...(high && { high }), text }] }
}

/**
 * What stands in NTE: the laboratory's remarks as one text; and what somebody who ordered it says (NTE-2 is P), each by itself, with who and when.
 * It is theirs only if it says whose it is, or somebody is named as having read the result. Source: HL7 v2.5.1, table 0105; NTE-5 and NTE-6 of v2.6.
 */
function notesOf(notes: readonly Reader[], obr: Reader, zone: string): { remarks: string; said: Record<string, unknown>[] } {
  const theirs = notes.map(note => (note.at(2) !== 'P' || note.text(3) === '' ? null : personOf(note, note.all(5)[0] ?? '') ?? personOf(obr, obr.all(32)[0] ?? '')))
  const said = notes.flatMap((note, place) => {
    const time = instantOf(note.at(6), zone)
    return theirs[place] ? [{ text: note.text(3), authorReference: theirs[place], ...(time && { time }) }] : []
  })
  return { remarks: notes.filter((_, place) => !theirs[place]).map(note => note.text(3)).filter(Boolean).join('\n'), said }
}

type About = { sender: Sender; patient: string; sentAt: string | null; facility: string }

function readTest({ obx, notes }: Order['tests'][number], order: Order, reportId: string, about: About, times: Map<string, number>): Thing {
  const { obr } = order
  const { sender: { zone } } = about
  const called = `${obx.at(3)}|${obx.at(3, 4)}|${obx.at(3) === '' ? obx.at(3, 2) : ''}|${obx.at(4)}`
  const time = times.get(called) ?? 0
  times.set(called, time + 1)
  const { remarks, said } = notesOf(notes, obr, zone)
  const flags = obx.all(8).map(one => obx.part(one, 1)).filter(Boolean)
  const performer = obx.at(23) || obx.at(15, 2) || about.facility
  const issued = instantOf(obx.at(19), zone) ?? instantOf(obr.at(22), zone) ?? about.sentAt
  return {
    resourceType: 'Observation', id: idOf(reportId, called, String(time)),
    status: statuses[obx.at(11) || obr.at(25)] ?? 'unknown', category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: told.has(obr.at(24)) ? 'imaging' : 'laboratory' }] }],
    code: conceptOf(obx, obx.all(3)[0] ?? ''), subject: { reference: about.patient }, effectiveDateTime: timeOf(obx.at(14), zone) ?? timeOf(obr.at(7), zone) ?? issued, ...(issued && { issued }),
    ...valueOf(obx, zone), ...rangeOf(obx), ...(performer && { performer: [{ display: performer }] }),
    ...(flags.length > 0 && { interpretation: flags.map(code => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code }] })) }),
    ...((remarks || said.length > 0) && { note: [...(remarks ? [{ text: remarks }] : []), ...said] }),
  }
}

const kinds: Readonly<Record<string, string>> = { PDF: 'application/pdf', RTF: 'application/rtf', JPEG: 'image/jpeg', JPG: 'image/jpeg', PNG: 'image/png', TIFF: 'image/tiff', HTML: 'text/html', TEXT: 'text/plain', PLAIN: 'text/plain' }
/** A document inside a message (ED): base64 alone, with what it is. */
export function attachmentOf(obx: Reader): Record<string, unknown> | null {
  if (obx.at(2) !== 'ED') return null
  const data = obx.at(5, 5).replace(/\s/g, '')
  const contentType = kinds[obx.at(5, 3).toUpperCase()] ?? kinds[obx.at(5, 2).toUpperCase()] ?? (data.startsWith('JVBERi') ? 'application/pdf' : 'application/octet-stream')
  return data === '' || !/^Base64$/i.test(obx.at(5, 4)) ? null : { contentType, data, title: obx.at(3, 2) || obx.at(3) }
}
export const plainText = (text: string) => ({ contentType: 'text/plain; charset=utf-8', data: Buffer.from(text).toString('base64') })

/** ORU^R01: for each order a report and its tests. The same filler number again is a later version of the same report. */
export function readOru(readers: readonly Reader[], about: About): Thing[] | null {
  return ordersOf(readers)?.flatMap((order, place) => {
    const { obr, orc, sender: { source, zone } } = { ...order, sender: about.sender }
    const number = obr.at(3) || obr.at(2) || orc?.at(3) || orc?.at(2) || `${about.sentAt} ${place}`
    const id = idOf(source, 'report', number, obr.at(4) || obr.at(4, 2))
    const section = sections[obr.at(24).toUpperCase()] ?? 'LAB'
    const lines = joinLines(order.tests)
    const isTold = told.has(section) && lines.every(({ obx }) => written.has(obx.at(2)) || obx.at(2) === 'ED')
    const documents = lines.flatMap(({ obx }) => attachmentOf(obx) ?? [])
    const times = new Map<string, number>()
    const tests = isTold ? [] : lines.filter(({ obx }) => obx.at(2) !== 'ED').map(test => readTest(test, order, id, about, times))
    const words = isTold ? lines.filter(({ obx }) => obx.at(2) !== 'ED').map(({ obx, notes }) => [obx.at(3, 2), textOf(obx), ...notes.map(note => note.text(3))].filter(Boolean).join('\n')).join('\n\n') : ''
    const issued = instantOf(obr.at(22), zone) ?? about.sentAt
    const { remarks, said } = notesOf(order.notes, obr, zone)
    const [orderedBy, readBy] = [16, 32].map(field => personOf(obr, obr.all(field)[0] ?? ''))
    const report: Thing = {
      resourceType: 'DiagnosticReport', id, status: reportStatuses[obr.at(25)] ?? (tests.some(({ status }) => status === 'final') ? 'final' : 'unknown'),
      identifier: [...(obr.at(3) ? [{ type: { coding: [{ code: 'FILL' }] }, value: obr.at(3) }] : []), ...(obr.at(2) ? [{ type: { coding: [{ code: 'PLAC' }] }, value: obr.at(2) }] : [])],
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: section }] }], code: conceptOf(obr, obr.all(4)[0] ?? ''), subject: { reference: about.patient },
      effectiveDateTime: timeOf(obr.at(7), zone) ?? issued, ...(issued && { issued }), ...(about.facility && { performer: [{ display: about.facility }] }),
      ...(orderedBy && { contained: [{ resourceType: 'ServiceRequest', id: 'order', status: 'unknown', intent: 'order', subject: { reference: about.patient }, requester: orderedBy }], basedOn: [{ reference: '#order' }] }),
      ...(readBy && { resultsInterpreter: [readBy] }), ...((said.length > 0 || (remarks && readBy)) && { extension: [...said.map(note => ({ url: reportNoteUrl, valueAnnotation: note })), ...(remarks && readBy ? [{ url: conclusionByLab, valueBoolean: true }] : [])] }), result: tests.map(test => ({ reference: `Observation/${test.id}` })),
      ...(remarks && { conclusion: remarks }), ...((words || documents.length > 0) && { presentedForm: [...(words ? [plainText(words)] : []), ...documents] }),
    }
    return [report, ...tests]
  }) ?? null
}
export type { About }
