import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { chooseTelling, tellingOf, tellings, type Telling } from '#notices'
import { agree, choicesOf } from '#release'
import { categories, conditions, type Category, type Condition } from '#release/shared'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox, Radios, Select } from '#ui/choices.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { chooseReading, readFirsts, readingHelp, readSizes, type ReadingHelp } from '../choose-reading.ts'
import { openCategories } from '../open-own.ts'

type PortalCtx = Ctx<PatientActor | ProxyActor>
const path = '/portal/settings/results'
const whens = ['at-once', ...conditions] as const

/** When a patient sees each kind of result, and apart from that how they are told. One screen; what waits follows at once (A4, R8). */
export const portalChoices: PortalPage = {
  for: 'patient',
  get: (ctx, { locale, query }) => showChoices(ctx, locale, { isSaved: query.get('said') === 'saved' }),
  async post(ctx, form, { locale }) {
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const say = words(locale)
    if (form.get('about') === 'reading') {
      const [first, size] = [readFirsts.find(one => one === form.get('first')), readSizes.find(one => one === form.get('size'))]
      if (first && size) await chooseReading(ctx, { first, size })
      return seeOther(`${path}?said=saved`)
    }
    const wanted = new Map<Category, Condition | 'at-once'>()
    const told = new Map<string, Telling>()
    for (const category of categories) {
      const when = whens.find(one => one === form.get(`when-${category}`))
      const telling = tellings.find(one => one === form.get(`tell-${category}`))
      if (when) wanted.set(category, when)
      if (telling) told.set(category, telling)
    }
    const agreed = await agree(ctx, patientId, { wanted, channel: 'portal', wordsShown: shownWords(say) })
    if (!agreed.ok) return showChoices(ctx, locale, { isRefused: true })
    await chooseTelling(ctx, patientId, { tellings: told, isAnyTime: form.get('any-time') === 'yes' })
    await openCategories(ctx, patientId, agreed.ended)
    return seeOther(`${path}?said=saved`)
  },
}

/** The words under which an agreement is made: they are kept with it. */
export const shownWords = (say: Say): string => ['lead', 'danger', 'until-review', 'until-review.hint', 'until-contact', 'until-contact.hint'].map(key => say(`release.choices.${key}`)).join(' ')

async function showChoices(ctx: PortalCtx, locale: Locale, { isSaved, isRefused }: { isSaved?: boolean; isRefused?: boolean }): Promise<Answer> {
  const say = words(locale)
  const patientId = await mayActFor(ctx, ctx.actor.patientId)
  const [chosen, telling] = [await choicesOf(ctx, patientId), await tellingOf(ctx, patientId)]
  return ctx.house.shell.portal(ctx, { title: say('release.choices.title'), current: '/portal/settings', status: isRefused ? 403 : 200, ...(isSaved && { flash: { words: say('release.choices.saved') } }) },
    <>
      <PageHead title={say('release.choices.title')} back={{ href: '/portal/settings', words: say('portal.nav.settings') }} lead={say('release.choices.lead')} />
      {isRefused && <Notice tone="notice" title={say('release.choices.not-theirs')} />}
      <Notice tone="info" title={say('release.choices.danger')}>{say('release.choices.mail')}</Notice>
      <ul className="plain-list">{whens.map(when => <li key={when}><strong>{say(`release.choices.${when}`)}:</strong> {say(`release.choices.${when}.hint`)}</li>)}</ul>
      <Form label={say('release.choices.title')}>
        {categories.map(category => (
          <Section key={category} title={say(`release.category.${category}`)}>
            <div className="columns">
              <Select name={`when-${category}`} label={say('release.choices.when')} size="full" value={chosen.get(category) ?? 'at-once'}
                choices={whens.map(when => ({ value: when, label: say(`release.choices.${when}`) }))} />
              <Select name={`tell-${category}`} label={say('release.choices.tell')} size="full" value={telling.of(category)} choices={tellings.map(one => ({ value: one, label: say(`release.choices.tell.${one}`) }))} />
            </div>
          </Section>
        ))}
        <Checkbox name="any-time" label={say('release.choices.any-time')} hint={say('release.choices.any-time.hint')} isChecked={telling.isAnyTime} />
        <Actions><Button isWide icon="check">{say('release.choices.save')}</Button></Actions>
      </Form>
      <p className="soft">{say('release.choices.law')}</p>
      <Reading help={await readingHelp(ctx)} say={say} />
    </>)
}

/** Display alone, for whoever reads: nothing opens sooner or later by it, and the exact figures are on the same page either way (A4). */
function Reading({ help, say }: { help: ReadingHelp; say: Say }) {
  return (
    <Section title={say('portal.reading.title')}>
      <p>{say('portal.reading.lead')}</p>
      <Form label={say('portal.reading.title')} prefix="reading-">
        <input type="hidden" name="about" value="reading" />
        <Radios name="first" label={say('portal.reading.first')} value={help.first} choices={readFirsts.map(one => ({ value: one, label: say(`portal.reading.first.${one}`) }))} />
        <Radios name="size" label={say('portal.reading.size')} value={help.size} choices={readSizes.map(one => ({ value: one, label: say(`portal.reading.size.${one}`) }))} />
        <Actions><Button kind="secondary" icon="check">{say('portal.reading.save')}</Button></Actions>
      </Form>
    </Section>
  )
}
