import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { addressLines, mapHref, openWords, pathIn, phoneFrom, practiceCard, readPractice, takesNew } from '#practice'
import { crumbsData, drawIn, graph, sceneOf, showNotOpen, type SiteRender, type SiteScene } from '#practice/pages'
import { guardWords, RedFlagPanel, type RedFlagKind } from '#safety'
import { Button, LinkButton } from '#ui/button.tsx'
import { Radios, Select } from '#ui/choices.tsx'
import { Field, TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Icon } from '#ui/icon.tsx'
import { Notice } from '#ui/notice.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { PageHead } from '#ui/things.tsx'
import { contactTopics, sendContactMessage, type ContactFields } from '../send-contact-message.ts'

type Typed = { problems?: Problems; values?: Values; status?: number; headers?: Record<string, string>; danger?: readonly RedFlagKind[] }

/** Call, come by, or write. What is written becomes work with an owner and a due time. */
export const siteContact: SitePage = {
  for: 'visitor',
  isCached: true,
  get: (ctx, request) => showContact(ctx, request),

  async post(ctx, form, request) {
    const fields = Object.fromEntries((['topic', 'place', 'name', 'phone', 'email', 'words'] as const).map(name => [name, String(form.get(name) ?? '').replaceAll('\r\n', '\n').trim()])) as ContactFields
    const guarded = guardWords(form, fields.words)
    const sent = await sendContactMessage(ctx, fields, { ...request, guarded })
    if (sent.ok) return seeOther(`${pathIn('/contact/sent', request.locale)}?by=${sent.answerBy.toISOString()}`)
    const { say } = (await scene(ctx, request))!
    const typed = { values: fields, ...(sent.danger.length > 0 && { danger: sent.danger }) }
    if ('isAsked' in sent) return showContact(ctx, request, { ...typed, status: 422 })
    if ('retryAfterSeconds' in sent) return showContact(ctx, request, { ...typed, problems: { '': say('site.contact.too-often') }, status: 429, headers: { 'retry-after': String(sent.retryAfterSeconds) } })
    const problems = Object.fromEntries(Object.entries(sent.problems).map(([name, key]) => [name, say(`site.contact.${key}`)]))
    return showContact(ctx, request, { ...typed, problems, status: 422 })
  },
}

/** Thank you, and until when somebody answers. */
export const siteContactSent: SitePage = {
  for: 'visitor',
  isCached: true,
  async get(ctx, request) {
    const by = new Date(request.query.get('by') ?? '')
    return show(ctx, request, '/contact/sent', ({ say, card, locale, to }) => ({
      title: say('site.contact.title'), current: '/contact', isIndexed: false,
      content: (
        <>
          <PageHead title={say('site.contact.sent')} lead={Number.isNaN(by.getTime()) ? say('site.contact.sent-soon') : say('site.contact.sent-by', { when: formatWhen(by, card.zone, 'moment', locale) })} />
          <p>{say('site.contact.sent-next')} {say('site.emergency-short')}</p>
          <div className="actions">
            {card.phone && <LinkButton kind="secondary" icon="phone" href={telephone(card.phone)}>{say('site.call-us', { phone: card.phone.text })}</LinkButton>}
            <a href={to('/')}>{say('site.contact.back')}</a>
          </div>
        </>
      ),
    }))
  },
}

async function scene(ctx: Ctx<VisitorActor>, { locale }: PageRequest): Promise<SiteScene | undefined> {
  const [practice, card] = [await readPractice(ctx), await practiceCard(ctx)]
  return practice && card.isPublished ? sceneOf(ctx, practice, card, locale) : undefined
}

async function show(ctx: Ctx<VisitorActor>, request: PageRequest, path: string, render: SiteRender): Promise<Answer> {
  const found = await scene(ctx, request)
  return found ? drawIn(ctx, found, path, render) : showNotOpen(ctx, await practiceCard(ctx), request.locale)
}

const showContact = (ctx: Ctx<VisitorActor>, request: PageRequest, typed: Typed = {}): Promise<Answer> => show(ctx, request, '/contact', renderContact(typed))

