import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { baseOf } from '#platform/place.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { dayIn } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { Details, Facts, PageHead, Section } from '#ui/things.tsx'
import { ProgressSteps } from '#ui/wayfinding.tsx'
import { connectEhrs } from '../access.ts'
import { askNow, connectionFor, testClient, tryGroup, turnOff, turnOn } from '../connect-ehr.ts'
import { scopesOf, type Connection } from '../get-token.ts'
import { problemWords, type Problem } from '../problems.ts'
import { filesOf, runsOf, type PullFile, type PullRun } from '../run-state.ts'
import { keysPath } from '../serve-keys.ts'
import { pullPath } from './console-pull.tsx'
import { Fetches, Gaps } from './show-fetches.tsx'

const said: Record<string, string> = { token: 'The EHR knows us.', trial: 'The trial has begun. Look here again in a few minutes.', on: 'It is on. The first fetch has begun.', off: 'It is off. What came stays.', asked: 'The fetch has begun.' }
const refusals = {
  ...problemWords,
  'no-client': 'Write the client id that the EHR gave you.', 'bad-group': 'Letters, digits, dots and hyphens, as the EHR shows it.', 'no-token': 'Try the key first.', 'under-way': 'One is under way already. There will be one, not two.',
  off: 'Turn it on first.', 'bad-day': 'Write a day.', 'no-trial': 'Let a trial end well first.',
}
type Typed = { problems?: Problems; values?: Values; said?: string | null }

/** One EHR: the steps until it is on, then what came. */
export const consoleConnection: StaffPage = {
  for: { staff: connectEhrs },
  get: (ctx, { params, query }) => show(ctx, params.id!, { said: query.get('said') }),
  async post(ctx, form, { params }) {
    const id = params.id!
    const typed = (name: string) => String(form.get(name) ?? '')
    const steps: Record<string, { field: string; does: () => Promise<{ ok: true } | { ok: false; reason: keyof typeof refusals }>; said: string }> = {
      token: { field: 'client', does: () => testClient(ctx, id, typed('client')), said: 'token' },
      trial: { field: 'group', does: () => tryGroup(ctx, id, typed('group')), said: 'trial' },
      on: { field: 'day', does: () => turnOn(ctx, id, typed('day')), said: 'on' },
      ask: { field: '', does: () => askNow(ctx, id), said: 'asked' },
      off: { field: '', does: async () => { await turnOff(ctx, id); return { ok: true } }, said: 'off' },
    }
    const step = steps[typed('do')]
    if (!step) return seeOther(`${pullPath}/${id}`)
    const done = await step.does()
    if (done.ok) return seeOther(`${pullPath}/${id}?said=${step.said}`)
    return show(ctx, id, { problems: { [step.field]: refusals[done.reason] }, values: { client: typed('client'), group: typed('group'), day: typed('day') } })
  },
}

const stepOf = (connection: Connection, trial: PullRun | undefined): number => (!connection.tokenTestedAt ? 0 : trial?.state !== 'done' ? 1 : connection.isOn ? 3 : 2)

async function show(ctx: Ctx<StaffActor>, id: string, { problems, values, said: word }: Typed): Promise<Answer> {
  const connection = await connectionFor(ctx, id)
  const [zone, runs] = [await ctx.house.shell.zone(ctx), await runsOf(ctx, id)]
  const trial = runs.find(run => run.kind === 'trial')
  const last = runs[0]
  const files = last ? await filesOf(ctx, last.id) : []
  const step = stepOf(connection, trial)
  const facts = { connection, step, values, problems, jwks: baseOf(ctx.house.config, 'site') + keysPath, today: dayIn(ctx.now(), zone) }
  return ctx.house.shell.console(ctx, { title: connection.source, current: pullPath, ...(problems && { status: 422 }), ...(said[word ?? ''] && { flash: { words: said[word!]! } }) },
    <>
      <PageHead title={connection.source} lead={connection.baseUrl} back={{ href: pullPath, words: 'EHR connection' }} />
      {step < 3 && <ProgressSteps steps={['Our key', 'A trial', 'Turn it on']} at={step + 1} />}
      {last && last.problem && <Notice tone={last.state === 'failed' ? 'act' : 'notice'} title={last.state === 'failed' ? 'The last fetch did not work.' : 'It will be tried again.'}>{problemWords[last.problem as Problem]}</Notice>}
      {step === 3 && <Running />}
      {step < 2 && <Steps {...facts} />}
      {last && <Gaps run={last} files={files as readonly PullFile[]} zone={zone} />}
      {step === 2 && <TurnOn {...facts} />}
      {runs.length > 0 && <Fetches runs={runs} zone={zone} />}
      {step === 2 && <Details summary="Our key, and another trial" isOpen={problems?.client !== undefined || problems?.group !== undefined}><Steps {...facts} /></Details>}
      {step === 3 && <Details summary="Change it or turn it off">
        <KeyForm {...facts} />
        <Form label="Turn it off"><Actions><Button kind="danger" name="do" value="off">Turn it off</Button></Actions></Form>
      </Details>}
    </>)
}

type StepProps = { connection: Connection; step: number; jwks: string; today: string; problems?: Problems | undefined; values?: Values | undefined }

function Steps(props: StepProps) {
  const { connection, step, problems, values } = props
  return (
    <>
      <Section title="1. Our key"><KeyForm {...props} /></Section>
      {step >= 1 && <Section title="2. A trial">
        <p>The EHR’s administrator makes a group of your patients and tells you its id. The trial fetches everything in it and counts. Nothing is kept.</p>
        <Form label="A trial" prefix="trial-" {...(problems && { problems })} values={values ?? { group: connection.groupId ?? '' }}>
          <Field name="group" label="Group id" size="medium" maxLength={64} />
          <Actions><Button kind={step === 1 ? 'primary' : 'secondary'} name="do" value="trial">Begin the trial</Button></Actions>
        </Form>
      </Section>}
    </>
  )
}

function KeyForm({ connection, jwks, problems, values }: StepProps) {
  return (
    <>
      <p>Register Rapport with the EHR as a backend app (“system”, “no user”). It asks for these:</p>
      <Facts isStacked items={[{ term: 'JWKS URL', words: <code>{jwks}</code> }, { term: 'Signed with', words: connection.algorithm }, { term: 'Scopes', words: <code>{scopesOf(connection)}</code> }]} />
      <Form label="Our key" prefix="key-" {...(problems && { problems })} values={values ?? { client: connection.clientId ?? '' }}>
        <Field name="client" label="Client id" hint="The EHR gives it to you when the app is registered." maxLength={300} />
        <Actions><Button kind={connection.tokenTestedAt ? 'secondary' : 'primary'} name="do" value="token">Try the key</Button></Actions>
      </Form>
    </>
  )
}

function TurnOn({ today, problems, values }: StepProps) {
  return (
    <Section title="3. Turn it on">
      <p>Results from before this day are history: patients can read them, and nobody is told or asked to look at them.</p>
      <Form label="Turn it on" prefix="on-" {...(problems && { problems })} values={values ?? { day: today }}>
        <DateField name="day" label="News from this day on" />
        <Actions><Button name="do" value="on">Turn it on</Button></Actions>
      </Form>
    </Section>
  )
}

function Running() {
  return (
    <>
      <Notice tone="calm" title="It is on.">It fetches what is new each night.</Notice>
      <Form label="Fetch now"><Actions><Button kind="secondary" icon="download" name="do" value="ask">Fetch now</Button></Actions></Form>
    </>
  )
}
