import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { chromiumPath, openBrowser, type Browsing } from '#test/browser.ts'
import { findFaults, hear } from '#test/e2e/look-at-page.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const old = 'She fears needles since she was a child in the hospital. Refused the flu shot because she fears the needle.'

describe('the words of a note, while it is written', { timeout: 180_000 }, () => {
  let house: RunningHouse, ada: SignedIn, ben: SignedIn, desk: SignedIn, patientId = ''
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const as = async (role: 'clinician' | 'front-desk') => signedInAs(house, { roles: [role], name: 'Nell Harrow', personId: (await aStaffPerson(house, { roles: [role] })).personId })
    ;[ada, ben, desk] = [await as('clinician'), await as('clinician'), await as('front-desk')]
    patientId = (await bringRecords(house, 'ehr', [fhir.patient('p1'), fhir.note('old', old)])).get('p1')!
  })
  after(() => house.close())

  const begin = async () => (await ada.post('/console/notes', { patient: patientId })).headers.get('location')!.split('/').at(-1)!
  const asked = (id: string, fields: Record<string, string>, who = ada) => who.post(`/console/notes/${id}/words`, { body: '', summary: '', ...fields })
  const marks = async (draft: string) => (await house.db.owner.query('select term, words, outcome, why from writing.mark where draft_id = $1 order by term, words', [draft])).rows

  describe('asked of the server', () => {
    test('N1 10,000 letters come back in less than 150 ms (the middle of forty; the bench looks at the 95th percentile), and nothing of them is kept or logged', async () => {
      const id = await begin()
      const body = 'Zq9canary claims that the pain is worse, refused the test, and denies fever. We agreed to check the potassium. '.repeat(100).slice(0, 10_000)
      const times: number[] = []
      for (let time = 0; time < 40; time++) {
        const begun = performance.now()
        const answer = await (await asked(id, { body, _once: '' })).json() as { marks: unknown[]; more: number }
        times.push(performance.now() - begun)
        assert.ok(answer.marks.length === 5 && answer.more > 100)
      }
      const middle = times.toSorted((a, b) => a - b)[20]!
      assert.ok(middle < 150, `${middle.toFixed(0)} ms`)
      const { rows } = await house.db.owner.query("select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^pg_|information_schema|graphile'")
      for (const { name } of rows) assert.equal((await house.db.owner.query(`select count(*)::int as n from ${name} t where t::text ilike '%zq9canary%'`)).rows[0].n, 0, name)
      assert.ok(!house.logged.join('').includes('Zq9canary'))
    })
    test('N2 each mark has its field, its place, a reason and what one click puts there; N5 what was copied says from when', async () => {
      const body = 'Combative. Refused the flu shot because she fears the needle.'
      const { marks: found, copied } = await (await asked(await begin(), { body, summary: 'She is in denial.' })).json() as { marks: { field: 'body' | 'summary'; start: number; end: number; words: string; copiedFrom: string | null; offers: object[]; why: string }[]; copied: object[] }
      assert.deepEqual(found.map(({ field, words, copiedFrom }) => [field, words, copiedFrom]), [['body', 'Combative', null], ['body', 'Refused', 'Friday, November 20, 2026'], ['summary', 'in denial', null]])
      for (const { field, start, end, words, why, offers } of found) {
        assert.equal({ body, summary: 'She is in denial.' }[field].slice(start, end), words)
        assert.ok(why.length > 0 && offers.length > 0)
      }
      assert.equal(copied.length, 1)
    })
    test('nobody but its author asks about a note: not a colleague, not the front desk, not after it is signed, not with a made-up id; and what is sent may be anything', async () => {
      const id = await begin()
      assert.equal((await asked(id, { body: 'Refused.' }, ben)).status, 404)
      assert.equal((await asked(id, { body: 'Refused.' }, desk)).status, 403)
      assert.equal((await asked('00000000-0000-4000-8000-000000000000', {})).status, 404)
      for (const kept of ['', '|', 'SL029', 'SL029|'.repeat(500), 'nonsense|refused', "SL029|'; drop table writing.mark"]) assert.equal((await asked(id, { body: 'Refused.', kept })).status, 200)
      assert.equal((await asked(id, { body: 'a'.repeat(400_000) })).status, 413)
      await ada.post(`/console/notes/${id}`, { title: 'Visit', body: 'All is well.', summary: '', action: 'sign' })
      assert.equal((await asked(id, { body: 'Refused.' })).status, 404)
      assert.equal((await ada.get(`/console/notes/${id}/words`)).status, 404)
    })
    test('N2 what is kept stays kept: it is not pointed out again, and stands with the note, for its author’s eyes alone', async () => {
      const id = await begin()
      const [first] = ((await (await asked(id, { body: 'Refused the shot. refused again. Combative.' })).json()) as { marks: { term: string }[] }).marks.slice(1)
      const kept = `${first!.term}|refused`
      const again = await (await asked(id, { body: 'Refused the shot. refused again. Combative.', kept })).json() as { marks: { words: string }[] }
      assert.deepEqual(again.marks.map(({ words }) => words), ['Combative'])
      await ada.post(`/console/notes/${id}`, { title: 'Visit', body: 'Refused the shot.', summary: '', kept, 'kept-why': 'Her own word', action: 'keep' })
      assert.deepEqual(await marks(id), [{ term: first!.term, words: 'refused', outcome: 'kept', why: 'Her own word' }])
      const page = await (await ada.get(`/console/notes/${id}`)).text()
      assert.match(page, new RegExp(`name="kept" value="${first!.term}\\|refused"`))
      assert.doesNotMatch(await (await ada.post(`/console/notes/${id}`, { title: 'Visit', body: 'Refused the shot.', summary: '', kept, action: 'check' })).text(), /Look at this<\/span>[^]*<form/)
    })
  })

  describe('in a browser', { skip: !chromiumPath() && 'no Chromium here' }, () => {
    const open: Browsing[] = []
    const complaints: string[] = []
    after(async () => { for (const browsing of open) await browsing.close() })
    async function aPage(id: string, javaScriptEnabled = true): Promise<Page> {
      const browsing = await openBrowser({ viewport: { width: 1280, height: 900 }, javaScriptEnabled })
      open.push(browsing)
      const [name, value] = ada.cookie.split('=')
      await browsing.context.addCookies([{ name: name!, value: value!, url: house.url }])
      const page = await browsing.context.newPage()
      page.setDefaultTimeout(10_000)
      complaints.length = 0
      hear(page, house.url, words => complaints.push(words))
      await page.goto(`${house.url}/console/notes/${id}`)
      return page
    }
    const body = (page: Page) => page.getByLabel('The note, word for word')
    const lines = (page: Page) => page.locator('.words-mark')
    const underlined = (page: Page) => page.locator('.marked-words').allTextContents()

    test('N3 the graver stand out in the text, all of them beside it; axe finds nothing, no policy is broken, and typing goes on', async () => {
      const page = await aPage(await begin())
      await body(page).pressSequentially('Combative. She claims that it hurts. Noncompliant.')
      await page.getByRole('status').getByText('3 words to look at').waitFor()
      assert.deepEqual(await underlined(page), ['Combative', 'Noncompliant'])
      assert.deepEqual((await lines(page).locator('[data-slot=words]').allTextContents()), ['Combative', 'Noncompliant', 'claims that'])
      const [text, layer] = [await body(page).boundingBox(), await page.locator('.marked-layer').first().boundingBox()]
      assert.deepEqual(text, layer)
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA')
      await page.keyboard.type(' Back in May.')
      assert.deepEqual(await underlined(page), ['Combative', 'Noncompliant'])
      assert.deepEqual(await findFaults(page), [])
      assert.deepEqual(complaints, [])
    })
    test('N2 by keyboard alone: one press replaces and marks the blank, the browser’s undo takes it back; nothing is changed unasked', async () => {
      const page = await aPage(await begin())
      await body(page).pressSequentially('An alcoholic refused.')
      await lines(page).nth(1).waitFor()
      assert.equal(await body(page).inputValue(), 'An alcoholic refused.')
      for (let i = 0; i < 12 && !/^Replace “alcoholic”/.test(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '')); i++) await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      assert.equal(await body(page).inputValue(), 'A person with alcohol use disorder refused.')
      await page.keyboard.press('Control+z')
      assert.equal(await body(page).inputValue(), 'An alcoholic refused.')
      await page.getByRole('button', { name: /^Replace “refused”/ }).first().click()
      assert.equal(await page.evaluate(() => { const area = document.activeElement as HTMLTextAreaElement; return area.value.slice(area.selectionStart, area.selectionEnd) }), '…')
      await page.keyboard.type('have it')
      assert.match(await body(page).inputValue(), /chose not to have it/)
    })
    test('N2 one click keeps, a reason may follow, a second thought takes it back; it is remembered', async () => {
      const id = await begin()
      const page = await aPage(id)
      await body(page).pressSequentially('Refused the shot. Combative.')
      await page.getByRole('button', { name: 'Keep “Refused”' }).click()
      assert.deepEqual(await lines(page).locator('[data-slot=words]').allTextContents(), ['Combative'])
      assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /Combative/)
      await page.getByLabel('Why you keep “Refused”').fill('Her own word')
      await page.getByRole('button', { name: 'Keep for later' }).click()
      await page.waitForURL(/said=saved/)
      await lines(page).first().waitFor()
      assert.deepEqual(await lines(page).locator('[data-slot=words]').allTextContents(), ['Combative'])
      assert.equal(await page.getByLabel('Why you keep “refused”').inputValue(), 'Her own word')
      await page.getByRole('button', { name: 'Undo' }).click()
      await lines(page).nth(1).waitFor()
      await page.getByRole('button', { name: 'Sign and share' }).click()
      await page.waitForURL(/said=signed/)
      assert.deepEqual((await marks(id)).map(({ words, outcome }) => [words, outcome]).toSorted(), [['combative', 'stands'], ['refused', 'stands']])
    })
    test('where the server cannot answer, the note says so and is written as before', async () => {
      const page = await aPage(await begin())
      await page.route('**/words', route => route.abort())
      await body(page).pressSequentially('Refused.')
      await page.getByText('cannot be checked just now').waitFor()
      assert.equal(await body(page).inputValue(), 'Refused.')
    })
    test('without script the check is one button away, as before', async () => {
      const page = await aPage(await begin(), false)
      assert.ok(await page.locator('.words-beside').isHidden())
      await body(page).fill('Refused the shot.')
      await page.getByRole('button', { name: 'Check the words' }).click()
      await page.getByText('Instead: chose not to').waitFor()
    })
  })
})
