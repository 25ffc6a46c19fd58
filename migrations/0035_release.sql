-- What holds a result back, and nothing else can: a state's law is data of the program; the patient's own agreement and a clinician's finding
-- of danger are rows here.
create schema release;
grant usage on schema release to rapport_app;

-- R8: what a patient agreed to for a category, with the words they were shown. Ended, never deleted. Right away is having none.
create table release.agreement (
  id uuid primary key default uuidv7(),
  patient_id uuid not null,
  category text not null check (category in ('routine', 'infection', 'imaging', 'tissue', 'genetic', 'pregnancy', 'notes')),
  condition text not null check (condition in ('until-review', 'until-contact')),
  longest_days smallint not null check (longest_days between 1 and 14),
  made_at timestamptz not null,
  made_by uuid not null,                                 -- the patient, a child's parent, or who wrote down the patient's yes
  channel text not null check (channel in ('portal', 'telephone', 'in-person')),
  words_shown text not null check (length(words_shown) between 20 and 2000),   -- or read to them
  spoke_with text check (length(spoke_with) between 2 and 200),                -- whose yes it was, where staff wrote it down
  ended_at timestamptz,
  ended_by uuid,
  check ((channel = 'portal') = (spoke_with is null))
);
create unique index agreement_in_force on release.agreement (patient_id, category) where ended_at is null;
alter table release.agreement enable row level security;
insert into platform.walled_table values ('release.agreement', 'results', 'patient_id', 'patient', null, null);
create policy see on release.agreement for select using ((select platform.sees_all('results')) or patient_id = any ((select platform.patients_seen('results'))::uuid[]));
-- Who reads the results may agree about them, under their own name; that a caregiver of an adult may not is the use case's rule.
create policy add on release.agreement for insert with check (made_by = (select platform.person_id())
  and ((select platform.changes_all('results')) or patient_id = any ((select platform.patients_seen('results'))::uuid[])));
create policy change on release.agreement for update using ((select platform.changes_all('results')) or patient_id = any ((select platform.patients_seen('results'))::uuid[]));
grant select, insert on release.agreement to rapport_app;
grant update (ended_at, ended_by) on release.agreement to rapport_app;

-- One result that the patient wants to read now, or wants to be called about first, whatever the category says (R14).
create table release.wish (
  id uuid primary key default uuidv7(),
  patient_id uuid not null,
  life_id uuid not null,
  wish text not null check (wish in ('now', 'after-writing', 'call-me')),
  made_at timestamptz not null,
  made_by uuid not null
);
create index wish_by_life on release.wish (life_id, made_at desc);
alter table release.wish enable row level security;
insert into platform.walled_table values ('release.wish', 'results', 'patient_id', 'patient', null, null);
create policy see on release.wish for select using ((select platform.sees_all('results')) or patient_id = any ((select platform.patients_seen('results'))::uuid[]));
create policy add on release.wish for insert with check (made_by = (select platform.person_id())
  and ((select platform.changes_all('results')) or patient_id = any ((select platform.patients_seen('results'))::uuid[])));
grant select, insert on release.wish to rapport_app;

-- R9: a clinician's finding that reading this one result would endanger life or physical safety, or that it is known to be wrong.
create table release.finding (
  id uuid primary key default uuidv7(),
  patient_id uuid not null,
  life_id uuid not null,
  danger text not null check (danger in ('life', 'physical-safety', 'data-error')),   -- distress is none of them
  words text not null check (length(words) between 20 and 4000),
  knows_patient boolean not null check (knows_patient),                                -- a current or prior relationship, attested
  found_at timestamptz not null,
  found_by uuid not null,
  until timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  check (until > found_at and until <= found_at + interval '7 days 1 hour')
);
create unique index finding_in_force on release.finding (life_id) where ended_at is null;
alter table release.finding enable row level security;
insert into platform.walled_table values ('release.finding', 'results', 'patient_id', 'patient', null, null);
-- Staff who treat, and jobs. The patient learns that there is one and until when from the result's row, not what was written.
create policy see on release.finding for select using ((select platform.sees_all('results')) and (select platform.kind()) in ('staff', 'system'));
create policy add on release.finding for insert with check ((select platform.changes_all('results')) and (select platform.kind()) = 'staff' and found_by = (select platform.person_id()));
create policy change on release.finding for update using ((select platform.changes_all('results')) and (select platform.kind()) = 'staff');
grant select, insert on release.finding to rapport_app;
grant update (ended_at, ended_by) on release.finding to rapport_app;
