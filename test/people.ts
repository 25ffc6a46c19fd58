import { randomUUID } from 'node:crypto'
import { TOTP, Secret } from 'otpauth'
import { addPatientPerson, addStaff, giveTotp } from '#accounts'
import type { Ctx, PatientActor, Role, StaffActor } from '#platform/ctx.ts'
import { ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import type { RunningHouse } from '#test/running.ts'

export const goodPassword = 'four green herons wade'

export type TestPerson = { personId: string; patientId: string; name: string; email: string; password: string; totpSecret?: string }

/** A patient with an account of their own: a password, and a record that is only a number. */
export async function aPatientPerson(house: TestHouse, { name = 'Ana Reyes', email = `${randomUUID().slice(0, 8)}@patient.example`, locale = 'en', patientId = randomUUID() }: { name?: string; email?: string; locale?: 'en' | 'es'; patientId?: string } = {}): Promise<TestPerson> {
  const personId = await addPatientPerson(house.system('accounts.command'), { name, email, password: goodPassword, patientId, locale })
  return { personId, patientId, name, email, password: goodPassword }
}

/** Somebody who works here, with a password and codes from an app. */
export async function aStaffPerson(house: TestHouse, { name = 'Max Field', email = `${randomUUID().slice(0, 8)}@practice.example`, roles }: { name?: string; email?: string; roles: readonly Role[] }): Promise<TestPerson> {
  const added = await addStaff(house.system('accounts.command'), { name, email, roles })
  if (!added.ok) throw new Error(added.reason)
  return { personId: added.personId, patientId: '', name, email, password: goodPassword, totpSecret: await giveTotp(house.system('accounts.command'), added.personId, goodPassword) }
}

/** The front desk at work. */
export const aDesk = async (house: TestHouse): Promise<Ctx<StaffActor>> => ctxOf(house.house, staffActor(['front-desk'], (await aStaffPerson(house, { roles: ['front-desk'] })).personId))

/** A patient who acts for themselves. */
export type TestPatient = Ctx<PatientActor> & { person: TestPerson }
export async function aPatient(house: TestHouse, more: Parameters<typeof aPatientPerson>[1] = {}): Promise<TestPatient> {
  const person = await aPatientPerson(house, more)
  return { ...ctxOf(house.house, patientActor(person.patientId, person.personId)), person }
}

export const codeOf = (secret: string, at: Date): string => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() })

export type Visitor = { cookie: () => string | undefined; get: (path: string) => Promise<Response>; post: (path: string, fields: Record<string, string | readonly string[]>) => Promise<Response>; read: (path: string) => Promise<string> }

/** A browser without script: keeps the one cookie, sends forms, and does not follow. */
export function aVisitor(house: RunningHouse, from?: string): Visitor {
  let cookie = from
  const headers = (): Record<string, string> => ({ ...(cookie && { cookie }), 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0' })
  const keep = (response: Response) => {
    const set = response.headers.get('set-cookie')
    if (set) cookie = /Max-Age=0/.test(set) ? undefined : set.split(';')[0]
    return response
  }
  const get = async (path: string) => keep(await fetch(house.url + path, { headers: headers(), redirect: 'manual' }))
  return {
    cookie: () => cookie, get,
    async post(path, fields) {
      const body = new URLSearchParams({ _once: randomUUID() })
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one)
      return keep(await fetch(house.url + path, { method: 'POST', headers: { ...headers(), origin: house.url }, body, redirect: 'manual' }))
    },
    read: async path => (await get(path)).text(),
  }
}

/** The hidden field or link that a page holds. */
export const fieldIn = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
