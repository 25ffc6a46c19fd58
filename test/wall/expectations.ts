import type { Who } from './actors.ts'
import type { Done } from './try-wall.ts'

type Group = 'everybody' | 'staff' | 'jobs'
/** Who may do what with a row of a stranger's: s see or count it, i put one in, u change it, d take it out, m put one in under their own name. The narrower line counts. */
export type May = Partial<Record<Who | Group, Done>>

const groupOf = (who: Who): Group | undefined => (/^(a )?job /.test(who) ? 'jobs' : /^(staff without a role|clinician|care-team|front-desk|billing|editor|manager)$/.test(who) ? 'staff' : undefined)
/** It files what was written here as an import does, and reaches what an import reaches. */
const sameAs: Partial<Record<Who, Who>> = { 'job writing.file': 'job records.import' }
export function wanted(may: May, who: Who): Done {
  const group = groupOf(who)
  return may[who] ?? may[sameAs[who] ?? who] ?? (group && may[group]) ?? may.everybody ?? ''
}

const careSide = { clinician: 'siud', 'care-team': 'siud', 'a job for her': 'siud', 'job records.import': 'siud' }
const ofHerRecord: May = { herself: 's', 'her caregiver': 's', ...careSide }
const ofHerResults: May = { herself: 's', 'her caregiver': 's', clinician: 'siu', 'care-team': 'siu', 'a job for her': 'siu', 'job records.import': 'siu', 'job records.release': 'siu', 'job records.tell': 'siu' }
const openers: May = { 'job records.release': 'siud' }
/** Jobs that write to people find where. */
const writers: May = { 'job notices.hear': 's', 'job notices.ping': 's', 'job notices.sweep': 's', 'job scheduling.remind': 's', 'job scheduling.tell': 's', 'job scheduling.tell-received': 's', 'job scheduling.wait': 's', 'job feedback.remind': 's', 'job records.tell': 's', 'job work.page': 's' }
/** What a patient chooses: themselves, who looks after them, and who writes their yes down; it is put in under one's own name alone. */
const choices: May = { herself: 'su', 'her caregiver': 'su', clinician: 'su', 'care-team': 'su', 'a job for her': 'su', 'job records.import': 'su', 'job records.release': 'su', 'job records.tell': 'su' }
const imports: May = { 'front-desk': 'siu', manager: 'siu', 'job records.import': 'siu' }
const ownFactors: May = { herself: 'siud', manager: 'sd', 'job accounts.command': 'sd' }
const atTheDesk: May = { 'front-desk': 'siu', manager: 'siu', 'job accounts.command': 'siu', 'job platform.sweep': 's' }
/** What the site says: nobody's data. Everybody reads it; who works here and jobs write. */
const site = (done: Done): May => ({ everybody: 's', staff: done, jobs: done })
const workers = { clinician: 'siu', 'care-team': 'siu', 'front-desk': 'siu', billing: 'siu', manager: 'siu', 'job records.import': 'siu', 'job work.escalate': 'siu', 'job scheduling.settle': 'siu', 'job scheduling.copied': 'siu' }
const planners = Object.fromEntries(Object.keys(workers).map(who => [who, 'siud']))
const noters = Object.fromEntries(Object.keys(workers).map(who => [who, 'si']))

/** How results are answered: those who treat. */
const treating: May = { clinician: 'siu', 'care-team': 'siu', 'job records.import': 'siu', 'job records.release': 'siu', 'job records.tell': 'siu' }

/** Whose work it is when people come; the sweep clears holds away. */
const ofHerVisits: May = { herself: 'siu', 'her caregiver': 'siu', clinician: 'siu', 'care-team': 'siu', 'front-desk': 'siu', 'a job for her': 'siu', 'job scheduling.sweep': 'siu', 'job scheduling.settle': 'siu', 'job scheduling.wait': 'siu', 'job records.import': 'siu', 'job writing.file': '', 'the link of her visit': 'su' }

/** What an import reaches of visits, and what is filed here does not. */
const bringers = (imports: Done, files: Done = ''): May => ({ 'job records.import': imports, 'job writing.file': files })
const tellers: May = { 'job scheduling.remind': 's', 'job scheduling.tell': 's', 'job scheduling.tell-received': 's', 'job scheduling.copied': 's', 'job scheduling.measure': 's', 'job scheduling.feed': 's' }

