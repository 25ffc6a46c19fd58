import { addressesOf } from './addresses.ts'
import { annaIn, idsOfAnna, isWhole, rightIdsOfAnna, type Anna } from './anna.ts'
import { marks, whos, type FullHouse, type Mark, type Who } from './full-house.ts'
import { pages } from '#root/routes.ts'

/** What each may learn of Anna, who is a stranger to them: those who treat all, those who answer her only who she is and what she wrote. */
const mayLearn: Partial<Record<Who, readonly Mark[]>> = {
  clinician: marks, 'care-team': marks, 'front-desk': ['name', 'address', 'message', 'visit'], billing: ['name', 'address', 'message'], manager: ['name', 'address', 'message'],
}
/** What of hers it is somebody's work to change, by address. */
const mayChange: Readonly<Record<string, readonly Who[]>> = {
  '/console/feedback/:id': ['clinician', 'care-team'], '/console/patients/:id/choices': ['clinician', 'care-team'], '/console/schedule/visits/:id': ['clinician', 'care-team', 'front-desk'], '/console/schedule/waitlist/:id': ['clinician', 'care-team', 'front-desk'], '/console/schedule/waitlist/new/:patient': ['clinician', 'care-team', 'front-desk'], '/console/schedule/visits/:id/move': ['clinician', 'care-team', 'front-desk'], '/console/schedule/book/:patient': ['clinician', 'care-team', 'front-desk'], '/console/patients/:id': ['front-desk', 'manager'], '/console/inbox/:id': ['clinician', 'care-team', 'front-desk', 'billing', 'manager'],
  '/console/patients/:id/orders': ['clinician', 'care-team'],
  '/console/imports': ['front-desk', 'manager'], '/console/imports/matches/:id': ['front-desk', 'manager'], '/console/outbox/:id': ['front-desk', 'manager'], '/console/notes': ['clinician', 'care-team'],
}
/** Fields that hold an id, each with what must stand beside it. `*` is the id. */
const fields: Readonly<Record<string, readonly Record<string, string>[]>> = {
  '/portal/switch': [{ patient: '*' }],
  '/portal/settings': [{ action: 'end-session', session: '*' }],
  '/console/account': [{ action: 'end-session', session: '*' }],
  '/portal/settings/sign-in': [{ action: 'remove-passkey', passkey: '*' }, { action: 'name-passkey', passkey: '*', 'passkey-name': 'Mine now' }],
  '/console/account/sign-in': [{ action: 'remove-passkey', passkey: '*' }, { action: 'name-passkey', passkey: '*', 'passkey-name': 'Mine now' }],
  '/portal/settings/helpers': [{ action: 'end', proxy: '*' }, { action: 'take-back', invitation: '*' }],
  '/portal/settings/reach': [{ action: 'end', way: '*' }, { action: 'choose', safe: '*', prefers: 'mail' }, { action: 'add', 'code-id': '*', code: '123456' }],
  '/console/patients': [{ number: '*' }, { name: '*' }],
  '/console/patients/:id': [{ access: 'end-proxy', proxy: '*' }, { access: 'take-back', invitation: '*' }, { access: 'parent', check: 'photo', name: 'Thief', email: 'thief@patient.example' }, { access: 'letter', check: 'photo' }, { access: 'mail', check: 'photo' }, { access: 'email', check: 'known', email: 'thief@patient.example' }, { access: 'unlock', check: 'known' }, { access: 'revoke' }, { access: 'shut' }, { reach: 'end', way: '*' }, { reach: 'choose', safe: '*', 'wants': 'no-texts' }, { reach: 'add', address: 'thief@patient.example' }, { reach: 'deceased' }, { reach: 'speak' }],
  '/console/patients/:id/orders': [{ code: '2951-2' }, { end: '*' }],
  '/console/what-to-expect': [{ drop: '*' }],
  '/console/patients/:id/choices': [{ 'when-routine': 'until-contact', spoke: 'Anna', channel: 'telephone', yes: 'yes' }],
  '/console/people/:id': [{ action: 'disable' }, { action: 'reset' }, { action: 'roles', roles: 'manager' }, { action: 'invite' }, { action: 'enable' }],
  '/console/inbox/:id': [{ action: 'take' }, { action: 'finish', outcome: 'done' }, { action: 'hand-over', pool: 'billing' }, { action: 'snooze', day: '2026-12-01', time: '09:00' }],
  '/console/imports': [{ settle: '*' }],
  '/console/feeds': [{ forget: '*' }],
  '/console/imports/joined/:id': [{ apart: '*' }],
  '/console/imports/matches/:id': [{ answer: 'same' }, { answer: 'different' }],
  '/console/away': [{ action: 'end', id: '*' }, { person: '*', cover: '*', from: '2026-12-01', 'from-time': '08:00', until: '2026-12-02', 'until-time': '08:00' }, { action: 'backup', backup: '*' }],
  '/console/release/critical': [{ end: '*' }],
  '/console/on-call': [{ remove: '*' }, { person: '*', phone: '802-555-0111', day: '2026-12-01', time: '17:00', 'until-day': '2026-12-02', 'until-time': '08:00' }],
  '/console/audit': [{ patient: '*' }, { person: '*' }, { id: '*' }],
  '/console/practice/clinicians/:id': [{ do: 'facts', name: 'Dr. Nell Harrow', accepting: 'yes', person: '*' }, { do: 'facts', name: 'Dr. Nell Harrow', picture: '*' }],
  '/console/jobs': [{ retry: '*' }],
  '/console/feedback/:id': [{ outcome: 'answered', words: 'Read', locale: 'en' }],
  '/console/notes/:id/words': [{ body: 'Read', summary: '' }],
  '/portal/feedback': [{ pulse: 'yes', about: 'note', back: '*' }],
  '/portal/feedback/:id': [{ words: 'Mine' }],
  '/console/schedule/find': [{ words: '*' }],
  '/console/schedule/book': [{ name: '*' }],
  '/console/schedule/book/:patient': [{ type: '*', how: 'in-person', day: '2026-12-01', clock: '09:00', with: '*', place: '*', because: 'Mine' }],
  '/console/schedule/newcomers/:id': [{ do: 'new' }, { do: 'link', patient: '*', theirs: 'yes' }, { do: 'search', name: '*' }],
  '/console/schedule/visits/:id': [{ action: 'cancel', reason: 'other', version: '1' }, { action: 'arrived', version: '1' }, { action: 'answer', 'q-*': 'yes' }],
  '/console/schedule/visits/:id/move': [{ how: 'in-person', day: '2026-12-01', clock: '09:00', with: '*', place: '*', because: 'Mine', version: '1' }],
  '/console/schedule/copy': [{ visit: '*', version: '1' }, { visit: '*', is: '*' }],
  '/console/schedule/calendar': [{ keeper: 'ehr:*' }],
  '/console/schedule/types/:id': [{ action: 'keep' }],
  '/console/schedule/types/:id/questions': [{ id: '*', do: 'remove' }, { 'words-en': 'Mine?', kind: 'yes-no' }],
  '/console/schedule/reasons': [{ 'words-en': 'Mine', 'leads-to': 'call' }],
  '/console/schedule/reasons/:id': [{ of: 'question', 'words-en': 'Mine?', 'leads-to': 'call' }],
  '/console/schedule/hours/:id': [{ action: 'remove-block', entry: '*' }],
  '/portal/appointments/new/about/:reason': [{ 's-*': 'no' }],
  '/portal/appointments/new/:type': [{ how: 'in-person', time: '*' }],
  '/book': [{ reason: '*', do: 'answer' }], '/book/:type': [{ how: 'in-person', time: '*', key: '*', about: '*' }], '/book/about': [{ key: '*', do: 'change' }], '/book/questions': [{ key: '*', 'q-*': 'no' }], '/book/code': [{ key: '*', code: '123456' }, { key: '*', do: 'again' }], '/book/visit': [{ key: '*' }, { key: '*', do: 'cancel', version: '1' }], '/book/visit.ics': [{ key: '*' }],
  '/portal/appointments/held/:id': [{ reason: 'Mine', pays: 'insurance' }],
  '/portal/appointments/:id/questions': [{ 'q-*': 'yes' }],
  '/portal/appointments/:id/move': [{ how: 'in-person', time: '*' }],
  '/portal/appointments/:id/wait': [{ days: '1', parts: 'morning', until: '' }, { action: 'leave' }],
  '/portal/appointments/waiting/:id': [{ days: '1', parts: 'morning', until: '2026-12-01' }, { action: 'leave' }],
  '/portal/appointments/offers/:id': [{ action: 'yes', pays: 'insurance' }, { action: 'no' }],
  '/console/schedule/waitlist/new': [{ name: '*' }],
  '/console/schedule/waitlist/new/:patient': [{ what: '*', days: '1', parts: 'morning', until: '2026-12-01' }],
  '/console/schedule/waitlist/:id': [{ action: 'end' }, { action: 'rank', rank: '2' }],
  '/portal/appointments/:id/cancel': [{ reason: 'better', version: '1' }],
  '/portal/notes/:id/wrong/:part': [{ kind: 'missing', words: 'Mine' }],
  '/portal/record/:id/wrong': [{ kind: 'missing', words: 'Mine' }],
  '/portal/results/:id/ask': [{ words: 'Mine' }],
  '/portal/results/:id/wrong': [{ kind: 'missing', words: 'Mine' }],
  '/sign-in': [{ ticket: '*', code: '123456' }, { email: '*', password: 'four green herons wade' }, { demo: '*' }],
  '/sign-in/second-factor': [{ ticket: '*', code: '123456' }],
  '/prove': [{ ticket: '*', response: '{}' }, { next: '*' }],
  '/activate': [{ ticket: '*', step: 'finish', password: 'four green herons wade' }, { code: '*', 'birth-date': '1972-04-17' }],
  '/care/:link': [{ ticket: '*', code: '*' }, { step: 'finish', ticket: '*', password: 'four green herons wade' }],
}
const hasParam = (pattern: string) => /:/.test(pattern) && !/^\/(assets|pictures)/.test(pattern)
const routes = Object.keys(pages).filter(pattern => hasParam(pattern) || fields[pattern] || pages[pattern]!.post)

