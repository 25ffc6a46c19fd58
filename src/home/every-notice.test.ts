import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { openWords } from '#platform/email.ts'
import { gsmLength } from '#platform/gsm.ts'
import { letterKinds } from '#platform/write-letter.ts'
import { sendNotice, type NoticeKind, type VisitKind } from '#notices'
import { isRevealing } from '#practice'
import { bookForPatient, visitLink } from '#scheduling'
import { aDesk, aPatientPerson } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'

let t: RunningHouse, s: TestSchedule, desk: Ctx<StaffActor>
/** What a house of specialists would have in every field that a notice could come near to. */
const canaries = { patient: 'Quillaby Zq-patient', reason: 'Zq-reason lump in the breast', type: 'Zq-type chemotherapy', tipo: 'Zq-tipo quimioterapia', clinician: 'Zq-clinician, oncologist', prepare: 'Zq-prepare stop your Zq-drug', mrn: 'ZQMRN77' }
before(async () => {
  t = await aRunningHouse({ now: '2026-11-23T17:00:00Z' })
  s = await aSchedule(t)
  desk = await aDesk(t)
  await rows("update practice.profile set name = 'Riverside Oncology Group'")
  await rows("update practice.location set name = 'Heart and Cancer Center'")
  await rows('update practice.clinician set name = $1', canaries.clinician)
  await rows('update scheduling.visit_type set name_en = $1, name_es = $2, prepare_en = $3, prepare_es = $3', canaries.type, canaries.tipo, canaries.prepare)
  await rows('update platform.content_version set version = version + 1')
  await rows("insert into platform.wide_job values ('test.remind', 'people', 'where they hear of it', true), ('test.remind', 'appointments', 'what is told', true)")
})
after(() => t.close())

const rows = async (text: string, ...values: unknown[]) => (await t.db.owner.query(text, values)).rows
const kinds: readonly NoticeKind[] = ['something-new', ...letterKinds.filter(kind => kind.startsWith('visit-')) as VisitKind[]]
let number = 3000

async function someone(locale: 'en' | 'es', prefers: 'mail' | 'text', isBrief: boolean): Promise<{ patientId: string; at: string }> {
  const { patientId, email } = await aPatientPerson(t, { name: canaries.patient, locale })
  const phone = `+1802555${++number}`
  await rows('insert into records.patient (id, name, given, mrn, updated_at) values ($1, $2, $2, $3, now())', patientId, canaries.patient, `${canaries.mrn}-${number}`)
  if (prefers === 'text') {
    await rows("insert into notices.point values ('phone', $1, now())", phone)
    await rows("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'phone', $2, $3, 'code')", patientId, phone, t.house.now())
  }
  await rows('insert into notices.choice (patient_id, prefers, is_brief, set_at) values ($1, $2, $3, now())', patientId, prefers, isBrief)
  return { patientId, at: prefers === 'text' ? phone : email }
}

/** Each kind, in each language and way, with time and place and without, of a visit that carries every canary. */
describe('HP-8 whatever is told', () => {
  for (const kind of kinds) {
    test(`${kind}: no canary, no specialty, nothing of a person`, async () => {
      for (const locale of ['en', 'es'] as const) for (const way of ['mail', 'text'] as const) for (const isBrief of [false, true]) {
        const { patientId, at } = await someone(locale, way, isBrief)
        await rows('truncate scheduling.claim')
        const booked = await bookForPatient(desk, { patientId, visitTypeId: s.typeIds['check-up']!, reason: canaries.reason, resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, mode: 'in-person', startsAt: new Date('2026-12-01T15:00:00Z'), extraSeatBecause: 'Zq-because tumor board' })
        assert.ok(booked.ok)
        const visit = { at: new Date('2026-12-01T15:00:00Z'), zone: 'America/New_York', locationId: s.placeId, path: `/portal/appointments/${booked.id}`, isAsked: true }
        const { told } = await inTransaction(t.system('test.remind'), tx => sendNotice(tx, {
          ...(kind === 'something-new' ? { kind } : { kind, visit: { ...visit, link: to => visitLink(tx, booked.id, to) } }), patientId, dedupe: randomUUID(),
        }))
        assert.equal(told, 1, `${kind} ${locale} ${way}`)
        const [mail] = await rows('select id, subject, words, kind from platform.mail where to_address = $1', at)
        const { text, html = '' } = openWords({ house: t.house }, mail.id, mail.words)
        // Not the key of a link: it is chance, and chance spells anything.
        for (const said of [mail.subject, text, html.replace(/<style>.*<\/style>/s, '').replace(/<[^>]+>/g, ' ')].map(words => words.replace(/(https?:\/\/\S+?\/)[\w-]{16,}/g, '$1…'))) {
          assert.doesNotMatch(said, /zq|quillaby|oncolog|cancer|heart|breast|chemo|quimio/i, `${kind} ${locale} ${way}`)
          assert.ok(!isRevealing(said), said)
        }
        if (way === 'text') assert.ok(gsmLength(text)! <= 160, text)
        if (isBrief && kind !== 'something-new') assert.doesNotMatch(text, /10:00|\/v\//)
      }
    })
  }
})

describe('one text a day and three a week', () => {
  test('for each person, over every kind, at any hour, asked twice, together, and on a telephone of two', async () => {
    const [ana, leo] = [await someone('en', 'text', false), await someone('en', 'text', false)]
    await rows("insert into notices.reach (patient_id, kind, address, verified_at, verified_how) values ($1, 'phone', $2, now(), 'code')", leo.patientId, ana.at)
    let seed = 20261123
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below   // Park and Miller: the same every time
    const start = Date.parse('2027-02-20T00:00:00Z')   // over the hour that is skipped in March
    for (let sends = 0, minute = 0; sends < 300; sends++, minute += next(320)) {
      t.setNow(new Date(start + minute * 60_000))
      const kind = kinds.filter((one): one is VisitKind => one !== 'something-new')[next(kinds.length - 1)]!
      const dedupe = `fuzz-${next(200)}`
      const asked = () => inTransaction(t.system('test.remind'), tx => sendNotice(tx, { kind, patientId: next(2) ? ana.patientId : leo.patientId, dedupe, visit: { at: new Date(start + 90 * 86_400_000), zone: 'America/New_York', path: '/portal/appointments' } }))
      await Promise.all(next(3) ? [asked()] : [asked(), asked()])
    }
    for (const { patientId } of [ana, leo]) {
      const sent = await rows("select queued_at, to_char(queued_at at time zone 'America/New_York', 'YYYY-MM-DD') as day, extract(hour from queued_at at time zone 'America/New_York')::int as hour from platform.mail where patient_id = $1 and way = 'text' and queued_at >= '2027-02-20' order by queued_at", patientId)
      const days = sent.map(row => row.day as string)
      assert.ok(days.length > 8, `${days.length}`)
      assert.equal(new Set(days).size, days.length, 'one a day')
      for (const day of days) assert.ok(days.filter(other => other >= day && Date.parse(other) < Date.parse(day) + 7 * 86_400_000).length <= 3, days.join())
      for (const { hour } of sent) assert.ok(hour >= 8 && hour < 21, `${hour}`)
    }
  })
})
