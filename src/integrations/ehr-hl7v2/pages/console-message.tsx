import { file, type StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Facts, PageHead, Section } from '#ui/things.tsx'
import { readMessages } from '../access.ts'
import { openMessage } from '../open-message.ts'

/** So many letters are shown on the page; the file has them all. */
const mostShown = 100_000

/** A message that is in no record, as it came: whom to call about it, and all that it says. */
export const consoleMessage: StaffPage = {
  for: { staff: readMessages },
  async get(ctx, { params }) {
    const message = await openMessage(ctx, params.id!)
    const zone = await ctx.house.shell.zone(ctx)
    const { from, orderedBy, callBack, patient } = message.calls
    const facts: [string, string][] = [['From', message.source], ['Names itself', from], ['Came', formatWhen(message.receivedAt, zone, 'moment')], ['Ordered by', orderedBy], ['Call back', callBack], ['Names the patient', patient]]
    return ctx.house.shell.console(ctx, { title: 'A message as it came', current: '/console/inbox' },
      <>
        <PageHead title="A message as it came" />
        <Notice tone="notice" title={message.reason ? `It is in no record: it ${message.reason}.` : 'It is in no record yet.'}>A name or a number in it proves nothing. Ask whoever sent it whose it is.</Notice>
        <Facts items={facts.filter(([, words]) => words !== '').map(([term, words]) => ({ term, words }))} />
        <Section title="What it says">
          <pre className="as-written">{message.text.slice(0, mostShown)}</pre>
          {message.text.length > mostShown && <p className="soft">This is its beginning. The file has all of it.</p>}
          <p><LinkButton kind="secondary" icon="download" href={`/console/feeds/messages/${message.id}/text`}>All of it as a text file</LinkButton></p>
        </Section>
      </>)
  },
}

export const consoleMessageText: StaffPage = {
  for: { staff: readMessages },
  async get(ctx, { params }) {
    const { id, text } = await openMessage(ctx, params.id!)
    return file(Buffer.from(text), 'text/plain; charset=utf-8', { headers: { 'content-disposition': `attachment; filename="message-${id.slice(-12)}.txt"` } })
  },
}
