import type { Role } from '#platform/ctx.ts'
import type { Permission } from '#platform/permission.ts'
import type { Say } from '#platform/words.ts'
import type { IconName } from '#ui/icon-names.ts'
import type { NavItem } from '#ui/wayfinding.tsx'
import { pages } from '#root/routes.ts'

/** The bar under the thumb: what a patient comes for. */
export const portalBar = (say: Say): NavItem[] => [
  { href: '/portal', words: say('portal.nav.home'), icon: 'house' },
  { href: '/portal/results', words: say('portal.nav.results'), icon: 'flask-conical' },
  { href: '/portal/appointments', words: say('visits.title'), icon: 'calendar-days' },
  { href: '/portal/medicines', words: say('portal.nav.medicines'), icon: 'pill' },
]
export const portalMore = (say: Say): NavItem[] => [
  { href: '/portal/notes', words: say('portal.nav.notes'), icon: 'file-text' },
  { href: '/portal/record', words: say('portal.nav.record'), icon: 'clipboard-list' },
  { href: '/portal/feedback', words: say('feedback.title'), icon: 'message-circle' },
  { href: '/portal/download', words: say('portal.nav.download'), icon: 'download' },
  { href: '/portal/access-log', words: say('portal.nav.access-log'), icon: 'eye' },
  { href: '/portal/settings', words: say('portal.nav.settings'), icon: 'settings' },
]

type Place = { href: string; words: string; icon: IconName }
const groups: readonly { words?: string; places: readonly Place[] }[] = [
  { places: [{ href: '/console', words: 'Today', icon: 'house' }, { href: '/console/inbox', words: 'Inbox', icon: 'inbox' }, { href: '/console/schedule', words: 'Schedule', icon: 'calendar-days' }, { href: '/console/pages', words: 'Pages', icon: 'phone' }, { href: '/console/results', words: 'Results', icon: 'flask-conical' }, { href: '/console/orders', words: 'Orders', icon: 'clipboard-list' }, { href: '/console/patients', words: 'Patients', icon: 'users-round' }, { href: '/console/notes', words: 'My notes', icon: 'file-text' }, { href: '/console/feedback', words: 'What patients say', icon: 'message-circle' }] },
  { words: 'Practice', places: [{ href: '/console/practice', words: 'Practice and site', icon: 'building-2' }, { href: '/console/people', words: 'People and roles', icon: 'user-round' },
    { href: '/console/schedule/types', words: 'Visit types and hours', icon: 'calendar-plus' }, { href: '/console/away', words: 'Who is away', icon: 'calendar' }, { href: '/console/tests', words: 'Test names', icon: 'flask-conical' }, { href: '/console/glossary', words: 'Words explained', icon: 'book-open' }, { href: '/console/what-to-expect', words: 'What to expect', icon: 'clipboard-list' }, { href: '/console/release', words: 'When results open', icon: 'calendar' }, { href: '/console/check-words', words: 'Check words', icon: 'file-text' }, { href: '/console/how-notes-read', words: 'How notes read', icon: 'chart-line' }] },
  {
    words: 'System',
    places: [{ href: '/console/imports', words: 'Imports', icon: 'download' }, { href: '/console/feeds', words: 'Systems that send', icon: 'activity' }, { href: '/console/feeds/pull', words: 'EHR connection', icon: 'link' }, { href: '/console/outbox', words: 'Outbox', icon: 'mail' }, { href: '/console/jobs', words: 'Background jobs', icon: 'settings' },
      { href: '/console/backups', words: 'Backups', icon: 'shield-check' }, { href: '/console/audit', words: 'Audit trail', icon: 'eye' }],
  },
]

/** The rail: what exists, and what these roles may open. Read from the routes, so that neither can be forgotten. */
export function consoleGroups(roles: readonly Role[]): { words?: string; items: NavItem[] }[] {
  const mayOpen = ({ href }: Place) => {
    const page = pages[href]
    const needed: Permission | undefined = page && typeof page.for === 'object' ? page.for.staff : undefined
    return needed !== undefined && roles.some(role => needed.roles.includes(role))
  }
  return groups
    .map(({ words, places }) => ({ ...(words && { words }), items: places.filter(mayOpen) as NavItem[] }))
    .filter(({ items }) => items.length > 0)
}
