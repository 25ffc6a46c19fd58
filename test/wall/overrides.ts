import { randomBytes, randomInt, randomUUID } from 'node:crypto'

/** Columns that say whose a row is, by name or by table and name. */
export const owners: Readonly<Record<string, 'patientId' | 'personId'>> = {
  patient_id: 'patientId', person_id: 'personId', acting_for: 'patientId', owner_id: 'personId', made_by: 'personId',
  'accounts.person.id': 'personId', 'records.patient.id': 'patientId',
}

/** Values that cannot be guessed from a type, because a check or a rule of the table wants something of its own. */
export const values: Readonly<Record<string, string | null | (() => string)>> = {
  'accounts.person.email': () => `${randomUUID()}@patient.example`,
  'accounts.passkey.id': () => randomBytes(16).toString('hex'),
  'audit.event.action': 'record.viewed',
  'audit.seal.seq': () => String(randomInt(1_000, 1_000_000)),
  'platform.access_grant.source': 'proxy',
  'platform.idempotency.actor': 'patient:somebody-else',
  'platform.idempotency.key': () => randomUUID(),
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
  'work.task.kind': 'call-back',
  'writing.mark.term': 'SL001',
}
