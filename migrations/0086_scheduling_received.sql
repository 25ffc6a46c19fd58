-- Visits that another system sends, beside the record that keeps them as they came; and who keeps the practice's calendar.

-- The EHR that keeps the calendar, by the name under which it sends. No row: it is kept here.
create table scheduling.calendar (
  one boolean primary key default true check (one),
  source text not null check (source ~ '^[a-z0-9][a-z0-9._-]{0,59}$'),
  reminds boolean not null                              -- whether we remind of its visits, too
);
select practice.guard('scheduling.calendar');
grant select, insert, update, delete on scheduling.calendar to rapport_app;

create table scheduling.received (
  id uuid primary key default gen_random_uuid(),
  record_id uuid not null,                              -- what the record calls it
  source text not null,
  source_patient uuid not null,                         -- by whose link it came to this patient
  patient_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  status text not null check (status in ('requested', 'booked', 'arrived', 'completed', 'no-show', 'cancelled', 'gone')),   -- gone: it was never meant, or is another's
  with_ids uuid[] not null,                             -- resources of ours that it takes, who sees the patient first
  with_name text not null check (length(with_name) <= 200),
  location_id uuid references practice.location (id),
  place_name text not null check (length(place_name) <= 200),
  what text not null check (length(what) <= 200),       -- what its sender calls it
  numbers text[] not null,
  is_restricted boolean not null,
  version integer not null default 1,
  first_at timestamptz not null,
  appointment_id uuid unique,                           -- the visit here that it is; none is ever deleted
  check (ends_at > starts_at),
  unique (record_id, patient_id)
);
create index received_by_patient on scheduling.received (patient_id, starts_at);
create index received_by_day on scheduling.received (starts_at);
create index received_by_link on scheduling.received (source_patient);
select platform.protect('scheduling.received', category => 'appointments', restricted => 'is_restricted');
-- It says what its source says: jobs put it in, and staff say which visit of ours it is.
create policy sent_in on scheduling.received as restrictive for insert with check ((select platform.kind()) = 'system' and not (select platform.is_patient_side()));
create policy not_patients on scheduling.received as restrictive for update using (not (select platform.is_patient_side()));
grant select, insert on scheduling.received to rapport_app;
grant update on scheduling.received to rapport_app;

-- When ours are taken by it. Like a claim it holds no person's data, so that looking for free times needs no way through the wall.
create table scheduling.elsewhere (
  visit_id uuid not null references scheduling.received (id),
  resource_id uuid not null references scheduling.resource (id),
  source text not null,
  booking_id uuid,                                      -- the visit here that it is
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (visit_id, resource_id)
);
create index elsewhere_by_resource on scheduling.elsewhere (resource_id, ends_at);
alter table scheduling.elsewhere enable row level security;
create policy see on scheduling.elsewhere for select using (true);
create policy add on scheduling.elsewhere for insert with check (not (select platform.is_patient_side()) and (select platform.changes_all('appointments')));
create policy remove on scheduling.elsewhere for delete using (not (select platform.is_patient_side()) and (select platform.changes_all('appointments')));
grant select, insert, delete on scheduling.elsewhere to rapport_app;

-- Who was told what about which state of such a visit.
create table scheduling.received_told (
  visit_id uuid not null references scheduling.received (id),
  version integer not null,
  touch text not null check (touch in ('3-days', '1-day', 'changed')),
  at timestamptz not null,
  told smallint not null,
  primary key (visit_id, version, touch)
);
alter table scheduling.received_told enable row level security;
create policy see on scheduling.received_told for select using (exists (select from scheduling.received r where r.id = visit_id));
create policy add on scheduling.received_told for insert with check ((select platform.kind()) = 'system' and (select platform.sees_all('appointments')));
insert into platform.walled_table values ('scheduling.received_told', 'appointments', 'visit_id', 'patient', null, null);
grant select, insert on scheduling.received_told to rapport_app;

insert into platform.wide_job (job, category, reason, only_sees) values
  ('records.import', 'appointments', 'keeps the visits that another system sends', false),
  ('scheduling.tell-received', 'appointments', 'tells of a visit that the EHR changed', true),
  ('scheduling.tell-received', 'people', 'finds where to write to those who look after a visit', true);

