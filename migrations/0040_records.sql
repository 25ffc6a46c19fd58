-- The patient's record. Resources are kept exactly as received and are the truth; what pages sort and filter by is derived beside
-- them, and can be derived again.

create schema records;
grant usage on schema records to rapport_app;
create extension if not exists pg_trgm with schema public;
create extension if not exists unaccent with schema public;

-- One run of an import: what it read, kept and could not use.
create table records.import_run (
  id uuid primary key default uuidv7(),
  source text not null check (source ~ '^[a-z0-9][a-z0-9._-]{0,59}$'),
  started_at timestamptz not null,
  finished_at timestamptz,
  read_count bigint not null default 0,
  new_count bigint not null default 0,
  parked_count bigint not null default 0
);
grant select, insert on records.import_run to rapport_app;
grant update (finished_at, read_count, new_count, parked_count) on records.import_run to rapport_app;

-- A thing a source told us of: identity is source, type and the source's id. `id` is our own, and stays.
create table records.resource (
  id uuid primary key default uuidv7(),                -- in order of arrival, so that an import fills its indexes from one end
  source text not null,
  fhir_type text not null,
  source_id text not null,
  alias text,                                          -- the id a bundle called it by, where that is another
  current_version uuid,
  derived_version uuid,                                -- behind current_version: still to be derived
  gone_at timestamptz,                                 -- its source deleted it: kept, and no fact any more until a later version comes
  unique (source, fhir_type, source_id)
);
create index resource_by_alias on records.resource (source, alias) where alias is not null;
create index resource_waiting on records.resource (source, id) where derived_version is distinct from current_version;

-- Every version that ever came, as it came. Runs, resources and links are never deleted, and the importer reads their ids in the statement that
-- writes them: where it writes one for every row, a foreign key would be a look-up more for each.
create table records.version (
  id uuid primary key default uuidv7(),
  resource_id uuid not null references records.resource (id),
  last_updated timestamptz,
  body jsonb not null,
  body_sha256 bytea not null,
  received_at timestamptz not null,
  run_id uuid not null,                                 -- an import_run
  unique (resource_id, body_sha256)
);

-- How a name is compared: without accents, case and punctuation. Letters of every script stay: of two names without them nothing is left to tell apart.
create function records.plain_name(name text) returns text
  language sql immutable parallel safe strict
  set search_path = pg_catalog, public, pg_temp
  as $$ select trim(regexp_replace(lower(public.unaccent('public.unaccent'::regdictionary, name)), '[^a-z0-9 \u0080-\U0010ffff]+', ' ', 'g')) $$;

-- A person in the practice's care.
create table records.patient (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  given text not null default '',
  family text not null default '',
  birth_date date,
  sex text check (sex in ('male', 'female', 'other', 'unknown')),
  language text,
  phone text,
  email text,
  address text,
  mrn text,
  mrn_system text,
  is_deceased boolean not null default false,
  is_inactive boolean not null default false,          -- the source says that this record is not in use
  merged_into uuid references records.patient (id),
  updated_at timestamptz not null,
  plain_name text generated always as (records.plain_name(name)) stored,
  phone_key text generated always as (right(regexp_replace(phone, '[^0-9]', '', 'g'), 10)) stored
);
create unique index patient_by_number on records.patient (mrn_system, mrn, birth_date) where mrn is not null and merged_into is null;
create index patient_by_birth on records.patient (birth_date, plain_name, phone_key) where merged_into is null;
select platform.protect('records.patient', category => 'identity', patient => 'id');
grant select, insert on records.patient to rapport_app;
grant update (name, given, family, birth_date, sex, language, phone, email, address, mrn, mrn_system, is_deceased, is_inactive, merged_into, updated_at) on records.patient to rapport_app;

-- From the second in which a record says that somebody died or is not with us any more nothing goes to them.
create function records.tell_notices() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$ begin perform notices.hear_record(new.id, new.is_deceased, new.is_inactive); return null; end $$;
revoke all on function records.tell_notices() from public;
create trigger tell_notices_new after insert on records.patient for each row when (new.is_deceased or new.is_inactive) execute function records.tell_notices();
create trigger tell_notices after update of is_deceased, is_inactive on records.patient for each row
  when (new.is_deceased is distinct from old.is_deceased or new.is_inactive is distinct from old.is_inactive) execute function records.tell_notices();

