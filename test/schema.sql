-- tables
accounts.activation (walled)
  id uuid not null default gen_random_uuid()
  code_hash bytea not null
  patient_id uuid not null
  name text not null
  birth_date date not null
  email text
  locale text not null
  made_at timestamp with time zone not null
  made_by uuid not null
  expires_at timestamp with time zone not null
  tries integer not null default 0
  used_at timestamp with time zone
  revoked_at timestamp with time zone
accounts.care_invitation (walled)
  id uuid not null default gen_random_uuid()
  link_hash bytea not null
  code_hash bytea not null
  patient_id uuid not null
  name text not null
  email text
  basis text not null default 'named-by-adult'::text
  ends_at timestamp with time zone not null
  made_at timestamp with time zone not null
  made_by uuid not null
  expires_at timestamp with time zone not null
  tries integer not null default 0
  used_at timestamp with time zone
  revoked_at timestamp with time zone
accounts.failed_try (walled)
  person_id uuid not null
  count integer not null
  last_at timestamp with time zone not null
  codes integer not null default 0
  code_at timestamp with time zone
accounts.passkey (walled)
  id text not null
  person_id uuid not null
  name text not null
  public_key bytea not null
  counter bigint not null
  transports text[] not null default '{}'::text[]
  is_backed_up boolean not null
  created_at timestamp with time zone not null
  used_at timestamp with time zone
accounts.patient_move (walled)
  id uuid not null
  from_id uuid not null
  to_id uuid not null
  persons uuid[] not null
  shut_person uuid
  proxies uuid[] not null
  letters uuid[] not null
  invitations uuid[] not null
  moved_at timestamp with time zone not null
  back_at timestamp with time zone
accounts.person (walled)
  id uuid not null default gen_random_uuid()
  name text not null
  email text
  sign_in_name text
  locale text not null default 'en'::text
  password_hash text
  patient_id uuid
  totp_secret bytea
  totp_last_step bigint
  created_at timestamp with time zone not null
  disabled_at timestamp with time zone
  disabled_by uuid
accounts.person_role (walled)
  person_id uuid not null
  role text not null
  given_at timestamp with time zone not null
  given_by uuid
accounts.proxy (walled)
  id uuid not null default gen_random_uuid()
  person_id uuid not null
  patient_id uuid not null
  basis text not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  made_at timestamp with time zone not null
  made_by uuid
  revoked_at timestamp with time zone
  revoked_by uuid
  invitation_id uuid
accounts.recovery_code (walled)
  person_id uuid not null
  code_hash bytea not null
  used_at timestamp with time zone
accounts.token (walled)
  hash bytea not null
  purpose text not null
  person_id uuid
  value text
  expires_at timestamp with time zone not null
  tries integer not null default 0
  used_at timestamp with time zone
  created_at timestamp with time zone not null
audit.event (walled)
  id uuid not null default uuidv7()
  at timestamp with time zone not null
  request_id text not null
  actor_kind text not null
  person_id uuid
  job text
  action text not null
  patient_id uuid
  kind text
  ids uuid[] not null default '{}'::uuid[]
  detail jsonb not null default '{}'::jsonb
audit.seal (walled)
  seq bigint not null
  event_id uuid not null
  hash bytea not null
  sealed_at timestamp with time zone not null
feedback.patient_move (walled)
  id uuid not null
  from_id uuid not null
  to_id uuid not null
  reports uuid[] not null
  answers uuid[] not null
  moved_at timestamp with time zone not null
feedback.pulse (walled)
  id uuid not null default uuidv7()
  patient_id uuid not null
  person_id uuid not null
  month date not null
  about text not null
  question text not null
  answer text not null
  answered_at timestamp with time zone not null
feedback.pulse_seed
  one boolean not null default true
  seed integer not null
feedback.reply (walled)
  id uuid not null default uuidv7()
  report_id uuid not null
  outcome text not null
  words text not null
  correction text
  locale text not null
  by_person uuid not null
  by_name text not null
  at timestamp with time zone not null
feedback.report (walled)
  id uuid not null default uuidv7()
  patient_id uuid not null
  sent_by uuid not null
  category text not null
  subject_type text not null
  subject_id uuid not null
  part text not null default ''::text
  title text not null
  excerpt text not null
  author text
  kind text not null
  words text not null
  locale text not null
  sent_at timestamp with time zone not null
  due_at timestamp with time zone not null
  act_by timestamp with time zone
  owner_id uuid
  reminded smallint not null default 0
  closed_at timestamp with time zone
  danger text
  danger_kinds text[] not null default '{}'::text[]
feedback.statement (walled)
  id uuid not null default uuidv7()
  report_id uuid not null
  words text not null
  locale text not null
  by_person uuid not null
  at timestamp with time zone not null
  danger text
  danger_kinds text[] not null default '{}'::text[]
feeds.message (walled)
  id uuid not null default uuidv7()
  source text not null
  format text not null
  raw bytea not null
  raw_sha256 bytea not null
  received_at timestamp with time zone not null
  done_at timestamp with time zone
  reason text
  is_fault boolean not null default false
feeds.sender
  source text not null
  id uuid not null default gen_random_uuid()
  facility text
  zone text not null
  number_system text
  token_sha256 bytea
  added_at timestamp with time zone not null
  ended_at timestamp with time zone
  busy_until timestamp with time zone
  silent_after_hours smallint default 10
feeds.stranger
  id uuid not null default gen_random_uuid()
  way text not null
  name text not null
  address text not null
  kind text
  first_at timestamp with time zone not null
  last_at timestamp with time zone not null
  tries integer not null default 1
notices.any_time (walled)
  patient_id uuid not null
  is_any_time boolean not null
  set_at timestamp with time zone not null
  set_by uuid not null
notices.choice (walled)
  patient_id uuid not null
  safe_reach uuid
  prefers text not null default 'mail'::text
  no_texts boolean not null default false
  no_voicemail boolean not null default false
  is_brief boolean not null default false
  zone text
  set_at timestamp with time zone not null
  set_by uuid
notices.code (walled)
  id uuid not null
  kind text not null
  address text not null
  patient_id uuid
  code_hash bytea not null
  made_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  tries integer not null default 0
  used_at timestamp with time zone
notices.consent (walled)
  id uuid not null default uuidv7()
  at timestamp with time zone not null
  kind text not null
  address text not null
  patient_id uuid
  scope text not null
  is_given boolean not null
  words text not null
  locale text not null
  through text not null
  by_person uuid
notices.heard (walled)
  id uuid not null default uuidv7()
  vendor_id text not null
  from_address text not null
  words bytea not null
  heard_at timestamp with time zone not null
  read_as text
  read_at timestamp with time zone
  patient_id uuid
notices.patient_move (walled)
  id uuid not null
  from_id uuid not null
  to_id uuid not null
  choice_before jsonb
  ways uuid[] not null
  consents uuid[] not null
  moved_at timestamp with time zone not null
notices.point (walled)
  kind text not null
  address text not null
  made_at timestamp with time zone not null
  failed_at timestamp with time zone
  failed_why text
notices.reach (walled)
  id uuid not null default gen_random_uuid()
  patient_id uuid not null
  kind text not null
  address text not null
  verified_at timestamp with time zone not null
  verified_how text not null
  added_by uuid
  ended_at timestamp with time zone
  ended_by uuid
notices.silence (walled)
  id uuid not null default gen_random_uuid()
  patient_id uuid not null
  why text not null
  said_by text not null
  since timestamp with time zone not null
  set_by uuid
  ended_at timestamp with time zone
notices.telling (walled)
  patient_id uuid not null
  category text not null
  telling text not null
  set_at timestamp with time zone not null
  set_by uuid not null
platform.access_grant (walled)
  id uuid not null default uuidv7()
  person_id uuid not null
  patient_id uuid
  category text not null
  verb text not null
  source text not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone
  revoked_at timestamp with time zone
  granted_by uuid
platform.backup_run
  id uuid not null default uuidv7()
  started_at timestamp with time zone not null
  finished_at timestamp with time zone
  failed_at timestamp with time zone
  problem text
  file_name text
  bytes bigint
  table_count integer
  row_count bigint
  file_count bigint
platform.content_version
  one boolean not null default true
  version bigint not null
platform.file (walled)
  id uuid not null
  sha256 bytea not null
  size bigint not null
  stored_at timestamp with time zone not null
  removed_at timestamp with time zone
platform.house
  one boolean not null default true
  id uuid not null default gen_random_uuid()
  is_demo boolean not null
  key_fingerprint text not null
  created_at timestamp with time zone not null default now()
platform.house_key
  fingerprint text not null
  first_used_at timestamp with time zone not null
platform.idempotency (walled)
  actor text not null
  key text not null
  body_hash bytea not null
  location text
  created_at timestamp with time zone not null
platform.line
  way text not null
  vendor text not null
  agreed_until date not null
  set_at timestamp with time zone not null
  set_by uuid
platform.mail (walled)
  id uuid not null default gen_random_uuid()
  person_id uuid
  patient_id uuid
  way text not null default 'mail'::text
  kind text not null
  to_address text not null
  subject text not null
  words bytea
  queued_at timestamp with time zone not null
  attempts integer not null default 0
  claimed_until timestamp with time zone
  problem text
  kept_at timestamp with time zone
  sent_at timestamp with time zone
  failed_at timestamp with time zone
  erased_at timestamp with time zone
  delivered_at timestamp with time zone
  dropped_at timestamp with time zone
  dropped_why text
  asked_at timestamp with time zone
  dedupe text
  about_type text
  about_id uuid
  is_internal boolean not null default false
  not_after timestamp with time zone
  counted_on date
  vendor_id text
platform.narrow_job
  job text not null
  category text not null
  reason text not null
platform.rate_count (unlogged)
  action text not null
  subject text not null
  window_start timestamp with time zone not null
  count integer not null
platform.session (walled)
  id uuid not null default gen_random_uuid()
  token_hash bytea not null
  person_id uuid not null
  name text not null
  locale text not null
  roles text[] not null default '{}'::text[]
  acting_for uuid
  acting_as text
  is_strong boolean not null
  device text not null
  created_at timestamp with time zone not null
  seen_at timestamp with time zone not null
  idle_minutes integer not null
  absolute_until timestamp with time zone not null
  proven_at timestamp with time zone not null
  ended_at timestamp with time zone
  ended_because text
platform.walled_table
  name text not null
  category text not null
  owner_column text not null
  owner_kind text not null
  visible_column text
  restricted_column text
platform.wide_job
  job text not null
  category text not null
  reason text not null
  only_sees boolean not null default false
practice.clinician (walled)
  id uuid not null default gen_random_uuid()
  slug text not null
  person_id uuid
  name text not null
  pronouns text not null default ''::text
  credentials text not null default ''::text
  npi text
  role_en text not null
  role_es text not null default ''::text
  sees_en text not null default ''::text
  sees_es text not null default ''::text
  languages text[] not null default '{en}'::text[]
  gender text
  picture_id uuid
  line_en text not null default ''::text
  line_es text not null default ''::text
  practise_en text not null default ''::text
  practise_es text not null default ''::text
  care_en text not null default ''::text
  care_es text not null default ''::text
  like_en text not null default ''::text
  like_es text not null default ''::text
  trained_en text not null default ''::text
  trained_es text not null default ''::text
  accepting text not null default 'ask'::text
  accepting_checked_on date
  accepting_checked_by uuid
  place integer not null
  left_at timestamp with time zone
practice.clinician_location (walled)
  clinician_id uuid not null
  location_id uuid not null
practice.core_value (walled)
  id uuid not null default gen_random_uuid()
  place integer not null
  title_en text not null
  title_es text not null default ''::text
  words_en text not null
  words_es text not null default ''::text
practice.exception_day (walled)
  id uuid not null default gen_random_uuid()
  location_id uuid
  day date not null
  name_en text not null
  name_es text not null default ''::text
  opens_minute smallint
  closes_minute smallint
practice.insurance_plan (walled)
  id uuid not null default gen_random_uuid()
  name text not null
  checked_on date not null
  checked_by uuid
practice.location (walled)
  id uuid not null default gen_random_uuid()
  slug text not null
  name text not null
  street text not null
  unit text not null default ''::text
  city text not null
  region text not null
  postal_code text not null
  phone text
  zone text not null
  latitude double precision
  longitude double precision
  parking_en text not null default ''::text
  parking_es text not null default ''::text
  transit_en text not null default ''::text
  transit_es text not null default ''::text
  access_en text not null default ''::text
  access_es text not null default ''::text
  picture_id uuid
  place integer not null
  closed_at timestamp with time zone
practice.notice (walled)
  id uuid not null default gen_random_uuid()
  kind text not null
  version integer not null
  words_en text not null
  words_es text not null
  effective_on date not null
  added_at timestamp with time zone not null
  added_by uuid
practice.opening_period (walled)
  location_id uuid not null
  weekday smallint not null
  opens_minute smallint not null
  closes_minute smallint not null
practice.picture (walled)
  id uuid not null default gen_random_uuid()
  name text not null
  alt_en text not null
  alt_es text not null default ''::text
  width integer not null
  height integer not null
  added_at timestamp with time zone not null
  added_by uuid
practice.picture_form (walled)
  picture_id uuid not null
  width integer not null
  format text not null
  file_id uuid not null
practice.profile (walled)
  one boolean not null default true
  name text not null
  promise_en text not null default ''::text
  promise_es text not null default ''::text
  story_en text not null default ''::text
  story_es text not null default ''::text
  phone text
  after_hours_phone text
  after_hours_en text not null default ''::text
  after_hours_es text not null default ''::text
  email text
  brand_color text not null default '#2f6a56'::text
  logo_id uuid
  front_picture_id uuid
  zone text not null
  goal text not null
  faces text[] not null
  published_at timestamp with time zone
  published_by uuid
  changed_at timestamp with time zone not null
practice.service (walled)
  id uuid not null default gen_random_uuid()
  slug text not null
  name_en text not null
  name_es text not null default ''::text
  words_en text not null
  words_es text not null default ''::text
  place integer not null
pull.connection
  id uuid not null default gen_random_uuid()
  source text not null
  base_url text not null
  token_url text not null
  algorithm text not null
  scope_style text not null
  client_id text
  group_id text
  token_tested_at timestamp with time zone
  is_on boolean not null default false
  since timestamp with time zone
  added_at timestamp with time zone not null
pull.file
  run_id uuid not null
  place integer not null
  kind text not null
  fhir_type text not null
  url text not null
  announced integer
  lines integer not null default 0
  parked integer not null default 0
  problem text
  done_at timestamp with time zone
pull.run
  id uuid not null default uuidv7()
  connection_id uuid not null
  kind text not null
  state text not null default 'asked'::text
  since timestamp with time zone
  status_url text
  transaction_time timestamp with time zone
  requires_token boolean not null default true
  begun_at timestamp with time zone not null
  next_at timestamp with time zone not null
  tries smallint not null default 0
  problem text
  members integer
  missing integer
  bare integer
  finished_at timestamp with time zone
pull.signing_key
  kid text not null
  algorithm text not null
  public_jwk jsonb not null
  sealed bytea not null
  made_at timestamp with time zone not null
records.comment (walled)
  id uuid not null default uuidv7()
  patient_id uuid not null
  resource_id uuid not null
  words text not null
  locale text not null
  author_id uuid
  author_name text not null
  origin text not null
  standing_rule_id uuid
  written_at timestamp with time zone not null
records.directory
  source text not null
  fhir_type text not null
  source_id text not null
  alias text
  name text not null
  body jsonb
records.expectation
  code text not null
  is_own boolean not null default false
  name_en text not null
  name_es text not null
  looks_en text not null default ''::text
  looks_es text not null default ''::text
  prepare_en text not null
  prepare_es text not null
  result_days integer not null
  changed_at timestamp with time zone not null
  changed_by uuid not null
records.fact (walled)
  id uuid not null default uuidv7()
  resource_id uuid not null
  source text not null
  source_patient uuid not null
  patient_id uuid not null
  kind text not null
  code text
  name text not null
  unit text
  value numeric
  happened_at timestamp with time zone
  status text not null
  is_fact boolean not null
  is_restricted boolean not null
  visible_at timestamp with time zone
  received_at timestamp with time zone not null
  body jsonb not null
records.feed
  source text not null
  go_live_at timestamp with time zone not null
  is_own_ehr boolean not null default true
records.import_run
  id uuid not null default uuidv7()
  source text not null
  started_at timestamp with time zone not null
  finished_at timestamp with time zone
  read_count bigint not null default 0
  new_count bigint not null default 0
  parked_count bigint not null default 0
  day date
records.life (walled)
  id uuid not null default uuidv7()
  resource_id uuid not null
  patient_id uuid not null
  place text not null
  category text not null
  tier smallint not null
  bearing text not null
  arrived_at timestamp with time zone not null
  opens_at timestamp with time zone
  latest_at timestamp with time zone
  held_by text
  needs_owner boolean not null default false
  covers text[] not null default '{}'::text[]
  final_at timestamp with time zone
  hold_id uuid
  citation text
  law_citation text
  law_until timestamp with time zone
  law_early text[] not null default '{}'::text[]
  law_lifted_by text
  ending_told_at timestamp with time zone
  contacted_at timestamp with time zone
  contacted_by uuid
  spoke_with text
  reply_by timestamp with time zone
  released_at timestamp with time zone
  told_at timestamp with time zone
  seen_at timestamp with time zone
  seen_by uuid
  unopened_asked_at timestamp with time zone
  reviewed_at timestamp with time zone
  reviewed_by uuid
  reviewed_as text
records.match_question (walled)
  id uuid not null default gen_random_uuid()
  patient_id uuid not null
  candidate_id uuid not null
  why text not null
  asked_at timestamp with time zone not null
  answer text
  answered_at timestamp with time zone
  answered_by uuid
records.merge (walled)
  id uuid not null default uuidv7()
  kept_id uuid not null
  merged_id uuid not null
  links uuid[] not null
  merged_at timestamp with time zone not null
  merged_by uuid
  said_by text
  undone_at timestamp with time zone
  undone_by uuid
records.note (walled)
  id uuid not null default uuidv7()
  resource_id uuid not null
  source text not null
  source_patient uuid not null
  patient_id uuid not null
  kind text not null default 'note'::text
  code text
  name text not null
  author text
  happened_at timestamp with time zone
  status text not null
  is_fact boolean not null
  is_restricted boolean not null
  visible_at timestamp with time zone
  received_at timestamp with time zone not null
  body jsonb not null
records.own_word
  id uuid not null default uuidv7()
  word text not null
  en text not null
  es text not null
  added_at timestamp with time zone not null
  added_by uuid not null
  ended_at timestamp with time zone
  ended_by uuid
records.parked (walled)
  id uuid not null default gen_random_uuid()
  run_id uuid not null
  source text not null
  file text not null
  "position" bigint not null
  fhir_type text
  source_id text
  reason text not null
  excerpt text not null default ''::text
  is_kept boolean not null default false
  parked_at timestamp with time zone not null
  fingerprint bytea not null
  settled_at timestamp with time zone
  settled_by uuid
records.patient (walled)
  id uuid not null default gen_random_uuid()
  name text not null
  given text not null default ''::text
  family text not null default ''::text
  birth_date date
  sex text
  language text
  phone text
  email text
  address text
  mrn text
  mrn_system text
  is_deceased boolean not null default false
  is_inactive boolean not null default false
  merged_into uuid
  updated_at timestamp with time zone not null
  plain_name text default records.plain_name(name)
  phone_key text default "right"(regexp_replace(phone, '[^0-9]'::text, ''::text, 'g'::text), 10)
records.reading_help (walled)
  person_id uuid not null
  first text not null
  size text not null
  set_at timestamp with time zone not null
records.resource (walled)
  id uuid not null default uuidv7()
  source text not null
  fhir_type text not null
  source_id text not null
  alias text
  current_version uuid
  derived_version uuid
  gone_at timestamp with time zone
records.result (walled)
  id uuid not null default uuidv7()
  resource_id uuid not null
  source text not null
  source_patient uuid not null
  patient_id uuid not null
  kind text not null
  code text
  name text not null
  unit text
  lab text
  value numeric
  is_outside boolean
  happened_at timestamp with time zone
  status text not null
  report_id uuid
  test_count integer not null default 0
  outside_count integer
  is_tied boolean not null default true
  is_fact boolean not null
  is_restricted boolean not null
  visible_at timestamp with time zone
  received_at timestamp with time zone not null
  body jsonb not null
records.said_join (walled)
  id uuid not null default uuidv7()
  source text not null
  gone text not null
  stays text not null
  said_at timestamp with time zone not null
  settled_at timestamp with time zone
  outcome text
records.source_patient (walled)
  id uuid not null default uuidv7()
  resource_id uuid not null
  patient_id uuid not null
  linked_at timestamp with time zone not null
  linked_by uuid
  why text not null
  ended_at timestamp with time zone
records.test_order (walled)
  id uuid not null default uuidv7()
  patient_id uuid not null
  resource_id uuid
  source text not null
  code text
  name text not null
  keys text[] not null default '{}'::text[]
  numbers text[] not null default '{}'::text[]
  ordered_at timestamp with time zone not null
  ordered_by uuid
  ordered_by_name text
  expected_at timestamp with time zone not null
  is_on_hold boolean not null default false
  is_news boolean not null
  is_restricted boolean not null default false
  visible_at timestamp with time zone
  asked_at timestamp with time zone
  ended_at timestamp with time zone
  ended_because text
  ended_by uuid
  answered_by uuid
  filed_as text
records.version (walled)
  id uuid not null default uuidv7()
  resource_id uuid not null
  last_updated timestamp with time zone
  body jsonb not null
  body_sha256 bytea not null
  received_at timestamp with time zone not null
  run_id uuid not null
release.agreement (walled)
  id uuid not null default uuidv7()
  patient_id uuid not null
  category text not null
  condition text not null
  longest_days smallint not null
  made_at timestamp with time zone not null
  made_by uuid not null
  channel text not null
  words_shown text not null
  spoke_with text
  ended_at timestamp with time zone
  ended_by uuid
release.critical_limit
  id uuid not null default gen_random_uuid()
  loinc text not null
  name text not null
  unit text not null
  low numeric
  high numeric
  from_years smallint
  until_years smallint
  added_at timestamp with time zone not null
  added_by uuid not null
  ended_at timestamp with time zone
  ended_by uuid
release.finding (walled)
  id uuid not null default uuidv7()
  patient_id uuid not null
  life_id uuid not null
  danger text not null
  words text not null
  knows_patient boolean not null
  found_at timestamp with time zone not null
  found_by uuid not null
  until timestamp with time zone not null
  ended_at timestamp with time zone
  ended_by uuid
release.report
  id uuid not null default gen_random_uuid()
  month text not null
  made_at timestamp with time zone not null
release.wish (walled)
  id uuid not null default uuidv7()
  patient_id uuid not null
  life_id uuid not null
  wish text not null
  made_at timestamp with time zone not null
  made_by uuid not null
review.standing_rule (walled)
  id uuid not null default gen_random_uuid()
  categories text[] not null
  words text not null
  recorded_at timestamp with time zone not null
  recorded_by uuid not null
  until timestamp with time zone not null
  ended_at timestamp with time zone
  ended_by uuid
review.template (walled)
  id uuid not null default gen_random_uuid()
  place integer not null
  name text not null
  en text not null
  es text not null default ''::text
  changed_at timestamp with time zone not null
  changed_by uuid
scheduling.answer (walled)
  appointment_id uuid not null
  question_id uuid not null
  place smallint not null
  kind text not null
  asked_en text not null
  asked_es text not null
  said_en text not null
  said_es text not null
  locale text not null
  answered_at timestamp with time zone not null
scheduling.appointment (walled)
  id uuid not null default gen_random_uuid()
  patient_id uuid not null
  visit_type_id uuid not null
  resource_id uuid not null
  location_id uuid not null
  mode text not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  reason text not null default ''::text
  reason_locale text not null default 'en'::text
  pays text
  status text not null default 'booked'::text
  confirm_by timestamp with time zone
  extra_seat_because text
  version integer not null default 1
  booked_at timestamp with time zone not null
  booked_by uuid
  booked_as text not null
  said_coming_at timestamp with time zone
  said_coming_how text
scheduling.appointment_step (walled)
  id uuid not null default uuidv7()
  appointment_id uuid not null
  at timestamp with time zone not null
  by_person uuid
  by_kind text not null
  step text not null
  version integer not null
  starts_at timestamp with time zone not null
  note text not null default ''::text
  through text
scheduling.block (walled)
  id uuid not null default gen_random_uuid()
  resource_id uuid not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  kind text not null
  note text not null default ''::text
scheduling.calendar (walled)
  one boolean not null default true
  source text not null
  reminds boolean not null
scheduling.claim (walled)
  id uuid not null default gen_random_uuid()
  booking_id uuid not null
  resource_id uuid not null
  seat smallint not null default 0
  during tstzrange not null
  expires_at timestamp with time zone
scheduling.copy_line (walled)
  appointment_id uuid not null
  what text not null
  there_at timestamp with time zone
  opened_at timestamp with time zone not null
  due_at timestamp with time zone not null
  done_at timestamp with time zone
  done_by uuid
  done_because text
