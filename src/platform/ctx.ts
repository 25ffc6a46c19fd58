import type { House } from '#platform/house.ts'
import type { Db } from '#platform/db.ts'
import type { Log } from '#platform/log.ts'

export type Role = 'clinician' | 'care-team' | 'front-desk' | 'billing' | 'editor' | 'manager'
export const roles: readonly Role[] = ['clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager']

export type VisitorActor = { kind: 'visitor' }
export type PatientActor = { kind: 'patient'; personId: string; patientId: string; sessionId: string }
export type ProxyActor = { kind: 'proxy'; personId: string; patientId: string; sessionId: string }
export type StaffActor = { kind: 'staff'; personId: string; roles: readonly Role[]; sessionId: string }
/** A job by name. With a patient it reaches that one; without, what `platform.wide_job` lists for it. */
export type SystemActor = { kind: 'system'; job: string; patientId?: string }
export type Actor = VisitorActor | PatientActor | ProxyActor | StaffActor | SystemActor

/** What a use case is handed: where the data is, who asks, what time it is. */
export type Ctx<A extends Actor = Actor> = {
  db: Db
  actor: A
  now: () => Date
  log: Log
  requestId: string
  house: House
  /** The configured address that was asked; the main one, unless said. */
  origin?: string
  /** The session behind a signed-in request. */
  session?: SessionFacts
  /** A page of ours reads itself again: nobody did this by hand. The browser says so, and nothing that protects may rest on it alone. */
  isQuiet?: boolean
}

export type SessionFacts = {
  id: string
  personId: string
  name: string
  locale: 'en' | 'es'
  roles: readonly Role[]
  actingFor: string | null
  isStrong: boolean
  provenAt: Date
  idleUntil: Date
  absoluteUntil: Date
}

/** The same request, asked by somebody else: for jobs and doors that speak in another name. */
export const as = <A extends Actor>(ctx: Ctx, actor: A): Ctx<A> => ({ ...ctx, actor })
