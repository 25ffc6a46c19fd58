import type { Ctx } from '#platform/ctx.ts'
import type { Locale } from '#platform/words.ts'
import { practiceCard } from '#practice'

/** Whom to call at the practice, for the panels about danger. */
export async function linesOf(ctx: Ctx, locale: Locale) {
  const { phone, afterHours } = await practiceCard(ctx)
  return { phone, afterHours: afterHours[locale].words || undefined }
}