-- Which source's patient is which person here, since when and why. Links are ended, never deleted.
create table records.source_patient (
  id uuid primary key default uuidv7(),
  resource_id uuid not null references records.resource (id),
  patient_id uuid not null references records.patient (id),
  linked_at timestamptz not null,
  linked_by uuid,
  why text not null check (why in ('new', 'number-and-birth-date', 'name-birth-date-sex-phone', 'by-staff', 'merge', 'unmerge')),
  ended_at timestamptz
);
create unique index source_patient_current on records.source_patient (resource_id) where ended_at is null;
create index source_patient_by_patient on records.source_patient (patient_id);
select platform.protect('records.source_patient', category => 'identity');
grant select, insert on records.source_patient to rapport_app;
grant update (ended_at) on records.source_patient to rapport_app;

-- Laboratory results and reports.
create table records.result (
  id uuid primary key default uuidv7(),
  resource_id uuid not null references records.resource (id),
  source text not null,
  source_patient uuid not null,                         -- the resource of the link that led to the patient
  patient_id uuid not null references records.patient (id),
  kind text not null check (kind in ('test', 'report')),
  code text,
  name text not null,
  unit text,
  lab text,
  value numeric,
  is_outside boolean,                                   -- as the laboratory flagged it; null: it did not say
  happened_at timestamptz,
  status text not null,
  report_id uuid,                                       -- the report (this table) that a test belongs to
  test_count integer not null default 0,
  outside_count integer,                                -- of a report's tests; null: none is known to be outside, and not each was compared
  is_tied boolean not null default true,                -- of a report: each test that it lists is here and was counted
  is_fact boolean not null,
  is_restricted boolean not null,
  visible_at timestamptz,                               -- from when the patient may see it; null: never
  received_at timestamptz not null,
  body jsonb not null,
  unique (resource_id, patient_id)
);
create index result_newest on records.result (patient_id, happened_at desc, id desc) where report_id is null and is_fact;
create index result_same_test on records.result (patient_id, code, unit, happened_at desc) where kind = 'test' and is_fact;
create index result_untied on records.result (source) where not is_tied;
create index result_of_report on records.result (report_id) where report_id is not null;
create index result_by_source_patient on records.result (source_patient);
create index result_by_code on records.result (code, received_at) where kind = 'test' and is_fact and not is_restricted and visible_at is not null;
select platform.protect('records.result', category => 'results', visible => 'visible_at', restricted => 'is_restricted');

-- Notes and letters.
create table records.note (
  id uuid primary key default uuidv7(),
  resource_id uuid not null references records.resource (id),
  source text not null,
  source_patient uuid not null,                         -- the resource of the link that led to the patient
  patient_id uuid not null references records.patient (id),
  kind text not null default 'note',
  code text,
  name text not null,
  author text,
  happened_at timestamptz,
  status text not null,
  is_fact boolean not null,
  is_restricted boolean not null,
  visible_at timestamptz,
  received_at timestamptz not null,
  body jsonb not null,
  unique (resource_id, patient_id)
);
create index note_newest on records.note (patient_id, happened_at desc, id) where is_fact;
create index note_by_source_patient on records.note (source_patient);
select platform.protect('records.note', category => 'notes', visible => 'visible_at', restricted => 'is_restricted');

-- All the rest of a record: medicines, conditions, allergies, vaccines, vital signs, visits …
create table records.fact (
  id uuid primary key default uuidv7(),
  resource_id uuid not null references records.resource (id),
  source text not null,
  source_patient uuid not null,                         -- the resource of the link that led to the patient
  patient_id uuid not null references records.patient (id),
  kind text not null check (kind in ('medicine', 'condition', 'allergy', 'immunization', 'procedure', 'vital', 'social', 'survey', 'visit', 'care-team', 'care-plan', 'appointment', 'order', 'other')),
  code text,
  name text not null,
  unit text,
  value numeric,
  happened_at timestamptz,
  status text not null,
  is_fact boolean not null,
  is_restricted boolean not null,
  visible_at timestamptz,
  received_at timestamptz not null,
  body jsonb not null,
  unique (resource_id, patient_id)
);
create index fact_newest on records.fact (patient_id, kind, happened_at desc, id) where is_fact;
create index fact_by_source_patient on records.fact (source_patient);
select platform.protect('records.fact', category => 'record', visible => 'visible_at', restricted => 'is_restricted');

