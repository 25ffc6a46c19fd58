-- The ground floor: who is asking, what they may reach, and how a table is walled.

create schema platform;
grant usage on schema platform to rapport_app;

-- Who is asking. The application says so in the first round trip of every transaction.
create function platform.setting(name text) returns text
  language sql stable parallel safe
  as $$ select nullif(current_setting('rapport.' || name, true), '') $$;

create function platform.kind() returns text
  language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('rapport.kind', true), ''), 'nobody') $$;

create function platform.person_id() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('rapport.person', true), '')::uuid $$;

create function platform.patient_id() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('rapport.patient', true), '')::uuid $$;

-- The one clock: what the application said, or the server's own.
create function platform.now() returns timestamptz
  language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('rapport.now', true), '')::timestamptz, transaction_timestamp()) $$;

-- What speaks for one patient and for less than all of them: a request that brings a key to one thing. Other jobs about a patient reach all of theirs.
create table platform.narrow_job (
  job text not null,
  category text not null,
  reason text not null,
  primary key (job, category)
);

create function platform.is_narrow() returns boolean
  language sql stable parallel safe
  as $$ select platform.kind() = 'system' and exists (select from platform.narrow_job n where n.job = platform.setting('job')) $$;

-- Whoever does not work here, and what is done with a key of theirs.
create function platform.is_patient_side() returns boolean
  language sql stable parallel safe
  as $$ select platform.kind() not in ('staff', 'system') or platform.is_narrow() $$;

-- Who may reach what: one row per person, reach and category. Roles, proxies and emergency access are rows of this table.
create table platform.access_grant (
  id uuid primary key default uuidv7(),
  person_id uuid not null,
  patient_id uuid,                                  -- null: every patient
  category text not null check (category in (
    'identity', 'results', 'notes', 'record', 'appointments', 'messages', 'billing', 'access-log',
    'people', 'work', 'outbox', 'audit', 'import')),
  verb text not null check (verb in ('see', 'change')),
  source text not null check (source in ('self', 'proxy', 'role', 'emergency')),
  starts_at timestamptz not null,
  ends_at timestamptz,
  revoked_at timestamptz,
  granted_by uuid,
  check ((patient_id is null) = (source = 'role')),
  check (ends_at is null or ends_at > starts_at)
);
create index access_grant_by_person on platform.access_grant (person_id, category, verb) where revoked_at is null;
create index access_grant_by_patient on platform.access_grant (patient_id) where revoked_at is null and patient_id is not null;

-- Jobs that must reach every patient, and why. Every other job names one patient.
create table platform.wide_job (
  job text not null,
  category text not null,
  reason text not null,
  only_sees boolean not null default false,
  primary key (job, category)
);

create function platform.reaches_all(wanted_verb text, wanted_category text) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select case platform.kind()
      when 'staff' then exists (
        select
        from platform.access_grant g
        where g.person_id = platform.person_id()
          and g.category = wanted_category
          and g.verb = wanted_verb
          and g.patient_id is null
          and g.revoked_at is null
          and g.starts_at <= platform.now()
          and (g.ends_at is null or g.ends_at > platform.now()))
      when 'system' then platform.patient_id() is null and exists (
        select
        from platform.wide_job w
        where w.job = platform.setting('job')
          and w.category = wanted_category
          and (wanted_verb = 'see' or not w.only_sees))
      else false
    end
  $$;

create function platform.patients_reached(wanted_verb text, wanted_category text) returns uuid[]
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select case platform.kind()
      when 'system' then case
        when not platform.is_narrow() or wanted_category in (select n.category from platform.narrow_job n where n.job = platform.setting('job'))
          then array_remove(array[platform.patient_id()], null)
        else '{}'::uuid[] end
      when 'visitor' then '{}'::uuid[]
      when 'nobody' then '{}'::uuid[]
      else array(
        select g.patient_id
        from platform.access_grant g
        where g.person_id = platform.person_id()
          and g.category = wanted_category
          and g.verb = wanted_verb
          and g.patient_id is not null
          and (platform.kind() = 'staff' or g.patient_id = platform.patient_id())
          and (g.source = 'emergency') = (platform.kind() = 'staff')
          and g.revoked_at is null
          and g.starts_at <= platform.now()
          and (g.ends_at is null or g.ends_at > platform.now()))
    end
  $$;

create function platform.sees_all(category text) returns boolean
  language sql stable as $$ select platform.reaches_all('see', category) $$;
create function platform.patients_seen(category text) returns uuid[]
  language sql stable as $$ select platform.patients_reached('see', category) $$;
