-- Who did what, and the seal that shows when somebody touched it.

create schema audit;
grant usage on schema audit to rapport_app;

create table audit.event (
  id uuid primary key default uuidv7(),
  at timestamptz not null,
  request_id text not null,
  actor_kind text not null,
  person_id uuid,
  job text,
  action text not null check (action ~ '^[a-z][a-z-]*(\.[a-z-]+)+$'),
  patient_id uuid,
  kind text,
  ids uuid[] not null default '{}',
  detail jsonb not null default '{}'
);
create index event_by_time on audit.event (at desc, id);
create index event_by_patient on audit.event (patient_id, at desc) where patient_id is not null;
create index event_by_person on audit.event (person_id, at desc) where person_id is not null;
create index event_by_action on audit.event (action, at desc);

alter table audit.event enable row level security;
create policy see on audit.event for select
  using ((select platform.sees_all('audit')) or patient_id = any ((select platform.patients_seen('access-log'))::uuid[]));
-- An event speaks for the one who is asking and for nobody else.
create policy add on audit.event for insert
  with check (actor_kind = (select platform.kind())
    and person_id is not distinct from (select platform.person_id())
    and job is not distinct from (select platform.setting('job')));
grant select, insert on audit.event to rapport_app;

create table audit.seal (
  seq bigint primary key,
  event_id uuid not null unique,
  hash bytea not null check (length(hash) = 32),
  sealed_at timestamptz not null
);
alter table audit.seal enable row level security;
create policy see on audit.seal for select using ((select platform.sees_all('audit')));
-- Sealing is a job's: whoever may read the log does not write its seals.
create policy add on audit.seal for insert with check ((select platform.kind()) = 'system' and (select platform.changes_all('audit')));
grant select, insert on audit.seal to rapport_app;

insert into platform.wide_job values
  ('audit.seal', 'audit', 'chains every new event; reads no record', false),
  ('audit.verify', 'audit', 'checks the chain; reads no record', true);
