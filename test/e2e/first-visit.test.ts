import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openWords } from '#platform/email.ts'
import { chromiumPath, openBrowser, type Browsing } from '#test/browser.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits } from '#test/schedule.ts'
import { findFaults } from './look-at-page.ts'
import { reach } from './reach-by-key.ts'

const pictures = process.env.PICTURES   // a folder, to look at the pages
/** What leads there, and what is asked about it. */
const asked: Parameters<typeof aSchedule>[1] = {
  reasons: [
    { words: { en: 'I want a doctor', es: 'Quiero tener doctor' }, to: 'check-up', ask: [{ words: { en: 'Does your chest hurt now?', es: '¿Le duele el pecho ahora?' }, to: 'danger' }, { words: { en: 'Do you think of hurting yourself?', es: '¿Piensa en hacerse daño?' }, to: 'danger-self' }] },
    { words: { en: 'A vaccine', es: 'Una vacuna' }, to: 'shot' }, { words: { en: 'A mole taken off', es: 'Quitarme un lunar' }, to: 'call' },
  ],
  questions: { 'check-up': [
    { kind: 'yes-no', isRequired: true, words: { en: 'Do you live alone?', es: '¿Vive solo o sola?' } }, { kind: 'choice', words: { en: 'How do you get here?', es: '¿Cómo llega aquí?' }, options: [{ en: 'By car', es: 'En auto' }, { en: 'By bus', es: 'En autobús' }] },
    { kind: 'text', words: { en: 'What should we know?', es: '¿Qué debemos saber?' } },
  ] },
}
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

