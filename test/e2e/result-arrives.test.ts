import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { letActForAsSystem } from '#accounts'
import { addSender } from '#integrations/ehr-hl7v2/keep-sender.ts'
import { instantAt } from '#platform/when.ts'
import { chromiumPath, openBrowser, type Browsing } from '#test/browser.ts'
import { aLiveHouse, type LiveHouse } from '#test/live.ts'
import { sendMessage } from '#test/mllp.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice, smallPractice } from '#test/practice.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { findFaults, hear } from './look-at-page.ts'
import { reach } from './reach-by-key.ts'

/** A Monday morning in Texas. */
const monday = '2026-11-23T15:00:00Z'
/** R4: from the acknowledgement to words on the screen. */
const mostMs = 60_000
const zone = 'America/Chicago'

type Someone = { number: string; family: string; given: string; born: string }
type Test = { code: string; name: string; value: string; unit?: string; range?: string; flag?: string; status?: string }
let count = 0
const stamp = (at: Date) => `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}+0000`

describe('a result that arrives over a line with TLS', { skip: !chromiumPath() && 'no Chromium here', timeout: 600_000 }, () => {
  let live: LiveHouse, browsing: Browsing, doctor: SignedIn
  const complaints: string[] = []
  before(async () => {
    live = await aLiveHouse({ now: monday })
    await furnish()
    const { personId } = await aStaffPerson(live, { name: 'Dr. Nell Harrow', email: 'nell@practice.example', roles: ['clinician'] })
    doctor = await signedInAs(live, { personId, name: 'Dr. Nell Harrow', roles: ['clinician'] })
    browsing = await openBrowser({ viewport: { width: 390, height: 844 } })
  })
  after(async () => {
    await browsing?.close()
    await live?.close()
  })

  async function furnish(): Promise<void> {
    await aPractice(live, { locations: { 'heron-street': { ...smallPractice.locations!['heron-street']!, city: 'Marfa', region: 'TX', postalCode: '79843', zone } } })
    assert.ok((await addSender(live.system('records.import'), { source: 'lab', facility: 'ACME', zone, numberSystem: 'ehr' })).ok)
  }
  const rows = async (query: string, ...values: unknown[]) => (await live.db.owner.query(query, values)).rows
  const head = (type: string) => `MSH|^~\\&|LAB|ACME|R|P|${stamp(live.house.now())}||${type}|C${++count}|P|2.5.1`
  const pid = ({ number, family, given, born }: Someone) => `PID|1||${number}^^^EHR^MR||${family}^${given}||${born.replaceAll('-', '')}|F`
  const obx = ({ code, name, value, unit = '', range = '', flag = '', status = 'F' }: Test, place: number) => `OBX|${place + 1}|${/^[\d.]+$/.test(value) ? 'NM' : 'TX'}|${code}^${name}^LN||${value}|${unit}|${range}|${flag}|||${status}`
  const oru = (who: Someone, filler: string, order: string, tests: readonly Test[], { status = 'F', section = 'LAB', at = live.house.now() } = {}) =>
    [head('ORU^R01'), pid(who), `OBR|1||${filler}|${order}|||${stamp(at)}|||||||||||||||${stamp(at)}||${section}|${status}`, ...tests.map(obx)].join('\r')
  const send = (text: string) => sendMessage(live.line, text)
  const sugar = (value: string, flag: string, status = 'F'): Test => ({ code: '2345-7', name: 'Glucose', value, unit: 'mg/dL', range: '70-99', flag, status })

  /** Registered by the same system, before there is a result; returns who they are here. */
  async function registered(who: Someone): Promise<string> {
    assert.match(await send([head('ADT^A04'), pid(who)].join('\r')), /MSA\|AA/)
    for (const begun = Date.now(); Date.now() - begun < mostMs; await new Promise(done => setTimeout(done, 100))) {
      const [found] = await rows('select id from records.patient where mrn = $1', who.number)
      if (found) return found.id
    }
    assert.fail(`${who.family} is not known after a minute`)
  }
  async function patientOf(who: Someone, locale: 'en' | 'es' = 'en'): Promise<SignedIn> {
    const patientId = await registered(who)
    const name = `${who.given} ${who.family}`
    return signedInAs(live, { personId: (await aPatientPerson(live, { name, locale, patientId })).personId, name, actingFor: patientId, locale })
  }
  async function become(who: SignedIn): Promise<void> {
    await browsing.context.clearCookies()
    const [name, value] = who.cookie.split('=') as [string, string]
    await browsing.context.addCookies([{ name, value, url: live.url }])
  }
  async function pageOf(who: SignedIn): Promise<Page> {
    await become(who)
    const page = await browsing.context.newPage()
    page.setDefaultTimeout(15_000)
    hear(page, live.url, words => complaints.push(`${page.url()}: ${words}`))
    return page
  }
  const main = (page: Page) => page.locator('main').innerText()
  /** Looks again and again, as somebody who waits does, until the words are there. */
  async function waitFor(page: Page, path: string, words: RegExp, since: number): Promise<void> {
    for (;;) {
      await page.goto(live.url + path)
      if (words.test(await main(page))) break
      if (Date.now() - since > mostMs) assert.fail(`${path} says after a minute only: ${await main(page)}`)
      await page.waitForTimeout(250)
    }
    assert.ok(Date.now() - since < mostMs, `${path}: ${Date.now() - since} ms`)
  }
  /** Goes on by keyboard alone to the link or button that is named, and presses it. */
  async function pressByKey(page: Page, name: RegExp): Promise<void> {
    await reach(page, name)
    await page.keyboard.press('Enter')
  }
  /** The mail to whoever is called, within the minute, with nothing in it of why. */
  async function paged(since: number, before = 0): Promise<void> {
    for (;;) {
      const mails = await rows("select subject from platform.mail where to_address = 'nell@practice.example'")
      if (mails.length > before) return assert.match(mails.at(-1).subject, /^Heron Street Clinic pages you$/)
      assert.ok(Date.now() - since < mostMs, 'nobody was paged within a minute')
      await new Promise(done => setTimeout(done, 100))
    }
  }
  const looksWell = async (page: Page) => {
    assert.deepEqual(await findFaults(page), [], page.url())
    await page.setViewportSize({ width: 390, height: 844 })
  }
  /** What somebody hears who does not see the line: its name and its description, and no number without words. */
  const heardOf = (page: Page) => page.locator('svg.rec-line').first().evaluate(line => {
    const ids = (line.getAttribute('aria-labelledby') ?? '').split(' ')
    return { role: line.getAttribute('role'), words: ids.map(id => document.getElementById(id)?.textContent ?? '').join(' ') }
  })

  test('routine: in the usual range, by keyboard from the list, and the line is heard', async () => {
    const page = await pageOf(await patientOf({ number: '100', family: 'Marlowe', given: 'Ana', born: '1972-04-17' }))
    await page.goto(`${live.url}/portal/results`)
    assert.match(await main(page), /No results here yet\.\s+This does not mean your tests were normal\./)
    assert.match(await send(oru({ number: '100', family: 'Marlowe', given: 'Ana', born: '1972-04-17' }, 'F100', '2345-7^Glucose^LN', [sugar('88', 'N')])), /MSA\|AA/)
    await waitFor(page, '/portal/results', /Blood sugar/, Date.now())
    await pressByKey(page, /Blood sugar/)
    await page.waitForURL(/results\/[0-9a-f-]{36}$/)
    assert.match(await main(page), /In the usual range/)
    await looksWell(page)
    if (await page.locator('svg.rec-line').count() === 0) await pressByKey(page, /More about this test/)
    await page.locator('svg.rec-line').waitFor()
    assert.deepEqual(await heardOf(page), { role: 'img', words: 'Blood sugar on a number line Your result is 88 mg/dL. In the usual range. The usual range goes from 70 to 99.' })
    await looksWell(page)
    await page.close()
  })

  test('abnormal: said in Spanish, how far outside, by when somebody answers and how to ask; it looks as it should in the dark, too', async () => {
    const who = { number: '101', family: 'Solano', given: 'Rosa', born: '1961-02-03' }
    const page = await pageOf(await patientOf(who, 'es'))
    assert.match(await send(oru(who, 'F101', '2345-7^Glucose^LN', [sugar('130', 'H')])), /MSA\|AA/)
    await waitFor(page, '/portal/results', /Azúcar en la sangre/, Date.now())
    assert.equal(await page.locator('html').getAttribute('lang'), 'es')
    await pressByKey(page, /Azúcar en la sangre/)
    await page.waitForURL(/results\/[0-9a-f-]{36}$/)
    assert.match(await main(page), /Se lo explicamos en español por teléfono, sin costo[^]*Well above the usual range[^]*Qué pasa ahora[^]*Su equipo lo va a mirar antes del miércoles, 25 de noviembre[^]*Preguntar sobre esto[^]*llame al \(802\) 555-0199/)
    assert.deepEqual(await heardOf(page), { role: 'img', words: 'Blood sugar on a number line Your result is 130 mg/dL. Well above the usual range. The usual range goes from 70 to 99.' })
    await looksWell(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await page.evaluate(async () => { await new Promise(requestAnimationFrame); await Promise.all(document.getAnimations().map(one => one.finished)) })   // a color on its way to another has the contrast of neither
    await looksWell(page)
    await page.close()
  })

  test('abnormal, where Spanish may be shown that nobody has read over yet: all of it in Spanish, the line too', async () => {
    const real = live
    live = await aLiveHouse({ now: monday, isDemo: true })
    try {
      await furnish()
      const who = { number: '101', family: 'Solano', given: 'Rosa', born: '1961-02-03' }
      const page = await pageOf(await patientOf(who, 'es'))
      await send(oru(who, 'F101', '2345-7^Glucose^LN', [sugar('104', 'H')]))
      await waitFor(page, '/portal/results', /Azúcar en la sangre/, Date.now())
      await pressByKey(page, /Azúcar en la sangre/)
      await page.waitForURL(/results\/[0-9a-f-]{36}$/)
      assert.match(await main(page), /Un poco por encima del rango normal[^]*Su resultado\s+104 mg\/dL[^]*Qué pasa ahora[^]*Preguntar sobre esto[^]*Si se siente peor, llámenos/)
      assert.doesNotMatch(await main(page), /\b(the|your|usual|November)\b/)
      assert.deepEqual(await heardOf(page), { role: 'img', words: 'Azúcar en la sangre en una línea de números Su resultado es 104 mg/dL. Un poco por encima del rango normal. El rango normal va de 70 a 99.' })
      await looksWell(page)
      await page.close()
    } finally {
      await live.close()
      live = real
    }
  })

  test('critical: the page leads with the call, and whoever is on call is paged by mail and console until the call is written down', async () => {
    const who = { number: '102', family: 'Quill', given: 'Bo', born: '1950-05-06' }
    const page = await pageOf(await patientOf(who))
    assert.match(await send(oru(who, 'F102', '2823-3^Potassium^LN', [{ code: '2823-3', name: 'Potassium', value: '7.4', unit: 'mmol/L', range: '3.5-5.1', flag: 'HH' }])), /MSA\|AA/)
    const since = Date.now()
    await waitFor(page, '/portal/results', /Potassium/, since)
    await pressByKey(page, /Potassium/)
    await page.waitForURL(/results\/[0-9a-f-]{36}$/)
    assert.match(await main(page), /^\s*Call us now at \(802\) 555-0199[^]*Call 911[^]*This needs quick action/)
    await looksWell(page)
    await page.close()
    const console = await pageOf(doctor)
    await waitFor(console, '/console/pages', /A result needs quick action/, since)
    await paged(since)
    await pressByKey(console, /A result needs quick action/)
    await console.waitForURL(/inbox/)
    await looksWell(console)
    await console.getByLabel(/^Whom you spoke with/).fill('Bo Quill')
    await console.getByLabel(/^What came of it/).fill('Goes to the hospital at once, with his son.')
    await console.getByRole('button', { name: 'I have called' }).click()
    await waitFor(console, '/console/pages', /Calls that were made[^]*Bo Quill/, Date.now())
    assert.match(await main(console), /Nobody waits for a call/)
    await console.close()
  })

  test('critical, and nobody’s: it could not be placed, and pages all the same', async () => {
    const before = (await rows("select 1 from platform.mail where to_address = 'nell@practice.example'")).length
    const answer = await send(oru({ number: '', family: 'Nobody', given: 'Known', born: '1950-05-06' }, 'F103', '2823-3^Potassium^LN', [{ code: '2823-3', name: 'Potassium', value: '7.9', unit: 'mmol/L', range: '3.5-5.1', flag: 'HH' }]))
    assert.match(answer, /MSA\|AE\|[^]*kept for staff/)
    const since = Date.now()
    const console = await pageOf(doctor)
    await waitFor(console, '/console/pages', /A critical value came that could not be placed/, since)
    await paged(since, before)
    await pressByKey(console, /A critical value came that could not be placed/)
    await console.waitForURL(/inbox/)
    assert.match(await main(console), /“lab”/)
    await looksWell(console)
    await pressByKey(console, /Read the message/)
    await console.waitForURL(/feeds\/messages/)
    assert.match(await main(console), /gives the patient no number[^]*Known Nobody[^]*\|7\.9\|mmol\/L\|3\.5-5\.1\|HH\|/)
    await looksWell(console)
    await console.close()
  })

  test('corrected: what the laboratory changed, with the old value beside the new', async () => {
    const who = { number: '105', family: 'Fenn', given: 'Ada', born: '1990-09-10' }
    const page = await pageOf(await patientOf(who))
    await send(oru(who, 'F105', '2345-7^Glucose^LN', [sugar('91', 'N')]))
    await waitFor(page, '/portal/results', /Blood sugar/, Date.now())
    live.setNow(new Date(live.house.now().getTime() + 5_000))
    assert.match(await send(oru(who, 'F105', '2345-7^Glucose^LN', [sugar('191', 'H', 'C')], { status: 'C' })), /MSA\|AA/)
    await waitFor(page, '/portal/results', /outside/i, Date.now())
    await pressByKey(page, /Blood sugar/)
    await page.waitForURL(/results\/[0-9a-f-]{36}$/)
    assert.match(await main(page), /changed/)
    assert.equal(await page.locator('main del').first().innerText(), '91 mg/dL')
    await looksWell(page)
    await page.close()
  })

  /** A parent who was let in by the front desk while the child was under twelve. */
  async function parentOf(child: Someone, name: string): Promise<SignedIn> {
    const patientId = await registered(child)
    const { personId } = await aPatientPerson(live, { name, patientId: await registered({ number: `P${child.number}`, family: child.family, given: name.split(' ')[0]!, born: '1985-01-02' }) })
    const twelfth = `${Number(child.born.slice(0, 4)) + 12}${child.born.slice(4)}`
    await letActForAsSystem(live.system('accounts.command'), { personId, patientId, basis: 'parent-of-child', endsAt: instantAt(twelfth, '00:00', zone) })
    return signedInAs(live, { personId, name, actingFor: patientId, actingAs: 'proxy' })
  }

  test('proxy: the parent of a child under twelve reads it, and reads whose it is', async () => {
    const child = { number: '106', family: 'Bell', given: 'Tom', born: '2020-03-04' }
    const page = await pageOf(await parentOf(child, 'Mara Bell'))
    assert.match(await send(oru(child, 'F106', '2345-7^Glucose^LN', [sugar('88', 'N')])), /MSA\|AA/)
    await waitFor(page, '/portal/results', /Blood sugar/, Date.now())
    assert.match(await page.locator('body').innerText(), /Tom Bell/)
    await pressByKey(page, /Blood sugar/)
    await page.waitForURL(/results\/[0-9a-f-]{36}$/)
    assert.match(await main(page), /In the usual range/)
    await looksWell(page)
    await page.close()
  })

  test('teen: from the twelfth birthday on nobody is shown it, nor told; it has an owner all the same', async () => {
    const teen = { number: '107', family: 'Marsh', given: 'Lee', born: '2014-11-24' }
    const parent = await parentOf(teen, 'Joan Marsh')
    live.setNow('2026-11-24T05:59:00Z')
    const late = await signedInAs(live, { personId: parent.personId, name: 'Joan Marsh', actingFor: (await rows('select id from records.patient where mrn = $1', '107'))[0].id, actingAs: 'proxy' })
    const page = await pageOf(late)
    await page.goto(`${live.url}/portal/results`)
    assert.match(await main(page), /No results here yet/)
    live.setNow('2026-11-24T06:00:05Z')
    assert.match(await send(oru(teen, 'F107', '2345-7^Glucose^LN', [sugar('130', 'H')])), /MSA\|AA/)
    const since = Date.now()
    const desk = await pageOf(await signedInAs(live, { personId: doctor.personId, name: 'Dr. Nell Harrow', roles: ['clinician'] }))
    await waitFor(desk, '/console/results', /Lee Marsh/, since)
    assert.equal((await rows("select 1 from work.task t join records.patient p on p.id = t.patient_id where p.mrn = '107' and t.kind = 'result-review' and t.due_at is not null and t.pool = 'clinician'")).length, 1)
    await desk.close()
    await become(late)
    const [result] = await rows("select r.id from records.result r join records.patient p on p.id = r.patient_id where p.mrn = '107' limit 1")
    for (const path of ['/portal', '/portal/results', '/portal/results/waiting', `/portal/results/${result.id}`]) {
      assert.ok((await page.goto(live.url + path))!.status() >= 400, path)
      assert.doesNotMatch(await page.content(), /Blood sugar|mg\/dL|Lee|new result|No results/, path)
    }
    await page.goto(`${live.url}/portal/results`)
    assert.match(await main(page), /You no longer look after this person/)
    await looksWell(page)
    await pressByKey(page, /Change person/)
    assert.match(await main(page), /My own record/)
    await page.close()
    assert.deepEqual(await rows("select to_address from platform.mail m join accounts.person a on a.email = m.to_address where a.name = 'Joan Marsh'"), [])
  })

  test('pathology under the law of Texas: the patient reads until when and why, and then it opens on a choice', async () => {
    live.setNow('2026-11-24T15:00:00Z')
    const who = { number: '104', family: 'Reyes', given: 'Ines', born: '1980-07-08' }
    const ines = await patientOf(who)
    const page = await pageOf(ines)
    const text: Test = { code: '22637-3', name: 'Pathology report', value: 'Benign tissue. No cancer is seen.' }
    assert.match(await send(oru(who, 'F104', '60567-5^Surgical pathology^LN', [text], { section: 'PAT' })), /MSA\|AA/)
    await waitFor(page, '/portal/results', /One more is here and not open yet/, Date.now())
    assert.doesNotMatch(await page.content(), /Benign|pathology/i)
    await pressByKey(page, /not open yet/)
    await page.waitForURL(/results\/waiting/)
    assert.match(await main(page), /A law makes us wait with this kind of result\. It opens on Friday, November 27[^]*12:00 AM CST/)
    await pressByKey(page, /Why\?/)
    assert.match(await main(page), /Tex\. Occ\. Code 159\.0062/)
    await looksWell(page)
    live.setNow('2026-11-27T05:59:30Z')
    const again = await pageOf(await signedInAs(live, { personId: ines.personId, name: 'Ines Reyes', actingFor: (await rows('select id from records.patient where mrn = $1', '104'))[0].id }))
    await again.goto(`${live.url}/portal/results`)
    assert.match(await main(again), /not open yet/)
    live.setNow('2026-11-27T06:00:01Z')
    await waitFor(again, '/portal/results', /Pathology/i, Date.now())
    await pressByKey(again, /Pathology/i)
    assert.match(await main(again), /How would you like to see it\?/)
    assert.doesNotMatch(await main(again), /Benign/)
    await looksWell(again)
    await pressByKey(again, /See it now/)
    await again.waitForFunction(() => /Benign tissue\. No cancer is seen\./.test(document.querySelector('main')?.innerText ?? ''))
    await again.close()
    await page.close()
  })

  test('and no page complained', () => assert.deepEqual(complaints, []))
})
