import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { baseOf } from '#platform/place.ts'
import { formatWhen } from '#platform/when.ts'
import { Actions, Button, CopyButton, LinkButton } from '#ui/button.tsx'
import { Checkbox } from '#ui/choices.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { Facts } from '#ui/things.tsx'
import { ownSchedule } from '../access.ts'
import { endFeed, makeFeed, readOwnFeed } from '../own-feed.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'

const here = `${schedulePath}/feed`

/** One's own schedule on a calendar of one's own: its secret address is made, made anew and ended here. */
export const consoleFeed: StaffPage = {
  for: { staff: ownSchedule },
  get: (ctx, { query }) => show(ctx, query.get('said')),
  async post(ctx, form) {
    if (form.get('do') === 'end') {
      await endFeed(ctx)
      return seeOther(`${here}?said=ended`)
    }
    const made = await makeFeed(ctx, { hasDetails: form.get('details') === 'yes' })
    return made.ok ? showOnce(ctx, `${baseOf(ctx.house.config, 'site')}${made.path}`) : show(ctx, 'changed', 422)
  },
}

async function show(ctx: Ctx<StaffActor>, said: string | null, status = 200): Promise<Answer> {
  const { isClinician, feed, mayHaveDetails } = await readOwnFeed(ctx)
  const zone = await ctx.house.shell.zone(ctx)
  return showInSchedule(ctx, { title: 'On your own calendar', page: '/feed', said, status, lead: 'Your schedule in the calendar of your telephone or computer, from a week ago to ninety days ahead. It can be read there, and changed here.' },
    !isClinician
      ? <EmptyState icon="calendar" title="You have no schedule here.">The manager says under “Practice” which clinician you are, and the desk adds hours.</EmptyState>
      : (
        <>
          <Notice tone="notice" title="Whoever has the address can read it.">Give it to nobody, and make a new one if somebody may have seen it. The company that runs your calendar reads what stands in it.</Notice>
          {feed && <Facts items={[{ term: 'Made', words: formatWhen(feed.madeAt, zone, 'moment') }, { term: 'Says', words: feed.hasDetails && mayHaveDetails ? 'Who comes and for what' : '“Appointment”, time and place' }]} />}
          <Form label="The address of your calendar">
            {mayHaveDetails && <Checkbox name="details" label="Say who comes and for what" hint="The company that runs your calendar then reads patients’ names. Tick it only if that is the calendar that the practice has an agreement for." isChecked={feed?.hasDetails ?? false} />}
            <Actions>
              <Button icon="calendar-plus">{feed ? 'Make a new address' : 'Make the address'}</Button>
              {feed && <Button kind="danger" name="do" value="end">End it</Button>}
            </Actions>
          </Form>
          {feed && <p className="soft">A new address ends the one before.</p>}
        </>
      ))
}

/** The address, this once: what is kept of it is its hash. */
function showOnce(ctx: Ctx<StaffActor>, address: string): Promise<Answer> {
  return showInSchedule(ctx, { title: 'The address of your calendar', page: '/feed', lead: 'In your calendar, choose “subscribe” or “add by URL”, and paste it.', back: { href: here, words: 'On your own calendar' } },
    <>
      <Notice tone="notice" title="It is shown this once.">Whoever has it can read your schedule. If it is lost, make a new one.</Notice>
      <Facts isStacked items={[{ term: 'Address', words: <code>{address}</code> }]} />
      <Actions><CopyButton text={address} words="Copy the address" copied="Copied" /><LinkButton href={here}>I have it</LinkButton></Actions>
    </>)
}
