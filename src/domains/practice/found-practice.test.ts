import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Conflict } from '#platform/errors.ts'
import { businessDeadline, businessHours, practiceCard, practiceZone, readPractice } from '#practice'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aPractice } from '#test/practice.ts'

let house: TestHouse
before(async () => { house = await aHouse({ now: '2026-11-23T15:00:00Z' }) })
after(() => house.close())

test('before setup there is a card with no practice on it, and business hours all the same', async () => {
  const card = await practiceCard(house.visitor())
  assert.equal(card.isPublished, false)
  assert.deepEqual(card.places.en, [])
  const due = await businessDeadline(house.visitor(), { start: new Date('2026-11-20T21:30:00Z'), minutes: 60 })
  assert.equal(due.toISOString(), '2026-11-23T14:30:00.000Z')
})

test('founds a practice once; the second is refused', async () => {
  await aPractice(house)
  await assert.rejects(aPractice(house), Conflict)
  const practice = await readPractice(house.visitor())
  assert.equal(practice?.profile.name, 'Heron Street Clinic')
  assert.deepEqual(practice?.clinicians.map(({ slug }) => slug), ['nell-harrow', 'ivo-marsh'])
  assert.equal(practice?.clinicians[0]?.acceptingCheckedOn, '2026-11-23')
})

test('the card says name, telephone, hours and the way on, in both languages', async () => {
  const card = await practiceCard(house.visitor())
  assert.deepEqual(card.phone, { text: '(802) 555-0199', number: '+18025550199' })
  assert.deepEqual(card.places.en[0]?.hours, ['Monday to Friday, 8\u00a0am to 5\u00a0pm'])
  assert.deepEqual(card.places.es[0]?.hours, ['Lunes a viernes, de 8\u00a0a.\u00a0m. a 5\u00a0p.\u00a0m.'])
  assert.equal(card.places.es[0]?.href, '/es/locations/heron-street')
  assert.deepEqual(card.footer.en.map(({ href }) => href), ['/language-help', '/accessibility', '/privacy-practices', '/nondiscrimination', '/privacy'])
  assert.equal(card.action.en.words, 'Become a patient')
  assert.match(card.facts.brandHref ?? '', /^\/assets\/brand-[0-9a-f]{12}\.css$/)
})

test('a deadline runs in the hours of the place and steps over Thanksgiving', async () => {
  const { locations } = (await readPractice(house.visitor()))!
  const due = await businessDeadline(house.visitor(), { start: new Date('2026-11-25T21:00:00Z'), minutes: 120, locationId: locations[0]!.id })
  assert.equal(due.toISOString(), '2026-11-27T14:00:00.000Z')
  assert.equal(await practiceZone(house.visitor()), 'America/New_York')
  assert.equal((await businessHours(house.visitor(), '00000000-0000-4000-8000-000000000000')).zone, 'America/New_York')
})

test('a visitor can read the practice and cannot write it, whatever the code says', async () => {
  const { inTransaction } = await import('#platform/db.ts')
  const { db } = await import('./tables.ts')
  await assert.rejects(inTransaction(house.visitor(), tx => db(tx).insertInto('practice.insurance_plan').values({ name: 'Mine', checked_on: '2026-11-23' }).execute()), /row-level security/)
  const changed = await inTransaction(house.visitor(), tx => db(tx).updateTable('practice.profile').set({ name: 'Mine' }).executeTakeFirst())
  assert.equal(changed.numUpdatedRows, 0n)
})
