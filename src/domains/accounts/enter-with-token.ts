import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { transactionOn } from '#platform/db.ts'
import { enterAs, sessionFrom } from '#platform/session.ts'
import type { SignedInActor } from './own-account.ts'

/**
 * Works for the person of a live session whatever face they may open yet: for setting up the second factor that opens the console,
 * and for proving again. Undefined when there is no such session.
 */
export function withOwnSession<T>(ctx: Ctx<VisitorActor>, token: string | undefined, work: (tx: Ctx<SignedInActor>) => Promise<T>): Promise<T | undefined> {
  if (!token) return Promise.resolve(undefined)
  return transactionOn({ pool: ctx.house.pool, begin: enterAs(token, 'portal', ctx.now()) }, async (db, rows) => {
    const session = sessionFrom(rows[0])
    if (!session) return undefined
    const shared = { personId: session.personId, sessionId: session.id }
    // Of this actor nothing but the person is used here; what they reach is for the faces to say.
    const actor: SignedInActor = session.actingFor ? { kind: rows[0]!.acting_as as 'patient' | 'proxy', patientId: session.actingFor, ...shared } : { kind: 'staff', roles: session.roles, ...shared }
    await db.client!.query(`select set_config('rapport.kind', '${actor.kind}', true)`)
    return work({ ...ctx, db, actor, session })
  })
}