create function platform.changes_all(category text) returns boolean
  language sql stable as $$ select platform.reaches_all('change', category) $$;
create function platform.patients_changed(category text) returns uuid[]
  language sql stable as $$ select platform.patients_reached('change', category) $$;

-- What the wall covers; the catalogue test walks this list.
create table platform.walled_table (
  name text primary key,
  category text not null,
  owner_column text not null,
  owner_kind text not null check (owner_kind in ('patient', 'person')),
  visible_column text,
  restricted_column text
);

-- Builds the wall around one table. The policies ask through init plans, so the question is put once per query and not once per row.
create function platform.protect(target regclass, category text, patient text default 'patient_id', visible text default null, restricted text default null)
  returns void
  language plpgsql
  as $$
  declare
    shown text := '';
    mine text;
  begin
    if visible is not null then shown := shown || format(' and %I <= (select platform.now())', visible); end if;
    if restricted is not null then shown := shown || format(' and not %I', restricted); end if;
    mine := format('%I = any ((select platform.patients_seen(%L))::uuid[])', patient, category);
    if shown <> '' then mine := format('(%s and (not (select platform.is_patient_side()) or (true%s)))', mine, shown); end if;
    execute format('alter table %s enable row level security', target);
    execute format('create policy see on %s for select using ((select platform.sees_all(%L)) or %s)', target, category, mine);
    mine := format('(select platform.changes_all(%L)) or %I = any ((select platform.patients_changed(%L))::uuid[])', category, patient, category);
    execute format('create policy add on %s for insert with check (%s)', target, mine);
    execute format('create policy change on %s for update using (%s) with check (%s)', target, mine, mine);
    execute format('create policy remove on %s for delete using (%s)', target, mine);
    insert into platform.walled_table values (target::text, category, patient, 'patient', visible, restricted);
  end
  $$;

-- The same wall for what belongs to a person who signs in: themselves, and staff who look after people.
create function platform.protect_person(target regclass, person text default 'person_id', category text default 'people')
  returns void
  language plpgsql
  as $$
  declare
    mine text;
  begin
    execute format('alter table %s enable row level security', target);
    mine := format('%I = (select platform.person_id()) or (select platform.sees_all(%L))', person, category);
    execute format('create policy see on %s for select using (%s)', target, mine);
    mine := format('%I = (select platform.person_id()) or (select platform.changes_all(%L))', person, category);
    execute format('create policy add on %s for insert with check (%s)', target, mine);
    execute format('create policy change on %s for update using (%s) with check (%s)', target, mine, mine);
    execute format('create policy remove on %s for delete using (%s)', target, mine);
    insert into platform.walled_table values (target::text, category, person, 'person', null, null);
  end
  $$;

revoke all on function platform.protect(regclass, text, text, text, text), platform.protect_person(regclass, text, text) from public;

-- Grants are read by the doors above; the application changes them only where accounts says so.
alter table platform.access_grant enable row level security;
create policy see on platform.access_grant for select
  using (person_id = (select platform.person_id())
    or (select platform.sees_all('people'))
    or patient_id = any ((select platform.patients_seen('access-log'))::uuid[]));
create policy add on platform.access_grant for insert
  with check ((select platform.changes_all('people')) or patient_id = any ((select platform.patients_changed('access-log'))::uuid[]));
create policy change on platform.access_grant for update
  using ((select platform.changes_all('people')) or patient_id = any ((select platform.patients_changed('access-log'))::uuid[]));
grant select, insert on platform.access_grant to rapport_app;
grant update (ends_at, revoked_at) on platform.access_grant to rapport_app;
grant select on platform.walled_table, platform.wide_job, platform.narrow_job to rapport_app;

-- What this database is, for ever, and which key opens it.
create table platform.house (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid(),
  is_demo boolean not null,
  key_fingerprint text not null,
  created_at timestamptz not null default now()
);
grant select on platform.house to rapport_app;

-- A person's presence in a browser. Tokens are stored hashed.
create table platform.session (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  person_id uuid not null,
  name text not null,
  locale text not null check (locale in ('en', 'es')),
  roles text[] not null default '{}',
  acting_for uuid,
  acting_as text check (acting_as in ('patient', 'proxy')),
  is_strong boolean not null,                       -- a passkey or a second factor was used
  device text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  idle_minutes integer not null check (idle_minutes between 1 and 30),
  absolute_until timestamptz not null,
  proven_at timestamptz not null,                   -- when the person last showed proof
  ended_at timestamptz,
  ended_because text,
  check ((acting_for is null) = (acting_as is null)),
  check ((ended_at is null) = (ended_because is null))
);
create index session_by_person on platform.session (person_id) where ended_at is null;
select platform.protect_person('platform.session');
grant select on platform.session to rapport_app;
grant update (name, locale, roles, acting_for, acting_as, seen_at, ended_at, ended_because) on platform.session to rapport_app;

