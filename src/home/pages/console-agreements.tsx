import { agreeLine, readLines, ways, type LineState } from '#platform/keep-line.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { formatDay } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { seeToLines } from '../access.ts'

const stateWords: Record<LineState['state'], { words: string; tone: 'plain' | 'calm' | 'notice' | 'act' }> = {
  none: { words: 'Nothing is set up', tone: 'plain' }, own: { words: 'A server on this machine: no agreement needed', tone: 'calm' }, held: { words: 'Held: no agreement holds', tone: 'act' },
  'ends-soon': { words: 'Ends soon', tone: 'notice' }, agreed: { words: 'Agreed', tone: 'calm' },
}
const titles = { mail: 'Mail', text: 'Texts' } as const

/** Until when each vendor has agreed to keep what it carries private. Without a day nothing leaves through it. */
export const consoleAgreements: StaffPage = {
  for: { staff: seeToLines },
  get: ctx => show(ctx),
  async post(ctx, form) {
    const way = ways.find(one => one === form.get('way'))
    const text = (name: string) => String(form.get(name) ?? '').trim()
    if (!way) return seeOther('/console/outbox/agreements')
    const problems: Problems = {
      ...((text('vendor').length === 0 || text('vendor').length > 120) && { vendor: 'Write who carries it.' }),
      ...(!(/^20\d\d-\d\d-\d\d$/.test(text('until')) && !Number.isNaN(Date.parse(text('until')))) && { until: 'Choose the last day of the agreement.' }),
    }
    if (Object.keys(problems).length > 0) return show(ctx, { way, problems, values: { vendor: text('vendor').slice(0, 120), until: text('until').slice(0, 10) } })
    await agreeLine(ctx, { way, vendor: text('vendor'), until: text('until') })
    return seeOther('/console/outbox?said=agreed')
  },
}

async function show(ctx: Ctx<StaffActor>, told?: { way: string; problems: Problems; values: Values }): Promise<Answer> {
  const lines = await readLines(ctx)
  return ctx.house.shell.console(ctx, { title: 'Agreements', current: '/console/outbox', ...(told && { status: 422 }) },
    <>
      <PageHead title="Agreements" back={{ href: '/console/outbox', words: 'Outbox' }} lead="Whoever carries mail or texts about patients must have agreed in writing to keep them private (45 CFR 164.504(e)). Until you enter how long that holds, nothing leaves. When it is over, everything waits." />
      {lines.map(({ way, state, vendor, agreedUntil }) => (
        <Section key={way} title={titles[way]} aside={<Badge tone={stateWords[state].tone}>{stateWords[state].words}</Badge>}>
          {agreedUntil && <p>{vendor} has agreed until {formatDay(agreedUntil, 'day')}.</p>}
          <Form label={`Agreement for ${titles[way].toLowerCase()}`} prefix={`${way}-`} {...(told?.way === way && { problems: told.problems, values: told.values })}>
            <input type="hidden" name="way" value={way} />
            <Field name="vendor" label="Who carries it" value={vendor ?? ''} maxLength={120} size="medium" autoComplete="off" />
            <DateField name="until" label="Last day of the agreement" value={agreedUntil ?? ''} />
            <Actions><Button kind="secondary">Keep this</Button></Actions>
          </Form>
        </Section>
      ))}
    </>)
}
