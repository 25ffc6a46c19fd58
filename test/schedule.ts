import { foundSchedule, type FoundedSchedule, type ScheduleSeed } from '#scheduling'
import type { Founded } from '#practice'
import { aPractice } from '#test/practice.ts'
import type { TestHouse } from '#test/ctx.ts'

const hours = (opens: number, closes: number) => ({ opens: opens * 60, closes: closes * 60 })
const week = (...periods: { opens: number; closes: number }[]) => ({ 1: periods, 2: periods, 3: periods, 4: periods, 5: periods })

/** Two who see patients, a room, and four kinds of visit: one with Dr. Harrow alone, one with either, one that needs the room, one for the desk. */
export const smallSchedule: ScheduleSeed = {
  hours: {
    'nell-harrow': { 'heron-street': week(hours(9, 12), hours(13, 17)) },
    'ivo-marsh': { 'heron-street': week(hours(9, 12)) },
  },
  rooms: { 'room-1': { name: 'Room 1', location: 'heron-street' } },
  types: {
    'check-up': { name: { en: 'Check-up', es: 'Chequeo' }, words: { en: 'We look at all of you.', es: 'Le vemos entero.' }, durationMinutes: 30, alignMinutes: 30, modes: ['in-person'], who: 'anyone', priceCents: 12_000, with: ['nell-harrow'] },
    talk: { name: { en: 'Follow-up', es: 'Seguimiento' }, durationMinutes: 15, modes: ['in-person', 'phone'], who: 'established', prepare: { en: 'Bring your list of medicines.', es: 'Traiga su lista de medicinas.' }, with: ['nell-harrow', 'ivo-marsh'] },
    shot: { name: { en: 'Vaccine', es: 'Vacuna' }, durationMinutes: 15, modes: ['in-person'], who: 'anyone', with: ['nell-harrow', 'ivo-marsh'], needs: [['room-1']] },
    desk: { name: { en: 'Long visit', es: 'Visita larga' }, durationMinutes: 60, modes: ['in-person'], who: 'staff', with: ['nell-harrow'] },
  },
}

export type TestSchedule = FoundedSchedule & Founded & { placeId: string }
/** A practice with a schedule that visits can be booked in. */
export async function aSchedule(test: TestHouse, seed: Partial<ScheduleSeed> = {}, practice: Parameters<typeof aPractice>[1] = {}): Promise<TestSchedule> {
  const founded = await aPractice(test, practice)
  return { ...founded, placeId: founded.locationIds['heron-street']!, ...await foundSchedule(test.system('practice.found'), founded, { ...smallSchedule, ...seed }) }
}

const ofVisits = ['claim', 'hold', 'appointment', 'appointment_step', 'answer', 'reminder', 'visit_link', 'let_go', 'wait', 'wait_offer'].map(table => `scheduling.${table}`)
/** No visit is booked, kept, waited for or let go; `more`: what else is emptied. */
export async function clearVisits(test: TestHouse, ...more: string[]): Promise<void> {
  await test.db.owner.query(`truncate ${[...ofVisits, ...more].join()} cascade`)
}
