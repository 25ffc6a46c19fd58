import { formatDay } from '#platform/when.ts'
import type { Both, Practice } from './shared.ts'

export type Reminder = { words: string; href: string }

const dayMs = 86_400_000
const daysBetween = (from: string, to: string) => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs)
/** How long a confirmation holds before somebody should ask again. Our own figures: nothing on a site ages faster than these two. */
const planDays = 180
const acceptingDays = 60

const lacksSpanish = ({ en, es }: Both) => en !== '' && es === ''

/** What on the site is growing old or is still missing in Spanish, the most pressing first. */
export function listReminders(practice: Practice, today: string): Reminder[] {
  const { plans, clinicians, locations } = practice
  const reminders: Reminder[] = []
  const add = (isSo: boolean, words: string, page: string) => { if (isSo) reminders.push({ words, href: `/console/practice/${page}` }) }
  const oldPlans = plans.filter(({ checkedOn }) => daysBetween(checkedOn, today) > planDays)
  const unasked = clinicians.filter(({ acceptingCheckedOn: day }) => day === null || daysBetween(day, today) > acceptingDays)
  add(unasked.length > 0, `Ask again who takes new patients: ${unasked.map(({ name }) => name).join(', ')}.`, 'clinicians')
  add(oldPlans.length > 0, `Ask ${oldPlans.length === 1 ? 'one plan' : `${oldPlans.length} plans`} again. The oldest answer is from ${oldPlans[0] ? formatDay(oldPlans.map(({ checkedOn }) => checkedOn).sort()[0]!) : ''}.`, 'plans')
  const lastHoliday = locations.flatMap(({ exceptions }) => exceptions.map(({ day }) => day)).sort().at(-1)
  add(locations.length > 0 && (lastHoliday === undefined || daysBetween(today, lastHoliday) < 60), 'Enter the holidays of the coming year, so that nobody stands before a closed door.', 'holidays')
  const wordless = clinicians.filter(({ practise, care, like }) => !practise.en || !care.en || !like.en)
  add(wordless.length > 0, `Some pages still want a few words of their own: ${wordless.map(({ name }) => name).join(', ')}.`, 'clinicians')
  const faceless = clinicians.filter(({ picture }) => picture === null)
  add(faceless.length > 0, `A face helps people who are afraid to come: ${faceless.map(({ name }) => name).join(', ')}.`, 'clinicians')
  return [...reminders, ...missingSpanish(practice)]
}

function missingSpanish({ profile, values, services, clinicians, locations, pictures }: Practice): Reminder[] {
  const places: [boolean, string, string][] = [
    [lacksSpanish(profile.promise) || lacksSpanish(profile.story) || values.some(({ title, words }) => lacksSpanish(title) || lacksSpanish(words)), 'The story and the values', 'story'],
    [services.some(({ name, words }) => lacksSpanish(name) || lacksSpanish(words)), 'Some services', 'services'],
    [clinicians.some(({ role, sees, line, practise, care, like, trained }) => [role, sees, line, practise, care, like, trained].some(lacksSpanish)), 'Some clinicians’ words', 'clinicians'],
    [locations.some(({ parking, transit, access }) => [parking, transit, access].some(lacksSpanish)), 'How to come to some places', 'locations'],
    [[...pictures.values()].some(({ alt }) => lacksSpanish(alt)), 'The words of some pictures', 'pictures'],
  ]
  return places.filter(([isMissing]) => isMissing).map(([, what, page]) => ({ words: `${what} are not in Spanish yet. The English stands in for them.`, href: `/console/practice/${page}` }))
}