scheduling.day_measure (walled)
  day date not null
  resource_id uuid not null
  visit_type_id uuid not null
  came integer not null
  missed integer not null
  unmarked integer not null
  cancelled integer not null
  cancelled_late integer not null
  online integer not null
  desk integer not null
scheduling.day_refill (walled)
  day date not null
  let_go integer not null
  refilled integer not null
  by_offer integer not null
scheduling.elsewhere (walled)
  visit_id uuid not null
  resource_id uuid not null
  source text not null
  booking_id uuid
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
scheduling.feed (walled)
  id uuid not null default gen_random_uuid()
  person_id uuid not null
  token_hash bytea not null
  has_details boolean not null
  made_at timestamp with time zone not null
  ended_at timestamp with time zone
scheduling.feed_details (walled)
  one boolean not null default true
  allowed_at timestamp with time zone not null
scheduling.hold (walled)
  id uuid not null default gen_random_uuid()
  patient_id uuid not null
  person_id uuid
  visit_type_id uuid not null
  resource_id uuid not null
  location_id uuid not null
  mode text not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  moves uuid
  expires_at timestamp with time zone not null
  about uuid
scheduling.known_resource
  id uuid
  kind text
  name text
  clinician_id uuid
  location_id uuid
  place integer
  closed_at timestamp with time zone
scheduling.let_go (walled)
  id uuid not null default uuidv7()
  booking_id uuid not null
  resource_id uuid not null
  during tstzrange not null
  at timestamp with time zone not null
scheduling.measured (walled)
  one boolean not null default true
  up_to timestamp with time zone not null
scheduling.need (walled)
  visit_type_id uuid not null
  need smallint not null
  resource_id uuid not null
scheduling.newcomer (walled)
  id uuid not null
  token_hash bytea not null
  made_at timestamp with time zone not null
  made_from bytea not null
  locale text not null
  for_whom text
  name text
  birth_date date
  asked_by text not null default ''::text
  contact_kind text
  contact text
  speaks text not null default ''::text
  needs_interpreter boolean not null default false
  access_needs text not null default ''::text
  pays text
  plan text not null default ''::text
  reason text not null default ''::text
  danger text not null default ''::text
  answers jsonb not null default '[]'::jsonb
  answers_danger text not null default ''::text
  code_id uuid
  contact_shown_at timestamp with time zone
  appointment_id uuid
  linked_at timestamp with time zone
  linked_by uuid
scheduling.patient_move (walled)
  id uuid not null
  from_id uuid not null
  to_id uuid not null
  appointments uuid[] not null
  moved_at timestamp with time zone not null
  waits uuid[] not null default '{}'::uuid[]
scheduling.question (walled)
  id uuid not null default gen_random_uuid()
  visit_type_id uuid not null
  place smallint not null
  kind text not null
  words_en text not null
  words_es text not null default ''::text
  options jsonb not null default '[]'::jsonb
  is_required boolean not null
scheduling.reason (walled)
  id uuid not null default gen_random_uuid()
  place smallint not null
  words_en text not null
  words_es text not null default ''::text
  leads_to text not null
  visit_type_id uuid
scheduling.received (walled)
  id uuid not null default gen_random_uuid()
  record_id uuid not null
  source text not null
  source_patient uuid not null
  patient_id uuid not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  status text not null
  with_ids uuid[] not null
  with_name text not null
  location_id uuid
  place_name text not null
  what text not null
  numbers text[] not null
  is_restricted boolean not null
  version integer not null default 1
  first_at timestamp with time zone not null
  appointment_id uuid
scheduling.received_told (walled)
  visit_id uuid not null
  version integer not null
  touch text not null
  at timestamp with time zone not null
  told smallint not null
scheduling.reminder (walled)
  appointment_id uuid not null
  patient_id uuid not null
  version integer not null
  touch text not null
  at timestamp with time zone not null
  told smallint not null
scheduling.resource (walled)
  id uuid not null default gen_random_uuid()
  kind text not null
  name text
  clinician_id uuid
  location_id uuid
  place integer not null default 0
  closed_at timestamp with time zone
scheduling.screening (walled)
  id uuid not null default gen_random_uuid()
  reason_id uuid not null
  place smallint not null
  words_en text not null
  words_es text not null default ''::text
  leads_to text not null
  visit_type_id uuid
scheduling.special_day (walled)
  id uuid not null default gen_random_uuid()
  resource_id uuid not null
  day date not null
  location_id uuid
  starts_minute smallint
  ends_minute smallint
scheduling.third_open (walled)
  day date not null
  resource_id uuid not null
  visit_type_id uuid not null
  days smallint
scheduling.visit_link (walled)
  id uuid not null default gen_random_uuid()
  token_hash bytea not null
  appointment_id uuid not null
  way text not null
  address text not null
  person_id uuid
  made_at timestamp with time zone not null
scheduling.visit_type (walled)
  id uuid not null default gen_random_uuid()
  name_en text not null
  name_es text not null default ''::text
  words_en text not null default ''::text
  words_es text not null default ''::text
  prepare_en text not null default ''::text
  prepare_es text not null default ''::text
  duration_minutes smallint not null
  before_minutes smallint not null default 0
  after_minutes smallint not null default 0
  align_minutes smallint not null default 15
  lead_minutes integer not null default 120
  ahead_days smallint not null default 90
  cutoff_minutes integer not null default 1440
  modes text[] not null
  video_link text
  who text not null
  approval boolean not null default false
  price_cents integer
  look smallint not null default 1
  place integer not null default 0
  closed_at timestamp with time zone
scheduling.wait (walled)
  id uuid not null default gen_random_uuid()
  patient_id uuid not null
  appointment_id uuid
  visit_type_id uuid not null
  mode text not null
  resource_id uuid
  location_id uuid
  weekdays smallint[] not null
  parts text[] not null
  until_day date
  priority smallint not null default 0
  reason text not null default ''::text
  since timestamp with time zone not null
  added_by uuid
  added_as text not null
  ended_at timestamp with time zone
  ended_why text
scheduling.wait_offer (walled)
  id uuid not null default gen_random_uuid()
  wait_id uuid not null
  patient_id uuid not null
  resource_id uuid not null
  location_id uuid not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  round smallint not null
  offered_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  told_at timestamp with time zone
  told smallint not null default 0
  ended_at timestamp with time zone
  ended_why text
  appointment_id uuid
  moved_from timestamp with time zone
scheduling.wait_settings (walled)
  one boolean not null default true
  is_on boolean not null default true
  group_size smallint not null default 3
  gap_minutes smallint not null default 30
  answer_hours smallint not null default 24
  stop_minutes smallint not null default 240
  cutoff_minutes smallint not null default 120
  from_minute smallint not null default 480
  to_minute smallint not null default 1200
scheduling.weekly_hours (walled)
  id uuid not null default gen_random_uuid()
  resource_id uuid not null
  location_id uuid not null
  weekday smallint not null
  starts_minute smallint not null
  ends_minute smallint not null
  from_day date
  until_day date
work.absence (walled)
  id uuid not null default gen_random_uuid()
  person_id uuid not null
  cover_id uuid not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  made_at timestamp with time zone not null
  made_by uuid not null
  ended_at timestamp with time zone
  ended_by uuid
work.backup_clinician (walled)
  is_the_one boolean not null default true
  person_id uuid not null
  set_at timestamp with time zone not null
  set_by uuid not null
work.on_call_shift (walled)
  id uuid not null default gen_random_uuid()
  person_id uuid not null
  name text not null
  phone text not null
  starts_at timestamp with time zone not null
  ends_at timestamp with time zone not null
work.page (walled)
  id uuid not null default gen_random_uuid()
  task_id uuid not null
  opened_at timestamp with time zone not null
  sent_count smallint not null default 0
  next_at timestamp with time zone
  acknowledged_at timestamp with time zone
  acknowledged_by uuid
  called_at timestamp with time zone
  called_by uuid
  spoke_with text
  outcome text
work.patient_move (walled)
  id uuid not null
  from_id uuid not null
  to_id uuid not null
  tasks uuid[] not null
  moved_at timestamp with time zone not null
work.task (walled)
  id uuid not null default gen_random_uuid()
  kind text not null
  title text not null
  body text not null default ''::text
  patient_id uuid
  subject_type text
  subject_id uuid
  pool text not null
  owner_id uuid
  belongs_to uuid
  owner_stage smallint not null default 0
  location_id uuid
  opened_at timestamp with time zone not null
  due_at timestamp with time zone not null
  snoozed_until timestamp with time zone
  escalated_at timestamp with time zone
  done_at timestamp with time zone
  done_by uuid
  outcome text
work.task_step (walled)
  id uuid not null default uuidv7()
  task_id uuid not null
  at timestamp with time zone not null
  by_person uuid
  step text not null
  note text not null default ''::text
writing.arrived_note (walled)
  resource_id uuid not null
  edition text not null
  received_at timestamp with time zone not null
  author_id uuid
  checked_at timestamp with time zone not null
  looked_at timestamp with time zone
writing.draft (walled)
  id uuid not null default gen_random_uuid()
  patient_id uuid not null
  author_id uuid not null
  author_name text not null
  title text not null
  body text not null default ''::text
  summary text not null default ''::text
  addendum_to uuid
  begun_at timestamp with time zone not null
  changed_at timestamp with time zone not null
  said text[] not null default '{}'::text[]
  signed_at timestamp with time zone
  filed_at timestamp with time zone
  earlier jsonb not null default '{}'::jsonb
writing.kept_term
  term text not null
  shown bigint not null default 0
  kept bigint not null default 0
writing.mark (walled)
  draft_id uuid not null
  author_id uuid not null
  term text not null
  words text not null
  outcome text not null
  why text not null default ''::text
  at timestamp with time zone not null
writing.note_figure (walled)
  draft_id uuid not null
  author_id uuid not null
  signed_at timestamp with time zone not null
  words integer not null
  grade numeric(4,1)
  copied_share numeric(4,3) not null
  mild jsonb not null default '{}'::jsonb

