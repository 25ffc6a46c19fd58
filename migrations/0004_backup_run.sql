-- Every backup that was tried, and how it ended. Written by the owner, who alone can make one.

create table platform.backup_run (
  id uuid primary key default uuidv7(),
  started_at timestamptz not null,
  finished_at timestamptz,
  failed_at timestamptz,
  problem text check (length(problem) <= 200),      -- a code and a place, never a row's content
  file_name text,
  bytes bigint,
  table_count integer,
  row_count bigint,
  file_count bigint,
  check (finished_at is null or failed_at is null),
  check (finished_at is null or (file_name is not null and bytes is not null and table_count is not null and row_count is not null and file_count is not null))
);
create index backup_run_by_time on platform.backup_run (started_at desc);
create index backup_run_good on platform.backup_run (finished_at desc) where finished_at is not null;
grant select on platform.backup_run to rapport_app;
