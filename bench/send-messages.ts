import { connect, createServer, type AddressInfo } from 'node:net'
import { Frames, frame } from '#integrations/ehr-hl7v2/frame-messages.ts'

export const freePort = () => new Promise<number>(resolve => { const server = createServer().listen(0, '127.0.0.1', () => { const { port } = server.address() as AddressInfo; server.close(() => resolve(port)) }) })
const stamp = (at: Date) => `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}+0000`
const tests = [['2345-7', 'Glucose'], ['2160-0', 'Creatinine'], ['3094-0', 'Urea'], ['2951-2', 'Sodium'], ['2823-3', 'Potassium']] as const
export const resultsEach = tests.length + 1

/** A panel of five tests of a person of its own, sent now. `flag` of its first test; the person's number and the filler's are `who`. */
export type Panel = { number: number; at: Date; flag?: string; who?: string }
const named = ({ number, who = `B${number}` }: Panel) => ({ number, who })

export function asHl7(panel: Panel): string {
  const { number, who } = named(panel)
  return [
    `MSH|^~\\&|LAB|BENCH|R|P|${stamp(new Date())}||ORU^R01|C${number}|P|2.5.1`, `PID|1||${who}^^^BENCH^MR||Sample^Person${who}||19720417|F`, `OBR|1||F${number}|51990-0^Basic metabolic panel^LN|||${stamp(panel.at)}|||||||||||||||${stamp(panel.at)}|||F`,
    ...tests.map(([code, name], i) => `OBX|${i + 1}|NM|${code}^${name}^LN||${80 + i}|mg/dL|70-99|${i === 0 ? panel.flag ?? 'N' : 'N'}|||F|||${stamp(panel.at)}`),
  ].join('\r')
}

export function asFhir(panel: Panel): string {
  const { number, who } = named(panel)
  const [at, subject] = [panel.at.toISOString(), { reference: `Patient/${who}` }]
  const observations = tests.map(([code, display], i) => ({
    resourceType: 'Observation', id: `F${number}-${i}`, status: 'final', category: [{ coding: [{ code: 'laboratory' }] }], code: { coding: [{ system: 'http://loinc.org', code, display }] }, subject, effectiveDateTime: at, issued: at,
    valueQuantity: { value: 80 + i, unit: 'mg/dL' }, referenceRange: [{ low: { value: 70 }, high: { value: 99 } }], interpretation: [{ coding: [{ code: i === 0 ? panel.flag ?? 'N' : 'N' }] }],
  }))
  const report = { resourceType: 'DiagnosticReport', id: `F${number}`, status: 'final', category: [{ coding: [{ code: 'LAB' }] }], code: { coding: [{ system: 'http://loinc.org', code: '51990-0' }] }, subject, effectiveDateTime: at, issued: at, result: observations.map(({ id }) => ({ reference: `Observation/${id}` })) }
  const patient = { resourceType: 'Patient', id: who, identifier: [{ system: 'BENCH', value: who, type: { coding: [{ code: 'MR' }] } }], name: [{ family: 'Sample', given: [`Person${who}`] }], birthDate: '1972-04-17', gender: 'female' }
  return JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry: [patient, report, ...observations].map(resource => ({ resource })) })
}

/** A way to the house. `send` resolves when the message is acknowledged, and throws when it is not taken. */
export type Way = { send: (panel: Panel) => Promise<void>; end: () => void }

export function byMllp(port: number): Promise<Way> {
  const frames = new Frames()
  const waiting: { done: () => void; fail: (error: Error) => void }[] = []
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve({ end: () => socket.end(), send: panel => new Promise((done, fail) => { waiting.push({ done, fail }); socket.write(frame(asHl7(panel))) }) }))
    socket.once('error', reject)
    socket.on('data', (piece: Buffer) => {
      for (const one of frames.take(piece) as Buffer[]) {
        const next = waiting.shift()!
        if (one.includes('MSA|AA')) next.done()
        else next.fail(new Error(one.toString()))
      }
    })
  })
}

/** Through the house's own door: the proxy that ends TLS before it is not measured. */
export function byHttp(url: string, format: 'hl7' | 'fhir', token: string): Way {
  return {
    end: () => {},
    async send(panel) {
      const answer = await fetch(`${url}/hooks/${format}/bench`, { method: 'POST', body: format === 'hl7' ? asHl7(panel) : asFhir(panel), headers: { authorization: `Bearer ${token}` } })
      const text = await answer.text()
      if (!answer.ok || (format === 'hl7' && !text.includes('MSA|AA'))) throw new Error(`${answer.status} ${text.slice(0, 200)}`)
    },
  }
}
