-- Records fetched from an EHR: from where, with which key, and how far a fetch has come. No table here holds a person's data: what was left
-- out is parked with the records, behind their wall.
create schema pull;
grant usage on schema pull to rapport_app;

-- Our keys. An EHR reads the public halves from /.well-known/jwks.json; the private ones are sealed.
create table pull.signing_key (
  kid text primary key check (kid ~ '^[0-9a-f-]{36}$'),
  algorithm text not null check (algorithm in ('ES384', 'RS384')),
  public_jwk jsonb not null check (not public_jwk ?| array['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']),
  sealed bytea not null,
  made_at timestamptz not null
);
create index signing_key_newest on pull.signing_key (algorithm, made_at desc);
grant select, insert on pull.signing_key to rapport_app;
grant update (sealed) on pull.signing_key to rapport_app;        -- anew, under a new house key

create table pull.connection (
  id uuid primary key default gen_random_uuid(),
  source text not null unique check (source ~ '^[a-z0-9][a-z0-9._-]{0,59}$'),
  base_url text not null check (length(base_url) <= 500),
  token_url text not null check (length(token_url) <= 500),
  algorithm text not null check (algorithm in ('ES384', 'RS384')),
  scope_style text not null check (scope_style in ('v1', 'v2')),   -- system/Patient.read, or system/Patient.rs
  client_id text check (length(client_id) between 1 and 300),
  group_id text check (group_id ~ '^[A-Za-z0-9.-]{1,64}$'),
  token_tested_at timestamptz,
  is_on boolean not null default false,
  since timestamptz,                                               -- transactionTime of the last whole fetch: the next asks for what came after
  added_at timestamptz not null,
  check (not is_on or (client_id is not null and group_id is not null))
);
grant select, insert on pull.connection to rapport_app;
grant update (base_url, token_url, algorithm, scope_style, client_id, group_id, token_tested_at, is_on, since) on pull.connection to rapport_app;

create table pull.run (
  id uuid primary key default uuidv7(),
  connection_id uuid not null references pull.connection (id),
  kind text not null check (kind in ('trial', 'nightly', 'by-hand')),
  state text not null default 'asked' check (state in ('asked', 'exporting', 'fetching', 'done', 'failed')),
  since timestamptz,
  status_url text,
  transaction_time timestamptz,
  requires_token boolean not null default true,
  begun_at timestamptz not null,
  next_at timestamptz not null,
  tries smallint not null default 0,                               -- since it last came further
  problem text,                                                    -- a word of ours, never what a server said
  members integer,                                                 -- in the group; null: the EHR does not say
  missing integer,                                                 -- members for whom no Patient came
  bare integer,                                                    -- patients of whom nothing else came
  finished_at timestamptz,
  check ((state in ('done', 'failed')) = (finished_at is not null))
);
create unique index run_one_at_a_time on pull.run (connection_id) where finished_at is null;
create index run_of_connection on pull.run (connection_id, begun_at desc);
grant select, insert on pull.run to rapport_app;
grant update (state, status_url, transaction_time, requires_token, next_at, tries, problem, members, missing, bare, finished_at) on pull.run to rapport_app;

create table pull.file (
  run_id uuid not null references pull.run (id),
  place integer not null,
  kind text not null check (kind in ('output', 'deleted', 'error')),
  fhir_type text not null check (fhir_type ~ '^[A-Z][A-Za-z]{2,60}$'),
  url text not null,
  announced integer,                                               -- lines, as the EHR says
  lines integer not null default 0,                                -- that arrived
  parked integer not null default 0,
  problem text,
  done_at timestamptz,
  primary key (run_id, place)
);
grant select, insert, delete on pull.file to rapport_app;
grant update (lines, parked, problem, done_at) on pull.file to rapport_app;
