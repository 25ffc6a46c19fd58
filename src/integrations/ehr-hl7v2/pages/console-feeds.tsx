import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { formatDistance, formatWhen } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/choices.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { PageHead, RowList, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { manageFeeds } from '../access.ts'
import { addSender } from '../keep-sender.ts'
import { forgetStranger, listSenders, listStrangers, type SenderRow, type StrangerRow } from '../list-senders.ts'
import { TokenOnce } from './token-once.tsx'

export const feedsPath = '/console/feeds'
const count = new Intl.NumberFormat('en-US')
const refusals = {
  'not-a-name': { source: 'A short name in small letters and digits, like county-lab.' }, 'not-a-zone': { zone: 'Write a zone like America/Chicago.' },
  'too-long': { facility: 'That is too long.' }, taken: { source: 'There is a sender of that name, or one with the same MSH-4, already.' },
} satisfies Record<string, Problems>

/** Systems that send by themselves: when each last did, what could not be used, and who tried that may not. */
export const consoleFeeds: StaffPage = {
  for: { staff: manageFeeds },
  get: (ctx, { query }) => show(ctx, { isForgotten: query.get('said') === 'forgotten' }),
  async post(ctx, form) {
    const typed = (name: string) => String(form.get(name) ?? '').trim()
    if (typed('forget') !== '') {
      await forgetStranger(ctx, typed('forget'))
      return seeOther(`${feedsPath}?said=forgotten`)
    }
    const values = { source: typed('source'), facility: typed('facility'), zone: typed('zone'), numbers: typed('numbers'), 'own-ehr': typed('own-ehr') }
    const added = await addSender(ctx, { source: values.source, facility: values.facility || null, zone: values.zone, numberSystem: values.numbers || null, isOwnEhr: values['own-ehr'] === 'yes' })
    if (!added.ok) return show(ctx, { values, problems: refusals[added.reason] })
    return ctx.house.shell.console(ctx, { title: values.source, current: feedsPath }, <TokenOnce source={values.source} id={added.id} token={added.token} config={ctx.house.config} />)
  },
}

async function show(ctx: Ctx<StaffActor>, { problems, values, isForgotten }: { problems?: Problems; values?: Values; isForgotten?: boolean }): Promise<Answer> {
  const [senders, strangers, zone] = [await listSenders(ctx), await listStrangers(ctx), await ctx.house.shell.zone(ctx)]
  const { hl7 } = ctx.house.config
  return ctx.house.shell.console(ctx, { title: 'Systems that send', current: feedsPath, ...(problems && { status: 422 }), ...(isForgotten && { flash: { words: 'Put away.' } }) },
    <>
      <PageHead title="Systems that send" lead="Laboratories and other systems that send results, orders and news of patients by themselves." />
      {senders.length === 0
        ? <EmptyState icon="activity" title="Nobody sends yet.">Add the first one below. What it sends shows here from the first message on.</EmptyState>
        : <RowList label="Senders" rows={senders.map(one => rowOf(one, ctx))} />}
      {strangers.length > 0 && <Strangers strangers={strangers} zone={zone} />}
      <Section title="Add a sender">
        <p>{hl7 ? `HL7 v2 over MLLP is answered on port ${hl7.port}${hl7.cert ? ', with TLS' : ', on this machine alone'}.` : 'HL7 v2 over MLLP is off: HL7_PORT is not set. Over HTTPS it can send all the same.'}</p>
        <Form label="Add a sender" {...(problems && { problems })} values={values ?? { zone }}>
          <Field name="source" label="A name for it" hint="Small letters, like county-lab. Stands with every record that comes from there, and cannot be changed later." size="medium" maxLength={60} />
          <Field name="facility" label="How it names itself (MSH-4)" hint="MLLP knows it by this. Leave it empty where it sends over HTTPS alone." isOptional size="medium" maxLength={60} />
          <Field name="zone" label="Where its clock stands" hint="For times without an offset, like America/Chicago." size="medium" maxLength={60} />
          <Field name="numbers" label="Whose record numbers it uses" hint="The system of the numbers, where it uses those of your EHR. Else leave it empty." isOptional maxLength={200} />
          <Checkbox name="own-ehr" label="It is our own EHR" hint="What your clinicians sign there then counts as looked at here. Leave it empty for a laboratory." />
          <Actions><Button name="do" value="add">Let it send</Button></Actions>
        </Form>
      </Section>
    </>)
}

function rowOf(one: SenderRow, ctx: Ctx<StaffActor>) {
  const parts = [
    one.lastAt ? `Sent last ${formatDistance(one.lastAt, ctx.now())}` : 'Has sent nothing yet', `${count.format(one.dayCount)} in a day`,
    ...(one.waiting > 0 ? [`${count.format(one.waiting)} wait to be put away`] : []), ...(one.aside > 0 ? [`${count.format(one.aside)} put aside in 30 days`] : []),
  ]
  return {
    href: `${feedsPath}/senders/${one.id}`, title: one.source, detail: parts.join(' · '),
    aside: one.endedAt ? <Badge tone="plain">May not send</Badge> : one.faults > 0 ? <Badge tone="notice">{count.format(one.faults)} could not be used</Badge> : <Badge tone="calm">May send</Badge>,
  }
}

function Strangers({ strangers, zone }: { strangers: readonly StrangerRow[]; zone: string }) {
  return (
    <Section title="Who tried and may not">
      <p>They were refused and told so; nothing of what they sent is here. Whoever should send is added below.</p>
      <Table caption="Who tried" isCaptionHidden columns={[{ key: 'name', words: 'Calls itself' }, { key: 'from', words: 'From' }, { key: 'what', words: 'What' }, { key: 'last', words: 'Last' }, { key: 'tries', words: 'Times', isNumber: true }, { key: 'do', words: 'Put away', isLabelHidden: true }]}
        rows={strangers.map(one => ({ key: one.id, cells: {
          name: one.name, from: one.address || '—', what: one.way === 'https' ? 'A token that is not, or no longer, theirs' : one.kind || '—', last: formatWhen(one.lastAt, zone, 'moment-short'), tries: count.format(one.tries),
          do: <Form label={`Put away ${one.name}`} prefix={`s${one.id.slice(0, 6)}-`}><Button kind="quiet" name="forget" value={one.id}>Put away</Button></Form>,
        } }))} />
    </Section>
  )
}
