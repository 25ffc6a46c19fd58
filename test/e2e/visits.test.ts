import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { chromiumPath, type Browsing } from '#test/browser.ts'
import { findFaults } from './look-at-page.ts'
import { aCaregiver, aDeskPerson, aPatient, aVisitHouse, healthWords, letLeave, mailsSince, remindAt, sitDown, type Visitor, type VisitHouse } from './visit-house.ts'

/** The last Monday of daylight saving time in New York; Phoenix has none. */
const monday = '2026-10-26T14:00:00Z'
const visits = '/portal/appointments'
/** Spaces of every width read alike. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')
const onLine = (text: string) => text.replace(/\s+/g, ' ')

describe('visits in two zones, over a change of the clocks', { skip: !chromiumPath() && 'no Chromium here', timeout: 600_000 }, () => {
  let house: VisitHouse
  const open: Browsing[] = []
  beforeEach(async () => { house = await aVisitHouse(monday) })
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close()
    await house.shut()
    assert.deepEqual(house.complaints, [])
  })
  const sit = async (...[who, options]: [Visitor | undefined, Parameters<typeof sitDown>[2]]) => {
    const seat = await sitDown(house, who, options)
    open.push(seat.browsing)
    return seat
  }
  const main = async (page: Page) => plain(await page.locator('main').innerText())
  const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
  const claims = async () => (await rows('select lower(during) as at from scheduling.claim where expires_at is null or expires_at > $1 order by 1', house.house.now())).map(row => row.at.toISOString().slice(0, 16))
  const looksWell = async (page: Page) => {
    const size = page.viewportSize()!
    assert.deepEqual(await findFaults(page), [], page.url())
    await page.setViewportSize(size)
  }
  const tellsNothing = ({ mails, texts }: Awaited<ReturnType<typeof remindAt>>) => {
    for (const { words } of [...mails, ...texts]) assert.doesNotMatch(words, healthWords)
  }

  /** Goes on by keyboard alone to what is named so, and gives it the focus; it must show that it has it. */
  async function reach(page: Page, name: RegExp): Promise<void> {
    const seen: string[] = []
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(() => {
        const one = document.activeElement as HTMLElement | null
        const label = one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement || one instanceof HTMLSelectElement ? one.labels?.[0]?.innerText : one?.innerText
        return { words: label?.trim() ?? '', isShown: one?.matches(':focus-visible') ?? false }
      })
      seen.push(at.words)
      if (!name.test(onLine(at.words))) continue
      assert.ok(at.isShown, `${at.words} has the focus and does not show it`)
      return
    }
    assert.fail(`the keyboard does not reach ${name} on ${page.url()}: ${seen.join(' | ')}`)
  }
  const tick = (page: Page, words: string) => page.locator('label').filter({ hasText: new RegExp(`^${words}$`) }).click()
  const press = async (page: Page, name: RegExp, to: RegExp | string) => { await reach(page, name); await page.keyboard.press('Enter'); await page.waitForURL(to) }

  test('a patient by keyboard alone, far away: books, moves, cancels and books again; each reminder has the time of the place as it will be then', async () => {
    const ana = await aPatient(house, 'Ana')
    const { page, signIn } = await sit(ana, { timezoneId: 'Europe/Madrid' })
    await page.goto(house.url + visits)
    assert.match(await main(page), /You have no visit planned/)
    await press(page, /^Book a visit$/, /\/new$/)
    await press(page, /^Check-up$/, /\/new\/[0-9a-f-]+$/)
    await press(page, /^Later days$/, /from=2026-11-02/)
    await press(page, /Monday, November 2, 2026, 9:00 AM EST.*Dr\. Nell Harrow/s, /held/)
    const held = await main(page)
    assert.match(held, /Monday, November 2, 2026 at 9:00 AM EST/)
    assert.match(held, /We keep this time for you until 10:1\d AM EDT/, 'ten minutes of today, by today’s clock')
    assert.match(held, /move or cancel it here until Sunday, November 1, 2026 at 9:00 AM EST/)
    await looksWell(page)
    await reach(page, /^What is it about/)
    await page.keyboard.type('My knee zqcanary')
    await reach(page, /^Yes$/)
    await page.keyboard.press('Space')
    await press(page, /^Book this visit$/, /said=booked/)
    assert.match(await main(page), /Monday, November 2, 2026 at 9:00 AM EST/)
    assert.deepEqual(await claims(), ['2026-11-02T14:00'])
    await looksWell(page)

    await press(page, /^Move this visit$/, /move$/)
    assert.match(await main(page), /Your visit now: Monday, November 2, 2026 at 9:00 AM EST\. It stays yours until/)
    await press(page, /Monday, November 2, 2026, 10:30 AM EST/, /held/)
    assert.deepEqual(await claims(), ['2026-11-02T14:00', '2026-11-02T15:30'], 'the old time is kept until the new one is booked')
    await press(page, /^Move it to this time$/, /said=moved/)
    assert.deepEqual(await claims(), ['2026-11-02T15:30'])

    assert.deepEqual(await remindAt(house, '2026-10-30T15:29:00Z'), { mails: [], texts: [] }, 'three days are 72 hours, over the change too')
    const first = await remindAt(house, '2026-10-30T15:31:00Z')
    tellsNothing(first)
    assert.deepEqual(first.mails.map(mail => mail.to), ['ana@patient.example'])
    assert.match(plain(first.mails[0]!.words), /Monday, November 2, 2026 at 10:30 AM EST, at Heron Street/)

    await signIn()
    await page.goto(house.url + visits)
    await press(page, /Monday, November 2, 2026 at 10:30 AM EST/, /appointments\/[0-9a-f-]+$/)
    await press(page, /^Cancel this visit$/, /cancel$/)
    await reach(page, /^I cannot come then$/)
    await page.keyboard.press('ArrowDown')   // to “I feel better”
    await press(page, /^Cancel this visit$/, /said=cancelled/)
    assert.deepEqual(await claims(), [])
    await press(page, /^Book a visit$/, /\/new$/)
    await press(page, /^Check-up$/, /\/new\/[0-9a-f-]+$/)
    await press(page, /Tuesday, November 3, 2026, 9:00 AM EST.*Dr\. Nell Harrow/s, /held/)
    await reach(page, /^Yes$/)
    await page.keyboard.press('Space')
    await press(page, /^Book this visit$/, /said=booked/)
    const again = await remindAt(house, '2026-10-31T14:30:00Z')
    assert.deepEqual(again.mails.map(mail => plain(mail.words).match(/\w+, \w+ \d+, \d+ at [\d:]+ [AP]M \w+/)![0]), ['Tuesday, November 3, 2026 at 9:00 AM EST'])
    tellsNothing(await remindAt(house, '2026-11-01T15:31:00Z'))
    assert.deepEqual((await remindAt(house, '2026-11-01T15:35:00Z')).mails, [], 'nothing is said of the visit that was cancelled')
    assert.equal((await remindAt(house, '2026-11-02T14:30:00Z')).mails.length, 1)
  })

  test('a caregiver in Spanish, in another zone than the clinic: all of it for somebody else, with the reminder in Spanish', async () => {
    const tom = await aPatient(house, 'Tom')
    const mara = await aCaregiver(house, 'Mara', tom, 'es')
    const { page, signIn } = await sit(mara, { timezoneId: 'America/New_York' })
    await page.goto(house.url + visits)
    assert.equal(await page.locator('html').getAttribute('lang'), 'es')
    assert.match(await page.locator('body').innerText(), /Tom Marlowe/)
    const choose = async (time: RegExp, path = page.url()) => {
      await page.goto(path)
      if (!await page.getByLabel('Dónde').isVisible()) await page.getByText('Otra persona, lugar, día o forma').click()
      await page.getByLabel('Dónde').selectOption('Mesa Road')
      await page.getByLabel(/^Desde/).fill('2026-11-02')
      await page.getByRole('button', { name: 'Ver horas' }).click()
      await page.getByRole('button', { name: time }).first().click()
      await page.waitForURL(/held/)
    }
    await page.getByRole('link', { name: 'Pedir una cita' }).click()
    await page.getByRole('link', { name: /Chequeo/ }).click()
    await looksWell(page)
    await choose(/lunes, 2 de noviembre de 2026, 9:00\sa\.m\. MST/)
    assert.match(await main(page), /lunes, 2 de noviembre de 2026, 9:00 a\.m\. MST[^]*8 Mesa Road/)
    await page.getByLabel(/De qué se trata/).fill('La rodilla zqcanary')
    await tick(page, 'Sí')
    await page.getByRole('button', { name: 'Pedir esta cita' }).click()
    await page.waitForURL(/said=booked/)
    const first = page.url().replace(/\?.*/, '')
    await looksWell(page)
    await page.getByRole('link', { name: 'Cambiar esta cita' }).click()
    await choose(/lunes, 2 de noviembre de 2026, 11:00\sa\.m\. MST/)
    assert.match(await main(page), /Su cita ahora[^]*9:00 a\.m\. MST[^]*La hora nueva[^]*11:00 a\.m\. MST/)
    await looksWell(page)
    await page.getByRole('button', { name: 'Cambiar a esta hora' }).click()
    await page.waitForURL(/said=moved/)
    await page.getByRole('link', { name: 'Cancelar esta cita' }).click()
    await looksWell(page)
    await tick(page, 'No puedo venir a esa hora')
    await page.getByRole('button', { name: 'Cancelar esta cita' }).click()
    await page.waitForURL(/said=cancelled/)
    await page.getByRole('link', { name: 'Pedir una cita' }).click()
    await page.getByRole('link', { name: /Chequeo/ }).click()
    await choose(/martes, 3 de noviembre de 2026, 9:30\sa\.m\. MST/)
    await tick(page, 'Sí')
    await page.getByRole('button', { name: 'Pedir esta cita' }).click()
    await page.waitForURL(/said=booked/)
    assert.deepEqual((await rows('select distinct patient_id, booked_as, booked_by from scheduling.appointment')), [{ patient_id: tom.patientId, booked_as: 'proxy', booked_by: mara.personId }])

    const told = await remindAt(house, '2026-10-31T16:31:00Z')
    tellsNothing(told)
    assert.deepEqual(told.mails.map(mail => mail.to).sort(), ['mara@patient.example', 'tom@patient.example'])
    assert.match(plain(told.mails.find(mail => mail.to.startsWith('mara'))!.words), /martes, 3 de noviembre de 2026, 9:30 a\.m\. MST/)
    assert.match(plain(told.mails.find(mail => mail.to.startsWith('tom'))!.words), /Tuesday, November 3, 2026 at 9:30 AM MST, at Mesa Road/)
    await signIn(tom)
    await page.goto(house.url + visits)
    assert.match(await main(page), /Tuesday, November 3, 2026 at 9:30 AM MST/)
    await signIn({ ...mara, actingFor: mara.patientId, actingAs: 'patient' })
    assert.equal((await page.goto(first))!.status(), 404, 'in her own record there is nothing of it')
  })

  test('the desk, for somebody who is reached by text: all of it, to who came', async () => {
    await aPatient(house, 'Ben', { texts: true })
    const desk = await aDeskPerson(house)
    const { page, signIn } = await sit(desk, { timezoneId: 'America/Los_Angeles', viewport: { width: 1280, height: 900 } })
    const book = async (day: string, time: RegExp) => {
      await page.goto(`${house.url}/console/schedule`)
      await page.getByRole('navigation', { name: 'Schedule' }).getByRole('link', { name: 'Book a visit' }).click()
      await page.getByLabel(/^Name/).fill('Ben Marlowe')
      await page.getByRole('button', { name: 'Find' }).click()
      await page.getByRole('link', { name: /Ben Marlowe/ }).click()
      await show(day)
      await page.getByLabel(/^What is it about/).fill('The knee zqcanary')
      await page.getByRole('button', { name: time }).first().click()
      await page.waitForURL(/said=booked/)
    }
    const show = async (day: string) => {
      await page.getByLabel(/^Where/).first().selectOption({ label: 'Mesa Road' })
      await page.getByLabel('From').fill(day)
      await page.getByRole('button', { name: 'Show times' }).click()
    }
    await book('2026-11-02', /Monday, November 2, 2026, 9:00\sAM MST/)
    assert.match(await main(page), /Monday, November 2, 2026 at 9:00 AM MST[^]*Booked for Mon, Nov 2, 9:00 AM MST[^]*Dee Fields/)
    await looksWell(page)
    await page.getByRole('link', { name: 'Move it' }).click()
    await show('2026-11-03')
    await page.getByRole('button', { name: /Tuesday, November 3, 2026, 10:00\sAM MST/ }).click()
    await page.waitForURL(/said=moved/)
    const moved = page.url().replace(/\?.*/, '')
    await page.getByText('Cancel it').click()
    await page.getByLabel('Why').selectOption({ label: 'We could not keep it' })
    await page.getByRole('button', { name: 'Cancel this visit' }).click()
    await page.waitForURL(/said=cancelled/)
    assert.match(await main(page), /Cancelled[^]*Moved for Tue, Nov 3, 10:00 AM MST[^]*We could not keep it/)
    assert.deepEqual(await claims(), [])
    await book('2026-11-03', /Tuesday, November 3, 2026, 9:00\sAM MST/)
    const visit = page.url().replace(/\?.*/, '')
    assert.notEqual(visit, moved)
    house.twilio.asked.length = 0   // what the desk changed was told of, too

    const told = await remindAt(house, '2026-11-02T16:31:00Z')
    tellsNothing(told)
    assert.deepEqual([told.mails.length, told.texts.length], [0, 1])
    assert.match(plain(told.texts[0]!.words), /^Heron Street Clinic: visit Tue, Nov 3, 9:00 AM MST, Mesa Road\./)

    house.setNow('2026-11-03T15:50:00Z')
    await signIn()
    await page.goto(visit)
    await page.getByRole('button', { name: 'They are here' }).click()
    await page.waitForURL(/said=marked/)
    assert.match(await main(page), /Arrived[^]*Marked as arrived[^]*Dee Fields/)
    await page.getByRole('button', { name: 'It is over' }).click()
    await page.waitForURL(/said=marked/)
    assert.match(await main(page), /Completed/)
    assert.deepEqual(await rows('select status, version from scheduling.appointment order by version, status'), [{ status: 'cancelled', version: 3 }, { status: 'completed', version: 3 }])
    await page.goto(`${house.url}/console/schedule?day=2026-11-03`)
    assert.match(await main(page), /Times are EST, those of Mesa Road too \(MST there\)[^]*11:00 AM Ben Marlowe/)
    await looksWell(page)
  })

  test('somebody new on the site, from abroad: books without an account, moves and cancels by the link of a message, and books again', async () => {
    const { page } = await sit(undefined, { timezoneId: 'Europe/London' })
    const book = async (time: RegExp) => {
      await page.goto(`${house.url}/book`)
      await page.getByRole('link', { name: /Check-up/ }).click()
      await page.getByText('Another person, place, day or way').click()
      await page.getByLabel(/^From/).fill('2026-11-02')
      await page.getByRole('button', { name: 'Show times' }).click()
      await page.getByRole('button', { name: time }).first().click()
      await page.getByRole('heading', { name: 'Who is coming?' }).waitFor()
      assert.match(await main(page), /We keep this time for you until [\d:]+ [AP]M E[DS]T/)
      await looksWell(page)
      await tick(page, 'Me')
      await page.getByLabel('Full name of the person who comes').fill('Nora Quill zqcanary')
      await page.getByLabel('Their date of birth').fill('1988-02-29')
      await page.getByLabel('Your mobile phone or e-mail').fill('nora@newcomer.example')
      await tick(page, 'Yes')
      await page.getByLabel(/^What is it about/).fill('The knee zqcanary')
      await page.getByRole('button', { name: 'Send me the code' }).click()
      await page.getByRole('heading', { name: 'Type the code' }).waitFor()
      await looksWell(page)
      const sent = house.mail.received.length
      await letLeave(house)
      for (let tries = 0; tries < 100 && !codeIn(sent - 1); tries++) await page.waitForTimeout(50)
      await page.getByLabel(/^Code/).fill(codeIn(sent - 1)!)
      await page.getByRole('button', { name: 'Book this visit' }).click()
      await page.getByRole('heading', { name: 'Your visit is booked' }).waitFor()
    }
    const codeIn = (from: number) => mailsSince(house, Math.max(from, 0)).map(mail => /\b(\d{6})\b/.exec(mail.words.split(/\r?\n\r?\n/).slice(1).join('\n'))?.[1]).findLast(code => code)
    await book(/Monday, November 2, 2026, 9:00\sAM EST/)
    assert.match(await main(page), /Monday, November 2, 2026 at 9:00 AM EST[^]*Bring your list of medicines/)
    await looksWell(page)
    await letLeave(house)
    const said = mailsSince(house, 0).filter(mail => mail.to === 'nora@newcomer.example')
    for (const { words } of said) assert.doesNotMatch(words, healthWords)
    const first = await remindAt(house, '2026-10-30T14:31:00Z')
    tellsNothing(first)
    /** That it is booked is told by a mail of its own, which a job may write later. */
    const reminders = ({ mails }: Awaited<ReturnType<typeof remindAt>>) => mails.filter(mail => /You have a visit:/.test(mail.words))
    assert.deepEqual(reminders(first).map(mail => mail.to), ['nora@newcomer.example'])
    assert.match(plain(reminders(first)[0]!.words), /Monday, November 2, 2026 at 9:00 AM EST, at Heron Street/)
    const link = /https?:\/\/[^\s"]+\/v\/[\w-]+/.exec(reminders(first)[0]!.words)![0]
    await page.goto(link)
    assert.doesNotMatch(await page.content(), /zqcanary|Check-up|Harrow|Nora/i)
    await looksWell(page)
    await page.getByRole('link', { name: 'Move this visit' }).click()
    await page.getByRole('link', { name: /Tuesday, November 3, 2026, 10:00\sAM EST/ }).click()
    assert.match(await main(page), /Monday, November 2, 2026 at 9:00 AM EST[^]*Tuesday, November 3, 2026 at 10:00 AM EST/)
    assert.deepEqual(await claims(), ['2026-11-02T14:00'], 'looking changes nothing')
    await page.getByRole('button', { name: 'Move it to this time' }).click()
    await page.waitForURL(/said=moved/)
    assert.deepEqual(await claims(), ['2026-11-03T15:00'])
    await page.getByText('Cancel this visit').first().click()
    await tick(page, 'I cannot come then')
    await page.getByRole('button', { name: 'Cancel this visit' }).click()
    await page.waitForURL(/said=cancelled/)
    assert.deepEqual(await claims(), [])
    await book(/Tuesday, November 3, 2026, 9:00\sAM EST/)
    const again = await remindAt(house, '2026-10-31T14:31:00Z')
    tellsNothing(again)
    assert.deepEqual(reminders(again).map(mail => plain(mail.words).match(/\w+, \w+ \d+, \d+ at [\d:]+ [AP]M \w+/)![0]), ['Tuesday, November 3, 2026 at 9:00 AM EST'])
    assert.equal((await rows('select from scheduling.appointment where patient_id in (select id from records.patient)')).length, 0, 'nobody is attached to a record by themselves')
  })

  test('without script, into the time that clocks skip: the day has its hours, the reminder the new zone', async () => {
    house.setNow('2027-03-11T15:00:00Z')
    const eve = await aPatient(house, 'Eve')
    const { page, signIn } = await sit(eve, { timezoneId: 'America/Phoenix', javaScriptEnabled: false })
    await page.goto(house.url + visits)
    const book = async (time: RegExp) => {
      await page.getByRole('link', { name: 'Book a visit' }).click()
      await page.getByRole('link', { name: /Check-up/ }).click()
      await page.getByRole('button', { name: time }).first().click()
      await tick(page, 'Yes')
      await page.getByRole('button', { name: 'Book this visit' }).click()
      assert.match(page.url(), /said=booked/)
    }
    await book(/Monday, March 15, 2027, 9:00\sAM EDT/)
    assert.match(await main(page), /Monday, March 15, 2027 at 9:00 AM EDT[^]*until Sunday, March 14, 2027 at 9:00 AM EDT/)
    assert.deepEqual(await claims(), ['2027-03-15T13:00'])
    await page.getByRole('link', { name: 'Move this visit' }).click()
    await page.getByRole('button', { name: /Monday, March 15, 2027, 9:30\sAM EDT/ }).click()
    await page.getByRole('button', { name: 'Move it to this time' }).click()
    assert.match(page.url(), /said=moved/)
    await page.getByRole('link', { name: 'Cancel this visit' }).click()
    await page.getByRole('button', { name: 'Cancel this visit' }).click()
    assert.match(await main(page), /Please choose one/)
    await tick(page, 'I feel better')
    await page.getByRole('button', { name: 'Cancel this visit' }).click()
    assert.match(await main(page), /cancelled/)
    await book(/Monday, March 15, 2027, 10:00\sAM EDT/)
    assert.deepEqual(await remindAt(house, '2027-03-12T13:59:00Z'), { mails: [], texts: [] })
    const told = await remindAt(house, '2027-03-12T14:01:00Z')
    tellsNothing(told)
    assert.match(plain(told.mails[0]!.words), /Monday, March 15, 2027 at 10:00 AM EDT, at Heron Street/)
    house.setNow('2027-03-14T14:30:00Z')
    await signIn()
    await page.goto(house.url + visits)
    await page.getByRole('link', { name: /Monday, March 15, 2027 at 10:00\sAM EDT/ }).click()
    assert.match(await main(page), /To move or cancel it now, please call us/, 'the cut-off is 24 hours, not the same time of the day before')
    assert.equal(await page.getByRole('link', { name: 'Move this visit' }).count(), 0)
  })
})
