import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { addDays, dayIn, formatDay } from '#platform/when.ts'
import { fieldsOf } from '#practice'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/choices.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { Section } from '#ui/things.tsx'
import { planWaits } from '../access.ts'
import { countRefills, type Refills } from '../count-refills.ts'
import { readWaitSettings, saveWaitSettings, type WaitSettings } from '../keep-wait-settings.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'

/** How many hear of an earlier time at once, when, and until when. */
export const consoleWaitSettings: StaffPage = {
  for: { staff: planWaits },
  get: (ctx, { query }) => show(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    const saved = await saveWaitSettings(ctx, fields)
    return saved.ok ? seeOther(`${schedulePath}/waitlist/settings?said=saved`) : show(ctx, { problems: saved.problems, values: fields })
  },
}

const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const valuesOf = (of: WaitSettings): Values => ({
  'group-size': String(of.groupSize), gap: String(of.gapMinutes), answer: String(of.answerHours), stop: String(Math.floor(of.stopMinutes / 60)), cutoff: String(Math.floor(of.cutoffMinutes / 60)),
  from: clock(of.fromMinute), to: clock(of.toMinute % 1_440), ...(of.isOn && { 'is-on': 'yes' }),
})

async function show(ctx: Ctx<StaffActor>, { problems, values, said }: { problems?: Problems; values?: Values; said?: string | null }): Promise<Answer> {
  const today = dayIn(ctx.now(), await ctx.house.shell.zone(ctx))
  const refills = (await countRefills(ctx, { from: addDays(today, -182), to: addDays(today, 62), by: 'month' })).reverse()
  return showInSchedule(ctx, { title: 'How earlier times are offered', page: '/waitlist/settings', said, lead: 'When a time comes free, those who wait hear of it in groups. The first who says yes has it.', ...(problems && { status: 422 }) },
    <>
      <Form label="How earlier times are offered" problems={problems} values={values ?? valuesOf(await readWaitSettings(ctx))}>
        <Checkbox name="is-on" label="Offer times that come free" hint="Without it people can wait, and nobody is told." />
        <Section title="In groups">
          <Field name="group-size" label="How many hear of a time at once" inputMode="numeric" size="short" />
          <Field name="gap" label="Minutes until the next group hears" hint="Nobody hears of two times within them." inputMode="numeric" size="short" />
          <Field name="answer" label="Hours to answer" hint="Then the offer is over." inputMode="numeric" size="short" />
        </Section>
        <Section title="Before the time begins">
          <Field name="stop" label="No new offer within so many hours" inputMode="numeric" size="short" />
          <Field name="cutoff" label="No yes within so many hours" inputMode="numeric" size="short" />
        </Section>
        <Section title="When people are told">
          <Field name="from" label="From" hint="By your clock, and by theirs where they are." type="time" size="short" />
          <Field name="to" label="Until" type="time" size="short" />
        </Section>
        <Actions><Button>Save</Button></Actions>
      </Form>
      <Section title="What it brought">{refills.length === 0 ? <EmptyState icon="chart-line" title="Nothing yet.">When a visit is cancelled or moved, its time is counted here, and whether somebody else came instead. We count once an hour.</EmptyState> : <Refilled refills={refills} />}</Section>
    </>)
}

const Refilled = ({ refills }: { refills: readonly Refills[] }) => (
  <Table caption="Times that were let go before they began, by their month, counted once an hour" columns={[{ key: 'month', words: 'Month' }, { key: 'letGo', words: 'Let go', isNumber: true }, { key: 'refilled', words: 'Filled again', isNumber: true }, { key: 'byOffer', words: 'Of these, by an offer', isNumber: true }]}
    rows={refills.map(({ firstDay, ...counts }) => ({ key: firstDay, cells: { month: formatDay(firstDay, 'month'), ...counts } }))} />
)
