import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { matchOrders, type Answer, type Order } from './match-orders.ts'
import { codeKeys, isTestOrder, orderNumbers, readOrder } from './read-order.ts'
import { panelMembers } from './data/panel-members.data.ts'
import { knowTest } from './explain/know-tests.ts'

const at = (day: number, hour = 12) => new Date(Date.UTC(2026, 10, day, hour))
const ln = (...codes: string[]) => codes.flatMap(code => codeKeys({ coding: [{ system: 'http://loinc.org', code }] }, 'any'))
const order = (id: string, more: Partial<Order> = {}): Order => ({ id, source: 'ehr', sourceId: id, alias: null, keys: ln('2345-7'), numbers: [], orderedAt: at(10), expectedAt: at(19), over: null, answeredBy: null, ...more })
const answer = (id: string, more: Partial<Answer> = {}): Answer => ({ resourceId: id, reportId: null, source: 'lab', keys: ln('2345-7'), numbers: [], basedOn: [], happenedAt: at(12), receivedAt: at(14), spokenFor: false, ...more })
const match = (orders: Order[], answers: Answer[]) => Object.fromEntries(matchOrders(orders, answers))
const other = { keys: ln('718-7') }

describe('R20 which result answers which order', () => {
  test('a reference to it, within its source alone', () => {
    const named = answer('r', { ...other, source: 'ehr', basedOn: ['o'] })
    assert.deepEqual(match([order('o')], [named]), { o: 'r' })
    assert.deepEqual(match([order('x', { sourceId: 'x', alias: 'o' })], [named]), { x: 'r' })
    assert.deepEqual(match([order('o')], [{ ...named, source: 'lab' }]), {})
  })
  test('its number, whoever sends it; of several orders under one number the one whose test it is', () => {
    assert.deepEqual(match([order('o', { numbers: ['P1'] })], [answer('r', { ...other, numbers: ['F7', 'P1'] })]), { o: 'r' })
    const two = [order('sugar', { numbers: ['G'] }), order('blood', { ...other, numbers: ['G'] })]
    assert.deepEqual(match(two, [answer('r', { ...other, numbers: ['G'] })]), { blood: 'r' })
    assert.deepEqual(match(two, [answer('r', { keys: ln('3016-3'), numbers: ['G'] })]), {})
    // The other has been answered before: a remark under the same number still answers nothing.
    assert.deepEqual(match([{ ...two[0]!, answeredBy: 'before' }, two[1]!], [answer('r', { keys: ln('3016-3'), numbers: ['G'] })]), {})
  })
  test('the same test after the order, by any code that means it; not before, not another', () => {
    assert.deepEqual(match([order('o')], [answer('r', { keys: ln('2339-0') })]), { o: 'r' })
    assert.deepEqual(match([order('o')], [answer('r', other)]), {})
    assert.deepEqual(match([order('o')], [answer('r', { happenedAt: at(9, 13) })]), { o: 'r' }, 'taken hours before it was written down')
    assert.deepEqual(match([order('o')], [answer('r', { happenedAt: at(9, 11) })]), {})
    assert.deepEqual(match([order('again')], [answer('r', { happenedAt: at(10, 8), receivedAt: at(10, 11) })]), {}, 'what was read this morning is why it was ordered again')
    assert.deepEqual(match([order('o')], [answer('r', { receivedAt: at(10, 11) })]), { o: 'r' }, 'a clock that is wrong hides nothing')
    assert.deepEqual(match([order('later', { expectedAt: new Date('2027-02-10') })], [answer('r', { happenedAt: at(10, 11) })]), {}, 'this morning’s sample is not that of three months from now')
  })
  test('one result answers one order, the one expected first; what has answered one answers no other', () => {
    const [soon, later] = [order('soon', { numbers: ['P1'] }), order('later', { expectedAt: new Date('2027-02-10') })]
    assert.deepEqual(match([later, soon], [answer('r')]), { soon: 'r' })
    assert.deepEqual(match([later, soon], [answer('r', { numbers: ['P1'] })]), { soon: 'r' })
    assert.deepEqual(match([later], [answer('r', { spokenFor: true })]), {})
    assert.deepEqual(match([later, soon], [answer('r', { numbers: ['P1'], keys: ln('51990-0') }), answer('t', { reportId: 'r' })]), { soon: 'r' }, 'nor do the tests of that report')
    assert.deepEqual(match([later, soon], [answer('r'), answer('r2', { happenedAt: at(13) })]), { soon: 'r', later: 'r2' })
  })
  test('an order that is over takes what is its own: by name, and where it was done by what it is; a result of it answers no other', () => {
    const [later, mine] = [order('later', { expectedAt: new Date('2027-02-10') }), { numbers: ['P1'] }]
    for (const over of ['done', 'gone'] as const) assert.equal(match([order('over', { over, ...mine }), later], [answer('r', mine)]).later, undefined, over)
    assert.deepEqual(match([order('done', { over: 'done' }), later], [answer('r')]), { done: 'r' })
    assert.deepEqual(match([order('gone', { over: 'gone' }), later], [answer('r')]), { later: 'r' })
  })
  test('the same order written down here and in the record system is answered by one result; two of one system are two', () => {
    assert.deepEqual(match([order('ehr', { numbers: ['P1'] }), order('own', { source: 'rapport', orderedAt: at(11), expectedAt: at(20) })], [answer('r', { numbers: ['P1'] })]), { ehr: 'r', own: 'r' })
    assert.deepEqual(match([order('ehr', { answeredBy: 'r' }), order('own', { source: 'rapport' })], []), { own: 'r' })
    assert.deepEqual(match([order('a', { numbers: ['P1'] }), order('b', { numbers: ['P2'] })], [answer('r', { numbers: ['P1'] })]), { a: 'r' })
  })
  test('a group of tests is answered by its report, or when most of its tests have come; a basic check is not a full one', () => {
    const [basic, full] = [order('basic', { keys: ln('51990-0') }), order('full', { keys: ln('24323-8') })]
    const tests = panelMembers['51990-0']!.map((code, index) => answer(`t${index}`, { keys: ln(code) }))
    assert.deepEqual(match([basic], [answer('r', { keys: ln('24320-4') })]), { basic: 'r' })
    assert.deepEqual(match([basic], tests), { basic: 't0' })
    assert.deepEqual(match([basic], tests.slice(0, 5)), {})
    assert.deepEqual(match([basic], tests.slice(0, 6)), { basic: 't0' })
    assert.deepEqual(match([full], tests), {})
    for (const [group, members] of Object.entries(panelMembers)) for (const code of [group, ...members]) assert.equal(knowTest(code)?.canonical, code, `${group} ${code}`)
  })
  test('a laboratory’s own number is a test only within its source; words stand in where there is no code', () => {
    const own = (source: string) => codeKeys({ coding: [{ system: 'urn:hl7:L', code: '1001' }] }, source)
    assert.deepEqual(match([order('o', { keys: own('ehr') })], [answer('r', { keys: own('lab') })]), {})
    assert.deepEqual(match([order('o', { keys: own('lab') })], [answer('r', { keys: own('lab') })]), { o: 'r' })
    assert.deepEqual(codeKeys({ text: 'Odd Test' }, 'lab'), ['lab|words|odd test'])
    assert.deepEqual(codeKeys(undefined, 'lab'), [])
  })
})

