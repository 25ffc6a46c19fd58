import { NotFound } from '#platform/errors.ts'
import { seeOther, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { practiceCard } from '#practice'
import { mayChoose } from '#release'
import { Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { telephone, type Phone } from '#ui/practice-facts.ts'
import { Details, PageHead, Section } from '#ui/things.tsx'
import { openOwn, readHeld, type HeldRow } from '../open-own.ts'

/** What has come and is not open yet: until when, why, and one tap where it is the patient's own wish or a law lets them end it. */
export const portalHeld: PortalPage = {
  for: 'patient',
  async get(ctx, { locale }) {
    const say = words(locale)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const [rows, zone, mayOpen, { phone }] = [await readHeld(ctx, patientId), await ctx.house.shell.zone(ctx), await mayChoose(ctx, patientId), await practiceCard(ctx)]
    return ctx.house.shell.portal(ctx, { title: say('release.held.title'), current: '/portal/results' },
      <>
        <PageHead title={say('release.held.title')} back={{ href: '/portal/results', words: say('portal.results.title') }} />
        {rows.length === 0 && <p>{say('portal.home.new', { count: 0 })}</p>}
        {rows.map(row => <Held key={row.lifeId} row={row} mayOpen={mayOpen} say={say} locale={locale} zone={zone} phone={phone} />)}
      </>)
  },
  async post(ctx, form) {
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const life = String(form.get('life') ?? '')
    const row = (await readHeld(ctx, patientId)).find(one => one.lifeId === life)
    if (!row || !await mayChoose(ctx, patientId) || await openOwn(ctx, patientId, [life], { byLaw: row.mayEndLaw }) === 0) throw new NotFound()
    return seeOther(row.place === 'note' ? '/portal/notes' : '/portal/results')
  },
}

function Held({ row, mayOpen, say, locale, zone, phone }: { row: HeldRow; mayOpen: boolean; say: Say; locale: Locale; zone: string; phone: Phone | undefined }) {
  const when = row.opensAt && formatWhen(row.opensAt, zone, 'moment', locale)
  return (
    <Section title={say(`release.category.${row.category}`)}>
      <p>{say(`release.held.${row.heldBy}`)} {row.needsOwner ? say('release.held.owner') : when && say(`release.held.${row.heldBy}.until`, { when })} <span className="soft">{say('release.held.came', { when: formatWhen(row.arrivedAt, zone, 'day', locale) })}</span></p>
      {row.mayEndLaw && <p>{say('release.held.state-law.yours')}</p>}
      {mayOpen && (row.heldBy === 'patient' || row.mayEndLaw) && <Form label={`${say('release.held.open')}: ${say(`release.category.${row.category}`)}, ${formatWhen(row.arrivedAt, zone, 'moment', locale)}`} prefix={`h${row.lifeId.slice(-6)}-`}><input type="hidden" name="life" value={row.lifeId} /><Button icon="eye">{say('release.held.open')}</Button></Form>}
      {mayOpen && row.heldBy === 'patient' && <p><a href="/portal/settings/results">{say('release.held.choose')}</a></p>}
      {row.heldBy === 'harm' && <p>{say('release.held.harm.review')} {phone && <a href={telephone(phone)}>{phone.text}</a>}</p>}
      {row.citation && row.heldBy === 'state-law' && <Details summary={say('release.held.why')}><p>{say('release.held.law-name', { citation: row.citation })}</p></Details>}
    </Section>
  )
}
