-- When people come: what can be booked, who and what a visit needs, and the visits themselves. A claim on a time holds no person's data, so that
-- looking for free times needs no way through the wall; the exclusion constraint on it decides every race.

create extension if not exists btree_gist with schema public;
create schema scheduling;
grant usage on schema scheduling to rapport_app;

create table scheduling.visit_type (
  id uuid primary key default gen_random_uuid(),
  name_en text not null check (length(name_en) between 1 and 80),
  name_es text not null default '' check (length(name_es) <= 80),
  words_en text not null default '' check (length(words_en) <= 400),
  words_es text not null default '' check (length(words_es) <= 400),
  prepare_en text not null default '' check (length(prepare_en) <= 1000),
  prepare_es text not null default '' check (length(prepare_es) <= 1000),
  duration_minutes smallint not null check (duration_minutes between 5 and 480),
  before_minutes smallint not null default 0 check (before_minutes between 0 and 120),
  after_minutes smallint not null default 0 check (after_minutes between 0 and 120),
  align_minutes smallint not null default 15 check (align_minutes in (5, 10, 15, 20, 30, 60)),
  lead_minutes integer not null default 120 check (lead_minutes between 0 and 43200),
  ahead_days smallint not null default 90 check (ahead_days between 1 and 730),
  cutoff_minutes integer not null default 1440 check (cutoff_minutes between 0 and 20160),   -- until when it can be moved or cancelled online
  modes text[] not null check (cardinality(modes) between 1 and 3 and modes <@ array['in-person', 'phone', 'video']),
  video_link text check (video_link ~ '^https://[^\s]+$' and length(video_link) <= 300),     -- the practice's own
  who text not null check (who in ('anyone', 'new', 'established', 'staff')),
  approval boolean not null default false,                                                   -- asked for online, and booked when the practice says yes
  price_cents integer check (price_cents between 0 and 10000000),
  look smallint not null default 1 check (look between 1 and 6),                             -- its colour and shape in the day view
  place integer not null default 0,
  closed_at timestamptz,                                                                     -- given up; kept, because visits point here
  check (not ('video' = any (modes)) or video_link is not null)
);

create table scheduling.resource (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('clinician', 'room', 'equipment')),
  name text check (length(name) between 1 and 120),           -- a clinician's is the one that the practice says
  clinician_id uuid unique references practice.clinician (id),
  location_id uuid references practice.location (id),          -- where a room or a thing stands
  place integer not null default 0,
  closed_at timestamptz,
  check ((kind = 'clinician') = (clinician_id is not null)),
  check ((kind = 'clinician') = (location_id is null)),
  check ((kind = 'clinician') = (name is null))
);
-- With the name as it is now; who has left the practice is no longer there.
create view scheduling.known_resource with (security_invoker = true) as
  select r.id, r.kind, coalesce(r.name, c.name) as name, r.clinician_id, r.location_id, coalesce(c.place, r.place) as place, coalesce(r.closed_at, c.left_at) as closed_at
  from scheduling.resource r
  left join practice.clinician c on c.id = r.clinician_id;
grant select on scheduling.known_resource to rapport_app;

-- What a visit needs. Of each need any one will do: need 0 is who sees the patient, the others are rooms and things.
create table scheduling.need (
  visit_type_id uuid not null references scheduling.visit_type (id),
  need smallint not null check (need between 0 and 5),
  resource_id uuid not null references scheduling.resource (id),
  primary key (visit_type_id, need, resource_id)
);
create index need_by_resource on scheduling.need (resource_id);

-- Minutes of the wall clock of the location's zone; past 1440 it goes on after midnight. In force between two days, so that a new plan can be entered ahead.
create table scheduling.weekly_hours (
  id uuid primary key default gen_random_uuid(),
  resource_id uuid not null references scheduling.resource (id),
  location_id uuid not null references practice.location (id),
  weekday smallint not null check (weekday between 1 and 7),      -- 1 is Monday
  starts_minute smallint not null check (starts_minute between 0 and 1439),
  ends_minute smallint not null check (ends_minute between 1 and 2880),
  from_day date,
  until_day date,
  check (ends_minute > starts_minute and ends_minute - starts_minute <= 1440),
  check (until_day >= from_day)
);
create index weekly_hours_by_resource on scheduling.weekly_hours (resource_id);

