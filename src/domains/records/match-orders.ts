import { membersOf } from './read-order.ts'

export type OpenOrder = { id: string; source: string; sourceId: string | null; alias: string | null; keys: readonly string[]; numbers: readonly string[]; orderedAt: Date; expectedAt: Date; answeredBy: string | null }
/** A finished result of the same patient. `spokenFor`: it has answered an order already. */
export type Answer = { resourceId: string; reportId: string | null; source: string; keys: readonly string[]; numbers: readonly string[]; basedOn: readonly string[]; happenedAt: Date; spokenFor: boolean }

const day = 86_400_000
/** A sample is at times taken before the order is written down: so much earlier counts, where the result is expected soon. */
const before = (order: OpenOrder) => (order.expectedAt.getTime() - order.orderedAt.getTime() <= 14 * day ? day : 0)
const isAfter = (order: OpenOrder, answer: Answer) => answer.happenedAt.getTime() >= order.orderedAt.getTime() - before(order)
const meet = (one: readonly string[], other: readonly string[]) => one.some(key => other.includes(key))
/** Of a group's tests, so many of a hundred must have come. A basic check is not yet a full one. */
const mostOfGroup = 75

const isNamed = (order: OpenOrder, answer: Answer) =>
  meet(order.numbers, answer.numbers) || (order.source === answer.source && [order.sourceId, order.alias].some(id => id !== null && answer.basedOn.includes(id)))

/** The same test written down twice, here and in the record system: one result answers both. */
const isTwice = (one: OpenOrder, other: OpenOrder) =>
  one.source !== other.source && meet(one.keys, other.keys) && Math.abs(one.orderedAt.getTime() - other.orderedAt.getTime()) <= 3 * day && Math.abs(one.expectedAt.getTime() - other.expectedAt.getTime()) <= 7 * day

/**
 * Which order each result answers: by the reference it carries, by placer's or filler's number, or by what it is and when. A result answers one
 * order, the one expected first; of orders under one number the one whose test it is. To miss a match asks somebody for nothing; to make a wrong one
 * hides that a result never came: so a result that names another order answers no second one. Pure. Returns the result's resource by order.
 */
export function matchOrders(orders: readonly OpenOrder[], answers: readonly Answer[]): Map<string, string> {
  const matched = new Map<string, string>()
  const used = new Set(answers.filter(({ spokenFor }) => spokenFor).map(({ resourceId }) => resourceId))
  const open = orders.filter(({ answeredBy }) => answeredBy === null).sort((a, b) => a.expectedAt.getTime() - b.expectedAt.getTime())
  const take = (order: OpenOrder, resourceId: string) => { matched.set(order.id, resourceId); used.add(resourceId) }
  const isUsed = ({ resourceId, reportId }: Answer) => used.has(resourceId) || (reportId !== null && used.has(reportId))

  for (const answer of answers) {
    if (answer.spokenFor) continue
    const named = orders.filter(order => isNamed(order, answer))
    for (const order of named.length === 1 ? named : named.filter(one => meet(one.keys, answer.keys))) if (order.answeredBy === null && !matched.has(order.id)) take(order, answer.resourceId)
  }
  for (const order of open) {
    if (matched.has(order.id)) continue
    const free = answers.filter(answer => !isUsed(answer) && isAfter(order, answer))
    const same = free.find(answer => meet(order.keys, answer.keys))
    if (same) { take(order, same.resourceId); continue }
    const members = membersOf(order.keys)
    const came = members.filter(member => free.some(answer => answer.keys.includes(member)))
    if (members.length > 0 && came.length * 100 >= members.length * mostOfGroup) {
      const of = free.filter(answer => meet(answer.keys, came))
      matched.set(order.id, of[0]!.reportId ?? of[0]!.resourceId)
      for (const { resourceId } of of) used.add(resourceId)
    }
  }
  const answered = new Map([...orders.flatMap(({ id, answeredBy }) => (answeredBy === null ? [] : [[id, answeredBy] as const])), ...matched])
  for (const order of open) {
    const twin = matched.has(order.id) ? undefined : orders.find(other => other.id !== order.id && answered.has(other.id) && isTwice(order, other))
    if (twin) matched.set(order.id, answered.get(twin.id)!)
  }
  return matched
}
