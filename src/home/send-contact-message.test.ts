import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aPractice } from '#test/practice.ts'
import { checkContact } from './send-contact-message.ts'

let house: RunningHouse
before(async () => {
  house = await aRunningHouse({ now: '2026-11-25T20:00:00Z' })
  await aPractice(house)
})
after(() => house.close())
beforeEach(() => house.db.owner.query('truncate platform.rate_count'))

const fields = { topic: 'new', place: 'heron-street', name: 'Ana Torres', phone: '802 555 0123', email: '', words: 'Do you have room for two?' }
const post = (path: string, more: Partial<typeof fields> = {}, origin = house.url) =>
  fetch(house.url + path, { method: 'POST', headers: { origin }, body: new URLSearchParams({ ...fields, ...more }), redirect: 'manual' })
const tasks = async () => (await house.db.owner.query('select kind, title, body, pool, due_at, location_id, patient_id from work.task order by opened_at, id')).rows

test('what a visitor writes is work for the front desk from its first second, due in open hours', async () => {
  const answer = await post('/es/contact')
  assert.equal(answer.status, 303)
  const thanks = await (await fetch(house.url + answer.headers.get('location'))).text()
  assert.match(thanks, /Gracias/)
  assert.match(thanks, /viernes, 27 de noviembre de 2026/)
  const [task] = await tasks()
  assert.deepEqual([task.kind, task.pool, task.patient_id, task.title], ['contact', 'front-desk', null, 'Wants to become a patient: Ana Torres'])
  assert.equal(task.due_at.toISOString(), '2026-11-27T19:00:00.000Z')     // two hours on Wednesday, Thanksgiving, six on Friday
  assert.match(task.body, /Telephone: 802 555 0123\nLanguage: Spanish\nPlace: Heron Street\n\nDo you have room for two\?/)
})

test('the same words sent twice are one piece of work', async () => {
  const before = (await tasks()).length
  await Promise.all([post('/contact', { words: 'Twice' }), post('/contact', { words: 'Twice' })])
  assert.equal((await tasks()).length, before + 1)
})

test('what is missing is said beside its field, and what was typed stays', async () => {
  const before = (await tasks()).length
  const answer = await post('/contact', { topic: '', phone: '', words: '' })
  const html = await answer.text()
  assert.equal(answer.status, 422)
  assert.match(html, /value="Ana Torres"/)
  assert.match(html, /Give us a number or an e-mail address/)
  assert.match(html, /href="#words"/)
  assert.equal((await tasks()).length, before)
})

test('checks every field', () => {
  assert.deepEqual(checkContact(fields), {})
  assert.deepEqual(checkContact({ topic: 'x', place: '', name: '', phone: '', email: '', words: '' }), { topic: 'need-topic', name: 'need-name', phone: 'need-way', words: 'need-words' })
  assert.deepEqual(checkContact({ ...fields, phone: '12', email: 'ana@' }), { phone: 'bad-phone', email: 'bad-email' })
  assert.deepEqual(checkContact({ ...fields, words: 'x'.repeat(3_001) }), { words: 'too-long' })
})

test('the sixth message of an hour is asked to call, and told when to try again', async () => {
  for (let count = 0; count < 5; count++) assert.equal((await post('/contact', { words: `Message ${count}` })).status, 303)
  const answer = await post('/contact', { words: 'Message 6' })
  assert.equal(answer.status, 429)
  assert.ok(Number(answer.headers.get('retry-after')) > 0)
  assert.match(await answer.text(), /Please call us/)
})

test('a form from another site is refused', async () => {
  assert.equal((await post('/contact', {}, 'https://evil.example')).status, 403)
})

test('the page warns against health details and stands under the emergency line, in both languages', async () => {
  const [en, es] = await Promise.all(['/contact', '/es/contact'].map(async path => (await fetch(house.url + path)).text())) as [string, string]
  assert.match(en, /We read this in office hours\. If it is an emergency, call 911\./)
  assert.match(en, /leave your health out of it/)
  assert.match(es, /Leemos esto en horas de oficina\. Si es una emergencia, llame al 911\./)
  assert.ok(!en.includes('name="_once"'))
})

test('the message is in the task alone: not in the log, not in the trail', async () => {
  await post('/contact', { name: 'Zebulon Quartz', words: 'CANARY-9917' })
  assert.ok(!house.logged.join('').includes('CANARY-9917'))
  const { rows } = await house.db.owner.query("select * from audit.event where action = 'contact.received'")
  assert.ok(rows.length > 0)
  assert.ok(!/CANARY|Zebulon/.test(JSON.stringify(rows)))
})