-- A day unlike its week: its rows are all there is on that day; one without a place says that there is nothing.
create table scheduling.special_day (
  id uuid primary key default gen_random_uuid(),
  resource_id uuid not null references scheduling.resource (id),
  day date not null,
  location_id uuid references practice.location (id),
  starts_minute smallint check (starts_minute between 0 and 1439),
  ends_minute smallint check (ends_minute between 1 and 2880),
  check ((location_id is null) = (starts_minute is null) and (location_id is null) = (ends_minute is null)),
  check (ends_minute > starts_minute and ends_minute - starts_minute <= 1440)
);
create index special_day_by_resource on scheduling.special_day (resource_id, day);

-- Leave, and times that are kept free. The reason is for who works here and names no patient.
create table scheduling.block (
  id uuid primary key default gen_random_uuid(),
  resource_id uuid not null references scheduling.resource (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  kind text not null check (kind in ('leave', 'block')),
  note text not null default '' check (length(note) <= 120),
  check (ends_at > starts_at)
);
create index block_by_resource on scheduling.block (resource_id, ends_at);

select practice.guard(target::regclass)
from unnest(array['scheduling.visit_type', 'scheduling.resource', 'scheduling.need', 'scheduling.weekly_hours', 'scheduling.special_day', 'scheduling.block']) as target;
grant select, insert, update on scheduling.visit_type, scheduling.resource to rapport_app;
grant update (until_day) on scheduling.weekly_hours to rapport_app;
grant select, insert, delete on scheduling.need, scheduling.weekly_hours, scheduling.special_day, scheduling.block to rapport_app;

-- A visit that is planned, or was. Its claims carry its number.
create table scheduling.appointment (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null,
  visit_type_id uuid not null references scheduling.visit_type (id),
  resource_id uuid not null references scheduling.resource (id),       -- who sees the patient
  location_id uuid not null references practice.location (id),
  mode text not null check (mode in ('in-person', 'phone', 'video')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null default '' check (length(reason) <= 2000),
  reason_locale text not null default 'en' check (reason_locale in ('en', 'es')),
  pays text check (pays in ('insurance', 'self', 'unsure')),
  -- requested: its time is taken and nobody has said yes to it yet; confirm_by is until when somebody will.
  status text not null default 'booked' check (status in ('requested', 'booked', 'arrived', 'completed', 'no-show', 'cancelled')),
  confirm_by timestamptz,
  extra_seat_because text check (length(extra_seat_because) between 3 and 200),   -- booked beside another, or outside the hours: why
  version integer not null default 1,
  booked_at timestamptz not null,
  booked_by uuid,
  booked_as text not null check (booked_as in ('patient', 'proxy', 'staff', 'system', 'visitor')),
  check (ends_at > starts_at),
  check (status <> 'requested' or confirm_by is not null)
);
create index appointment_by_patient on scheduling.appointment (patient_id, starts_at);
create index appointment_by_day on scheduling.appointment (starts_at);
create index appointment_by_resource on scheduling.appointment (resource_id, starts_at);
select platform.protect('scheduling.appointment', category => 'appointments');
-- Patients book, move and cancel; who came and who did not is the practice's to say, and so is a place beside another. Where the practice, or another
-- calendar, must say yes they can only ask; so can somebody new, and who has a visit's link, who speak as jobs about one number.
create function scheduling.is_asker() returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select platform.is_patient_side() or (platform.kind() = 'system' and platform.setting('job') in ('scheduling.newcomer', 'scheduling.link')) $$;
create function scheduling.must_ask(visit_type uuid) returns boolean
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    return exists (select from scheduling.visit_type t where t.id = visit_type and t.approval) or exists (select from scheduling.calendar);
  end $$;
create policy patients_own on scheduling.appointment as restrictive for insert
  with check (not (select scheduling.is_asker()) or (extra_seat_because is null and booked_by is not distinct from (select platform.person_id())
    and (status = 'requested' or (status = 'booked' and not scheduling.must_ask(visit_type_id)))));
create policy patients_change on scheduling.appointment as restrictive for update
  using (not (select scheduling.is_asker()) or status in ('requested', 'booked')) with check (not (select scheduling.is_asker()) or status in ('requested', 'booked', 'cancelled'));
-- Nobody says yes to what they asked for themselves, nor keeps a yes for another time. That they come they can say of any visit.
create function scheduling.keep_asked() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if scheduling.is_asker() and (
      (old.status = 'requested' and new.status not in ('requested', 'cancelled'))
      or (new.extra_seat_because is not null and new.extra_seat_because is distinct from old.extra_seat_because)
      or (new.status = 'booked' and (old.status, old.starts_at, old.ends_at, old.resource_id, old.location_id, old.mode) is distinct from (new.status, new.starts_at, new.ends_at, new.resource_id, new.location_id, new.mode)
        and scheduling.must_ask(new.visit_type_id))) then raise insufficient_privilege; end if;
    return new;
  end $$;
create trigger keep_asked before update of status, starts_at, ends_at, resource_id, location_id, mode, extra_seat_because on scheduling.appointment for each row execute function scheduling.keep_asked();
grant select, insert on scheduling.appointment to rapport_app;
grant update (resource_id, location_id, mode, starts_at, ends_at, status, confirm_by, extra_seat_because, version) on scheduling.appointment to rapport_app;

-- Who changed what about a visit. Written with the change, never edited.
create table scheduling.appointment_step (
  id uuid primary key default uuidv7(),
  appointment_id uuid not null references scheduling.appointment (id),
  at timestamptz not null,
  by_person uuid,
  by_kind text not null check (by_kind in ('patient', 'proxy', 'staff', 'system', 'visitor')),
  step text not null check (step in ('requested', 'confirmed', 'declined', 'booked', 'said-coming', 'answered', 'moved', 'cancelled', 'arrived', 'no-show', 'completed', 'reopened', 'linked')),
  version integer not null,
  starts_at timestamptz not null,
  note text not null default '' check (length(note) <= 500),
  through text check (through in ('text', 'link'))     -- not in the portal: by an answer to a text, by the link in a message
);
create index appointment_step_by_appointment on scheduling.appointment_step (appointment_id, id);
alter table scheduling.appointment_step enable row level security;
create policy see on scheduling.appointment_step for select using (exists (select from scheduling.appointment a where a.id = appointment_id));
create policy add on scheduling.appointment_step for insert
  with check (by_person is not distinct from (select platform.person_id()) and exists (
    select from scheduling.appointment a
    where a.id = appointment_id and ((select platform.changes_all('appointments')) or a.patient_id = any ((select platform.patients_changed('appointments'))::uuid[]))));
grant select, insert on scheduling.appointment_step to rapport_app;
insert into platform.walled_table values ('scheduling.appointment_step', 'appointments', 'appointment_id', 'patient', null, null);

-- A time that is kept for ten minutes while somebody types.
create table scheduling.hold (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null,
  person_id uuid,                                       -- null: somebody new, who has no account
  visit_type_id uuid not null references scheduling.visit_type (id),
  resource_id uuid not null references scheduling.resource (id),
  location_id uuid not null references practice.location (id),
  mode text not null check (mode in ('in-person', 'phone', 'video')),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  moves uuid references scheduling.appointment (id),
  expires_at timestamptz not null
);
create index hold_by_person on scheduling.hold (person_id);
create index hold_by_end on scheduling.hold (expires_at);
select platform.protect('scheduling.hold', category => 'appointments');
create policy own_name on scheduling.hold as restrictive for insert with check (person_id is not distinct from (select platform.person_id()));
grant select, insert, delete on scheduling.hold to rapport_app;

-- The claim itself. Only its times can be seen; who made it is known to whoever sees the visit or the hold of that number.
create table scheduling.claim (
  id uuid primary key default gen_random_uuid(),
  booking_id uuid not null,                           -- of an appointment or a hold
  resource_id uuid not null references scheduling.resource (id),
  seat smallint not null default 0 check (seat between 0 and 20),
  during tstzrange not null check (lower_inc(during) and not upper_inc(during) and upper(during) - lower(during) between interval '1 minute' and interval '1 day'),
  expires_at timestamptz,                             -- a hold's; never put off
  constraint one_claim_at_a_time exclude using gist (resource_id with =, seat with =, during with &&)
);
create index claim_by_booking on scheduling.claim (booking_id);
create index claim_by_start on scheduling.claim (resource_id, lower(during));
create index claim_that_ends on scheduling.claim (resource_id) where expires_at is not null;

create function scheduling.may_claim(booking uuid) returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$
    select exists (
      select from scheduling.appointment a
      where a.id = booking and (platform.changes_all('appointments') or a.patient_id = any (platform.patients_changed('appointments'))))
      or exists (
      select from scheduling.hold h
      where h.id = booking and (platform.changes_all('appointments') or h.patient_id = any (platform.patients_changed('appointments'))))
  $$;
alter table scheduling.claim enable row level security;
create policy see on scheduling.claim for select using (true);
create policy add on scheduling.claim for insert with check (scheduling.may_claim(booking_id));
create policy change on scheduling.claim for update using (scheduling.may_claim(booking_id)) with check (scheduling.may_claim(booking_id));
-- What has run out is anybody's to clear away.
create policy remove on scheduling.claim for delete using (expires_at <= (select platform.now()) or scheduling.may_claim(booking_id));
grant select, insert, delete on scheduling.claim to rapport_app;
grant update (booking_id, expires_at) on scheduling.claim to rapport_app;

insert into platform.wide_job values ('scheduling.sweep', 'appointments', 'clears away times that were kept and not booked');

-- What a join of two patients moved, so that it and no more goes back. Written and read by the two doors below alone.
create table scheduling.patient_move (
  id uuid primary key,                                -- the join
  from_id uuid not null,
  to_id uuid not null,
  appointments uuid[] not null,
  moved_at timestamptz not null
);
alter table scheduling.patient_move enable row level security;
insert into platform.walled_table values ('scheduling.patient_move', 'appointments', 'from_id', 'patient', null, null);

-- Doors: the visits of one patient become another's, for staff who say whose a record is; and back, with what these people have booked since. Holds run out by themselves.
create function scheduling.door_carry_over(joined uuid, was uuid, becomes uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    moved uuid[];
    waiting uuid[];
  begin
    if platform.kind() not in ('staff', 'system') or not platform.changes_all('import') then raise insufficient_privilege; end if;
    with carried as (update scheduling.appointment t set patient_id = becomes where t.patient_id = was returning t.id) select coalesce(array_agg(id), '{}') into moved from carried;
    with carried as (update scheduling.wait t set patient_id = becomes where t.patient_id = was returning t.id) select coalesce(array_agg(id), '{}') into waiting from carried;
    update scheduling.wait_offer t set patient_id = becomes where t.wait_id = any (waiting);
    insert into scheduling.patient_move values (joined, was, becomes, moved, platform.now(), waiting);
  end $$;
create function scheduling.door_carry_back(joined uuid, stands uuid, persons uuid[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'staff' or not platform.changes_all('import') then raise insufficient_privilege; end if;
    update scheduling.appointment t set patient_id = m.from_id from scheduling.patient_move m
    where m.id = joined and t.patient_id = stands and (t.id = any (m.appointments) or (t.booked_at >= m.moved_at and t.booked_by = any (persons)));
    update scheduling.wait t set patient_id = m.from_id from scheduling.patient_move m
    where m.id = joined and t.patient_id = stands and (t.id = any (m.waits) or (t.since >= m.moved_at and t.added_by = any (persons)));
    update scheduling.wait_offer t set patient_id = w.patient_id from scheduling.wait w where w.id = t.wait_id and t.patient_id <> w.patient_id and t.patient_id = stands;
  end $$;
revoke all on function scheduling.door_carry_over(uuid, uuid, uuid), scheduling.door_carry_back(uuid, uuid, uuid[]) from public;
grant execute on function scheduling.door_carry_over(uuid, uuid, uuid), scheduling.door_carry_back(uuid, uuid, uuid[]) to rapport_app;
