import type { ReactNode } from 'react'
import type { View } from '#platform/answer.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may, type Permission } from '#platform/permission.ts'
import { PageHead } from '#ui/things.tsx'
import { Tabs } from '#ui/wayfinding.tsx'
import { checkPlans, editPractice, editWords, seePractice } from '../access.ts'
import type { Both } from '../shared.ts'

const base = '/console/practice'
const tabs: readonly { page: string; words: string; needs: readonly Permission[] }[] = [
  { page: '', words: 'Overview', needs: [seePractice] },
  { page: '/profile', words: 'Name and telephone', needs: [editPractice] },
  { page: '/story', words: 'Story and values', needs: [editWords] },
  { page: '/clinicians', words: 'Clinicians', needs: [seePractice] },
  { page: '/locations', words: 'Places and hours', needs: [editPractice] },
  { page: '/holidays', words: 'Holidays', needs: [editPractice] },
  { page: '/services', words: 'Services', needs: [editWords] },
  { page: '/plans', words: 'Plans', needs: [checkPlans] },
  { page: '/notices', words: 'Notices', needs: [editPractice] },
  { page: '/brand', words: 'Look', needs: [editPractice] },
  { page: '/pictures', words: 'Pictures', needs: [editWords] },
]

const said: Record<string, string> = {
  saved: 'Saved. The site shows it now.', added: 'Added. The site shows it now.', removed: 'Removed from the site.', moved: 'Moved up.', confirmed: 'Confirmed as of today.',
  posted: 'Posted. Earlier versions are kept.', published: 'The site is online.', withdrawn: 'The site is offline. Visitors see that it is not open.',
}

type FrameFacts = { title: string; lead?: ReactNode; page: string; back?: { href: string; words: string }; aside?: ReactNode; status?: number; said?: string | null }

/** A page of practice and site: its tabs, its head, what was just done. */
export function showInPractice(ctx: Ctx<StaffActor>, { title, lead, page, back, aside, status, said: what }: FrameFacts, content: ReactNode): Promise<View> {
  const flash = said[what ?? '']
  const shown = tabs.filter(({ needs }) => needs.some(needed => may(ctx, needed)))
  return ctx.house.shell.console(ctx, { title, current: base, ...(status && { status }), ...(flash && { flash: { words: flash } }) },
    <>
      <Tabs label="Practice and site" current={base + page} items={shown.map(tab => ({ href: base + tab.page, words: tab.words }))} />
      <PageHead title={title} lead={lead} back={back} aside={aside} />
      {content}
    </>)
}

/** A pair as a form's values. */
export const pairValues = (name: string, { en, es }: Both): Record<string, string> => ({ [`${name}-en`]: en, [`${name}-es`]: es })
