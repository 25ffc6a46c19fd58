import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { telephone, type Phone } from '#ui/practice-facts.ts'
import { Card, Details, Facts, Section } from '#ui/things.tsx'
import type { Expectation } from '../../explain/tell-expectation.ts'
import type { Expected } from '../../read-orders.ts'

/** What was ordered and is not here yet: what it is for, how to get ready, how long it takes, and that danger brings a call. */
export function ExpectCards({ expected, locale, zone, phone }: { expected: readonly Expected[]; locale: Locale; zone: string; phone: Phone | undefined }) {
  if (expected.length === 0) return null
  const say = words(locale)
  return (
    <Section title={say('portal.expect.title')} className="rec-expect">
      <p>{say('portal.expect.lead')}</p>
      {expected.map(one => {
        const facts = <ExpectFacts told={one.told} say={say} locale={locale} />
        const ordered = one.orderedByName ? say('portal.expect.ordered-by', { when: formatWhen(one.orderedAt, zone, 'day', locale), name: one.orderedByName }) : say('portal.expect.ordered', { when: formatWhen(one.orderedAt, zone, 'day', locale) })
        return (
          <Card key={one.id} title={one.told.name} meta={ordered}>
            {one.isLate
              ? <p><strong>{say('portal.expect.late')}</strong> {phone && <>{say('portal.expect.call')} <a href={telephone(phone)}>{phone.text}</a></>}</p>
              : <p><strong>{say('portal.expect.by', { when: formatWhen(one.expectedAt, zone, 'day', locale) })}</strong></p>}
            {expected.length === 1 ? facts : <Details summary={say('portal.expect.more')}>{facts}</Details>}
          </Card>
        )
      })}
    </Section>
  )
}

/** The same for staff at the order: they see what the patient reads. */
export function ExpectFacts({ told, say, locale }: { told: Expectation; say: Say; locale: Locale }) {
  const { speech } = told
  const lang = speech.locale === locale ? undefined : speech.locale
  return (
    <>
      <Facts isStacked items={[
        { term: say('portal.expect.looks'), words: told.looks ? <span lang={lang}>{told.looks}</span> : say('portal.expect.no-words') },
        { term: say('portal.expect.prepare'), words: told.prepare ? <span lang={lang}>{told.prepare}</span> : say('portal.expect.ask-us') },
        { term: say('portal.expect.how-long'), words: say('portal.expect.days', { count: told.resultDays }) },
        { term: say('portal.expect.then'), words: <>{say('portal.expect.arrives')} {say('portal.expect.danger')}</> },
      ]} />
      {speech.offer && <p className="rec-offer" lang={locale}>{speech.offer}</p>}
    </>
  )
}
