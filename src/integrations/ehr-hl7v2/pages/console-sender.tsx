import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { may } from '#platform/permission.ts'
import { formatWhen } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, EmptyState, Notice } from '#ui/notice.tsx'
import { Facts, PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { manageFeeds, readMessages } from '../access.ts'
import { endSending, replaceToken, sayOwnEhr } from '../keep-sender.ts'
import { mostSilentHours, sayWhenSilent } from '../watch-silence.ts'
import { readSender, settleFaults, type AsideRow, type SenderRow } from '../list-senders.ts'
import { feedsPath } from './console-feeds.tsx'
import { TokenOnce } from './token-once.tsx'

const said: Record<string, string> = { 'token-ended': 'The token is worth nothing now.', ended: 'It may not send any more. What came stays.', reviews: 'That is kept. It counts for what comes from now on.', silence: 'That is kept.', seen: 'Put away. Another one that cannot be used shows in the inbox again.' }

/** One sender: how it does, what was put aside and why, its token. */
export const consoleSender: StaffPage = {
  for: { staff: manageFeeds },
  get: (ctx, { params, query }) => show(ctx, params.id!, said[query.get('said') ?? '']),
  async post(ctx, form, { params }) {
    const id = params.id!
    const path = `${feedsPath}/senders/${id}`
    const { sender } = await readSender(ctx, id)
    switch (form.get('do')) {
      case 'token': {
        const made = await replaceToken(ctx, id)
        if ('reason' in made) return show(ctx, id, undefined, 'Another sender has the same MSH-4 meanwhile. End that one first.')
        return ctx.house.shell.console(ctx, { title: sender.source, current: feedsPath }, <TokenOnce source={sender.source} id={id} token={made.token} config={ctx.house.config} />)
      }
      case 'end-token': await endSending(ctx, id, 'token'); return seeOther(`${path}?said=token-ended`)
      case 'end': await endSending(ctx, id, 'sender'); return seeOther(`${path}?said=ended`)
      case 'own-ehr': case 'not-own-ehr': await sayOwnEhr(ctx, id, form.get('do') === 'own-ehr'); return seeOther(`${path}?said=reviews`)
      case 'silence': return saySilence(ctx, id, form)
      case 'seen': await settleFaults(ctx, id); return seeOther(`${path}?said=seen`)
      default: return seeOther(path)
    }
  },
}

async function saySilence(ctx: Ctx<StaffActor>, id: string, form: FormData): Promise<Answer> {
  const text = String(form.get('hours') ?? '').trim()
  if (text !== '' && !(/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= mostSilentHours)) return show(ctx, id, undefined, undefined, text.slice(0, 20))
  await sayWhenSilent(ctx, id, text === '' ? null : Number(text))
  return seeOther(`${feedsPath}/senders/${id}?said=silence`)
}

async function show(ctx: Ctx<StaffActor>, id: string, flash?: string, problem?: string, wrongHours?: string): Promise<Answer> {
  const { sender, aside } = await readSender(ctx, id)
  const zone = await ctx.house.shell.zone(ctx)
  return ctx.house.shell.console(ctx, { title: sender.source, current: feedsPath, ...(problem && { status: 409 }), ...(wrongHours !== undefined && { status: 422 }), ...(flash && { flash: { words: flash } }) },
    <>
      <PageHead title={sender.source} back={{ href: feedsPath, words: 'Systems that send' }} aside={sender.endedAt ? <Badge tone="plain">May not send</Badge> : <Badge tone="calm">May send</Badge>} />
      {problem && <Notice tone="notice" title={problem} />}
      <About sender={sender} zone={zone} />
      <Aside rows={aside} zone={zone} canRead={may(ctx, readMessages)} />
      <Section title="Its token">
        <p>{sender.hasToken ? 'A new token takes the place of the old one at once.' : 'It has none: over HTTPS it cannot send.'}</p>
        <Form label="Its token" prefix="t-"><Actions>
          <Button kind="secondary" name="do" value="token">{sender.endedAt ? 'Let it send again, with a new token' : 'Make a new token'}</Button>
          {sender.hasToken && <Button kind="quiet" name="do" value="end-token">End the token</Button>}
        </Actions></Form>
      </Section>
      <Section title="Reviews made there">
        <p>{sender.isOwnEhr ? 'It is your own EHR: a result that one of your clinicians signs there counts as looked at here, and what they write about it goes to the patient.' : 'It is not your own EHR: whoever it names as having read a result, somebody here still looks at it.'}</p>
        <Form label="Reviews made there" prefix="r-"><Actions><Button kind="secondary" name="do" value={sender.isOwnEhr ? 'not-own-ehr' : 'own-ehr'}>{sender.isOwnEhr ? 'It is not our EHR' : 'It is our EHR'}</Button></Actions></Form>
      </Section>
      {!sender.endedAt && <Silence hours={wrongHours ?? String(sender.silentAfterHours ?? '')} isWrong={wrongHours !== undefined} />}
      {!sender.endedAt && <Section title="End it">
        <p>It may not send any more, by any way. What it sent stays, and its name stays taken.</p>
        <Form label="End it" prefix="e-"><Actions><Button kind="danger" name="do" value="end">End this sender</Button></Actions></Form>
      </Section>}
    </>)
}

function Silence({ hours, isWrong }: { hours: string; isWrong: boolean }) {
  return (
    <Section title="If it falls silent">
      <p>A line that is cut says nothing about it. When nothing has come for so many hours of open doors, it is work for the manager.</p>
      <Form label="If it falls silent" prefix="s-" values={{ hours }} {...(isWrong && { problems: { hours: `Write a whole number from 1 to ${mostSilentHours}, or nothing.` } })}>
        <Field name="hours" label="Open hours without a word" hint="Leave it empty for one that seldom sends: then nobody is told." inputMode="numeric" size="short" isOptional />
        <Actions><Button kind="secondary" name="do" value="silence">Keep the hours</Button></Actions>
      </Form>
    </Section>
  )
}

function About({ sender, zone }: { sender: SenderRow; zone: string }) {
  return (
    <Facts items={[
      { term: 'Sent last', words: sender.lastAt ? formatWhen(sender.lastAt, zone, 'moment') : 'never' },
      { term: 'In the last day', words: `${sender.dayCount} messages` }, { term: 'Wait to be put away', words: String(sender.waiting) },
      { term: 'Put aside in 30 days', words: `${sender.aside}, of which ${sender.faults} its sender must mend` },
      { term: 'Names itself (MSH-4)', words: sender.facility ?? 'does not send over MLLP' }, { term: 'Its clock', words: sender.zone }, { term: 'Record numbers', words: sender.numberSystem ?? 'its own' },
      { term: 'Added', words: formatWhen(sender.addedAt, zone, 'day') }, ...(sender.endedAt ? [{ term: 'Ended', words: formatWhen(sender.endedAt, zone, 'moment') }] : []),
    ]} />
  )
}

function Aside({ rows, zone, canRead }: { rows: readonly AsideRow[]; zone: string; canRead: boolean }) {
  const words = (row: AsideRow) => `${row.format === 'fhir' ? 'What was sent' : 'The message'} ${row.reason}`
  return (
    <Section title="Put aside">
      {rows.length === 0
        ? <EmptyState icon="circle-check" title="Everything that came could be used." />
        : <>
          <Table caption="Put aside, newest first" isCaptionHidden columns={[{ key: 'when', words: 'Came' }, { key: 'why', words: 'Why' }, { key: 'who', words: 'What to do' }]}
            rows={rows.map(row => ({ key: row.id, cells: {
              when: canRead ? <a href={`${feedsPath}/messages/${row.id}`}>{formatWhen(row.receivedAt, zone, 'moment-short')}</a> : formatWhen(row.receivedAt, zone, 'moment-short'),
              why: words(row), who: row.isFault ? 'Its sender must mend it' : 'Nothing: it is of a kind that is not used',
            } }))} />
          {!canRead && <p className="soft">What a message says may be part of a record: clinicians and the care team can read it.</p>}
          {rows.some(row => row.isFault) && <Form label="Seen to" prefix="f-"><Actions><Button kind="secondary" name="do" value="seen">I have told the sender</Button></Actions></Form>}
        </>}
    </Section>
  )
}
