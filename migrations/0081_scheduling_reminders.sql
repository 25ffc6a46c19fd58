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