-- constraints
accounts.activation: activation_code_hash_key UNIQUE (code_hash)
accounts.activation: activation_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
accounts.activation: activation_pkey PRIMARY KEY (id)
accounts.activation: activation_tries_check CHECK (((tries >= 0) AND (tries <= 5)))
accounts.care_invitation: care_invitation_basis_check CHECK ((basis = ANY (ARRAY['parent-of-child'::text, 'named-by-adult'::text])))
accounts.care_invitation: care_invitation_check CHECK ((ends_at > made_at))
accounts.care_invitation: care_invitation_check1 CHECK (((basis = 'named-by-adult'::text) OR (ends_at < (made_at + '12 years 2 days'::interval))))
accounts.care_invitation: care_invitation_email_check CHECK ((((length(email) >= 3) AND (length(email) <= 254)) AND (email = lower(email))))
accounts.care_invitation: care_invitation_link_hash_key UNIQUE (link_hash)
accounts.care_invitation: care_invitation_made_by_fkey FOREIGN KEY (made_by) REFERENCES accounts.person(id)
accounts.care_invitation: care_invitation_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
accounts.care_invitation: care_invitation_pkey PRIMARY KEY (id)
accounts.care_invitation: care_invitation_tries_check CHECK (((tries >= 0) AND (tries <= 5)))
accounts.failed_try: failed_try_person_id_fkey FOREIGN KEY (person_id) REFERENCES accounts.person(id)
accounts.failed_try: failed_try_pkey PRIMARY KEY (person_id)
accounts.passkey: passkey_id_check CHECK (((length(id) >= 16) AND (length(id) <= 1400)))
accounts.passkey: passkey_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
accounts.passkey: passkey_person_id_fkey FOREIGN KEY (person_id) REFERENCES accounts.person(id)
accounts.passkey: passkey_pkey PRIMARY KEY (id)
accounts.patient_move: patient_move_pkey PRIMARY KEY (id)
accounts.person: person_check CHECK (((email IS NOT NULL) OR (sign_in_name IS NOT NULL)))
accounts.person: person_email_check CHECK ((((length(email) >= 3) AND (length(email) <= 254)) AND (email = lower(email))))
accounts.person: person_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
accounts.person: person_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
accounts.person: person_pkey PRIMARY KEY (id)
accounts.person: person_sign_in_name_check CHECK ((sign_in_name ~ '^[a-z0-9][a-z0-9._-]{2,59}$'::text))
accounts.person_role: person_role_person_id_fkey FOREIGN KEY (person_id) REFERENCES accounts.person(id)
accounts.person_role: person_role_pkey PRIMARY KEY (person_id, role)
accounts.person_role: person_role_role_check CHECK ((role = ANY (ARRAY['clinician'::text, 'care-team'::text, 'front-desk'::text, 'billing'::text, 'editor'::text, 'manager'::text])))
accounts.proxy: proxy_basis_check CHECK ((basis = ANY (ARRAY['parent-of-child'::text, 'named-by-adult'::text])))
accounts.proxy: proxy_check CHECK ((ends_at > starts_at))
accounts.proxy: proxy_person_id_fkey FOREIGN KEY (person_id) REFERENCES accounts.person(id)
accounts.proxy: proxy_pkey PRIMARY KEY (id)
accounts.recovery_code: recovery_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES accounts.person(id)
accounts.recovery_code: recovery_code_pkey PRIMARY KEY (person_id, code_hash)
accounts.token: token_person_id_fkey FOREIGN KEY (person_id) REFERENCES accounts.person(id)
accounts.token: token_pkey PRIMARY KEY (hash)
accounts.token: token_purpose_check CHECK ((purpose = ANY (ARRAY['passkey'::text, 'half-way'::text, 'reset'::text, 'invitation'::text, 'setup'::text, 'new-email'::text])))
audit.event: event_action_check CHECK ((action ~ '^[a-z][a-z-]*(\.[a-z-]+)+$'::text))
audit.event: event_pkey PRIMARY KEY (id)
audit.seal: seal_event_id_key UNIQUE (event_id)
audit.seal: seal_hash_check CHECK ((length(hash) = 32))
audit.seal: seal_pkey PRIMARY KEY (seq)
feedback.patient_move: patient_move_pkey PRIMARY KEY (id)
feedback.pulse: pulse_about_check CHECK ((about = ANY (ARRAY['result'::text, 'note'::text])))
feedback.pulse: pulse_answer_check CHECK ((answer = ANY (ARRAY['yes'::text, 'partly'::text, 'no'::text, 'not-now'::text])))
feedback.pulse: pulse_person_id_month_key UNIQUE (person_id, month)
feedback.pulse: pulse_pkey PRIMARY KEY (id)
feedback.pulse: pulse_question_check CHECK ((question = ANY (ARRAY['understood'::text, 'worried'::text, 'respected'::text])))
feedback.pulse_seed: pulse_seed_one_check CHECK (one)
feedback.pulse_seed: pulse_seed_pkey PRIMARY KEY (one)
feedback.reply: reply_check CHECK (((correction IS NULL) OR (outcome = 'accepted'::text)))
feedback.reply: reply_correction_check CHECK (((length(correction) >= 1) AND (length(correction) <= 4000)))
feedback.reply: reply_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
feedback.reply: reply_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'declined'::text, 'answered'::text])))
feedback.reply: reply_pkey PRIMARY KEY (id)
feedback.reply: reply_report_id_fkey FOREIGN KEY (report_id) REFERENCES feedback.report(id)
feedback.reply: reply_report_id_key UNIQUE (report_id)
feedback.reply: reply_words_check CHECK (((length(words) >= 1) AND (length(words) <= 4000)))
feedback.report: report_author_check CHECK ((length(author) <= 200))
feedback.report: report_category_check CHECK ((category = ANY (ARRAY['results'::text, 'notes'::text, 'record'::text, 'identity'::text])))
feedback.report: report_check CHECK ((due_at > sent_at))
feedback.report: report_check1 CHECK (((danger IS NULL) = (danger_kinds = '{}'::text[])))
feedback.report: report_danger_check CHECK ((danger = ANY (ARRAY['now'::text, 'not-now'::text])))
feedback.report: report_danger_kinds_check CHECK ((danger_kinds <@ ARRAY['chest'::text, 'stroke'::text, 'breathing'::text, 'bleeding'::text, 'self-harm'::text, 'overdose'::text, 'pregnancy'::text, 'allergy'::text]))
feedback.report: report_excerpt_check CHECK ((length(excerpt) <= 6000))
feedback.report: report_kind_check CHECK ((kind = ANY (ARRAY['wrong-fact'::text, 'wrong-person'::text, 'missing'::text, 'hurtful-words'::text, 'not-understood'::text, 'question'::text])))
feedback.report: report_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
feedback.report: report_part_check CHECK ((length(part) <= 64))
feedback.report: report_pkey PRIMARY KEY (id)
feedback.report: report_subject_type_check CHECK ((subject_type = ANY (ARRAY['result'::text, 'note'::text, 'fact'::text, 'contact'::text])))
feedback.report: report_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
feedback.report: report_words_check CHECK ((length(words) <= 4000))
feedback.statement: statement_check CHECK (((danger IS NULL) = (danger_kinds = '{}'::text[])))
feedback.statement: statement_danger_check CHECK ((danger = ANY (ARRAY['now'::text, 'not-now'::text])))
feedback.statement: statement_danger_kinds_check CHECK ((danger_kinds <@ ARRAY['chest'::text, 'stroke'::text, 'breathing'::text, 'bleeding'::text, 'self-harm'::text, 'overdose'::text, 'pregnancy'::text, 'allergy'::text]))
feedback.statement: statement_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
feedback.statement: statement_pkey PRIMARY KEY (id)
feedback.statement: statement_report_id_fkey FOREIGN KEY (report_id) REFERENCES feedback.report(id)
feedback.statement: statement_report_id_key UNIQUE (report_id)
feedback.statement: statement_words_check CHECK (((length(words) >= 1) AND (length(words) <= 4000)))
feeds.message: message_format_check CHECK ((format = ANY (ARRAY['hl7'::text, 'fhir'::text, 'unreadable'::text])))
feeds.message: message_pkey PRIMARY KEY (id)
feeds.message: message_source_fkey FOREIGN KEY (source) REFERENCES feeds.sender(source)
feeds.message: message_source_raw_sha256_key UNIQUE (source, raw_sha256)
feeds.sender: sender_id_key UNIQUE (id)
feeds.sender: sender_pkey PRIMARY KEY (source)
feeds.sender: sender_silent_after_hours_check CHECK (((silent_after_hours >= 1) AND (silent_after_hours <= 400)))
feeds.sender: sender_source_check CHECK ((source ~ '^[a-z0-9][a-z0-9._-]{0,59}$'::text))
feeds.sender: sender_token_sha256_key UNIQUE (token_sha256)
feeds.stranger: stranger_address_check CHECK ((length(address) <= 60))
feeds.stranger: stranger_kind_check CHECK ((length(kind) <= 20))
feeds.stranger: stranger_name_check CHECK ((length(name) <= 60))
feeds.stranger: stranger_pkey PRIMARY KEY (id)
feeds.stranger: stranger_way_check CHECK ((way = ANY (ARRAY['mllp'::text, 'https'::text])))
feeds.stranger: stranger_way_name_key UNIQUE (way, name)
notices.any_time: any_time_pkey PRIMARY KEY (patient_id)
notices.choice: choice_pkey PRIMARY KEY (patient_id)
notices.choice: choice_prefers_check CHECK ((prefers = ANY (ARRAY['mail'::text, 'text'::text])))
notices.choice: choice_safe_reach_fkey FOREIGN KEY (safe_reach) REFERENCES notices.reach(id)
notices.choice: choice_zone_check CHECK (((length(zone) >= 3) AND (length(zone) <= 60)))
notices.code: code_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'mailbox'::text])))
notices.code: code_pkey PRIMARY KEY (id)
notices.code: code_tries_check CHECK (((tries >= 0) AND (tries <= 5)))
notices.consent: consent_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'mailbox'::text])))
notices.consent: consent_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
notices.consent: consent_pkey PRIMARY KEY (id)
notices.consent: consent_scope_check CHECK ((scope = ANY (ARRAY['texts'::text, 'news'::text])))
notices.consent: consent_through_check CHECK ((through = ANY (ARRAY['portal'::text, 'desk'::text, 'text'::text, 'mail'::text, 'site'::text])))
notices.consent: consent_words_check CHECK (((length(words) >= 1) AND (length(words) <= 2000)))
notices.heard: heard_check CHECK (((read_as IS NULL) = (read_at IS NULL)))
notices.heard: heard_from_address_check CHECK ((from_address ~ '^\+[1-9][0-9]{6,14}$'::text))
notices.heard: heard_pkey PRIMARY KEY (id)
notices.heard: heard_read_as_check CHECK ((read_as = ANY (ARRAY['stop'::text, 'start'::text, 'help'::text, 'wrong-number'::text, 'confirmed'::text, 'changed'::text, 'which'::text, 'work'::text])))
notices.heard: heard_vendor_id_check CHECK (((length(vendor_id) >= 10) AND (length(vendor_id) <= 80)))
notices.heard: heard_vendor_id_key UNIQUE (vendor_id)
notices.patient_move: patient_move_pkey PRIMARY KEY (id)
notices.point: point_address_check CHECK ((((length(address) >= 3) AND (length(address) <= 254)) AND (address !~ '[\s[:cntrl:]]'::text)))
notices.point: point_check CHECK (((kind <> 'phone'::text) OR (address ~ '^\+[1-9][0-9]{6,14}$'::text)))
notices.point: point_check1 CHECK (((failed_at IS NULL) = (failed_why IS NULL)))
notices.point: point_failed_why_check CHECK ((failed_why = ANY (ARRAY['bounced'::text, 'complained'::text, 'unreachable'::text])))
notices.point: point_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'mailbox'::text])))
notices.point: point_pkey PRIMARY KEY (kind, address)
notices.reach: reach_kind_check CHECK ((kind = ANY (ARRAY['phone'::text, 'mailbox'::text])))
notices.reach: reach_pkey PRIMARY KEY (id)
notices.reach: reach_verified_how_check CHECK ((verified_how = ANY (ARRAY['code'::text, 'desk'::text])))
notices.silence: silence_pkey PRIMARY KEY (id)
notices.silence: silence_said_by_check CHECK ((said_by = ANY (ARRAY['record'::text, 'desk'::text])))
notices.silence: silence_why_check CHECK ((why = ANY (ARRAY['deceased'::text, 'inactive'::text])))
notices.telling: telling_category_check CHECK ((category = ANY (ARRAY['routine'::text, 'infection'::text, 'imaging'::text, 'tissue'::text, 'genetic'::text, 'pregnancy'::text, 'notes'::text])))
notices.telling: telling_pkey PRIMARY KEY (patient_id, category)
notices.telling: telling_telling_check CHECK ((telling = ANY (ARRAY['every'::text, 'when-written'::text, 'never'::text])))
platform.access_grant: access_grant_category_check CHECK ((category = ANY (ARRAY['identity'::text, 'results'::text, 'notes'::text, 'record'::text, 'appointments'::text, 'messages'::text, 'billing'::text, 'access-log'::text, 'people'::text, 'work'::text, 'outbox'::text, 'audit'::text, 'import'::text])))
platform.access_grant: access_grant_check CHECK (((patient_id IS NULL) = (source = 'role'::text)))
platform.access_grant: access_grant_check1 CHECK (((ends_at IS NULL) OR (ends_at > starts_at)))
platform.access_grant: access_grant_pkey PRIMARY KEY (id)
platform.access_grant: access_grant_source_check CHECK ((source = ANY (ARRAY['self'::text, 'proxy'::text, 'role'::text, 'emergency'::text])))
platform.access_grant: access_grant_verb_check CHECK ((verb = ANY (ARRAY['see'::text, 'change'::text])))
platform.backup_run: backup_run_check CHECK (((finished_at IS NULL) OR (failed_at IS NULL)))
platform.backup_run: backup_run_check1 CHECK (((finished_at IS NULL) OR ((file_name IS NOT NULL) AND (bytes IS NOT NULL) AND (table_count IS NOT NULL) AND (row_count IS NOT NULL) AND (file_count IS NOT NULL))))
platform.backup_run: backup_run_pkey PRIMARY KEY (id)
platform.backup_run: backup_run_problem_check CHECK ((length(problem) <= 200))
platform.content_version: content_version_one_check CHECK (one)
platform.content_version: content_version_pkey PRIMARY KEY (one)
platform.file: file_pkey PRIMARY KEY (id)
platform.file: file_sha256_check CHECK ((length(sha256) = 32))
platform.file: file_size_check CHECK ((size >= 0))
platform.house: house_one_check CHECK (one)
platform.house: house_pkey PRIMARY KEY (one)
platform.house_key: house_key_pkey PRIMARY KEY (fingerprint)
platform.idempotency: idempotency_key_check CHECK (((length(key) >= 16) AND (length(key) <= 100)))
platform.idempotency: idempotency_pkey PRIMARY KEY (actor, key)
platform.line: line_pkey PRIMARY KEY (way)
platform.line: line_vendor_check CHECK (((length(vendor) >= 1) AND (length(vendor) <= 120)))
platform.line: line_way_check CHECK ((way = ANY (ARRAY['mail'::text, 'text'::text])))
platform.mail: mail_check CHECK (((about_type IS NULL) = (about_id IS NULL)))
platform.mail: mail_check1 CHECK (((dropped_at IS NULL) = (dropped_why IS NULL)))
platform.mail: mail_check2 CHECK (((dropped_at IS NULL) OR (words IS NULL)))
platform.mail: mail_check3 CHECK (((words IS NULL) = (erased_at IS NOT NULL)))
platform.mail: mail_check4 CHECK (((sent_at IS NULL) OR (words IS NULL)))
platform.mail: mail_dedupe_check CHECK ((length(dedupe) <= 300))
platform.mail: mail_dedupe_key UNIQUE (dedupe)
platform.mail: mail_dropped_why_check CHECK ((dropped_why ~ '^[a-z]+(-[a-z]+)*$'::text))
platform.mail: mail_kind_check CHECK ((kind ~ '^[a-z]+(-[a-z]+)*$'::text))
platform.mail: mail_pkey PRIMARY KEY (id)
platform.mail: mail_problem_check CHECK ((length(problem) <= 60))
platform.mail: mail_subject_check CHECK ((subject !~ '[[:cntrl:]]'::text))
platform.mail: mail_to_address_check CHECK ((to_address !~ '[\s[:cntrl:]]'::text))
platform.mail: mail_vendor_id_key UNIQUE (vendor_id)
platform.mail: mail_way_check CHECK ((way = ANY (ARRAY['mail'::text, 'text'::text])))
platform.narrow_job: narrow_job_pkey PRIMARY KEY (job, category)
platform.rate_count: rate_count_pkey PRIMARY KEY (action, subject, window_start)
platform.session: session_acting_as_check CHECK ((acting_as = ANY (ARRAY['patient'::text, 'proxy'::text])))
platform.session: session_check CHECK (((acting_for IS NULL) = (acting_as IS NULL)))
platform.session: session_check1 CHECK (((ended_at IS NULL) = (ended_because IS NULL)))
platform.session: session_idle_minutes_check CHECK (((idle_minutes >= 1) AND (idle_minutes <= 30)))
platform.session: session_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
platform.session: session_pkey PRIMARY KEY (id)
platform.session: session_token_hash_key UNIQUE (token_hash)
platform.walled_table: walled_table_owner_kind_check CHECK ((owner_kind = ANY (ARRAY['patient'::text, 'person'::text])))
platform.walled_table: walled_table_pkey PRIMARY KEY (name)
platform.wide_job: wide_job_pkey PRIMARY KEY (job, category)
practice.clinician: clinician_accepting_check CHECK ((accepting = ANY (ARRAY['yes'::text, 'no'::text, 'ask'::text])))
practice.clinician: clinician_care_en_check CHECK ((length(care_en) <= 2000))
practice.clinician: clinician_care_es_check CHECK ((length(care_es) <= 2000))
practice.clinician: clinician_credentials_check CHECK ((length(credentials) <= 60))
practice.clinician: clinician_gender_check CHECK ((gender = ANY (ARRAY['woman'::text, 'man'::text, 'nonbinary'::text])))
practice.clinician: clinician_languages_check CHECK (((cardinality(languages) >= 1) AND (cardinality(languages) <= 20)))
practice.clinician: clinician_like_en_check CHECK ((length(like_en) <= 2000))
practice.clinician: clinician_like_es_check CHECK ((length(like_es) <= 2000))
practice.clinician: clinician_line_en_check CHECK ((length(line_en) <= 300))
practice.clinician: clinician_line_es_check CHECK ((length(line_es) <= 300))
practice.clinician: clinician_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
practice.clinician: clinician_npi_check CHECK ((npi ~ '^\d{10}$'::text))
practice.clinician: clinician_person_id_key UNIQUE (person_id)
practice.clinician: clinician_picture_id_fkey FOREIGN KEY (picture_id) REFERENCES practice.picture(id)
practice.clinician: clinician_pkey PRIMARY KEY (id)
practice.clinician: clinician_practise_en_check CHECK ((length(practise_en) <= 2000))
practice.clinician: clinician_practise_es_check CHECK ((length(practise_es) <= 2000))
practice.clinician: clinician_pronouns_check CHECK ((length(pronouns) <= 40))
practice.clinician: clinician_role_en_check CHECK (((length(role_en) >= 1) AND (length(role_en) <= 80)))
practice.clinician: clinician_role_es_check CHECK ((length(role_es) <= 80))
practice.clinician: clinician_sees_en_check CHECK ((length(sees_en) <= 120))
practice.clinician: clinician_sees_es_check CHECK ((length(sees_es) <= 120))
practice.clinician: clinician_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 60)))
practice.clinician: clinician_slug_key UNIQUE (slug)
practice.clinician: clinician_trained_en_check CHECK ((length(trained_en) <= 2000))
practice.clinician: clinician_trained_es_check CHECK ((length(trained_es) <= 2000))
practice.clinician_location: clinician_location_clinician_id_fkey FOREIGN KEY (clinician_id) REFERENCES practice.clinician(id) ON DELETE CASCADE
practice.clinician_location: clinician_location_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
practice.clinician_location: clinician_location_pkey PRIMARY KEY (clinician_id, location_id)
practice.core_value: core_value_pkey PRIMARY KEY (id)
practice.core_value: core_value_title_en_check CHECK (((length(title_en) >= 1) AND (length(title_en) <= 80)))
practice.core_value: core_value_title_es_check CHECK ((length(title_es) <= 80))
practice.core_value: core_value_words_en_check CHECK (((length(words_en) >= 1) AND (length(words_en) <= 500)))
practice.core_value: core_value_words_es_check CHECK ((length(words_es) <= 500))
practice.exception_day: exception_day_check CHECK (((opens_minute IS NULL) = (closes_minute IS NULL)))
practice.exception_day: exception_day_check1 CHECK ((closes_minute > opens_minute))
practice.exception_day: exception_day_closes_minute_check CHECK (((closes_minute >= 1) AND (closes_minute <= 1440)))
practice.exception_day: exception_day_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
practice.exception_day: exception_day_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 80)))
practice.exception_day: exception_day_name_es_check CHECK ((length(name_es) <= 80))
practice.exception_day: exception_day_opens_minute_check CHECK (((opens_minute >= 0) AND (opens_minute <= 1439)))
practice.exception_day: exception_day_pkey PRIMARY KEY (id)
practice.exception_day: one_exception_a_day UNIQUE NULLS NOT DISTINCT (location_id, day)
practice.insurance_plan: insurance_plan_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
practice.insurance_plan: insurance_plan_pkey PRIMARY KEY (id)
practice.location: location_access_en_check CHECK ((length(access_en) <= 1000))
practice.location: location_access_es_check CHECK ((length(access_es) <= 1000))
practice.location: location_check CHECK (((latitude IS NULL) = (longitude IS NULL)))
practice.location: location_city_check CHECK (((length(city) >= 1) AND (length(city) <= 80)))
practice.location: location_latitude_check CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision)))
practice.location: location_longitude_check CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision)))
practice.location: location_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
practice.location: location_parking_en_check CHECK ((length(parking_en) <= 1000))
practice.location: location_parking_es_check CHECK ((length(parking_es) <= 1000))
practice.location: location_phone_check CHECK ((phone ~ '^\+[1-9]\d{6,14}$'::text))
practice.location: location_picture_id_fkey FOREIGN KEY (picture_id) REFERENCES practice.picture(id)
practice.location: location_pkey PRIMARY KEY (id)
practice.location: location_postal_code_check CHECK (((length(postal_code) >= 3) AND (length(postal_code) <= 12)))
practice.location: location_region_check CHECK (((length(region) >= 1) AND (length(region) <= 40)))
practice.location: location_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 60)))
practice.location: location_slug_key UNIQUE (slug)
practice.location: location_street_check CHECK (((length(street) >= 1) AND (length(street) <= 120)))
practice.location: location_transit_en_check CHECK ((length(transit_en) <= 1000))
practice.location: location_transit_es_check CHECK ((length(transit_es) <= 1000))
practice.location: location_unit_check CHECK ((length(unit) <= 60))
practice.notice: notice_kind_check CHECK ((kind = ANY (ARRAY['privacy-practices'::text, 'nondiscrimination'::text, 'language-help'::text, 'accessibility'::text])))
practice.notice: notice_pkey PRIMARY KEY (id)
practice.notice: notice_version_check CHECK ((version > 0))
practice.notice: notice_words_en_check CHECK (((length(words_en) >= 1) AND (length(words_en) <= 60000)))
practice.notice: notice_words_es_check CHECK (((length(words_es) >= 1) AND (length(words_es) <= 60000)))
practice.notice: one_notice_version UNIQUE (kind, version)
practice.opening_period: opening_period_check CHECK ((closes_minute > opens_minute))
practice.opening_period: opening_period_closes_minute_check CHECK (((closes_minute >= 1) AND (closes_minute <= 1440)))
practice.opening_period: opening_period_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
practice.opening_period: opening_period_opens_minute_check CHECK (((opens_minute >= 0) AND (opens_minute <= 1439)))
practice.opening_period: opening_period_pkey PRIMARY KEY (location_id, weekday, opens_minute)
practice.opening_period: opening_period_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
practice.picture: picture_alt_en_check CHECK (((length(alt_en) >= 1) AND (length(alt_en) <= 300)))
practice.picture: picture_alt_es_check CHECK ((length(alt_es) <= 300))
practice.picture: picture_height_check CHECK (((height >= 1) AND (height <= 12000)))
practice.picture: picture_name_check CHECK (((name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(name) <= 60)))
practice.picture: picture_pkey PRIMARY KEY (id)
practice.picture: picture_width_check CHECK (((width >= 1) AND (width <= 12000)))
practice.picture_form: picture_form_file_id_fkey FOREIGN KEY (file_id) REFERENCES platform.file(id)
practice.picture_form: picture_form_file_id_key UNIQUE (file_id)
practice.picture_form: picture_form_format_check CHECK ((format = ANY (ARRAY['avif'::text, 'webp'::text, 'jpeg'::text, 'png'::text])))
practice.picture_form: picture_form_picture_id_fkey FOREIGN KEY (picture_id) REFERENCES practice.picture(id) ON DELETE CASCADE
practice.picture_form: picture_form_pkey PRIMARY KEY (picture_id, width, format)
practice.picture_form: picture_form_width_check CHECK (((width >= 1) AND (width <= 2560)))
practice.profile: profile_after_hours_en_check CHECK ((length(after_hours_en) <= 500))
practice.profile: profile_after_hours_es_check CHECK ((length(after_hours_es) <= 500))
practice.profile: profile_after_hours_phone_check CHECK ((after_hours_phone ~ '^\+[1-9]\d{6,14}$'::text))
practice.profile: profile_brand_color_check CHECK ((brand_color ~ '^#[0-9a-f]{6}$'::text))
practice.profile: profile_email_check CHECK ((length(email) <= 254))
practice.profile: profile_faces_check CHECK (((faces <@ ARRAY['site'::text, 'portal'::text]) AND (cardinality(faces) > 0)))
practice.profile: profile_front_picture_id_fkey FOREIGN KEY (front_picture_id) REFERENCES practice.picture(id)
practice.profile: profile_goal_check CHECK ((goal = ANY (ARRAY['educate'::text, 'grow'::text, 'engage'::text])))
practice.profile: profile_logo_id_fkey FOREIGN KEY (logo_id) REFERENCES practice.picture(id)
practice.profile: profile_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
practice.profile: profile_one_check CHECK (one)
practice.profile: profile_phone_check CHECK ((phone ~ '^\+[1-9]\d{6,14}$'::text))
practice.profile: profile_pkey PRIMARY KEY (one)
practice.profile: profile_promise_en_check CHECK ((length(promise_en) <= 200))
practice.profile: profile_promise_es_check CHECK ((length(promise_es) <= 200))
practice.profile: profile_story_en_check CHECK ((length(story_en) <= 5000))
practice.profile: profile_story_es_check CHECK ((length(story_es) <= 5000))
practice.service: service_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 80)))
practice.service: service_name_es_check CHECK ((length(name_es) <= 80))
practice.service: service_pkey PRIMARY KEY (id)
practice.service: service_slug_check CHECK (((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text) AND (length(slug) <= 60)))
practice.service: service_slug_key UNIQUE (slug)
practice.service: service_words_en_check CHECK (((length(words_en) >= 1) AND (length(words_en) <= 1000)))
practice.service: service_words_es_check CHECK ((length(words_es) <= 1000))
pull.connection: connection_algorithm_check CHECK ((algorithm = ANY (ARRAY['ES384'::text, 'RS384'::text])))
pull.connection: connection_base_url_check CHECK ((length(base_url) <= 500))
pull.connection: connection_check CHECK (((NOT is_on) OR ((client_id IS NOT NULL) AND (group_id IS NOT NULL))))
pull.connection: connection_client_id_check CHECK (((length(client_id) >= 1) AND (length(client_id) <= 300)))
pull.connection: connection_group_id_check CHECK ((group_id ~ '^[A-Za-z0-9.-]{1,64}$'::text))
pull.connection: connection_pkey PRIMARY KEY (id)
pull.connection: connection_scope_style_check CHECK ((scope_style = ANY (ARRAY['v1'::text, 'v2'::text])))
pull.connection: connection_source_check CHECK ((source ~ '^[a-z0-9][a-z0-9._-]{0,59}$'::text))
pull.connection: connection_source_key UNIQUE (source)
pull.connection: connection_token_url_check CHECK ((length(token_url) <= 500))
pull.file: file_fhir_type_check CHECK ((fhir_type ~ '^[A-Z][A-Za-z]{2,60}$'::text))
pull.file: file_kind_check CHECK ((kind = ANY (ARRAY['output'::text, 'deleted'::text, 'error'::text])))
pull.file: file_pkey PRIMARY KEY (run_id, place)
pull.file: file_run_id_fkey FOREIGN KEY (run_id) REFERENCES pull.run(id)
pull.run: run_check CHECK (((state = ANY (ARRAY['done'::text, 'failed'::text])) = (finished_at IS NOT NULL)))
pull.run: run_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES pull.connection(id)
pull.run: run_kind_check CHECK ((kind = ANY (ARRAY['trial'::text, 'nightly'::text, 'by-hand'::text])))
pull.run: run_pkey PRIMARY KEY (id)
pull.run: run_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'exporting'::text, 'fetching'::text, 'done'::text, 'failed'::text])))
pull.signing_key: signing_key_algorithm_check CHECK ((algorithm = ANY (ARRAY['ES384'::text, 'RS384'::text])))
pull.signing_key: signing_key_kid_check CHECK ((kid ~ '^[0-9a-f-]{36}$'::text))
pull.signing_key: signing_key_pkey PRIMARY KEY (kid)
pull.signing_key: signing_key_public_jwk_check CHECK ((NOT (public_jwk ?| ARRAY['d'::text, 'p'::text, 'q'::text, 'dp'::text, 'dq'::text, 'qi'::text, 'k'::text])))
records.comment: comment_check CHECK (((origin = 'here'::text) = (author_id IS NOT NULL)))
records.comment: comment_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
records.comment: comment_origin_check CHECK ((origin = ANY (ARRAY['here'::text, 'elsewhere'::text])))
records.comment: comment_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES records.patient(id)
records.comment: comment_pkey PRIMARY KEY (id)
records.comment: comment_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES records.resource(id)
records.comment: comment_resource_id_patient_id_origin_author_name_words_key UNIQUE (resource_id, patient_id, origin, author_name, words)
records.comment: comment_words_check CHECK (((length(words) >= 1) AND (length(words) <= 5000)))
records.directory: directory_pkey PRIMARY KEY (source, fhir_type, source_id)
records.expectation: expectation_code_check CHECK (((length(code) >= 1) AND (length(code) <= 60)))
records.expectation: expectation_looks_en_check CHECK ((length(looks_en) <= 300))
records.expectation: expectation_looks_es_check CHECK ((length(looks_es) <= 300))
records.expectation: expectation_name_en_check CHECK (((length(name_en) >= 2) AND (length(name_en) <= 80)))
records.expectation: expectation_name_es_check CHECK (((length(name_es) >= 2) AND (length(name_es) <= 80)))
records.expectation: expectation_pkey PRIMARY KEY (code)
records.expectation: expectation_prepare_en_check CHECK (((length(prepare_en) >= 2) AND (length(prepare_en) <= 600)))
records.expectation: expectation_prepare_es_check CHECK (((length(prepare_es) >= 2) AND (length(prepare_es) <= 600)))
records.expectation: expectation_result_days_check CHECK (((result_days >= 1) AND (result_days <= 90)))
records.fact: fact_kind_check CHECK ((kind = ANY (ARRAY['medicine'::text, 'condition'::text, 'allergy'::text, 'immunization'::text, 'procedure'::text, 'vital'::text, 'social'::text, 'survey'::text, 'visit'::text, 'care-team'::text, 'care-plan'::text, 'appointment'::text, 'order'::text, 'other'::text])))
records.fact: fact_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES records.patient(id)
records.fact: fact_pkey PRIMARY KEY (id)
records.fact: fact_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES records.resource(id)
records.fact: fact_resource_id_patient_id_key UNIQUE (resource_id, patient_id)
records.feed: feed_pkey PRIMARY KEY (source)
records.import_run: import_run_pkey PRIMARY KEY (id)
records.import_run: import_run_source_check CHECK ((source ~ '^[a-z0-9][a-z0-9._-]{0,59}$'::text))
records.life: life_bearing_check CHECK ((bearing = ANY (ARRAY['normal'::text, 'abnormal'::text, 'critical'::text, 'unknown'::text])))
records.life: life_category_check CHECK ((category = ANY (ARRAY['routine'::text, 'infection'::text, 'imaging'::text, 'tissue'::text, 'genetic'::text, 'pregnancy'::text, 'notes'::text])))
records.life: life_check CHECK (((held_by IS NULL) OR (latest_at IS NOT NULL) OR ((held_by = 'state-law'::text) AND needs_owner)))
records.life: life_check1 CHECK (((reviewed_at IS NULL) = (reviewed_as IS NULL)))
records.life: life_check2 CHECK (((seen_at IS NULL) = (seen_by IS NULL)))
records.life: life_check3 CHECK ((((contacted_at IS NULL) = (contacted_by IS NULL)) AND ((contacted_at IS NULL) = (spoke_with IS NULL))))
records.life: life_held_by_check CHECK ((held_by = ANY (ARRAY['state-law'::text, 'patient'::text, 'harm'::text])))
records.life: life_law_early_check CHECK ((law_early <@ ARRAY['clinician'::text, 'patient'::text]))
records.life: life_law_lifted_by_check CHECK ((law_lifted_by = ANY (ARRAY['clinician'::text, 'patient'::text])))
records.life: life_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES records.patient(id)
records.life: life_pkey PRIMARY KEY (id)
records.life: life_place_check CHECK ((place = ANY (ARRAY['result'::text, 'note'::text])))
records.life: life_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES records.resource(id)
records.life: life_resource_id_patient_id_key UNIQUE (resource_id, patient_id)
records.life: life_reviewed_as_check CHECK ((reviewed_as = ANY (ARRAY['clinician'::text, 'standing-rule'::text, 'elsewhere'::text])))
records.life: life_spoke_with_check CHECK (((length(spoke_with) >= 2) AND (length(spoke_with) <= 200)))
records.life: life_tier_check CHECK (((tier >= 0) AND (tier <= 2)))
records.match_question: match_question_answer_check CHECK ((answer = ANY (ARRAY['same'::text, 'different'::text])))
records.match_question: match_question_candidate_id_fkey FOREIGN KEY (candidate_id) REFERENCES records.patient(id)
records.match_question: match_question_check CHECK (((answer IS NULL) = (answered_at IS NULL)))
records.match_question: match_question_patient_id_candidate_id_key UNIQUE (patient_id, candidate_id)
records.match_question: match_question_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES records.patient(id)
records.match_question: match_question_pkey PRIMARY KEY (id)
records.match_question: match_question_why_check CHECK ((why = ANY (ARRAY['number-alone'::text, 'name-and-birth-date'::text, 'several-fit'::text, 'source-says-one'::text])))
records.merge: merge_check CHECK (((merged_by IS NULL) = (said_by IS NOT NULL)))
records.merge: merge_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES records.patient(id)
records.merge: merge_merged_id_fkey FOREIGN KEY (merged_id) REFERENCES records.patient(id)
records.merge: merge_pkey PRIMARY KEY (id)
records.note: note_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES records.patient(id)
records.note: note_pkey PRIMARY KEY (id)
records.note: note_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES records.resource(id)
records.note: note_resource_id_patient_id_key UNIQUE (resource_id, patient_id)
records.own_word: own_word_check CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
records.own_word: own_word_en_check CHECK (((length(en) >= 2) AND (length(en) <= 200)))
records.own_word: own_word_es_check CHECK (((length(es) >= 2) AND (length(es) <= 200)))
records.own_word: own_word_pkey PRIMARY KEY (id)
records.own_word: own_word_word_check CHECK (((length(word) >= 2) AND (length(word) <= 60)))
records.parked: parked_excerpt_check CHECK ((length(excerpt) <= 4000))
records.parked: parked_pkey PRIMARY KEY (id)
records.parked: parked_run_id_fkey FOREIGN KEY (run_id) REFERENCES records.import_run(id)
records.parked: parked_source_fingerprint_key UNIQUE (source, fingerprint)
records.patient: patient_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES records.patient(id)
records.patient: patient_pkey PRIMARY KEY (id)
records.patient: patient_sex_check CHECK ((sex = ANY (ARRAY['male'::text, 'female'::text, 'other'::text, 'unknown'::text])))
records.reading_help: reading_help_first_check CHECK ((first = ANY (ARRAY['words'::text, 'numbers'::text])))
records.reading_help: reading_help_pkey PRIMARY KEY (person_id)
records.reading_help: reading_help_size_check CHECK ((size = ANY (ARRAY['usual'::text, 'large'::text, 'largest'::text])))
records.resource: resource_pkey PRIMARY KEY (id)
records.resource: resource_source_fhir_type_source_id_key UNIQUE (source, fhir_type, source_id)
records.result: result_kind_check CHECK ((kind = ANY (ARRAY['test'::text, 'report'::text])))
records.result: result_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES records.patient(id)
records.result: result_pkey PRIMARY KEY (id)
records.result: result_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES records.resource(id)
records.result: result_resource_id_patient_id_key UNIQUE (resource_id, patient_id)
records.said_join: said_join_check CHECK ((gone <> stays))
records.said_join: said_join_check1 CHECK (((settled_at IS NULL) = (outcome IS NULL)))
records.said_join: said_join_outcome_check CHECK ((outcome = ANY (ARRAY['joined'::text, 'one-already'::text, 'asked'::text])))
records.said_join: said_join_pkey PRIMARY KEY (id)
records.said_join: said_join_source_gone_stays_key UNIQUE (source, gone, stays)
records.source_patient: source_patient_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES records.patient(id)
records.source_patient: source_patient_pkey PRIMARY KEY (id)
records.source_patient: source_patient_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES records.resource(id)
records.source_patient: source_patient_why_check CHECK ((why = ANY (ARRAY['new'::text, 'number-and-birth-date'::text, 'name-birth-date-sex-phone'::text, 'by-staff'::text, 'merge'::text, 'unmerge'::text])))
records.test_order: test_order_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES records.resource(id)
records.test_order: test_order_check CHECK (((ended_at IS NULL) = (ended_because IS NULL)))
records.test_order: test_order_check1 CHECK (((answered_by IS NOT NULL) = (NOT (ended_because IS DISTINCT FROM 'result'::text))))
records.test_order: test_order_check2 CHECK (((ended_by IS NULL) OR (ended_because = ANY (ARRAY['cancelled'::text, 'stopped'::text]))))
records.test_order: test_order_check3 CHECK ((expected_at > ordered_at))
records.test_order: test_order_ended_because_check CHECK ((ended_because = ANY (ARRAY['result'::text, 'completed'::text, 'cancelled'::text, 'stopped'::text])))
records.test_order: test_order_filed_as_check CHECK ((filed_as = ANY (ARRAY['active'::text, 'completed'::text, 'revoked'::text])))
records.test_order: test_order_name_check CHECK (((length(name) >= 1) AND (length(name) <= 500)))
records.test_order: test_order_ordered_by_name_check CHECK (((length(ordered_by_name) >= 1) AND (length(ordered_by_name) <= 120)))
records.test_order: test_order_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES records.patient(id)
records.test_order: test_order_pkey PRIMARY KEY (id)
records.test_order: test_order_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES records.resource(id)
records.test_order: test_order_resource_id_patient_id_key UNIQUE (resource_id, patient_id)
records.version: version_pkey PRIMARY KEY (id)
records.version: version_resource_id_body_sha256_key UNIQUE (resource_id, body_sha256)
records.version: version_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES records.resource(id)
release.agreement: agreement_category_check CHECK ((category = ANY (ARRAY['routine'::text, 'infection'::text, 'imaging'::text, 'tissue'::text, 'genetic'::text, 'pregnancy'::text, 'notes'::text])))
release.agreement: agreement_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'telephone'::text, 'in-person'::text])))
release.agreement: agreement_check CHECK (((channel = 'portal'::text) = (spoke_with IS NULL)))
release.agreement: agreement_condition_check CHECK ((condition = ANY (ARRAY['until-review'::text, 'until-contact'::text])))
release.agreement: agreement_longest_days_check CHECK (((longest_days >= 1) AND (longest_days <= 14)))
release.agreement: agreement_pkey PRIMARY KEY (id)
release.agreement: agreement_spoke_with_check CHECK (((length(spoke_with) >= 2) AND (length(spoke_with) <= 200)))
release.agreement: agreement_words_shown_check CHECK (((length(words_shown) >= 20) AND (length(words_shown) <= 2000)))
release.critical_limit: critical_limit_check CHECK (((low IS NOT NULL) OR (high IS NOT NULL)))
release.critical_limit: critical_limit_check1 CHECK ((low < high))
release.critical_limit: critical_limit_check2 CHECK ((from_years < until_years))
release.critical_limit: critical_limit_check3 CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
release.critical_limit: critical_limit_from_years_check CHECK (((from_years >= 0) AND (from_years <= 130)))
release.critical_limit: critical_limit_loinc_check CHECK ((loinc ~ '^\d{1,7}-\d$'::text))
release.critical_limit: critical_limit_name_check CHECK (((length(name) >= 2) AND (length(name) <= 80)))
release.critical_limit: critical_limit_pkey PRIMARY KEY (id)
release.critical_limit: critical_limit_unit_check CHECK (((length(unit) >= 1) AND (length(unit) <= 40)))
release.critical_limit: critical_limit_until_years_check CHECK (((until_years >= 1) AND (until_years <= 131)))
release.finding: finding_check CHECK (((until > found_at) AND (until <= (found_at + '7 days 01:00:00'::interval))))
release.finding: finding_danger_check CHECK ((danger = ANY (ARRAY['life'::text, 'physical-safety'::text, 'data-error'::text])))
release.finding: finding_knows_patient_check CHECK (knows_patient)
release.finding: finding_pkey PRIMARY KEY (id)
release.finding: finding_words_check CHECK (((length(words) >= 20) AND (length(words) <= 4000)))
release.report: report_month_check CHECK ((month ~ '^20\d\d-(0[1-9]|1[0-2])$'::text))
release.report: report_month_key UNIQUE (month)
release.report: report_pkey PRIMARY KEY (id)
release.wish: wish_pkey PRIMARY KEY (id)
release.wish: wish_wish_check CHECK ((wish = ANY (ARRAY['now'::text, 'after-writing'::text, 'call-me'::text])))
review.standing_rule: standing_rule_categories_check CHECK ((cardinality(categories) > 0))
review.standing_rule: standing_rule_check CHECK (((until > recorded_at) AND (until <= (recorded_at + '400 days'::interval))))
review.standing_rule: standing_rule_pkey PRIMARY KEY (id)
review.standing_rule: standing_rule_words_check CHECK (((length(words) >= 20) AND (length(words) <= 2000)))
review.template: template_en_check CHECK (((length(en) >= 1) AND (length(en) <= 2000)))
review.template: template_es_check CHECK ((length(es) <= 2000))
review.template: template_name_check CHECK (((length(name) >= 1) AND (length(name) <= 80)))
review.template: template_pkey PRIMARY KEY (id)
scheduling.answer: answer_asked_en_check CHECK ((length(asked_en) <= 200))
scheduling.answer: answer_asked_es_check CHECK ((length(asked_es) <= 200))
scheduling.answer: answer_kind_check CHECK ((kind = ANY (ARRAY['yes-no'::text, 'choice'::text, 'text'::text])))
scheduling.answer: answer_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
scheduling.answer: answer_pkey PRIMARY KEY (appointment_id, question_id)
scheduling.answer: answer_place_check CHECK (((place >= 0) AND (place <= 7)))
scheduling.answer: answer_said_en_check CHECK (((length(said_en) >= 1) AND (length(said_en) <= 500)))
scheduling.answer: answer_said_es_check CHECK ((length(said_es) <= 500))
scheduling.appointment: appointment_booked_as_check CHECK ((booked_as = ANY (ARRAY['patient'::text, 'proxy'::text, 'staff'::text, 'system'::text, 'visitor'::text])))
scheduling.appointment: appointment_check CHECK ((ends_at > starts_at))
scheduling.appointment: appointment_check1 CHECK (((status <> 'requested'::text) OR (confirm_by IS NOT NULL)))
scheduling.appointment: appointment_check2 CHECK (((said_coming_at IS NULL) = (said_coming_how IS NULL)))
scheduling.appointment: appointment_extra_seat_because_check CHECK (((length(extra_seat_because) >= 3) AND (length(extra_seat_because) <= 200)))
scheduling.appointment: appointment_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
scheduling.appointment: appointment_mode_check CHECK ((mode = ANY (ARRAY['in-person'::text, 'phone'::text, 'video'::text])))
scheduling.appointment: appointment_pays_check CHECK ((pays = ANY (ARRAY['insurance'::text, 'self'::text, 'unsure'::text])))
scheduling.appointment: appointment_pkey PRIMARY KEY (id)
scheduling.appointment: appointment_reason_check CHECK ((length(reason) <= 2000))
scheduling.appointment: appointment_reason_locale_check CHECK ((reason_locale = ANY (ARRAY['en'::text, 'es'::text])))
scheduling.appointment: appointment_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.appointment: appointment_said_coming_how_check CHECK ((said_coming_how = ANY (ARRAY['text'::text, 'link'::text, 'portal'::text, 'desk'::text])))
scheduling.appointment: appointment_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'booked'::text, 'arrived'::text, 'completed'::text, 'no-show'::text, 'cancelled'::text])))
scheduling.appointment: appointment_visit_type_id_fkey FOREIGN KEY (visit_type_id) REFERENCES scheduling.visit_type(id)
scheduling.appointment_step: appointment_step_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES scheduling.appointment(id)
scheduling.appointment_step: appointment_step_by_kind_check CHECK ((by_kind = ANY (ARRAY['patient'::text, 'proxy'::text, 'staff'::text, 'system'::text, 'visitor'::text])))
scheduling.appointment_step: appointment_step_note_check CHECK ((length(note) <= 500))
scheduling.appointment_step: appointment_step_pkey PRIMARY KEY (id)
scheduling.appointment_step: appointment_step_step_check CHECK ((step = ANY (ARRAY['requested'::text, 'confirmed'::text, 'declined'::text, 'booked'::text, 'said-coming'::text, 'answered'::text, 'moved'::text, 'cancelled'::text, 'arrived'::text, 'no-show'::text, 'completed'::text, 'reopened'::text, 'linked'::text])))
scheduling.appointment_step: appointment_step_through_check CHECK ((through = ANY (ARRAY['text'::text, 'link'::text])))
scheduling.block: block_check CHECK ((ends_at > starts_at))
scheduling.block: block_kind_check CHECK ((kind = ANY (ARRAY['leave'::text, 'block'::text])))
scheduling.block: block_note_check CHECK ((length(note) <= 120))
scheduling.block: block_pkey PRIMARY KEY (id)
scheduling.block: block_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.calendar: calendar_one_check CHECK (one)
scheduling.calendar: calendar_pkey PRIMARY KEY (one)
scheduling.calendar: calendar_source_check CHECK ((source ~ '^[a-z0-9][a-z0-9._-]{0,59}$'::text))
scheduling.claim: claim_during_check CHECK ((lower_inc(during) AND (NOT upper_inc(during)) AND (((upper(during) - lower(during)) >= '00:01:00'::interval) AND ((upper(during) - lower(during)) <= '1 day'::interval))))
scheduling.claim: claim_pkey PRIMARY KEY (id)
scheduling.claim: claim_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.claim: claim_seat_check CHECK (((seat >= 0) AND (seat <= 20)))
scheduling.claim: one_claim_at_a_time EXCLUDE USING gist (resource_id WITH =, seat WITH =, during WITH &&)
scheduling.copy_line: copy_line_check CHECK (((done_at IS NULL) = (done_because IS NULL)))
scheduling.copy_line: copy_line_done_because_check CHECK ((done_because = ANY (ARRAY['copied'::text, 'ehr'::text, 'undone'::text])))
scheduling.copy_line: copy_line_pkey PRIMARY KEY (appointment_id)
scheduling.copy_line: copy_line_what_check CHECK ((what = ANY (ARRAY['book'::text, 'move'::text, 'cancel'::text])))
scheduling.day_measure: day_measure_pkey PRIMARY KEY (day, resource_id, visit_type_id)
scheduling.day_measure: day_measure_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.day_measure: day_measure_visit_type_id_fkey FOREIGN KEY (visit_type_id) REFERENCES scheduling.visit_type(id)
scheduling.day_refill: day_refill_pkey PRIMARY KEY (day)
scheduling.elsewhere: elsewhere_pkey PRIMARY KEY (visit_id, resource_id)
scheduling.elsewhere: elsewhere_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.elsewhere: elsewhere_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES scheduling.received(id)
scheduling.feed: feed_pkey PRIMARY KEY (id)
scheduling.feed: feed_token_hash_key UNIQUE (token_hash)
scheduling.feed_details: feed_details_one_check CHECK (one)
scheduling.feed_details: feed_details_pkey PRIMARY KEY (one)
scheduling.hold: hold_about_fkey FOREIGN KEY (about) REFERENCES scheduling.reason(id) ON DELETE SET NULL
scheduling.hold: hold_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
scheduling.hold: hold_mode_check CHECK ((mode = ANY (ARRAY['in-person'::text, 'phone'::text, 'video'::text])))
scheduling.hold: hold_moves_fkey FOREIGN KEY (moves) REFERENCES scheduling.appointment(id)
scheduling.hold: hold_pkey PRIMARY KEY (id)
scheduling.hold: hold_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.hold: hold_visit_type_id_fkey FOREIGN KEY (visit_type_id) REFERENCES scheduling.visit_type(id)
scheduling.let_go: let_go_pkey PRIMARY KEY (id)
scheduling.let_go: let_go_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.measured: measured_one_check CHECK (one)
scheduling.measured: measured_pkey PRIMARY KEY (one)
scheduling.need: need_need_check CHECK (((need >= 0) AND (need <= 5)))
scheduling.need: need_pkey PRIMARY KEY (visit_type_id, need, resource_id)
scheduling.need: need_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.need: need_visit_type_id_fkey FOREIGN KEY (visit_type_id) REFERENCES scheduling.visit_type(id)
scheduling.newcomer: newcomer_access_needs_check CHECK ((length(access_needs) <= 500))
scheduling.newcomer: newcomer_answers_check CHECK (((jsonb_typeof(answers) = 'array'::text) AND (length((answers)::text) <= 65536)))
scheduling.newcomer: newcomer_answers_danger_check CHECK ((answers_danger = ANY (ARRAY[''::text, 'now'::text, 'not-now'::text])))
scheduling.newcomer: newcomer_appointment_id_key UNIQUE (appointment_id)
scheduling.newcomer: newcomer_asked_by_check CHECK (((length(asked_by) <= 120) AND (asked_by !~ '[[:cntrl:]]'::text)))
scheduling.newcomer: newcomer_check CHECK (((contact IS NULL) = (contact_kind IS NULL)))
scheduling.newcomer: newcomer_check1 CHECK (((linked_at IS NULL) = (linked_by IS NULL)))
scheduling.newcomer: newcomer_check2 CHECK (((appointment_id IS NULL) OR ((name IS NOT NULL) AND (birth_date IS NOT NULL) AND (contact_shown_at IS NOT NULL))))
scheduling.newcomer: newcomer_check3 CHECK (((linked_at IS NULL) OR (appointment_id IS NOT NULL)))
scheduling.newcomer: newcomer_contact_check CHECK ((((length(contact) >= 3) AND (length(contact) <= 254)) AND (contact !~ '[\s[:cntrl:]]'::text)))
scheduling.newcomer: newcomer_contact_kind_check CHECK ((contact_kind = ANY (ARRAY['phone'::text, 'mailbox'::text])))
scheduling.newcomer: newcomer_danger_check CHECK ((danger = ANY (ARRAY[''::text, 'now'::text, 'not-now'::text])))
scheduling.newcomer: newcomer_for_whom_check CHECK ((for_whom = ANY (ARRAY['self'::text, 'child'::text, 'other'::text])))
scheduling.newcomer: newcomer_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'es'::text])))
scheduling.newcomer: newcomer_name_check CHECK ((((length(name) >= 1) AND (length(name) <= 120)) AND (name !~ '[[:cntrl:]]'::text)))
scheduling.newcomer: newcomer_pays_check CHECK ((pays = ANY (ARRAY['insurance'::text, 'self'::text, 'unsure'::text])))
scheduling.newcomer: newcomer_pkey PRIMARY KEY (id)
scheduling.newcomer: newcomer_plan_check CHECK ((length(plan) <= 120))
scheduling.newcomer: newcomer_reason_check CHECK ((length(reason) <= 2000))
scheduling.newcomer: newcomer_speaks_check CHECK ((length(speaks) <= 12))
scheduling.newcomer: newcomer_token_hash_key UNIQUE (token_hash)
scheduling.patient_move: patient_move_pkey PRIMARY KEY (id)
scheduling.question: question_check CHECK (
CASE kind
    WHEN 'choice'::text THEN ((jsonb_array_length(options) >= 2) AND (jsonb_array_length(options) <= 8))
    ELSE (jsonb_array_length(options) = 0)
END)
scheduling.question: question_kind_check CHECK ((kind = ANY (ARRAY['yes-no'::text, 'choice'::text, 'text'::text])))
scheduling.question: question_options_check CHECK (((jsonb_typeof(options) = 'array'::text) AND (length((options)::text) <= 4000)))
scheduling.question: question_pkey PRIMARY KEY (id)
scheduling.question: question_place_check CHECK (((place >= 0) AND (place <= 7)))
scheduling.question: question_visit_type_id_fkey FOREIGN KEY (visit_type_id) REFERENCES scheduling.visit_type(id)
scheduling.question: question_visit_type_id_place_key UNIQUE (visit_type_id, place) DEFERRABLE
scheduling.question: question_words_en_check CHECK (((length(words_en) >= 1) AND (length(words_en) <= 200)))
scheduling.question: question_words_es_check CHECK ((length(words_es) <= 200))
scheduling.reason: reason_check CHECK (((leads_to = 'visit'::text) = (visit_type_id IS NOT NULL)))
scheduling.reason: reason_leads_to_check CHECK ((leads_to = ANY (ARRAY['visit'::text, 'call'::text, 'danger'::text, 'danger-self'::text])))
scheduling.reason: reason_pkey PRIMARY KEY (id)
scheduling.reason: reason_place_check CHECK (((place >= 0) AND (place <= 15)))
scheduling.reason: reason_place_key UNIQUE (place) DEFERRABLE
scheduling.reason: reason_visit_type_id_fkey FOREIGN KEY (visit_type_id) REFERENCES scheduling.visit_type(id)
scheduling.reason: reason_words_en_check CHECK (((length(words_en) >= 1) AND (length(words_en) <= 80)))
scheduling.reason: reason_words_es_check CHECK ((length(words_es) <= 80))
scheduling.received: received_appointment_id_key UNIQUE (appointment_id)
scheduling.received: received_check CHECK ((ends_at > starts_at))
scheduling.received: received_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
scheduling.received: received_pkey PRIMARY KEY (id)
scheduling.received: received_place_name_check CHECK ((length(place_name) <= 200))
scheduling.received: received_record_id_patient_id_key UNIQUE (record_id, patient_id)
scheduling.received: received_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'booked'::text, 'arrived'::text, 'completed'::text, 'no-show'::text, 'cancelled'::text, 'gone'::text])))
scheduling.received: received_what_check CHECK ((length(what) <= 200))
scheduling.received: received_with_name_check CHECK ((length(with_name) <= 200))
scheduling.received_told: received_told_pkey PRIMARY KEY (visit_id, version, touch)
scheduling.received_told: received_told_touch_check CHECK ((touch = ANY (ARRAY['3-days'::text, '1-day'::text, 'changed'::text])))
scheduling.received_told: received_told_visit_id_fkey FOREIGN KEY (visit_id) REFERENCES scheduling.received(id)
scheduling.reminder: reminder_appointment_id_fkey FOREIGN KEY (appointment_id) REFERENCES scheduling.appointment(id)
scheduling.reminder: reminder_pkey PRIMARY KEY (appointment_id, version, touch)
scheduling.reminder: reminder_touch_check CHECK ((touch = ANY (ARRAY['3-days'::text, '1-day'::text, 'changed'::text])))
scheduling.resource: resource_check CHECK (((kind = 'clinician'::text) = (clinician_id IS NOT NULL)))
scheduling.resource: resource_check1 CHECK (((kind = 'clinician'::text) = (location_id IS NULL)))
scheduling.resource: resource_check2 CHECK (((kind = 'clinician'::text) = (name IS NULL)))
scheduling.resource: resource_clinician_id_fkey FOREIGN KEY (clinician_id) REFERENCES practice.clinician(id)
scheduling.resource: resource_clinician_id_key UNIQUE (clinician_id)
scheduling.resource: resource_kind_check CHECK ((kind = ANY (ARRAY['clinician'::text, 'room'::text, 'equipment'::text])))
scheduling.resource: resource_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
scheduling.resource: resource_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
scheduling.resource: resource_pkey PRIMARY KEY (id)
scheduling.screening: screening_check CHECK (((leads_to = 'visit'::text) = (visit_type_id IS NOT NULL)))
scheduling.screening: screening_leads_to_check CHECK ((leads_to = ANY (ARRAY['visit'::text, 'call'::text, 'danger'::text, 'danger-self'::text])))
scheduling.screening: screening_pkey PRIMARY KEY (id)
scheduling.screening: screening_place_check CHECK (((place >= 0) AND (place <= 5)))
scheduling.screening: screening_reason_id_fkey FOREIGN KEY (reason_id) REFERENCES scheduling.reason(id) ON DELETE CASCADE
scheduling.screening: screening_reason_id_place_key UNIQUE (reason_id, place) DEFERRABLE
scheduling.screening: screening_visit_type_id_fkey FOREIGN KEY (visit_type_id) REFERENCES scheduling.visit_type(id)
scheduling.screening: screening_words_en_check CHECK (((length(words_en) >= 1) AND (length(words_en) <= 200)))
scheduling.screening: screening_words_es_check CHECK ((length(words_es) <= 200))
scheduling.special_day: special_day_check CHECK ((((location_id IS NULL) = (starts_minute IS NULL)) AND ((location_id IS NULL) = (ends_minute IS NULL))))
scheduling.special_day: special_day_check1 CHECK (((ends_minute > starts_minute) AND ((ends_minute - starts_minute) <= 1440)))
scheduling.special_day: special_day_ends_minute_check CHECK (((ends_minute >= 1) AND (ends_minute <= 2880)))
scheduling.special_day: special_day_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
scheduling.special_day: special_day_pkey PRIMARY KEY (id)
scheduling.special_day: special_day_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.special_day: special_day_starts_minute_check CHECK (((starts_minute >= 0) AND (starts_minute <= 1439)))
scheduling.third_open: third_open_days_check CHECK ((days >= 0))
scheduling.third_open: third_open_pkey PRIMARY KEY (day, resource_id, visit_type_id)
scheduling.third_open: third_open_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.third_open: third_open_visit_type_id_fkey FOREIGN KEY (visit_type_id) REFERENCES scheduling.visit_type(id)
scheduling.visit_link: visit_link_pkey PRIMARY KEY (id)
scheduling.visit_link: visit_link_token_hash_key UNIQUE (token_hash)
scheduling.visit_link: visit_link_way_check CHECK ((way = ANY (ARRAY['mail'::text, 'text'::text])))
scheduling.visit_type: visit_type_after_minutes_check CHECK (((after_minutes >= 0) AND (after_minutes <= 120)))
scheduling.visit_type: visit_type_ahead_days_check CHECK (((ahead_days >= 1) AND (ahead_days <= 730)))
scheduling.visit_type: visit_type_align_minutes_check CHECK ((align_minutes = ANY (ARRAY[5, 10, 15, 20, 30, 60])))
scheduling.visit_type: visit_type_before_minutes_check CHECK (((before_minutes >= 0) AND (before_minutes <= 120)))
scheduling.visit_type: visit_type_check CHECK (((NOT ('video'::text = ANY (modes))) OR (video_link IS NOT NULL)))
scheduling.visit_type: visit_type_cutoff_minutes_check CHECK (((cutoff_minutes >= 0) AND (cutoff_minutes <= 20160)))
scheduling.visit_type: visit_type_duration_minutes_check CHECK (((duration_minutes >= 5) AND (duration_minutes <= 480)))
scheduling.visit_type: visit_type_lead_minutes_check CHECK (((lead_minutes >= 0) AND (lead_minutes <= 43200)))
scheduling.visit_type: visit_type_look_check CHECK (((look >= 1) AND (look <= 6)))
scheduling.visit_type: visit_type_modes_check CHECK ((((cardinality(modes) >= 1) AND (cardinality(modes) <= 3)) AND (modes <@ ARRAY['in-person'::text, 'phone'::text, 'video'::text])))
scheduling.visit_type: visit_type_name_en_check CHECK (((length(name_en) >= 1) AND (length(name_en) <= 80)))
scheduling.visit_type: visit_type_name_es_check CHECK ((length(name_es) <= 80))
scheduling.visit_type: visit_type_pkey PRIMARY KEY (id)
scheduling.visit_type: visit_type_prepare_en_check CHECK ((length(prepare_en) <= 1000))
scheduling.visit_type: visit_type_prepare_es_check CHECK ((length(prepare_es) <= 1000))
scheduling.visit_type: visit_type_price_cents_check CHECK (((price_cents >= 0) AND (price_cents <= 10000000)))
scheduling.visit_type: visit_type_video_link_check CHECK (((video_link ~ '^https://[^\s]+$'::text) AND (length(video_link) <= 300)))
scheduling.visit_type: visit_type_who_check CHECK ((who = ANY (ARRAY['anyone'::text, 'new'::text, 'established'::text, 'staff'::text])))
scheduling.visit_type: visit_type_words_en_check CHECK ((length(words_en) <= 400))
scheduling.visit_type: visit_type_words_es_check CHECK ((length(words_es) <= 400))
scheduling.wait: wait_added_as_check CHECK ((added_as = ANY (ARRAY['patient'::text, 'proxy'::text, 'staff'::text])))
scheduling.wait: wait_check CHECK (((ended_at IS NULL) = (ended_why IS NULL)))
scheduling.wait: wait_check1 CHECK (((appointment_id IS NOT NULL) OR (until_day IS NOT NULL)))
scheduling.wait: wait_ended_why_check CHECK ((ended_why = ANY (ARRAY['accepted'::text, 'left'::text, 'desk'::text, 'over'::text, 'until'::text])))
scheduling.wait: wait_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
scheduling.wait: wait_mode_check CHECK ((mode = ANY (ARRAY['in-person'::text, 'phone'::text, 'video'::text])))
scheduling.wait: wait_parts_check CHECK ((((cardinality(parts) >= 1) AND (cardinality(parts) <= 3)) AND (parts <@ ARRAY['morning'::text, 'afternoon'::text, 'evening'::text])))
scheduling.wait: wait_pkey PRIMARY KEY (id)
scheduling.wait: wait_priority_check CHECK (((priority >= 0) AND (priority <= 2)))
scheduling.wait: wait_reason_check CHECK ((length(reason) <= 2000))
scheduling.wait: wait_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.wait: wait_visit_type_id_fkey FOREIGN KEY (visit_type_id) REFERENCES scheduling.visit_type(id)
scheduling.wait: wait_weekdays_check CHECK ((((cardinality(weekdays) >= 1) AND (cardinality(weekdays) <= 7)) AND (weekdays <@ ARRAY[(1)::smallint, (2)::smallint, (3)::smallint, (4)::smallint, (5)::smallint, (6)::smallint, (7)::smallint])))
scheduling.wait_offer: wait_offer_check CHECK ((ends_at > starts_at))
scheduling.wait_offer: wait_offer_check1 CHECK (((ended_at IS NULL) = (ended_why IS NULL)))
scheduling.wait_offer: wait_offer_check2 CHECK (((ended_why = 'accepted'::text) = (appointment_id IS NOT NULL)))
scheduling.wait_offer: wait_offer_ended_why_check CHECK ((ended_why = ANY (ARRAY['accepted'::text, 'declined'::text, 'taken'::text, 'expired'::text, 'withdrawn'::text, 'untold'::text])))
scheduling.wait_offer: wait_offer_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
scheduling.wait_offer: wait_offer_pkey PRIMARY KEY (id)
scheduling.wait_offer: wait_offer_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.wait_offer: wait_offer_wait_id_fkey FOREIGN KEY (wait_id) REFERENCES scheduling.wait(id)
scheduling.wait_offer: wait_offer_wait_id_starts_at_key UNIQUE (wait_id, starts_at)
scheduling.wait_settings: wait_settings_answer_hours_check CHECK (((answer_hours >= 1) AND (answer_hours <= 168)))
scheduling.wait_settings: wait_settings_check CHECK ((cutoff_minutes <= stop_minutes))
scheduling.wait_settings: wait_settings_check1 CHECK (((to_minute - from_minute) >= 60))
scheduling.wait_settings: wait_settings_cutoff_minutes_check CHECK (((cutoff_minutes >= 0) AND (cutoff_minutes <= 20160)))
scheduling.wait_settings: wait_settings_from_minute_check CHECK (((from_minute >= 0) AND (from_minute <= 1380)))
scheduling.wait_settings: wait_settings_gap_minutes_check CHECK (((gap_minutes >= 5) AND (gap_minutes <= 1440)))
scheduling.wait_settings: wait_settings_group_size_check CHECK (((group_size >= 1) AND (group_size <= 20)))
scheduling.wait_settings: wait_settings_one_check CHECK (one)
scheduling.wait_settings: wait_settings_pkey PRIMARY KEY (one)
scheduling.wait_settings: wait_settings_stop_minutes_check CHECK (((stop_minutes >= 0) AND (stop_minutes <= 20160)))
scheduling.wait_settings: wait_settings_to_minute_check CHECK (((to_minute >= 60) AND (to_minute <= 1440)))
scheduling.weekly_hours: weekly_hours_check CHECK (((ends_minute > starts_minute) AND ((ends_minute - starts_minute) <= 1440)))
scheduling.weekly_hours: weekly_hours_check1 CHECK ((until_day >= from_day))
scheduling.weekly_hours: weekly_hours_ends_minute_check CHECK (((ends_minute >= 1) AND (ends_minute <= 2880)))
scheduling.weekly_hours: weekly_hours_location_id_fkey FOREIGN KEY (location_id) REFERENCES practice.location(id)
scheduling.weekly_hours: weekly_hours_pkey PRIMARY KEY (id)
scheduling.weekly_hours: weekly_hours_resource_id_fkey FOREIGN KEY (resource_id) REFERENCES scheduling.resource(id)
scheduling.weekly_hours: weekly_hours_starts_minute_check CHECK (((starts_minute >= 0) AND (starts_minute <= 1439)))
scheduling.weekly_hours: weekly_hours_weekday_check CHECK (((weekday >= 1) AND (weekday <= 7)))
work.absence: absence_check CHECK (((ends_at > starts_at) AND (ends_at <= (starts_at + '400 days'::interval))))
work.absence: absence_check1 CHECK ((cover_id <> person_id))
work.absence: absence_check2 CHECK (((ended_at IS NULL) = (ended_by IS NULL)))
work.absence: absence_pkey PRIMARY KEY (id)
work.backup_clinician: backup_clinician_is_the_one_check CHECK (is_the_one)
work.backup_clinician: backup_clinician_pkey PRIMARY KEY (is_the_one)
work.on_call_shift: on_call_shift_check CHECK ((ends_at > starts_at))
work.on_call_shift: on_call_shift_name_check CHECK (((length(name) >= 1) AND (length(name) <= 120)))
work.on_call_shift: on_call_shift_phone_check CHECK (((length(phone) >= 7) AND (length(phone) <= 30)))
work.on_call_shift: on_call_shift_pkey PRIMARY KEY (id)
work.on_call_shift: one_on_call_at_a_time EXCLUDE USING gist (tstzrange(starts_at, ends_at) WITH &&)
work.page: page_check CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL)))
work.page: page_check1 CHECK ((((called_at IS NULL) = (called_by IS NULL)) AND ((called_at IS NULL) = (spoke_with IS NULL)) AND ((called_at IS NULL) = (outcome IS NULL))))
work.page: page_outcome_check CHECK (((length(outcome) >= 10) AND (length(outcome) <= 2000)))
work.page: page_pkey PRIMARY KEY (id)
work.page: page_spoke_with_check CHECK (((length(spoke_with) >= 2) AND (length(spoke_with) <= 200)))
work.page: page_task_id_fkey FOREIGN KEY (task_id) REFERENCES work.task(id)
work.page: page_task_id_key UNIQUE (task_id)
work.patient_move: patient_move_pkey PRIMARY KEY (id)
work.task: task_body_check CHECK ((length(body) <= 10000))
work.task: task_check CHECK ((due_at > opened_at))
work.task: task_check1 CHECK (((subject_type IS NULL) = (subject_id IS NULL)))
work.task: task_check2 CHECK (((done_by IS NULL) OR (done_at IS NOT NULL)))
work.task: task_kind_check CHECK ((kind ~ '^[a-z]+(-[a-z]+)*$'::text))
work.task: task_outcome_check CHECK ((length(outcome) <= 2000))
work.task: task_owner_stage_check CHECK (((owner_stage >= 0) AND (owner_stage <= 2)))
work.task: task_pkey PRIMARY KEY (id)
work.task: task_pool_check CHECK ((pool = ANY (ARRAY['clinician'::text, 'care-team'::text, 'front-desk'::text, 'billing'::text, 'editor'::text, 'manager'::text])))
work.task: task_title_check CHECK (((length(title) >= 1) AND (length(title) <= 200)))
work.task_step: task_step_note_check CHECK ((length(note) <= 2000))
work.task_step: task_step_pkey PRIMARY KEY (id)
work.task_step: task_step_step_check CHECK ((step = ANY (ARRAY['opened'::text, 'taken'::text, 'handed-over'::text, 'snoozed'::text, 'escalated'::text, 'done'::text, 'reopened'::text, 'noted'::text, 'paged'::text])))
work.task_step: task_step_task_id_fkey FOREIGN KEY (task_id) REFERENCES work.task(id)
writing.arrived_note: arrived_note_edition_check CHECK ((length(edition) <= 200))
writing.arrived_note: arrived_note_pkey PRIMARY KEY (resource_id, edition)
writing.draft: draft_body_check CHECK ((length(body) <= 50000))
writing.draft: draft_check CHECK (((filed_at IS NULL) OR (signed_at IS NOT NULL)))
writing.draft: draft_pkey PRIMARY KEY (id)
writing.draft: draft_summary_check CHECK ((length(summary) <= 4000))
writing.draft: draft_title_check CHECK (((length(title) >= 1) AND (length(title) <= 120)))
writing.kept_term: kept_term_pkey PRIMARY KEY (term)
writing.mark: mark_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES writing.draft(id) ON DELETE CASCADE
writing.mark: mark_outcome_check CHECK ((outcome = ANY (ARRAY['kept'::text, 'stands'::text, 'replaced'::text])))
writing.mark: mark_pkey PRIMARY KEY (draft_id, term, words)
writing.mark: mark_term_check CHECK ((term ~ '^SL[0-9]{3}$'::text))
writing.mark: mark_why_check CHECK ((length(why) <= 300))
writing.mark: mark_words_check CHECK (((length(words) >= 1) AND (length(words) <= 80)))
writing.note_figure: note_figure_copied_share_check CHECK (((copied_share >= (0)::numeric) AND (copied_share <= (1)::numeric)))
writing.note_figure: note_figure_draft_id_fkey FOREIGN KEY (draft_id) REFERENCES writing.draft(id) ON DELETE CASCADE
writing.note_figure: note_figure_pkey PRIMARY KEY (draft_id)