describe('a first visit, booked on the site', { skip: !chromiumPath() && 'no Chromium here', timeout: 280_000 }, () => {
  let house: RunningHouse
  const open: Browsing[] = []
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z', isDemo: true })
    await aSchedule(house, asked)
  })
  beforeEach(() => clearVisits(house, 'scheduling.newcomer', 'platform.rate_count', 'notices.code', 'notices.reach', 'platform.mail'))
  after(async () => { for (const one of open) await one.close(); await house.close() })

  async function sit(options: Parameters<typeof openBrowser>[0]): Promise<Page> {
    const browsing = await openBrowser(options)
    open.push(browsing)
    return browsing.context.newPage()
  }
  const main = async (page: Page) => plain(await page.locator('main').innerText())
  async function code(): Promise<string> {
    const { rows: [mail] } = await house.db.owner.query("select id, words from platform.mail where kind = 'code' and words is not null order by ctid desc limit 1")
    return /\b(\d{6})\b/.exec(openWords(house.system('notices.sweep'), mail.id, mail.words).text)![1]!
  }

  const type = async (page: Page, name: RegExp, words: string) => { await reach(page, name); await page.keyboard.type(words) }
  const press = async (page: Page, name: RegExp, shows: RegExp) => {
    await reach(page, name)
    await page.keyboard.press('Enter')
    await page.waitForFunction(source => new RegExp(source).test(document.querySelector('main')?.innerText.replace(/[\u00a0\u202f]/g, ' ') ?? ''), shows.source)
  }

  test('by keyboard alone, with script off, from the first page to the visit', async () => {
    const page = await sit({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false })
    await page.goto(house.url)
    await press(page, /^Become a patient$/, /Book a first visit/)
    await press(page, /^I want a doctor$/, /Please answer this first/)
    for (let i = 0; i < 2; i++) {
      await reach(page, /^Yes$/)
      await page.keyboard.press('ArrowRight')
      assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).value), 'no')
    }
    await press(page, /^Go on$/, /Choose a time/)
    assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, '/book', 'no address says why')
    await press(page, /9:00 AM/, /Who is coming\?[^]*until 10:10 AM EST/)
    await reach(page, /^Me$/)
    await page.keyboard.press('Space')
    await type(page, /^Full name/, 'Nora Quill')
    await type(page, /^Their date of birth/, '02291988')
    await type(page, /^Your mobile phone or e-mail/, 'nora@mail.example')
    await reach(page, /^Yes$/)
    await page.keyboard.press('Space')
    assert.equal(await page.inputValue('[name=reason]'), 'I want a doctor')
    await press(page, /^Send me the code$/, /A few questions about this visit[^]*until 10:10 AM EST/)
    await press(page, /^Go on$/, /Please choose one/)
    await reach(page, /^Yes$/)
    await page.keyboard.press('Space')
    await type(page, /^What should we know/, 'A dog')
    await press(page, /^Go on$/, /Type the code[^]*nora@mail\.example/)
    await page.keyboard.press('Shift+Tab')
    await type(page, /^Code/, await code())
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => /Your visit is booked/.test(document.querySelector('main')?.innerText ?? ''))
    assert.match(await main(page), /Tuesday, November 24, 2026 at 9:00 AM EST|Wednesday, November 25, 2026 at 9:00 AM EST/)
    assert.equal(new URL(page.url()).pathname, '/book/code')
    assert.deepEqual(await page.context().cookies(), [])
    assert.deepEqual((await house.db.owner.query('select asked_en, said_en from scheduling.answer a join scheduling.appointment v on v.id = a.appointment_id order by place')).rows, [{ asked_en: 'Do you live alone?', said_en: 'Yes' }, { asked_en: 'What should we know?', said_en: 'A dog' }])
  })

  for (const [locale, start] of [['en', '/book'], ['es', '/es/book']] as const) {
    test(`looks well on a telephone and on a wide screen, in the dark too, and can be read by all: ${locale}`, async () => {
      const page = await sit({ viewport: { width: 390, height: 844 } })
      let step = 0
      const look = async () => {
        assert.deepEqual(await findFaults(page), [], `${locale}, step ${step}`)
        if (pictures) {
          for (const width of [390, 1280]) for (const colorScheme of ['light', 'dark'] as const) {
            await page.setViewportSize({ width, height: 900 })
            await page.emulateMedia({ colorScheme })
            await page.waitForTimeout(250)   // colors fade
            await page.screenshot({ path: `${pictures}/${locale}-${step}-${width}-${colorScheme}.png`, fullPage: true })
          }
        }
        await page.emulateMedia({ colorScheme: 'light' })
        await page.setViewportSize({ width: 390, height: 844 })
        step++
      }
      await page.goto(house.url + start)
      await look()
      await page.goto(`${house.url}${start}?all=yes`)
      await look()
      await page.goto(house.url + start)
      await page.locator('.reason-list button').last().click()
      await look()
      await page.goto(house.url + start)
      await page.locator('.reason-list button').first().click()
      await look()
      await page.locator('[value=yes]').last().check({ force: true })
      await page.locator('main form button').click()
      assert.match(await main(page), /911[^]*988/)
      await look()
      await page.goto(house.url + start)
      await page.locator('.reason-list button').first().click()
      for (const no of await page.locator('[value=no]').all()) await no.check({ force: true })
      await page.locator('main form button').click()
      await look()
      await page.locator('button.time').first().click()
      await look()
      await page.locator('button.button-wide').click()
      assert.match(await main(page), locale === 'en' ? /Please write the name/ : /Escriba el nombre/)
      assert.match(await main(page), locale === 'en' ? /Who is the visit for\? Please choose one[^]*Will you use insurance\? Please choose one/ : /¿Para quién es la cita\? Elija una[^]*¿Va a usar seguro\? Elija una/)
      await look()
      await page.locator('[name=for]').first().check({ force: true })
      await page.fill('[name=name]', 'Nora Quill')
      await page.fill('[name=birth-date]', '1988-02-29')
      await page.fill('[name=contact]', '802-555-0143')
      await page.locator('[name=pays]').first().check({ force: true })
      await page.locator('button.button-wide').click()
      await look()
      await page.locator('button.button-wide').click()
      assert.match(await main(page), locale === 'en' ? /Please choose one/ : /Elija una/)
      await look()
      await page.locator('[value=yes]').first().check({ force: true })
      await page.locator('button.button-wide').click()
      await look()
      await page.fill('[name=code]', '12')
      await page.locator('button.button-wide').click()
      await look()
      await page.fill('[name=code]', await code())
      await page.locator('button.button-wide').click()
      assert.match(await main(page), locale === 'en' ? /is booked/ : /Ya tiene su cita/)
      await look()
    })
  }
})
