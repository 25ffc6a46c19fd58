import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { chromiumPath, openBrowser, type Browsing } from '#test/browser.ts'
import { findFaults, hear } from '#test/e2e/look-at-page.ts'
import { aPatientPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'

describe('danger in words, while they are being typed', { skip: !chromiumPath() && 'no Chromium here', timeout: 120_000 }, () => {
  let house: RunningHouse, patientId = '', personId = '', ask = ''
  const open: Browsing[] = []
  const complaints: string[] = []
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    patientId = (await bringRecords(house, 'ehr', [fhir.patient('p1'), fhir.lab('sugar', '2345-7', 130, range(70, 99, 'H'))])).get('p1')!
    personId = (await aPatientPerson(house, { patientId })).personId
    ask = `/portal/results/${(await house.db.owner.query('select id from records.result limit 1')).rows[0].id}/ask`
  })
  after(async () => { for (const browsing of open) await browsing.close(); await house.close() })

  async function aPage(options: BrowserContextOptions = {}, locale: 'en' | 'es' = 'en'): Promise<Page> {
    const browsing = await openBrowser({ viewport: { width: 390, height: 844 }, ...options })
    open.push(browsing)
    const [name, value] = (await signedInAs(house, { personId, actingFor: patientId, locale })).cookie.split('=')
    await browsing.context.addCookies([{ name: name!, value: value!, url: house.url }])
    const page = await browsing.context.newPage()
    page.setDefaultTimeout(10_000)
    complaints.length = 0
    hear(page, house.url, words => complaints.push(words))
    await page.goto(house.url + ask)
    return page
  }
  const panel = (page: Page) => page.locator('[data-watch-words] .notice')
  const type = async (page: Page, words: string) => { await page.locator('textarea').fill(''); await page.locator('textarea').pressSequentially(words) }
  const send = (page: Page) => page.locator('main form button:not([name])').click()
  const sent = async () => (await house.db.owner.query('select r.danger, r.danger_kinds, t.body from feedback.report r join work.task t on t.subject_id = r.id and t.kind = $1 order by r.sent_at desc, r.id desc limit 1', ['patient-question'])).rows[0]
  const pages = async () => Number((await house.db.owner.query('select count(*) as n from work.page')).rows[0].n)

  test('whom to call comes up beside the text: hands and eyes stay where they are, nothing leaves the page, and axe finds nothing', async () => {
    const page = await aPage()
    await page.locator('textarea').click()
    const before = await page.locator('textarea').boundingBox()
    const asked: string[] = []
    await page.waitForLoadState('networkidle')
    page.on('request', request => asked.push(request.url()))
    await page.keyboard.type('Since noon my chest hurts')
    await panel(page).waitFor()
    assert.equal(await page.locator('[data-watch-words]').getAttribute('aria-live'), 'polite')
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA')
    await page.keyboard.type(' and my arm is numb.')
    assert.equal(await page.locator('textarea').inputValue(), 'Since noon my chest hurts and my arm is numb.')
    assert.deepEqual(await page.locator('textarea').boundingBox(), before)
    assert.deepEqual(asked, [])
    assert.ok(await panel(page).locator('a[href="tel:911"]').isVisible())
    assert.ok(await panel(page).getByText('802').first().isVisible())
    assert.ok(await panel(page).locator('a[href="tel:988"]').isHidden())
    assert.deepEqual(await findFaults(page), [])
    assert.deepEqual(complaints, [])
  })

  test('a line that the practice has not set is not there; in Spanish all of it is Spanish', async () => {
    const { rows: [{ phone }] } = await house.db.owner.query('select phone from practice.profile')
    await house.db.owner.query('update practice.profile set phone = null')
    const page = await aPage({}, 'es')
    await type(page, 'Me quiero morir.')
    await panel(page).waitFor()
    const words = await panel(page).innerText()
    await house.db.owner.query('update practice.profile set phone = $1', [phone])
    assert.match(words, /Llame al 911/)
    assert.match(words, /988/)
    assert.doesNotMatch(words, /Llámenos:|call|happening/i)
  })

  test('it goes when the words are gone; what was said of one danger is asked again with another', async () => {
    const page = await aPage()
    await type(page, 'I have chest pain')
    await panel(page).waitFor()
    await page.getByText('No, this is not happening now.').click()
    await page.locator('textarea').press('End')
    await page.keyboard.type('. I want to die')
    await panel(page).locator('a[href="tel:988"]').waitFor()
    assert.equal(await panel(page).locator(':checked').count(), 0)
    assert.ok(await panel(page).locator('input[name=danger-about]').isDisabled())
    await type(page, 'When do you open?')
    await panel(page).waitFor({ state: 'detached' })
  })

  test('"not happening now" goes with the form and stands with the work; nobody is paged', async () => {
    const page = await aPage()
    await type(page, 'My chest hurt when I ran. My chest hurts a little still.')
    await page.getByText('No, this is not happening now.').click()
    await send(page)
    await page.waitForURL(/said=asked/)
    const { body, ...rest } = await sent()
    assert.deepEqual(rest, { danger: 'not-now', danger_kinds: ['chest'] })
    assert.match(body, /said no: nobody was paged/)
    assert.equal(await pages(), 0)
  })

  test('"yes" pages whoever is on call; without a choice the server asks, and its word counts', async () => {
    const page = await aPage()
    await type(page, 'I can’t breathe.')
    await panel(page).waitFor()
    await send(page)
    await page.getByRole('button', { name: 'This is not happening now. Send it.' }).waitFor()
    assert.equal(await panel(page).count(), 0, 'what the server has asked about is not shown twice')
    await type(page, 'I can’t breathe. I want to die.')
    await panel(page).locator('a[href="tel:988"]').waitFor()
    await page.getByText('Yes. Alert the team when I send it.').click()
    await send(page)
    await page.waitForURL(/said=asked/)
    assert.deepEqual((await sent()).danger_kinds.toSorted(), ['breathing', 'self-harm'])
    assert.equal(await pages(), 1)
  })

  test('without script nothing shows while one types, and the server asks as before', async () => {
    const page = await aPage({ javaScriptEnabled: false })
    await page.locator('textarea').fill('My chest hurts.')
    assert.equal(await panel(page).count(), 0)
    await send(page)
    await page.locator('a[href="tel:911"]').waitFor()
    await page.getByRole('button', { name: 'This is not happening now. Send it.' }).click()
    await page.waitForURL(/said=asked/)
    assert.equal((await sent()).danger, 'not-now')
  })
})
