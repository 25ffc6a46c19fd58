-- Which files are in use. What lies on disk without a row here belongs to a transaction that never committed.

create table platform.file (
  id uuid primary key,
  sha256 bytea not null check (length(sha256) = 32),
  size bigint not null check (size >= 0),
  stored_at timestamptz not null,
  removed_at timestamptz
);
create index file_removed on platform.file (removed_at) where removed_at is not null;
grant select, insert, delete on platform.file to rapport_app;
grant update (removed_at) on platform.file to rapport_app;
-- Who may have a file's bytes is for the row that refers to it to say. Keeping and discarding is for those who work here, and jobs; only the
-- sweep forgets.
alter table platform.file enable row level security;
create policy see on platform.file for select using (not (select platform.is_patient_side()));
create policy add on platform.file for insert with check (not (select platform.is_patient_side()));
create policy change on platform.file for update using (not (select platform.is_patient_side()));
create policy remove on platform.file for delete using ((select platform.kind()) = 'system' and (select platform.setting('job')) = 'platform.sweep-files');

-- Every key that ever sealed something here. Start refuses when one of them is missing.
create table platform.house_key (
  fingerprint text primary key,
  first_used_at timestamptz not null
);
grant select on platform.house_key to rapport_app;
