import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { contentEar } from '#platform/content-version.ts'
import { keepHearing, type Hearing } from '#platform/keep-hearing.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aPhoto, aPractice } from '#test/practice.ts'
import { signedInAs } from '#test/signed-in.ts'

let house: RunningHouse
let follower: Hearing
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  follower = keepHearing({ url: house.db.appUrl, ears: [contentEar(house.house.siteCache)], log: house.house.log })
  await follower.ready
  await aPractice(house, {
    story: { en: 'First.\n\n<script>alert(1)</script> & more', es: 'Primero.\n\nMás' }, frontPicture: 'door', pictures: { door: { name: 'Door', alt: { en: 'A door', es: 'Una puerta' }, bytes: await aPhoto() } },
  })
})
after(async () => { await follower.stop(); await house.close() })

const get = (path: string) => fetch(house.url + path, { redirect: 'manual' })
const text = async (path: string) => (await get(path)).text()
const paths = ['/', '/clinicians', '/clinicians/nell-harrow', '/locations/heron-street', '/services', '/contact', '/privacy', '/privacy-practices', '/nondiscrimination', '/language-help', '/accessibility']
const dataOf = (html: string) => JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html)![1]!)['@graph'] as Record<string, unknown>[]

test('every page stands in both languages, names itself, and runs no script', async () => {
  for (const path of paths) {
    for (const locale of ['en', 'es'] as const) {
      const address = locale === 'en' ? path : path === '/' ? '/es' : `/es${path}`
      const answer = await get(address)
      const html = await answer.text()
      assert.equal(answer.status, 200, address)
      assert.match(html, new RegExp(`<html lang="${locale}"`), address)
      assert.equal(html.match(/<h1[ >]/g)?.length, 1, `${address} has one h1`)
      assert.equal(html.replaceAll(/<script type="application\/ld\+json">/g, '').includes('<script'), false, `${address} runs no script`)
      assert.ok(html.includes(`<link rel="canonical" href="${house.url}${address}"/>`), `${address} names itself`)
      // Each names itself and its other half by whole addresses: search engines drop pairs that do not point back.
      const alternates = [...html.matchAll(/<link rel="alternate" hrefLang="(\w+)" href="([^"]+)"\/>/g)].map(([, lang, href]) => `${lang} ${href}`)
      assert.deepEqual(alternates, [`en ${house.url}${path}`, `es ${house.url}${path === '/' ? '/es' : `/es${path}`}`], address)
      assert.ok(html.includes(locale === 'en' ? '>Español<' : '>English<'), `${address} offers the other language`)
      assert.ok(html.includes('href="tel:+18025550199"'), `${address} has the telephone`)
      assert.match(html, /<title>[^<]{5,}<\/title>/)
      assert.match(html, /<meta name="description" content="[^"]{10,}"/, address)
    }
  }
})

test('what machines read is what people read', async () => {
  const clinic = dataOf(await text('/locations/heron-street')).find(thing => thing['@type'] === 'MedicalClinic')!
  const hours = clinic.openingHoursSpecification as { dayOfWeek: string; opens: string; closes: string }[]
  assert.deepEqual(hours[0], { '@type': 'OpeningHoursSpecification', dayOfWeek: 'https://schema.org/Monday', opens: '08:00', closes: '17:00' })
  assert.equal(hours.length, 5)
  assert.deepEqual((clinic.specialOpeningHoursSpecification as { validFrom: string; opens: string }[])[0], { '@type': 'OpeningHoursSpecification', validFrom: '2026-11-26', validThrough: '2026-11-26', opens: '00:00', closes: '00:00' })
  assert.equal(clinic.telephone, '+18025550199')
  const doctor = dataOf(await text('/clinicians/nell-harrow'))[0]!
  assert.equal(doctor.name, 'Dr. Nell Harrow')
})

test('words that somebody wrote are never taken as HTML', async () => {
  const html = await text('/')
  assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt; &amp; more'))
})