type Swap = { who: Who; method: 'GET' | 'POST'; pattern: string; path: string; body: Record<string, string>; isTheirWork: boolean }
export type Tally = { seed: number; swaps: number; places: number; byWho: Record<string, number>; byStatus: Record<string, number>; found: string[] }

/** The same numbers for the same seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Puts Anna's ids into what others ask: first what belongs there in every place by everybody, then `count` by chance. Says what they learned or changed. */
export async function swapIds(house: FullHouse, { count, seed }: { count: number; seed: number }): Promise<Tally> {
  const [hers, own] = [await addressesOf(house, house.anna), await addressesOf(house, house.bert)]
  hers['/console/people/:id'] = `/console/people/${house.anna.personId}`   // she is no colleague
  const known: Known = { hers, own, ids: await idsOfAnna(house), right: await rightIdsOfAnna(house) }
  const before = await annaIn(house)
  const [random, places] = [numbersFrom(seed), new Set<string>()]
  const tally: Tally = { seed, swaps: 0, places: 0, byWho: {}, byStatus: {}, found: [] }
  const pick: Pick = list => list[Math.floor(random() * list.length)]!
  const each = everyPlace(known)
  for (let left = count; left > 0 && !tally.found.some(one => /changed/.test(one));) {
    const swap = each.next().value ?? (left--, draw(pick, known))
    if (swap.isTheirWork) continue
    places.add(`${swap.method} ${swap.pattern}`)
    await tryOne(house, swap, before, tally)
  }
  tally.places = places.size
  if (!(await isWhole(house, before))) tally.found.push('at the end, something of Anna’s is not as it was')
  return tally
}

