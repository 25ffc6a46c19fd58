import type { ReactNode } from 'react'
import type { AllergyIntolerance, CarePlan, CareTeam, Condition, Encounter, Immunization, Observation, Procedure } from '@medplum/fhirtypes'
import type { PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Say } from '#platform/words.ts'
import { Badge } from '#ui/notice.tsx'
import { Details, PageHead, Section } from '#ui/things.tsx'
import { explainAllergy } from '../explain/explain-allergy.ts'
import { explainCarePlan, explainCondition, explainProcedure, type RecordOptions } from '../explain/explain-condition.ts'
import { explainImmunization } from '../explain/explain-immunization.ts'
import { explainObservation } from '../explain/explain-observation.ts'
import { explainCareTeam, explainVisit } from '../explain/explain-visit.ts'
import { explainVitals } from '../explain/explain-vitals.ts'
import type { PlainName } from '../explain/name-plainly.ts'
import type { FactKind } from '../derive-columns.ts'
import { lastUpdated, readFacts, type Fact } from '../read-facts.ts'
import { HistoryChart } from './pieces/history-chart.tsx'

const kinds: readonly FactKind[] = ['condition', 'allergy', 'immunization', 'procedure', 'vital', 'social', 'survey', 'visit', 'care-team', 'care-plan']
type Line = { key: string; title: ReactNode; lines: ReactNode[]; isPast?: boolean }

/** Everything of the record besides results, notes and medicines, in plain and respectful names. Source: D14. */
export const portalRecord: PortalPage = {
  for: 'patient',
  async get(ctx, { locale }) {
    const say = words(locale)
    const zone = await ctx.house.shell.zone(ctx)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const facts = await readFacts(ctx, patientId, kinds)
    const updated = await lastUpdated(ctx, patientId)
    const optionsFor = (fact: Fact): RecordOptions => ({ locale, now: ctx.now(), demo: ctx.house.isDemo, zone, look: fact.look.nameOf })
    const told = <T,>(kind: FactKind, tell: (fact: Fact, options: RecordOptions) => T | null): (T & { key: string })[] =>
      facts.filter(fact => fact.kind === kind).flatMap(fact => { const one = tell(fact, optionsFor(fact)); return one === null ? [] : [{ ...one, key: fact.id }] })
    return ctx.house.shell.portal(ctx, { title: say('portal.record.title'), current: '/portal/record' },
      <>
        <PageHead title={say('portal.record.title')} lead={say('portal.record.lead')} />
        <Part title={say('portal.record.conditions')} say={say} lines={told('condition', (fact, options) => explainCondition(fact.resource as Condition, options)).map(one => ({
          key: one.key, isPast: one.group === 'past', title: <Named name={one} say={say} />,
          lines: [one.doubt, one.since && say('portal.record.since', { day: one.since.words }), one.group === 'past' ? one.statusWords : null],
        }))} />
        <Part title={say('portal.record.allergies')} say={say} empty={say('portal.record.no-allergies')} lines={told('allergy', (fact, options) => explainAllergy(fact.resource as AllergyIntolerance, options)).map(one => ({
          key: one.key, isPast: one.group === 'past', title: <><Named name={one} say={say} />{one.isDangerous && <> <Badge tone="act">{one.danger}</Badge></>}</>,
          lines: [one.doubt, one.reactions.map(reaction => reaction.what).join(', ') || null, one.statusWords],
        }))} />
        <Part title={say('portal.record.immunizations')} say={say} lines={told('immunization', (fact, options) => explainImmunization(fact.resource as Immunization, options)).map(one => ({ key: one.key, title: one.name, lines: [one.statusWords, one.why, one.dose] }))} />
        <Vitals facts={facts.filter(fact => fact.kind === 'vital')} options={{ locale, now: ctx.now(), demo: ctx.house.isDemo, zone }} say={say} />
        <Part title={say('portal.record.procedures')} say={say} lines={told('procedure', (fact, options) => explainProcedure(fact.resource as Procedure, options)).map(one => ({ key: one.key, title: <Named name={one} say={say} />, lines: [one.statusWords, one.date?.words] }))} />
        <Part title={say('portal.record.visits')} say={say} most={10} lines={told('visit', (fact, options) => explainVisit(fact.resource as Encounter, options)).map(one => ({
          key: one.key, title: <Named name={one} say={say} />,
          lines: [one.start?.words, one.statusWords, one.withWhom.length > 0 ? say('portal.record.with', { names: one.withWhom.join(', ') }) : null, one.where],
        }))} />
        <Part title={say('portal.record.social')} say={say} lines={told('social', (fact, options) => explainObservation(fact.resource as Observation, options)).map(one => ({ key: one.key, title: one.name, lines: [one.headline.text, one.taken?.words] }))} most={5} />
        <Part title={say('portal.record.surveys')} say={say} lines={told('survey', (fact, options) => explainObservation(fact.resource as Observation, options)).map(one => ({ key: one.key, title: one.name, lines: [one.headline.text, one.headline.detail, one.taken?.words, one.help] }))} most={5} />
        <Part title={say('portal.record.team')} say={say} lines={told('care-team', (fact, options) => explainCareTeam(fact.resource as CareTeam, options)).flatMap(team => team.members.map((member, index) => ({ key: `${team.key}${index}`, title: member.name, lines: [member.role] })))} />
        <Part title={say('portal.record.plans')} say={say} lines={told('care-plan', (fact, options) => explainCarePlan(fact.resource as CarePlan, options)).map(one => ({
          key: one.key, isPast: one.group === 'past', title: one.title ?? one.names.map(name => name.name).join(', '), lines: [one.statusWords, one.since && say('portal.record.since', { day: one.since.words }), ...one.steps.map(step => step.name.name)],
        }))} />
        {updated && <p className="soft">{say('portal.updated', { when: formatWhen(updated, zone, 'moment', locale) })}</p>}
      </>)
  },
}

