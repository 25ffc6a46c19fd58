import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { aVisitor, fieldIn, type Visitor } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, smallSchedule, type TestSchedule } from '#test/schedule.ts'

let house: RunningHouse, s: TestSchedule, her: Visitor
const both = (words: string) => ({ en: words, es: `${words} (es)` })
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z', isDemo: true })
  s = await aSchedule(house, {
    reasons: [
      { words: both('I feel ill'), to: 'shot', ask: [{ words: both('Does your chest hurt?'), to: 'danger' }, { words: both('Do you think of hurting yourself?'), to: 'danger-self' }, { words: both('For long?'), to: 'check-up' }, { words: both('Is it a wound?'), to: 'call' }, { words: both('Were you here?'), to: 'talk' }] },
      { words: both('A look at all of me'), to: 'check-up' }, { words: both('Poison'), to: 'danger' }, { words: both('A talk'), to: 'talk' }, { words: both('A mole'), to: 'call' },
    ],
    types: smallSchedule.types,
  })
})
after(() => house.close())
beforeEach(async () => {
  await house.db.owner.query('truncate scheduling.newcomer, scheduling.claim, scheduling.hold, platform.rate_count')
  her = aVisitor(house)
})
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
const reasonOf = async (words: string) => (await rows('select id from scheduling.reason where words_en = $1', words))[0].id as string
async function answered(words: string, ...said: string[]): Promise<Record<string, string>> {
  const id = await reasonOf(words)
  const asked = await rows('select id from scheduling.screening where reason_id = $1 order by place', id)
  return { reason: id, do: 'answer', ...Object.fromEntries(asked.flatMap((row, index) => (said[index] === undefined ? [] : [[`s-${row.id}`, said[index]]]))) }
}
const say = async (words: string, ...said: string[]) => her.post('/book', await answered(words, ...said))
const shows = async (words: string, said: string[], ...patterns: RegExp[]) => {
  const answer = await say(words, ...said)
  const html = await answer.text()
  assert.equal(answer.status, 200, `${words} ${said.join()}`)
  for (const pattern of patterns) assert.match(html, pattern)
  return html
}
const kept = async () => (await rows('select (select count(*) from scheduling.newcomer) + (select count(*) from scheduling.hold) + (select count(*) from audit.event) + (select count(*) from work.task) as n'))[0].n

