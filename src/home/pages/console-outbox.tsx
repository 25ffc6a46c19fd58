import { listOutbox, readMail, sendMailAgain, type MailState } from '#platform/email.ts'
import { readLines, type LineState } from '#platform/keep-line.ts'
import { seeOther, type StaffPage } from '#platform/page.tsx'
import { may, mustBeAbleTo } from '#platform/permission.ts'
import { formatWhen } from '#platform/when.ts'
import { consentAt, type ConsentThen } from '#notices'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, EmptyState, Notice, type Tone } from '#ui/notice.tsx'
import { Facts, PageHead, RowList, Section } from '#ui/things.tsx'
import { readKeys, seeOutbox, sendAgain } from '../access.ts'
import { hideKeys } from '../hide-keys.ts'

const states: Record<MailState, { words: string; tone: Tone | 'plain' }> = {
  waiting: { words: 'Waiting', tone: 'plain' },
  kept: { words: 'Kept here: nothing carries it', tone: 'notice' },
  held: { words: 'Held: no agreement', tone: 'act' },
  sent: { words: 'Sent', tone: 'calm' },
  arrived: { words: 'Arrived', tone: 'calm' },
  dropped: { words: 'Dropped', tone: 'plain' },
  failed: { words: 'Could not be sent', tone: 'act' },
}

const droppedWords: Readonly<Record<string, string>> = {
  silent: 'they died, or are not with us any more', 'safe-way': 'they named one safe way, and this is another', 'no-texts': 'they want no texts', stopped: 'they stopped it', 'point-failed': 'nothing arrives there', 'no-access': 'they do not look after this patient any more', withdrawn: 'what it said was not true any more', 'too-late': 'it was too late',
}
const throughWords: Readonly<Record<ConsentThen['through'], string>> = { portal: 'in the portal', desk: 'at the desk', text: 'by text', mail: 'by a link in a mail', site: 'on the site' }
const said: Readonly<Record<string, string>> = { again: 'It is tried again.', agreed: 'That is kept. What was held leaves now.' }
const wayWords = { mail: 'Mail', text: 'Texts' } as const

/** What keeps mail or texts from leaving, and what is about to. */
function LineNotice({ way, state, agreedUntil }: LineState) {
  if (state === 'none') return <Notice tone="info" title={way === 'mail' ? 'No mail server is set, so mail stays here.' : 'Nobody carries texts, so they stay here.'}>{way === 'mail' ? 'Set SMTP_URL to send it.' : 'Set TWILIO_ACCOUNT_SID and the settings beside it to send them.'}</Notice>
  if (state === 'held') return <Notice tone="act" title={`${wayWords[way]} are held: no agreement holds with who carries them.`}><a href="/console/outbox/agreements">Enter until when they have agreed</a> to keep health information private. What waits leaves then.</Notice>
  return state === 'ends-soon' ? <Notice tone="notice" title={`${wayWords[way]} stop after ${agreedUntil}.`}>Enter the new end of the agreement in time.</Notice> : null
}

export const consoleOutbox: StaffPage = {
  for: { staff: seeOutbox },
  async get(ctx, { query }) {
    const onlyFailed = query.get('show') === 'failed'
    const [zone, mails, lines] = [await ctx.house.shell.zone(ctx), await listOutbox(ctx, { onlyFailed }), await readLines(ctx)]
    return ctx.house.shell.console(ctx, { title: 'Outbox', current: '/console/outbox', ...(said[query.get('said') ?? ''] && { flash: { words: said[query.get('said')!]! } }) },
      <>
        <PageHead title="Outbox" lead="Mail and texts that the system sent or will send." />
        {lines.map(line => <LineNotice key={line.way} {...line} />)}
        <p>{onlyFailed ? <a href="/console/outbox">Show all</a> : <a href="/console/outbox?show=failed">Show only what could not be sent</a>} · <a href="/console/outbox/agreements">Agreements with who carries it</a></p>
        {mails.length === 0
          ? <EmptyState icon="mail" title={onlyFailed ? 'Nothing failed.' : 'No mail yet.'}>{onlyFailed ? 'What cannot be sent shows here, to be sent again.' : 'What the system would send shows here.'}</EmptyState>
          : <RowList label="Mail, newest first" rows={mails.map(mail => ({
              href: `/console/outbox/${mail.id}`, title: mail.subject, detail: <>{mail.way === 'text' ? 'text' : 'mail'} to {mail.to} · {formatWhen(mail.queuedAt, zone, 'moment-short')}</>,
              aside: <Badge tone={states[mail.state].tone}>{states[mail.state].words}</Badge>, icon: mail.way === 'text' ? 'message-circle' as const : 'mail' as const,
            }))} />}
      </>)
  },
}

export const consoleMail: StaffPage = {
  for: { staff: seeOutbox },
  async get(ctx, { params }) {
    const [zone, mail] = [await ctx.house.shell.zone(ctx), await readMail(ctx, params.id!)]
    const consent = mail.way === 'text' ? await consentAt(ctx, { kind: 'phone', address: mail.to, patientId: mail.patientId, scope: 'texts', at: mail.sentAt ?? mail.queuedAt }) : undefined
    const hasKeys = mail.state === 'kept' && may(ctx, readKeys)
    return ctx.house.shell.console(ctx, { title: mail.subject, current: '/console/outbox' },
      <>
        <PageHead title={mail.subject} back={{ href: '/console/outbox', words: 'Outbox' }} aside={<Badge tone={states[mail.state].tone}>{states[mail.state].words}</Badge>} />
        <Facts items={[
          { term: 'To', words: mail.to },
          { term: 'Written', words: formatWhen(mail.queuedAt, zone, 'moment') },
          ...(mail.sentAt ? [{ term: 'Sent', words: formatWhen(mail.sentAt, zone, 'moment') }] : []),
          ...(mail.problem ? [{ term: 'Problem', words: mail.problem }] : []),
          ...(consent ? [{ term: consent.isGiven ? 'They had agreed' : 'They had stopped', words: <>“<span className="as-written">{consent.words}</span>” {throughWords[consent.through]}, {formatWhen(consent.at, zone, 'moment')}</> }] : []),
          ...(mail.droppedWhy ? [{ term: 'Dropped because', words: droppedWords[mail.droppedWhy] ?? mail.droppedWhy }] : []),
        ]} />
        <Section title="What it says">
          {mail.words ? <p className="as-written">{hasKeys ? mail.words.text : hideKeys(mail.words.text)}</p> : <p>Its words were erased after it was sent or dropped.</p>}
          {mail.words && !hasKeys && hideKeys(mail.words.text) !== mail.words.text && <p className="soft">What opens something is not shown: it is for whoever it was written to.</p>}
        </Section>
        {mail.state !== 'sent' && mail.words && may(ctx, sendAgain) && <Form label="Send again"><Actions><Button kind="secondary" icon="send">Try to send it again</Button></Actions></Form>}
      </>)
  },
  async post(ctx, _form, { params }) {
    mustBeAbleTo(ctx, sendAgain)
    await sendMailAgain(ctx, params.id!)
    return seeOther('/console/outbox?said=again')
  },
}
