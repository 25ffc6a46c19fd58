import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, grantSight } from '#test/records.ts'
import { aRunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'

test('a patient pages through every result and note, fifty at a time, those without a date and those of one moment too', { timeout: 120_000 }, async t => {
  const house = await aRunningHouse()
  t.after(() => house.close())
  await aPractice(house)
  const none = { effectiveDateTime: undefined, issued: undefined, date: undefined }
  const many = Array.from({ length: 70 }, (_, n) => [fhir.lab(`bare-${n}`, '2345-7', n, none), fhir.lab(`dated-${n}`, '2345-7', n), fhir.note(`bare-note-${n}`, 'x', none), fhir.note(`dated-note-${n}`, 'x')]).flat()
  const patientId = (await bringRecords(house, 'ehr', [fhir.patient('p1'), ...many])).get('p1')!
  const personId = randomUUID()
  await grantSight(house, { personId, patientId, source: 'self' })
  const ana = await signedInAs(house, { personId, actingFor: patientId })
  for (const list of ['results', 'notes']) {
    const seen: string[] = []
    let [path, pages] = [`/portal/${list}`, 0]
    for (; path && pages < 9; pages++) {
      const html = await (await ana.get(path)).text()
      const shown = [...html.matchAll(new RegExp(`href="/portal/${list}/([0-9a-f-]{36})"`, 'g'))].map(([, id]) => id!)
      assert.ok(shown.length <= 50, `${shown.length} on one page`)
      seen.push(...shown)
      path = new RegExp(`href="(/portal/${list}\\?before=[^"]+)"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    }
    assert.deepEqual([seen.length, new Set(seen).size, pages], [140, 140, 3], list)
    for (const odd of ['?before=x&id=y', `?before=undated&id=${'-'.repeat(36)}`]) assert.equal((await ana.get(`/portal/${list}${odd}`)).status, 200, odd)
  }
})