describe('what it is about, for somebody new', () => {
  test('leads to a kind of visit for newcomers, to a call, or to whom to call now, as in the portal; and nothing of it is kept', async () => {
    const before = await kept()
    assert.match(await (await her.post('/book', { reason: await reasonOf('I feel ill') })).text(), /Does your chest hurt\?[^]*Were you here\?/)
    await shows('I feel ill', ['no', 'no', 'no', 'no', 'no'], /Choose a time[^]*Vaccine/)
    await shows('I feel ill', ['no', 'no', 'yes', 'yes', 'no'], /Choose a time[^]*Check-up/)
    await shows('I feel ill', ['no', 'no', 'no', 'yes', 'no'], /Please call us about this[^]*Call \(802\) 555-0199/)
    await shows('I feel ill', ['no', 'no', 'no', 'no', 'yes'], /Please call us about this/)
    assert.doesNotMatch(await shows('I feel ill', ['yes'], /Call 911/, /book\?all=yes/), /988|name="time"/, 'a danger waits for no other answer')
    assert.doesNotMatch(await shows('I feel ill', ['no', 'yes', 'no', 'no', 'no'], /911[^]*988/), /name="time"/)
    await shows('Poison', [], /Call 911/)
    await shows('A talk', [], /Please call us about this/)
    await shows('A mole', [], /Please call us about this/)
    assert.equal(await kept(), before)
  })
  test('leads to the first visit where it wants one for patients we know, and says so; where there is none, or two, to a call', async () => {
    const are = (who: string, ...types: string[]) => rows('update scheduling.visit_type set who = $1 where id = any ($2)', who, types.map(type => s.typeIds[type]))
    try {
      await are('new', 'check-up')
      await shows('A talk', [], /Choose a time[^]*Check-up[^]*Your first visit with us comes first/, new RegExp(`action="/book/${s.typeIds['check-up']}"`))
      await shows('I feel ill', ['no', 'no', 'no', 'no', 'yes'], /Your first visit with us comes first/)
      assert.doesNotMatch(await shows('A look at all of me', [], /Choose a time[^]*Check-up/), /comes first/)
      await shows('A mole', [], /Please call us about this/)
      await are('staff', 'talk')
      await shows('A talk', [], /Please call us about this/)
      await are('established', 'talk')
      await are('new', 'shot')
      await shows('A talk', [], /Please call us about this/)
    } finally {
      await are('anyone', 'check-up', 'shot')
      await are('established', 'talk')
    }
  })
  test('goes in no address, comes from no cache, and leaves no cookie', async () => {
    const [start, answer] = [await her.get('/book'), await say('I feel ill', 'no', 'no', 'yes', 'no', 'no')]
    const html = await start.text()
    assert.match(html, /What is it about\?[^]*I feel ill[^]*Poison[^]*\/book\?all=yes/)
    assert.doesNotMatch(html, new RegExp(`href="[^"]*${await reasonOf('I feel ill')}`))
    assert.match(html, /<form method="post"|<form[^>]*method="post"/)
    for (const one of [start, answer]) {
      assert.match(one.headers.get('cache-control')!, /no-store/)
      assert.equal(one.headers.get('set-cookie'), null)
      assert.equal(one.headers.get('location'), null)
    }
    assert.doesNotMatch(await answer.text(), new RegExp(`(href|action)="[^"]*(about|${await reasonOf('I feel ill')})`))
  })
  test('stands, in the reader’s language, before what they write themselves; once they have written, theirs does', async () => {
    const times = await (await her.post('/es/book', await answered('A look at all of me'))).text()
    assert.match(times, /Chequeo/)
    const [time, about] = [/value="([^"]+)" name="time"/.exec(times)![1]!, fieldIn(times, 'about')]
    const held = await (await her.post(`/es/book/${s.typeIds['check-up']}`, { how: 'in-person', time, about })).text()
    assert.match(held, />A look at all of me \(es\)<\/textarea>/)
    const key = fieldIn(held, 'key')
    const said = { key, for: 'self', asker: '', name: 'Nora Quill', 'birth-date': '1988-02-29', contact: 'nora@mail.example', speaks: 'en', needs: '', pays: 'insurance', plan: '', reason: '' }
    assert.equal((await her.post('/es/book/about', said)).status, 200)
    assert.doesNotMatch(await (await her.post('/es/book/about', { key, do: 'change' })).text(), /A look at all of me/)
  })
  test('a list of kinds stays as another way in; and is the first page where there are no reasons', async () => {
    assert.doesNotMatch(await her.read('/book'), /Check-up/)
    assert.match(await her.read('/book?all=yes'), /Check-up[^]*Vaccine[^]*href="\/book">What is it about/)
    assert.match(await her.read('/es/book'), /¿De qué se trata\?[^]*I feel ill \(es\)[^]*\/es\/book\?all=yes/)
  })
  test('what is missing is asked again with what was answered; what is no reason, or no answer, leads nowhere', async () => {
    const again = await say('I feel ill', 'no', 'no', 'yes', 'maybe')
    const html = await again.text()
    assert.equal(again.status, 422)
    assert.match(html, /Please choose one\./)
    assert.match(html, /href="#s-[^"]+">[^<]*\?[^<]*Please choose one\./, 'the list at the top says which question')
    assert.match(html, /checked/)
    assert.equal((await say('I feel ill')).status, 422)
    for (const reason of ['', 'x', randomUUID(), '__proto__', "' or 1=1 --"]) assert.equal((await her.post('/book', { reason })).status, 422, reason)
    assert.equal((await her.post('/book', { reason: 'x'.repeat(1_000_000) })).status, 413)
    assert.equal((await her.post('/book', { reason: await reasonOf('I feel ill'), [`s-${randomUUID()}`]: 'yes', 'do': 'answer' })).status, 422)
    const other = await answered('I feel ill', 'no', 'no', 'no', 'no', 'no')
    await shows('A mole', [], /Please call us/)
    assert.match(await (await her.post('/book', { ...other, reason: await reasonOf('A mole') })).text(), /Please call us/, 'answers to another reason count for nothing')
    assert.equal((await her.post(`/book/${s.typeIds['check-up']}`, { how: 'in-person', time: `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse('2026-11-25T14:00:00Z')}`, about: randomUUID() })).status, 200, 'a reason that is none is none')
  })
  test('times are looked for only so often, also behind the reasons', async () => {
    const seen = new Set<number>()
    for (let i = 0; i < 400 && !seen.has(429); i++) seen.add((await say('A look at all of me')).status)
    assert.deepEqual([...seen], [200, 429])
  })
})