-- Door: what came by a source's patient goes to whom that is linked to now, for staff and sources who say whose a record is. Where it was joined to a visit of somebody else's, it is not that any more.
create function scheduling.door_move_received(sources uuid[], target uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() not in ('staff', 'system') or not platform.changes_all('import') then raise insufficient_privilege; end if;
    update scheduling.received r set patient_id = target
    where r.source_patient = any (sources) and r.patient_id <> target
      and not exists (select from scheduling.received o where o.record_id = r.record_id and o.patient_id = target);
    with apart as (
      update scheduling.received r set appointment_id = null
      where r.source_patient = any (sources) and exists (select from scheduling.appointment a where a.id = r.appointment_id and a.patient_id <> r.patient_id)
      returning r.id)
    update scheduling.elsewhere e set booking_id = null from apart where e.visit_id = apart.id;
  end $$;
revoke all on function scheduling.door_move_received(uuid[], uuid) from public;
grant execute on function scheduling.door_move_received(uuid[], uuid) to rapport_app;

-- What is to be copied into the EHR that keeps the calendar: of each visit the one thing that is still to be done, or was done last.
create table scheduling.copy_line (
  appointment_id uuid primary key,
  what text not null check (what in ('book', 'move', 'cancel')),
  there_at timestamptz,                                 -- the time that the EHR has it at, as far as we know; none: it has not had it
  opened_at timestamptz not null,
  due_at timestamptz not null,
  done_at timestamptz,
  done_by uuid,
  done_because text check (done_because in ('copied', 'ehr', 'undone')),   -- undone: it was given up before anybody copied it
  check ((done_at is null) = (done_because is null))
);
create index copy_line_open on scheduling.copy_line (opened_at) where done_at is null;
alter table scheduling.copy_line enable row level security;
create policy see on scheduling.copy_line for select using (exists (select from scheduling.appointment a where a.id = appointment_id));
create policy add on scheduling.copy_line for insert with check (scheduling.may_claim(appointment_id));
create policy change on scheduling.copy_line for update using (scheduling.may_claim(appointment_id)) with check (scheduling.may_claim(appointment_id));
-- What the EHR has is not a patient's to say.
create policy not_copied on scheduling.copy_line as restrictive for update with check (not (select scheduling.is_asker()) or (done_by is null and done_because is distinct from 'copied' and done_because is distinct from 'ehr'));
create policy begun_open on scheduling.copy_line as restrictive for insert with check (done_at is null);
insert into platform.walled_table values ('scheduling.copy_line', 'appointments', 'appointment_id', 'patient', null, null);
grant select, insert, update on scheduling.copy_line to rapport_app;

insert into platform.wide_job (job, category, reason, only_sees) values
  ('scheduling.copied', 'appointments', 'finds visits that need no copying any more', true),
  ('scheduling.copied', 'work', 'ends the work of copying them', false);

-- A clinician's own schedule for a calendar of theirs, by an address that is a secret. What is kept of that is a keyed hash.
create table scheduling.feed (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null,
  token_hash bytea not null unique,
  has_details boolean not null,                         -- names and kinds of visit, where the manager allows that
  made_at timestamptz not null,
  ended_at timestamptz
);
create unique index one_feed_each on scheduling.feed (person_id) where ended_at is null;
select platform.protect_person('scheduling.feed');
-- Nobody makes or changes another's.
create policy own_name on scheduling.feed as restrictive for insert with check (person_id = (select platform.person_id()));
create policy own_change on scheduling.feed as restrictive for update using (person_id = (select platform.person_id()));
grant select, insert on scheduling.feed to rapport_app;
grant update (ended_at, has_details) on scheduling.feed to rapport_app;

-- A row: the manager lets such calendars say who comes.
create table scheduling.feed_details (
  one boolean primary key default true check (one),
  allowed_at timestamptz not null
);
select practice.guard('scheduling.feed_details');
grant select, insert, delete on scheduling.feed_details to rapport_app;

-- Doors: whose schedule an address opens, as long as they may sign in and see patients here; and, each hour, the end of those who may not any more.
create function scheduling.door_open_feed(hashes bytea[]) returns table (feed_id uuid, resource_id uuid, has_details boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' or platform.setting('job') is distinct from 'scheduling.feed' then raise insufficient_privilege; end if;
    return query
      select f.id, r.id, f.has_details and exists (select from scheduling.feed_details)
      from scheduling.feed f
      join accounts.person p on p.id = f.person_id and p.disabled_at is null
      join practice.clinician c on c.person_id = p.id and c.left_at is null
      join scheduling.resource r on r.clinician_id = c.id and r.closed_at is null
      where f.token_hash = any (hashes) and f.ended_at is null and exists (select from accounts.person_role o where o.person_id = p.id and o.role in ('clinician', 'care-team'));
  end $$;
create function scheduling.door_end_feeds() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    many integer;
  begin
    if platform.kind() <> 'system' or platform.setting('job') is distinct from 'scheduling.sweep' then raise insufficient_privilege; end if;
    update scheduling.feed f set ended_at = platform.now()
    where f.ended_at is null and (not exists (select from accounts.person p where p.id = f.person_id and p.disabled_at is null)
      or not exists (select from accounts.person_role o where o.person_id = f.person_id and o.role in ('clinician', 'care-team')));
    get diagnostics many = row_count;
    return many;
  end $$;
revoke all on function scheduling.door_open_feed(bytea[]), scheduling.door_end_feeds() from public;
grant execute on function scheduling.door_open_feed(bytea[]), scheduling.door_end_feeds() to rapport_app;

insert into platform.wide_job (job, category, reason, only_sees) values
  ('scheduling.feed', 'appointments', 'writes a clinician’s schedule for a calendar of theirs', true),
  ('scheduling.feed', 'identity', 'names who comes, where the manager and the clinician let it', true);
