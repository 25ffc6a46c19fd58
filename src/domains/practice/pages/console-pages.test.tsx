import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aPhoto, aPractice } from '#test/practice.ts'
import { signedInAs } from '#test/signed-in.ts'

let house: RunningHouse
let locationId: string
let clinicianId: string
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  const founded = await aPractice(house)
  locationId = founded.locationIds['heron-street']!
  clinicianId = founded.clinicianIds['nell-harrow']!
})
after(() => house.close())

const base = '/console/practice'
const opens: Record<string, readonly Role[]> = {
  '': ['clinician', 'front-desk', 'editor', 'manager'], '/clinicians': ['clinician', 'front-desk', 'editor', 'manager'], '/preview': ['clinician', 'front-desk', 'editor', 'manager'],
  '/story': ['editor', 'manager'], '/services': ['editor', 'manager'], '/pictures': ['editor', 'manager'], '/plans': ['front-desk', 'manager'],
  '/profile': ['manager'], '/brand': ['manager'], '/locations': ['manager'], '/locations/new': ['manager'], '/holidays': ['manager'], '/notices': ['manager'], '/notices/accessibility': ['manager'], '/clinicians/new': ['manager'],
}

test('each page opens for those it is for, and for nobody else', async () => {
  for (const role of ['clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager'] as const) {
    const person = await signedInAs(house, { roles: [role] })
    for (const [page, allowed] of Object.entries(opens)) assert.equal((await person.get(base + page)).status, allowed.includes(role) ? 200 : 403, `${page} as ${role}`)
  }
  assert.equal((await fetch(`${house.url}${base}`, { redirect: 'manual' })).status, 303)
})

test('the manager opens one place and one clinician, and what does not exist is not found', async () => {
  const manager = await signedInAs(house, { roles: ['manager'] })
  assert.match(await (await manager.get(`${base}/locations/${locationId}`)).text(), /value="08:00"/)
  assert.match(await (await manager.get(`${base}/clinicians/${clinicianId}`)).text(), /Dr\. Nell Harrow/)
  for (const path of [`/locations/${randomUUID()}`, '/locations/x', `/clinicians/${randomUUID()}`, '/notices/other']) assert.equal((await manager.get(base + path)).status, 404, path)
})

test('what was typed stays when something is wrong, and nothing is saved', async () => {
  const manager = await signedInAs(house, { roles: ['manager'] })
  const answer = await manager.post(`${base}/profile`, { name: 'Heron Street & Sons', phone: '12', 'after-hours-en': 'Call.', goal: 'grow' })
  const html = await answer.text()
  assert.equal(answer.status, 422)
  assert.match(html, /value="Heron Street &amp; Sons"/)
  assert.match(html, /href="#phone"/)
  assert.match(html, /area code/)
  assert.ok(!(await (await manager.get(`${base}/profile`)).text()).includes('Sons'))
})

test('a clinician sees no form on another’s page, and a forged one is refused', async () => {
  const clinician = await signedInAs(house, { roles: ['clinician'] })
  assert.ok(!(await (await clinician.get(`${base}/clinicians/${clinicianId}`)).text()).includes('name="line-en"'))
  assert.equal((await clinician.post(`${base}/clinicians/${clinicianId}`, { do: 'words', 'line-en': 'Forged' })).status, 403)
  assert.equal((await clinician.post(`${base}/clinicians/${clinicianId}`, { do: 'facts', name: 'Forged' })).status, 403)
  assert.equal((await clinician.post(`${base}/clinicians/${clinicianId}`, { do: 'go' })).status, 403)
  assert.equal((await clinician.post(base, { do: 'withdraw' })).status, 403)
})

test('a colour can be tried before it is saved', async () => {
  const manager = await signedInAs(house, { roles: ['manager'] })
  const tried = await (await manager.post(`${base}/brand`, { do: 'try', color: '#ffe066' })).text()
  assert.match(tried, /pale for words/)
  assert.match(tried, /\d+(\.\d+)? : 1/)
  const { rows } = await house.db.owner.query('select brand_color from practice.profile')
  assert.equal(rows[0].brand_color, '#2f6a56')
})

test('a picture comes in through the form and shows in the list', async () => {
  const editor = await signedInAs(house, { roles: ['editor'] })
  const form = new FormData()
  for (const [name, value] of Object.entries({ _once: randomUUID(), do: 'add', name: 'Front door', 'alt-en': 'A green door', 'alt-es': 'Una puerta verde' })) form.set(name, value)
  form.set('file', new File([new Uint8Array(await aPhoto(400, 300))], '../../evil.svg', { type: 'image/svg+xml' }))
  const answer = await fetch(`${house.url}${base}/pictures`, { method: 'POST', headers: { cookie: editor.cookie, origin: house.url }, body: form, redirect: 'manual' })
  assert.equal(answer.status, 303)
  assert.match(await (await editor.get(`${base}/pictures`)).text(), /\/pictures\/[0-9a-f-]{36}\/front-door-320\.jpg/)
})
