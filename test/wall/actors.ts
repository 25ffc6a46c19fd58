import { randomUUID } from 'node:crypto'
import { addPatientPerson, letActForAsSystem } from '#accounts'
import { roles, type Actor, type Role } from '#platform/ctx.ts'
import type { TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, goodPassword } from '#test/people.ts'
import type { Stranger } from './stranger.ts'

/** Everybody who may ask. Anna is the stranger; Bert is another patient; whoever "claims" says Anna's id without a right to it. */
export const those = ['herself', 'her caregiver', 'visitor', 'another patient', 'another’s caregiver', 'her caregiver of old', 'a patient who claims', 'a caregiver who claims', 'staff without a role',
  ...roles, 'a job for her', 'the link of her visit', 'a job for another', 'a job nobody knows'] as const
export type Who = (typeof those)[number] | `job ${string}`
export type Actors = Map<Who, Actor>

const day = 86_400_000

async function caregiverOf(house: TestHouse, patientId: string, days = 90): Promise<string> {
  const personId = await addPatientPerson(house.system('accounts.command'), { name: 'Cora Helps', email: `${randomUUID()}@patient.example`, password: goodPassword, patientId: null, locale: 'en' })
  await letActForAsSystem(house.system('accounts.command'), { personId, patientId, basis: 'named-by-adult', endsAt: new Date(house.house.now().getTime() + days * day) })
  return personId
}

/** People as the product itself makes them, so that what they reach is what it gives them. */
export async function everybody(house: TestHouse): Promise<{ stranger: Stranger; actors: Actors }> {
  const anna = await aPatientPerson(house, { name: 'Anna Stranger' })
  const bert = await aPatientPerson(house, { name: 'Bert Other' })
  const sessionId = randomUUID()
  const helpsBert = await caregiverOf(house, bert.patientId)
  const atWork = async (role: Role): Promise<[Who, Actor]> => [role, { kind: 'staff', personId: (await aStaffPerson(house, { roles: [role] })).personId, roles: [role], sessionId }]
  const now = house.house.now()
  const helpedAnna = await caregiverOf(house, anna.patientId, 1)
  await house.db.owner.query(`update accounts.proxy set starts_at = $2, ends_at = $3 where person_id = $1`, [helpedAnna, new Date(now.getTime() - 9 * day), new Date(now.getTime() - day)])
  await house.db.owner.query(`update platform.access_grant set starts_at = $2, ends_at = $3 where person_id = $1`, [helpedAnna, new Date(now.getTime() - 9 * day), new Date(now.getTime() - day)])
  const { rows: wide } = await house.db.owner.query<{ job: string }>('select distinct job from platform.wide_job order by 1')
  const actors: Actors = new Map<Who, Actor>([
    ['herself', { kind: 'patient', personId: anna.personId, patientId: anna.patientId, sessionId }],
    ['her caregiver', { kind: 'proxy', personId: await caregiverOf(house, anna.patientId), patientId: anna.patientId, sessionId }],
    ['visitor', { kind: 'visitor' }],
    ['another patient', { kind: 'patient', personId: bert.personId, patientId: bert.patientId, sessionId }],
    ['another’s caregiver', { kind: 'proxy', personId: helpsBert, patientId: bert.patientId, sessionId }],
    ['her caregiver of old', { kind: 'proxy', personId: helpedAnna, patientId: anna.patientId, sessionId }],
    ['a patient who claims', { kind: 'patient', personId: bert.personId, patientId: anna.patientId, sessionId }],
    ['a caregiver who claims', { kind: 'proxy', personId: helpsBert, patientId: anna.patientId, sessionId }],
    ['staff without a role', { kind: 'staff', personId: bert.personId, roles: [], sessionId }],
    ...(await Promise.all(roles.map(atWork))),
    ['a job for her', { kind: 'system', job: 'records.export', patientId: anna.patientId }],
    ['the link of her visit', { kind: 'system', job: 'scheduling.link', patientId: anna.patientId }],
    ['a job for another', { kind: 'system', job: 'records.export', patientId: bert.patientId }],
    ['a job nobody knows', { kind: 'system', job: 'no.such-job' }],
    ...wide.map(({ job }): [Who, Actor] => [`job ${job}`, { kind: 'system', job }]),
  ])
  return { stranger: { patientId: anna.patientId, personId: anna.personId }, actors }
}
