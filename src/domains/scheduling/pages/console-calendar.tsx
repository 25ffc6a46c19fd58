import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox, Radios } from '#ui/choices.tsx'
import { Form, type Problems } from '#ui/form.tsx'
import { Section } from '#ui/things.tsx'
import { allowDetails, planSchedule } from '../access.ts'
import { areNamesAllowed, letFeedsNames } from '../own-feed.ts'
import { keepCalendar, readCalendar } from '../keep-calendar.ts'
import type { PatientBook } from '../patient-book.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'

const here = `${schedulePath}/calendar`

/** Who keeps the calendar, and whether we remind of the EHR's visits. */
export const consoleCalendar = (book: PatientBook): StaffPage => ({
  for: { staff: planSchedule },
  get: (ctx, { query }) => show(ctx, book, { said: query.get('said') }),
  async post(ctx, form) {
    if (form.get('names') !== null) {
      await letFeedsNames(ctx, form.get('names') === 'yes')
      return seeOther(`${here}?said=saved`)
    }
    const keeper = String(form.get('keeper') ?? '')
    const [, source] = keeper.split(':', 2)
    if (keeper !== 'here' && !(source !== undefined && (await sourcesOf(ctx, book)).includes(source))) return show(ctx, book, { problems: { keeper: 'Choose one.' } })
    await keepCalendar(ctx, { source: keeper === 'here' ? null : source!, reminds: form.get('reminds') === 'yes' })
    return seeOther(`${here}?said=saved`)
  },
})

/** Systems that are the practice's own EHR, and the one that was chosen while it was. */
async function sourcesOf(ctx: Ctx, book: PatientBook): Promise<string[]> {
  const { source } = await readCalendar(ctx)
  return [...new Set([...await book.ownEhrs(ctx), ...(source === null ? [] : [source])])].sort()
}

async function show(ctx: Ctx<StaffActor>, book: PatientBook, { problems, said }: { problems?: Problems; said?: string | null }): Promise<Answer> {
  const { source, reminds } = await readCalendar(ctx)
  const sources = await sourcesOf(ctx, book)
  return showInSchedule(ctx, { title: 'Who keeps the calendar', page: '/calendar', said, lead: 'One system has the last word on who comes when.', ...(problems && { status: 422 }) },
    <>
    <Form problems={problems} values={{ keeper: source === null ? 'here' : `ehr:${source}`, reminds: reminds ? 'yes' : '' }} label="Who keeps the calendar">
      <Radios name="keeper" label="The calendar is kept by" choices={[
        { value: 'here', label: 'Rapport', hint: 'What is booked here counts. Visits that another system sends show in each patient’s list and take no time.' },
        ...sources.map(one => ({ value: `ehr:${one}`, label: `Our EHR, as “${one}” sends it`, hint: 'Its visits show in the schedule and take their time. What is booked here from then on is asked for until the EHR has it; visits that were booked before stay, and somebody must enter them there.' })),
      ]} />
      {sources.length === 0 && <p className="soft">To let an EHR keep it, first let the EHR send under <a href="/console/feeds">Systems that send</a>, and say there that it is your own.</p>}
      <Checkbox name="reminds" value="yes" label="Remind patients of the EHR’s visits, and tell them when it moves or cancels one" hint="Leave it off if the EHR does so itself: nobody should be told twice." />
      <Actions><Button>Save</Button></Actions>
    </Form>
    {may(ctx, allowDetails) && <Names isAllowed={await areNamesAllowed(ctx)} />}
    </>)
}

/** The manager's alone: what leaves to companies with whom the practice must have an agreement. */
function Names({ isAllowed }: { isAllowed: boolean }) {
  return (
    <Section title="Clinicians’ own calendars">
      <p>Each clinician may have their schedule on a calendar of their own. It says “Appointment” and the time. With names, the company that runs that calendar reads who comes and for what: allow it only if the practice has an agreement with that company about patients’ data (a business associate agreement).</p>
      <Form label="Clinicians’ own calendars">
        <Radios name="names" label="May such calendars say who comes?" value={isAllowed ? 'yes' : 'no'} choices={[{ value: 'no', label: 'No: time and place alone' }, { value: 'yes', label: 'Yes: name and kind of visit, where the clinician wants it' }]} />
        <Actions><Button kind="secondary">Save</Button></Actions>
      </Form>
    </Section>
  )
}
