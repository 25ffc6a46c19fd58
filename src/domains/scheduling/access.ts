import { permission } from '#platform/permission.ts'

export const seeSchedule = permission('see the schedule, with who comes and why', ['clinician', 'care-team', 'front-desk'])
export const keepSchedule = permission('book, move and cancel visits, and say who came', ['clinician', 'care-team', 'front-desk'])
export const ownSchedule = permission('have their own schedule in a calendar of theirs', ['clinician', 'care-team'])
export const allowDetails = permission('let calendars outside say who comes', ['manager'])
export const planSchedule = permission('set visit types, hours, leave and rooms', ['front-desk', 'manager'])
export const planWaits = permission('set how earlier times are offered', ['manager'])
export const linkNewcomers = permission('say whose record a new patient’s is, or begin one', ['front-desk'])
