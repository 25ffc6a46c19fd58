import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { aStaffPerson } from '#test/people.ts'
import { signedInAs } from '#test/signed-in.ts'
import { aToldPatient, inOrder, main, type ToldPatient } from '#test/told-patient.ts'
import { tellAnswered } from '../answer-feedback.ts'
import { fileNote } from '../file-note.ts'

describe('what the patient reads of a note, and says of what they read', { timeout: 120_000 }, () => {
  let at: ToldPatient
  before(async () => { at = await aToldPatient() })
  after(() => at.house.close())

  test('N10 the note is shown as it is stored: the hash of what is shown is the hash of what is kept', async () => {
    const html = main(await at.page(at.ana, `/portal/notes/${await at.itemOf('visit', 'note')}`))
    const paragraphs = [...html.matchAll(/<p class="as-written">([^]*?)<\/p>/g)].map(([, inside]) => inside!.replace(/<span class="rec-means"[^]*?<\/span>/g, '').replace(/<[^>]+>/g, '').replaceAll('&#x27;', '\'').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
    const { body } = await at.one('select body from records.note where id = $1', await at.itemOf('visit', 'note'))
    const sha = (text: string) => createHash('sha256').update(text).digest('hex')
    assert.equal(sha(paragraphs.join('')), sha(Buffer.from(body.content[0].attachment.data, 'base64').toString('utf8')))
    assert.equal(paragraphs.length, 3)
    assert.match(html, /class="rec-word"[^>]*>SOB<\/button>[^]*short of breath/)
    assert.match(html, /What some words mean[^]*<dt>SOB<\/dt><dd>short of breath<\/dd>/, 'and on paper at the end')
  })

  test('N10 N13 a note that was written here shows its plain summary first, then its words; what was added later stands below with its date', async () => {
    const [own, added] = [randomUUID(), randomUUID()]
    const written = { patientId: at.ids.get('p1')!, title: 'Visit', authorName: 'Dr. Nell Harrow' }
    await fileNote(at.house.system('records.import'), { ...written, id: own, body: 'Plan: inhaler PRN.', summary: 'Use the puffer when you need it.', signedAt: new Date('2026-11-23T15:10:00Z'), addendumTo: null })
    await fileNote(at.house.system('records.import'), { ...written, id: added, body: 'She called: the cough is gone.', summary: '', signedAt: new Date('2026-11-23T15:25:00Z'), addendumTo: own })
    inOrder(main(await at.page(at.ana, `/portal/notes/${await at.itemOf(own, 'note')}`)), 'In short', 'Use the puffer when you need it', 'The note, word for word', 'Plan: inhaler', 'Added later', 'Monday, November 23, 2026 at 10:25', 'Dr. Nell Harrow', 'the cough is gone')
    assert.doesNotMatch(main(await at.page(at.ana, `/portal/notes/${await at.itemOf('visit', 'note')}`)), /In short|Added later/)
  })

  test('A6 the practice explains words of its own: in both languages, before the program’s, once each; who may not keep them is refused', async () => {
    const nurse = await signedInAs(at.house, { personId: (await aStaffPerson(at.house, { name: 'Ivo Marsh', roles: ['care-team'] })).personId, roles: ['care-team'], name: 'Ivo Marsh' })
    const desk = await signedInAs(at.house, { personId: (await aStaffPerson(at.house, { roles: ['front-desk'] })).personId, roles: ['front-desk'] })
    const word = { word: 'HPI:', en: 'what brought you in', es: 'por qué vino usted' }
    assert.equal((await desk.post('/console/glossary', word)).status, 403)
    assert.equal((await nurse.post('/console/glossary', { ...word, es: '' })).status, 422)
    assert.equal((await nurse.post('/console/glossary', word)).status, 303)
    assert.equal((await nurse.post('/console/glossary', { ...word, word: 'hpi:' })).status, 409)
    const address = `/portal/notes/${await at.itemOf('visit', 'note')}`
    assert.match(main(await at.page(at.ana, address)), /class="rec-word"[^>]*>HPI:<\/button><span[^>]*>what brought you in/)
    assert.match(main(await at.page(at.eva, address)), /por qué vino usted/)
    const { id } = await at.one('select id from records.own_word')
    assert.equal((await nurse.post('/console/glossary', { drop: id })).status, 303)
    assert.doesNotMatch(main(await at.page(at.ana, address)), /what brought you in/)
    assert.equal((await nurse.post('/console/glossary', { drop: id })).status, 404)
  })

  test('N11 each paragraph can be said to be wrong, without script; what was shown goes along, and the patient is thanked and told by when', async () => {
    const id = await at.itemOf('visit', 'note')
    const links = [...main(await at.page(at.ana, `/portal/notes/${id}`)).matchAll(/href="(\/portal\/notes\/[^"]+\/wrong\/[0-9a-f]{16})"/g)].map(([, href]) => href!)
    assert.equal(new Set(links).size, 3)
    assert.match(main(await at.page(at.ana, links[2]!)), /She refused the shot/)
    assert.match(await (await at.ana.post(links[2]!, { words: '' })).text(), /Please choose what it is/)
    const sent = await at.ana.post(links[2]!, { kind: 'hurtful-words', words: 'I was afraid. I did not refuse.' })
    const html = main(await at.page(at.ana, sent.headers.get('location')!))
    inOrder(html, 'Thank you for telling us', /We will answer you by \w+day, /, 'She refused the shot.', 'I was afraid')
    assert.doesNotMatch(sent.headers.get('location')!, /refuse|afraid/)
    const kept = await at.one("select part, excerpt, category, locale from feedback.report where kind = 'hurtful-words'")
    assert.deepEqual([links[2]!.endsWith(kept.part), kept.excerpt, kept.category], [true, 'She refused the shot.', 'notes'])
    assert.equal((await at.helper.get(links[2]!)).status, 404)
    assert.equal((await at.ana.get(`/portal/notes/${id}/wrong/${'0'.repeat(16)}`)).status, 404)
  })

  test('N16 so can every medicine, condition and result, and who the practice takes one to be', async () => {
    for (const address of [`/portal/record/${await at.itemOf('pill', 'fact')}/wrong`, `/portal/record/${await at.itemOf('ill', 'fact')}/wrong`, '/portal/contact/wrong', `/portal/results/${await at.itemOf('sugar')}/wrong`]) {
      const place = address.includes('contact') || address.includes(await at.itemOf('ill', 'fact')) ? '/portal/record' : address.includes('results') ? address.replace('/wrong', '') : '/portal/medicines'
      assert.ok((await at.page(at.ana, place)).includes(`href="${address}"`), `${place} leads to ${address}`)
      const sent = await at.ana.post(address, { kind: 'wrong-fact', words: 'Not so.' })
      assert.match(sent.headers.get('location') ?? '', /^\/portal\/feedback\/[0-9a-f-]{36}\?said=sent$/)
    }
    assert.equal((await at.ana.get('/portal/feedback')).status, 200)
  })

  test('twenty messages an hour from one person: the next waits, and what was typed stays', async () => {
    for (let sent = 0; sent < 20; sent++) assert.equal((await at.helper.post('/portal/contact/wrong', { kind: 'wrong-fact', words: 'That is not my address.' })).status, 303)
    const answer = await at.helper.post('/portal/contact/wrong', { kind: 'wrong-fact', words: 'One more thing.' })
    assert.equal(answer.status, 429)
    assert.ok(Number(answer.headers.get('retry-after')) > 0)
    assert.match(await answer.text(), /One more thing\./)
  })

  test('a question is kept with the result, and so is its answer', async () => {
    const id = await at.itemOf('alone')
    const sent = await at.ana.post(`/portal/results/${id}/ask`, { words: 'Do I need to fast?' })
    assert.equal(sent.headers.get('location'), `/portal/results/${id}?said=asked`)
    inOrder(main(await at.page(at.ana, `/portal/results/${id}`)), 'You asked', 'Do I need to fast?', /We will answer by Tuesday, November 24/)
    const nurse = await signedInAs(at.house, { personId: (await aStaffPerson(at.house, { name: 'Ivo Marsh', roles: ['care-team'] })).personId, roles: ['care-team'], name: 'Ivo Marsh' })
    const { id: asked } = await at.one("select id from feedback.report where kind = 'question'")
    assert.equal((await nurse.post(`/console/feedback/${asked}`, { outcome: 'answered', words: 'No. Eat as you like.', locale: 'en' })).status, 303)
    inOrder(main(await at.page(at.ana, `/portal/results/${id}`)), 'Do I need to fast?', 'Ivo Marsh answered', 'Eat as you like')
  })

  test('N12 N13 who wrote is let know that there is an answer, with no word of it; the copy of the record holds what was set right', async () => {
    const doctor = await signedInAs(at.house, { personId: (await aStaffPerson(at.house, { name: 'Dr. Nell Harrow', roles: ['clinician'] })).personId, roles: ['clinician'], name: 'Dr. Nell Harrow' })
    const sent = await at.ana.post(`/portal/record/${await at.itemOf('ill', 'fact')}/wrong`, { kind: 'wrong-fact', words: 'I no longer have it.' })
    const id = /feedback\/([0-9a-f-]{36})/.exec(sent.headers.get('location')!)![1]!
    assert.match(await (await doctor.post(`/console/feedback/${id}`, { outcome: 'accepted', words: 'You are right.', correction: '', locale: 'en' })).text(), /Write what is right/)
    assert.equal((await doctor.post(`/console/feedback/${id}`, { outcome: 'accepted', words: 'You are right.', correction: 'ZQRIGHT It ended in May.', locale: 'en' })).status, 303)
    assert.equal((await doctor.post(`/console/feedback/${id}`, { outcome: 'declined', words: 'No.', locale: 'en' })).status, 409)
    await tellAnswered(at.house.system('records.tell'), at.ids.get('p1')!)
    const { subject } = await at.one('select subject from platform.mail order by queued_at desc limit 1')
    assert.doesNotMatch(subject, /ZQRIGHT|wrong|hypertension|answer/i)
    inOrder(main(await at.page(at.ana, '/portal/record')), 'High blood pressure', 'Set right by Dr. Nell Harrow', 'ZQRIGHT')
    assert.match(await at.page(doctor, `/console/patients/${at.ids.get('p1')}`), /Set right, or said by the patient[^]*ZQRIGHT/)
    await at.house.db.owner.query(`insert into records.comment (patient_id, resource_id, words, locale, author_id, author_name, origin, written_at)
      select patient_id, resource_id, word || ' for you', 'en', $2, 'Dr. Nell Harrow', 'here', now() from records.result r join (values ($1::uuid, 'ZQCOMMENT'), ($3::uuid, 'ZQHELDWORD')) v (id, word) on v.id = r.id`, [await at.itemOf('alone'), randomUUID(), await at.itemOf('quiet')])
    const copy = await (await at.ana.post('/portal/download', { as: 'html' })).text()
    assert.match(copy, /What we wrote about your results[^]*ZQCOMMENT[^]*What you told us[^]*ZQRIGHT/)
    const bundle = await (await at.ana.post('/portal/download', { as: 'fhir' })).json() as { entry: { fullUrl: string; resource: { resourceType: string; id: string; about?: { reference: string }[]; payload?: { contentString: string }[] } }[] }
    const words = bundle.entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === 'Communication')
    for (const said of ['ZQCOMMENT', 'ZQRIGHT']) {
      const about = words.find(({ payload }) => payload?.[0]?.contentString.includes(said))?.about?.[0]?.reference
      assert.ok(bundle.entry.some(({ fullUrl }) => fullUrl === about), `${said} stands beside what it is about, ${about}`)
    }
    assert.doesNotMatch(copy + JSON.stringify(bundle), /ZQHELDWORD/, 'a word about what is not shown is not shown')
  })

  test('D11 nothing that a machine drafted is shown: words to a patient have a person’s name, in the database too', async () => {
    const resource = (await at.one('select resource_id from records.result where id = $1', await at.itemOf('alone'))).resource_id
    await assert.rejects(at.house.db.owner.query("insert into records.comment (patient_id, resource_id, words, locale, author_name, origin, written_at) values ($1, $2, 'Drafted', 'en', 'A program', 'here', now())", [at.ids.get('p1'), resource]), /check/)
    await assert.rejects(at.house.db.owner.query("insert into feedback.reply (report_id, outcome, words, locale, by_name, at) select id, 'answered', 'Drafted', 'en', 'A program', now() from feedback.report limit 1"), /null value/)
  })
})
