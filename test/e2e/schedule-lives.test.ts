import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { chromiumPath, type Browsing } from '#test/browser.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { aDeskPerson, aPatient, aVisitHouse, sitDown, type Visitor, type VisitHouse } from './visit-house.ts'

const tuesday = '2026-11-24'
const day = `/console/schedule?day=${tuesday}`
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('an open schedule', { skip: !chromiumPath() && 'no Chromium here', timeout: 300_000 }, () => {
  let house: VisitHouse, ana: Visitor, dee: Visitor, other: SignedIn
  const open: Browsing[] = []
  before(async () => {
    house = await aVisitHouse('2026-11-23T15:00:00Z')
    ;[ana, dee] = [await aPatient(house, 'Ana'), await aDeskPerson(house)]
    other = await signedInAs(house, { personId: (await aDeskPerson(house)).personId, name: 'Another desk', roles: ['front-desk'] })
  })
  after(async () => {
    for (const one of open) await one.close()
    await house.shut()
    assert.deepEqual(house.complaints, [])
  })
  const sit = async (...[who, options = {}]: [Visitor, Parameters<typeof sitDown>[2]?]) => { const seat = await sitDown(house, who, { viewport: { width: 1280, height: 900 }, ...options }); open.push(seat.browsing); return seat.page }
  const at = (clock: string) => `${house.s.resourceIds['nell-harrow']}.${house.s.placeId}.${Date.parse(`${tuesday}T${clock}:00Z`)}`
  async function book(clock: string): Promise<string> {
    const answer = await other.post(`/console/schedule/book/${ana.actingFor}`, { type: house.s.typeIds['check-up']!, how: 'in-person', time: at(clock), reason: '', pays: 'unsure' })
    assert.match(answer.headers.get('location') ?? '', /said=booked/)
    return answer.headers.get('location')!.replace(/\?.*/, '')
  }
  const isLive = (page: Page) => page.locator('rapport-live[is-live]').waitFor()

  test('shows what was booked, moved and cancelled elsewhere within a second, says so, and keeps the place of who looks on', async () => {
    const page = await sit(dee)
    await page.goto(house.url + day)
    await isLive(page)
    assert.equal(await page.getByRole('link', { name: 'Refresh' }).isVisible(), false)
    const free = page.locator('.free a').last()
    await free.focus()
    const was = await free.getAttribute('href')
    const visit = await book('14:00')
    const box = page.locator('.visit', { hasText: 'Ana Marlowe' })
    await box.waitFor({ timeout: 1_000 })
    assert.equal(await page.locator('[role=status]', { hasText: '1 visit changed.' }).count(), 1)
    assert.match(await page.locator('#schedule-lead').innerText(), /One visit/)
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), was)
    const version = /name="version" value="(\d+)"/.exec(await (await other.get(`${visit}/move`)).text())![1]!
    await other.post(`${visit}/move`, { how: 'in-person', time: at('15:00'), version })
    await page.waitForFunction(() => /10:00/.test(document.querySelector('.visit')?.textContent ?? ''), undefined, { timeout: 1_000 })
    const now = /name="version" value="(\d+)"/.exec(await (await other.get(visit)).text())![1]!
    await other.post(visit, { action: 'cancel', reason: 'practice', version: now })
    await box.waitFor({ state: 'detached', timeout: 1_000 })
  })
  test('on another day reads itself again and says nothing', async () => {
    const page = await sit(dee)
    await page.goto(`${house.url}/console/schedule?day=2026-11-25`)
    await isLive(page)
    const read = page.waitForResponse(answer => answer.url().includes('day=2026-11-25') && answer.request().headers()['rapport-live'] === 'yes')
    await book('16:00')
    await read
    await page.waitForTimeout(200)
    assert.equal(await page.locator('[role=status]').innerText(), '')
  })
  test('a patient’s own list follows the desk; another’s hears nothing', async () => {
    const visit = await book('14:30')
    const [hers, theirs] = [await sit(ana), await sit(await aPatient(house, 'Bea'))]
    let asked = 0
    theirs.on('request', request => { if (request.headers()['rapport-live'] === 'yes') asked++ })
    for (const page of [hers, theirs]) { await page.goto(`${house.url}/portal/appointments`); await isLive(page) }
    await hers.getByText(/9:30/).first().waitFor()
    const version = /name="version" value="(\d+)"/.exec(await (await other.get(visit)).text())![1]!
    await other.post(visit, { action: 'cancel', reason: 'practice', version })
    await hers.waitForFunction(() => !/9:30/.test(document.getElementById('visits-ahead')?.textContent ?? ''), undefined, { timeout: 1_000 })
    assert.match(plain(await hers.locator('[role=status]').last().innerText()), /A visit has changed/)
    assert.equal(asked, 0)
  })
  test('is gone from the screen a second after its session ended', async () => {
    const page = await sit(dee)
    await page.goto(house.url + day)
    await isLive(page)
    await house.db.owner.query("update platform.session set ended_at = now(), ended_because = 'signed-out' where person_id = $1 and ended_at is null", [dee.personId])
    await page.waitForURL(/\/sign-in/, { timeout: 2_500 })
    assert.doesNotMatch(await page.locator('body').innerText(), /Marlowe/)
  })
  test('without script is a page with a link that reads it again', async () => {
    const page = await sit(dee, { javaScriptEnabled: false })
    await page.goto(house.url + day)
    await book('15:30')
    await page.getByRole('link', { name: 'Refresh' }).click()
    await page.locator('.visit').first().waitFor()
  })
})
