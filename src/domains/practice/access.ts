import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotAllowed } from '#platform/errors.ts'
import { may, permission } from '#platform/permission.ts'

export const seePractice = permission('see how the practice is described', ['manager', 'editor', 'clinician', 'front-desk'])
export const editPractice = permission('change the practice: name, hours, plans, brand, notices, people', ['manager'])
export const editWords = permission('change story, services, pictures and what clinicians say', ['manager', 'editor'])
export const editOwnWords = permission('change one’s own page', ['clinician'])
export const checkPlans = permission('confirm insurance plans and who takes new patients', ['manager', 'front-desk'])
export const publish = permission('put the site online', ['manager'])

/** A clinician changes their own words; an editor and the manager those of everybody. */
export const mayEditWordsOf = (ctx: Ctx<StaffActor>, clinician: { personId: string | null }): boolean =>
  may(ctx, editWords) || (may(ctx, editOwnWords) && clinician.personId === ctx.actor.personId)

export function mustEditWordsOf(ctx: Ctx<StaffActor>, clinician: { personId: string | null }): void {
  if (!mayEditWordsOf(ctx, clinician)) throw new NotAllowed(editOwnWords.name)
}
