import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { BrowserContext, CDPSession, Page } from 'playwright-core'
import { root } from '#platform/root.ts'
import { chromiumPath, openBrowser, type Browsing } from '#test/browser.ts'
import { staffActor, ctxOf, grant } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, codeOf, goodPassword } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { giveLetter, letterAddress } from '../help-patient-in.ts'

const axeSource = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')
const virtualPhone = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const

describe('accounts in a browser', { skip: !chromiumPath() && 'no Chromium here' }, () => {
  let house: RunningHouse, url: string, browsing: Browsing, context: BrowserContext
  const complaints: string[] = []
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    // A passkey belongs to a name, not to a number.
    url = house.url.replace('127.0.0.1', 'localhost')
    Object.assign(house.house.config, { publicUrl: url, origins: [url] })
    browsing = await openBrowser({ viewport: { width: 390, height: 844 } })
    context = browsing.context
  })
  after(async () => {
    await browsing.close()
    await house.close()
  })

  async function aPage(): Promise<Page> {
    await context.clearCookies()
    const page = await context.newPage()
    complaints.length = 0
    page.on('console', message => { if (message.type() === 'error' && !/status of (4\d\d)/.test(message.text())) complaints.push(message.text()) })
    page.on('pageerror', error => complaints.push(error.message))
    return page
  }
  async function aPhone(page: Page): Promise<{ cdp: CDPSession; id: string }> {
    const cdp = await context.newCDPSession(page)
    await cdp.send('WebAuthn.enable')
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: virtualPhone })
    return { cdp, id: authenticatorId }
  }
  async function looksWell(page: Page): Promise<void> {
    await page.evaluate(axeSource)
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      return (await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
    })
    assert.deepEqual(found, [], page.url())
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${page.url()} runs off the side`)
    assert.deepEqual(complaints, [], page.url())
  }
  /** Goes on by keyboard alone until what is named has the focus. */
  async function tabTo(page: Page, name: string): Promise<void> {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate(() => document.activeElement?.textContent?.trim())) === name) return
    }
    assert.fail(`the keyboard does not reach "${name}"`)
  }

  test('from the letter’s link with a birth date and one tap to the portal; out, in again by passkey; named and removed', async () => {
    const patientId = randomUUID()
    const desk = staffActor(['front-desk'])
    await grant(house, desk.personId, ['people', 'identity'], { source: 'role', verbs: ['see', 'change'] })
    const letter = await giveLetter(ctxOf(house.house, desk), { patientId, name: 'Ana Reyes', birthDate: '1980-02-29', email: 'ana@patient.example', locale: 'en', zone: 'America/New_York', check: 'photo' })
    assert.ok(letter.ok)
    const page = await aPage()
    const phone = await aPhone(page)
    await page.goto(letterAddress({ house: house.house }, letter.code, 'en'))
    await looksWell(page)
    await page.getByLabel('Your date of birth').fill('1980-02-29')
    await page.getByRole('button', { name: 'Next' }).click()
    await looksWell(page)
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await page.waitForURL(`${url}/portal`)
    await looksWell(page)

    await page.goto(`${url}/portal/settings`)
    await looksWell(page)
    await page.locator('.portal-bar-more summary').click()
    await page.locator('.portal-sheet').getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${url}/sign-in?said=out`)
    await looksWell(page)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.waitForURL(`${url}/portal`)

    // A password as well, so that the passkey is not the last way in.
    await page.goto(`${url}/portal/settings/sign-in`)
    await page.getByLabel('New password').fill(goodPassword)
    await page.getByRole('button', { name: 'Save password' }).click()
    await page.getByRole('status').waitFor()
    const passkey = page.locator('details', { hasText: 'Passkey' })
    await passkey.locator('summary').click()
    await passkey.getByLabel('Name for this passkey').fill('My old phone')
    await passkey.getByRole('button', { name: /Change the name/ }).click()
    const named = page.locator('details', { hasText: 'My old phone' })
    await named.locator('summary').click()
    await looksWell(page)
    await named.getByRole('button', { name: 'Remove My old phone' }).click()
    await page.getByText('You have no passkey yet.').waitFor()
    await looksWell(page)

    // Another one, made and named here.
    await phone.cdp.send('WebAuthn.clearCredentials', { authenticatorId: phone.id })
    const make = page.locator('form[data-passkey=create]')
    await make.getByLabel('Name for this passkey').fill('My tablet')
    await make.getByRole('button').click()
    await page.locator('details', { hasText: 'My tablet' }).waitFor()
    await page.close()
  })

  test('a device that gives no passkey: it is said below the button, and nothing is sent', async () => {
    const page = await aPage()
    const { cdp, id } = await aPhone(page)
    await page.goto(`${url}/sign-in`)
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false })
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByText('Your device gave no passkey').waitFor({ timeout: 90_000 })
    assert.equal(page.url(), `${url}/sign-in`)
    await looksWell(page)
    await page.close()
  })

  test('staff sign in with password and code; their pages look well', async () => {
    const max = await aStaffPerson(house, { roles: ['manager', 'front-desk'] })
    const page = await aPage()
    await page.goto(`${url}/console/people`)
    await page.getByLabel('E-mail or sign-in name').fill(max.email)
    await page.getByLabel('Password').fill('not this one')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'The name or the password' }).waitFor()
    assert.equal(await page.getByLabel('E-mail or sign-in name').inputValue(), max.email)
    await looksWell(page)
    await page.getByLabel('Password').fill(max.password)
    await page.keyboard.press('Enter')
    const code = page.getByLabel('Code', { exact: true })
    await code.waitFor()
    assert.ok(await code.evaluate(field => field === document.activeElement), 'the code can be typed at once')
    await looksWell(page)
    await code.fill(codeOf(max.totpSecret!, house.house.now()))
    await page.keyboard.press('Enter')
    await page.waitForURL(`${url}/console/people`)
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 })
      for (const path of ['/console/people', `/console/people/${max.personId}`, '/console/account', '/console/account/sign-in', '/prove?next=/console/account/sign-in']) {
        await page.goto(url + path)
        await looksWell(page)
      }
    }
    await page.close()
  })

  test('a patient names somebody by keyboard, and reads the code', async () => {
    const ana = await aPatientPerson(house, { locale: 'es' })
    const page = await aPage()
    await page.goto(`${url}/es/sign-in?next=/portal/settings/helpers`)
    await page.keyboard.press('Tab')
    await page.getByLabel('Correo o nombre').fill(ana.email)
    await page.getByLabel('Contraseña').fill(ana.password)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${url}/portal/settings/helpers`)
    await looksWell(page)
    await page.getByLabel('Nombre de esa persona').fill('Ben López')
    await page.getByLabel('Último día').fill('2026-12-24')
    await tabTo(page, 'Preguntarle')
    await page.keyboard.press('Enter')
    await page.locator('.letter-code').waitFor()
    await looksWell(page)
    const link = await page.locator('.letter-address code').textContent()
    await context.clearCookies()
    await page.goto(link!)
    await looksWell(page)
    await page.close()
  })

  test('the session asks before it ends, and the keyboard keeps it', async () => {
    const ana = await aPatientPerson(house)
    const page = await aPage()
    await page.goto(`${url}/sign-in?next=/portal/settings`)
    await page.getByLabel('E-mail or sign-in name').fill(ana.email)
    await page.getByLabel('Password').fill(ana.password)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${url}/portal/settings`)
    await page.clock.install()
    await page.reload()
    await page.clock.runFor(770_000)
    assert.ok(await page.locator('.session-watch').isHidden())
    await page.clock.runFor(15_000)
    await page.getByRole('alert').waitFor()
    await looksWell(page)
    const later = new Date(house.house.now().getTime() + 13 * 60_000)
    house.setNow(later)
    await tabTo(page, (await page.locator('.session-watch button').textContent())!.trim())
    await page.keyboard.press('Enter')
    await page.locator('.session-watch').waitFor({ state: 'hidden' })
    const { rows } = await house.db.owner.query('select seen_at from platform.session where person_id = $1 and ended_at is null', [ana.personId])
    assert.deepEqual(rows[0].seen_at, later)
    await page.clock.runFor(600_000)
    assert.equal(page.url(), `${url}/portal/settings`)
    await page.clock.runFor(310_000)
    await page.waitForURL(`${url}/sign-in?said=idle`)
    await page.close()
  })
})
