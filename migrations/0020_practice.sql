-- Who we are: what the site says. No patient's data stands here; everybody may read it, people who work here change it.

create schema practice;
grant usage on schema practice to rapport_app;

-- A second wall behind access.ts: whoever is not staff or a job of ours cannot write, whatever the code says.
create function practice.guard(target regclass) returns void
  language plpgsql
  as $$
  begin
    execute format('alter table %s enable row level security', target);
    execute format('create policy see on %s for select using (true)', target);
    execute format('create policy add on %s for insert with check (not (select platform.is_patient_side()))', target);
    execute format('create policy change on %s for update using (not (select platform.is_patient_side()))', target);
    execute format('create policy remove on %s for delete using (not (select platform.is_patient_side()))', target);
  end
  $$;
revoke all on function practice.guard(regclass) from public;

-- Pictures: the practice's own, made anew from what was uploaded, so that no place or camera travels with them.
create table practice.picture (
  id uuid primary key default gen_random_uuid(),
  name text not null check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(name) <= 60),
  alt_en text not null check (length(alt_en) between 1 and 300),
  alt_es text not null default '' check (length(alt_es) <= 300),
  width integer not null check (width between 1 and 12000),
  height integer not null check (height between 1 and 12000),
  added_at timestamptz not null,
  added_by uuid
);
create table practice.picture_form (
  picture_id uuid not null references practice.picture (id) on delete cascade,
  width integer not null check (width between 1 and 2560),
  format text not null check (format in ('avif', 'webp', 'jpeg', 'png')),
  file_id uuid not null unique references platform.file (id),
  primary key (picture_id, width, format)
);

create table practice.profile (
  one boolean primary key default true check (one),
  name text not null check (length(name) between 1 and 120),
  promise_en text not null default '' check (length(promise_en) <= 200),
  promise_es text not null default '' check (length(promise_es) <= 200),
  story_en text not null default '' check (length(story_en) <= 5000),
  story_es text not null default '' check (length(story_es) <= 5000),
  phone text check (phone ~ '^\+[1-9]\d{6,14}$'),
  after_hours_phone text check (after_hours_phone ~ '^\+[1-9]\d{6,14}$'),
  after_hours_en text not null default '' check (length(after_hours_en) <= 500),
  after_hours_es text not null default '' check (length(after_hours_es) <= 500),
  email text check (length(email) <= 254),
  brand_color text not null default '#2f6a56' check (brand_color ~ '^#[0-9a-f]{6}$'),
  logo_id uuid references practice.picture (id),
  front_picture_id uuid references practice.picture (id),
  zone text not null,                               -- as long as no location says its own
  goal text not null check (goal in ('educate', 'grow', 'engage')),
  faces text[] not null check (faces <@ array['site', 'portal'] and cardinality(faces) > 0),
  published_at timestamptz,
  published_by uuid,
  changed_at timestamptz not null
);

create table practice.core_value (
  id uuid primary key default gen_random_uuid(),
  place integer not null,
  title_en text not null check (length(title_en) between 1 and 80),
  title_es text not null default '' check (length(title_es) <= 80),
  words_en text not null check (length(words_en) between 1 and 500),
  words_es text not null default '' check (length(words_es) <= 500)
);

create table practice.location (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  name text not null check (length(name) between 1 and 80),
  street text not null check (length(street) between 1 and 120),
  unit text not null default '' check (length(unit) <= 60),
  city text not null check (length(city) between 1 and 80),
  region text not null check (length(region) between 1 and 40),
  postal_code text not null check (length(postal_code) between 3 and 12),
  phone text check (phone ~ '^\+[1-9]\d{6,14}$'),
  zone text not null,
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  parking_en text not null default '' check (length(parking_en) <= 1000),
  parking_es text not null default '' check (length(parking_es) <= 1000),
  transit_en text not null default '' check (length(transit_en) <= 1000),
  transit_es text not null default '' check (length(transit_es) <= 1000),
  access_en text not null default '' check (length(access_en) <= 1000),
  access_es text not null default '' check (length(access_es) <= 1000),
  picture_id uuid references practice.picture (id),
  place integer not null,
  closed_at timestamptz,                            -- given up; kept, because work and visits point here
  check ((latitude is null) = (longitude is null))
);

-- The one source of hours. Minutes of the day on the wall clock of the location's zone; several periods a day.
create table practice.opening_period (
  location_id uuid not null references practice.location (id),
  weekday smallint not null check (weekday between 1 and 7),      -- 1 is Monday
  opens_minute smallint not null check (opens_minute between 0 and 1439),
  closes_minute smallint not null check (closes_minute between 1 and 1440),
  primary key (location_id, weekday, opens_minute),
  check (closes_minute > opens_minute)
);