/** Every table with row security. Nobody may do more than stands here: written by hand, after the minimum each role needs (45 CFR 164.502(b)). */
export const expectations: Readonly<Record<string, May>> = {
  'accounts.activation': { ...atTheDesk, ...writers },
  'accounts.care_invitation': { ...writers, herself: 'siu', 'a job for her': 'siu', 'front-desk': 's', manager: 's', 'job accounts.command': 's', 'job platform.sweep': 's' },
  'accounts.failed_try': {},
  'accounts.passkey': ownFactors,
  'accounts.patient_move': {},
  // The stranger works here too: the front desk changes nobody who does.
  'accounts.person': { ...writers, herself: 'su', 'front-desk': 's', manager: 'siu', 'job accounts.command': 'siu', 'job platform.sweep': 's' },
  'accounts.person_role': { ...writers, herself: 's', 'front-desk': 's', manager: 'sid', 'job accounts.command': 'sid', 'job platform.sweep': 's' },
  'accounts.proxy': { ...writers, herself: 'su', 'a job for her': 'siu', ...atTheDesk },
  'accounts.recovery_code': ownFactors,
  'accounts.token': {},
  'audit.event': { herself: 's', 'a job for her': 's', manager: 's', 'job audit.seal': 's', 'job audit.verify': 's' },
  'audit.seal': { manager: 's', 'job audit.seal': 'si', 'job audit.verify': 's' },
  'feedback.patient_move': {},
  'feedback.pulse': { herself: 'sim', 'her caregiver': 'm' },
  // The words of an answer and of a statement are put in under one’s own name; the stranger’s is another’s.
  'feedback.reply': { herself: 's', 'her caregiver': 's', clinician: 's', 'care-team': 's', 'a job for her': 's', 'job feedback.remind': 's' },
  'feedback.report': { herself: 's', 'her caregiver': 's', clinician: 'su', 'care-team': 'su', 'a job for her': 'su', 'job feedback.remind': 'su' },
  'feedback.statement': { herself: 's', 'her caregiver': 's', clinician: 's', 'care-team': 's', 'a job for her': 's', 'job feedback.remind': 's' },
  'feeds.message': { 'job records.import': 'siu' },
  'notices.any_time': choices,
  'notices.choice': { ...atTheDesk, ...writers, herself: 'siu', 'a job for her': 'siu' },
  'notices.code': { 'job notices.sweep': 'sd' },
  'notices.consent': { ...atTheDesk, ...writers, 'job notices.hear': 'si', 'front-desk': 'si', manager: 'si', 'job accounts.command': 'si', herself: 'si', 'a job for her': 'si' },
  'notices.heard': { ...writers, clinician: 's', 'care-team': 's', 'front-desk': 's', manager: 's', 'job accounts.command': 's', 'job notices.hear': 'siu', 'job platform.rotate-keys': 'su', 'job platform.sweep': 's' },
  'notices.patient_move': {},
  'notices.point': { 'job notices.watch': 'su', 'front-desk': 'su', manager: 'su', 'job platform.send-mail': 'su', 'job platform.sweep': 'su', 'job platform.rotate-keys': 'su' },
  'notices.reach': { ...atTheDesk, ...writers, 'job notices.hear': 'su', 'front-desk': 'su', manager: 'su', 'job accounts.command': 'su', herself: 'su', 'a job for her': 'su' },
  'notices.silence': { ...atTheDesk, ...writers, herself: 's', 'a job for her': 's' },
  'notices.telling': choices,
  'platform.access_grant': { ...writers, herself: 'su', 'a job for her': 'siu', ...atTheDesk },
  'platform.file': { staff: 'siu', jobs: 'siu' },
  'platform.idempotency': { 'job platform.sweep': 'sd' },
  'platform.mail': { herself: 's', 'a job for her': 's', 'job notices.watch': 'su', 'front-desk': 'su', manager: 'su', 'job platform.send-mail': 'su', 'job platform.sweep': 'su', 'job platform.rotate-keys': 'su' },
  'platform.session': { ...writers, herself: 'su', manager: 'su', 'job accounts.command': 'su', 'job platform.sweep': 'sd' },
  'practice.clinician': site('siu'),
  'practice.clinician_location': site('sid'),
  'practice.core_value': site('siud'),
  'practice.exception_day': site('siud'),
  'practice.insurance_plan': site('siud'),
  'practice.location': site('siu'),
  'practice.notice': site('si'),
  'practice.opening_period': site('sid'),
  'practice.picture': site('siud'),
  'practice.picture_form': site('sid'),
  'practice.profile': site('siu'),
  'practice.service': site('siud'),
  'records.comment': { herself: 's', 'her caregiver': 's', clinician: 'siu', 'care-team': 'siu', 'a job for her': 'siu', 'job records.import': 'siu', 'job records.release': 'siu', 'job records.tell': 'siu' },
  'records.fact': ofHerRecord,
  'records.life': { herself: 's', 'her caregiver': 's', clinician: 'siu', 'care-team': 'siu', 'a job for her': 'siu', 'job records.import': 'siu', 'job records.release': 'siu', 'job records.tell': 'siu' },
  'records.match_question': imports,
  'records.merge': imports,
  'records.note': { ...ofHerRecord, ...openers, 'job writing.check-arrived': 's' },
  'records.parked': imports,
  'records.patient': { 'job scheduling.feed': 's', 'job records.release': 's', 'job records.tell': 's', herself: 's', 'her caregiver': 's', clinician: 'siu', 'care-team': 'siu', 'front-desk': 'siu', billing: 's', manager: 'siu', 'a job for her': 's', 'job records.export': 's', 'job records.import': 'siu' },
  // Each reader's own: a stranger's is nobody's to see but hers.
  'records.reading_help': { herself: 'siu' },
  'records.resource': { 'job records.import': 'siu' },
  'records.result': { ...ofHerRecord, ...openers, 'job records.tell': 'siud' },
  'records.said_join': { 'job records.import': 'siu' },
  'records.source_patient': { 'job scheduling.feed': 's', 'job records.release': 's', 'job records.tell': 's', herself: 's', 'her caregiver': 's', clinician: 's', 'care-team': 's', billing: 's', 'front-desk': 'siu', manager: 'siu', 'a job for her': 's', 'job records.export': 's', 'job records.import': 'siu' },
  'records.test_order': ofHerResults,
  'records.version': { 'job records.import': 'si' },
  'release.agreement': { ...choices, herself: 'siu' },
  'release.finding': { clinician: 'su', 'care-team': 'su', 'job records.import': 's', 'job records.release': 's', 'job records.tell': 's' },
  'release.wish': { herself: 'si', 'her caregiver': 's', clinician: 's', 'care-team': 's', 'a job for her': 's', 'job records.import': 's', 'job records.release': 's', 'job records.tell': 's' },
  'review.standing_rule': treating,
  'review.template': Object.fromEntries(Object.keys(treating).map(who => [who, 'siud'])),
  'scheduling.answer': { ...tellers, ...Object.fromEntries(Object.keys(ofHerVisits).map(who => [who, 'si'])), ...bringers('si') },
  'scheduling.appointment': { ...ofHerVisits, ...tellers, herself: 'su', 'her caregiver': 'su' },
  // A step is put in under one’s own name: the stranger’s has none, as a job’s.
  'scheduling.appointment_step': { ...tellers, ...Object.fromEntries(Object.keys(ofHerVisits).map(who => [who, 's'])), 'a job for her': 'si', 'job scheduling.sweep': 'si', 'job scheduling.settle': 'si', 'job scheduling.wait': 'si', ...bringers('si'), 'the link of her visit': 'si' },
  'scheduling.block': site('sid'),
  'scheduling.calendar': site('siud'),
  'scheduling.claim': { everybody: 's', ...Object.fromEntries(Object.keys(ofHerVisits).map(who => [who, 'siud'])), ...bringers('siud', 's') },
  // What the EHR has is not a patient’s to say.
  'scheduling.copy_line': { ...ofHerVisits, ...tellers, 'the link of her visit': 'siu' },
  'scheduling.day_measure': { staff: 's', 'job scheduling.measure': 'sid' },
  'scheduling.day_refill': { staff: 's', 'job scheduling.measure': 'sid' },
  'scheduling.elsewhere': { everybody: 's', clinician: 'sid', 'care-team': 'sid', 'front-desk': 'sid', 'job scheduling.sweep': 'sid', 'job scheduling.settle': 'sid', 'job scheduling.wait': 'sid', 'job records.import': 'sid', 'job writing.file': 's' },
  'scheduling.feed': { ...writers, herself: 'siu', 'front-desk': 's', manager: 's', 'job accounts.command': 's', 'job platform.sweep': 's' },
  'scheduling.feed_details': site('sid'),
  'scheduling.hold': { ...tellers, ...Object.fromEntries(Object.keys(ofHerVisits).map(who => [who, 'smd'])), herself: 'simd', 'a job for her': 'sd', 'job scheduling.sweep': 'sd', 'job scheduling.settle': 'sd', 'job scheduling.wait': 'sd', ...bringers('sd'), 'the link of her visit': 'sd' },
  'scheduling.let_go': { staff: 's', jobs: 's', ...Object.fromEntries(Object.keys(ofHerVisits).map(who => [who, 'si'])), herself: 'i', 'her caregiver': 'i', ...bringers('si', 's') },
  'scheduling.measured': { staff: 's', 'job scheduling.measure': 'siu' },
  'scheduling.need': site('sid'),
  'scheduling.newcomer': { ...ofHerVisits, ...tellers, herself: '', 'her caregiver': '', 'the link of her visit': '', clinician: 'siud', 'care-team': 'siud', 'front-desk': 'siud', 'a job for her': 'siud', 'job scheduling.sweep': 'siud', 'job scheduling.settle': 'siud', 'job scheduling.wait': 'siud', 'job records.import': 'siud' },
  'scheduling.patient_move': {},
  'scheduling.question': site('siud'),
  'scheduling.reason': site('siud'),
  // What another system sends: jobs put it in, and staff say which visit of ours it is.
  'scheduling.received': { ...tellers, herself: 's', 'her caregiver': 's', clinician: 'su', 'care-team': 'su', 'front-desk': 'su', 'a job for her': 'siu', 'job scheduling.sweep': 'siu', 'job scheduling.settle': 'siu', 'job scheduling.wait': 'siu', 'job records.import': 'siu', 'job writing.file': '', 'the link of her visit': 's' },
  'scheduling.received_told': { ...Object.fromEntries(Object.keys(ofHerVisits).map(who => [who, 's'])), 'job scheduling.sweep': 'si', 'job scheduling.settle': 'si', 'job scheduling.wait': 'si', 'job scheduling.remind': 'si', 'job scheduling.tell': 'si', 'job scheduling.tell-received': 'si', 'job scheduling.measure': 'si', 'job scheduling.copied': 'si', 'job scheduling.feed': 'si', 'job records.import': 'si', 'job writing.file': '' },
  'scheduling.reminder': { ...Object.fromEntries(Object.keys(ofHerVisits).map(who => [who, 's'])), 'job scheduling.sweep': 'si', 'job scheduling.settle': 'si', 'job scheduling.wait': 'si', 'job scheduling.remind': 'si', 'job scheduling.tell': 'si', 'job scheduling.tell-received': 'si', 'job scheduling.measure': 'si', 'job scheduling.copied': 'si', 'job scheduling.feed': 'si', ...bringers('si') },
  'scheduling.resource': site('siu'),
  'scheduling.screening': site('siud'),
  'scheduling.special_day': site('sid'),
  'scheduling.third_open': { staff: 's', 'job scheduling.measure': 'si' },
  // Where a message went may be kept from whoever looks after them; what opens is its hash.
  'scheduling.visit_link': { ...writers, 'front-desk': 's', manager: 's', 'job accounts.command': 's', 'job platform.sweep': 's', 'job scheduling.sweep': 'sd' },
  'scheduling.visit_type': site('siu'),
  // Patients wait with a visit of their own and under their own name: the stranger’s is another’s. They answer an offer that they may not make.
  'scheduling.wait': { ...tellers, ...ofHerVisits, herself: 'su', 'her caregiver': 'su' },
  'scheduling.wait_offer': { ...tellers, ...Object.fromEntries(Object.keys(ofHerVisits).map(who => [who, 'su'])), 'a job for her': 'siu', 'the link of her visit': 'siu', 'job scheduling.sweep': 'siu', 'job scheduling.settle': 'siu', 'job scheduling.wait': 'siu', ...bringers('siu') },
  'scheduling.wait_settings': site('siu'),
  'scheduling.weekly_hours': site('siud'),
  'work.absence': { ...workers, 'job work.page': 'siu', 'job work.owners': 'siu', 'job records.release': 'siu' },
  'work.backup_clinician': { ...workers, 'job work.page': 'siu', 'job work.owners': 'siu', 'job records.release': 'siu' },
  'work.on_call_shift': { ...planners, 'job work.owners': 'siud', 'job work.page': 'siud', 'job records.release': 'siud' },
  'work.page': { 'job work.owners': 'su', clinician: 'su', 'care-team': 'su', 'front-desk': 'su', billing: 'su', manager: 'su', 'job records.import': 'su', 'job work.escalate': 'su', 'job scheduling.settle': 'su', 'job scheduling.copied': 'su', 'job work.page': 'su', 'job records.release': 'su' },
  'work.patient_move': {},
  'work.task': { ...workers, 'job work.owners': 'siu', 'job work.page': 'siu', 'job records.release': 'siu', 'a job for her': 'siu' },
  'work.task_step': { ...noters, 'job work.owners': 'si', 'job work.page': 'si', 'job records.release': 'si' },
  // Its author sees it, and nobody else; jobs that read notes put it there.
  'writing.arrived_note': { 'job records.import': 'si', 'job records.release': 'si', 'job writing.check-arrived': 'si' },
  // An unfinished note is its author's alone: nobody sees a stranger's.
  'writing.draft': { 'a job for her': '', 'job records.import': 'su', 'job writing.file': 'su', 'job records.release': 'su' },
  // What was pointed out in a note, and what its author did: whoever wrote it, under their own name, and nobody else.
  'writing.mark': {},
  'writing.note_figure': {},
}

/** Said to whoever adds a table. */
export const lesson = (name: string): string => `${name} has row security and no line in test/wall/expectations.ts. Write one: for each actor who may see (s), add (i), change (u) or delete (d) `
  + `a row of somebody who is a stranger to them, and nobody else. A table that a new role or job may reach gets that here too. If a row cannot be made up, test/wall/overrides.ts says its values.`
