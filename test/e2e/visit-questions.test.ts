import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { chromiumPath, type Browsing } from '#test/browser.ts'
import { findFaults } from './look-at-page.ts'
import { aDeskPerson, aPatient, aVisitHouse, sitDown, type VisitHouse, type Visitor } from './visit-house.ts'

const pictures = process.env.PICTURES   // a folder, to look at the pages

describe('a visit that is booked without being asked', { skip: !chromiumPath() && 'no Chromium here', timeout: 280_000 }, () => {
  let house: VisitHouse
  const open: Browsing[] = []
  before(async () => {
    house = await aVisitHouse('2026-10-26T14:00:00Z')
    await house.db.owner.query(`insert into scheduling.question (visit_type_id, place, kind, words_en, words_es, options, is_required) values
      ($1, 0, 'yes-no', 'Do you live alone?', '¿Vive solo o sola?', '[]', true),
      ($1, 1, 'choice', 'How do you get here?', '¿Cómo llega aquí?', '[{"en": "By car", "es": "En auto"}, {"en": "By bus", "es": "En autobús"}]', false),
      ($1, 2, 'text', 'What should we know?', '¿Qué debemos saber?', '[]', false)`, [house.s.typeIds['check-up']])
  })
  after(async () => {
    for (const one of open) await one.close()
    await house.shut()
    assert.deepEqual(house.complaints, [])
  })
  const sit = async (...[who, options]: [Visitor, Parameters<typeof sitDown>[2]]) => {
    const { page, browsing } = await sitDown(house, who, options)
    open.push(browsing)
    return page
  }
  const main = async (page: Page) => (await page.locator('main').innerText()).replace(/\s+/g, ' ')
  async function look(page: Page, name: string): Promise<void> {
    const size = page.viewportSize()!
    assert.deepEqual(await findFaults(page), [], name)
    if (pictures) for (const width of [390, 1280]) for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(250)   // colors fade
      await page.screenshot({ path: `${pictures}/${name}-${width}-${colorScheme}.png`, fullPage: true })
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(size)
  }
  /** By keyboard alone. */
  async function reach(page: Page, name: RegExp): Promise<void> {
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press('Tab')
      const words = await page.evaluate(() => {
        const one = document.activeElement as HTMLElement | null
        return (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement ? one.labels?.[0]?.innerText : one?.innerText)?.trim() ?? ''
      })
      if (name.test(words)) return
    }
    assert.fail(`the keyboard does not reach ${name} on ${page.url()}`)
  }
  const press = async (page: Page, name: RegExp, to: RegExp) => { await reach(page, name); await page.keyboard.press('Enter'); await page.waitForURL(to) }

  test('is filled in at the desk as far as whoever calls says, and by the patient as to the rest, by keyboard, the patient without script', async () => {
    const luz = await aPatient(house, 'Luz', { locale: 'es' })
    const desk = await sit(await aDeskPerson(house), { viewport: { width: 1280, height: 900 } })
    await desk.goto(`${house.url}/console/schedule/book/${luz.patientId}?type=${house.s.typeIds['check-up']}`)
    await desk.getByText('What we ask before this visit').click()
    await look(desk, 'desk-book')
    await desk.locator('button.time').first().click()
    await desk.waitForURL(/visits\/[0-9a-f-]+\?said=booked/)
    assert.match(await main(desk), /Questions to ask.*Do you live alone\?/)
    await look(desk, 'desk-visit')
    await reach(desk, /^By car$/)
    await desk.keyboard.press('ArrowDown')
    await press(desk, /^Keep what they said$/, /said=answered/)
    assert.match(await main(desk), /How do you get here\? By bus.*Questions to ask/)
    await look(desk, 'desk-answered')

    const [own, seen] = [await sit(luz, { javaScriptEnabled: false }), await sit(luz, {})]
    const lookThere = async (name: string) => { await seen.goto(own.url()); await look(seen, name) }
    await own.goto(`${house.url}/portal/appointments`)
    await lookThere('own-list')
    await press(own, /^Hay preguntas para usted$/, /questions$/)
    await lookThere('own-questions')
    await reach(own, /^¿Qué debemos saber/)
    await own.keyboard.type('Un perro')
    await press(own, /^Enviar$/, /questions$/)
    assert.match(await main(own), /¿Vive solo o sola\? Elija una/)
    await seen.locator('main form button').click()
    await look(seen, 'own-wrong')
    await own.goto(own.url().replace(/\/questions$/, ''))
    assert.match(await main(own), /Tenemos unas preguntas antes de que venga/)
    await lookThere('own-visit')
    await press(own, /^Responder ahora$/, /questions$/)
    await reach(own, /^Sí$/)
    await own.keyboard.press('Space')
    await press(own, /^Enviar$/, /said=answered/)
    assert.match(await main(own), /Ya tenemos lo que nos dijo.*Si quiere, díganos más/)
    await lookThere('own-answered')
    assert.deepEqual((await house.db.owner.query('select said_en, locale from scheduling.answer order by place')).rows, [{ said_en: 'Yes', locale: 'es' }, { said_en: 'By bus', locale: 'en' }])
  })
})