-- A day unlike its weekday: closed, or open for one period of its own. Without a location it is for all of them.
create table practice.exception_day (
  id uuid primary key default gen_random_uuid(),
  location_id uuid references practice.location (id),
  day date not null,
  name_en text not null check (length(name_en) between 1 and 80),
  name_es text not null default '' check (length(name_es) <= 80),
  opens_minute smallint check (opens_minute between 0 and 1439),
  closes_minute smallint check (closes_minute between 1 and 1440),
  constraint one_exception_a_day unique nulls not distinct (location_id, day),
  check ((opens_minute is null) = (closes_minute is null)),
  check (closes_minute > opens_minute)
);

create table practice.service (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  name_en text not null check (length(name_en) between 1 and 80),
  name_es text not null default '' check (length(name_es) <= 80),
  words_en text not null check (length(words_en) between 1 and 1000),
  words_es text not null default '' check (length(words_es) <= 1000),
  place integer not null
);

create table practice.insurance_plan (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  checked_on date not null,
  checked_by uuid
);
create unique index insurance_plan_name on practice.insurance_plan (lower(name));

create table practice.clinician (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 60),
  person_id uuid unique,                            -- the account that may edit these words as its own
  name text not null check (length(name) between 1 and 120),
  pronouns text not null default '' check (length(pronouns) <= 40),
  credentials text not null default '' check (length(credentials) <= 60),
  npi text check (npi ~ '^\d{10}$'),
  role_en text not null check (length(role_en) between 1 and 80),
  role_es text not null default '' check (length(role_es) <= 80),
  sees_en text not null default '' check (length(sees_en) <= 120),
  sees_es text not null default '' check (length(sees_es) <= 120),
  languages text[] not null default '{en}' check (cardinality(languages) between 1 and 20),
  gender text check (gender in ('woman', 'man', 'nonbinary')),     -- as they say it themselves, so that patients can ask for it; null: they do not say
  picture_id uuid references practice.picture (id),
  line_en text not null default '' check (length(line_en) <= 300),
  line_es text not null default '' check (length(line_es) <= 300),
  practise_en text not null default '' check (length(practise_en) <= 2000),
  practise_es text not null default '' check (length(practise_es) <= 2000),
  care_en text not null default '' check (length(care_en) <= 2000),
  care_es text not null default '' check (length(care_es) <= 2000),
  like_en text not null default '' check (length(like_en) <= 2000),
  like_es text not null default '' check (length(like_es) <= 2000),
  trained_en text not null default '' check (length(trained_en) <= 2000),
  trained_es text not null default '' check (length(trained_es) <= 2000),
  accepting text not null default 'ask' check (accepting in ('yes', 'no', 'ask')),
  accepting_checked_on date,
  accepting_checked_by uuid,
  place integer not null,
  left_at timestamptz
);
-- One page for a number; somebody who left and comes back gets a new page.
create unique index clinician_npi_key on practice.clinician (npi) where left_at is null;
create table practice.clinician_location (
  clinician_id uuid not null references practice.clinician (id) on delete cascade,
  location_id uuid not null references practice.location (id),
  primary key (clinician_id, location_id)
);

-- What the law asks us to post. Every text ever in force is kept; a new text is a new version.
create table practice.notice (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('privacy-practices', 'nondiscrimination', 'language-help', 'accessibility')),
  version integer not null check (version > 0),
  words_en text not null check (length(words_en) between 1 and 60000),
  words_es text not null check (length(words_es) between 1 and 60000),
  effective_on date not null,
  added_at timestamptz not null,
  added_by uuid,
  constraint one_notice_version unique (kind, version)
);

select practice.guard(target::regclass)
from unnest(array['practice.picture', 'practice.picture_form', 'practice.profile', 'practice.core_value', 'practice.location', 'practice.opening_period',
  'practice.exception_day', 'practice.service', 'practice.insurance_plan', 'practice.clinician', 'practice.clinician_location', 'practice.notice']) as target;

grant select, insert, update on practice.profile, practice.location, practice.clinician to rapport_app;
grant select, insert, update, delete on practice.picture, practice.core_value, practice.service, practice.insurance_plan, practice.exception_day to rapport_app;
grant select, insert, delete on practice.picture_form, practice.opening_period, practice.clinician_location to rapport_app;
grant select, insert on practice.notice to rapport_app;
