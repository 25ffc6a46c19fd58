import { randomUUID } from 'node:crypto'
import { inTransaction } from '#platform/db.ts'
import { keepText } from '#notices'
import { noticeKinds } from '#practice'
import { pages } from '#root/routes.ts'
import type { FullHouse, Subject } from './full-house.ts'

const ofResource = (table: 'result' | 'note', ending: string) =>
  [`select t.id from records.${table} t join records.resource r on r.id = t.resource_id where t.patient_id = $1 and r.source_id like '%' || $2`, ending] as const

/** A message that is in no record, about this subject all the same. */
async function unplaced(house: FullHouse, words: string): Promise<string> {
  await house.db.owner.query("insert into feeds.sender (source, zone, added_at) values ('lab', 'UTC', now()) on conflict do nothing")
  return house.one(`insert into feeds.message (source, format, raw, raw_sha256, received_at, done_at, reason, is_fault) values ('lab', 'hl7', $1, sha256($1), now(), now(), 'gives the patient no number (PID-3)', true)
    on conflict (source, raw_sha256) do update set is_fault = true returning id`, [Buffer.from(`MSH|^~\\&|LAB\rOBX|1|TX|X||${words}`)])
}

/** The same person, as somebody new who books on the site: under their number, so that whoever may not know them may not know this either. */
async function newcomer(house: FullHouse, patientId: string, { name, visit }: Subject['marks']): Promise<string> {
  return house.one(`insert into scheduling.newcomer (id, token_hash, made_at, made_from, locale, for_whom, name, birth_date, contact_kind, contact, pays, reason)
    values ($1::uuid, sha256($1::uuid::text::bytea), now(), 'here', 'en', 'self', $2, '1972-04-17', 'phone', '+18025550188', 'self', $3) on conflict (id) do update set reason = excluded.reason returning id`, [patientId, name, visit])
}

/** A visit of theirs that the EHR sent. */
async function received(house: FullHouse, patientId: string, what: string): Promise<string> {
  return house.one(`insert into scheduling.received (record_id, source, source_patient, patient_id, starts_at, ends_at, status, with_ids, with_name, place_name, what, numbers, is_restricted, first_at)
    values (gen_random_uuid(), 'ehr', gen_random_uuid(), $1, '2027-02-02T15:00:00Z', '2027-02-02T15:30:00Z', 'booked', '{}', 'Dr. Harrow', '', $2, '{}', false, now()) returning id`, [patientId, what])
}

/** They wait for an earlier time with their visit, and for another kind of visit without one; the first was offered. */
async function waitsOf(house: FullHouse, patientId: string, visit: string): Promise<{ visit: string; kind: string; offer: string }> {
  const insert = `insert into scheduling.wait (patient_id, appointment_id, visit_type_id, mode, weekdays, parts, until_day, since, added_as)
    select $1, $2::uuid, t.id, 'in-person', '{1,2,3,4,5}', '{morning,afternoon}', '2026-12-18', now(), 'staff' from scheduling.visit_type t
    where t.name_en = $3 and not exists (select from scheduling.wait w where w.patient_id = $1 and w.visit_type_id = t.id and w.ended_at is null)`
  await house.db.owner.query(insert, [patientId, visit, 'Check-up'])
  await house.db.owner.query(insert, [patientId, null, 'Follow-up'])
  const of = (name: string) => house.one('select w.id from scheduling.wait w join scheduling.visit_type t on t.id = w.visit_type_id where w.patient_id = $1 and t.name_en = $2 and w.ended_at is null', [patientId, name])
  const first = await of('Check-up')
  await house.db.owner.query(`insert into scheduling.wait_offer (wait_id, patient_id, resource_id, location_id, starts_at, ends_at, round, offered_at, expires_at, told_at)
    select $1, $2, r.id, (select id from practice.location), '2026-11-25T19:00:00Z', '2026-11-25T19:30:00Z', 1, '2026-11-23T15:00:00Z', '2026-11-24T15:00:00Z', '2026-11-23T15:00:00Z' from scheduling.known_resource r
    where r.name = 'Dr. Nell Harrow' on conflict do nothing`, [first, patientId])
  return { visit: first, kind: await of('Follow-up'), offer: await house.one('select id from scheduling.wait_offer where wait_id = $1', [first]) }
}