/** Those who ask stay signed in as they were, whatever the last form did to them. */
const afresh = ({ people, bert }: FullHouse): string =>
  `update platform.session set ended_at = null, ended_because = null, acting_for = case when acting_for is not null then '${bert.patientId}'::uuid end
   where id = any ('{${Object.values(people).map(({ sessionId }) => sessionId).filter(Boolean).join()}}') and (ended_at is not null or acting_for <> '${bert.patientId}')`

type Known = { hers: Record<string, string>; own: Record<string, string>; ids: readonly string[]; right: Record<string, string> }
type Pick = <T>(list: readonly T[]) => T
const templatesOf = (pattern: string) => fields[pattern] ?? [{ id: '*', patient: '*', person: '*', do: 'remove' }]
const filled = (template: Record<string, string>, idFor: (name: string) => string) => Object.fromEntries(Object.entries(template).map(([name, value]) => [name, value === '*' ? idFor(name) : value]))
const isTheirs = (who: Who, method: string, pattern: string, isOwnPlace: boolean) => method === 'POST' && !isOwnPlace && (mayChange[pattern]?.includes(who) ?? false)

/** Every address with her id in it, and every field with the id that belongs there, at her place and at one's own. */
function* everyPlace({ hers, own, right }: Known): Generator<Swap, undefined> {
  for (const who of whos) for (const pattern of routes) {
    if (hasParam(pattern)) yield { who, method: 'GET', pattern, path: hers[pattern]!, body: {}, isTheirWork: false }
    if (!pages[pattern]!.post) continue
    for (const template of templatesOf(pattern)) {
      const body = filled(template, name => right[name] ?? right.patient!)
      const isAlsoOwn = hasParam(pattern) && Object.values(template).includes('*')
      for (const isOwnPlace of isAlsoOwn ? [false, true] : [false]) yield { who, method: 'POST', pattern, path: (isOwnPlace ? own : hers)[pattern]!, body, isTheirWork: isTheirs(who, 'POST', pattern, isOwnPlace) }
    }
  }
  return undefined
}

