import { dayIn, instantAt } from '#platform/when.ts'
import type { Notice, NoticeKind, Practice } from './shared.ts'

/** Newest version first. */
const versionsOf = (practice: Pick<Practice, 'notices'>, kind: NoticeKind): Notice[] =>
  practice.notices.filter(notice => notice.kind === kind).sort((a, b) => b.version - a.version)

/** The text in force on a day; before the first takes effect, that first one, so that it can be read ahead. */
export function currentNotice(practice: Pick<Practice, 'notices'>, kind: NoticeKind, today: string): Notice | undefined {
  const versions = versionsOf(practice, kind)
  return versions.find(({ effectiveOn }) => effectiveOn <= today) ?? versions.at(-1)
}

/** The text that will take the place of the one in force, and when. */
export function comingNotice(practice: Pick<Practice, 'notices'>, kind: NoticeKind, today: string): Notice | undefined {
  const current = currentNotice(practice, kind, today)
  return versionsOf(practice, kind).filter(({ effectiveOn, version }) => effectiveOn > today && version !== current?.version).at(-1)
}

/** The first moment at which a day's word on the notice pages is no longer true. */
export const noticeValidUntil = (coming: Notice | undefined, zone: string): Date | undefined => (coming ? instantAt(coming.effectiveOn, '00:00', zone) : undefined)

export const practiceToday = (now: Date, zone: string): string => dayIn(now, zone)