const renderContact = (typed: Typed): SiteRender => scene => {
  const { practice, say, locale, now } = scene
  const states = practice.locations.map(location => openWords(location, now, locale))
  const validUntil = states.map(state => state.validUntil).sort((a, b) => a.getTime() - b.getTime())[0]
  const { status, headers } = typed
  return {
    title: say('site.contact.title'), current: '/contact', description: say('site.contact.about', { name: practice.profile.name }),
    ...(validUntil && { validUntil }), ...(status && { status }), ...(headers && { headers }),
    jsonLd: graph(crumbsData(scene, [{ path: '/', words: say('site.home') }, { path: '/contact', words: say('site.contact.title') }])),
    content: (
      <>
        <PageHead title={say('site.contact.title')} lead={say('site.contact.lead')} />
        <div className="beside contact">
          <div>
            {takesNew(practice) && <p><LinkButton kind="secondary" icon="calendar-plus" href={scene.to('/book')}>{say('site.book-first')}</LinkButton></p>}
            <Notice tone="notice" title={say('site.contact.warn')}><p>{say('site.contact.warn-words')}</p></Notice>
            <ContactForm scene={scene} typed={typed} />
          </div>
          <OtherWays scene={scene} states={states.map(({ words }) => words)} />
        </div>
      </>
    ),
  }
}

function ContactForm({ scene: { say, card, locale, practice: { locations } }, typed: { problems, values, danger } }: { scene: SiteScene; typed: Typed }) {
  return (
    <Form label={say('site.contact.title')} hasKey={false} problems={problems} values={values}>
      {danger && <RedFlagPanel kinds={danger} lines={{ phone: card.phone, afterHours: card.afterHours[locale].words || undefined }} say={say} />}
      <Radios name="topic" label={say('site.contact.topic')} choices={contactTopics.map(topic => ({ value: topic, label: say(`site.contact.topic.${topic}`) }))} />
      {locations.length > 1 && (
        <Select name="place" label={say('site.contact.place')} isOptional emptyLabel={say('site.contact.place.any')} choices={locations.map(({ slug, name }) => ({ value: slug, label: name }))} />
      )}
      <Field name="name" label={say('site.contact.name')} autoComplete="name" maxLength={120} />
      <Field name="phone" label={say('site.contact.phone')} hint={say('site.contact.phone-hint')} type="tel" autoComplete="tel" size="medium" maxLength={40} isOptional />
      <Field name="email" label={say('site.contact.email')} type="email" autoComplete="email" spellCheck={false} maxLength={254} isOptional />
      <TextArea name="words" label={say('site.contact.words')} rows={6} maxLength={3000} standing={say('site.emergency')} />
      <Button icon="send" isWide>{say('site.contact.send')}</Button>
    </Form>
  )
}

function OtherWays({ scene: { say, card, practice, locale, to }, states }: { scene: SiteScene; states: readonly (string | undefined)[] }) {
  const afterHours = card.afterHours[locale]
  return (
    <aside className="other-ways">
      {card.phone && (
        <section>
          <h2>{say('site.contact.call')}</h2>
          <p className="call-large"><a href={telephone(card.phone)}><Icon name="phone" /> {card.phone.text}</a></p>
          {afterHours.words && <p className="soft">{say('ui.after-hours')}: {afterHours.words}</p>}
        </section>
      )}
      {practice.locations.length > 0 && (
        <section>
          <h2>{say('site.contact.come')}</h2>
          {practice.locations.map((location, index) => {
            const phone = phoneFrom(location.phone)
            return (
              <div key={location.id} className="way-in">
                <h3><a href={to(`/locations/${location.slug}`)}>{location.name}</a></h3>
                {states[index] && <p className="soft">{states[index]}</p>}
                <address><a href={mapHref(location)}>{addressLines(location).map(line => <span key={line}>{line}</span>)}</a></address>
                {phone && phone.number !== card.phone?.number && <p><a href={telephone(phone)}>{phone.text}</a></p>}
              </div>
            )
          })}
        </section>
      )}
    </aside>
  )
}
