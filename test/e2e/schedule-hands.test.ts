import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { chromiumPath, type Browsing } from '#test/browser.ts'
import { signedInAs } from '#test/signed-in.ts'
import { findFaults } from './look-at-page.ts'
import { aDeskPerson, aPatient, aVisitHouse, sitDown, type Visitor, type VisitHouse } from './visit-house.ts'

const here = '/console/schedule'
const tuesday = '2026-11-24'

describe('the schedule under hands', { skip: !chromiumPath() && 'no Chromium here', timeout: 300_000 }, () => {
  let house: VisitHouse, ana: Visitor, dee: Visitor
  const open: Browsing[] = []
  before(async () => {
    house = await aVisitHouse('2026-11-24T15:07:00Z')   // 10:07 in New York
    ;[ana, dee] = [await aPatient(house, 'Ana'), await aDeskPerson(house)]
    const desk = await signedInAs(house, { personId: dee.personId, name: dee.name, roles: ['front-desk'] })
    for (const [who, clock] of [['nell-harrow', '15:30'], ['nell-harrow', '16:30']] as const) {
      const booked = await desk.post(`${here}/book/${ana.actingFor}`, { type: house.s.typeIds['check-up']!, how: 'in-person', time: `${house.s.resourceIds[who]}.${house.s.placeId}.${Date.parse(`${tuesday}T${clock}:00Z`)}`, reason: '', pays: 'unsure' })
      assert.match(booked.headers.get('location') ?? '', /said=booked/)
    }
  })
  afterEach(async () => { for (const one of open.splice(0)) await one.close() })
  after(async () => { await house.shut(); assert.deepEqual(house.complaints, []) })
  const sit = async (path: string, options: Parameters<typeof sitDown>[2] = {}): Promise<Page> => {
    const { page, browsing } = await sitDown(house, dee, { viewport: { width: 1280, height: 900 }, ...options })
    open.push(browsing)
    await page.goto(house.url + path)
    if (options.javaScriptEnabled !== false) await page.locator('[data-keys-open]').waitFor()
    return page
  }
  const search = (page: Page) => new URL(page.url()).searchParams
  const press = async (page: Page, key: string) => { await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]); await page.locator('[data-keys-open]').waitFor() }

  test('single keys lead about; they rest while somebody types, and can be turned off for good', async () => {
    const page = await sit(`${here}?day=${tuesday}`)
    await press(page, 'w'); assert.equal(search(page).get('view'), 'week')
    await press(page, 'l'); assert.equal(search(page).get('view'), 'list')
    await press(page, 'd'); assert.equal(search(page).get('view'), 'day')
    await press(page, 'ArrowRight'); assert.equal(search(page).get('day'), '2026-11-25')
    await press(page, 't'); assert.equal(search(page).get('day'), null)
    await page.keyboard.press('f')
    await page.keyboard.type('tdwln?')
    assert.equal(await page.locator('#words').inputValue(), 'tdwln?')
    await page.locator('h1').click()
    await page.keyboard.press('Control+w').catch(() => {})
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('w')
    await page.getByLabel('Use single keys in this browser').uncheck()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.keyboard.press('w')
    await page.keyboard.press('?')
    await page.waitForTimeout(200)
    assert.equal(search(page).get('view'), 'day')
    assert.equal(await page.getByRole('dialog').count(), 0)
    await page.reload()
    await page.getByRole('button', { name: 'Keys' }).click()
    assert.equal(await page.getByLabel('Use single keys in this browser').isChecked(), false)
    await page.getByLabel('Use single keys in this browser').check()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.keyboard.press('n')
    await page.waitForURL(/\/book$/)
  })
  test('arrows go from visit to visit in the day, and do not turn its page', async () => {
    const page = await sit(`${here}?day=${tuesday}`)
    const at = () => page.evaluate(() => document.activeElement?.textContent?.replace(/\u202f/g, ' ') ?? '')
    await page.locator('.visit').first().focus()
    await page.keyboard.press('ArrowDown')
    assert.match(await at(), /11:00 AM/)
    await page.keyboard.press('ArrowDown')
    assert.match(await at(), /11:30 AM Ana/)
    await page.keyboard.press('ArrowUp'); await page.keyboard.press('ArrowUp')
    assert.match(await at(), /10:30 AM Ana/)
    await page.keyboard.press('ArrowRight')
    assert.match(await at(), /^(Free|\d)/)
    await page.keyboard.press('ArrowLeft')
    assert.match(await at(), /11:00 AM/)      // what stands beside it, not where one came from
    await page.keyboard.press('ArrowUp')
    assert.match(await at(), /10:30 AM Ana/)
    assert.equal(search(page).get('day'), tuesday)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/visits\//)
  })
  test('a line stands where now is in the zone of the place, and moves', async () => {
    const page = await sit(`${here}?day=${tuesday}`)
    const where = () => page.evaluate(() => { const row = document.querySelector<HTMLTableRowElement>('tr.now')!; return { words: row.cells[0]!.innerText.replace(/\u202f/g, ' '), down: Number.parseFloat(row.style.getPropertyValue('--now')) } })
    const later = (minutes: number) => page.evaluate(by => { const { dataset } = document.querySelector<HTMLTableElement>('table[data-now]')!; dataset.now = String(Number(dataset.now) + by * 60_000); document.dispatchEvent(new Event('visibilitychange')) }, minutes)
    const first = await where()
    assert.match(first.words, /10:00 AM[\s\S]*now/)
    assert.equal(await page.evaluate(() => { const table = document.querySelector('.day-grid')!; return Math.round([...table.querySelectorAll('thead th')].at(-1)!.getBoundingClientRect().right - table.getBoundingClientRect().right) }), 0)   // the line takes no column of its own
    assert.ok(first.down > 45 && first.down < 75, String(first.down))      // 10:07 and what the test took so far, of a quarter of an hour
    await later(10)
    assert.match((await where()).words, /10:15 AM[\s\S]*now/)
    await later(20 * 60)
    assert.equal(await page.locator('tr.now, .now-mark').count(), 0)
    await page.goto(`${house.url}${here}?view=week&day=${tuesday}&who=${house.s.resourceIds['nell-harrow']}`)
    assert.match((await where()).words, /10:00 AM[\s\S]*now/)
    assert.match(await page.locator('th[aria-current=date]').innerText(), /Tuesday/)
    await page.goto(`${house.url}${here}?day=2026-11-25`)
    assert.equal(await page.locator('tr.now').count(), 0)
  })
  test('one key leads to the first visit that is not over; one press in the list says that somebody is here', async () => {
    const page = await sit(`${here}?day=${tuesday}`)
    await page.keyboard.press('v')
    assert.match(await page.evaluate(() => document.activeElement!.textContent!.replace(/\u202f/g, ' ')), /^Free|10:30 AM Ana/)
    assert.equal(await page.evaluate(() => document.activeElement!.closest('.day-grid') !== null && document.activeElement!.getBoundingClientRect().bottom > document.querySelector('tr.now')!.getBoundingClientRect().top), true)
    await page.getByRole('navigation', { name: 'View' }).getByRole('link', { name: 'List' }).click()
    await page.waitForURL(/view=list/)
    await page.getByRole('button', { name: /They are here.*Ana/ }).first().click()
    await page.waitForURL(/said=marked#visit-/)
    assert.deepEqual([search(page).get('view'), search(page).get('day')], ['list', tuesday])
    assert.match(await page.locator('tbody tr').first().innerText(), /10:30[\s\S]*Arrived/)
    assert.equal(await page.getByRole('button', { name: 'They are here' }).count(), 1)
    await page.goto(`${house.url}${here}?view=day&day=${tuesday}`)
    const line = await page.locator('.visit-arrived').first().evaluate(visit => { const [name, state] = [visit.querySelector('strong')!.getBoundingClientRect(), visit.querySelector('.visit-state')!.getBoundingClientRect()]; return Math.abs(name.bottom - state.bottom) })
    assert.ok(line < 8, `the state stands ${line} px off the line of the name`)
    await page.goto(`${house.url}${here}?view=list&day=2026-11-25`)
    assert.equal(await page.getByRole('button', { name: 'They are here' }).count(), 0)   // nobody has come before their day
    const desk = await signedInAs(house, { personId: dee.personId, name: dee.name, roles: ['front-desk'] })
    const { rows: [other] } = await house.db.owner.query("select id, version from scheduling.appointment where status = 'booked'")
    const sent = await desk.post(`${here}/visits/${other.id}`, { action: 'coming-soon', version: String(other.version), back: '?view=list&said=booked&next=//elsewhere.example' })
    assert.equal(sent.headers.get('location'), `${here}?view=list&said=changed#visit-${other.id}`)   // nobody is led elsewhere
  })
  for (const javaScriptEnabled of [true, false]) {
    test(`a click on an empty time begins a booking there, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
      const page = await sit(`${here}?day=2026-11-25&who=${house.s.resourceIds['nell-harrow']}`, { javaScriptEnabled })
      const row = await page.getByRole('rowheader', { name: '10:30' }).boundingBox()
      const cell = await page.locator('td.free').first().boundingBox()
      await page.mouse.click(cell!.x + cell!.width / 2, row!.y + 8)
      await page.waitForURL(/\/book\?/)
      assert.equal(Number(search(page).get('at')), Date.parse('2026-11-25T15:30:00Z'))
    })
  }
  test('is well on a tablet and on a phone, in the light and the dark; and so is the search', async () => {
    for (const path of [`${here}?day=${tuesday}`, `${here}?view=week&day=${tuesday}`]) {
      const page = await sit(path)
      for (const width of [390, 768, 1024]) {
        await page.setViewportSize({ width, height: 1_000 })
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is too wide at ${width}`)
      }
      await page.setViewportSize({ width: 1280, height: 900 })
      assert.deepEqual(await findFaults(page), [])
    }
    const page = await sit(`${here}?day=${tuesday}`)
    await page.locator('#words').fill('next Tuesday morning, Harrow, check-up, knee')
    await page.getByRole('button', { name: 'Find a free time' }).click()
    await page.getByText('Not understood: “knee”').waitFor()
    assert.deepEqual(await findFaults(page), [])
    await page.locator('.time').first().click()
    await page.waitForURL(/\/book\?type=/)
    assert.match(await page.locator('main').innerText(), /December 1/)
  })
  test('prints the day without what only a screen needs', async () => {
    const page = await sit(`${here}?day=${tuesday}`)
    await page.emulateMedia({ media: 'print' })
    for (const gone of ['.keys', '.schedule-tools', '.free-times', '.tabs']) assert.equal(await page.locator(gone).first().isVisible(), false, gone)
    assert.ok(await page.locator('.visit').first().isVisible())
  })
})
