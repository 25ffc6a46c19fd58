import { membersOf } from './read-order.ts'

/** `over`: done, says who placed it, or gone: cancelled, or waited for no longer. */
export type Order = { id: string; source: string; sourceId: string | null; alias: string | null; keys: readonly string[]; numbers: readonly string[]; orderedAt: Date; expectedAt: Date; over: null | 'done' | 'gone'; answeredBy: string | null }
/** A finished result of the same patient. `spokenFor`: it has answered an order already. */
export type Answer = { resourceId: string; reportId: string | null; source: string; keys: readonly string[]; numbers: readonly string[]; basedOn: readonly string[]; happenedAt: Date; receivedAt: Date; spokenFor: boolean }

const day = 86_400_000
/**
 * Whether a result can be the one that an order asks for. A sample is at times taken before the order is written down: so one from the day before counts
 * where the result is expected soon, unless it was here by then: what somebody had read when they ordered the test again is what they ordered it for.
 */
function isAfter(order: Order, answer: Answer): boolean {
  if (answer.happenedAt >= order.orderedAt) return true
  const isSoon = order.expectedAt.getTime() - order.orderedAt.getTime() <= 14 * day
  return isSoon && answer.receivedAt > order.orderedAt && answer.happenedAt.getTime() >= order.orderedAt.getTime() - day
}
const meet = (one: readonly string[], other: readonly string[]) => one.some(key => other.includes(key))
/** Of a group's tests, so many of a hundred must have come. A basic check is not yet a full one. */
const mostOfGroup = 75

const isNamed = (order: Order, answer: Answer) =>
  meet(order.numbers, answer.numbers) || (order.source === answer.source && [order.sourceId, order.alias].some(id => id !== null && answer.basedOn.includes(id)))

/** The same test written down twice, here and in the record system: one result answers both. */
const isTwice = (one: Order, other: Order) =>
  one.source !== other.source && meet(one.keys, other.keys) && Math.abs(one.orderedAt.getTime() - other.orderedAt.getTime()) <= 3 * day && Math.abs(one.expectedAt.getTime() - other.expectedAt.getTime()) <= 7 * day

/**
 * Which order each result answers: by the reference it carries, by placer's or filler's number, or by what it is and when. A result answers one
 * order, the one expected first; of orders under one number the one whose test it is. To miss a match asks somebody for nothing; to make a wrong one
 * hides that a result never came: so a result that names any order, even one that is over, answers no other. Pure. Returns the result's resource by order.
 */
export function matchOrders(orders: readonly Order[], answers: readonly Answer[]): Map<string, string> {
  const matched = new Map<string, string>()
  const used = new Set(answers.filter(({ spokenFor }) => spokenFor).map(({ resourceId }) => resourceId))
  const wanting = orders.filter(({ answeredBy, over }) => answeredBy === null && over !== 'gone').sort((a, b) => a.expectedAt.getTime() - b.expectedAt.getTime())
  matchByName(orders, wanting, answers, matched, used)
  for (const order of wanting) if (!matched.has(order.id)) matchByTest(order, answers.filter(answer => isAfter(order, answer)), matched, used)
  const answered = new Map([...orders.flatMap(({ id, answeredBy }) => (answeredBy === null ? [] : [[id, answeredBy] as const])), ...matched])
  for (const order of wanting) {
    const twin = matched.has(order.id) ? undefined : orders.find(other => other.id !== order.id && answered.has(other.id) && isTwice(order, other))
    if (twin) matched.set(order.id, answered.get(twin.id)!)
  }
  return matched
}

function matchByName(orders: readonly Order[], wanting: readonly Order[], answers: readonly Answer[], matched: Map<string, string>, used: Set<string>): void {
  for (const answer of answers) {
    if (answer.spokenFor) continue
    const named = orders.filter(order => isNamed(order, answer))
    if (named.length > 0) used.add(answer.resourceId)
    for (const order of named.length === 1 ? named : named.filter(one => meet(one.keys, answer.keys))) if (wanting.includes(order) && !matched.has(order.id)) matched.set(order.id, answer.resourceId)
  }
}

function matchByTest(order: Order, answers: readonly Answer[], matched: Map<string, string>, used: Set<string>): void {
  const free = answers.filter(({ resourceId, reportId }) => !used.has(resourceId) && (reportId === null || !used.has(reportId)))
  const same = free.find(answer => meet(order.keys, answer.keys))
  if (same) {
    matched.set(order.id, same.resourceId)
    used.add(same.resourceId)
    return
  }
  const members = membersOf(order.keys)
  const came = members.filter(member => free.some(answer => answer.keys.includes(member)))
  if (members.length === 0 || came.length * 100 < members.length * mostOfGroup) return
  const of = free.filter(answer => meet(answer.keys, came))
  matched.set(order.id, of[0]!.reportId ?? of[0]!.resourceId)
  for (const { resourceId } of of) used.add(resourceId)
}
