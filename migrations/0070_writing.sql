-- Notes that are written here: a draft of its author's alone, until it is signed; then it is filed like every other record, and never edited.
create schema writing;
grant usage on schema writing to rapport_app;

create table writing.draft (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null,
  author_id uuid not null,
  author_name text not null,
  title text not null check (length(title) between 1 and 120),
  body text not null default '' check (length(body) <= 50000),
  summary text not null default '' check (length(summary) <= 4000),   -- for the patient, in plain words; it leads the note
  addendum_to uuid,                                                    -- a signed draft
  begun_at timestamptz not null,
  changed_at timestamptz not null,
  said text[] not null default '{}',                                   -- what was said out loud at the visit, as the author attests (N8)
  signed_at timestamptz,
  filed_at timestamptz,
  check (filed_at is null or signed_at is not null)
);
create index draft_open on writing.draft (author_id, changed_at desc) where signed_at is null;
create index draft_of_patient on writing.draft (patient_id, signed_at desc) where signed_at is not null;
create index draft_to_file on writing.draft (signed_at) where signed_at is not null and filed_at is null;

alter table writing.draft enable row level security;
insert into platform.walled_table values ('writing.draft', 'notes', 'patient_id', 'patient', null, null);
create policy see on writing.draft for select using ((select platform.sees_all('notes')) and (author_id = (select platform.person_id()) or signed_at is not null or (select platform.kind()) = 'system'));
create policy add on writing.draft for insert with check ((select platform.changes_all('notes')) and author_id = (select platform.person_id()));
create policy change on writing.draft for update
  using (((select platform.changes_all('notes')) and author_id = (select platform.person_id()) and signed_at is null) or ((select platform.kind()) = 'system' and (select platform.changes_all('notes'))))
  with check ((select platform.changes_all('notes')));
create policy remove on writing.draft for delete using ((select platform.changes_all('notes')) and author_id = (select platform.person_id()) and signed_at is null);
grant select, insert, delete on writing.draft to rapport_app;
grant update (title, body, summary, changed_at, said, signed_at, filed_at) on writing.draft to rapport_app;

-- N7: how often a term was shown and kept, without any text and without whose note it was.
create table writing.kept_term (
  term text primary key,
  shown bigint not null default 0,
  kept bigint not null default 0
);
grant select, insert on writing.kept_term to rapport_app;
grant update (shown, kept) on writing.kept_term to rapport_app;

insert into platform.wide_job
select 'writing.file', category, 'files signed notes with the patient’s record, as an import does'
from unnest(array['import', 'identity', 'results', 'notes', 'record', 'work']) as category;
