/**
 * Every way through the wall: functions that run with their owner's rights. `asks`: the body asks who is asking; `before`: there is nobody
 * to ask yet, and what opens it is a secret that only its holder has, or it tells and changes nothing about a patient. The list only shrinks;
 * a new line needs a review.
 */
export type Door = { name: string; why: string; opens: 'asks' | 'before'; grantedTo?: readonly ('rapport_app' | 'rapport_worker')[] }

const accounts: readonly Door[] = [
  { name: 'accounts.door_find', opens: 'before', why: 'finds who signs in by this name, before anybody is signed in' },
  { name: 'accounts.door_by_email', opens: 'before', why: 'finds whom a reset is asked for; nothing of it is said to the one who asks' },
  { name: 'accounts.door_email_of', opens: 'asks', why: 'where to write that a password was changed' },
  { name: 'accounts.door_person', opens: 'asks', why: 'the one person that a sign-in in progress is about' },
  { name: 'accounts.door_try_code', opens: 'asks', why: 'counts a try of a code, in the step before there is a session' },
  { name: 'accounts.door_failed', opens: 'asks', why: 'counts a wrong password' },
  { name: 'accounts.door_succeeded', opens: 'asks', why: 'forgets wrong passwords after a right one' },
  { name: 'accounts.door_use_totp_step', opens: 'asks', why: 'uses up a code from an app, once' },
  { name: 'accounts.door_use_recovery_code', opens: 'asks', why: 'uses up a recovery code, once' },
  { name: 'accounts.door_passkey', opens: 'asks', why: 'the public key of a passkey, found by the id that the device sent' },
  { name: 'accounts.door_passkey_used', opens: 'before', why: 'the counter of a passkey that was just verified' },
  { name: 'accounts.door_start_session', opens: 'asks', why: 'a session for somebody who has just proved who they are' },
  { name: 'accounts.door_prove_session', opens: 'before', why: 'marks a session as freshly proven; found by its token' },
  { name: 'accounts.door_end_session', opens: 'before', why: 'ends a session; found by its token' },
  { name: 'accounts.door_end_sessions_of', opens: 'asks', why: 'ends all sessions of one whose password was reset by mail' },
  { name: 'accounts.door_set_password', opens: 'asks', why: 'the new password of one whose link by mail was just used up' },
  { name: 'accounts.door_make_token', opens: 'asks', why: 'a link by mail, kept hashed' },
  { name: 'accounts.door_read_token', opens: 'before', why: 'whether a link by mail still works; found by its hash' },
  { name: 'accounts.door_use_token', opens: 'before', why: 'uses up a link by mail, once' },
  { name: 'accounts.door_check_activation', opens: 'before', why: 'a letter’s code with a date of birth, before there is an account; five tries' },
  { name: 'accounts.door_activate', opens: 'before', why: 'opens the account that a letter is for, once' },
  { name: 'accounts.door_care_is_live', opens: 'before', why: 'whether a caregiver’s link still works' },
  { name: 'accounts.door_check_care', opens: 'before', why: 'a caregiver’s link with its code told by mouth; five tries' },
  { name: 'accounts.door_open_care', opens: 'before', why: 'opens an account for a caregiver with link and code, once' },
  { name: 'accounts.door_accept_care', opens: 'asks', why: 'lets somebody who has an account accept to care for another' },
  { name: 'accounts.door_caregivers', opens: 'asks', why: 'the names of those whom a patient lets in' },
  { name: 'accounts.door_whom_i_help', opens: 'asks', why: 'the names of those whom a caregiver helps' },
  { name: 'accounts.door_names_of_lookers', opens: 'asks', why: 'who looked at a record, by name, for its access log' },
  { name: 'accounts.door_way_in', opens: 'asks', why: 'for staff: whether a patient has an account and a letter' },
  { name: 'accounts.door_sweep', opens: 'asks', why: 'forgets what is over: the job alone' },
  { name: 'accounts.door_carry_over', opens: 'asks', why: 'two patients become one: account, caregivers, letters, grants and sessions go along, or it is refused' },
  { name: 'accounts.door_carry_back', opens: 'asks', why: 'two are two again: what that join carried goes back' },
  { name: 'accounts.door_shut_account', opens: 'asks', why: 'the desk shuts a patient’s account and its sessions' },
  { name: 'accounts.gives_roles', opens: 'asks', why: 'whether the one who asks may give roles; asked by policies', grantedTo: ['rapport_app', 'rapport_worker'] },
  { name: 'accounts.proxy_ended', opens: 'before', why: 'a trigger: ends live sessions when a caregiver’s right ends', grantedTo: [] },
  { name: 'accounts.session_roles', opens: 'before', why: 'a trigger: a session’s roles are the person’s', grantedTo: [] },
  { name: 'accounts.ways_changed', opens: 'before', why: 'a trigger: a changed way in ends links that were mailed before', grantedTo: [] },
]

