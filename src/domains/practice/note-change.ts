import { audit } from '#platform/audit.ts'
import { bumpContent } from '#platform/content-version.ts'
import type { Ctx } from '#platform/ctx.ts'

export type ChangedThing = 'profile' | 'brand' | 'value' | 'location' | 'hours' | 'exception-day' | 'service' | 'insurance-plan' | 'clinician' | 'notice' | 'picture' | 'publication'

/** Every change of what the site says is remembered and is a new edition of its pages. */
export async function noteChange(tx: Ctx, kind: ChangedThing, ids: readonly string[] = [], detail: Record<string, string | number | boolean> = {}): Promise<void> {
  await audit(tx, 'practice.changed', { kind, ids, detail })
  await bumpContent(tx)
}