/** The plain name first; the coded one, where it is another, a tap away. */
function Named({ name, say }: { name: PlainName; say: Say }) {
  return <>{name.name}{name.medicalName && name.medicalName !== name.name && <small className="soft"> {say('portal.record.medical', { name: name.medicalName })}</small>}</>
}

function Part({ title, lines, say, empty, most = 12 }: { title: string; lines: readonly Line[]; say: Say; empty?: string; most?: number }) {
  const now = lines.filter(line => !line.isPast)
  const past = lines.filter(line => line.isPast)
  if (lines.length === 0 && !empty) return null
  return (
    <Section title={title}>
      {now.length === 0 && <p>{empty ?? say('portal.record.none')}</p>}
      <Lines lines={now.slice(0, most)} />
      {now.length > most && <Details summary={say('portal.record.more', { count: now.length - most })}><Lines lines={now.slice(most)} /></Details>}
      {past.length > 0 && <Details summary={say('portal.record.past')}><Lines lines={past} /></Details>}
    </Section>
  )
}

function Lines({ lines }: { lines: readonly Line[] }) {
  if (lines.length === 0) return null
  return (
    <ul className="rec-lines">
      {lines.map(line => <li key={line.key}><strong>{line.title}</strong>{line.lines.filter(Boolean).map((text, index) => <div key={index} className="soft">{text}</div>)}</li>)}
    </ul>
  )
}

function Vitals({ facts, options, say }: { facts: readonly Fact[]; options: Parameters<typeof explainVitals>[1]; say: Say }) {
  const vitals = explainVitals(facts.map(fact => fact.resource as Observation), options)
  if (vitals.length === 0) return null
  return (
    <Section title={say('portal.record.vitals')}>
      {vitals.map((vital, index) => (
        <section key={index} className="rec-vital">
          <h3>{vital.latest.name}</h3>
          <p>{vital.latest.value?.text} <span className="soft">{vital.latest.taken?.words}</span></p>
          {vital.charts.map((chart, place) => <HistoryChart key={place} model={chart.model} say={say} />)}
        </section>
      ))}
    </Section>
  )
}
