import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Details, PageHead, RowList, Section } from '#ui/things.tsx'
import { connectEhrs } from '../access.ts'
import { addConnection, connectionsFor, renewOurKeys } from '../connect-ehr.ts'
import { problemWords } from '../problems.ts'

export const pullPath = '/console/feeds/pull'
const words = {
  ...problemWords,
  'bad-name': 'A short name in small letters and digits, like athena or main-ehr.', 'name-taken': 'There is a connection of that name already.',
}

/** EHRs from which records are fetched. */
export const consolePull: StaffPage = {
  for: { staff: connectEhrs },
  get: (ctx, { query }) => show(ctx, { hasNewKeys: query.get('said') === 'keys' }),
  async post(ctx, form) {
    if (form.get('do') === 'renew') {
      await renewOurKeys(ctx)
      return seeOther(`${pullPath}?said=keys`)
    }
    const values = { source: String(form.get('source') ?? '').trim(), address: String(form.get('address') ?? '') }
    const added = await addConnection(ctx, { source: values.source, baseUrl: values.address })
    if (added.ok) return seeOther(`${pullPath}/${added.id}`)
    return show(ctx, { values, problems: { [added.reason === 'bad-name' || added.reason === 'name-taken' ? 'source' : 'address']: words[added.reason] } })
  },
}

async function show(ctx: Ctx<StaffActor>, { problems, values, hasNewKeys }: { problems?: Problems; values?: Values; hasNewKeys?: boolean }): Promise<Answer> {
  const connections = await connectionsFor(ctx)
  return ctx.house.shell.console(ctx, { title: 'EHR connection', current: pullPath, ...(problems && { status: 422 }), ...(hasNewKeys && { flash: { words: 'New keys are made. They sign from tomorrow on.' } }) },
    <>
      <PageHead title="EHR connection" lead="Each night Rapport asks the EHR for what is new, over its bulk export. Nothing is written there." />
      {connections.length === 0
        ? <EmptyState icon="download" title="No EHR is connected yet.">The first one is three short steps. Nothing is kept until you turn it on.</EmptyState>
        : <RowList label="Connections" rows={connections.map(one => ({ href: `${pullPath}/${one.id}`, title: one.source, detail: one.baseUrl, aside: one.isOn ? 'On' : 'Not on' }))} />}
      <Section title="Connect an EHR">
        <Form label="Connect an EHR" {...(problems && { problems })} {...(values && { values })}>
          <Field name="source" label="A name for it" hint="Stands with every record that comes from there, and cannot be changed later." size="medium" maxLength={60} />
          <Field name="address" label="FHIR base URL" hint="From the EHR’s page for developers, like https://fhir.example.org/R4." type="url" maxLength={500} />
          <Actions><Button name="do" value="add">Look whether it answers</Button></Actions>
        </Form>
      </Section>
      {connections.length > 0 && <Details summary="New keys">
        <p>New keys are shown to EHRs at once and used from tomorrow. Change them each year, or when you think that somebody else has them.</p>
        <Form label="New keys"><Actions><Button kind="secondary" name="do" value="renew">Make new keys</Button></Actions></Form>
      </Details>}
    </>)
}