-- indexes
CREATE INDEX activation_by_patient ON accounts.activation USING btree (patient_id, made_at DESC)
CREATE UNIQUE INDEX activation_code_hash_key ON accounts.activation USING btree (code_hash)
CREATE UNIQUE INDEX activation_pkey ON accounts.activation USING btree (id)
CREATE INDEX care_invitation_by_patient ON accounts.care_invitation USING btree (patient_id)
CREATE UNIQUE INDEX care_invitation_link_hash_key ON accounts.care_invitation USING btree (link_hash)
CREATE UNIQUE INDEX care_invitation_pkey ON accounts.care_invitation USING btree (id)
CREATE UNIQUE INDEX failed_try_pkey ON accounts.failed_try USING btree (person_id)
CREATE INDEX passkey_by_person ON accounts.passkey USING btree (person_id)
CREATE UNIQUE INDEX passkey_pkey ON accounts.passkey USING btree (id)
CREATE UNIQUE INDEX patient_move_pkey ON accounts.patient_move USING btree (id)
CREATE UNIQUE INDEX person_by_email ON accounts.person USING btree (email) WHERE ((sign_in_name IS NULL) AND (email IS NOT NULL))
CREATE UNIQUE INDEX person_by_patient ON accounts.person USING btree (patient_id) WHERE (patient_id IS NOT NULL)
CREATE UNIQUE INDEX person_by_sign_in_name ON accounts.person USING btree (sign_in_name) WHERE (sign_in_name IS NOT NULL)
CREATE UNIQUE INDEX person_pkey ON accounts.person USING btree (id)
CREATE UNIQUE INDEX person_role_pkey ON accounts.person_role USING btree (person_id, role)
CREATE INDEX proxy_by_patient ON accounts.proxy USING btree (patient_id)
CREATE UNIQUE INDEX proxy_once ON accounts.proxy USING btree (person_id, patient_id) WHERE (revoked_at IS NULL)
CREATE UNIQUE INDEX proxy_pkey ON accounts.proxy USING btree (id)
CREATE UNIQUE INDEX recovery_code_pkey ON accounts.recovery_code USING btree (person_id, code_hash)
CREATE INDEX token_by_age ON accounts.token USING btree (expires_at)
CREATE UNIQUE INDEX token_pkey ON accounts.token USING btree (hash)
CREATE INDEX event_by_action ON audit.event USING btree (action, at DESC)
CREATE INDEX event_by_patient ON audit.event USING btree (patient_id, at DESC) WHERE (patient_id IS NOT NULL)
CREATE INDEX event_by_person ON audit.event USING btree (person_id, at DESC) WHERE (person_id IS NOT NULL)
CREATE INDEX event_by_time ON audit.event USING btree (at DESC, id)
CREATE UNIQUE INDEX event_pkey ON audit.event USING btree (id)
CREATE UNIQUE INDEX seal_event_id_key ON audit.seal USING btree (event_id)
CREATE UNIQUE INDEX seal_pkey ON audit.seal USING btree (seq)
CREATE UNIQUE INDEX patient_move_pkey ON feedback.patient_move USING btree (id)
CREATE UNIQUE INDEX pulse_person_id_month_key ON feedback.pulse USING btree (person_id, month)
CREATE UNIQUE INDEX pulse_pkey ON feedback.pulse USING btree (id)
CREATE UNIQUE INDEX pulse_seed_pkey ON feedback.pulse_seed USING btree (one)
CREATE UNIQUE INDEX reply_pkey ON feedback.reply USING btree (id)
CREATE UNIQUE INDEX reply_report_id_key ON feedback.reply USING btree (report_id)
CREATE INDEX report_by_patient ON feedback.report USING btree (patient_id, sent_at DESC)
CREATE INDEX report_by_subject ON feedback.report USING btree (patient_id, subject_id)
CREATE INDEX report_open ON feedback.report USING btree (due_at) WHERE (closed_at IS NULL)
CREATE UNIQUE INDEX report_pkey ON feedback.report USING btree (id)
CREATE UNIQUE INDEX statement_pkey ON feedback.statement USING btree (id)
CREATE UNIQUE INDEX statement_report_id_key ON feedback.statement USING btree (report_id)
CREATE INDEX message_aside ON feeds.message USING btree (source, received_at DESC) WHERE (reason IS NOT NULL)
CREATE INDEX message_by_time ON feeds.message USING btree (source, received_at DESC)
CREATE UNIQUE INDEX message_pkey ON feeds.message USING btree (id)
CREATE UNIQUE INDEX message_source_raw_sha256_key ON feeds.message USING btree (source, raw_sha256)
CREATE INDEX message_to_do ON feeds.message USING btree (source, id) WHERE (done_at IS NULL)
CREATE UNIQUE INDEX sender_by_facility ON feeds.sender USING btree (facility) WHERE ((facility IS NOT NULL) AND (ended_at IS NULL))
CREATE UNIQUE INDEX sender_id_key ON feeds.sender USING btree (id)
CREATE UNIQUE INDEX sender_pkey ON feeds.sender USING btree (source)
CREATE UNIQUE INDEX sender_token_sha256_key ON feeds.sender USING btree (token_sha256)
CREATE UNIQUE INDEX stranger_pkey ON feeds.stranger USING btree (id)
CREATE UNIQUE INDEX stranger_way_name_key ON feeds.stranger USING btree (way, name)
CREATE UNIQUE INDEX any_time_pkey ON notices.any_time USING btree (patient_id)
CREATE UNIQUE INDEX choice_pkey ON notices.choice USING btree (patient_id)
CREATE INDEX code_by_age ON notices.code USING btree (expires_at)
CREATE UNIQUE INDEX code_pkey ON notices.code USING btree (id)
CREATE INDEX consent_by_address ON notices.consent USING btree (kind, address, at DESC)
CREATE INDEX consent_by_patient ON notices.consent USING btree (patient_id, at DESC) WHERE (patient_id IS NOT NULL)
CREATE UNIQUE INDEX consent_pkey ON notices.consent USING btree (id)
CREATE INDEX heard_by_address ON notices.heard USING btree (from_address, heard_at DESC)
CREATE UNIQUE INDEX heard_pkey ON notices.heard USING btree (id)
CREATE UNIQUE INDEX heard_vendor_id_key ON notices.heard USING btree (vendor_id)
CREATE INDEX heard_waiting ON notices.heard USING btree (heard_at) WHERE (read_at IS NULL)
CREATE UNIQUE INDEX patient_move_pkey ON notices.patient_move USING btree (id)
CREATE UNIQUE INDEX point_pkey ON notices.point USING btree (kind, address)
CREATE INDEX reach_by_address ON notices.reach USING btree (kind, address) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX reach_once ON notices.reach USING btree (patient_id, kind, address) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX reach_pkey ON notices.reach USING btree (id)
CREATE UNIQUE INDEX silence_once ON notices.silence USING btree (patient_id, said_by) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX silence_pkey ON notices.silence USING btree (id)
CREATE UNIQUE INDEX telling_pkey ON notices.telling USING btree (patient_id, category)
CREATE INDEX access_grant_by_patient ON platform.access_grant USING btree (patient_id) WHERE ((revoked_at IS NULL) AND (patient_id IS NOT NULL))
CREATE INDEX access_grant_by_person ON platform.access_grant USING btree (person_id, category, verb) WHERE (revoked_at IS NULL)
CREATE UNIQUE INDEX access_grant_pkey ON platform.access_grant USING btree (id)
CREATE INDEX backup_run_by_time ON platform.backup_run USING btree (started_at DESC)
CREATE INDEX backup_run_good ON platform.backup_run USING btree (finished_at DESC) WHERE (finished_at IS NOT NULL)
CREATE UNIQUE INDEX backup_run_pkey ON platform.backup_run USING btree (id)
CREATE UNIQUE INDEX content_version_pkey ON platform.content_version USING btree (one)
CREATE UNIQUE INDEX file_pkey ON platform.file USING btree (id)
CREATE INDEX file_removed ON platform.file USING btree (removed_at) WHERE (removed_at IS NOT NULL)
CREATE UNIQUE INDEX house_key_pkey ON platform.house_key USING btree (fingerprint)
CREATE UNIQUE INDEX house_pkey ON platform.house USING btree (one)
CREATE INDEX idempotency_by_age ON platform.idempotency USING btree (created_at)
CREATE UNIQUE INDEX idempotency_pkey ON platform.idempotency USING btree (actor, key)
CREATE UNIQUE INDEX line_pkey ON platform.line USING btree (way)
CREATE INDEX mail_by_address ON platform.mail USING btree (to_address, queued_at DESC)
CREATE INDEX mail_by_patient ON platform.mail USING btree (patient_id, queued_at DESC) WHERE (patient_id IS NOT NULL)
CREATE INDEX mail_by_person ON platform.mail USING btree (person_id) WHERE (words IS NOT NULL)
CREATE INDEX mail_by_subject ON platform.mail USING btree (about_id) WHERE ((words IS NOT NULL) AND (about_id IS NOT NULL))
CREATE INDEX mail_by_time ON platform.mail USING btree (queued_at DESC, id)
CREATE UNIQUE INDEX mail_dedupe_key ON platform.mail USING btree (dedupe)
CREATE INDEX mail_not_arrived ON platform.mail USING btree (queued_at) WHERE ((asked_at IS NULL) AND (patient_id IS NOT NULL) AND ((failed_at IS NOT NULL) OR (dropped_at IS NOT NULL)))
CREATE UNIQUE INDEX mail_pkey ON platform.mail USING btree (id)
CREATE UNIQUE INDEX mail_text_a_day ON platform.mail USING btree (patient_id, counted_on) WHERE ((counted_on IS NOT NULL) AND (dropped_at IS NULL))
CREATE UNIQUE INDEX mail_vendor_id_key ON platform.mail USING btree (vendor_id)
CREATE INDEX mail_with_words ON platform.mail USING btree (queued_at) WHERE (words IS NOT NULL)
CREATE UNIQUE INDEX narrow_job_pkey ON platform.narrow_job USING btree (job, category)
CREATE UNIQUE INDEX rate_count_pkey ON platform.rate_count USING btree (action, subject, window_start)
CREATE INDEX session_by_person ON platform.session USING btree (person_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX session_pkey ON platform.session USING btree (id)
CREATE UNIQUE INDEX session_token_hash_key ON platform.session USING btree (token_hash)
CREATE UNIQUE INDEX walled_table_pkey ON platform.walled_table USING btree (name)
CREATE UNIQUE INDEX wide_job_pkey ON platform.wide_job USING btree (job, category)
CREATE UNIQUE INDEX clinician_location_pkey ON practice.clinician_location USING btree (clinician_id, location_id)
CREATE UNIQUE INDEX clinician_npi_key ON practice.clinician USING btree (npi) WHERE (left_at IS NULL)
CREATE UNIQUE INDEX clinician_person_id_key ON practice.clinician USING btree (person_id)
CREATE UNIQUE INDEX clinician_pkey ON practice.clinician USING btree (id)
CREATE UNIQUE INDEX clinician_slug_key ON practice.clinician USING btree (slug)
CREATE UNIQUE INDEX core_value_pkey ON practice.core_value USING btree (id)
CREATE UNIQUE INDEX exception_day_pkey ON practice.exception_day USING btree (id)
CREATE UNIQUE INDEX insurance_plan_name ON practice.insurance_plan USING btree (lower(name))
CREATE UNIQUE INDEX insurance_plan_pkey ON practice.insurance_plan USING btree (id)
CREATE UNIQUE INDEX location_pkey ON practice.location USING btree (id)
CREATE UNIQUE INDEX location_slug_key ON practice.location USING btree (slug)
CREATE UNIQUE INDEX notice_pkey ON practice.notice USING btree (id)
CREATE UNIQUE INDEX one_exception_a_day ON practice.exception_day USING btree (location_id, day) NULLS NOT DISTINCT
CREATE UNIQUE INDEX one_notice_version ON practice.notice USING btree (kind, version)
CREATE UNIQUE INDEX opening_period_pkey ON practice.opening_period USING btree (location_id, weekday, opens_minute)
CREATE UNIQUE INDEX picture_form_file_id_key ON practice.picture_form USING btree (file_id)
CREATE UNIQUE INDEX picture_form_pkey ON practice.picture_form USING btree (picture_id, width, format)
CREATE UNIQUE INDEX picture_pkey ON practice.picture USING btree (id)
CREATE UNIQUE INDEX profile_pkey ON practice.profile USING btree (one)
CREATE UNIQUE INDEX service_pkey ON practice.service USING btree (id)
CREATE UNIQUE INDEX service_slug_key ON practice.service USING btree (slug)
CREATE UNIQUE INDEX connection_pkey ON pull.connection USING btree (id)
CREATE UNIQUE INDEX connection_source_key ON pull.connection USING btree (source)
CREATE UNIQUE INDEX file_pkey ON pull.file USING btree (run_id, place)
CREATE INDEX run_of_connection ON pull.run USING btree (connection_id, begun_at DESC)
CREATE UNIQUE INDEX run_one_at_a_time ON pull.run USING btree (connection_id) WHERE (finished_at IS NULL)
CREATE UNIQUE INDEX run_pkey ON pull.run USING btree (id)
CREATE INDEX signing_key_newest ON pull.signing_key USING btree (algorithm, made_at DESC)
CREATE UNIQUE INDEX signing_key_pkey ON pull.signing_key USING btree (kid)
CREATE INDEX comment_by_result ON records.comment USING btree (resource_id, patient_id, written_at)
CREATE UNIQUE INDEX comment_pkey ON records.comment USING btree (id)
CREATE UNIQUE INDEX comment_resource_id_patient_id_origin_author_name_words_key ON records.comment USING btree (resource_id, patient_id, origin, author_name, words)
CREATE INDEX directory_by_alias ON records.directory USING btree (source, alias) WHERE (alias IS NOT NULL)
CREATE INDEX directory_by_id ON records.directory USING btree (source, source_id)
CREATE UNIQUE INDEX directory_pkey ON records.directory USING btree (source, fhir_type, source_id)
CREATE UNIQUE INDEX expectation_pkey ON records.expectation USING btree (code)
CREATE INDEX fact_by_source_patient ON records.fact USING btree (source_patient)
CREATE INDEX fact_newest ON records.fact USING btree (patient_id, kind, happened_at DESC, id) WHERE is_fact
CREATE UNIQUE INDEX fact_pkey ON records.fact USING btree (id)
CREATE UNIQUE INDEX fact_resource_id_patient_id_key ON records.fact USING btree (resource_id, patient_id)
CREATE UNIQUE INDEX feed_pkey ON records.feed USING btree (source)
CREATE UNIQUE INDEX import_run_of_day ON records.import_run USING btree (source, day) WHERE (day IS NOT NULL)
CREATE UNIQUE INDEX import_run_pkey ON records.import_run USING btree (id)
CREATE INDEX life_by_patient ON records.life USING btree (patient_id, arrived_at DESC)
CREATE INDEX life_ends_soon ON records.life USING btree (opens_at) WHERE ((released_at IS NULL) AND (ending_told_at IS NULL) AND (held_by = ANY (ARRAY['patient'::text, 'harm'::text])))
CREATE UNIQUE INDEX life_pkey ON records.life USING btree (id)
CREATE INDEX life_queue ON records.life USING btree (((bearing = 'critical'::text)) DESC, reply_by, id) WHERE ((reviewed_at IS NULL) AND (place = 'result'::text) AND (final_at IS NOT NULL))
CREATE UNIQUE INDEX life_resource_id_patient_id_key ON records.life USING btree (resource_id, patient_id)
CREATE INDEX life_reviewed ON records.life USING btree (reviewed_at DESC, id) WHERE ((reviewed_at IS NOT NULL) AND (place = 'result'::text))
CREATE INDEX life_to_release ON records.life USING btree (opens_at) WHERE (released_at IS NULL)
CREATE INDEX life_unopened ON records.life USING btree (released_at) WHERE ((seen_at IS NULL) AND (unopened_asked_at IS NULL) AND (bearing = ANY (ARRAY['abnormal'::text, 'critical'::text])))
CREATE INDEX life_unreviewed ON records.life USING btree (reply_by, id) WHERE ((reviewed_at IS NULL) AND (place = 'result'::text))
CREATE UNIQUE INDEX match_question_patient_id_candidate_id_key ON records.match_question USING btree (patient_id, candidate_id)
CREATE UNIQUE INDEX match_question_pkey ON records.match_question USING btree (id)
CREATE UNIQUE INDEX merge_pkey ON records.merge USING btree (id)
CREATE INDEX note_by_arrival ON records.note USING btree (received_at, resource_id) WHERE is_fact
CREATE INDEX note_by_source_patient ON records.note USING btree (source_patient)
CREATE INDEX note_newest ON records.note USING btree (patient_id, happened_at DESC, id) WHERE is_fact
CREATE UNIQUE INDEX note_pkey ON records.note USING btree (id)
CREATE UNIQUE INDEX note_resource_id_patient_id_key ON records.note USING btree (resource_id, patient_id)
CREATE UNIQUE INDEX own_word_once ON records.own_word USING btree (lower(word)) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX own_word_pkey ON records.own_word USING btree (id)
CREATE INDEX parked_open ON records.parked USING btree (parked_at DESC) WHERE (settled_at IS NULL)
CREATE UNIQUE INDEX parked_pkey ON records.parked USING btree (id)
CREATE UNIQUE INDEX parked_source_fingerprint_key ON records.parked USING btree (source, fingerprint)
CREATE INDEX patient_by_birth ON records.patient USING btree (birth_date, plain_name, phone_key) WHERE (merged_into IS NULL)
CREATE INDEX patient_by_lower_mrn ON records.patient USING btree (lower(mrn)) WHERE ((mrn IS NOT NULL) AND (merged_into IS NULL))
CREATE INDEX patient_by_mrn ON records.patient USING btree (mrn) WHERE ((mrn IS NOT NULL) AND (merged_into IS NULL))
CREATE UNIQUE INDEX patient_by_number ON records.patient USING btree (mrn_system, mrn, birth_date) WHERE ((mrn IS NOT NULL) AND (merged_into IS NULL))
CREATE INDEX patient_by_phone ON records.patient USING btree ("right"(regexp_replace(phone, '\D'::text, ''::text, 'g'::text), 10)) WHERE ((phone IS NOT NULL) AND (merged_into IS NULL))
CREATE INDEX patient_by_plain_name ON records.patient USING gin (plain_name gin_trgm_ops) WHERE (merged_into IS NULL)
CREATE UNIQUE INDEX patient_pkey ON records.patient USING btree (id)
CREATE UNIQUE INDEX reading_help_pkey ON records.reading_help USING btree (person_id)
CREATE INDEX resource_by_alias ON records.resource USING btree (source, alias) WHERE (alias IS NOT NULL)
CREATE UNIQUE INDEX resource_pkey ON records.resource USING btree (id)
CREATE UNIQUE INDEX resource_source_fhir_type_source_id_key ON records.resource USING btree (source, fhir_type, source_id)
CREATE INDEX resource_waiting ON records.resource USING btree (source, id) WHERE (derived_version IS DISTINCT FROM current_version)
CREATE INDEX result_by_code ON records.result USING btree (code, received_at) WHERE ((kind = 'test'::text) AND is_fact AND (NOT is_restricted) AND (visible_at IS NOT NULL))
CREATE INDEX result_by_source_patient ON records.result USING btree (source_patient)
CREATE INDEX result_newest ON records.result USING btree (patient_id, happened_at DESC, id DESC) WHERE ((report_id IS NULL) AND is_fact)
CREATE INDEX result_of_report ON records.result USING btree (report_id) WHERE (report_id IS NOT NULL)
CREATE UNIQUE INDEX result_pkey ON records.result USING btree (id)
CREATE UNIQUE INDEX result_resource_id_patient_id_key ON records.result USING btree (resource_id, patient_id)
CREATE INDEX result_same_test ON records.result USING btree (patient_id, code, unit, happened_at DESC) WHERE ((kind = 'test'::text) AND is_fact)
CREATE INDEX result_untied ON records.result USING btree (source) WHERE (NOT is_tied)
CREATE UNIQUE INDEX said_join_pkey ON records.said_join USING btree (id)
CREATE UNIQUE INDEX said_join_source_gone_stays_key ON records.said_join USING btree (source, gone, stays)
CREATE INDEX said_join_waiting ON records.said_join USING btree (source, stays) WHERE (settled_at IS NULL)
CREATE INDEX source_patient_by_patient ON records.source_patient USING btree (patient_id)
CREATE UNIQUE INDEX source_patient_current ON records.source_patient USING btree (resource_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX source_patient_pkey ON records.source_patient USING btree (id)
CREATE INDEX test_order_answered ON records.test_order USING btree (answered_by) WHERE (answered_by IS NOT NULL)
CREATE INDEX test_order_by_patient ON records.test_order USING btree (patient_id, ordered_at DESC)
CREATE INDEX test_order_due ON records.test_order USING btree (expected_at) WHERE (ended_at IS NULL)
CREATE INDEX test_order_open ON records.test_order USING btree (patient_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX test_order_pkey ON records.test_order USING btree (id)
CREATE UNIQUE INDEX test_order_resource_id_patient_id_key ON records.test_order USING btree (resource_id, patient_id)
CREATE INDEX test_order_to_ask ON records.test_order USING btree (expected_at) WHERE ((ended_at IS NULL) AND (asked_at IS NULL) AND is_news)
CREATE INDEX test_order_to_file ON records.test_order USING btree (ordered_at) WHERE ((source = 'rapport'::text) AND ((filed_as IS NULL) OR ((filed_as = 'active'::text) = (ended_at IS NOT NULL))))
CREATE UNIQUE INDEX version_pkey ON records.version USING btree (id)
CREATE UNIQUE INDEX version_resource_id_body_sha256_key ON records.version USING btree (resource_id, body_sha256)
CREATE UNIQUE INDEX agreement_in_force ON release.agreement USING btree (patient_id, category) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX agreement_pkey ON release.agreement USING btree (id)
CREATE INDEX critical_limit_in_force ON release.critical_limit USING btree (loinc) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX critical_limit_pkey ON release.critical_limit USING btree (id)
CREATE INDEX finding_by_time ON release.finding USING btree (found_at)
CREATE UNIQUE INDEX finding_in_force ON release.finding USING btree (life_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX finding_pkey ON release.finding USING btree (id)
CREATE UNIQUE INDEX report_month_key ON release.report USING btree (month)
CREATE UNIQUE INDEX report_pkey ON release.report USING btree (id)
CREATE INDEX wish_by_life ON release.wish USING btree (life_id, made_at DESC)
CREATE UNIQUE INDEX wish_pkey ON release.wish USING btree (id)
CREATE UNIQUE INDEX standing_rule_pkey ON review.standing_rule USING btree (id)
CREATE UNIQUE INDEX template_pkey ON review.template USING btree (id)
CREATE UNIQUE INDEX answer_pkey ON scheduling.answer USING btree (appointment_id, question_id)
CREATE INDEX appointment_ahead ON scheduling.appointment USING btree (starts_at) WHERE (status = 'booked'::text)
CREATE INDEX appointment_by_day ON scheduling.appointment USING btree (starts_at)
CREATE INDEX appointment_by_patient ON scheduling.appointment USING btree (patient_id, starts_at)
CREATE INDEX appointment_by_resource ON scheduling.appointment USING btree (resource_id, starts_at)
CREATE UNIQUE INDEX appointment_pkey ON scheduling.appointment USING btree (id)
CREATE INDEX appointment_step_by_appointment ON scheduling.appointment_step USING btree (appointment_id, id)
CREATE INDEX appointment_step_by_time ON scheduling.appointment_step USING btree (at)
CREATE UNIQUE INDEX appointment_step_pkey ON scheduling.appointment_step USING btree (id)
CREATE INDEX block_by_resource ON scheduling.block USING btree (resource_id, ends_at)
CREATE UNIQUE INDEX block_pkey ON scheduling.block USING btree (id)
CREATE UNIQUE INDEX calendar_pkey ON scheduling.calendar USING btree (one)
CREATE INDEX claim_by_booking ON scheduling.claim USING btree (booking_id)
CREATE INDEX claim_by_start ON scheduling.claim USING btree (resource_id, lower(during))
CREATE UNIQUE INDEX claim_pkey ON scheduling.claim USING btree (id)
CREATE INDEX claim_that_ends ON scheduling.claim USING btree (resource_id) WHERE (expires_at IS NOT NULL)
CREATE INDEX copy_line_open ON scheduling.copy_line USING btree (opened_at) WHERE (done_at IS NULL)
CREATE UNIQUE INDEX copy_line_pkey ON scheduling.copy_line USING btree (appointment_id)
CREATE UNIQUE INDEX day_measure_pkey ON scheduling.day_measure USING btree (day, resource_id, visit_type_id)
CREATE UNIQUE INDEX day_refill_pkey ON scheduling.day_refill USING btree (day)
CREATE INDEX elsewhere_by_resource ON scheduling.elsewhere USING btree (resource_id, ends_at)
CREATE UNIQUE INDEX elsewhere_pkey ON scheduling.elsewhere USING btree (visit_id, resource_id)
CREATE UNIQUE INDEX feed_details_pkey ON scheduling.feed_details USING btree (one)
CREATE UNIQUE INDEX feed_pkey ON scheduling.feed USING btree (id)
CREATE UNIQUE INDEX feed_token_hash_key ON scheduling.feed USING btree (token_hash)
CREATE INDEX hold_by_end ON scheduling.hold USING btree (expires_at)
CREATE INDEX hold_by_person ON scheduling.hold USING btree (person_id)
CREATE UNIQUE INDEX hold_pkey ON scheduling.hold USING btree (id)
CREATE INDEX let_go_by_resource ON scheduling.let_go USING btree (resource_id, lower(during))
CREATE INDEX let_go_by_time ON scheduling.let_go USING btree (lower(during))
CREATE UNIQUE INDEX let_go_pkey ON scheduling.let_go USING btree (id)
CREATE UNIQUE INDEX measured_pkey ON scheduling.measured USING btree (one)
CREATE INDEX need_by_resource ON scheduling.need USING btree (resource_id)
CREATE UNIQUE INDEX need_pkey ON scheduling.need USING btree (visit_type_id, need, resource_id)
CREATE UNIQUE INDEX newcomer_appointment_id_key ON scheduling.newcomer USING btree (appointment_id)
CREATE INDEX newcomer_by_age ON scheduling.newcomer USING btree (made_at) WHERE (appointment_id IS NULL)
CREATE INDEX newcomer_by_contact ON scheduling.newcomer USING btree (contact_kind, contact) WHERE (appointment_id IS NOT NULL)
CREATE INDEX newcomer_by_origin ON scheduling.newcomer USING btree (made_from, made_at)
CREATE UNIQUE INDEX newcomer_pkey ON scheduling.newcomer USING btree (id)
CREATE UNIQUE INDEX newcomer_token_hash_key ON scheduling.newcomer USING btree (token_hash)
CREATE INDEX newcomer_waiting ON scheduling.newcomer USING btree (made_at) WHERE ((appointment_id IS NOT NULL) AND (linked_at IS NULL))
CREATE INDEX one_claim_at_a_time ON scheduling.claim USING gist (resource_id, seat, during)
CREATE UNIQUE INDEX one_feed_each ON scheduling.feed USING btree (person_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX patient_move_pkey ON scheduling.patient_move USING btree (id)
CREATE UNIQUE INDEX question_pkey ON scheduling.question USING btree (id)
CREATE UNIQUE INDEX question_visit_type_id_place_key ON scheduling.question USING btree (visit_type_id, place)
CREATE UNIQUE INDEX reason_pkey ON scheduling.reason USING btree (id)
CREATE UNIQUE INDEX reason_place_key ON scheduling.reason USING btree (place)
CREATE UNIQUE INDEX received_appointment_id_key ON scheduling.received USING btree (appointment_id)
CREATE INDEX received_by_day ON scheduling.received USING btree (starts_at)
CREATE INDEX received_by_link ON scheduling.received USING btree (source_patient)
CREATE INDEX received_by_patient ON scheduling.received USING btree (patient_id, starts_at)
CREATE UNIQUE INDEX received_pkey ON scheduling.received USING btree (id)
CREATE UNIQUE INDEX received_record_id_patient_id_key ON scheduling.received USING btree (record_id, patient_id)
CREATE UNIQUE INDEX received_told_pkey ON scheduling.received_told USING btree (visit_id, version, touch)
CREATE INDEX reminder_by_patient ON scheduling.reminder USING btree (patient_id)
CREATE UNIQUE INDEX reminder_pkey ON scheduling.reminder USING btree (appointment_id, version, touch)
CREATE UNIQUE INDEX resource_clinician_id_key ON scheduling.resource USING btree (clinician_id)
CREATE UNIQUE INDEX resource_pkey ON scheduling.resource USING btree (id)
CREATE UNIQUE INDEX screening_pkey ON scheduling.screening USING btree (id)
CREATE UNIQUE INDEX screening_reason_id_place_key ON scheduling.screening USING btree (reason_id, place)
CREATE INDEX special_day_by_resource ON scheduling.special_day USING btree (resource_id, day)
CREATE UNIQUE INDEX special_day_pkey ON scheduling.special_day USING btree (id)
CREATE UNIQUE INDEX third_open_pkey ON scheduling.third_open USING btree (day, resource_id, visit_type_id)
CREATE INDEX visit_link_by_appointment ON scheduling.visit_link USING btree (appointment_id)
CREATE UNIQUE INDEX visit_link_pkey ON scheduling.visit_link USING btree (id)
CREATE UNIQUE INDEX visit_link_token_hash_key ON scheduling.visit_link USING btree (token_hash)
CREATE UNIQUE INDEX visit_type_pkey ON scheduling.visit_type USING btree (id)
CREATE INDEX wait_by_patient ON scheduling.wait USING btree (patient_id)
CREATE INDEX wait_in_line ON scheduling.wait USING btree (since) WHERE (ended_at IS NULL)
CREATE INDEX wait_offer_accepted ON scheduling.wait_offer USING btree (resource_id, starts_at) WHERE (ended_why = 'accepted'::text)
CREATE INDEX wait_offer_by_patient ON scheduling.wait_offer USING btree (patient_id)
CREATE INDEX wait_offer_open ON scheduling.wait_offer USING btree (starts_at) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX wait_offer_pkey ON scheduling.wait_offer USING btree (id)
CREATE UNIQUE INDEX wait_offer_wait_id_starts_at_key ON scheduling.wait_offer USING btree (wait_id, starts_at)
CREATE UNIQUE INDEX wait_once_for_a_visit ON scheduling.wait USING btree (appointment_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX wait_pkey ON scheduling.wait USING btree (id)
CREATE UNIQUE INDEX wait_settings_pkey ON scheduling.wait_settings USING btree (one)
CREATE INDEX weekly_hours_by_resource ON scheduling.weekly_hours USING btree (resource_id)
CREATE UNIQUE INDEX weekly_hours_pkey ON scheduling.weekly_hours USING btree (id)
CREATE INDEX absence_by_person ON work.absence USING btree (person_id, ends_at) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX absence_pkey ON work.absence USING btree (id)
CREATE UNIQUE INDEX backup_clinician_pkey ON work.backup_clinician USING btree (is_the_one)
CREATE UNIQUE INDEX on_call_shift_pkey ON work.on_call_shift USING btree (id)
CREATE INDEX one_on_call_at_a_time ON work.on_call_shift USING gist (tstzrange(starts_at, ends_at))
CREATE INDEX page_due ON work.page USING btree (next_at) WHERE (next_at IS NOT NULL)
CREATE INDEX page_open ON work.page USING btree (opened_at) WHERE (called_at IS NULL)
CREATE UNIQUE INDEX page_pkey ON work.page USING btree (id)
CREATE UNIQUE INDEX page_task_id_key ON work.page USING btree (task_id)
CREATE UNIQUE INDEX patient_move_pkey ON work.patient_move USING btree (id)
CREATE INDEX task_by_patient ON work.task USING btree (patient_id, opened_at DESC) WHERE (patient_id IS NOT NULL)
CREATE UNIQUE INDEX task_one_open_per_subject ON work.task USING btree (kind, subject_type, subject_id) WHERE ((done_at IS NULL) AND (subject_id IS NOT NULL))
CREATE INDEX task_open_by_owner ON work.task USING btree (owner_id, due_at) WHERE (done_at IS NULL)
CREATE INDEX task_open_by_pool ON work.task USING btree (pool, due_at) WHERE (done_at IS NULL)
CREATE UNIQUE INDEX task_pkey ON work.task USING btree (id)
CREATE INDEX task_step_by_task ON work.task_step USING btree (task_id, at)
CREATE UNIQUE INDEX task_step_pkey ON work.task_step USING btree (id)
CREATE INDEX arrived_note_by_time ON writing.arrived_note USING btree (received_at)
CREATE INDEX arrived_note_open ON writing.arrived_note USING btree (author_id) WHERE (looked_at IS NULL)
CREATE UNIQUE INDEX arrived_note_pkey ON writing.arrived_note USING btree (resource_id, edition)
CREATE INDEX draft_of_patient ON writing.draft USING btree (patient_id, signed_at DESC) WHERE (signed_at IS NOT NULL)
CREATE INDEX draft_open ON writing.draft USING btree (author_id, changed_at DESC) WHERE (signed_at IS NULL)
CREATE UNIQUE INDEX draft_pkey ON writing.draft USING btree (id)
CREATE INDEX draft_to_file ON writing.draft USING btree (signed_at) WHERE ((signed_at IS NOT NULL) AND (filed_at IS NULL))
CREATE UNIQUE INDEX kept_term_pkey ON writing.kept_term USING btree (term)
CREATE INDEX mark_by_author ON writing.mark USING btree (author_id, at DESC)
CREATE UNIQUE INDEX mark_pkey ON writing.mark USING btree (draft_id, term, words)
CREATE INDEX note_figure_by_author ON writing.note_figure USING btree (author_id, signed_at DESC)
CREATE INDEX note_figure_by_time ON writing.note_figure USING btree (signed_at)
CREATE UNIQUE INDEX note_figure_pkey ON writing.note_figure USING btree (draft_id)

-- policies
accounts.activation add for insert
  check ( SELECT platform.changes_all('people'::text) AS changes_all)
accounts.activation change for update
  using ( SELECT platform.changes_all('people'::text) AS changes_all)
accounts.activation see for select
  using ( SELECT platform.sees_all('people'::text) AS sees_all)
accounts.care_invitation add for insert
  check 
CASE basis
    WHEN 'named-by-adult'::text THEN (patient_id = ANY (( SELECT platform.patients_changed('access-log'::text) AS patients_changed)::uuid[]))
    ELSE ((( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.changes_all('people'::text) AS changes_all) AND (made_by = ( SELECT platform.person_id() AS person_id)))
END
accounts.care_invitation change for update
  using 
CASE basis
    WHEN 'named-by-adult'::text THEN (patient_id = ANY (( SELECT platform.patients_changed('access-log'::text) AS patients_changed)::uuid[]))
    ELSE ((( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.changes_all('people'::text) AS changes_all))
END
accounts.care_invitation see for select
  using (( SELECT platform.sees_all('people'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('access-log'::text) AS patients_seen)::uuid[])))
accounts.passkey add for insert
  check (person_id = ( SELECT platform.person_id() AS person_id))
accounts.passkey change for update
  using (person_id = ( SELECT platform.person_id() AS person_id))
accounts.passkey remove for delete
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT accounts.gives_roles() AS gives_roles))
accounts.passkey see for select
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT accounts.gives_roles() AS gives_roles))
accounts.person add for insert
  check ( SELECT accounts.gives_roles() AS gives_roles)
accounts.person change for update
  using ((id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT accounts.gives_roles() AS gives_roles) OR (( SELECT platform.changes_all('people'::text) AS changes_all) AND (NOT (EXISTS ( SELECT
   FROM accounts.person_role r
  WHERE (r.person_id = person.id))))))
accounts.person remove for delete
  using ((id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.changes_all('people'::text) AS changes_all))
accounts.person see for select
  using ((id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.sees_all('people'::text) AS sees_all))
accounts.person_role add for insert
  check ( SELECT accounts.gives_roles() AS gives_roles)
accounts.person_role remove for delete
  using ( SELECT accounts.gives_roles() AS gives_roles)
accounts.person_role see for select
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.sees_all('people'::text) AS sees_all))
accounts.proxy add for insert
  check accounts.lets_in(person_id, patient_id)
accounts.proxy change for update
  using (( SELECT platform.changes_all('people'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('access-log'::text) AS patients_changed)::uuid[])))
  check ((revoked_at IS NOT NULL) OR accounts.lets_in(person_id, patient_id))
