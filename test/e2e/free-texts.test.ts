import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root } from '#platform/root.ts'
import { pages } from '#root/routes.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { addressesOf } from './addresses.ts'
import { aFullHouse, type FullHouse } from './full-house.ts'

const danger = { en: 'I took a whole bottle of pills and I want to die.', es: 'Me quiero morir, me tomé un frasco de pastillas.' }

/** What stands behind a post alone: who comes, once a time is kept, and what is asked about that kind of visit. */
async function afterTime(who: SignedIn, path: string): Promise<Found[]> {
  const times = await (await who.get(path)).text()
  const [time, how] = [/value="([^"]+)" name="time"/.exec(times)![1]!, /name="how" value="([^"]+)"/.exec(times)![1]!]
  const html = await (await who.post(path, { time, how })).text()
  const stepsIn = (page: string) => formsIn(path, page).map(form => ({ ...form, path: /<form[^>]* action="([^"]+)"/.exec(form.html)![1]! }))
  const [about] = stepsIn(html).map(form => ({ ...form, fields: { ...form.fields, contact: 'casey@mail.example', 'birth-date': '1990-01-02', speaks: 'en' } }))
  return [about!, ...stepsIn(await (await who.post(about!.path, about!.fields)).text())]
}

type Found = { path: string; label: string; html: string; fields: Record<string, string>; texts: string[] }

/** Every form of a page that takes a free text, filled as far as it must be with what it offers itself. */
function formsIn(path: string, html: string): Found[] {
  return [...html.matchAll(/<form\b[^>]*>[^]*?<\/form>/g)].map(([form]) => form.replace(/<template>[^]*?<\/template>/g, '<template/>')).filter(form => /<textarea\b/.test(form)).map(form => {
    const fields: Record<string, string> = {}
    for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
      const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
      const [name, type] = [of('name'), of('type') ?? 'text']
      if (!name || (type === 'radio' && fields[name])) continue
      fields[name] = type === 'hidden' || type === 'radio' ? of('value') ?? '' : type === 'tel' ? '802-555-0177' : type === 'email' ? '' : 'Casey'
    }
    for (const [, name] of form.matchAll(/<select\b[^>]*name="([^"]+)"/g)) fields[name!] = ''
    const texts = [...form.matchAll(/<textarea\b[^>]*name="([^"]+)"/g)].map(([, name]) => name!)
    return { path, label: /aria-label="([^"]*)"/.exec(form)?.[1] ?? '', html: form, fields, texts }
  })
}

