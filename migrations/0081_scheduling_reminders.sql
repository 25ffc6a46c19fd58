-- Who was told what about which state of a visit: a visit that was moved since is another. Decided from what is true when it is due, never queued ahead.
create table scheduling.reminder (
  appointment_id uuid not null references scheduling.appointment (id),
  patient_id uuid not null,
  version integer not null,
  touch text not null check (touch in ('3-days', '1-day', 'changed')),
  at timestamptz not null,
  told smallint not null,                               -- how many were written to; 0: nobody has an address
  primary key (appointment_id, version, touch)
);
create index reminder_by_patient on scheduling.reminder (patient_id);
alter table scheduling.reminder enable row level security;
create policy see on scheduling.reminder for select using ((select platform.sees_all('appointments')) or patient_id = any ((select platform.patients_seen('appointments'))::uuid[]));
create policy add on scheduling.reminder for insert with check ((select platform.kind()) = 'system' and (select platform.sees_all('appointments')));
insert into platform.walled_table values ('scheduling.reminder', 'appointments', 'patient_id', 'patient', null, null);
grant select, insert on scheduling.reminder to rapport_app;
create index appointment_ahead on scheduling.appointment (starts_at) where status = 'booked';

-- They say that they come to it. That is no change of the visit: its version stays, so that what is open elsewhere and what was told still holds.
alter table scheduling.appointment
  add column said_coming_at timestamptz,
  add column said_coming_how text check (said_coming_how in ('text', 'link', 'portal', 'desk')),
  add check ((said_coming_at is null) = (said_coming_how is null));
grant update (said_coming_at, said_coming_how) on scheduling.appointment to rapport_app;
-- Another time or place is not the one that they said yes to, whoever moved it.
create function scheduling.ask_anew() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    new.said_coming_at := null;
    new.said_coming_how := null;
    return new;
  end $$;
create trigger ask_anew before update of starts_at, location_id, mode on scheduling.appointment for each row
  when (old.said_coming_at is not null and (old.starts_at, old.location_id, old.mode) is distinct from (new.starts_at, new.location_id, new.mode)) execute function scheduling.ask_anew();

insert into platform.wide_job (job, category, reason, only_sees) values
  ('scheduling.settle', 'appointments', 'looks how a visit stands that a patient changed', false),
  ('scheduling.settle', 'work', 'ends or renews the work about a visit that a patient changed', false),
  ('scheduling.remind', 'appointments', 'finds visits that are three days or one day ahead', true),
  ('scheduling.remind', 'people', 'finds where to write to those who look after a visit', true),
  ('scheduling.tell', 'appointments', 'tells of a visit that the practice changed', true),
  ('scheduling.tell', 'people', 'finds where to write to those who look after a visit', true);

-- A key to one visit, in one message to one telephone or mailbox. Known by its hash; it opens nothing once the visit is over, nor when a message would not go there any more.
create table scheduling.visit_link (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  appointment_id uuid not null,                        -- of a visit, which nobody deletes
  way text not null check (way in ('mail', 'text')),
  address text not null,
  person_id uuid,                                       -- who reads there, if they sign in
  made_at timestamptz not null
);
create index visit_link_by_appointment on scheduling.visit_link (appointment_id);
alter table scheduling.visit_link enable row level security;
-- Who sees to how people are reached, and the sweep. Nobody who looks after a patient: where it went may be kept from them.
create policy see on scheduling.visit_link for select using ((select platform.sees_all('people')) or platform.setting('job') = 'scheduling.sweep');
create policy sweep on scheduling.visit_link for delete using (platform.setting('job') = 'scheduling.sweep');
insert into platform.walled_table values ('scheduling.visit_link', 'people', 'appointment_id', 'patient', null, null);
grant select, delete on scheduling.visit_link to rapport_app;

create function scheduling.door_make_link(hash bytea, visit uuid, of_way text, to_address text, reader uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' or not exists (select from scheduling.appointment a where a.id = visit and (platform.patient_id() is null and platform.sees_all('appointments') or a.patient_id = platform.patient_id())) then raise insufficient_privilege; end if;
    insert into scheduling.visit_link (token_hash, appointment_id, way, address, person_id, made_at) values (hash, visit, of_way, to_address, reader, platform.now());
  end $$;
-- The visit of a key. What one may not be written to any more is not opened with what was written before: silence, a safe way elsewhere, a right that has ended, a telephone that is not theirs.
create function scheduling.door_open_link(hashes bytea[]) returns table (link_id uuid, appointment_id uuid, patient_id uuid)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'visitor' then raise insufficient_privilege; end if;
    return query
      select l.id, a.id, a.patient_id
      from scheduling.visit_link l
      join scheduling.appointment a on a.id = l.appointment_id
      cross join lateral platform.where_to(l.person_id, a.patient_id, l.way, 'visit-coming', l.address) w
      where l.token_hash = any (hashes) and a.ends_at > platform.now()
        and coalesce(w.why, '') not in ('silent', 'no-access', 'safe-way') and coalesce(w.go_to, l.address) = l.address
        and not notices.is_ended(a.patient_id, case l.way when 'text' then 'phone' else 'mailbox' end, l.address);
  end $$;
revoke all on function scheduling.door_make_link(bytea, uuid, text, text, uuid), scheduling.door_open_link(bytea[]) from public;
grant execute on function scheduling.door_make_link(bytea, uuid, text, text, uuid), scheduling.door_open_link(bytea[]) to rapport_app;
insert into platform.narrow_job values ('scheduling.link', 'appointments', 'whoever brings the key of a visit, without an account: that patient’s visits and nothing else of them');
