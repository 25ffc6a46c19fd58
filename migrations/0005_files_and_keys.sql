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

-- Every key that ever sealed something here. Start refuses when one of them is missing.
create table platform.house_key (
  fingerprint text primary key,
  first_used_at timestamptz not null
);
grant select on platform.house_key to rapport_app;