accounts.proxy see for select
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.sees_all('people'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('access-log'::text) AS patients_seen)::uuid[])))
accounts.recovery_code add for insert
  check (person_id = ( SELECT platform.person_id() AS person_id))
accounts.recovery_code change for update
  using (person_id = ( SELECT platform.person_id() AS person_id))
accounts.recovery_code remove for delete
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT accounts.gives_roles() AS gives_roles))
accounts.recovery_code see for select
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT accounts.gives_roles() AS gives_roles))
audit.event add for insert
  check ((actor_kind = ( SELECT platform.kind() AS kind)) AND (NOT (person_id IS DISTINCT FROM ( SELECT platform.person_id() AS person_id))) AND (NOT (job IS DISTINCT FROM ( SELECT platform.setting('job'::text) AS setting))))
audit.event see for select
  using (( SELECT platform.sees_all('audit'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('access-log'::text) AS patients_seen)::uuid[])))
audit.seal add for insert
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('audit'::text) AS changes_all))
audit.seal see for select
  using ( SELECT platform.sees_all('audit'::text) AS sees_all)
feedback.pulse add for insert
  check (( SELECT platform.changes_all('messages'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('messages'::text) AS patients_changed)::uuid[])))
feedback.pulse change for update
  using (( SELECT platform.changes_all('messages'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('messages'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('messages'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('messages'::text) AS patients_changed)::uuid[])))
feedback.pulse own_name for insert
  check (( SELECT platform.is_patient_side() AS is_patient_side) AND (person_id = ( SELECT platform.person_id() AS person_id)))
feedback.pulse remove for delete
  using (( SELECT platform.changes_all('messages'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('messages'::text) AS patients_changed)::uuid[])))
