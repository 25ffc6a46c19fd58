/** A telephone as people read it and as a phone dials it: { text: '(555) 010-0100', number: '+15550100100' }. */
export type Phone = { text: string; number: string }

/** What every page says about the practice it belongs to. */
export type PracticeFacts = {
  name: string
  /** The practice's colours: a hashed stylesheet made with `brandStylesheet`. */
  brandHref?: string | undefined
  /** Its mark, an SVG: in the header and as the browser's icon. */
  markHref?: string | undefined
  phone?: Phone | undefined
  isDemo: boolean
}

/** One place of the practice, as the foot of every site page shows it. `hours` are lines to read: "Monday to Friday, 8 to 5". */
export type PlaceFacts = {
  name: string
  href: string
  address: readonly string[]
  mapHref?: string | undefined
  phone?: Phone | undefined
  hours: readonly string[]
}

/** How long a signed-in page may lie still. `extendAction` answers a POST with JSON `{ secondsLeft }`. */
export type SessionClock = { secondsLeft: number; extendAction: string; endHref: string }

export const telephone = (phone: Phone): string => `tel:${phone.number}`