/** An address of every page, filled with what is there: of the record, that of this subject. Links that are secrets stand for themselves. */
export async function addressesOf(house: FullHouse, { patientId, marks }: Subject): Promise<Record<string, string>> {
  const of = async ([query, ending]: readonly [string, string]) => house.one(query, [patientId, ending])
  const [report, scan] = [await of(ofResource('result', '-panel')), await of(ofResource('note', '-scan'))]
  const note = await house.one("insert into writing.draft (patient_id, author_id, author_name, title, body, begun_at, changed_at, signed_at, filed_at) values ($1, gen_random_uuid(), 'Nell Harrow', 'Visit note', 'All is well.', now(), now(), now(), now()) returning id", [patientId])
  const visit = await house.one("select id from scheduling.appointment where patient_id = $1 and status = 'booked' order by starts_at limit 1", [patientId])
  const waits = await waitsOf(house, patientId, visit)
  const home = await (await fetch(house.url)).text()
  const filled: Record<string, string> = {
    '/clinicians/:slug': '/clinicians/nell-harrow',
    '/locations/:slug': '/locations/heron-street',
    '/pictures/:id/:name': /\/pictures\/[^" ]+/.exec(home)?.[0] ?? '/pictures/none/none',
    '/assets/:sheet{brand-[0-9a-f]+\\.css}': /\/assets\/brand-[0-9a-f]+\.css/.exec(home)?.[0] ?? '/assets/brand-0.css',
    '/reset/:token': '/reset/no-such-link', '/join/:token': '/join/no-such-link', '/care/:link': '/care/no-such-link', '/stop/:token': '/stop/no-such-link', '/v/:token': '/v/no-such-link', '/v/:token/move': '/v/no-such-link/move', '/activate/:code': '/activate/AAAA-BBBB',
    '/portal/settings/email/:token': '/portal/settings/email/no-such-link',
    '/portal/results/:id': `/portal/results/${report}`,
    '/portal/results/:id/ask': `/portal/results/${report}/ask`,
    '/portal/results/:id/wrong': `/portal/results/${report}/wrong`,
    '/portal/results/:id/document/:place': `/portal/results/${report}/document/0`,
    '/portal/notes/:id': `/portal/notes/${await of(ofResource('note', '-visit'))}`,
    '/portal/notes/:id/wrong/:part': `/portal/notes/${await of(ofResource('note', '-visit'))}/wrong/all`,
    '/portal/record/:id/wrong': `/portal/record/${await house.one("select id from records.fact where patient_id = $1 and kind = 'allergy'", [patientId])}/wrong`,
    '/portal/feedback/:id': `/portal/feedback/${await house.one('select id from feedback.report where patient_id = $1', [patientId])}`,
    '/portal/appointments/new/:type': `/portal/appointments/new/${await house.one("select id from scheduling.visit_type where name_en = 'Check-up'")}`,
    '/console/schedule/book/:patient': `/console/schedule/book/${patientId}`,
    '/console/schedule/visits/:id': `/console/schedule/visits/${visit}`,
    '/console/schedule/visits/:id/move': `/console/schedule/visits/${visit}/move`,
    '/book/:type': `/book/${await house.one("select id from scheduling.visit_type where name_en = 'Check-up'")}`,
    '/console/schedule/newcomers/:id': `/console/schedule/newcomers/${await newcomer(house, patientId, marks)}`,
    '/console/schedule/received/:id': `/console/schedule/received/${await received(house, patientId, marks.visit)}`,
    '/console/schedule/types/:id': `/console/schedule/types/${await house.one("select id from scheduling.visit_type where name_en = 'Check-up'")}`,
    '/console/schedule/types/:id/questions': `/console/schedule/types/${await house.one("select id from scheduling.visit_type where name_en = 'Check-up'")}/questions`,
    '/console/schedule/reasons/:id': `/console/schedule/reasons/${await house.one("select id from scheduling.reason where words_en = 'A check-up'")}`,
    '/portal/appointments/new/about/:reason': `/portal/appointments/new/about/${await house.one("select id from scheduling.reason where words_en = 'A check-up'")}`,
    '/console/schedule/hours/:id': `/console/schedule/hours/${await house.one("select id from scheduling.resource where kind = 'clinician' order by id limit 1")}`,
    '/portal/appointments/held/:id': `/portal/appointments/held/${await house.one('select id from scheduling.hold where patient_id = $1', [patientId])}`,
    '/portal/appointments/offers/:id': `/portal/appointments/offers/${waits.offer}`,
    '/portal/appointments/waiting/:id': `/portal/appointments/waiting/${waits.kind}`,
    '/console/schedule/waitlist/:id': `/console/schedule/waitlist/${waits.visit}`,
    '/console/schedule/waitlist/new/:patient': `/console/schedule/waitlist/new/${patientId}`,
    ...Object.fromEntries(['', '/questions', '/move', '/cancel', '/wait', '/visit.ics'].map(end => [`/portal/appointments/:id${end}`, `/portal/appointments/${visit}${end}`])),
    '/portal/notes/:id/document/:place': `/portal/notes/${scan}/document/0`,
    '/console/feedback/:id': `/console/feedback/${await house.one('select id from feedback.report where patient_id = $1', [patientId])}`,
    '/console/feeds/senders/:id': `/console/feeds/senders/${await house.one("insert into feeds.sender (source, zone, added_at) values ('lab', 'UTC', now()) on conflict (source) do update set zone = 'UTC' returning id")}`,
    '/console/feeds/messages/:id': `/console/feeds/messages/${await unplaced(house, marks.result)}`,
    '/console/feeds/messages/:id/text': `/console/feeds/messages/${await unplaced(house, marks.result)}/text`,
    '/console/feeds/pull/:id': `/console/feeds/pull/${await house.one("insert into pull.connection (source, base_url, token_url, algorithm, scope_style, added_at) values ('ehr', 'https://fhir.example.org/R4', 'https://fhir.example.org/token', 'ES384', 'v2', now()) on conflict (source) do update set base_url = excluded.base_url returning id")}`,
    '/console/outbox/:id': `/console/outbox/${await house.one('select id from platform.mail limit 1')}`,
    '/console/texts/:id': `/console/texts/${await inTransaction(house.system('notices.hear'), tx => keepText(tx, { vendorId: `SM${randomUUID()}`, from: '+18025550111', body: 'May I come today?' }))}`,
    '/console/people/:id': `/console/people/${house.people.clinician.personId}`,
    '/console/practice/clinicians/:id': `/console/practice/clinicians/${await house.one("select id from practice.clinician where slug = 'nell-harrow'")}`,
    '/console/practice/locations/:id': `/console/practice/locations/${await house.one('select id from practice.location')}`,
    '/console/practice/notices/:kind': `/console/practice/notices/${noticeKinds[0]}`,
    '/console/inbox/:id': `/console/inbox/${await house.one("select id from work.task where kind = 'contact'")}`,
    '/console/patients/:id/orders': `/console/patients/${patientId}/orders`,
    '/console/patients/:id': `/console/patients/${patientId}`,
    '/console/patients/:id/choices': `/console/patients/${patientId}/choices`,
    '/console/notes/:id': `/console/notes/${note}`,
    '/console/notes/:id/words': `/console/notes/${note}/words`,
    '/console/results/:id': `/console/results/${await house.one("select id from records.life where patient_id = $1 and place = 'result' order by arrived_at limit 1", [patientId])}`,
    '/console/imports/matches/:id': `/console/imports/matches/${await house.one('select id from records.match_question where answer is null')}`,
    '/console/imports/joined/:id': `/console/imports/joined/${await house.one('select id from records.merge')}`,
  }
  return Object.fromEntries(Object.keys(pages).map(pattern => [pattern, filled[pattern] ?? pattern]))
}