-- Door: find the live session of a token and speak for its person for the rest of this transaction.
create function platform.enter(token bytea, face text, at timestamptz)
  returns table (session_id uuid, person_id uuid, name text, locale text, roles text[], acting_for uuid, acting_as text, is_strong boolean,
    proven_at timestamptz, idle_until timestamptz, absolute_until timestamptz)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  declare
    found_session platform.session;
  begin
    select * into found_session
    from platform.session s
    where s.token_hash = token
      and s.ended_at is null
      and s.absolute_until > at
      and s.seen_at + make_interval(mins => s.idle_minutes) > at;
    if found_session.id is null then return; end if;
    -- What a screen asks by itself keeps nobody signed in who has walked away.
    if platform.setting('quiet') is distinct from 'yes' and found_session.seen_at < at - interval '60 seconds' then
      update platform.session set seen_at = at where id = found_session.id and seen_at < at;
      found_session.seen_at := at;
    end if;
    perform set_config('rapport.person', found_session.person_id::text, true),
      set_config('rapport.session', found_session.id::text, true);
    if face = 'console' then
      if cardinality(found_session.roles) > 0 and found_session.is_strong then
        perform set_config('rapport.kind', 'staff', true);
      end if;
    elsif found_session.acting_for is not null then
      perform set_config('rapport.kind', found_session.acting_as, true),
        set_config('rapport.patient', found_session.acting_for::text, true);
    end if;
    return query select found_session.id, found_session.person_id, found_session.name, found_session.locale, found_session.roles,
      found_session.acting_for, found_session.acting_as, found_session.is_strong, found_session.proven_at,
      found_session.seen_at + make_interval(mins => found_session.idle_minutes), found_session.absolute_until;
  end
  $$;

-- Which of these tokens' sessions live, and what they may: asked for all open screens at once, every second and before each of them hears anything.
create function platform.still_in(tokens bytea[], at timestamptz) returns table (place integer, roles text, is_strong boolean, acting_for uuid)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select t.place::integer, array_to_string(s.roles, ' '), s.is_strong, s.acting_for
    from unnest(tokens) with ordinality as t (token, place)
    join platform.session s on s.token_hash = t.token
    where s.ended_at is null
      and s.absolute_until > at
      and s.seen_at + make_interval(mins => s.idle_minutes) > at
  $$;

-- The same effect asked for twice happens once. Kept 72 hours.
create table platform.idempotency (
  actor text not null,
  key text not null check (length(key) between 16 and 100),
  body_hash bytea not null,
  location text,
  created_at timestamptz not null,
  primary key (actor, key)
);
create index idempotency_by_age on platform.idempotency (created_at);
create function platform.actor_key() returns text
  language sql stable
  as $$ select platform.kind() || ':' || coalesce(platform.person_id()::text, '') $$;
alter table platform.idempotency enable row level security;
create policy own on platform.idempotency using (actor = (select platform.actor_key())) with check (actor = (select platform.actor_key()));
create policy sweep on platform.idempotency for delete using (platform.setting('job') = 'platform.sweep');
create policy sweep_look on platform.idempotency for select using (platform.setting('job') = 'platform.sweep');
grant select, insert, delete on platform.idempotency to rapport_app;
grant update (location) on platform.idempotency to rapport_app;

-- How often something was tried lately. Unlogged: losing it in a crash costs nothing.
create unlogged table platform.rate_count (
  action text not null,
  subject text not null,                            -- a keyed hash, never an address
  window_start timestamptz not null,
  count integer not null,
  primary key (action, subject, window_start)
);
grant select, insert, update, delete on platform.rate_count to rapport_app;

-- Which edition of the public pages is current. Writers bump it in their own transaction.
create table platform.content_version (
  one boolean primary key default true check (one),
  version bigint not null
);
insert into platform.content_version (version) values (1);
create function platform.tell_content() returns trigger
  language plpgsql
  as $$ begin perform pg_notify('rapport_content', new.version::text); return null; end $$;
create trigger tell after update on platform.content_version for each row execute function platform.tell_content();
grant select on platform.content_version to rapport_app;
grant update (version) on platform.content_version to rapport_app;

insert into platform.wide_job values ('platform.sweep', 'people', 'deletes sessions that ended long ago; reads no record', true);
grant delete on platform.session to rapport_app;
