import { formatDay } from '#platform/when.ts'
import { LinkButton } from '#ui/button.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { takesNew } from '../practice-card.ts'
import { inLocale, langOf } from '../shared.ts'
import { crumbsData, graph } from './site-data.ts'
import type { SiteRender, SiteScene } from './show-site.tsx'
import { Paragraphs } from './site-words.tsx'

/** What the practice does, and the plans it takes, each with the day it was last asked. */
export const renderServices: SiteRender = scene => {
  const { practice, locale, say } = scene
  const title = say('site.services.title')
  return {
    title, current: '/services', description: say('site.services.about', { name: practice.profile.name }),
    jsonLd: graph(
      { '@type': 'ItemList', itemListElement: practice.services.map((service, index) => ({ '@type': 'ListItem', position: index + 1, item: { '@type': 'MedicalTherapy', name: inLocale(service.name, locale), description: inLocale(service.words, locale) } })) },
      crumbsData(scene, [{ path: '/', words: say('site.home') }, { path: '/services', words: title }])),
    content: (
      <>
        <PageHead title={title} lead={say('site.services.lead')} />
        <div className="told-list">
          {practice.services.map(service => (
            <section key={service.id} className="told" id={service.slug}>
              <h2 lang={langOf(service.name, locale)}>{inLocale(service.name, locale)}</h2>
              <div className="told-words"><Paragraphs text={inLocale(service.words, locale)} lang={langOf(service.words, locale)} /></div>
            </section>
          ))}
        </div>
        {takesNew(practice) && <p><LinkButton icon="calendar-plus" href={scene.to('/book')}>{say('site.book-first')}</LinkButton></p>}
        {practice.plans.length > 0 && <Plans scene={scene} />}
      </>
    ),
  }
}

function Plans({ scene: { practice, card, locale, say } }: { scene: SiteScene }) {
  return (
    <Section title={say('site.plans')} id="plans">
      <p className="measure">{say('site.plans.lead')}</p>
      <Table
        caption={say('site.plans')} isCaptionHidden columns={[{ key: 'name', words: say('site.plans.name') }, { key: 'checked', words: say('site.plans.checked') }]}
        rows={practice.plans.map(plan => ({ key: plan.id, cells: { name: plan.name, checked: formatDay(plan.checkedOn, 'day-short', locale) } }))}
      />
      <p className="measure">{say('site.plans.other')}</p>
      {card.phone && <p><LinkButton kind="secondary" icon="phone" href={telephone(card.phone)}>{say('site.call-us', { phone: card.phone.text })}</LinkButton></p>}
    </Section>
  )
}
