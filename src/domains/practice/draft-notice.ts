import { noticeDrafts } from './data/notice-drafts.data.ts'
import { phoneWords } from './read-phone.ts'
import { addressLines } from './practice-card.ts'
import { both, type Both, type NoticeKind, type Practice } from './shared.ts'

/** A first text for a notice, with what the practice already knows filled in. What it does not know stays in {{braces}}, and a notice with braces cannot be posted. */
export function draftNotice(kind: NoticeKind, practice: Practice, siteUrl: string): Both {
  const { profile, locations } = practice
  const known: Record<string, string | undefined> = {
    practice: profile.name, phone: profile.phone ? phoneWords(profile.phone) : undefined, email: profile.email ?? undefined,
    address: locations[0] && addressLines(locations[0]).join(', '), site: siteUrl,
  }
  return fillNotice(kind, known)
}

export function fillNotice(kind: NoticeKind, known: Readonly<Record<string, string | undefined>>): Both {
  const fill = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (mark, name: string) => known[name] ?? mark)
  return both(fill(noticeDrafts[kind].en), fill(noticeDrafts[kind].es))
}
