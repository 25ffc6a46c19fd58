import { listOutbox, readMail, sendMailAgain, type MailState } from '#platform/email.ts'
import { seeOther, type StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, EmptyState, type Tone } from '#ui/notice.tsx'
import { Facts, PageHead, RowList, Section } from '#ui/things.tsx'
import { seeOutbox } from '../access.ts'

const states: Record<MailState, { words: string; tone: Tone | 'plain' }> = {
  waiting: { words: 'Waiting', tone: 'plain' },
  kept: { words: 'Kept here: nothing carries it', tone: 'notice' },
  held: { words: 'Held: no agreement', tone: 'act' },
  sent: { words: 'Sent', tone: 'calm' },
  arrived: { words: 'Arrived', tone: 'calm' },
  dropped: { words: 'Dropped', tone: 'plain' },
  failed: { words: 'Could not be sent', tone: 'act' },
}

export const consoleOutbox: StaffPage = {
  for: { staff: seeOutbox },
  async get(ctx, { query }) {
    const [zone, mails] = [await ctx.house.shell.zone(ctx), await listOutbox(ctx)]
    return ctx.house.shell.console(ctx, { title: 'Outbox', current: '/console/outbox', ...(query.get('said') === 'again' && { flash: { words: 'It is tried again.' } }) },
      <>
        <PageHead title="Outbox" lead={ctx.house.config.smtpUrl ? 'Mail that the system sent or will send.' : 'No mail server is set, so mail stays here. Set SMTP_URL to send it.'} />
        {mails.length === 0
          ? <EmptyState icon="mail" title="No mail yet.">What the system would send shows here.</EmptyState>
          : <RowList label="Mail, newest first" rows={mails.map(mail => ({
              href: `/console/outbox/${mail.id}`, title: mail.subject, detail: <>to {mail.to} · {formatWhen(mail.queuedAt, zone, 'moment-short')}</>,
              aside: <Badge tone={states[mail.state].tone}>{states[mail.state].words}</Badge>, icon: 'mail' as const,
            }))} />}
      </>)
  },
}

export const consoleMail: StaffPage = {
  for: { staff: seeOutbox },
  async get(ctx, { params }) {
    const [zone, mail] = [await ctx.house.shell.zone(ctx), await readMail(ctx, params.id!)]
    return ctx.house.shell.console(ctx, { title: mail.subject, current: '/console/outbox' },
      <>
        <PageHead title={mail.subject} back={{ href: '/console/outbox', words: 'Outbox' }} aside={<Badge tone={states[mail.state].tone}>{states[mail.state].words}</Badge>} />
        <Facts items={[
          { term: 'To', words: mail.to },
          { term: 'Written', words: formatWhen(mail.queuedAt, zone, 'moment') },
          ...(mail.sentAt ? [{ term: 'Sent', words: formatWhen(mail.sentAt, zone, 'moment') }] : []),
          ...(mail.problem ? [{ term: 'Problem', words: mail.problem }] : []),
        ]} />
        <Section title="What it says">
          {mail.words ? <p className="as-written">{mail.words.text}</p> : <p>Its words were erased after it was sent.</p>}
        </Section>
        {mail.state !== 'sent' && mail.words && ctx.actor.roles.includes('manager') && <Form label="Send again"><Actions><Button kind="secondary" icon="send">Try to send it again</Button></Actions></Form>}
      </>)
  },
  async post(ctx, _form, { params }) {
    await sendMailAgain(ctx, params.id!)
    return seeOther('/console/outbox?said=again')
  },
}
