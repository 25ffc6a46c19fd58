import { both, type Both } from './shared.ts'

export type Holiday = { day: string; name: Both }

const dayOf = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
/** The nth such weekday (0 is Sunday) of a month; -1 is the last. */
function nth(year: number, month: number, weekday: number, count: number): string {
  if (count > 0) return dayOf(year, month, 1 + ((7 + weekday - new Date(Date.UTC(year, month - 1, 1)).getUTCDay()) % 7) + 7 * (count - 1))
  const last = new Date(Date.UTC(year, month, 0))
  return dayOf(year, month, last.getUTCDate() - ((7 + last.getUTCDay() - weekday) % 7))
}

/** The days on which most offices in the United States stay closed. Source: 5 U.S.C. 6103; local practice differs, so each can be removed. */
export const usHolidays = (year: number): Holiday[] => [
  { day: dayOf(year, 1, 1), name: both('New Year’s Day', 'Año Nuevo') },
  { day: nth(year, 1, 1, 3), name: both('Martin Luther King Jr. Day', 'Día de Martin Luther King Jr.') },
  { day: nth(year, 5, 1, -1), name: both('Memorial Day', 'Día de los Caídos') },
  { day: dayOf(year, 6, 19), name: both('Juneteenth', 'Juneteenth, fin de la esclavitud') },
  { day: dayOf(year, 7, 4), name: both('Independence Day', 'Día de la Independencia') },
  { day: nth(year, 9, 1, 1), name: both('Labor Day', 'Día del Trabajo') },
  { day: nth(year, 11, 4, 4), name: both('Thanksgiving', 'Día de Acción de Gracias') },
  { day: dayOf(year, 12, 25), name: both('Christmas Day', 'Navidad') },
]
