-- How a reader of the portal wants to have it shown (A4): what comes first, and how large. It changes no word and opens nothing. The reader's own:
-- a caregiver's eyes are not the patient's.
create table records.reading_help (
  person_id uuid primary key,
  first text not null check (first in ('words', 'numbers')),
  size text not null check (size in ('usual', 'large', 'largest')),
  set_at timestamptz not null
);
alter table records.reading_help enable row level security;
insert into platform.walled_table values ('records.reading_help', 'people', 'person_id', 'person', null, null);
create policy own on records.reading_help using ((select platform.is_patient_side()) and person_id = (select platform.person_id())) with check ((select platform.is_patient_side()) and person_id = (select platform.person_id()));
grant select, insert, update on records.reading_help to rapport_app;
