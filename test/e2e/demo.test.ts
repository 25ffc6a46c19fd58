import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { root } from '#platform/root.ts'
import { openBrowser, type Browsing } from '#test/browser.ts'
import { startChild, type Child } from '#test/child.ts'
import { clearFolder } from '#test/clear-folder.ts'

type Step = { title: string; take: (page: Page) => Promise<void> }
const link = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).first().click()
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()
const shows = async (page: Page, words: RegExp) => assert.match(await page.locator('main').innerText(), words)
const words = 'I would like to know if you have time for my mother.'
const comment = 'Su azúcar está un poco alta. Hoy no me preocupa.'
const hurt = 'Me dolió leer esto.'
const answer = 'Siento que le haya dolido. Lo escribo de otra manera.'
let folder: string
const promise = 'Sit down. We have time for you.'

async function signInAs(page: Page, who: string): Promise<void> {
  const out = page.getByRole('button', { name: /^(Sign out|Salir)$/ }).first()
  if (await out.count() > 0) await out.click()
  await page.goto(new URL('/sign-in', page.url()).href)
  await press(page, who)
}

/** The steps of docs/demo.md, by their titles there. */
const steps: readonly Step[] = [
  { title: 'Meet the practice', async take(page) {
    await link(page, 'Our people')
    await link(page, 'Dr. Ada Brightmoor, MD')
    await shows(page, /Dr\. Ada Brightmoor/)
    await link(page, 'Español')
    assert.equal(await page.locator('html').getAttribute('lang'), 'es')
    await link(page, 'English')
  } },
  { title: 'Write to the front desk', async take(page) {
    await link(page, 'Contact')
    await shows(page, /call 911/)
    await page.getByText('I have a question about the practice').click()
    await page.getByLabel(/^Your name/).fill('Casey Newcomer')
    await page.getByLabel(/^Telephone/).fill('802-555-0177')
    await page.locator('textarea').fill(words)
    await press(page, /^Send/)
    await page.waitForURL(/\/contact\/sent/)
    await shows(page, /EST/)
  } },
  { title: 'Read a result as a patient', async take(page) {
    await signInAs(page, 'Ana Solberry, patient')
    await shows(page, /You have \d+ new results/)
    await link(page, 'Read it now')
    await shows(page, /How would you like to see it\?/)
    await press(page, 'See it now')
    await shows(page, /Taken\s+\w+ \d+/)
    await link(page, 'Results')
    await link(page, /Blood sugar check/)
    await link(page, /More about this test/)
    assert.ok(await page.locator('main table').count() > 0)
  } },
  { title: 'Read medicines, notes and the record', async take(page) {
    await link(page, 'Medicines')
    await shows(page, /For: Type 2 diabetes/)
    await link(page, 'Notes')
    await page.locator('main .row a').nth(1).click()
    await page.locator('.rec-word').first().click()
    await page.locator('.rec-means:popover-open').waitFor()
    await page.keyboard.press('Escape')
    await link(page, 'My record')
    await shows(page, /Health matters[^]*Vaccines[^]*Vital signs/)
  } },
  { title: 'Take a copy', async take(page) {
    await link(page, 'Download')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('To read and print (PDF)').click()])
    assert.equal(readFileSync(await download.path()).subarray(0, 5).toString(), '%PDF-')
  } },
  { title: 'Answer at the front desk', async take(page) {
    await signInAs(page, 'Robin Quillfeather, front desk')
    await link(page, 'Inbox')
    await link(page, /^To take/)
    await page.locator('main .row a').filter({ hasText: 'Casey Newcomer' }).first().click()
    await shows(page, new RegExp(words))
    await press(page, 'I will do this')
    await press(page, /^(Mark as )?[Dd]one/)
    await page.waitForURL(/inbox/)
    await link(page, 'Done')
    await shows(page, /Casey Newcomer/)
  } },
  { title: 'Find a patient as a doctor', async take(page) {
    await signInAs(page, 'Dr. Ada Brightmoor, doctor')
    await link(page, 'Patients')
    await page.getByLabel(/^Name/).fill('Solbery')
    await press(page, 'Find')
    await link(page, /Solberry/)
    await shows(page, /Ana[^]*Solberry/)
  } },
  { title: 'Change the site', async take(page) {
    await signInAs(page, 'Imani Foxgrove, manager')
    await link(page, 'Practice and site')
    await link(page, 'Story and values')
    await page.locator('[name=promise-en]').fill(promise)
    await press(page, 'Save the story')
    await page.goto(new URL('/', page.url()).href)
    await shows(page, new RegExp(promise.replaceAll('.', '\\.')))
    await page.goto(new URL('/console/audit', page.url()).href)
    await shows(page, /Imani Foxgrove · Staff\s+Changed the practice/)
  } },
  { title: 'See who looked', async take(page) {
    await signInAs(page, 'Ana Solberry, patient')
    await link(page, 'Who looked')
    await shows(page, /Dr\. Ada Brightmoor/)
  } },
  { title: 'A result arrives', async take(page) {
    const sent = startChild([join(root, 'bin/rapport.mjs'), 'demo', 'result'], { env: { NODE_ENV: undefined, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' } })
    await sent.says(/A result has come/)
    await signInAs(page, 'Dr. Ada Brightmoor, doctor')
    await link(page, 'Results')
    await shows(page, /Ana Solberry/)
  } },
  { title: 'Write to the patient', async take(page) {
    await link(page, 'Patients')
    await page.getByLabel(/^Name/).fill('Solberry')
    await press(page, 'Find')
    await link(page, /Solberry/)
    await page.getByRole('link', { name: 'Blood sugar', exact: true }).first().click()
    await page.locator('textarea').first().fill(comment)
    await page.getByText('Spanish', { exact: true }).first().click()
    await press(page, 'Send to the patient')
  } },
  { title: 'Read it in Spanish on a phone', async take(page) {
    await signInAs(page, 'Ana Solberry, patient')
    await page.goto(new URL('/portal/settings', page.url()).href)
    await page.locator('label[for=lang-locale-es]').click()
    await page.locator('form').filter({ has: page.getByRole('radio', { name: 'Español' }) }).getByRole('button').click()
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(new URL('/portal/results', page.url()).href)
    await shows(page, /Su equipo le escribió/)
    await page.locator('main .row').filter({ hasText: 'Azúcar en la sangre' }).filter({ hasText: 'Su equipo le escribió' }).getByRole('link').first().click()
    await shows(page, new RegExp(`Azúcar en la sangre[^]*Un poco por encima[^]*Su equipo le dice[^]*${comment}[^]*Dr\\. Ada Brightmoor[^]*Qué pasa ahora`))
    await page.setViewportSize({ width: 1280, height: 900 })
  } },
  { title: 'See a charged word', async take(page) {
    await signInAs(page, 'Dr. Ada Brightmoor, doctor')
    await link(page, 'Check words')
    await page.locator('textarea').fill('She refused the shot and was non-compliant.')
    await press(page, 'Check it')
    await shows(page, /non-compliant[^]*|noncompliant[^]*/i)
    assert.ok(await page.locator('main ul.rows li').count() > 0)
  } },
  { title: 'Say that words hurt', async take(page) {
    await signInAs(page, 'Ana Solberry, patient')
    await link(page, 'Notas')
    await page.locator('main .row a').nth(1).click()
    await page.locator('.rec-paragraph .rec-wrong').first().click()
    await page.getByText('Las palabras duelen').click()
    await page.locator('textarea').fill(hurt)
    await press(page, 'Enviar')
    await page.waitForURL(/portal\/feedback/)
    await shows(page, /Gracias por decirlo[^]*Le vamos a contestar antes del/)
  } },
  { title: 'Answer', async take(page) {
    await signInAs(page, 'Dr. Ada Brightmoor, doctor')
    await link(page, 'What patients say')
    await link(page, 'Ana Solberry')
    await shows(page, new RegExp(hurt))
    await page.getByText('Answer', { exact: true }).last().click()
    await page.locator('[name=words]').fill(answer)
    await press(page, 'Send the answer')
    await page.waitForURL(/said=answered/)
    await signInAs(page, 'Robin Quillfeather, front desk')
    assert.equal(await page.getByRole('link', { name: 'What patients say' }).count(), 0)
    await signInAs(page, 'Ana Solberry, patient')
    await page.goto(new URL('/portal/feedback', page.url()).href)
    await link(page, /·/)
    await shows(page, new RegExp(answer))
  } },
  { title: 'Book a first visit', async take(page) {
    await page.goto(new URL('/', page.url()).href)
    await link(page, 'Become a patient')
    await press(page, 'My yearly check-up')
    await shows(page, /Your first visit with us comes first/)
    await page.locator('button[name=time]').nth(3).click()
    await page.getByText('Me', { exact: true }).click()
    await page.locator('[name=name]').fill('Fern Tallowmere')
    await page.locator('[name="birth-date"]').fill('1990-02-03')
    await page.locator('[name=contact]').fill('fern@mail.example')
    await page.locator('input[name=pays][value=insurance]').check({ force: true })
    await page.locator('main form button').last().click()
    await shows(page, /Type the code/)
    const other = await page.context().newPage()
    await other.goto(page.url())
    await signInAs(other, 'Imani Foxgrove, manager')
    await link(other, 'Outbox')
    await link(other, /code/i)
    const code = /\b\d{6}\b/.exec(await other.locator('main').innerText())![0]
    await other.close()
    await page.locator('[name=code]').fill(code)
    await press(page, 'Book this visit')
    await shows(page, /Your visit is booked/)
  } },
  { title: 'Say whose record it is', async take(page) {
    await signInAs(page, 'Robin Quillfeather, front desk')
    await link(page, 'Inbox')
    await link(page, /^To take/)
    await page.locator('main .row a').filter({ hasText: 'A new patient has booked' }).last().click()
    await link(page, 'Open the page')
    await shows(page, /Fern Tallowmere|Rosalía Finchwood/)
    await press(page, 'Begin a record for them')
    await shows(page, /Visits ahead[^]*First visit with/)
  } },
  { title: 'Take an earlier time', async take(page) {
    await signInAs(page, 'Ana Solberry, patient')
    await link(page, 'Citas')
    const offer = page.locator('main section').filter({ hasText: 'Una hora antes para usted' }).locator('.row a').first()
    const when = (await offer.innerText()).split('\n')[0]!
    await offer.click()
    await press(page, 'Sí')
    assert.ok((await page.locator('main').innerText()).includes(when), when)
    await link(page, 'Citas')
    const [, ahead] = (await page.locator('main').innerText()).split('Las que vienen')
    assert.ok(ahead?.includes(when), when)
  } },
]

describe('docs/demo.md', { timeout: 180_000 }, () => {
  let server: Child, browsing: Browsing, page: Page
  const complaints: string[] = []
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rapport-tour-'))
    chmodSync(folder, 0o711)
    server = startChild([join(root, 'bin/rapport.mjs'), 'serve'], { env: { NODE_ENV: undefined, DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'silent' } })
    const site = (await server.says(/^ +Site/)).trim().split(/ +/)[1]!
    browsing = await openBrowser({ viewport: { width: 1280, height: 900 }, acceptDownloads: true })
    page = browsing.context.pages()[0] ?? await browsing.context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('console', message => { if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`) })
    page.on('pageerror', error => complaints.push(`${page.url()}: ${error.message}`))
    await page.goto(site)
  })
  after(async () => {
    await browsing?.close()
    await server?.kill('SIGTERM')
    clearFolder(folder)
  })

  test('has the steps that are taken here', () => {
    const titles = [...readFileSync(join(root, 'docs/demo.md'), 'utf8').matchAll(/^## \d+\. (.+)$/gm)].map(([, title]) => title)
    assert.deepEqual(titles, steps.map(({ title }) => title))
  })
  for (const { title, take } of steps) test(title, () => take(page))
  test('and no page complained', () => assert.deepEqual(complaints, []))
})