feedback.pulse see for select
  using ((person_id = ( SELECT platform.person_id() AS person_id)) AND ( SELECT platform.is_patient_side() AS is_patient_side))
feedback.reply add for insert
  check ((( SELECT platform.kind() AS kind) = 'staff'::text) AND (by_person = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.changes_all('messages'::text) AS changes_all) OR ( SELECT platform.sees_all('audit'::text) AS sees_all)) AND (EXISTS ( SELECT
   FROM feedback.report r
  WHERE (r.id = reply.report_id))))
feedback.reply see for select
  using (EXISTS ( SELECT
   FROM feedback.report r
  WHERE (r.id = reply.report_id)))
feedback.report add for insert
  check (( SELECT platform.changes_all('messages'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('messages'::text) AS patients_changed)::uuid[])))
feedback.report change for update
  using (( SELECT platform.changes_all('messages'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('messages'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('messages'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('messages'::text) AS patients_changed)::uuid[])))
feedback.report manager_changes for update
  using ((kind = ANY (ARRAY['wrong-person'::text, 'hurtful-words'::text])) AND (( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.sees_all('audit'::text) AS sees_all))
feedback.report manager_sees for select
  using ((kind = ANY (ARRAY['wrong-person'::text, 'hurtful-words'::text])) AND (( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.sees_all('audit'::text) AS sees_all))
feedback.report own_name for insert
  check (( SELECT platform.is_patient_side() AS is_patient_side) AND (sent_by = ( SELECT platform.person_id() AS person_id)) AND (closed_at IS NULL))
feedback.report practice_alone for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
feedback.report reach for select
  using ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) OR ((category = 'results'::text) AND (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[]))) OR ((category = 'notes'::text) AND (patient_id = ANY (( SELECT platform.patients_seen('notes'::text) AS patients_seen)::uuid[]))) OR ((category = 'record'::text) AND (patient_id = ANY (( SELECT platform.patients_seen('record'::text) AS patients_seen)::uuid[]))) OR ((category = 'identity'::text) AND (patient_id = ANY (( SELECT platform.patients_seen('identity'::text) AS patients_seen)::uuid[]))))
feedback.report remove for delete
  using (( SELECT platform.changes_all('messages'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('messages'::text) AS patients_changed)::uuid[])))
feedback.report see for select
  using (( SELECT platform.sees_all('messages'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('messages'::text) AS patients_seen)::uuid[])))
feedback.statement add for insert
  check (( SELECT platform.is_patient_side() AS is_patient_side) AND (by_person = ( SELECT platform.person_id() AS person_id)) AND (EXISTS ( SELECT
   FROM feedback.report r
  WHERE ((r.id = statement.report_id) AND (r.patient_id = ANY (( SELECT platform.patients_changed('messages'::text) AS patients_changed)::uuid[]))))))
feedback.statement see for select
  using (EXISTS ( SELECT
   FROM feedback.report r
  WHERE (r.id = statement.report_id)))
feeds.message add for insert
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
feeds.message change for update
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
feeds.message see for select
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.sees_all('import'::text) AS sees_all))
notices.any_time add for insert
  check ((set_by = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[]))))
notices.any_time change for update
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])))
notices.any_time see for select
  using (( SELECT platform.sees_all('results'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])))
notices.choice add for insert
  check (( SELECT platform.changes_all('people'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('access-log'::text) AS patients_changed)::uuid[])))
notices.choice change for update
  using (( SELECT platform.changes_all('people'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('access-log'::text) AS patients_changed)::uuid[])))
notices.choice see for select
  using (( SELECT platform.sees_all('people'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('access-log'::text) AS patients_seen)::uuid[])))
notices.code sweep for delete
  using (platform.setting('job'::text) = 'notices.sweep'::text)
notices.code sweep_look for select
  using (platform.setting('job'::text) = 'notices.sweep'::text)
notices.consent add for insert
  check (( SELECT platform.changes_all('people'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('access-log'::text) AS patients_changed)::uuid[])))
notices.consent hear for insert
  check (platform.setting('job'::text) = 'notices.hear'::text)
notices.consent see for select
  using (( SELECT platform.sees_all('people'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('access-log'::text) AS patients_seen)::uuid[])))
notices.consent see_shared for select
  using ((patient_id IS NULL) AND (EXISTS ( SELECT
   FROM notices.reach r
  WHERE ((r.kind = consent.kind) AND (r.address = consent.address) AND (r.ended_at IS NULL)))))
notices.heard add for insert
  check (platform.setting('job'::text) = 'notices.hear'::text)
notices.heard change for update
  using (platform.setting('job'::text) = ANY (ARRAY['notices.hear'::text, 'platform.rotate-keys'::text]))
