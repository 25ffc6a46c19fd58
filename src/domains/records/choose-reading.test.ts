import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { chromiumPath, openBrowser } from '#test/browser.ts'
import { findFaults } from '#test/e2e/look-at-page.ts'
import { aPatientPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const settings = '/portal/settings/results'

describe('how a reader wants it shown (A4)', { timeout: 90_000 }, () => {
  let house: RunningHouse, ana: SignedIn, helper: SignedIn, result = ''
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const patientId = (await bringRecords(house, 'ehr', [fhir.patient('p1'), fhir.lab('sugar', '2345-7', 130, range(70, 99, 'H'))])).get('p1')!
    ana = await signedInAs(house, { personId: (await aPatientPerson(house, { patientId })).personId, actingFor: patientId })
    helper = await signedInAs(house, { personId: (await aPatientPerson(house, { name: 'Cora Helps' })).personId, actingFor: patientId, actingAs: 'proxy' })
    result = `/portal/results/${(await house.db.owner.query('select id from records.result limit 1')).rows[0].id}`
  })
  after(() => house.close())
  const page = async (who: SignedIn, path: string) => (await who.get(path)).text()
  const choose = (who: SignedIn, first: string, size: string) => who.post(settings, { about: 'reading', first, size })
  const main = (html: string) => html.slice(html.indexOf('<main'))

  test('plain words first, in the usual size, until they say otherwise; then numbers first, and the words all the same', async () => {
    const before = await page(ana, result)
    assert.doesNotMatch(before, /rec-figures|text-large/)
    assert.equal((await choose(ana, 'numbers', 'large')).status, 303)
    const html = await page(ana, result)
    const [figures, says] = [main(html).indexOf('rec-figures'), main(html).indexOf('rec-says')]
    assert.ok(figures > 0 && figures < says, 'the numbers stand before the sentence')
    assert.match(main(html), /rec-figures"><span[^>]*>130[^<]*<\/span><span[^>]*>[^<]*70[^<]*99/)
    assert.match(html, /<details[^>]*open[^>]*>[^]*?Lab|<details[^>]*open/)
    assert.match(html, /<body class="portal text-large"/)
    assert.match(await page(ana, settings), /value="numbers" checked|checked="" value="numbers"/)
  })
  test('it is the reader’s own: who looks after them sees it their own way, and neither changes what the other chose', async () => {
    assert.doesNotMatch(await page(helper, settings), /text-large/)
    await choose(helper, 'words', 'largest')
    assert.match(await page(ana, '/portal'), /<body class="portal text-large"/)
    const { rows } = await house.db.owner.query('select first, size from records.reading_help order by size')
    assert.deepEqual(rows, [{ first: 'numbers', size: 'large' }, { first: 'words', size: 'largest' }])
  })
  test('what nobody offered changes nothing, and opens nothing', async () => {
    for (const [first, size] of [['', ''], ['all', 'large'], ['words', 'x" onload="']] as const) assert.equal((await choose(ana, first, size)).status, 303)
    assert.match(await page(ana, '/portal'), /<body class="portal text-large"/)
    assert.equal((await house.db.owner.query('select count(*)::int as n from release.agreement')).rows[0].n, 0)
  })
  test('at its largest every page still fits a small telephone, and axe finds nothing', { skip: !chromiumPath() && 'no Chromium here' }, async () => {
    await choose(ana, 'numbers', 'largest')
    const { context, close } = await openBrowser({ viewport: { width: 390, height: 844 } })
    try {
      const [name, value] = ana.cookie.split('=')
      await context.addCookies([{ name: name!, value: value!, url: house.url }])
      const tab = await context.newPage()
      for (const path of ['/portal', result, settings, '/portal/record', '/portal/settings']) {
        await tab.goto(house.url + path)
        assert.deepEqual(await findFaults(tab), [], path)
      }
      assert.equal(await tab.evaluate(() => getComputedStyle(document.documentElement).fontSize), '24px')
    } finally {
      await close()
    }
  })
})