do $$
declare derived text;
begin
  foreach derived in array array['records.result', 'records.note', 'records.fact'] loop
    execute format('grant select, insert, delete on %s to rapport_app', derived);
    execute format('grant update on %s to rapport_app', derived);
  end loop;
end $$;

-- Names of clinicians, organizations, places and medicines that records point at. Nothing about a patient.
create table records.directory (
  source text not null,
  fhir_type text not null,
  source_id text not null,
  alias text,
  name text not null,
  body jsonb,
  primary key (source, fhir_type, source_id)
);
create index directory_by_id on records.directory (source, source_id);
create index directory_by_alias on records.directory (source, alias) where alias is not null;
grant select, insert, update on records.directory to rapport_app;

-- What came and could not be used, and what is kept though something in it is odd, with the reason. Staff look at it.
create table records.parked (
  id uuid primary key default gen_random_uuid(),
  run_id uuid not null references records.import_run (id),
  source text not null,
  file text not null,
  position bigint not null,
  fhir_type text,
  source_id text,
  reason text not null,
  excerpt text not null default '' check (length(excerpt) <= 4000),
  is_kept boolean not null default false,
  parked_at timestamptz not null,
  fingerprint bytea not null,
  settled_at timestamptz,
  settled_by uuid,
  unique (source, fingerprint)
);
create index parked_open on records.parked (parked_at desc) where settled_at is null;

-- Two people here may be one: staff decide.
create table records.match_question (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null references records.patient (id),
  candidate_id uuid not null references records.patient (id),
  why text not null check (why in ('number-alone', 'name-and-birth-date', 'several-fit', 'source-says-one')),
  asked_at timestamptz not null,
  answer text check (answer in ('same', 'different')),
  answered_at timestamptz,
  answered_by uuid,
  unique (patient_id, candidate_id),
  check ((answer is null) = (answered_at is null))
);

-- Merges, so that they can be taken back.
create table records.merge (
  id uuid primary key default uuidv7(),
  kept_id uuid not null references records.patient (id),
  merged_id uuid not null references records.patient (id),
  links uuid[] not null,                                 -- the source_patient rows that moved
  merged_at timestamptz not null,
  merged_by uuid,                                        -- null: a source said so itself
  said_by text,
  undone_at timestamptz,
  undone_by uuid,
  check ((merged_by is null) = (said_by is not null))
);

-- Staff's and the importer's own tables: behind the wall, with no patient's way in.
do $$
declare
  own text;
  whose text;
begin
  foreach own in array array['records.resource', 'records.version', 'records.parked', 'records.match_question', 'records.merge'] loop
    execute format('alter table %s enable row level security', own);
    -- What was received holds results and notes: it is the importer's alone. Staff settle what could not be used, and whose it is.
    whose := case when own in ('records.resource', 'records.version') then '(select platform.kind()) = ''system'' and ' else '' end;
    execute format('create policy see on %s for select using (%s(select platform.sees_all(''import'')))', own, whose);
    execute format('create policy add on %s for insert with check (%s(select platform.changes_all(''import'')))', own, whose);
    execute format('create policy change on %s for update using (%s(select platform.changes_all(''import''))) with check (%s(select platform.changes_all(''import'')))', own, whose, whose);
    execute format('grant select, insert on %s to rapport_app', own);
    insert into platform.walled_table values (own, 'import', 'id', 'patient', null, null);
  end loop;
end $$;
grant update (alias, current_version, derived_version, gone_at) on records.resource to rapport_app;
grant update (settled_at, settled_by) on records.parked to rapport_app;
grant update (why, asked_at, answer, answered_at, answered_by) on records.match_question to rapport_app;
grant update (undone_at, undone_by) on records.merge to rapport_app;

-- Nobody asks how bodies are spread: what is kept as received need not be read for the planner.
alter table records.version alter column body set statistics 0;
alter table records.result alter column body set statistics 0;
alter table records.note alter column body set statistics 0;
alter table records.fact alter column body set statistics 0;

-- After a large import the importer refreshes what the planner knows.
grant maintain on records.resource, records.version, records.result, records.fact, records.note, records.patient, records.source_patient to rapport_app;

insert into platform.wide_job
select 'records.import', category, 'keeps what sources send, for every patient they send it for'
from unnest(array['import', 'identity', 'results', 'notes', 'record', 'work']) as category;

