import type { Condition, MedicationRequest } from '@medplum/fhirtypes'
import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { may } from '#platform/permission.ts'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import { formatDay, formatWhen } from '#platform/when.ts'
import { accessSaid, giveAccess, handlePatientAccess, patientAccess, type PatientAccessFacts } from '#accounts'
import { readStanding } from '#feedback'
import { handlePatientReach, patientReach, reachSaid, seeToReach, type ReachTold } from '#notices'
import { practiceCard } from '#practice'
import { patientVisits } from '#scheduling'
import { recordYes } from '#release'
import { LinkButton } from '#ui/button.tsx'
import { Badge } from '#ui/notice.tsx'
import { Facts, PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { orderTests, readRecords, seePatients } from '../access.ts'
import { explainCondition } from '../explain/explain-condition.ts'
import { explainMedicine } from '../explain/explain-medicine.ts'
import { plainTestName } from '../explain/plain-titles.ts'
import { readFacts, readNotes } from '../read-facts.ts'
import { readOrdersOf } from '../read-orders.ts'
import { readPatient, standsFor, type PatientFacts } from '../read-patient.ts'
import { readResults } from '../read-results.ts'
import { orderForm, orderName, orderState } from './pieces/order-tests.tsx'

/** One patient's page, as the role may see it: who they are for all, the record for those who treat. */
export const consolePatient: StaffPage = {
  for: { staff: seePatients },
  get: (ctx, { params, query }) => showPatient(ctx, params.id!, query.get('said')),
  async post(ctx, form, { params }) {
    const patientId = await mayActFor(ctx, params.id!)
    const patient = await readPatient(ctx, patientId)
    if (!patient) throw new NotFound()
    if (!form.has('reach')) return handlePatientAccess(ctx, form, await accessFacts(ctx, patient))
    const done = await handlePatientReach(ctx, form, patientId)
    return 'problems' in done ? showPatient(ctx, params.id!, null, done) : done as Answer
  },
}

async function accessFacts(ctx: Ctx<StaffActor>, { id, name, birthDate, email, language }: PatientFacts): Promise<PatientAccessFacts> {
  const locale = language?.startsWith('es') ? 'es' : 'en'
  const { zone, phone, places, name: practice } = await practiceCard(ctx)
  return { patientId: id, name, birthDate, email, locale, zone, from: { name: practice, address: places[locale][0]?.address ?? [], phone } }
}

async function showPatient(ctx: Ctx<StaffActor>, id: string, said: string | null, told?: ReachTold): Promise<Answer> {
  const patientId = await mayActFor(ctx, id)
  const patient = await readPatient(ctx, patientId)
  if (!patient) return whereNow(ctx, id)
  await audit(ctx, 'patient.viewed', { patientId, kind: 'patient', ids: [id] })
  const flash = may(ctx, giveAccess) ? accessSaid[said ?? ''] ?? reachSaid[said ?? ''] : undefined
  return ctx.house.shell.console(ctx, { title: patient.name, current: '/console/patients', ...(told && { status: 422 }), ...(flash && { flash: { words: flash } }) },
    <>
      <PageHead title={patient.name} back={{ href: '/console/patients', words: 'Patients' }} lead={patient.birthDate ? `Born ${formatDay(patient.birthDate, 'day')}` : 'Birth date not known'} aside={patient.isDeceased ? <Badge tone="notice">Deceased</Badge> : null} />
      <Facts items={[
        ...(patient.mrn ? [{ term: 'Record number', words: patient.mrn }] : []),
        ...(patient.phone ? [{ term: 'Telephone', words: <a href={`tel:${patient.phone.replace(/[^+\d]/g, '')}`}>{patient.phone}</a> }] : []),
        ...(patient.email ? [{ term: 'E-mail', words: patient.email }] : []),
        ...(patient.address ? [{ term: 'Address', words: patient.address }] : []),
        ...(patient.language ? [{ term: 'Language', words: languageName(patient.language) }] : []),
        { term: 'Patient’s number', words: <code>{patient.id}</code> },
      ]} />
      {await patientVisits(ctx, patientId)}
      {may(ctx, recordYes) && <p><LinkButton kind="quiet" href={`/console/patients/${patient.id}/choices`}>When they see results</LinkButton></p>}
      {may(ctx, readRecords) && await chart(ctx, patientId)}
      {may(ctx, seeToReach) && await patientReach(ctx, patientId, patient, told)}
      {may(ctx, giveAccess) && await patientAccess(ctx, await accessFacts(ctx, patient))}
    </>)
}

/** A number that was joined to another leads to whom it is now: links to it stand in tasks and in letters. */
async function whereNow(ctx: Ctx<StaffActor>, id: string): Promise<Answer> {
  const now = await standsFor(ctx, id)
  if (!now) throw new NotFound()
  return seeOther(`/console/patients/${now}`)
}

async function chart(ctx: Ctx<StaffActor>, patientId: AuthorizedPatientId) {
  const zone = await ctx.house.shell.zone(ctx)
  const results = await readResults(ctx, patientId)
  const notes = await readNotes(ctx, patientId)
  const facts = await readFacts(ctx, patientId, ['condition', 'medicine'])
  const options = (fact: (typeof facts)[number]) => ({ locale: 'en' as const, now: ctx.now(), zone, look: fact.look.nameOf, medicationOf: fact.look.resourceOf })
  const orders = (await readOrdersOf(ctx, patientId)).filter(order => !order.endedAt)
  const standing = await readStanding(ctx, patientId)
  const conditions = facts.filter(fact => fact.kind === 'condition').map(fact => explainCondition(fact.resource as Condition, options(fact))).filter(one => one?.group === 'now')
  const medicines = facts.filter(fact => fact.kind === 'medicine').map(fact => explainMedicine(fact.resource as MedicationRequest, options(fact))).filter(one => one?.group === 'now')
  return (
    <>
      <Section title="Conditions now">{conditions.length === 0 ? <p>None.</p> : <ul className="plain-list">{conditions.map((one, index) => <li key={index}>{one!.medicalName ?? one!.name}</li>)}</ul>}</Section>
      <Section title="Medicines now">{medicines.length === 0 ? <p>None.</p> : <ul className="plain-list">{medicines.map((one, index) => <li key={index}>{one!.name}{one!.dose[0] ? `: ${one!.dose[0]}` : ''}</li>)}</ul>}</Section>
      {standing.length > 0 && (
        <Section title="Set right, or said by the patient">
          <ul className="plain-list">{standing.map(one => <li key={one.id}><a href={`/console/feedback/${one.id}`}>{one.title}</a>: {one.reply?.correction ?? one.statement?.words} <span className="soft">{one.reply?.correction ? one.reply.byName : 'the patient’s statement'}, {formatWhen((one.statement ?? one.reply)!.at, zone, 'day-short')}</span></li>)}</ul>
        </Section>
      )}
      <Section title="Ordered, without a result" aside={<a href={`/console/patients/${patientId}/orders`}>All orders</a>}>
        {orders.length === 0 ? <p>Nothing is waited for.</p> : <ul className="plain-list">{orders.map(order => <li key={order.id}>{orderName(order)}, expected by {formatWhen(order.expectedAt, zone, 'day-short')} {orderState(order, ctx.now(), zone)}</li>)}</ul>}
        {may(ctx, orderTests) && await orderForm(ctx, patientId)}
      </Section>
      <Section title="Results">
        {results.rows.length === 0 ? <p>None yet.</p> : <Table caption="Results, newest first" isCaptionHidden columns={[{ key: 'name', words: 'What' }, { key: 'at', words: 'When' }, { key: 'state', words: 'As the patient sees it' }]}
          rows={results.rows.map(row => ({ key: row.id, cells: {
            name: row.lifeId ? <a href={`/console/results/${row.lifeId}`}>{plainTestName(row, 'en')}</a> : plainTestName(row, 'en'), at: row.happenedAt ? formatWhen(row.happenedAt, zone, 'day-short') : '',
            state: row.outsideCount === null ? row.status : row.outsideCount > 0 ? <Badge tone="notice">{row.outsideCount} outside the range</Badge> : 'In the usual range',
          } }))} />}
      </Section>
      <Section title="Notes" aside={<a href={`/console/notes?patient=${patientId}`}>Write a note</a>}>{notes.rows.length === 0 ? <p>None yet.</p> : <ul className="plain-list">{notes.rows.slice(0, 20).map(note => <li key={note.id}>{note.name}{note.happenedAt && `, ${formatWhen(note.happenedAt, zone, 'day-short')}`}{note.author && `, ${note.author}`}</li>)}</ul>}</Section>
    </>
  )
}

/** 'es-US' as 'American Spanish'; what is no language tag stays as it came. */
function languageName(tag: string): string {
  try { return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag } catch { return tag }
}
