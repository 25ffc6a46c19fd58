import type { Ctx, PatientActor, ProxyActor, SessionFacts, StaffActor, VisitorActor } from '#platform/ctx.ts'
import { transactionOn } from '#platform/db.ts'
import { actorOf, enterAs, sessionFrom, type Face } from '#platform/session.ts'

/** Somebody with a session that may not go anywhere yet: staff before their second factor, a caregiver of nobody. The database knows who, and gives nothing but their own account. */
export type ArrivingActor = VisitorActor & { personId: string; sessionId: string }
export type SignedInActor = PatientActor | ProxyActor | StaffActor | ArrivingActor
export type Entered = Ctx<SignedInActor> & { session: SessionFacts }

/** For the pages that look at the cookie themselves: one transaction in the name of the session's person, or undefined when there is no live session. */
export function enterWithToken<T>(ctx: Ctx<VisitorActor>, { token, face }: { token: string | undefined; face: Face }, work: (tx: Entered) => Promise<T>): Promise<T | undefined> {
  if (!token) return Promise.resolve(undefined)
  return transactionOn({ pool: ctx.house.pool, begin: enterAs(token, face, ctx.now()) }, async (db, rows) => {
    const session = sessionFrom(rows[0])
    if (!session) return undefined
    const arriving: ArrivingActor = { kind: 'visitor', personId: session.personId, sessionId: session.id }
    const actor = (actorOf(session, face, rows[0]) ?? arriving) as SignedInActor
    return work({ ...ctx, db, actor, session })
  })
}

/** A path of ours to go on to, or what stands in for it. Never an address from outside. */
export const safePath = (wanted: string | null | undefined, otherwise: string): string =>
  (wanted && wanted.length <= 500 && /^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) ? wanted : otherwise)