test('a page says how it stands now, and tells the truth again when that changes', async () => {
  assert.match(await text('/locations/heron-street'), /Open today until 5.pm/)
  assert.ok(house.house.siteCache.find('/locations/heron-street', house.house.now()))
  house.setNow('2026-11-23T22:00:01Z')
  assert.match(await text('/locations/heron-street'), /Closed now\. Opens Tuesday at 8.am/)
  house.setNow('2026-11-26T15:00:00Z')
  assert.match(await text('/es/locations/heron-street'), /Hoy cerrado: Día de Acción de Gracias\. Abre el viernes a las.8.a\..m\./)
  house.setNow('2026-11-23T15:00:00Z')
})

test('a picture is kept by browsers for ever and found by its exact name alone', async () => {
  const [src] = /\/pictures\/[0-9a-f-]+\/door-\d+\.jpg/.exec(await text('/'))!
  const answer = await get(src)
  assert.deepEqual([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')], [200, 'image/jpeg', 'public, max-age=31536000, immutable'])
  assert.equal((await get(src.replace('door-', 'other-'))).status, 404)
  assert.equal((await get('/pictures/..%2f..%2fetc/passwd')).status, 404)
  assert.equal((await get('/pictures/not-an-id/door-320.jpg')).status, 404)
})

test('a change in the console shows on the next request', async () => {
  assert.match(await text('/es'), /Pase y siéntese/)
  const manager = await signedInAs(house, { roles: ['manager'] })
  const saved = await manager.post('/console/practice/story', { do: 'story', 'promise-en': 'Come in', 'promise-es': 'Entre, por favor' })
  assert.equal(saved.status, 303)
  assert.match(await text('/es'), /Entre, por favor/)
})

test('the brand’s stylesheet has its content in its name', async () => {
  const [href] = /\/assets\/brand-[0-9a-f]{12}\.css/.exec(await text('/'))!
  const answer = await get(href)
  assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'public, max-age=31536000, immutable'])
  assert.match(await answer.text(), /--brand: oklch\(/)
  assert.equal((await get('/assets/brand-000000000000.css')).status, 404)
})

test('the map of the site lists every page twice, and nothing of portal or console', async () => {
  const xml = await text('/sitemap.xml')
  assert.equal(xml.match(/<url>/g)?.length, 2 * (paths.length + 2), 'with the contact page and the first visit')
  assert.ok(xml.includes(`<loc>${house.url}/es/clinicians/ivo-marsh</loc>`))
  assert.ok(!/portal|console|sent/.test(xml))
  assert.match(await text('/robots.txt'), /Disallow: \/portal\nDisallow: \/console/)
})

test('what is not there says so, with a way on, in the language of the address', async () => {
  const answer = await get('/es/clinicians/nobody')
  const html = await answer.text()
  assert.equal(answer.status, 404)
  assert.match(html, /Esta página no está aquí/)
  assert.match(html, /href="\/es\/clinicians"/)
  assert.match(html, /noindex/)
})

test('before it is online visitors read that it is not open, and the manager sees every page', async () => {
  await house.db.owner.query('update practice.profile set published_at = null')
  await house.db.owner.query('update platform.content_version set version = version + 1')
  for (let tries = 0; !/not open yet/.test(await text('/')); tries++) { assert.ok(tries < 100); await new Promise(wait => setTimeout(wait, 20)) }
  for (const path of paths) assert.match(await text(path), /This site is not open yet/, path)
  assert.equal((await get('/')).headers.get('x-robots-tag'), 'noindex')
  assert.equal(await text('/robots.txt'), 'User-agent: *\nDisallow: /\n')
  assert.equal((await get('/sitemap.xml')).status, 404)
  const manager = await signedInAs(house, { roles: ['manager'] })
  const preview = await (await manager.get('/console/practice/preview?page=/clinicians/nell-harrow&language=es')).text()
  assert.match(preview, /Cuénteme desde el principio/)
  assert.match(preview, /Preview\./)
  assert.equal((await manager.get('/console/practice/preview?page=/console')).status, 404)
})