function draw(pick: Pick, { hers, own, ids, right }: Known): Swap {
  const [who, pattern] = [pick(whos), pick(routes)]
  const method = pages[pattern]!.post && (!hasParam(pattern) || pick([true, false])) ? 'POST' : 'GET'
  const template = method === 'POST' ? pick(templatesOf(pattern)) : {}
  const body = filled(template, name => (right[name] && pick([true, false]) ? right[name] : pick(ids)))
  const isOwnPlace = hasParam(pattern) && Object.values(template).includes('*') && pick([true, false])
  const path = isOwnPlace ? own[pattern]! : pick([hers[pattern]!, pattern.replace(/:\w+/g, name => (name === ':place' ? '0' : pick(ids)))])
  return { who, method, pattern, path, body, isTheirWork: isTheirs(who, method, pattern, isOwnPlace) }
}

async function tryOne(house: FullHouse, { who, method, path, body }: Swap, before: Anna, tally: Tally): Promise<void> {
  await house.db.owner.query(`${afresh(house)}; delete from platform.rate_count`)
  const answer = method === 'GET' ? await house.people[who].get(path) : await house.people[who].post(path, body)
  const said = `${answer.headers.get('location') ?? ''} ${await answer.text()}`.toLowerCase()
  const asked = `${who}: ${method} ${path} ${JSON.stringify(body)} → ${answer.status}`
  tally.swaps++
  tally.byWho[who] = (tally.byWho[who] ?? 0) + 1
  tally.byStatus[answer.status] = (tally.byStatus[answer.status] ?? 0) + 1
  const learned = marks.filter(mark => said.includes(house.anna.marks[mark].toLowerCase()) && !mayLearn[who]?.includes(mark))
  if (learned.length > 0) tally.found.push(`${asked} shows ${learned.join(', ')}`)
  if (answer.status >= 500) tally.found.push(asked)
  if ((method === 'POST' || tally.swaps % 25 === 0) && !(await isWhole(house, before))) tally.found.push(`${asked} changed what is Anna’s`)
}