describe('every free text of a visitor or a patient', { timeout: 240_000 }, () => {
  let house: FullHouse
  const found: { form: Found; locale: 'en' | 'es'; who: SignedIn }[] = []
  before(async () => {
    house = await aFullHouse()
    const [addresses, { anna, people }] = [await addressesOf(house, house.anna), house]
    const spanish = await signedInAs(house, { personId: anna.personId, actingFor: anna.patientId, locale: 'es' })
    await aDeclinedReport(house)
    const declined = await house.one("select r.id from feedback.report r join feedback.reply a on a.report_id = r.id where a.outcome = 'declined'")
    for (const [pattern, page] of Object.entries(pages)) {
      if (typeof page.for === 'object' || !page.post) continue
      const path = pattern === '/portal/feedback/:id' ? `/portal/feedback/${declined}` : addresses[pattern]!
      const visits: [SignedIn, string, 'en' | 'es'][] = page.for === 'patient' ? [[anna.session, path, 'en'], [spanish, path, 'es']] : [[people.visitor, path, 'en'], [people.visitor, `/es${path}`, 'es']]
      for (const [who, at, locale] of visits) {
        const answer = await who.get(at)
        if (answer.ok && /html/.test(answer.headers.get('content-type') ?? '')) for (const form of [...formsIn(at, await answer.text()), ...(pattern === '/book/:type' ? await afterTime(who, at) : [])]) found.push({ form, locale, who })
      }
    }
  })
  after(() => house?.close())

  /** Anna's wish for a correction was declined: only then she may write a statement. */
  async function aDeclinedReport({ anna, people, one }: FullHouse): Promise<void> {
    const note = await one("select n.id from records.note n join records.resource r on r.id = n.resource_id where n.patient_id = $1 and r.source_id like '%-visit'", [anna.patientId])
    const report = (await anna.session.post(`/portal/notes/${note}/wrong/all`, { kind: 'wrong-fact', words: 'It was the other knee.' })).headers.get('location')!.split(/[/?]/)[3]
    assert.equal((await people.clinician.post(`/console/feedback/${report}`, { outcome: 'declined', words: 'The scan shows this knee.', correction: '', locale: 'en' })).status, 303)
  }
  const kept = async () => Number(await house.one("select (select count(*) from work.task) + (select count(*) from feedback.report) + (select count(*) from feedback.statement) + (select count(*) from work.page) + (select count(*) from scheduling.newcomer where reason <> '') + (select count(*) from scheduling.newcomer where answers <> '[]')"))

  test('is met by this walk: as many kinds of form as the sources of the pages hold', () => {
    const inSources = globSync('src/**/*.tsx', { cwd: root }).filter(file => /\/pages\/(?!console-)[^/]*\.tsx$/.test(file) && !/(hold-form|found-words)\.tsx$/.test(file)).map(file => readFileSync(join(root, file), 'utf8').split(/<TextArea\b|<textarea\b/).length - 1).reduce((sum, count) => sum + count, 0)
    const labels = new Set(found.filter(({ locale }) => locale === 'en').map(({ form }) => form.label))
    assert.equal(labels.size, inSources, `met: ${[...labels].join('; ')}`)
    assert.ok(found.length >= 14, `${found.length} forms`)
  })

  test('with words of danger is answered with whom to call, in the reader’s language, with what was typed; nothing is kept yet', async () => {
    const before = await kept()
    for (const { form: { path, fields, texts }, locale, who } of found) {
      for (const text of texts) {
        const html = await (await who.post(path, { ...fields, ...Object.fromEntries(texts.map(one => [one, 'Hello.'])), [text]: danger[locale] })).text()
        assert.match(html, /href="tel:911"[^]*href="tel:988"[^]*value="not-now" name="danger"/, `${path}, ${text}`)
        assert.ok(html.includes(danger[locale]), `${path} loses what was typed`)
        assert.match(html, locale === 'es' ? /Llame al 911/ : /Call 911/, path)
      }
    }
    assert.equal(await kept(), before)
  })

  test('in the portal has the same asleep beside it, for those whose browser runs script', () => {
    for (const { form: { path, html } } of found.filter(({ form }) => form.path.startsWith('/portal'))) assert.match(html, /<textarea[^]*data-watch-words=""[^>]*><template\/>/, path)
  })

  test('once "not now" was said is sent, and stands with the work it makes', async () => {
    const sent = new Set<string>()
    for (const { form: { path, label, fields, texts }, who } of found.filter(({ locale }) => locale === 'en')) {
      if (sent.has(label)) continue
      sent.add(label)
      const answer = await who.post(path, { ...fields, ...Object.fromEntries(texts.map(one => [one, danger.en])), danger: 'not-now', 'danger-about': 'overdose self-harm' })
      assert.equal(answer.status, /^\/book\//.test(path) ? 200 : 303, path)
      assert.equal(await house.one("select (select count(*) from work.task where body like '%happening now, and said no%') + (select count(*) from scheduling.appointment_step where note like '%happening now, and said no%') + (select count(*) from scheduling.newcomer where danger = 'not-now') + (select count(*) from scheduling.newcomer where answers_danger = 'not-now')"), String(sent.size), label)
    }
    assert.equal(await house.one('select count(*) from work.page'), '0')
  })
})