notices.heard see for select
  using (( SELECT platform.sees_all('messages'::text) AS sees_all) OR ( SELECT platform.sees_all('people'::text) AS sees_all) OR (platform.setting('job'::text) = 'platform.rotate-keys'::text))
notices.point change for update
  using ( SELECT platform.changes_all('outbox'::text) AS changes_all)
notices.point see for select
  using ( SELECT platform.sees_all('outbox'::text) AS sees_all)
notices.reach change for update
  using (( SELECT platform.changes_all('people'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('access-log'::text) AS patients_changed)::uuid[])))
notices.reach hear for update
  using (platform.setting('job'::text) = 'notices.hear'::text)
notices.reach see for select
  using (( SELECT platform.sees_all('people'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('access-log'::text) AS patients_seen)::uuid[])))
notices.silence add for insert
  check ( SELECT platform.changes_all('people'::text) AS changes_all)
notices.silence change for update
  using ( SELECT platform.changes_all('people'::text) AS changes_all)
notices.silence see for select
  using (( SELECT platform.sees_all('people'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('access-log'::text) AS patients_seen)::uuid[])))
notices.telling add for insert
  check ((set_by = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[]))))
notices.telling change for update
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])))
notices.telling see for select
  using (( SELECT platform.sees_all('results'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])))
platform.access_grant add for insert
  check 
CASE source
    WHEN 'role'::text THEN ( SELECT accounts.gives_roles() AS gives_roles)
    WHEN 'proxy'::text THEN (accounts.lets_in(person_id, patient_id) AND (((verb = 'see'::text) AND (category = ANY (ARRAY['identity'::text, 'results'::text, 'notes'::text, 'record'::text, 'appointments'::text, 'messages'::text, 'billing'::text]))) OR ((verb = 'change'::text) AND (category = ANY (ARRAY['appointments'::text, 'messages'::text])))))
    WHEN 'self'::text THEN ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('people'::text) AS changes_all))
    ELSE false
END
platform.access_grant change for update
  using 
CASE
    WHEN (source = 'role'::text) THEN ( SELECT accounts.gives_roles() AS gives_roles)
    ELSE (( SELECT platform.changes_all('people'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('access-log'::text) AS patients_changed)::uuid[])))
END
  check ((revoked_at IS NOT NULL) OR ((source = 'role'::text) AND ( SELECT accounts.gives_roles() AS gives_roles)) OR ((source = 'proxy'::text) AND accounts.lets_in(person_id, patient_id)))
platform.access_grant see for select
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.sees_all('people'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('access-log'::text) AS patients_seen)::uuid[])))
platform.file add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
platform.file change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
platform.file remove for delete
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND (( SELECT platform.setting('job'::text) AS setting) = 'platform.sweep-files'::text))
platform.file see for select
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
platform.idempotency own for all
  using (actor = ( SELECT platform.actor_key() AS actor_key))
  check (actor = ( SELECT platform.actor_key() AS actor_key))
platform.idempotency sweep for delete
  using (platform.setting('job'::text) = 'platform.sweep'::text)
platform.idempotency sweep_look for select
  using (platform.setting('job'::text) = 'platform.sweep'::text)
platform.mail change for update
  using ( SELECT platform.changes_all('outbox'::text) AS changes_all)
  check ( SELECT platform.changes_all('outbox'::text) AS changes_all)
platform.mail see for select
  using (( SELECT platform.sees_all('outbox'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('access-log'::text) AS patients_seen)::uuid[])))
platform.session change for update
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT accounts.gives_roles() AS gives_roles))
platform.session remove for delete
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND (( SELECT platform.setting('job'::text) AS setting) = 'platform.sweep'::text))
platform.session see for select
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT accounts.gives_roles() AS gives_roles) OR ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.sees_all('people'::text) AS sees_all)))
practice.clinician add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.clinician change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.clinician remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.clinician see for select
  using true
practice.clinician_location add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.clinician_location change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.clinician_location remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.clinician_location see for select
  using true
practice.core_value add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.core_value change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.core_value remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.core_value see for select
  using true
practice.exception_day add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.exception_day change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.exception_day remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.exception_day see for select
  using true
practice.insurance_plan add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.insurance_plan change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.insurance_plan remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.insurance_plan see for select
  using true
practice.location add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.location change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.location remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.location see for select
  using true
practice.notice add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.notice change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.notice remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.notice see for select
  using true
practice.opening_period add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.opening_period change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.opening_period remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.opening_period see for select
  using true
practice.picture add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.picture change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.picture remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.picture see for select
  using true
practice.picture_form add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.picture_form change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.picture_form remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.picture_form see for select
  using true
practice.profile add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.profile change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.profile remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.profile see for select
  using true
practice.service add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.service change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.service remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
practice.service see for select
  using true
records.comment add for insert
  check (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.comment change for update
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.comment remove for delete
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.comment see for select
  using (( SELECT platform.sees_all('results'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])))
records.fact add for insert
  check (( SELECT platform.changes_all('record'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('record'::text) AS patients_changed)::uuid[])))
records.fact change for update
  using (( SELECT platform.changes_all('record'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('record'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('record'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('record'::text) AS patients_changed)::uuid[])))
records.fact remove for delete
  using (( SELECT platform.changes_all('record'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('record'::text) AS patients_changed)::uuid[])))
records.fact see for select
  using (( SELECT platform.sees_all('record'::text) AS sees_all) OR ((patient_id = ANY (( SELECT platform.patients_seen('record'::text) AS patients_seen)::uuid[])) AND ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) OR (true AND (visible_at <= ( SELECT platform.now() AS now)) AND (NOT is_restricted)))))
records.life add for insert
  check (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.life change for update
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.life remove for delete
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.life see for select
  using (( SELECT platform.sees_all('results'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])))
records.match_question add for insert
  check ( SELECT platform.changes_all('import'::text) AS changes_all)
records.match_question change for update
  using ( SELECT platform.changes_all('import'::text) AS changes_all)
  check ( SELECT platform.changes_all('import'::text) AS changes_all)
records.match_question see for select
  using ( SELECT platform.sees_all('import'::text) AS sees_all)
records.merge add for insert
  check ( SELECT platform.changes_all('import'::text) AS changes_all)
records.merge change for update
  using ( SELECT platform.changes_all('import'::text) AS changes_all)
  check ( SELECT platform.changes_all('import'::text) AS changes_all)
records.merge see for select
  using ( SELECT platform.sees_all('import'::text) AS sees_all)
records.note add for insert
  check (( SELECT platform.changes_all('notes'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('notes'::text) AS patients_changed)::uuid[])))
records.note change for update
  using (( SELECT platform.changes_all('notes'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('notes'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('notes'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('notes'::text) AS patients_changed)::uuid[])))
records.note remove for delete
  using (( SELECT platform.changes_all('notes'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('notes'::text) AS patients_changed)::uuid[])))
records.note see for select
  using (( SELECT platform.sees_all('notes'::text) AS sees_all) OR ((patient_id = ANY (( SELECT platform.patients_seen('notes'::text) AS patients_seen)::uuid[])) AND ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) OR (true AND (visible_at <= ( SELECT platform.now() AS now)) AND (NOT is_restricted)))))
records.parked add for insert
  check ( SELECT platform.changes_all('import'::text) AS changes_all)
records.parked change for update
  using ( SELECT platform.changes_all('import'::text) AS changes_all)
  check ( SELECT platform.changes_all('import'::text) AS changes_all)
records.parked see for select
  using ( SELECT platform.sees_all('import'::text) AS sees_all)
records.patient add for insert
  check ( SELECT platform.changes_all('identity'::text) AS changes_all)
records.patient change for update
  using ( SELECT platform.changes_all('identity'::text) AS changes_all)
records.patient remove for delete
  using (( SELECT platform.changes_all('identity'::text) AS changes_all) OR (id = ANY (( SELECT platform.patients_changed('identity'::text) AS patients_changed)::uuid[])))
records.patient see for select
  using (( SELECT platform.sees_all('identity'::text) AS sees_all) OR (id = ANY (( SELECT platform.patients_seen('identity'::text) AS patients_seen)::uuid[])))
records.reading_help own for all
  using (( SELECT platform.is_patient_side() AS is_patient_side) AND (person_id = ( SELECT platform.person_id() AS person_id)))
  check (( SELECT platform.is_patient_side() AS is_patient_side) AND (person_id = ( SELECT platform.person_id() AS person_id)))
records.resource add for insert
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
records.resource change for update
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
records.resource see for select
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.sees_all('import'::text) AS sees_all))
records.result add for insert
  check (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.result change for update
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.result remove for delete
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.result see for select
  using (( SELECT platform.sees_all('results'::text) AS sees_all) OR ((patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])) AND ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) OR (true AND (visible_at <= ( SELECT platform.now() AS now)) AND (NOT is_restricted)))))
records.said_join add for insert
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
records.said_join change for update
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
records.said_join see for select
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.sees_all('import'::text) AS sees_all))
records.source_patient add for insert
  check ( SELECT platform.changes_all('import'::text) AS changes_all)
records.source_patient change for update
  using ( SELECT platform.changes_all('import'::text) AS changes_all)
records.source_patient remove for delete
  using (( SELECT platform.changes_all('identity'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('identity'::text) AS patients_changed)::uuid[])))
records.source_patient see for select
  using (( SELECT platform.sees_all('identity'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('identity'::text) AS patients_seen)::uuid[])))
records.test_order add for insert
  check (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.test_order change for update
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.test_order remove for delete
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('results'::text) AS patients_changed)::uuid[])))
records.test_order see for select
  using (( SELECT platform.sees_all('results'::text) AS sees_all) OR ((patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])) AND ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) OR (true AND (visible_at <= ( SELECT platform.now() AS now)) AND (NOT is_restricted)))))
records.version add for insert
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
records.version change for update
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('import'::text) AS changes_all))
records.version see for select
  using ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.sees_all('import'::text) AS sees_all))
release.agreement add for insert
  check ((made_by = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[]))))
release.agreement change for update
  using (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])))
release.agreement see for select
  using (( SELECT platform.sees_all('results'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])))
release.finding add for insert
  check (( SELECT platform.changes_all('results'::text) AS changes_all) AND (( SELECT platform.kind() AS kind) = 'staff'::text) AND (found_by = ( SELECT platform.person_id() AS person_id)))
release.finding change for update
  using (( SELECT platform.changes_all('results'::text) AS changes_all) AND (( SELECT platform.kind() AS kind) = 'staff'::text))
release.finding see for select
  using (( SELECT platform.sees_all('results'::text) AS sees_all) AND (( SELECT platform.kind() AS kind) = ANY (ARRAY['staff'::text, 'system'::text])))
release.wish add for insert
  check ((made_by = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.changes_all('results'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[]))))
release.wish see for select
  using (( SELECT platform.sees_all('results'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('results'::text) AS patients_seen)::uuid[])))
review.standing_rule add for insert
  check ( SELECT platform.changes_all('results'::text) AS changes_all)
review.standing_rule change for update
  using ( SELECT platform.changes_all('results'::text) AS changes_all)
  check ( SELECT platform.changes_all('results'::text) AS changes_all)
review.standing_rule see for select
  using ( SELECT platform.sees_all('results'::text) AS sees_all)
review.template add for insert
  check ( SELECT platform.changes_all('results'::text) AS changes_all)
review.template change for update
  using ( SELECT platform.changes_all('results'::text) AS changes_all)
  check ( SELECT platform.changes_all('results'::text) AS changes_all)
review.template remove for delete
  using ( SELECT platform.changes_all('results'::text) AS changes_all)
review.template see for select
  using ( SELECT platform.sees_all('results'::text) AS sees_all)
scheduling.answer add for insert
  check (EXISTS ( SELECT
   FROM scheduling.appointment a
  WHERE ((a.id = answer.appointment_id) AND (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (a.patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[]))))))
scheduling.answer see for select
  using (EXISTS ( SELECT
   FROM scheduling.appointment a
  WHERE (a.id = answer.appointment_id)))
scheduling.appointment add for insert
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.appointment change for update
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.appointment patients_change for update
  using ((NOT ( SELECT scheduling.is_asker() AS is_asker)) OR (status = ANY (ARRAY['requested'::text, 'booked'::text])))
  check ((NOT ( SELECT scheduling.is_asker() AS is_asker)) OR (status = ANY (ARRAY['requested'::text, 'booked'::text, 'cancelled'::text])))
scheduling.appointment patients_own for insert
  check ((NOT ( SELECT scheduling.is_asker() AS is_asker)) OR ((extra_seat_because IS NULL) AND (NOT (booked_by IS DISTINCT FROM ( SELECT platform.person_id() AS person_id))) AND ((status = 'requested'::text) OR ((status = 'booked'::text) AND (NOT scheduling.must_ask(visit_type_id))))))
scheduling.appointment remove for delete
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.appointment see for select
  using (( SELECT platform.sees_all('appointments'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('appointments'::text) AS patients_seen)::uuid[])))
scheduling.appointment_step add for insert
  check ((NOT (by_person IS DISTINCT FROM ( SELECT platform.person_id() AS person_id))) AND (EXISTS ( SELECT
   FROM scheduling.appointment a
  WHERE ((a.id = appointment_step.appointment_id) AND (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (a.patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))))))
scheduling.appointment_step see for select
  using (EXISTS ( SELECT
   FROM scheduling.appointment a
  WHERE (a.id = appointment_step.appointment_id)))
scheduling.block add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.block change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.block remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.block see for select
  using true
scheduling.calendar add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.calendar change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.calendar remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.calendar see for select
  using true
scheduling.claim add for insert
  check scheduling.may_claim(booking_id)
scheduling.claim change for update
  using scheduling.may_claim(booking_id)
  check scheduling.may_claim(booking_id)
scheduling.claim remove for delete
  using ((expires_at <= ( SELECT platform.now() AS now)) OR scheduling.may_claim(booking_id))
scheduling.claim see for select
  using true
scheduling.copy_line add for insert
  check scheduling.may_claim(appointment_id)
scheduling.copy_line begun_open for insert
  check (done_at IS NULL)
scheduling.copy_line change for update
  using scheduling.may_claim(appointment_id)
  check scheduling.may_claim(appointment_id)
scheduling.copy_line not_copied for update
  check ((NOT ( SELECT scheduling.is_asker() AS is_asker)) OR ((done_by IS NULL) AND (done_because IS DISTINCT FROM 'copied'::text) AND (done_because IS DISTINCT FROM 'ehr'::text)))
scheduling.copy_line see for select
  using (EXISTS ( SELECT
   FROM scheduling.appointment a
  WHERE (a.id = copy_line.appointment_id)))
scheduling.day_measure add for insert
  check (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.day_measure change for update
  using (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.day_measure remove for delete
  using (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.day_measure see for select
  using ((( SELECT platform.kind() AS kind) = 'staff'::text) OR (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text))
scheduling.day_refill add for insert
  check (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.day_refill change for update
  using (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.day_refill remove for delete
  using (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.day_refill see for select
  using ((( SELECT platform.kind() AS kind) = 'staff'::text) OR (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text))
scheduling.elsewhere add for insert
  check ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) AND ( SELECT platform.changes_all('appointments'::text) AS changes_all))
scheduling.elsewhere remove for delete
  using ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) AND ( SELECT platform.changes_all('appointments'::text) AS changes_all))
scheduling.elsewhere see for select
  using true
scheduling.feed add for insert
  check ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.changes_all('people'::text) AS changes_all))
scheduling.feed change for update
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.changes_all('people'::text) AS changes_all))
  check ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.changes_all('people'::text) AS changes_all))
scheduling.feed own_change for update
  using (person_id = ( SELECT platform.person_id() AS person_id))
scheduling.feed own_name for insert
  check (person_id = ( SELECT platform.person_id() AS person_id))
scheduling.feed remove for delete
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.changes_all('people'::text) AS changes_all))
scheduling.feed see for select
  using ((person_id = ( SELECT platform.person_id() AS person_id)) OR ( SELECT platform.sees_all('people'::text) AS sees_all))
scheduling.feed_details add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.feed_details change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.feed_details remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.feed_details see for select
  using true
scheduling.hold add for insert
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.hold change for update
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.hold own_name for insert
  check (NOT (person_id IS DISTINCT FROM ( SELECT platform.person_id() AS person_id)))
scheduling.hold remove for delete
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.hold see for select
  using (( SELECT platform.sees_all('appointments'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('appointments'::text) AS patients_seen)::uuid[])))
scheduling.let_go add for insert
  check scheduling.may_claim(booking_id)
scheduling.let_go see for select
  using (( SELECT platform.kind() AS kind) = ANY (ARRAY['staff'::text, 'system'::text]))
scheduling.measured add for insert
  check (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.measured change for update
  using (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.measured remove for delete
  using (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.measured see for select
  using ((( SELECT platform.kind() AS kind) = 'staff'::text) OR (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text))
scheduling.need add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.need change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.need remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.need see for select
  using true
scheduling.newcomer add for insert
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.newcomer change for update
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.newcomer not_patients for all
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.newcomer remove for delete
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.newcomer see for select
  using (( SELECT platform.sees_all('appointments'::text) AS sees_all) OR (id = ANY (( SELECT platform.patients_seen('appointments'::text) AS patients_seen)::uuid[])))
scheduling.question add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.question change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.question remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.question see for select
  using true
scheduling.reason add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.reason change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.reason remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.reason see for select
  using true
scheduling.received add for insert
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.received change for update
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.received not_patients for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.received remove for delete
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.received see for select
  using (( SELECT platform.sees_all('appointments'::text) AS sees_all) OR ((patient_id = ANY (( SELECT platform.patients_seen('appointments'::text) AS patients_seen)::uuid[])) AND ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) OR (true AND (NOT is_restricted)))))
scheduling.received sent_in for insert
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND (NOT ( SELECT platform.is_patient_side() AS is_patient_side)))
scheduling.received_told add for insert
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.sees_all('appointments'::text) AS sees_all))
scheduling.received_told see for select
  using (EXISTS ( SELECT
   FROM scheduling.received r
  WHERE (r.id = received_told.visit_id)))
scheduling.reminder add for insert
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.sees_all('appointments'::text) AS sees_all))
scheduling.reminder see for select
  using (( SELECT platform.sees_all('appointments'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('appointments'::text) AS patients_seen)::uuid[])))
scheduling.resource add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.resource change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.resource remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.resource see for select
  using true
scheduling.screening add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.screening change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.screening remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.screening see for select
  using true
scheduling.special_day add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.special_day change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.special_day remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.special_day see for select
  using true
scheduling.third_open add for insert
  check (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.third_open change for update
  using (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.third_open remove for delete
  using (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text)
scheduling.third_open see for select
  using ((( SELECT platform.kind() AS kind) = 'staff'::text) OR (( SELECT platform.setting('job'::text) AS setting) = 'scheduling.measure'::text))
scheduling.visit_link see for select
  using (( SELECT platform.sees_all('people'::text) AS sees_all) OR (platform.setting('job'::text) = 'scheduling.sweep'::text))
scheduling.visit_link sweep for delete
  using (platform.setting('job'::text) = 'scheduling.sweep'::text)
scheduling.visit_type add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.visit_type change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.visit_type remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.visit_type see for select
  using true
scheduling.wait add for insert
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.wait change for update
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.wait patients_own for insert
  check ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) OR ((appointment_id IS NOT NULL) AND (priority = 0) AND (reason = ''::text) AND (ended_at IS NULL) AND (added_by = ( SELECT platform.person_id() AS person_id))))
scheduling.wait remove for delete
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.wait see for select
  using (( SELECT platform.sees_all('appointments'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('appointments'::text) AS patients_seen)::uuid[])))
scheduling.wait_offer add for insert
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.wait_offer change for update
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.wait_offer made_by_the_job for insert
  check (( SELECT platform.kind() AS kind) = 'system'::text)
scheduling.wait_offer patients_answer for update
  using ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) OR (ended_at IS NULL))
  check ((NOT ( SELECT platform.is_patient_side() AS is_patient_side)) OR (ended_why = ANY (ARRAY['accepted'::text, 'declined'::text, 'withdrawn'::text])))
scheduling.wait_offer remove for delete
  using (( SELECT platform.changes_all('appointments'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('appointments'::text) AS patients_changed)::uuid[])))
scheduling.wait_offer see for select
  using (( SELECT platform.sees_all('appointments'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('appointments'::text) AS patients_seen)::uuid[])))
scheduling.wait_settings add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.wait_settings change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.wait_settings remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.wait_settings see for select
  using true
scheduling.weekly_hours add for insert
  check (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.weekly_hours change for update
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.weekly_hours remove for delete
  using (NOT ( SELECT platform.is_patient_side() AS is_patient_side))
scheduling.weekly_hours see for select
  using true
work.absence add for insert
  check ( SELECT platform.changes_all('work'::text) AS changes_all)
work.absence change for update
  using ( SELECT platform.changes_all('work'::text) AS changes_all)
  check ( SELECT platform.changes_all('work'::text) AS changes_all)
work.absence see for select
  using ( SELECT platform.sees_all('work'::text) AS sees_all)
work.backup_clinician add for insert
  check ( SELECT platform.changes_all('work'::text) AS changes_all)
work.backup_clinician change for update
  using ( SELECT platform.changes_all('work'::text) AS changes_all)
  check ( SELECT platform.changes_all('work'::text) AS changes_all)
work.backup_clinician see for select
  using ( SELECT platform.sees_all('work'::text) AS sees_all)
work.on_call_shift plan for all
  using ( SELECT platform.changes_all('work'::text) AS changes_all)
  check ( SELECT platform.changes_all('work'::text) AS changes_all)
work.on_call_shift see for select
  using ( SELECT platform.sees_all('work'::text) AS sees_all)
work.page change for update
  using ( SELECT platform.changes_all('work'::text) AS changes_all)
  check ( SELECT platform.changes_all('work'::text) AS changes_all)
work.page see for select
  using ( SELECT platform.sees_all('work'::text) AS sees_all)
work.task add for insert
  check (( SELECT platform.changes_all('work'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('work'::text) AS patients_changed)::uuid[])))
work.task change for update
  using (( SELECT platform.changes_all('work'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('work'::text) AS patients_changed)::uuid[])))
  check (( SELECT platform.changes_all('work'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('work'::text) AS patients_changed)::uuid[])))
work.task remove for delete
  using (( SELECT platform.changes_all('work'::text) AS changes_all) OR (patient_id = ANY (( SELECT platform.patients_changed('work'::text) AS patients_changed)::uuid[])))
work.task see for select
  using (( SELECT platform.sees_all('work'::text) AS sees_all) OR (patient_id = ANY (( SELECT platform.patients_seen('work'::text) AS patients_seen)::uuid[])))
work.task_step add for insert
  check ( SELECT platform.changes_all('work'::text) AS changes_all)
work.task_step see for select
  using ( SELECT platform.sees_all('work'::text) AS sees_all)
writing.arrived_note add for insert
  check ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.sees_all('notes'::text) AS sees_all))
writing.arrived_note look for update
  using ((author_id = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.changes_all('notes'::text) AS changes_all))
writing.arrived_note see for select
  using (( SELECT platform.sees_all('notes'::text) AS sees_all) AND ((( SELECT platform.kind() AS kind) = 'system'::text) OR ((author_id = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.kind() AS kind) = 'staff'::text))))
writing.draft add for insert
  check (( SELECT platform.changes_all('notes'::text) AS changes_all) AND (author_id = ( SELECT platform.person_id() AS person_id)))
writing.draft change for update
  using ((( SELECT platform.changes_all('notes'::text) AS changes_all) AND (author_id = ( SELECT platform.person_id() AS person_id)) AND (signed_at IS NULL)) OR ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('notes'::text) AS changes_all)))
  check ( SELECT platform.changes_all('notes'::text) AS changes_all)
writing.draft remove for delete
  using (( SELECT platform.changes_all('notes'::text) AS changes_all) AND (author_id = ( SELECT platform.person_id() AS person_id)) AND (signed_at IS NULL))
writing.draft see for select
  using (( SELECT platform.sees_all('notes'::text) AS sees_all) AND ((author_id = ( SELECT platform.person_id() AS person_id)) OR ((signed_at IS NOT NULL) AND (( SELECT platform.kind() AS kind) = 'staff'::text)) OR ((( SELECT platform.kind() AS kind) = 'system'::text) AND ( SELECT platform.changes_all('notes'::text) AS changes_all))))
writing.mark add for insert
  check ((author_id = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.changes_all('notes'::text) AS changes_all) AND (EXISTS ( SELECT
   FROM writing.draft d
  WHERE ((d.id = mark.draft_id) AND (d.author_id = ( SELECT platform.person_id() AS person_id))))))
writing.mark remove for delete
  using ((author_id = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.changes_all('notes'::text) AS changes_all))
writing.mark see for select
  using ((author_id = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.sees_all('notes'::text) AS sees_all))
writing.note_figure add for insert
  check ((author_id = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.changes_all('notes'::text) AS changes_all) AND (EXISTS ( SELECT
   FROM writing.draft d
  WHERE ((d.id = note_figure.draft_id) AND (d.author_id = ( SELECT platform.person_id() AS person_id))))))
