import { Fragment, type ReactNode } from 'react'
import type { AllergyIntolerance, CarePlan, CareTeam, Condition, Encounter, Immunization, Observation, Procedure } from '@medplum/fhirtypes'
import type { PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { readBeside, type Report } from '#feedback'
import { Badge } from '#ui/notice.tsx'
import { Details, Facts, PageHead, Section } from '#ui/things.tsx'
import { explainAllergy } from '../explain/explain-allergy.ts'
import { explainCarePlan, explainCondition, explainProcedure, type RecordOptions } from '../explain/explain-condition.ts'
import { explainImmunization } from '../explain/explain-immunization.ts'
import { explainObservation } from '../explain/explain-observation.ts'
import { explainCareTeam, explainVisit } from '../explain/explain-visit.ts'
import { explainVitals } from '../explain/explain-vitals.ts'
import type { PlainName } from '../explain/name-plainly.ts'
import type { FactKind } from '../derive-columns.ts'
import { lastCame, readFacts, type Fact } from '../read-facts.ts'
import { readPatient } from '../read-patient.ts'
import { contactLines } from '../read-subject.ts'
import { Beside, WrongLink } from './pieces/beside.tsx'
import { HistoryChart } from './pieces/history-chart.tsx'

const kinds: readonly FactKind[] = ['condition', 'allergy', 'immunization', 'procedure', 'vital', 'social', 'survey', 'visit', 'care-team', 'care-plan']
/** Of each vital sign, the newest; older ones are in the copy of the record. */
const mostValues = 30
type Line = { key: string; title: ReactNode; lines: ReactNode[]; isPast?: boolean; factId?: string; what?: string; others?: { factId: string; what: string }[] }
type Talk = { locale: Locale; zone: string; of: ReadonlyMap<string, Report[]> }

/** Everything of the record besides results, notes and medicines, in plain and respectful names. Source: D14. */
export const portalRecord: PortalPage = {
  for: 'patient',
  async get(ctx, { locale }) {
    const say = words(locale)
    const zone = await ctx.house.shell.zone(ctx)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const facts = await readFacts(ctx, patientId, kinds)
    const updated = lastCame(facts)
    const optionsFor = (fact: Fact): RecordOptions => ({ locale, now: ctx.now(), demo: ctx.house.isDemo, zone, look: fact.look.nameOf })
    const parts = [...partsOf(facts, optionsFor, say)]
    const measured = facts.filter(fact => fact.kind === 'vital')
    const vitals = explainVitals(measured.map(fact => fact.resource as Observation), { locale, now: ctx.now(), demo: ctx.house.isDemo, zone })
    const said = await readBeside(ctx, patientId, [patientId, ...facts.map(fact => fact.resourceId)])
    const talk: Talk = { locale, zone, of: new Map(facts.map(fact => [fact.id, said.filter(report => report.subjectId === fact.resourceId)])) }
    const patient = await readPatient(ctx, patientId)
    const shown = parts.filter(part => part.lines.length > 0 || part.empty)
    return ctx.house.shell.portal(ctx, { title: say('portal.record.title'), current: '/portal/record' },
      <>
        <PageHead title={say('portal.record.title')} lead={say('portal.record.lead')} />
        <nav aria-label={say('portal.record.jump')}>
          <ul className="rec-jump">
            {shown.map(({ key }) => <li key={key}><a href={`#${key}`}>{say(`portal.record.${key}`)}</a></li>)}
            {vitals.length > 0 && <li><a href="#vitals">{say('portal.record.vitals')}</a></li>}
            {patient && <li><a href="#contact">{say('portal.contact.title')}</a></li>}
          </ul>
        </nav>
        {shown.map(part => <Part {...part} key={part.key} id={part.key} title={say(`portal.record.${part.key}`)} say={say} talk={talk} />)}
        {vitals.length > 0 && <Vitals vitals={vitals} ids={measured.map(fact => fact.id)} say={say} talk={talk} />}
        {patient && (
          <Section title={say('portal.contact.title')} id="contact">
            <Facts items={contactLines(patient, locale)} />
            <Beside reports={said.filter(report => report.subjectId === patientId)} {...{ locale, zone }} />
            <p><WrongLink href="/portal/contact/wrong" what={say('portal.contact.title')} locale={locale} /></p>
          </Section>
        )}
        {updated && <p className="soft rec-updated">{say('portal.updated', { when: formatWhen(updated, zone, 'moment', locale) })}</p>}
      </>)
  },
}

type PartOf = { key: string; lines: Line[]; empty?: string; most?: number }

/** The parts of the record in the order that people look for them. */
function* partsOf(facts: readonly Fact[], optionsFor: (fact: Fact) => RecordOptions, say: Say): Generator<PartOf> {
  const told = <T,>(kind: FactKind, tell: (fact: Fact, options: RecordOptions) => T | null): (T & { key: string })[] =>
    facts.filter(fact => fact.kind === kind).flatMap(fact => { const one = tell(fact, optionsFor(fact)); return one === null ? [] : [{ ...one, key: fact.id }] })
  const since = (day: { words: string } | null) => day && say('portal.record.since', { day: day.words })
  yield { key: 'conditions', lines: told('condition', (fact, options) => explainCondition(fact.resource as Condition, options)).map(one => ({
    key: one.key, factId: one.key, what: one.name, isPast: one.group === 'past', title: <Named name={one} say={say} />, lines: [one.doubt, since(one.since), one.group === 'past' ? one.statusWords : null],
  })) }
  yield { key: 'allergies', empty: say('portal.record.no-allergies'), lines: told('allergy', (fact, options) => explainAllergy(fact.resource as AllergyIntolerance, options)).map(one => ({
    key: one.key, factId: one.key, what: one.name, isPast: one.group === 'past', title: <><Named name={one} say={say} />{one.isDangerous && <> <Badge tone="act">{one.danger}</Badge></>}</>,
    lines: [one.doubt, one.reactions.map(reaction => reaction.what).join(', ') || null, one.statusWords],
  })) }
  const doseWords = (one: { statusWords: string | null; why: string | null; dose: string | null }) => [one.statusWords, one.why, one.dose].filter(Boolean).join(' · ')
  const vaccines = Map.groupBy(told('immunization', (fact, options) => explainImmunization(fact.resource as Immunization, options)), one => one.name)
  yield { key: 'immunizations', most: 20, lines: [...vaccines].map(([name, doses]) => ({ key: name, factId: doses[0]!.key, what: name, title: name, lines: [doseWords(doses[0]!)], others: doses.slice(1).map(one => ({ factId: one.key, what: doseWords(one) || name })) })) }
  yield { key: 'procedures', lines: told('procedure', (fact, options) => explainProcedure(fact.resource as Procedure, options)).map(one => ({ key: one.key, factId: one.key, what: one.name, title: <Named name={one} say={say} />, lines: [one.statusWords, one.date?.words] })) }
  yield { key: 'visits', most: 10, lines: told('visit', (fact, options) => explainVisit(fact.resource as Encounter, options)).map(one => ({
    key: one.key, factId: one.key, what: one.name, title: <Named name={one} say={say} />, lines: [one.start?.words, one.statusWords, one.withWhom.length > 0 ? say('portal.record.with', { names: one.withWhom.join(', ') }) : null, one.where],
  })) }
  yield { key: 'social', most: 5, lines: told('social', (fact, options) => explainObservation(fact.resource as Observation, options)).map(one => ({ key: one.key, factId: one.key, what: one.name, title: one.name, lines: [one.headline.text, one.taken?.words] })) }
  yield { key: 'surveys', most: 5, lines: told('survey', (fact, options) => explainObservation(fact.resource as Observation, options)).map(one => ({ key: one.key, factId: one.key, what: one.name, title: one.name, lines: [one.headline.text, one.headline.detail, one.taken?.words, one.help] })) }
  yield { key: 'team', lines: told('care-team', (fact, options) => explainCareTeam(fact.resource as CareTeam, options)).flatMap(team => team.members.map((member, index) => ({ key: `${team.key}${index}`, factId: team.key, what: member.name, title: member.name, lines: [member.role] }))) }
  yield { key: 'plans', lines: told('care-plan', (fact, options) => explainCarePlan(fact.resource as CarePlan, options)).map(one => ({
    key: one.key, factId: one.key, what: one.title ?? say('portal.record.plans'), isPast: one.group === 'past', title: one.title ?? one.names.map(name => name.name).join(', '), lines: [one.statusWords, since(one.since), ...one.steps.map(step => step.name.name)],
  })) }
}

/** The plain name first; the coded one, where it is another, a tap away. */
function Named({ name, say }: { name: PlainName; say: Say }) {
  return <>{name.name}{name.medicalName && name.medicalName !== name.name && <small className="soft"> {say('portal.record.medical', { name: name.medicalName })}</small>}</>
}

function Part({ id, title, lines, say, talk, empty, most = 12 }: Omit<PartOf, 'key'> & { id: string; title: string; say: Say; talk: Talk }) {
  const now = lines.filter(line => !line.isPast)
  const past = lines.filter(line => line.isPast)
  return (
    <Section title={title} id={id}>
      {now.length === 0 && <p>{empty ?? say('portal.record.none')}</p>}
      <Lines lines={now.slice(0, most)} talk={talk} />
      {now.length > most && <Details summary={say('portal.record.more', { count: now.length - most })}><Lines lines={now.slice(most)} talk={talk} /></Details>}
      {past.length > 0 && <Details summary={say('portal.record.past')}><Lines lines={past} talk={talk} /></Details>}
    </Section>
  )
}

function Lines({ lines, talk }: { lines: readonly Line[]; talk: Talk }) {
  if (lines.length === 0) return null
  return (
    <ul className="rec-lines">
      {lines.map(line => (
        <li key={line.key}>
          <strong>{line.title}</strong>
          {line.lines.filter(Boolean).map((text, index) => <div key={index} className="soft">{text}</div>)}
          {line.factId && <AboutFact factId={line.factId} what={line.what ?? ''} talk={talk} />}
          {line.others?.map(({ factId, what }) => <Fragment key={factId}><div className="soft">{what}</div><AboutFact factId={factId} what={what} talk={talk} /></Fragment>)}
        </li>
      ))}
    </ul>
  )
}

function Vitals({ vitals, ids, say, talk }: { vitals: ReturnType<typeof explainVitals>; ids: readonly string[]; say: Say; talk: Talk }) {
  return (
    <Section title={say('portal.record.vitals')} id="vitals">
      {vitals.map(({ latest, charts, rows }, index) => {
        const [first, ...earlier] = rows.slice(0, mostValues).map(row => ({ ...row, key: ids[row.place]!, factId: ids[row.place]!, what: [latest.name, row.day].filter(Boolean).join(', ') }))
        return (
          <section key={index} className="rec-vital">
            <h3>{latest.name}</h3>
            <p>{latest.value?.text} <span className="soft">{latest.taken?.words}</span></p>
            {charts.map((chart, place) => <HistoryChart key={place} model={chart.model} say={say} />)}
            {first && <AboutFact factId={first.factId} what={first.what} talk={talk} />}
            {earlier.length > 0 && <Details summary={say('portal.record.earlier', { name: latest.name })}><Lines lines={earlier.map(({ value, day, ...row }) => ({ ...row, title: value, lines: [day] }))} talk={talk} /></Details>}
          </section>
        )
      })}
    </Section>
  )
}

/** What stands beside one thing of the record, and the way to say that it looks wrong: each has it (N11, N16). */
const AboutFact = ({ factId, what, talk }: { factId: string; what: string; talk: Talk }) => (
  <>
    <Beside reports={talk.of.get(factId) ?? []} locale={talk.locale} zone={talk.zone} />
    <div><WrongLink href={`/portal/record/${factId}/wrong`} what={what} locale={talk.locale} /></div>
  </>
)
