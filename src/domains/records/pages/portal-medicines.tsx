import type { ReactNode } from 'react'
import type { MedicationRequest, MedicationStatement } from '@medplum/fhirtypes'
import type { PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Say } from '#platform/words.ts'
import { readBeside } from '#feedback'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { Details, PageHead, Section } from '#ui/things.tsx'
import { explainMedicine, type ExplainedMedicine } from '../explain/explain-medicine.ts'
import { lastCame, readFacts } from '../read-facts.ts'
import { Beside, WrongLink } from './pieces/beside.tsx'

/** Medicines: what is taken now, what to ask about, what is past; each with its date and who wrote it. Source: D15. */
export const portalMedicines: PortalPage = {
  for: 'patient',
  async get(ctx, { locale }) {
    const say = words(locale)
    const zone = await ctx.house.shell.zone(ctx)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const facts = await readFacts(ctx, patientId, ['medicine'], 'medicines.viewed')
    const updated = lastCame(facts)
    const beside = await readBeside(ctx, patientId, facts.map(fact => fact.resourceId))
    const medicines = facts.flatMap(({ id, resourceId, resource, look }) => {
      const told = explainMedicine(resource as MedicationRequest | MedicationStatement, { locale, now: ctx.now(), demo: ctx.house.isDemo, zone, look: look.nameOf, medicationOf: look.resourceOf })
      return told ? [{ ...told, id, beside: <Beside reports={beside.filter(report => report.subjectId === resourceId)} {...{ locale, zone }} /> }] : []
    })
    const of = (group: ExplainedMedicine['group']) => medicines.filter(medicine => medicine.group === group)
    return ctx.house.shell.portal(ctx, { title: say('portal.medicines.title'), current: '/portal/medicines' },
      <>
        <PageHead title={say('portal.medicines.title')} />
        <Notice tone="info" title={say('portal.medicines.lead')} />
        {medicines.length === 0 && <EmptyState icon="pill" title={say('portal.medicines.empty')}>{say('portal.medicines.empty-more')}</EmptyState>}
        {of('now').length > 0 && <Section title={say('portal.medicines.now')}>{of('now').map((medicine, index) => <Medicine key={index} medicine={medicine} say={say} />)}</Section>}
        {of('ask').length > 0 && <Section title={say('portal.medicines.ask')}>{of('ask').map((medicine, index) => <Medicine key={index} medicine={medicine} say={say} />)}</Section>}
        {of('past').length > 0 && <Details summary={say('portal.medicines.past')}>{of('past').map((medicine, index) => <Medicine key={index} medicine={medicine} say={say} />)}</Details>}
        {updated && <p className="soft rec-updated">{say('portal.updated', { when: formatWhen(updated, zone, 'moment', locale) })}</p>}
      </>)
  },
}

function Medicine({ medicine, say }: { medicine: ExplainedMedicine & { id: string; beside: ReactNode }; say: Say }) {
  return (
    <article className="rec-thing" lang={medicine.locale}>
      <h3>{medicine.name}</h3>
      {medicine.dose.map((line, index) => <p key={index}>{line}</p>)}
      {medicine.doseHelp && <p>{medicine.doseHelp}</p>}
      <p><strong>{medicine.statusWords}</strong> {medicine.next}</p>
      {medicine.reasons.length > 0 && <p>{say('portal.medicines.for', { reasons: medicine.reasons.map(reason => reason.name).join(', ') })}</p>}
      {medicine.ask && <p>{medicine.ask}</p>}
      <p className="soft">{medicine.source}</p>
      {medicine.written.length > 0 && <Details summary={say('portal.medicines.as-written')}>{medicine.written.map((line, index) => <p key={index} className="as-written">{line}</p>)}</Details>}
      {medicine.offer && <p lang="es">{medicine.offer}</p>}
      {medicine.beside}
      <p><WrongLink href={`/portal/record/${medicine.id}/wrong`} what={medicine.name} locale={medicine.locale} /></p>
    </article>
  )
}
