import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { visitLink } from '#scheduling'
import { pages } from '#root/routes.ts'
import { chromiumPath, openBrowser, type Browsing } from '#test/browser.ts'
import { addressesOf } from './addresses.ts'
import { aFullHouse, type FullHouse, type Who } from './full-house.ts'
import { findFaults, hear } from './look-at-page.ts'

const isPage = (pattern: string) => !/^\/(assets|pictures|robots|sitemap|sign-out|session\/)|\/document\/|\.ics$/.test(pattern)

/** What the crawl of the demo does not meet: the portal in Spanish, and pages that wait for something to happen. */
describe('pages that a fresh demo does not show', { timeout: 280_000, skip: !chromiumPath() && 'no Chromium here' }, () => {
  let house: FullHouse, addresses: Record<string, string>, browsing: Browsing
  before(async () => {
    house = await aFullHouse()
    addresses = await addressesOf(house, house.anna)
    browsing = await openBrowser({ viewport: { width: 1280, height: 900 } })
  })
  after(async () => { await browsing?.close(); await house?.close() })

  async function look(cookie: string, paths: readonly string[], see?: RegExp): Promise<string[]> {
    const complaints: string[] = []
    const [name, value] = cookie.split('=')
    await browsing.context.clearCookies()
    if (value) await browsing.context.addCookies([{ name: name!, value, url: house.url }])
    const page = await browsing.context.newPage()
    hear(page, house.url, words => complaints.push(`${page.url()}: ${words}`))
    for (const path of paths) {
      const answer = await page.goto(house.url + path)
      if (answer!.status() >= 500) complaints.push(`${path}: ${answer!.status()}`)
      if (see && !see.test(await page.content())) complaints.push(`${path}: does not show ${see.source}`)
      complaints.push(...(await findFaults(page)).map(words => `${path}: ${words}`))
    }
    await page.close()
    return complaints
  }

  test('the portal in Spanish, for a patient', async () => {
    await house.db.owner.query("update accounts.person set locale = 'es' where id = $1", [house.anna.personId])
    await house.db.owner.query("update platform.session set locale = 'es' where person_id = $1", [house.anna.personId])
    const patterns = Object.keys(pages).filter(pattern => pages[pattern]!.for === 'patient' && isPage(pattern))
    assert.ok(patterns.length >= 13)
    assert.deepEqual(await look(house.anna.session.cookie, [...patterns.map(pattern => addresses[pattern]!), '/prove?next=/portal/download', `/portal/results/${house.bert.patientId}`], /<html[^>]* lang="es"/), [])
  })
  test('the link of a message about a visit, its times and what it asks, in both languages', async () => {
    const visit = await house.one("select id from scheduling.appointment where patient_id = $1 and status = 'booked' and starts_at > $2::timestamptz order by starts_at desc limit 1", [house.anna.patientId, house.house.now()])
    for (const locale of ['en', 'es'] as const) {
      const link = await inTransaction(house.system('scheduling.remind'), tx => visitLink(tx, visit, { way: 'mail', to: 'anna@patient.example', personId: house.anna.personId, locale }))
      assert.deepEqual(await look('', [link, `${link}/move`, `${link}/move?to=1796140800000`, `${link}?said=changed`], locale === 'en' ? /Heron Street|visit/ : /cita/), [])
    }
  })
  const waiting: readonly [Who, string][] = [['front-desk', '/console/imports/matches/:id'], ['front-desk', '/console/imports/joined/:id'], ['manager', '/console/outbox/:id'], ['front-desk', '/console/texts/:id'], ['manager', '/console/feeds/pull/:id'], ['manager', '/console/feeds/senders/:id'], ['clinician', '/console/feeds/messages/:id'], ['clinician', '/console/inbox/:id'], ['clinician', '/console/notes/:id'], ['clinician', '/console/feedback/:id'], ['clinician', '/console/results/:id'], ['patient', '/portal/feedback/:id'], ['patient', '/portal/results/waiting'], ['patient', '/portal/appointments/held/:id'], ['patient', '/portal/appointments/offers/:id'], ['patient', '/portal/appointments/waiting/:id'], ['front-desk', '/console/schedule/waitlist/:id'], ['front-desk', '/console/schedule/newcomers/:id'], ['half', '/sign-in/second-factor'], ['visitor', '/activate/:code'], ['visitor', '/portal/settings/email/:token']]
  test('what waits for somebody: a match, a mail, a task, a second step, a letter', async () => {
    for (const [who, pattern] of waiting) assert.deepEqual(await look(house.people[who].cookie, [addresses[pattern]!]), [], pattern)
  })
  test('a calendar that an EHR keeps: what is to be copied, and a clinician’s own calendar', async () => {
    await house.db.owner.query("insert into scheduling.calendar (source, reminds) values ('ehr', true)")
    await house.db.owner.query("insert into scheduling.copy_line (appointment_id, what, opened_at, due_at) select id, 'book', now(), now() from scheduling.appointment where patient_id = $1 and status = 'booked' limit 1", [house.anna.patientId])
    assert.deepEqual(await look(house.people['front-desk'].cookie, ['/console/schedule/copy', addresses['/console/schedule/received/:id']!], /Marlowe/), [])
    assert.deepEqual(await look(house.people.clinician.cookie, ['/console/schedule/feed']), [])
    await house.db.owner.query('delete from scheduling.calendar')
  })
  test('each role’s own first pages', async () => {
    for (const who of ['care-team', 'billing', 'editor', 'caregiver'] as const) assert.deepEqual(await look(house.people[who].cookie, who === 'caregiver' ? ['/portal', '/portal/switch'] : ['/console', '/console/inbox', '/console/account']), [], who)
  })
})