writing.note_figure see for select
  using ((author_id = ( SELECT platform.person_id() AS person_id)) AND (( SELECT platform.kind() AS kind) = 'staff'::text) AND ( SELECT platform.sees_all('notes'::text) AS sees_all))

-- functions
accounts.at_the_door() returns void [242d5dbae6a201bb256449af9c07682b]
accounts.begin_care(uuid,uuid) returns void [9a791fd46dae03ffea549421f7b53631]
accounts.carry(uuid,uuid,uuid[],uuid[],uuid[],uuid[]) returns void [8288b36aff09b31d87f15f4a854773ff]
accounts.door_accept_care(bytea,bytea) SECURITY DEFINER returns uuid [b2dc98f62ccbdb3bb6eb2be16b9e0168]
accounts.door_activate(bytea,date,text,text) SECURITY DEFINER returns uuid [1caf9b6d7fc121d3bf9eb37ee2897036]
accounts.door_by_email(text) SECURITY DEFINER returns TABLE(id uuid, name text, sign_in_name text, locale text) [a1bba44e0a1841218dd50a8ba196ffb4]
accounts.door_care_is_live(bytea) SECURITY DEFINER returns boolean [4d95f76c336031139d8e5f767eebd27b]
accounts.door_caregivers() SECURITY DEFINER returns TABLE(id uuid, person_id uuid, name text, basis text, ends_at timestamp with time zone) [79cc95006599b7bcbcc98e4ebb12e853]
accounts.door_carry_back(uuid,uuid) SECURITY DEFINER returns uuid[] [a05606903c1ea14d4ac5090cbbca3b82]
accounts.door_carry_over(uuid,uuid,uuid) SECURITY DEFINER returns TABLE(reason text, persons uuid[]) [1ed324189a1562e2bfa12b04776317c6]
accounts.door_check_activation(bytea,date) SECURITY DEFINER returns TABLE(id uuid, patient_id uuid, name text, email text, locale text, existing_person uuid) [6ed95e4bcc49cd923f3e6ae80f00f033]
accounts.door_check_care(bytea,bytea) SECURITY DEFINER returns TABLE(id uuid, patient_id uuid, name text, email text, needs_name boolean, ends_at timestamp with time zone, made_by uuid) [9732a1e846666083f70505f037a489a9]
accounts.door_email_of(uuid) SECURITY DEFINER returns text [ae6e44cc6998db23ebab9057524ba2df]
accounts.door_end_session(bytea,text) SECURITY DEFINER returns void [a9f9a13358e8eeb6fd4e726a45ed8c07]
accounts.door_end_sessions_of(uuid,text) SECURITY DEFINER returns void [ed68c286d775baae3e17869a8ae66cf8]
accounts.door_failed(uuid) SECURITY DEFINER returns integer [8c22af38ca03f6f3cf798de24783da42]
accounts.door_find(text) SECURITY DEFINER returns TABLE(id uuid, password_hash text, has_totp boolean, passkeys bigint, roles text[], is_disabled boolean) [c3a2e961662b005b2337cec4c104592f]
accounts.door_make_token(bytea,text,uuid,text,timestamp with time zone) SECURITY DEFINER returns void [e173a80735f533bed69481af6bafab0d]
accounts.door_names_of_lookers(uuid[]) SECURITY DEFINER returns TABLE(id uuid, name text, roles text[]) [92dde244a5e0a67a743a49baf8cefb0a]
accounts.door_open_care(bytea,bytea,text,text,text,text) SECURITY DEFINER returns uuid [af4f0d0b84ea5c5ae8bff6d5f55b9c91]
accounts.door_passkey(text) SECURITY DEFINER returns TABLE(id text, person_id uuid, public_key bytea, counter bigint, transports text[]) [6889459aa7d2616e6336f478e4aa0c9d]
accounts.door_passkey_used(text,bigint) SECURITY DEFINER returns void [7352d237299a2ab4817b3f0a941f16c5]
accounts.door_person(uuid) SECURITY DEFINER returns TABLE(id uuid, name text, email text, locale text, patient_id uuid, roles text[], totp_secret bytea, totp_last_step bigint, passkeys bigint, is_disabled boolean, password_hash text, acts_for uuid[]) [86053e548a343e78a88b77ff420bb630]
accounts.door_prove_session(bytea,boolean) SECURITY DEFINER returns void [5b659bac14c232a181c5c84cd21edf47]
accounts.door_read_token(bytea,text) SECURITY DEFINER returns TABLE(person_id uuid, value text, tries integer) [cf0afb55f89f8085d100bae7b9295a1a]
accounts.door_set_password(uuid,text) SECURITY DEFINER returns void [1cd1edb1eef17c486c2e1d4eebddb155]
accounts.door_shut_account(uuid) SECURITY DEFINER returns uuid [7b64e55b8092307f7c5e35d19805ec26]
accounts.door_start_session(bytea,uuid,uuid,text,boolean,text,timestamp with time zone) SECURITY DEFINER returns uuid [a22cb313bdc4809963f13285f72b5b30]
accounts.door_succeeded(uuid) SECURITY DEFINER returns void [12650634b4efbc17cb029277dc6e957f]
accounts.door_sweep() SECURITY DEFINER returns bigint [18d90893536c84a9509b41bca7456ac6]
accounts.door_try_code(uuid) SECURITY DEFINER returns integer [ae48149483143244c6d32a8485b802e8]
accounts.door_use_recovery_code(uuid,bytea) SECURITY DEFINER returns boolean [c1ef78ceb8d06821a5b10a53ef8036e5]
accounts.door_use_token(bytea,text) SECURITY DEFINER returns TABLE(person_id uuid, value text) [20c046a6c07acbec16a7183a2e8d88ce]
accounts.door_use_totp_step(uuid,bigint) SECURITY DEFINER returns boolean [356962fbafb026a63e7370d1cf9fadf1]
accounts.door_way_in(uuid) SECURITY DEFINER returns TABLE(person_id uuid, email text, sign_in_name text, is_disabled boolean, has_passkey boolean, has_app boolean, failures integer, letter_until timestamp with time zone, works_here boolean) [82fac16d4a6dc8c3a718462e85fbbefd]
accounts.door_whom_i_help() SECURITY DEFINER returns TABLE(patient_id uuid, name text, basis text) [00d50d880bfa6516615fc0cb4de15847]
accounts.gives_roles() SECURITY DEFINER returns boolean [412ad016785286be53b5e7ef4058344d]
accounts.grant_self(uuid,uuid) returns void [557b7c40cfc68b943bb26f957902f18a]
accounts.lets_in(uuid,uuid) returns boolean [bb3022bf4c6aad3df48c3c5d8b1d2e5b]
accounts.must_be_theirs(uuid) returns void [c5d80f3308399d395fb32236b70c323b]
accounts.own_way_in() returns trigger [f48fe96ffb23c98b2b51bae487eae78f]
accounts.proxy_ended() SECURITY DEFINER returns trigger [6f5e5581f96105626a5927f9518430f4]
accounts.session_roles() SECURITY DEFINER returns trigger [bd0be44ca509c29ebeeeda6f4323ad55]
accounts.ways_changed() SECURITY DEFINER returns trigger [d1c53efc3107659b9afd22ed1f5c6b81]
accounts.ways_to(uuid) returns TABLE(kind text, id uuid, person_id uuid) [fd02c53b0488116ba1b96f3139b949a8]
feedback.door_carry_back(uuid,uuid,uuid[]) SECURITY DEFINER returns void [d7261ee2d184723c5b6637e0cb49ecc7]
feedback.door_carry_over(uuid,uuid,uuid) SECURITY DEFINER returns void [147760edfc8d4e3e4eeab332765409e2]
feedback.door_pulse_counts(timestamp with time zone) SECURITY DEFINER returns TABLE(question text, answer text, times bigint) [467d4b30160c69bb776751588d044267]
feeds.door_aside(text) SECURITY DEFINER returns TABLE(id uuid, format text, received_at timestamp with time zone, reason text, is_fault boolean) [2696dc5127a3658bf72e22f939cac44d]
feeds.door_read_message(uuid) SECURITY DEFINER returns TABLE(source text, format text, received_at timestamp with time zone, reason text, raw bytea) [785dd044f7b6c27c612f63cd0cc10846]
feeds.door_senders() SECURITY DEFINER returns TABLE(source text, last_at timestamp with time zone, day_count bigint, waiting bigint, aside bigint, faults bigint) [7ab28455a63365cffa7cf75b59842725]
jobs.enqueue(text,jsonb,timestamp with time zone,text,integer) SECURITY DEFINER returns bigint [db354f2a60cf9692979b35d8a566a161]
jobs.is_under_way(text) SECURITY DEFINER returns boolean [4070f29c0686106293d1c2faa263653c]
jobs.listed() SECURITY DEFINER returns TABLE(id bigint, task text, run_at timestamp with time zone, attempts integer, max_attempts integer, last_error text, created_at timestamp with time zone, is_running boolean) [6e3587fcffb0dfcfde0ac150895d3ca9]
jobs.retry(bigint) SECURITY DEFINER returns boolean [9fb1d3aa13888fe77960b06d4ec1d6d9]
notices.answers(text) returns boolean [47824e8668d6274fcd869b8978433b0f]
notices.door_add_reach(uuid,text,text,text,uuid) SECURITY DEFINER returns uuid [28c5f97a6c135a6a32cdddb9b22727dd]
notices.door_answered(uuid,text) SECURITY DEFINER returns void [d528f3408ec53b82cc59e0da562c0635]
notices.door_asked_by_text(text) SECURITY DEFINER returns TABLE(patient_id uuid, visit_id uuid, asked_at timestamp with time zone) [419a4bfdbc9d09abc8d905062eb64ea4]
notices.door_carry_back(uuid,uuid) SECURITY DEFINER returns void [cc373a3de2cabe1de72e79d578493f71]
notices.door_carry_over(uuid,uuid,uuid) SECURITY DEFINER returns void [a98c7456345b69dff2a58b1e9cae3cd1]
notices.door_hear_outcome(uuid,text,text,text) SECURITY DEFINER returns boolean [e5d234cdb5270476084002e48a351fdd]
notices.door_make_code(uuid,text,text,uuid,bytea,timestamp with time zone) SECURITY DEFINER returns void [29351cf56ad79bb6938695dfa0950102]
notices.door_pinged_lately(text[]) SECURITY DEFINER returns SETOF text [bf102e09c20aa564694e600daaf92a44]
notices.door_stop_news(uuid,text,text) SECURITY DEFINER returns void [70c71b6abb72eb75867c456c51e9eaa8]
notices.door_take_unarrived(integer) SECURITY DEFINER returns TABLE(patient_id uuid) [efb52cac6d3dc29367f105e8f0e151e5]
notices.door_try_code(uuid,bytea) SECURITY DEFINER returns TABLE(kind text, address text, is_right boolean) [09320ae3bc4f1fc26a6c8067d86afbf2]
notices.door_ways(uuid) SECURITY DEFINER returns jsonb [cd82ad74dd6be58e12d71517abd6419a]
notices.drop_waiting() SECURITY DEFINER returns trigger [16905336c3e7fd55dacf906b3a58e252]
notices.hear_record(uuid,boolean,boolean) returns void [2f391b0b9f546a6c10d7eaa5f8d570ae]
notices.is_ended(uuid,text,text) returns boolean [bf4a8f97bb66a30e92586994d4fc0719]
notices.is_silent(uuid) returns boolean [f656eaaddcc3226b139fb1d572054fd4]
notices.is_stopped(text,text,uuid,text) returns boolean [9bd11b186a63880f320a511d9426e177]
notices.serves_account(text) returns boolean [bd00a839dee8e98f163eba37d5bfb4bb]
platform.actor_key() returns text [51b171b3526015348b861190fc6c2459]
platform.changes_all(text) returns boolean [bf330c3f8751766e7360196083300dee]
platform.door_queue_mail(uuid,jsonb,bytea) SECURITY DEFINER returns text [e6869ff131031d1efa7df3300fb56919]
platform.door_recheck_mail(uuid) SECURITY DEFINER returns TABLE(go_to text, why text) [b1797054e37aa174ea33e64f52460c1e]
platform.door_withdraw_mail(text,uuid) SECURITY DEFINER returns integer [e4bcc5a5b5d2c58a7332bdd704ff4fd9]
platform.enter(bytea,text,timestamp with time zone) SECURITY DEFINER returns TABLE(session_id uuid, person_id uuid, name text, locale text, roles text[], acting_for uuid, acting_as text, is_strong boolean, proven_at timestamp with time zone, idle_until timestamp with time zone, absolute_until timestamp with time zone) [b94ab232bea1c1457cff5857f64005a9]
platform.is_narrow() returns boolean [89f771da5dacb5c9980c20474e2849b0]
platform.is_patient_side() returns boolean [5ceab744417116cfd828d29dc89aca08]
platform.kind() returns text [0b5c12b7358a72ca831187394a6fb721]
platform.now() returns timestamp with time zone [3b6b8d741a9899e669cf62f724da0aea]
platform.patient_id() returns uuid [f2aa96a4e91a37d62b1bed2465d9acb3]
platform.patients_changed(text) returns uuid[] [a5210ce2b57df21aeac3a65a9c0731d9]
platform.patients_reached(text,text) SECURITY DEFINER returns uuid[] [f481045d7ac977180ba27937fcb9de7e]
platform.patients_seen(text) returns uuid[] [4a1068a9ffd64f07812373ca3eed73c6]
platform.person_id() returns uuid [0ea82ca89243a405491ccebce779c601]
platform.protect(regclass,text,text,text,text) returns void [247f51af47d263b21ef054cf4511707a]
platform.protect_person(regclass,text,text) returns void [f21f0faa3aaae036845a732541829e91]
platform.reaches_all(text,text) SECURITY DEFINER returns boolean [63d692a56921bb177e1160476d81333f]
platform.sees_all(text) returns boolean [7ba92a3359a876d2525672d397dc7b45]
platform.setting(text) returns text [fd181c63ca42f03ec248ddaeb5b75174]
platform.still_in(bytea[],timestamp with time zone) SECURITY DEFINER returns TABLE(place integer, roles text, is_strong boolean, acting_for uuid) [f6257d4afbd92d8788bb6db7ad8582a5]
platform.tell_content() returns trigger [4246a1d2ddb82683ef56b6e51ba514a3]
platform.where_to(uuid,uuid,text,text,text) SECURITY DEFINER returns TABLE(go_to text, why text) [0677ffe6adea52f1e996a5368b6ca942]
practice.guard(regclass) returns void [d4150f27a32973ea33413dfe83c211de]
records.door_move_items(text,uuid[],uuid) SECURITY DEFINER returns integer [d670050c25afcd94a7331318a6cd59c8]
records.door_open_own(uuid[],boolean) SECURITY DEFINER returns integer [b0c9a4c83b6f449accd0fdfc19e61927]
records.door_received_patient(uuid) SECURITY DEFINER returns TABLE(id uuid, body text, source text) [2db78048895e5181d7e64095d790e0b2]
records.door_search_patients(text,date,text,text) SECURITY DEFINER returns TABLE(id uuid, name text, birth_date date, sex text, phone text, mrn text, closeness real) [cc269a9d63657d6fc8c73529bfea7e7d]
records.door_seen(uuid) SECURITY DEFINER returns void [978fbbdf13033dbefc926ced53ad0efc]
records.door_shown_before(uuid[]) SECURITY DEFINER returns TABLE(resource_id uuid, body text) [4cde72b5a6364f171588ecc6117df0d0]
records.door_something_withheld(uuid) SECURITY DEFINER returns boolean [52a277a8bb16ce7e4e7cabc4a59af779]
records.door_tests_without_words(text[]) SECURITY DEFINER returns TABLE(code text, name text, times bigint, last_at timestamp with time zone) [da38375772fc9a3bf6722bf743a118a5]
records.end_wishes(uuid[],text) returns SETOF uuid [4924c91cbe07a55ec7aa90d0ab1f5e21]
records.plain_name(text) returns text [8d336769d17c329f8dc54233c8691685]
records.stands_for(uuid) returns uuid [73b44ad3a1b260a86024d0a4caba6fa3]
records.tell_notices() SECURITY DEFINER returns trigger [a53e63846b2d089795da6928cf6163a7]
release.door_finding_counts(timestamp with time zone,timestamp with time zone) SECURITY DEFINER returns TABLE(found_by uuid, name text, danger text, found integer, ended integer, ran_out integer, stands integer, again integer) [f2b5ae692e91d8cfec5d1e6c49cbaa9e]
scheduling.ask_anew() returns trigger [9b51e57fac7b3718f2bd10d4b841a910]
scheduling.door_carry_back(uuid,uuid,uuid[]) SECURITY DEFINER returns void [9fcda780cd4ac8ec89976e09f670ea7d]
scheduling.door_carry_over(uuid,uuid,uuid) SECURITY DEFINER returns void [8d569541c45fb6ae91e52104fe5227a8]
scheduling.door_contact_is_free(text,text) SECURITY DEFINER returns boolean [608197bfce1aa303d7f69081c376cf0e]
scheduling.door_end_feeds() SECURITY DEFINER returns integer [f04da8d13bd25d4305bad46bccd3d0b1]
scheduling.door_held_beside(bytea) SECURITY DEFINER returns integer [d3994fcf0b89d803edf18592417e596a]
scheduling.door_make_link(bytea,uuid,text,text,uuid) SECURITY DEFINER returns void [f88862faf47bd9c39cd89290908f70d8]
scheduling.door_move_received(uuid[],uuid) SECURITY DEFINER returns void [ecbe8926ff72a24a6f861b6389fc63fb]
scheduling.door_newcomer(bytea) SECURITY DEFINER returns TABLE(newcomer uuid, is_booked boolean) [43a9c62c5a415fd0b8dffca36a44bdb7]
scheduling.door_open_feed(bytea[]) SECURITY DEFINER returns TABLE(feed_id uuid, resource_id uuid, has_details boolean) [cfda3c857d8e4e8030266b57d32afb18]
scheduling.door_open_link(bytea[]) SECURITY DEFINER returns TABLE(link_id uuid, appointment_id uuid, patient_id uuid) [ec65c6bb804c717e2f5c2aa698417fc3]
scheduling.door_rank_wait(uuid,smallint) SECURITY DEFINER returns boolean [f5cfc1cfd864c35f200654ff8bcb0818]
scheduling.door_refills(timestamp with time zone,text) SECURITY DEFINER returns TABLE(day date, let_go integer, refilled integer, by_offer integer) [16bec2ee9ab66deee9c9882d54d0c4a9]
scheduling.is_asker() returns boolean [d39f8767fbdc4af451e60d53a03dd902]
scheduling.keep_asked() returns trigger [f8ba459a168aab5a4f1ec3195132a754]
scheduling.may_claim(uuid) returns boolean [ffc784983525a7bd05c991296b742bfe]
scheduling.must_ask(uuid) returns boolean [de07832f75a0c25be4a9d173c5a8f5a2]
work.door_carry_back(uuid,uuid,uuid[]) SECURITY DEFINER returns integer [5e80af2c2ce1df2e4bdc1b2bd23b1865]
work.door_carry_over(uuid,uuid,uuid) SECURITY DEFINER returns integer [b7da7f2f832fc2e8f2f6e7343258ba8e]
work.door_open_task(text,text,text,uuid,text,uuid,text,uuid,uuid,timestamp with time zone,timestamp with time zone) SECURITY DEFINER returns uuid [6fa8af6194b3825d08b7a54cc53fabc8]
work.door_owners() SECURITY DEFINER returns TABLE(id uuid, name text, is_clinician boolean) [92a5d5d3d2e67888100eda2a65d12c4d]
work.door_page(uuid,timestamp with time zone) SECURITY DEFINER returns void [62e026ce955c245b70ba8e529b1ad937]
work.door_settle_owners() SECURITY DEFINER returns integer [4165d2f585f6350cad40e8bd4edcb9db]
work.is_here(uuid,text) returns boolean [6051216d1152deb9b147a25c94ea72a4]
work.now_with(uuid,timestamp with time zone) returns uuid [bd9aeea9e31aa025f6b40db19cc17ee3]
work.one_of(text,text,timestamp with time zone,uuid) returns uuid [c262d803a08fff7c9928b4a436c57724]
work.own_review() SECURITY DEFINER returns trigger [3c8730638ce9b5fd2a20b4efa00a0213]
work.person_left() SECURITY DEFINER returns trigger [ec67577a215ed92bf54b81bb03aa6e18]
work.settle_owner(work.task,timestamp with time zone) returns work.task [c14bfcca5727076077822da9f0c60f14]
work.settle_owners(timestamp with time zone) returns integer [2c3db8acc781ae9f8d61d64cfdb42e67]
work.stand_in() SECURITY DEFINER returns trigger [351265e54cd1b705a70b4ff38e0fed8d]
writing.door_practice_totals() SECURITY DEFINER returns TABLE(term text, notes bigint, replaced bigint, stayed bigint) [d24ed05f4141a047848ecf646c207e2b]

-- rights of rapport_app
accounts.activation: insert, select
accounts.care_invitation: insert, select
accounts.passkey: delete, insert, select
accounts.person: insert, select
accounts.person_role: delete, insert, select
accounts.proxy: insert, select
accounts.recovery_code: delete, insert, select
audit.event: insert, select
audit.seal: insert, select
feedback.pulse: insert, select
feedback.pulse_seed: select
feedback.reply: insert, select
feedback.report: insert, select
feedback.statement: insert, select
feeds.message: insert, select
feeds.sender: insert, select
feeds.stranger: delete, insert, select
notices.any_time: insert, select
notices.choice: insert, select
notices.code: delete, select
notices.consent: insert, select
notices.heard: insert, select
notices.point: select
notices.reach: select
notices.silence: insert, select
notices.telling: insert, select
platform.access_grant: insert, select
platform.backup_run: select
platform.content_version: select
platform.file: delete, insert, select
platform.house: select
platform.house_key: select
platform.idempotency: delete, insert, select
platform.line: insert, select
platform.mail: select
platform.narrow_job: select
platform.rate_count: delete, insert, select, update
platform.session: delete, select
platform.walled_table: select
platform.wide_job: select
practice.clinician: insert, select, update
practice.clinician_location: delete, insert, select
practice.core_value: delete, insert, select, update
practice.exception_day: delete, insert, select, update
practice.insurance_plan: delete, insert, select, update
practice.location: insert, select, update
practice.notice: insert, select
practice.opening_period: delete, insert, select
practice.picture: delete, insert, select, update
practice.picture_form: delete, insert, select
practice.profile: insert, select, update
practice.service: delete, insert, select, update
pull.connection: insert, select
pull.file: delete, insert, select
pull.run: insert, select
pull.signing_key: insert, select
records.comment: insert, select
records.directory: insert, select, update
records.expectation: delete, insert, select
records.fact: delete, insert, select, update
records.feed: insert, select
records.import_run: insert, select
records.life: insert, select
records.match_question: insert, select
records.merge: insert, select
records.note: delete, insert, select, update
records.own_word: insert, select
records.parked: insert, select
records.patient: insert, select
records.reading_help: insert, select, update
records.resource: insert, select
records.result: delete, insert, select, update
records.said_join: insert, select
records.source_patient: insert, select
records.test_order: insert, select
records.version: insert, select
release.agreement: insert, select
release.critical_limit: insert, select
release.finding: insert, select
release.report: insert, select
release.wish: insert, select
review.standing_rule: insert, select
review.template: delete, insert, select
scheduling.answer: insert, select
scheduling.appointment: insert, select
scheduling.appointment_step: insert, select
scheduling.block: delete, insert, select
scheduling.calendar: delete, insert, select, update
scheduling.claim: delete, insert, select
scheduling.copy_line: insert, select, update
scheduling.day_measure: delete, insert, select
scheduling.day_refill: delete, insert, select
scheduling.elsewhere: delete, insert, select
scheduling.feed: insert, select
scheduling.feed_details: delete, insert, select
scheduling.hold: delete, insert, select
scheduling.known_resource: select
scheduling.let_go: insert, select
scheduling.measured: insert, select, update
scheduling.need: delete, insert, select
scheduling.newcomer: delete, insert, select
scheduling.question: delete, insert, select, update
scheduling.reason: delete, insert, select, update
scheduling.received: insert, select, update
scheduling.received_told: insert, select
scheduling.reminder: insert, select
scheduling.resource: insert, select, update
scheduling.screening: delete, insert, select, update
scheduling.special_day: delete, insert, select
scheduling.third_open: insert, select
scheduling.visit_link: delete, select
scheduling.visit_type: insert, select, update
scheduling.wait: insert, select
scheduling.wait_offer: insert, select
scheduling.wait_settings: insert, select
scheduling.weekly_hours: delete, insert, select
work.absence: insert, select
work.backup_clinician: insert, select
work.on_call_shift: delete, insert, select, update
work.page: select
work.task: insert, select
work.task_step: insert, select
writing.arrived_note: insert, select
writing.draft: delete, insert, select
writing.kept_term: insert, select
writing.mark: delete, insert, select
writing.note_figure: insert, select
