import type { PictureFacts } from '#ui/picture.tsx'
import type { PlaceFacts, PracticeFacts } from '#ui/practice-facts.ts'
import type { SiteFacts } from '#ui/site-layout.tsx'

const picture = (file: string, alt: string, width: number, height: number): PictureFacts => ({ src: `/pictures/${file}.svg`, alt, width, height })
export const pictures = {
  hero: picture('hero', 'A sunlit front room with two armchairs, plants, and a woman smiling in an open green door', 1600, 1200),
  rosa: picture('portrait-1', 'Rosa Delgado', 800, 800),
  samuel: picture('portrait-2', 'Samuel Okafor', 800, 800),
  mei: picture('portrait-3', 'Mei Lindqvist', 800, 800),
  house: picture('place-1', 'A two-storey house with a green door', 1200, 800),
}

export const practice: PracticeFacts = {
  name: 'Alder Street Family Practice', markHref: '/pictures/mark.svg', phone: { text: '(555) 010-0142', number: '+15550100142' }, isDemo: true,
}

const places: PlaceFacts[] = [
  { name: 'Alder Street', href: '/locations/alder-street', address: ['214 Alder Street', 'Millbrook, OH 45001'], mapHref: '/locations/alder-street#map', hours: ['Monday to Thursday, 8 to 5', 'Friday, 8 to 1'] },
  { name: 'Harbor Road', href: '/locations/harbor-road', address: ['9 Harbor Road', 'Millbrook, OH 45003'], phone: { text: '(555) 010-0177', number: '+15550100177' }, hours: ['Tuesday and Thursday, 9 to 6'] },
]

export const site: SiteFacts = {
  practice, places,
  nav: [{ href: '/clinicians', words: 'Our people' }, { href: '/services', words: 'What we do' }, { href: '/locations/alder-street', words: 'Where we are' }, { href: '/contact', words: 'Contact' }],
  action: { href: '/contact', words: 'Become a patient' },
  signIn: { href: '/sign-in', words: 'Sign in' },
  afterHours: 'Call the same number. A nurse answers, day and night. If it is an emergency, call 911.',
  footerLinks: [{ href: '/privacy', words: 'Privacy' }, { href: '/accessibility', words: 'Accessibility' }, { href: '/help', words: 'Free language help' }],
}

export const portal = {
  practice, personName: 'Ana Torres', signOutAction: '/sign-out',
  bar: [
    { href: '/portal', words: 'Home', icon: 'house' }, { href: '/portal/results', words: 'Results', icon: 'clipboard-list', count: 2 },
    { href: '/portal/appointments', words: 'Visits', icon: 'calendar-days' }, { href: '/portal/messages', words: 'Messages', icon: 'message-circle' },
  ],
  more: [
    { href: '/portal/record', words: 'My record', icon: 'folder-open' }, { href: '/portal/download', words: 'Download and share', icon: 'download' },
    { href: '/portal/access-log', words: 'Who looked at it', icon: 'eye' }, { href: '/portal/settings', words: 'Settings', icon: 'settings' },
  ],
} as const

export const console = {
  practice, personName: 'Mei Lindqvist', personRole: 'Care team', accountHref: '/console/account', signOutAction: '/sign-out',
  groups: [
    { items: [{ href: '/console', words: 'Today', icon: 'house' }, { href: '/console/inbox', words: 'Inbox', icon: 'inbox', count: 7 }, { href: '/console/people', words: 'People', icon: 'users-round' }] },
    { words: 'Our site', items: [{ href: '/console/practice', words: 'Practice', icon: 'building-2' }, { href: '/console/library', words: 'Pages', icon: 'newspaper' }] },
    { words: 'The house', items: [{ href: '/console/jobs', words: 'Jobs', icon: 'workflow' }, { href: '/console/audit', words: 'Audit', icon: 'shield-check' }] },
  ],
} as const
