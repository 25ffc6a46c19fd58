import type { Ctx } from '#platform/ctx.ts'
import { dayIn } from '#platform/when.ts'
import type { Locale, Say } from '#platform/words.ts'
import { isDay, isUuid } from '#practice'
import { Checkboxes, Select } from '#ui/choices.tsx'
import { DateField } from '#ui/fields.tsx'
import type { Problems, Values } from '#ui/form.tsx'
import type { Wishes } from '../choose-offers.ts'
import { listResources, readNeeds } from '../read-settings.ts'
import { dayParts } from '../shared.ts'
import { readPlaces } from './visit-words.tsx'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const
const names = { en: new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' }), es: new Intl.DateTimeFormat('es-US', { weekday: 'long', timeZone: 'UTC' }) }
/** 1 is Monday, as January 1, 2024 was. */
export const weekdayWords = (weekday: number, locale: Locale): string => names[locale].format(new Date(Date.UTC(2024, 0, weekday)))

export const wishedAnything: Wishes = { resourceId: null, locationId: null, weekdays: [1, 2, 3, 4, 5], parts: ['morning', 'afternoon', 'evening'], untilDay: null }

/** Who could see the patient, and where: what the form offers. */
export async function readWishChoices(ctx: Ctx, visitTypeId: string | undefined): Promise<{ whos: { value: string; label: string }[]; places: { value: string; label: string }[] }> {
  const known = new Map((await listResources(ctx)).filter(one => one.kind === 'clinician').map(one => [one.id, one.name]))
  const ids = visitTypeId === undefined ? [...known.keys()] : (await readNeeds(ctx, visitTypeId))[0] ?? []
  return { whos: ids.map(id => ({ value: id, label: known.get(id) ?? '' })), places: [...(await readPlaces(ctx)).values()].map(place => ({ value: place.id, label: place.name })) }
}

export function WishFields({ wishes, choices, today, say, locale, hint }: { wishes: Wishes; choices: Awaited<ReturnType<typeof readWishChoices>>; today: string; say: Say; locale: Locale; hint?: string | undefined }) {
  return (
    <>
      <Checkboxes name="days" label={say('waits.days')} isInline values={wishes.weekdays.map(String)} choices={weekdays.map(day => ({ value: String(day), label: weekdayWords(day, locale) }))} />
      <Checkboxes name="parts" label={say('waits.parts')} values={wishes.parts} choices={dayParts.map(part => ({ value: part, label: say(`waits.part.${part}`) }))} />
      {choices.whos.length > 1 && <Select name="who" label={say('waits.who')} isOptional value={wishes.resourceId ?? ''} emptyLabel={say('waits.who-any')} choices={choices.whos} />}
      {choices.places.length > 1 && <Select name="where" label={say('waits.where')} isOptional value={wishes.locationId ?? ''} emptyLabel={say('waits.where-any')} choices={choices.places} />}
      <DateField name="until" label={say('waits.until')} hint={hint} isOptional={hint !== undefined} value={wishes.untilDay ?? ''} min={today} />
    </>
  )
}

/** What was ticked and chosen. Days and parts are at least one each. */
export async function readWishes(ctx: Ctx, form: FormData, { say, needsUntil = false }: { say: Say; needsUntil?: boolean }): Promise<{ wishes: Wishes; problems: Problems; values: Values }> {
  const all = (name: string) => form.getAll(name).filter((one): one is string => typeof one === 'string')
  const text = (name: string) => all(name)[0]?.trim() ?? ''
  const days = weekdays.filter(day => all('days').includes(String(day)))
  const parts = dayParts.filter(part => all('parts').includes(part))
  const [until, today] = [text('until'), dayIn(ctx.now(), await ctx.house.shell.zone(ctx))]
  const isUntilGood = until === '' ? !needsUntil : isDay(until) && until >= today && until < '2200'
  const where = (await readPlaces(ctx)).get(text('where'))
  return {
    wishes: { resourceId: isUuid(text('who')) ? text('who') : null, locationId: where?.id ?? null, weekdays: days, parts, untilDay: until === '' ? null : until },
    problems: { ...(days.length === 0 && { days: say('waits.days-none') }), ...(parts.length === 0 && { parts: say('waits.parts-none') }), ...(!isUntilGood && { until: say('waits.until-wrong') }) },
    values: { days: days.map(String), parts, who: text('who').slice(0, 36), where: text('where').slice(0, 36), until: until.slice(0, 10) },
  }
}