const both = ['rapport_app', 'rapport_worker'] as const
const ground: readonly Door[] = [
  { name: 'platform.enter', opens: 'before', why: 'finds the live session of a token and speaks for its person', grantedTo: both },
  { name: 'platform.reaches_all', opens: 'asks', why: 'whether the one who asks reaches every patient; asked by policies', grantedTo: both },
  { name: 'platform.patients_reached', opens: 'asks', why: 'which patients the one who asks reaches; asked by policies', grantedTo: both },
  { name: 'platform.door_queue_mail', opens: 'asks', why: 'puts a mail into the outbox for whoever causes it' },
  { name: 'jobs.enqueue', opens: 'before', why: 'adds a job in the transaction of its cause; graphile-worker’s tables are open to no other role', grantedTo: both },
  { name: 'jobs.listed', opens: 'before', why: 'jobs that wait or failed, for the console; payloads hold ids only', grantedTo: both },
  { name: 'jobs.is_under_way', opens: 'before', why: 'whether a job of a kind runs or is about to, yes or no; for staff', grantedTo: both },
  { name: 'jobs.retry', opens: 'before', why: 'runs a failed job again', grantedTo: both },
]

const product: readonly Door[] = [
  { name: 'feedback.door_carry_back', opens: 'asks', why: 'two are two again: what each said goes back' },
  { name: 'feedback.door_carry_over', opens: 'asks', why: 'two patients become one: what they said of their record goes along' },
  { name: 'feedback.door_pulse_counts', opens: 'asks', why: 'how many answered the one question how; a cell of fewer than eleven is not said' },
  { name: 'records.door_search_patients', opens: 'asks', why: 'forgiving search: its operators are not leakproof, and a policy would turn their index off' },
  { name: 'records.door_shown_before', opens: 'asks', why: 'what a corrected result said before, for whoever sees it now; the tables of versions are open to no actor' },
  { name: 'records.door_something_withheld', opens: 'asks', why: 'whether a copy lacks something, and nothing about what' },
  { name: 'records.door_received_patient', opens: 'asks', why: 'who a copy is of, as received; the tables of versions are open to no actor' },
  { name: 'records.door_tests_without_words', opens: 'asks', why: 'codes and names of tests that have no plain words, counted over every patient, with nothing of any' },
  { name: 'records.door_seen', opens: 'asks', why: 'the patient opened a result: when first, and who' },
  { name: 'records.door_open_own', opens: 'asks', why: 'the patient ends what they themselves asked for; what else holds stays' },
  { name: 'records.door_move_items', opens: 'asks', why: 'moves a record’s rows when two patients turn out to be one, or not to be' },
  { name: 'feeds.door_aside', opens: 'asks', why: 'which messages of a sender were put aside and why, for staff who settle imports and cannot read them' },
  { name: 'feeds.door_read_message', opens: 'asks', why: 'a message that is in no record, for staff who read records' },
  { name: 'feeds.door_senders', opens: 'asks', why: 'how each sender does: counts and times' },
  { name: 'scheduling.door_carry_over', opens: 'asks', why: 'two patients become one: visits go along' },
  { name: 'scheduling.door_carry_back', opens: 'asks', why: 'two are two again: the visits that went along go back' },
  { name: 'work.door_carry_over', opens: 'asks', why: 'two patients become one: tasks go along' },
  { name: 'work.door_carry_back', opens: 'asks', why: 'two are two again: the tasks that went along go back' },
  { name: 'work.door_settle_owners', opens: 'asks', why: 'gives each result that waits to whoever has it now; who that is, accounts alone say' },
  { name: 'work.door_owners', opens: 'asks', why: 'for staff: the names of those who may look at results, who see no accounts' },
  { name: 'work.own_review', opens: 'before', why: 'a trigger: a result that waits is somebody’s from its first instant', grantedTo: [] },
  { name: 'work.person_left', opens: 'before', why: 'a trigger: who leaves, leaves no result behind', grantedTo: [] },
  { name: 'work.door_page', opens: 'asks', why: 'what cannot wait pages whoever is on call, whoever sent it' },
  { name: 'work.door_open_task', opens: 'asks', why: 'what comes in becomes work at once, whoever sent it' },
  { name: 'writing.door_practice_totals', opens: 'asks', why: 'how the practice’s notes read, counted: nobody’s name, and no count of fewer than eleven' },
]

export const doors: readonly Door[] = [...accounts, ...ground, ...product]

/** Tables without a wall, and why none is needed. */
export const unwalled: Readonly<Record<string, string>> = {
  'feedback.pulse_seed': 'one number, by which a sample is drawn',
  'feeds.sender': 'which systems may send, and the hashes of their tokens',
  'feeds.stranger': 'which other systems tried to: a name, an address and a count',
  'migrations.applied': 'which files were applied',
  'platform.backup_run': 'when a backup was made, and its size',
  'platform.content_version': 'one number',
  'platform.house': 'demo or practice',
  'platform.house_key': 'the fingerprint of a key',
  'platform.rate_count': 'counts under keyed hashes',
  'platform.walled_table': 'which tables have a wall',
  'platform.wide_job': 'which jobs reach every patient, and why',
  'pull.connection': 'where records are fetched from',
  'pull.file': 'which files a fetch has, and how many lines',
  'pull.run': 'how far a fetch has come',
  'pull.signing_key': 'our own keys, the private halves sealed',
  'records.directory': 'names of clinicians, organizations, places and medicines: nobody’s record',
  'records.expectation': 'what the practice says of a test before it: nobody’s record',
  'records.feed': 'from when each source’s results are news',
  'records.import_run': 'counts of runs',
  'records.own_word': 'words of the practice’s glossary: nobody’s record',
  'writing.kept_term': 'how often a term of the lexicon was shown and kept: no text, nobody’s',
}