-- For the console's search.
create index patient_by_plain_name on records.patient using gin (plain_name public.gin_trgm_ops) where merged_into is null;
create index patient_by_phone on records.patient ((right(regexp_replace(phone, '\D', '', 'g'), 10))) where phone is not null and merged_into is null;
create index patient_by_mrn on records.patient (mrn) where mrn is not null and merged_into is null;
create index patient_by_lower_mrn on records.patient (lower(mrn)) where mrn is not null and merged_into is null;

-- Door: the console's search. Similarity is not leakproof, so under the policy its index would not be used.
create function records.door_search_patients(wanted_name text, born date, wanted_phone text, wanted_number text)
  returns table (id uuid, name text, birth_date date, sex text, phone text, mrn text, closeness real)
  language plpgsql stable security definer
  set search_path = pg_catalog, public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.5
  set plan_cache_mode = force_custom_plan                                -- a plan for any search at all reads every patient
  as $$
  #variable_conflict use_column
  declare
    plain text := nullif(records.plain_name(wanted_name), '');
  begin
    if platform.kind() <> 'staff' or not platform.sees_all('identity') then
      raise insufficient_privilege using message = 'only staff who see patients may search them';
    end if;
    return query
      select p.id, p.name, p.birth_date, p.sex, p.phone, p.mrn, case when plain is null then 1::real else public.word_similarity(plain, p.plain_name) end as closeness
      from records.patient p
      where p.merged_into is null
        and (plain is null or plain operator(public.<%) p.plain_name)
        and (born is null or p.birth_date = born)
        and (wanted_phone is null or right(regexp_replace(p.phone, '\D', '', 'g'), 10) = wanted_phone)
        and (wanted_number is null or lower(p.mrn) = lower(wanted_number))
      order by closeness desc, p.name, p.id
      limit 25;
  end $$;
revoke all on function records.door_search_patients(text, date, text, text) from public;
grant execute on function records.door_search_patients(text, date, text, text) to rapport_app;

-- Door: whom a person looks after, now called as their record calls them, where the person may see that; by their account where there is no record yet.
create or replace function accounts.door_whom_i_help()
  returns table (patient_id uuid, name text, basis text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  begin
    if platform.kind() not in ('patient', 'proxy') then raise insufficient_privilege; end if;
    return query select x.patient_id, coalesce(r.name, p.name), x.basis
      from accounts.proxy x
      left join accounts.person p on p.patient_id = x.patient_id
      left join records.patient r on r.id = x.patient_id and exists (
        select from platform.access_grant g
        where g.person_id = x.person_id and g.patient_id = x.patient_id and g.category = 'identity' and g.verb = 'see' and g.source = 'proxy'
          and g.revoked_at is null and g.starts_at <= platform.now() and g.ends_at > platform.now())
      where x.person_id = platform.person_id() and x.revoked_at is null and x.starts_at <= platform.now() and x.ends_at > platform.now()
      order by x.made_at
      limit 20;
  end $$;

-- Door: which tests patients see under a code that we have no words for, how often and since when last. It skips from code to code along
-- the index and counts the unknown ones in it, so that it tells of every patient and of none.
create function records.door_tests_without_words(known text[])
  returns table (code text, name text, times bigint, last_at timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    with recursive each as (
      select min(r.code) as code from records.result r
      where r.kind = 'test' and r.is_fact and not r.is_restricted and r.visible_at is not null
        and platform.kind() = 'staff' and (platform.sees_all('results') or platform.sees_all('audit'))
      union all
      select (select min(r.code) from records.result r where r.kind = 'test' and r.is_fact and not r.is_restricted and r.visible_at is not null and r.code > each.code)
      from each where each.code is not null
    ), wordless as materialized (
      select each.code from each where each.code is not null and each.code <> all (known)
    )
    select w.code, newest.name, counted.times, newest.received_at
    from wordless w
    cross join lateral (
      select count(*) as times from records.result r
      where r.code = w.code and r.kind = 'test' and r.is_fact and not r.is_restricted and r.visible_at is not null
    ) counted
    cross join lateral (
      select r.name, r.received_at from records.result r
      where r.code = w.code and r.kind = 'test' and r.is_fact and not r.is_restricted and r.visible_at is not null
      order by r.received_at desc limit 1
    ) newest
    order by counted.times desc, w.code
    limit 200
  $$;
revoke all on function records.door_tests_without_words(text[]) from public;
grant execute on function records.door_tests_without_words(text[]) to rapport_app;
