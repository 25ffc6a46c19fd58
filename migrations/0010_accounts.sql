-- Who signs in, and on whose behalf.

create schema accounts;
grant usage on schema accounts to rapport_app;

create table accounts.person (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  email text check (length(email) between 3 and 254 and email = lower(email)),      -- a mailbox may serve several people
  sign_in_name text check (sign_in_name ~ '^[a-z0-9][a-z0-9._-]{2,59}$'),          -- for those without a mailbox of their own
  locale text not null default 'en' check (locale in ('en', 'es')),
  password_hash text,
  patient_id uuid,                                                                 -- whose record is their own, if they are a patient
  totp_secret bytea,                                                               -- sealed
  totp_last_step bigint,
  created_at timestamptz not null,
  disabled_at timestamptz,
  disabled_by uuid,
  check (email is not null or sign_in_name is not null)
);
create unique index person_by_sign_in_name on accounts.person (sign_in_name) where sign_in_name is not null;
-- Of those who share a mailbox, one at most may sign in by the mailbox alone.
create unique index person_by_email on accounts.person (email) where sign_in_name is null and email is not null;
create unique index person_by_patient on accounts.person (patient_id) where patient_id is not null;
select platform.protect_person('accounts.person', person => 'id');
grant select, insert on accounts.person to rapport_app;
grant update (name, email, sign_in_name, locale, password_hash, totp_secret, totp_last_step, disabled_at, disabled_by) on accounts.person to rapport_app;

create table accounts.person_role (
  person_id uuid not null references accounts.person (id),
  role text not null check (role in ('clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager')),
  given_at timestamptz not null,
  given_by uuid,
  primary key (person_id, role)
);
select platform.protect_person('accounts.person_role');
grant select, insert, delete on accounts.person_role to rapport_app;

create table accounts.passkey (
  id text primary key check (length(id) between 16 and 1400),
  person_id uuid not null references accounts.person (id),
  name text not null check (length(name) between 1 and 80),
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  is_backed_up boolean not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_by_person on accounts.passkey (person_id);
select platform.protect_person('accounts.passkey');
grant select, insert, delete on accounts.passkey to rapport_app;
grant update (name, counter, used_at) on accounts.passkey to rapport_app;

create table accounts.recovery_code (
  person_id uuid not null references accounts.person (id),
  code_hash bytea not null,
  used_at timestamptz,
  primary key (person_id, code_hash)
);
select platform.protect_person('accounts.recovery_code');
grant select, insert, delete on accounts.recovery_code to rapport_app;
grant update (used_at) on accounts.recovery_code to rapport_app;

-- One-time proofs: a passkey challenge, a mailed reset, an invitation. Known by their hash alone.
create table accounts.token (
  hash bytea primary key,
  purpose text not null check (purpose in ('passkey', 'half-way', 'reset', 'invitation', 'setup', 'new-email')),
  person_id uuid references accounts.person (id),
  value text,                                        -- the challenge, or the address to be proven
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz,
  created_at timestamptz not null
);
create index token_by_age on accounts.token (expires_at);
alter table accounts.token enable row level security;
insert into platform.walled_table values ('accounts.token', 'people', 'person_id', 'person', null, null);

-- A letter that makes a patient's account: bound to the patient and the birth date, one use, seven days, five tries.
create table accounts.activation (
  id uuid primary key default gen_random_uuid(),
  code_hash bytea not null unique,
  patient_id uuid not null,
  name text not null,
  birth_date date not null,
  email text,
  locale text not null check (locale in ('en', 'es')),
  proxy_for uuid,                                    -- set: the account is a caregiver's, who will act for this patient
  proxy_until timestamptz,
  made_at timestamptz not null,
  made_by uuid not null,
  expires_at timestamptz not null,
  tries integer not null default 0 check (tries between 0 and 5),
  used_at timestamptz,
  revoked_at timestamptz
);
create index activation_by_patient on accounts.activation (patient_id, made_at desc);
select platform.protect_person('accounts.activation', person => 'patient_id');
grant select, insert on accounts.activation to rapport_app;
grant update (revoked_at) on accounts.activation to rapport_app;

-- A caregiver who acts for a patient: why, by whom named, until when.
create table accounts.proxy (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references accounts.person (id),
  patient_id uuid not null,
  basis text not null check (basis in ('parent-of-child', 'named-by-adult')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  made_at timestamptz not null,
  made_by uuid,
  revoked_at timestamptz,
  revoked_by uuid,
  invitation_id uuid,                                -- the invitation they said yes to
  check (ends_at > starts_at)
);
create unique index proxy_once on accounts.proxy (person_id, patient_id) where revoked_at is null;
create index proxy_by_patient on accounts.proxy (patient_id);
alter table accounts.proxy enable row level security;
create policy see on accounts.proxy for select
  using (person_id = (select platform.person_id()) or (select platform.sees_all('people')) or patient_id = any ((select platform.patients_seen('access-log'))::uuid[]));
create policy add on accounts.proxy for insert
  with check ((select platform.changes_all('people')) or patient_id = any ((select platform.patients_changed('access-log'))::uuid[]));
create policy change on accounts.proxy for update
  using ((select platform.changes_all('people')) or patient_id = any ((select platform.patients_changed('access-log'))::uuid[]));
insert into platform.walled_table values ('accounts.proxy', 'people', 'person_id', 'person', null, null);
grant select, insert on accounts.proxy to rapport_app;
grant update (revoked_at, revoked_by, ends_at) on accounts.proxy to rapport_app;

-- How often a password or code was wrong since the last sign-in. Codes slow down what follows: who types one has shown the password.
create table accounts.failed_try (
  person_id uuid primary key references accounts.person (id),
  count integer not null,
  last_at timestamptz not null,
  codes integer not null default 0,
  code_at timestamptz
);
alter table accounts.failed_try enable row level security;
insert into platform.walled_table values ('accounts.failed_try', 'people', 'person_id', 'person', null, null);

-- What the practice wants first; asked once at setup.
create table accounts.setup (
  one boolean primary key default true check (one),
  goal text not null check (goal in ('educate', 'grow', 'engage')),
  made_at timestamptz not null
);
grant select on accounts.setup to rapport_app;
