import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { addPatientPerson, letActForAsSystem } from '#accounts'
import { aPatientPerson, aStaffPerson, goodPassword } from '#test/people.ts'
import { fileNote } from '../file-note.ts'
import { tellAnswered } from '../answer-feedback.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const { patient, lab, report, note, medicine, condition } = fhir
const visit = 'HPI: She is SOB. Exam unremarkable.\n\n\nPlan: r/o asthma.\nCall us.\n\nShe refused the shot.\n'
const path = (id: string, more: Record<string, unknown> = {}) => report(id, [], { code: { text: 'Surgical pathology' }, category: [{ coding: [{ code: 'PAT' }] }], conclusion: 'ZQPATH malignant cells', issued: '2026-11-22T09:00:00Z', ...more })
const corrected = { status: 'corrected', issued: '2026-11-23T08:00:00Z', meta: { lastUpdated: '2026-11-23T08:00:00Z' } }

describe('what the patient reads of a result and a note', { timeout: 120_000 }, () => {
  let house: RunningHouse, ana: SignedIn, eva: SignedIn, helper: SignedIn, ids: Map<string, string>
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const people = [patient(), patient('p2', { name: [{ given: ['Ben'], family: 'Stranger' }], birthDate: '1980-01-02' })]
    ids = await bringRecords(house, 'ehr', [...people,
      lab('sugar', '2345-7', 130, range(70, 99, 'H')), lab('salt', '2951-2', 140, range(135, 145, 'N')), report('panel', ['sugar', 'salt']),
      lab('alone', '2345-7', 104, { ...range(70, 99, 'H'), note: [{ text: 'Specimen unremarkable.' }] }), lab('pot', '2823-3', 4.1, { ...range(3.5, 5.1, 'N'), meta: { lastUpdated: '2026-11-21T09:00:00Z' } }), lab('moved', '2823-3', 7.7, range(3.5, 5.1, 'H'), 'p2'),
      lab('early', '2823-3', 9.9, { ...range(3.5, 5.1, 'H'), status: 'preliminary' }),
      path('path'), path('path2'), path('path3'), lab('urgent', '2823-3', 7.4, { ...range(3.5, 5.1, 'H'), interpretation: [{ coding: [{ code: 'HH' }] }] }),
      lab('quiet', '2345-7', 88, { code: { text: 'ZQQUIET' }, valueQuantity: undefined, valueString: 'ZQQUIET', meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] } }),
      note('visit', visit), medicine('pill', 'Metformin 500 mg'), condition('ill', 'Essential hypertension')] as never)
    house.setNow('2026-11-23T15:30:00Z')
    await bringRecords(house, 'ehr', [...people, lab('pot', '2823-3', 5.9, { ...range(3.5, 5.1, 'H'), ...corrected }), lab('moved', '2823-3', 4.4, { ...range(3.5, 5.1, 'N'), ...corrected }), lab('early', '2823-3', 4.9, { ...range(3.5, 5.1, 'N'), ...corrected })] as never)
    const patientId = ids.get('p1')!
    const person = await aPatientPerson(house, { name: 'Ana Marlowe', patientId })
    ana = await signedInAs(house, { personId: person.personId, actingFor: patientId, name: 'Ana Marlowe' })
    eva = await signedInAs(house, { personId: person.personId, actingFor: patientId, name: 'Ana Marlowe', locale: 'es' })
    helper = await signedInAs(house, { personId: (await aPatientPerson(house, { name: 'Ben Other', patientId: ids.get('p2')! })).personId, actingFor: ids.get('p2')!, name: 'Ben Other' })
  })
  after(() => house.close())
  const one = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows[0]
  const page = async (who: SignedIn, address: string) => { const answer = await who.get(address); assert.equal(answer.status, 200, address); return answer.text() }
  const itemOf = async (source: string, table = 'result'): Promise<string> => (await one(`select i.id from records.${table} i join records.resource r on r.id = i.resource_id where r.source_id = $1`, source)).id
  const lifeOf = (source: string) => one('select l.* from records.life l join records.resource r on r.id = l.resource_id where r.source_id = $1', source)
  const main = (html: string) => html.slice(html.indexOf('<main'), html.indexOf('</main>'))
  const inOrder = (html: string, ...words: (string | RegExp)[]) => {
    let at = 0
    for (const word of words) {
      const found = html.slice(at).search(typeof word === 'string' ? new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : word)
      assert.ok(found >= 0, `"${word}" stands ${html.search(word) >= 0 ? 'too early' : 'nowhere'}`)
      at += found
    }
  }
  const comment = async (source: string, words: string, locale = 'en') => house.db.owner.query(`insert into records.comment (patient_id, resource_id, words, locale, author_id, author_name, origin, written_at)
    select $2, r.id, $3, $4, $5, 'Dr. Nell Harrow', 'here', '2026-11-23T15:20:00Z' from records.resource r where r.source_id = $1`, [source, ids.get('p1'), words, locale, randomUUID()])

  test('D1 a page of one test: name, meaning, place in words, line, what the care team says, what happens next, by when and how to ask, then the exact figures', async () => {
    await comment('alone', 'I am not worried. We will check it in May.')
    const html = main(await page(ana, `/portal/results/${await itemOf('alone')}`))
    inOrder(html, 'Blood sugar', /class="rec-meaning"/, 'A little above the usual range', '<svg class="rec-line', 'Your care team says', 'I am not worried', 'Dr. Nell Harrow', 'What happens next', 'Ask about this result', 'The exact figures', 'LAB 2345-7')
    assert.doesNotMatch(html, /details[^>]* open/)
    assert.match(html, /<button[^>]*class="rec-word"[^>]*>unremarkable<\/button>/, 'a word of the lab’s remark is explained in place')
  })

  test('D1+ a report of many tests opens with what the care team says, then how many are usual, then those outside; the rest is folded', async () => {
    const before = main(await page(ana, `/portal/results/${await itemOf('panel')}`))
    inOrder(before, '1 of 2 are in the usual range', 'Well above the usual range', 'One more result', 'What happens next', /Your care team will look at this by \w+day, /, 'Ask about this result')
    await comment('panel', 'Your sugar is high. Let us talk.')
    inOrder(main(await page(ana, `/portal/results/${await itemOf('panel')}`)), 'Your care team says', 'Let us talk', '1 of 2 are in the usual range', 'Well above')
    assert.match(main(await page(ana, `/portal/results/${await itemOf('sugar')}`)), /Let us talk/, 'what was written of the report stands at its tests')
    const list = await page(ana, '/portal/results')
    assert.match(list.split('<li').find(row => row.includes('Basic blood check')) ?? '', /Your care team wrote/)
  })

  test('D12 D16 what was written in another language comes with the offer of an interpreter', async () => {
    const html = main(await page(eva, `/portal/results/${await itemOf('panel')}`))
    assert.match(html, /<blockquote[^>]*lang="en"/)
    assert.match(html, /Es gratis/)
  })

  test('D13 what is not usual ends with how to reach a person, whether we are here, and what to do if it gets worse; what is usual does not', async () => {
    inOrder(main(await page(ana, `/portal/results/${await itemOf('sugar')}`)), /To talk about this, call \(802\) 555-0199/, /[Oo]pen/, 'If you feel worse')
    assert.doesNotMatch(main(await page(ana, `/portal/results/${await itemOf('salt')}`)), /To talk about this/)
  })

  test('R11 a critical value leads with "Call us now"', async () => {
    const html = main(await page(ana, `/portal/results/${await itemOf('urgent')}`))
    inOrder(html, 'Call us now at (802) 555-0199', 'Call 911', 'This needs quick action', 'Do not wait for a message')
  })

  test('R14 a result that may change a life opens on a choice; each way leads on; the choice is kept; who asks for a call is called', async () => {
    const id = await itemOf('path')
    assert.doesNotMatch((await page(ana, '/portal/results')).split('<li').find(row => row.includes(id)) ?? assert.fail(), /usual|outside/)
    const html = main(await page(ana, `/portal/results/${id}`))
    inOrder(html, 'See it now', 'Show me after my care team writes', 'Ask them to call me', 'we call you right away')
    assert.doesNotMatch(html, /ZQPATH/)
    assert.equal((await lifeOf('path')).seen_at, null)
    await ana.post(`/portal/results/${id}`, { wish: 'now' })
    assert.match(main(await page(ana, `/portal/results/${id}`)), /ZQPATH/)
    assert.deepEqual([(await lifeOf('path')).seen_at?.toISOString(), (await lifeOf('path')).seen_by], ['2026-11-23T15:30:00.000Z', ana.personId])
    const second = await itemOf('path2')
    await ana.post(`/portal/results/${second}`, { wish: 'after-writing' })
    assert.match(main(await page(ana, `/portal/results/${second}`)), /wait until your care team writes[^]*See it now/)
    await comment('path2', 'We found it early.')
    assert.match(main(await page(ana, `/portal/results/${second}`)), /We found it early[^]*ZQPATH/)
    const third = await itemOf('path3')
    await ana.post(`/portal/results/${third}`, { wish: 'call-me' })
    await ana.post(`/portal/results/${third}`, { wish: 'call-me' })
    assert.match(main(await page(ana, `/portal/results/${third}`)), /You asked us to call you[^]*See it now/)
    const { rows } = await house.db.owner.query("select due_at, pool from work.task where kind = 'call-about-result' and subject_id = $1", [(await lifeOf('path3')).id])
    assert.deepEqual(rows.map(row => [row.pool, row.due_at > new Date('2026-11-23T15:30:00Z')]), [['clinician', true]])
    assert.equal((await helper.post(`/portal/results/${third}`, { wish: 'now' })).status, 404)
  })

  test('R16 a corrected result says when it was changed and shows what it said before, struck; never another’s value, never one that was not finished', async () => {
    inOrder(main(await page(ana, `/portal/results/${await itemOf('pot')}`)), 'The lab changed this result on', /<del>4\.1/, '5.9')
    for (const source of ['moved', 'early']) {
      const html = main(await page(ana, `/portal/results/${await itemOf(source)}`)).replace(/<svg[^]*?<\/svg>/g, '')
      assert.match(html, /The lab changed this result/)
      assert.doesNotMatch(html, /7\.7|9\.9|<del>/)
    }
  })

  test('R16 the door to what was said before tells a stranger, a visitor and a colleague who reads no results nothing', async () => {
    const { resource_id: id } = await one('select resource_id from records.result where id = $1', await itemOf('pot'))
    const asked = async (kind: string, person: string, whose: string): Promise<number> => {
      const client = await house.house.pool.connect()
      try {
        await client.query(`begin; select set_config('rapport.kind', '${kind}', true), set_config('rapport.person', '${person}', true), set_config('rapport.patient', '${whose}', true), set_config('rapport.now', '2026-11-23T15:40:00Z', true)`)
        return (await client.query('select from records.door_shown_before($1)', [[id]])).rowCount!
      } finally { await client.query('rollback'); client.release() }
    }
    const mine = ids.get('p1')!
    assert.deepEqual([await asked('patient', ana.personId, mine), await asked('patient', helper.personId, ids.get('p2')!), await asked('patient', helper.personId, mine), await asked('staff', randomUUID(), ''), await asked('visitor', '', '')], [1, 0, 0, 0, 0])
  })

  test('N10 the note is shown as it is stored: the hash of what is shown is the hash of what is kept', async () => {
    const html = main(await page(ana, `/portal/notes/${await itemOf('visit', 'note')}`))
    const paragraphs = [...html.matchAll(/<p class="as-written">([^]*?)<\/p>/g)].map(([, inside]) => inside!.replace(/<span class="rec-means"[^]*?<\/span>/g, '').replace(/<[^>]+>/g, '').replaceAll('&#x27;', '\'').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'))
    const { body } = await one('select body from records.note where id = $1', await itemOf('visit', 'note'))
    const sha = (text: string) => createHash('sha256').update(text).digest('hex')
    assert.equal(sha(paragraphs.join('')), sha(Buffer.from(body.content[0].attachment.data, 'base64').toString('utf8')))
    assert.equal(paragraphs.length, 3)
    assert.match(html, /class="rec-word"[^>]*>SOB<\/button>[^]*short of breath/)
    assert.match(html, /What some words mean[^]*<dt>SOB<\/dt><dd>short of breath<\/dd>/, 'and on paper at the end')
  })

  test('N10 N13 a note that was written here shows its plain summary first, then its words; what was added later stands below with its date', async () => {
    const [own, added] = [randomUUID(), randomUUID()]
    const written = { patientId: ids.get('p1')!, title: 'Visit', authorName: 'Dr. Nell Harrow' }
    await fileNote(house.system('records.import'), { ...written, id: own, body: 'Plan: inhaler PRN.', summary: 'Use the puffer when you need it.', signedAt: new Date('2026-11-23T15:10:00Z'), addendumTo: null })
    await fileNote(house.system('records.import'), { ...written, id: added, body: 'She called: the cough is gone.', summary: '', signedAt: new Date('2026-11-23T15:25:00Z'), addendumTo: own })
    inOrder(main(await page(ana, `/portal/notes/${await itemOf(own, 'note')}`)), 'In short', 'Use the puffer when you need it', 'The note, word for word', 'Plan: inhaler', 'Added later', 'Monday, November 23, 2026 at 10:25', 'Dr. Nell Harrow', 'the cough is gone')
    assert.doesNotMatch(main(await page(ana, `/portal/notes/${await itemOf('visit', 'note')}`)), /In short|Added later/)
  })

  test('A6 the practice explains words of its own: in both languages, before the program’s, once each; who may not keep them is refused', async () => {
    const nurse = await signedInAs(house, { personId: (await aStaffPerson(house, { name: 'Ivo Marsh', roles: ['care-team'] })).personId, roles: ['care-team'], name: 'Ivo Marsh' })
    const desk = await signedInAs(house, { personId: (await aStaffPerson(house, { roles: ['front-desk'] })).personId, roles: ['front-desk'] })
    const word = { word: 'HPI:', en: 'what brought you in', es: 'por qué vino usted' }
    assert.equal((await desk.post('/console/glossary', word)).status, 403)
    assert.equal((await nurse.post('/console/glossary', { ...word, es: '' })).status, 422)
    assert.equal((await nurse.post('/console/glossary', word)).status, 303)
    assert.equal((await nurse.post('/console/glossary', { ...word, word: 'hpi:' })).status, 409)
    const address = `/portal/notes/${await itemOf('visit', 'note')}`
    assert.match(main(await page(ana, address)), /class="rec-word"[^>]*>HPI:<\/button><span[^>]*>what brought you in/)
    assert.match(main(await page(eva, address)), /por qué vino usted/)
    const { id } = await one('select id from records.own_word')
    assert.equal((await nurse.post('/console/glossary', { drop: id })).status, 303)
    assert.doesNotMatch(main(await page(ana, address)), /what brought you in/)
    assert.equal((await nurse.post('/console/glossary', { drop: id })).status, 404)
  })

  test('N11 each paragraph can be said to be wrong, without script; what was shown goes along, and the patient is thanked and told by when', async () => {
    const id = await itemOf('visit', 'note')
    const links = [...main(await page(ana, `/portal/notes/${id}`)).matchAll(/href="(\/portal\/notes\/[^"]+\/wrong\/[0-9a-f]{16})"/g)].map(([, href]) => href!)
    assert.equal(new Set(links).size, 3)
    assert.match(main(await page(ana, links[2]!)), /She refused the shot/)
    assert.match(await (await ana.post(links[2]!, { words: '' })).text(), /Please choose what it is/)
    const sent = await ana.post(links[2]!, { kind: 'hurtful-words', words: 'I was afraid. I did not refuse.' })
    const html = main(await page(ana, sent.headers.get('location')!))
    inOrder(html, 'Thank you for telling us', /We will answer you by \w+day, /, 'She refused the shot.', 'I was afraid')
    assert.doesNotMatch(sent.headers.get('location')!, /refuse|afraid/)
    const kept = await one("select part, excerpt, category, locale from feedback.report where kind = 'hurtful-words'")
    assert.deepEqual([links[2]!.endsWith(kept.part), kept.excerpt, kept.category], [true, 'She refused the shot.', 'notes'])
    assert.equal((await helper.get(links[2]!)).status, 404)
    assert.equal((await ana.get(`/portal/notes/${id}/wrong/${'0'.repeat(16)}`)).status, 404)
  })

  test('N16 so can every medicine, condition and result, and who the practice takes one to be', async () => {
    for (const address of [`/portal/record/${await itemOf('pill', 'fact')}/wrong`, `/portal/record/${await itemOf('ill', 'fact')}/wrong`, '/portal/contact/wrong', `/portal/results/${await itemOf('sugar')}/wrong`]) {
      const place = address.includes('contact') || address.includes(await itemOf('ill', 'fact')) ? '/portal/record' : address.includes('results') ? address.replace('/wrong', '') : '/portal/medicines'
      assert.ok((await page(ana, place)).includes(`href="${address}"`), `${place} leads to ${address}`)
      const sent = await ana.post(address, { kind: 'wrong-fact', words: 'Not so.' })
      assert.match(sent.headers.get('location') ?? '', /^\/portal\/feedback\/[0-9a-f-]{36}\?said=sent$/)
    }
    assert.equal((await ana.get('/portal/feedback')).status, 200)
  })

  test('twenty messages an hour from one person: the next waits, and what was typed stays', async () => {
    for (let sent = 0; sent < 20; sent++) assert.equal((await helper.post('/portal/contact/wrong', { kind: 'wrong-fact', words: 'That is not my address.' })).status, 303)
    const answer = await helper.post('/portal/contact/wrong', { kind: 'wrong-fact', words: 'One more thing.' })
    assert.equal(answer.status, 429)
    assert.ok(Number(answer.headers.get('retry-after')) > 0)
    assert.match(await answer.text(), /One more thing\./)
  })

  test('a question is kept with the result, and so is its answer', async () => {
    const id = await itemOf('alone')
    const sent = await ana.post(`/portal/results/${id}/ask`, { words: 'Do I need to fast?' })
    assert.equal(sent.headers.get('location'), `/portal/results/${id}?said=asked`)
    inOrder(main(await page(ana, `/portal/results/${id}`)), 'You asked', 'Do I need to fast?', /We will answer by Tuesday, November 24/)
    const nurse = await signedInAs(house, { personId: (await aStaffPerson(house, { name: 'Ivo Marsh', roles: ['care-team'] })).personId, roles: ['care-team'], name: 'Ivo Marsh' })
    const { id: asked } = await one("select id from feedback.report where kind = 'question'")
    assert.equal((await nurse.post(`/console/feedback/${asked}`, { outcome: 'answered', words: 'No. Eat as you like.', locale: 'en' })).status, 303)
    inOrder(main(await page(ana, `/portal/results/${id}`)), 'Do I need to fast?', 'Ivo Marsh answered', 'Eat as you like')
  })

  test('N12 N13 who wrote is let know that there is an answer, with no word of it; the copy of the record holds what was set right', async () => {
    const doctor = await signedInAs(house, { personId: (await aStaffPerson(house, { name: 'Dr. Nell Harrow', roles: ['clinician'] })).personId, roles: ['clinician'], name: 'Dr. Nell Harrow' })
    const sent = await ana.post(`/portal/record/${await itemOf('ill', 'fact')}/wrong`, { kind: 'wrong-fact', words: 'I no longer have it.' })
    const id = /feedback\/([0-9a-f-]{36})/.exec(sent.headers.get('location')!)![1]!
    assert.match(await (await doctor.post(`/console/feedback/${id}`, { outcome: 'accepted', words: 'You are right.', correction: '', locale: 'en' })).text(), /Write what is right/)
    assert.equal((await doctor.post(`/console/feedback/${id}`, { outcome: 'accepted', words: 'You are right.', correction: 'ZQRIGHT It ended in May.', locale: 'en' })).status, 303)
    assert.equal((await doctor.post(`/console/feedback/${id}`, { outcome: 'declined', words: 'No.', locale: 'en' })).status, 409)
    await tellAnswered(house.system('records.tell'), ids.get('p1')!)
    const { subject } = await one('select subject from platform.mail order by queued_at desc limit 1')
    assert.doesNotMatch(subject, /ZQRIGHT|wrong|hypertension|answer/i)
    inOrder(main(await page(ana, '/portal/record')), 'High blood pressure', 'Set right by Dr. Nell Harrow', 'ZQRIGHT')
    assert.match(await page(doctor, `/console/patients/${ids.get('p1')}`), /Set right, or said by the patient[^]*ZQRIGHT/)
    await house.db.owner.query(`insert into records.comment (patient_id, resource_id, words, locale, author_id, author_name, origin, written_at)
      select patient_id, resource_id, word || ' for you', 'en', $2, 'Dr. Nell Harrow', 'here', now() from records.result r join (values ($1::uuid, 'ZQCOMMENT'), ($3::uuid, 'ZQHELDWORD')) v (id, word) on v.id = r.id`, [await itemOf('alone'), randomUUID(), await itemOf('quiet')])
    const copy = await (await ana.post('/portal/download', { as: 'html' })).text()
    assert.match(copy, /What we wrote about your results[^]*ZQCOMMENT[^]*What you told us[^]*ZQRIGHT/)
    const bundle = await (await ana.post('/portal/download', { as: 'fhir' })).json() as { entry: { fullUrl: string; resource: { resourceType: string; id: string; about?: { reference: string }[]; payload?: { contentString: string }[] } }[] }
    const words = bundle.entry.map(({ resource }) => resource).filter(({ resourceType }) => resourceType === 'Communication')
    for (const said of ['ZQCOMMENT', 'ZQRIGHT']) {
      const about = words.find(({ payload }) => payload?.[0]?.contentString.includes(said))?.about?.[0]?.reference
      assert.ok(bundle.entry.some(({ fullUrl }) => fullUrl === about), `${said} stands beside what it is about, ${about}`)
    }
    assert.doesNotMatch(copy + JSON.stringify(bundle), /ZQHELDWORD/, 'a word about what is not shown is not shown')
  })

  test('R17 what is restricted stands nowhere for the patient or who acts for them: no list, no count, no page, no way to speak of it, no copy', async () => {
    const caregiver = await addPatientPerson(house.system('accounts.command'), { name: 'Cora Helps', email: 'cora@patient.example', password: goodPassword, patientId: null, locale: 'en' })
    await letActForAsSystem(house.system('accounts.command'), { personId: caregiver, patientId: ids.get('p1')!, basis: 'named-by-adult', endsAt: new Date('2027-02-01T00:00:00Z') })
    const cora = await signedInAs(house, { personId: caregiver, actingFor: ids.get('p1')!, actingAs: 'proxy', name: 'Cora Helps' })
    const id = await itemOf('quiet')
    for (const who of [ana, cora]) {
      for (const address of [`/portal/results/${id}`, `/portal/results/${id}/ask`, `/portal/results/${id}/wrong`]) assert.equal((await who.get(address)).status, 404, address)
      for (const address of ['/portal', '/portal/results', '/portal/results/waiting', '/portal/record']) assert.doesNotMatch(await page(who, address), new RegExp(`ZQQUIET|${id}`), address)
      assert.doesNotMatch(await (await who.post('/portal/download', { as: 'fhir' })).text(), /ZQQUIET/)
    }
    assert.match(await page(cora, `/portal/results/${await itemOf('salt')}`), /Sodium/, 'the rest is there for both')
    assert.match(await page(ana, '/portal'), new RegExp(`You have ${(await page(ana, '/portal/results')).split('class="row ').length - 1} new results`))
  })

  test('D15 each page of the record says when it was last updated', async () => {
    for (const address of ['/portal/results', `/portal/results/${await itemOf('alone')}`, `/portal/results/${await itemOf('panel')}`, `/portal/notes/${await itemOf('visit', 'note')}`, '/portal/record', '/portal/medicines']) assert.match(await page(ana, address), /Last updated \w+day, November 23, 2026/, address)
  })

  test('D10 no page of the record asks another host for anything', async () => {
    for (const address of ['/portal', '/portal/results', `/portal/results/${await itemOf('alone')}`, '/portal/notes', `/portal/notes/${await itemOf('visit', 'note')}`, '/portal/record', '/portal/medicines', '/portal/feedback']) {
      const html = await page(ana, address)
      assert.deepEqual([...html.matchAll(/(?:src|href|action)="(?:https?:)?\/\/[^"]+"/g)].map(([found]) => found).filter(found => !found.includes(house.url)), [], address)
      assert.doesNotMatch(html, /<(iframe|embed|object)\b/, address)
    }
  })

  test('D11 nothing that a machine drafted is shown: words to a patient have a person’s name, in the database too', async () => {
    const resource = (await one('select resource_id from records.result where id = $1', await itemOf('alone'))).resource_id
    await assert.rejects(house.db.owner.query("insert into records.comment (patient_id, resource_id, words, locale, author_name, origin, written_at) values ($1, $2, 'Drafted', 'en', 'A program', 'here', now())", [ids.get('p1'), resource]), /check/)
    await assert.rejects(house.db.owner.query("insert into feedback.reply (report_id, outcome, words, locale, by_name, at) select id, 'answered', 'Drafted', 'en', 'A program', now() from feedback.report limit 1"), /null value/)
  })
})
