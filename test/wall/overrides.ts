import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** Columns that say whose a row is, by name or by table and name. */
export const owners: Readonly<Record<string, 'patientId' | 'personId'>> = {
  patient_id: 'patientId', person_id: 'personId', acting_for: 'patientId', owner_id: 'personId', made_by: 'personId',
  'accounts.person.id': 'personId', 'records.patient.id': 'patientId',
}

/** Columns that hold the number of a row elsewhere, of one table or another, so that no foreign key says so. */
export const points: Readonly<Record<string, string>> = { 'scheduling.claim.booking_id': 'scheduling.appointment' }

/** Values that cannot be guessed from a type, because a check or a rule of the table wants something of its own. */
export const values: Readonly<Record<string, string | null | (() => string)>> = {
  'accounts.person.email': () => `${randomUUID()}@patient.example`,
  'accounts.passkey.id': () => randomBytes(16).toString('hex'),
  'audit.event.action': 'record.viewed',
  'audit.seal.seq': () => String(randomInt(1_000, 1_000_000)),
  'platform.access_grant.source': 'proxy',
  'platform.idempotency.actor': 'patient:somebody-else',
  'platform.idempotency.key': () => randomUUID(),
  'notices.point.address': () => `+1802555${randomInt(1_000, 9_999)}`,
  'notices.consent.address': '+18025550100',
  'platform.mail.kind': 'letter',
  'platform.mail.words': '\\x00',
  'platform.session.acting_as': 'patient',
  'platform.session.idle_minutes': '15',
  'practice.clinician.person_id': () => randomUUID(),
  'practice.location.postal_code': '05999',
  'practice.profile.faces': '{portal}',
  'practice.opening_period.closes_minute': '1000',
  'records.comment.author_id': () => randomUUID(),
  'records.merge.merged_by': () => randomUUID(),
  'review.standing_rule.categories': '{routine}',
  'review.standing_rule.words': 'Normal counts, with a line.',
  'review.standing_rule.recorded_at': '2026-11-20T10:00:00Z',
  'review.standing_rule.until': '2026-12-20T10:00:00Z',
  'release.agreement.words_shown': 'The words that were shown to them.',
  'release.finding.words': 'Why it was held back, in words.',
  'release.finding.knows_patient': 'true',
  'release.finding.found_at': '2026-11-20T10:00:00Z',
  'release.finding.until': '2026-11-24T10:00:00Z',
  'records.test_order.answered_by': null,
  'records.test_order.visible_at': '2026-11-20T10:00:00Z',
  'records.test_order.ordered_at': '2026-11-20T10:00:00Z',
  'records.test_order.expected_at': '2026-11-24T10:00:00Z',
  'records.result.visible_at': '2026-11-20T10:00:00Z',
  'records.note.visible_at': '2026-11-20T10:00:00Z',
  'records.fact.visible_at': '2026-11-20T10:00:00Z',
  'scheduling.appointment.extra_seat_because': null,
  'scheduling.appointment.starts_at': '2026-12-01T15:00:00Z',
  'scheduling.appointment.ends_at': '2026-12-01T15:30:00Z',
  'scheduling.block.starts_at': '2026-12-01T15:00:00Z',
  'scheduling.hold.starts_at': '2026-12-01T15:00:00Z',
  'scheduling.claim.during': () => { const start = Date.parse('2027-01-01T00:00Z') + randomInt(1_000_000) * 60_000; return `[${new Date(start).toISOString()},${new Date(start + 60_000).toISOString()})` },
  'scheduling.resource.kind': 'room',
  'scheduling.resource.name': 'A room',
  'scheduling.resource.clinician_id': null,
  'scheduling.special_day.location_id': null,
  'scheduling.visit_type.duration_minutes': '30',
  'scheduling.weekly_hours.ends_minute': '600',
  'scheduling.visit_type.modes': '{in-person}',
  'work.task.kind': 'call-back',
  'writing.mark.term': 'SL001',
}
