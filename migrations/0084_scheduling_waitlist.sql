-- Who waits for an earlier time, and what was offered to whom. A time that comes free belongs to nobody: it is found from how the calendar is, and the
-- exclusion constraint on claims says whose it becomes.

-- What the practice has set; without a row the defaults hold. Source: the settings of waitlists in use (group size, delay, stop before start, cut-off, hours of telling).
create table scheduling.wait_settings (
  one boolean primary key default true check (one),
  is_on boolean not null default true,
  group_size smallint not null default 3 check (group_size between 1 and 20),           -- so many hear of a time at once
  gap_minutes smallint not null default 30 check (gap_minutes between 5 and 1440),      -- until the next group hears, and until one person hears again
  answer_hours smallint not null default 24 check (answer_hours between 1 and 168),
  stop_minutes smallint not null default 240 check (stop_minutes between 0 and 20160),  -- no new offer so near the time
  cutoff_minutes smallint not null default 120 check (cutoff_minutes between 0 and 20160),
  from_minute smallint not null default 480 check (from_minute between 0 and 1380),     -- of the clock where the practice is, and where the person is
  to_minute smallint not null default 1200 check (to_minute between 60 and 1440),
  check (cutoff_minutes <= stop_minutes),
  check (to_minute - from_minute >= 60)
);
select practice.guard('scheduling.wait_settings');
grant select, insert on scheduling.wait_settings to rapport_app;
grant update (is_on, group_size, gap_minutes, answer_hours, stop_minutes, cutoff_minutes, from_minute, to_minute) on scheduling.wait_settings to rapport_app;

create table scheduling.wait (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null,
  appointment_id uuid,                                                 -- the visit that would be moved, which nobody deletes; without one a new one is booked
  visit_type_id uuid not null references scheduling.visit_type (id),
  mode text not null check (mode in ('in-person', 'phone', 'video')),
  resource_id uuid references scheduling.resource (id),                -- none: whoever is free
  location_id uuid references practice.location (id),                  -- none: anywhere
  weekdays smallint[] not null check (cardinality(weekdays) between 1 and 7 and weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  parts text[] not null check (cardinality(parts) between 1 and 3 and parts <@ array['morning', 'afternoon', 'evening']),
  until_day date,                                                      -- the last day that is wanted
  priority smallint not null default 0 check (priority between 0 and 2),
  reason text not null default '' check (length(reason) <= 2000),      -- what a visit that the desk asks for is about
  since timestamptz not null,
  added_by uuid,
  added_as text not null check (added_as in ('patient', 'proxy', 'staff')),
  ended_at timestamptz,
  ended_why text check (ended_why in ('accepted', 'left', 'desk', 'over', 'until')),
  check ((ended_at is null) = (ended_why is null)),
  check (appointment_id is not null or until_day is not null)
);
create unique index wait_once_for_a_visit on scheduling.wait (appointment_id) where ended_at is null;
create index wait_by_patient on scheduling.wait (patient_id);
create index wait_in_line on scheduling.wait (since) where ended_at is null;
select platform.protect('scheduling.wait', category => 'appointments');
-- Patients wait with a visit of their own; who comes first is the practice's to say.
create policy patients_own on scheduling.wait as restrictive for insert
  with check (not (select platform.is_patient_side()) or (appointment_id is not null and priority = 0 and reason = '' and ended_at is null and added_by = (select platform.person_id())));
grant select, insert on scheduling.wait to rapport_app;
grant update (mode, resource_id, location_id, weekdays, parts, until_day, ended_at, ended_why) on scheduling.wait to rapport_app;

-- Door: who comes first, for those who keep the calendar alone.
create function scheduling.door_rank_wait(wait uuid, rank smallint) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'staff' or not platform.changes_all('appointments') then raise insufficient_privilege; end if;
    update scheduling.wait w set priority = rank where w.id = wait and w.ended_at is null;
    return found;
  end $$;

create table scheduling.wait_offer (
  id uuid primary key default gen_random_uuid(),
  wait_id uuid not null references scheduling.wait (id),
  patient_id uuid not null,
  resource_id uuid not null references scheduling.resource (id),
  location_id uuid not null references practice.location (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  round smallint not null,                                             -- which group heard of it
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  told_at timestamptz,
  told smallint not null default 0,                                    -- how many were written to
  ended_at timestamptz,
  ended_why text check (ended_why in ('accepted', 'declined', 'taken', 'expired', 'withdrawn', 'untold')),
  appointment_id uuid,                                                 -- what it became
  moved_from timestamptz,
  check (ends_at > starts_at),
  check ((ended_at is null) = (ended_why is null)),
  check ((ended_why = 'accepted') = (appointment_id is not null)),
  unique (wait_id, starts_at)                                          -- nobody hears of the same time twice
);
create index wait_offer_by_patient on scheduling.wait_offer (patient_id);
create index wait_offer_open on scheduling.wait_offer (starts_at) where ended_at is null;
create index wait_offer_accepted on scheduling.wait_offer (resource_id, starts_at) where ended_why = 'accepted';
select platform.protect('scheduling.wait_offer', category => 'appointments');
create policy made_by_the_job on scheduling.wait_offer as restrictive for insert with check ((select platform.kind()) = 'system');
create policy patients_answer on scheduling.wait_offer as restrictive for update
  using (not (select platform.is_patient_side()) or ended_at is null) with check (not (select platform.is_patient_side()) or ended_why in ('accepted', 'declined', 'withdrawn'));
grant select, insert on scheduling.wait_offer to rapport_app;
grant update (told_at, told, ended_at, ended_why, appointment_id, moved_from) on scheduling.wait_offer to rapport_app;

insert into platform.wide_job (job, category, reason, only_sees) values
  ('scheduling.wait', 'appointments', 'finds times that came free and offers them to who waits', false),
  ('scheduling.wait', 'people', 'finds where to write to those who look after a visit', true);

-- A time that a visit had and let go. Like a claim it holds no person's data; with the claims that came after, it says how many were filled again.
create table scheduling.let_go (
  id uuid primary key default uuidv7(),
  booking_id uuid not null,
  resource_id uuid not null references scheduling.resource (id),
  during tstzrange not null,
  at timestamptz not null
);
create index let_go_by_time on scheduling.let_go (lower(during));
create index let_go_by_resource on scheduling.let_go (resource_id, lower(during));
alter table scheduling.let_go enable row level security;
create policy see on scheduling.let_go for select using ((select platform.kind()) in ('staff', 'system'));
create policy add on scheduling.let_go for insert with check (scheduling.may_claim(booking_id));
grant select, insert on scheduling.let_go to rapport_app;

revoke all on function scheduling.door_rank_wait(uuid, smallint) from public;
grant execute on function scheduling.door_rank_wait(uuid, smallint) to rapport_app;

alter table scheduling.patient_move add column waits uuid[] not null default '{}';