describe('an order as it was sent', () => {
  const sent = (more: Record<string, unknown> = {}) => ({ resourceType: 'ServiceRequest', status: 'active', intent: 'order', code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }] }, ...more })
  test('states as they bear on waiting', () => {
    assert.deepEqual(['active', 'on-hold', 'revoked', 'completed', 'entered-in-error', 'unknown', undefined, 7].map(status => readOrder(sent({ status }), 'ehr').state), ['open', 'on-hold', 'cancelled', 'completed', 'cancelled', 'open', 'open', 'open'])
  })
  test('tests and pictures are waited for; referrals, wishes, drafts and what is not to be done are not', () => {
    const of = (code: string) => [{ coding: [{ code }] }]
    assert.ok(isTestOrder(sent()) && isTestOrder(sent({ category: of('108252007'), code: { text: 'Anything' } })) && isTestOrder(sent({ category: of('363679005') })))
    for (const more of [{ category: of('3457005'), code: { text: 'To a specialist' } }, { category: of('409063005'), code: { text: 'Talk' } }, { intent: 'proposal' }, { intent: 'plan' }, { status: 'draft' }, { doNotPerform: true }]) assert.ok(!isTestOrder(sent(more)), JSON.stringify(more))
  })
  test('numbers of sender and laboratory, and not of people; rubbish in a field is nothing in it', () => {
    assert.deepEqual(orderNumbers({ identifier: [{ type: { coding: [{ code: 'PLAC' }] }, value: 'P1' }, { value: 'X' }, { type: { coding: [{ code: 'MR' }] }, value: 'KF-77' }, { value: 7 }, { value: 'y'.repeat(101) }], basedOn: [{ identifier: { value: 'P9' } }] }), ['P1', 'X', 'P9'])
    for (const rubbish of [{}, { identifier: 'x', code: 7, requester: [], authoredOn: 'soon', occurrenceDateTime: {}, occurrencePeriod: 'x', occurrenceTiming: { event: 4 } }]) assert.doesNotThrow(() => readOrder(rubbish, 'ehr'))
    const read = readOrder(sent({ authoredOn: '2026-11-20T09:00:00-05:00', occurrenceDateTime: '2026-12-01', requester: { display: 'Dr. Ada Okafor' } }), 'ehr')
    assert.deepEqual([read.orderedAt?.toISOString(), read.plannedFor?.toISOString(), read.orderedBy], ['2026-11-20T14:00:00.000Z', '2026-12-01T12:00:00.000Z', 'Dr. Ada Okafor'])
  })
})
