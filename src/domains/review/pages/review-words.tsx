import { inflesz, readingGrade } from '#platform/readability.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { formatDistance, formatWhen } from '#platform/when.ts'
import type { Locale } from '#platform/words.ts'
import type { ReviewRow } from '#records'
import { Badge } from '#ui/notice.tsx'

export const refusals: Record<string, string> = {
  'no-words': 'Write a line first.', 'blank-left': 'A blank (__) is still open. Fill it in or take it out.', 'too-long': 'That is too long: 5,000 letters at most.',
  'not-yours': 'A clinician must look at this one. The standing rule covers normal results of its categories.', 'answered-already': 'Somebody has looked at this already.', 'not-finished': 'The laboratory has not finished this result.',
}

const bearings: Record<ReviewRow['bearing'], { words: string; tone: 'calm' | 'notice' | 'act' | 'plain' }> = {
  critical: { words: 'Critical', tone: 'act' }, abnormal: { words: 'Outside the range', tone: 'notice' }, normal: { words: 'In the range', tone: 'calm' }, unknown: { words: 'To be read', tone: 'plain' },
}
export const BearingBadge = ({ bearing }: { bearing: ReviewRow['bearing'] }) => <Badge tone={bearings[bearing].tone}>{bearings[bearing].words}</Badge>

const holders = { 'state-law': 'by state law', patient: 'as the patient asked', harm: 'by a clinician’s finding' }

/** What the patient has of it: "Patient read it yesterday", "Held by state law until Monday". */
export function patientSide(row: ReviewRow, ctx: Ctx<StaffActor>, zone: string): string {
  if (row.seenAt) return `Patient read it ${formatDistance(row.seenAt, ctx.now())}`
  if (row.heldBy && !row.releasedAt) return `Held ${holders[row.heldBy]}${row.opensAt ? ` until ${formatWhen(row.opensAt, zone, 'moment-short')}` : ' until what the law asks for is done'}`
  return 'Open to the patient, not read yet'
}

/** D9: the grade of what was written, and its long words. A hint; nothing is blocked. */
export function gradeOf(text: string, locale: Locale): { words: string; isHard: boolean } {
  const long = [...new Set(text.match(/\p{L}{12,}/gu) ?? [])].slice(0, 6)
  const marked = long.length > 0 ? ` Long words: ${long.join(', ')}.` : ''
  if (text.trim().split(/\s+/).length < 6) return { words: `Short enough to be plain.${marked}`, isHard: false }
  if (locale === 'es') { const ease = Math.round(inflesz(text)); return { words: `INFLESZ ${ease}; plain is 65 or more.${marked}`, isHard: ease < 55 } }
  const grade = Math.round(readingGrade(text) * 10) / 10
  return { words: `Reading grade ${grade}; plain is 6 or less.${marked}`, isHard: grade > 8 }
}
