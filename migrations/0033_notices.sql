-- How a person wants to hear that something is there.
create schema notices;
grant usage on schema notices to rapport_app;

-- By patient and category; no row: of everything. It changes nothing about when it can be read.
create table notices.telling (
  patient_id uuid not null,
  category text not null check (category in ('routine', 'infection', 'imaging', 'tissue', 'genetic', 'pregnancy', 'notes')),
  telling text not null check (telling in ('every', 'when-written', 'never')),
  set_at timestamptz not null,
  set_by uuid not null,
  primary key (patient_id, category)
);
-- Whether news that may weigh may come at night and over the weekend (R13).
create table notices.any_time (
  patient_id uuid primary key,
  is_any_time boolean not null,
  set_at timestamptz not null,
  set_by uuid not null
);
do $$
declare own text;
begin
  foreach own in array array['notices.telling', 'notices.any_time'] loop
    execute format('alter table %s enable row level security', own);
    execute format('create policy see on %s for select using ((select platform.sees_all(''results'')) or patient_id = any ((select platform.patients_seen(''results''))::uuid[]))', own);
    execute format('create policy add on %s for insert with check (set_by = (select platform.person_id()) and ((select platform.changes_all(''results'')) or patient_id = any ((select platform.patients_seen(''results''))::uuid[])))', own);
    execute format('create policy change on %s for update using ((select platform.changes_all(''results'')) or patient_id = any ((select platform.patients_seen(''results''))::uuid[]))', own);
    insert into platform.walled_table values (own, 'results', 'patient_id', 'patient', null, null);
  end loop;
end $$;
grant select, insert on notices.telling, notices.any_time to rapport_app;
grant update (telling, set_at, set_by) on notices.telling to rapport_app;
grant update (is_any_time, set_at, set_by) on notices.any_time to rapport_app;
