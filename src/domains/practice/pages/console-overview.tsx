import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { dayIn, formatWhen } from '#platform/when.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Icon } from '#ui/icon.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { Details, Section } from '#ui/things.tsx'
import { publish, seePractice } from '../access.ts'
import { listReminders } from '../list-reminders.ts'
import { loadPractice } from '../load-practice.ts'
import { goLiveList, publishPractice, withdrawPractice, type GoLiveItem } from '../publish-practice.ts'
import type { Practice } from '../shared.ts'
import { showInPractice } from './console-frame.tsx'
import { sitePaths } from './machine-files.ts'

/** How the practice stands on its site: online or not, what is missing, what grows old, and how each page looks. */
export const consoleOverview: StaffPage = {
  for: { staff: seePractice },
  get: (ctx, { query }) => showOverview(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    if (form.get('do') === 'withdraw') {
      await withdrawPractice(ctx)
      return seeOther('/console/practice?said=withdrawn')
    }
    const published = await publishPractice(ctx)
    return published.ok ? seeOther('/console/practice?said=published') : showOverview(ctx, { missing: published.missing })
  },
}

async function showOverview(ctx: Ctx<StaffActor>, { said = null, missing }: { said?: string | null; missing?: readonly GoLiveItem[] }): Promise<Answer> {
  const practice = await loadPractice(ctx)
  const items = await goLiveList(ctx)
  if (!practice) {
    return showInPractice(ctx, { title: 'Practice and site', page: '' }, <EmptyState icon="building-2" title="There is no practice yet.">Run <code>npx rapport setup</code> on the server. It asks for the name and the goal.</EmptyState>)
  }
  const zone = practice.locations[0]?.zone ?? practice.profile.zone
  const reminders = listReminders(practice, dayIn(ctx.now(), zone))
  return showInPractice(ctx, { title: 'Practice and site', page: '', said, ...(missing && { status: 409 }) },
    <>
      {missing && <Notice tone="notice" title={`${missing.length === 1 ? 'One thing is' : `${missing.length} things are`} missing before the site can go online.`}><p>They are marked below.</p></Notice>}
      <Publication ctx={ctx} practice={practice} items={items} zone={zone} />
      {reminders.length > 0 && (
        <Section title="Worth a look">
          <ul className="reminders">{reminders.map(({ words, href }) => <li key={words}><Icon name="diamond" size="small" /><a href={href}>{words}</a></li>)}</ul>
        </Section>
      )}
      <Section title="How it looks">
        <p className="soft">Each page as visitors see it, or will see it.</p>
        <ul className="preview-list">
          {sitePaths(practice).filter(path => path !== '/contact').map(path => (
            <li key={path}><code>{path}</code><span><a href={previewHref(path, 'en')}>English</a> · <a href={previewHref(path, 'es')} hrefLang="es">Spanish</a></span></li>
          ))}
        </ul>
      </Section>
    </>)
}

export const previewHref = (path: string, locale: 'en' | 'es' = 'en'): string => `/console/practice/preview?${new URLSearchParams({ page: path, language: locale })}`

function Publication({ ctx, practice, items, zone }: { ctx: Ctx<StaffActor>; practice: Practice; items: readonly GoLiveItem[]; zone: string }) {
  const { publishedAt } = practice.profile
  const isReady = items.every(({ isDone }) => isDone)
  if (ctx.house.isDemo) return <Notice tone="info" title="This is a demo. Its site is always online."><p><a href="/">Open the site</a></p></Notice>
  if (publishedAt) {
    return (
      <>
        <Notice tone="calm" title={`Online since ${formatWhen(publishedAt, zone, 'moment')}.`}><p><a href="/">Open the site</a></p></Notice>
        {!isReady && <GoLive items={items} />}
        {may(ctx, publish) && (
          <Details summary="Take the site offline">
            <p>Visitors then read that the site is not open. The portal and the console go on.</p>
            <Form label="Take the site offline"><Button kind="danger" name="do" value="withdraw">Take it offline</Button></Form>
          </Details>
        )}
      </>
    )
  }
  return (
    <>
      <Notice tone="notice" title="Not online yet."><p>Visitors read that the site is not open. {items.filter(({ isDone }) => isDone).length} of {items.length} things are done.</p></Notice>
      <GoLive items={items} />
      {may(ctx, publish) && isReady && <Form label="Put the site online"><Button icon="check" name="do" value="publish">Put the site online</Button></Form>}
      {isReady && <p><LinkButton kind="secondary" href={previewHref('/')}>Look at it first</LinkButton></p>}
    </>
  )
}

function GoLive({ items }: { items: readonly GoLiveItem[] }) {
  return (
    <Section title="Before it goes online" id="go-live">
      <ul className="go-live">
        {items.map(item => (
          <li key={item.key}>
            <Icon name={item.isDone ? 'circle-check' : 'circle'} />
            <div>{item.isDone ? <>{item.words}<span className="soft"> – done</span></> : <><a href={item.href}>{item.words}</a><p className="soft">{item.toDo}</p></>}</div>
          </li>
        ))}
      </ul>
    </Section>
  )
}
