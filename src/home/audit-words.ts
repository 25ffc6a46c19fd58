/** Every action of the audit trail in words, in groups as the console's search offers them. A test reads the code and fails on one that is missing. */
export const auditWords: readonly { words: string; actions: Readonly<Record<string, string>> }[] = [
  {
    words: 'Looked at a record',
    actions: {
      'patient.viewed': 'Opened a patient’s page', 'patient.found': 'Found a patient in a search', 'patient.listed': 'Saw a patient’s name in a list', 'results.viewed': 'Read results', 'notes.viewed': 'Read notes', 'results.listed': 'Read a list of results', 'results.waiting-viewed': 'Read what waits to open', 'notes.listed': 'Read a list of notes written here', 'work.pages-listed': 'Read the pages', 'medicines.viewed': 'Read medicines',
      'record.viewed': 'Read other parts of a record', 'portal.viewed': 'Opened the portal’s first page', 'record.downloaded': 'Downloaded a record', 'access-log.viewed': 'Read who looked at a record',
    },
  },
  {
    words: 'Records that came in',
    actions: {
      'records.imported': 'Records were imported', 'records.match-answered': 'Said whether two are one person', 'records.merged': 'Joined two records', 'records.begun': 'Began a record for a new patient', 'records.unmerged': 'Took two records apart', 'records.settled': 'Put away what could not be used',
      'results.released': 'Results opened when they were due', 'results.opened-by-choice': 'The patient opened what they had asked to wait with', 'results.choice-made': 'Chose when to see results', 'results.held-for-safety': 'Held a result back for safety', 'results.safety-hold-ended': 'Ended a hold for safety',
      'orders.viewed': 'Read what was ordered', 'orders.placed': 'Said that a test was ordered', 'orders.ended': 'Ended the wait for a result', 'results.law-hold-ended': 'Ended a law’s hold before its time', 'results.talked': 'Wrote down a talk about a result', 'results.commented': 'Wrote to a patient about a result', 'results.reviewed': 'Looked at a result', 'results.reviewed-elsewhere': 'A look at a result came from where it was written', 'notices.chosen': 'Chose how to be told', 'notices.pinged': 'Was told that something new is there',
      'notices.way-added': 'Added a way to reach a patient', 'notices.way-ended': 'Ended a way to reach a patient', 'notices.reach-chosen': 'Chose how to be reached', 'notices.silenced': 'Said that nothing goes to a patient any more', 'notices.silence-ended': 'Took that back', 'notices.log-viewed': 'Looked at what was sent to a patient',
      'notices.sent': 'Was told of a visit', 'notices.text-heard': 'A text came', 'notices.text-read': 'Read a text that came', 'notices.resumed': 'Wants messages again that were stopped',
      'notes.begun': 'Began a note', 'notes.signed': 'Signed a note', 'notes.dropped': 'Threw an unfinished note away', 'notes.own-words-seen': 'Looked at the words of a note of their own',
    },
  },
  {
    words: 'Signing in',
    actions: {
      'sign-in.done': 'Signed in', 'sign-in.refused': 'Was refused: name or password', 'sign-in.code-refused': 'Was refused: code', 'sign-in.passkey-refused': 'Was refused: passkey', 'account.proven': 'Proved who they are again',
      'account.proof-refused': 'Could not prove who they are', 'reset.asked': 'Asked for a link for a new password', 'account.reset-made': 'Was mailed a link for a new password', 'access.denied': 'Was refused a page',
    },
  },
  {
    words: 'Accounts',
    actions: {
      'account.added': 'An account was made', 'account.activated': 'Opened an account by letter', 'account.letter-made': 'Made a letter', 'account.letter-revoked': 'Took a letter back', 'account.identity-checked': 'Checked who somebody is',
      'account.unlocked': 'Forgot wrong tries', 'account.email-changed': 'Changed an e-mail', 'account.password-set': 'Set a password', 'account.passkey-added': 'Added a passkey', 'account.passkey-removed': 'Removed a passkey',
      'account.app-added': 'Added codes from an app', 'account.app-removed': 'Removed codes from an app', 'account.codes-renewed': 'Made new recovery codes', 'account.sessions-ended': 'Ended sessions', 'account.switched': 'Changed whose record is open',
      'account.caregiver-asked': 'Asked a caregiver', 'account.caregiver-ask-ended': 'Took back the question to a caregiver', 'account.proxy-named': 'Let a caregiver in', 'account.proxy-ended': 'Ended a caregiver’s access', 'account.shut': 'Shut an account',
    },
  },
  {
    words: 'Staff',
    actions: {
      'staff.added': 'Added somebody', 'staff.invited-again': 'Invited somebody again', 'staff.roles-changed': 'Changed roles', 'staff.factors-reset': 'Ended a colleague’s ways in', 'staff.disabled': 'Shut somebody out', 'staff.enabled': 'Let somebody in again',
    },
  },
  {
    words: 'Work',
    actions: {
      'contact.received': 'A message came from the site', 'work.viewed': 'Opened a task', 'work.taken': 'Took a task', 'work.handed-over': 'Handed a task over', 'work.snoozed': 'Put a task off',
      'work.done': 'Finished a task', 'work.noted': 'Noted something with a task', 'work.on-call-planned': 'Put somebody on call', 'work.on-call-removed': 'Took somebody off call', 'work.absence-planned': 'Said who is away and who stands in', 'work.absence-ended': 'Ended an absence', 'work.backup-named': 'Named who takes what is overdue', 'work.page-acknowledged': 'Answered a page', 'work.call-recorded': 'Wrote down a call', 'safety.paged': 'Somebody was paged about what a person wrote',
      'release.report-read': 'Read what was held back for safety, counted', 'release.limit-added': 'Added a critical value', 'release.limit-ended': 'Took out a critical value', 'review.template-kept': 'Changed the beginning of a comment', 'review.template-dropped': 'Took out the beginning of a comment', 'review.rule-recorded': 'Recorded what the care team may answer', 'review.rule-ended': 'Ended a rule of the care team',
    },
  },
  {
    words: 'Visits',
    actions: {
      'appointments.viewed': 'Looked at visits', 'newcomer.viewed': 'Looked at what a new patient wrote', 'appointment.linked': 'Said whose record a new patient’s is', 'appointment.requested': 'Asked for a visit', 'appointment.confirmed': 'Confirmed a visit', 'appointment.declined': 'Declined a visit', 'appointment.booked': 'Booked a visit', 'appointment.said-coming': 'Said that they come to a visit', 'appointment.answered': 'Answered questions about a visit', 'appointment.link-opened': 'Opened the link of a message about a visit', 'appointment.link-used': 'Used the link of a message about a visit', 'appointment.moved': 'Moved a visit', 'appointment.cancelled': 'Cancelled a visit', 'appointment.arrived': 'Said that somebody is there',
      'appointment.no-show': 'Said that somebody did not come', 'appointment.completed': 'Said that a visit is over', 'appointment.reopened': 'Set a visit back to booked', 'appointment.reminded': 'Was told of a visit', 'schedule.planned': 'Changed what can be booked and when', 'schedule.feed-made': 'Made an address for their own calendar', 'schedule.feed-ended': 'Ended the address of their own calendar', 'schedule.feed-read': 'A clinician’s own calendar was read',
      'wait.joined': 'Waits for an earlier time', 'wait.changed': 'Changed what somebody waits for', 'wait.left': 'Waits no longer', 'wait.offered': 'Was offered an earlier time', 'wait.accepted': 'Took an earlier time', 'wait.declined': 'Did not want an earlier time', 'wait.viewed': 'Looked at who waits',
    },
  },
  {
    words: 'What patients say',
    actions: {
      'feedback.sent': 'Said that something looks wrong, or asked', 'feedback.viewed': 'Read what patients say', 'feedback.answered': 'Answered what a patient said', 'results.wish-made': 'Said how to hear of a result', 'feedback.pulse-answered': 'Answered the one question after reading', 'feedback.statement-filed': 'Put a statement into their record',
    },
  },
  {
    words: 'The practice and the system',
    actions: {
      'feeds.sender-added': 'Let a system send records', 'feeds.token-replaced': 'Made a new token for a system', 'feeds.token-ended': 'Ended a system’s token', 'feeds.reviews-trusted': 'Said whether what is signed at a system counts here', 'feeds.silence-set': 'Said when a system’s silence is work', 'feeds.sender-ended': 'Ended what a system may send', 'feeds.message-read': 'Read a message that is in no record', 'feeds.stranger-forgotten': 'Put away who tried to send',
      'records.withdrawn': 'The source deleted a part of the record', 'pull.added': 'Connected an EHR', 'pull.changed': 'Changed how an EHR is asked', 'pull.asked': 'Asked an EHR for records', 'pull.ended': 'A fetch from an EHR ended', 'pull.keys-renewed': 'Made new keys for EHRs',
      'expectations.kept': 'Changed what patients may expect of a test', 'expectations.dropped': 'Took back what patients may expect of a test', 'glossary.word-added': 'Added a word that is explained', 'glossary.word-dropped': 'Took out a word that is explained', 'practice.changed': 'Changed the practice or the site', 'mail.read': 'Read a mail in the outbox', 'mail.not-arrived': 'A mail or text did not arrive', 'mail.sent-again': 'Sent a mail again', 'mail.line-agreed': 'Said until when a vendor has agreed', 'jobs.retried': 'Let a job try again', 'backup.asked': 'Asked for a backup',
      'platform.restored': 'Restored a backup', 'keys.rotated': 'Changed the keys', 'audit.searched': 'Searched this trail',
    },
  },
]

const byAction = new Map(auditWords.flatMap(group => Object.entries(group.actions)))
/** An action of a release that is no longer, or of a later one, is said by its own name. */
export const sayAction = (action: string): string => byAction.get(action) ?? action
export const isKnownAction = (action: string): boolean => byAction.has(action)
