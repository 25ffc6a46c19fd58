-- Systems that send records by themselves, and what they sent: kept as it came, and committed, before it is acknowledged.

create schema feeds;
grant usage on schema feeds to rapport_app;

-- Who may send. A token is kept as its hash alone.
create table feeds.sender (
  source text primary key check (source ~ '^[a-z0-9][a-z0-9._-]{0,59}$'),
  facility text,                                        -- MSH-4, by which a message over MLLP says who sends it
  zone text not null,                                   -- of dates that carry no offset
  number_system text,                                   -- whose record numbers it uses, where it does not say
  token_sha256 bytea unique,
  added_at timestamptz not null,
  ended_at timestamptz,
  busy_until timestamptz                                -- somebody is putting its messages away
);
create unique index sender_by_facility on feeds.sender (facility) where facility is not null and ended_at is null;
grant select, insert on feeds.sender to rapport_app;
grant update (facility, zone, number_system, token_sha256, ended_at, busy_until) on feeds.sender to rapport_app;

create table feeds.message (
  id uuid primary key default uuidv7(),
  source text not null references feeds.sender (source),
  format text not null check (format in ('hl7', 'fhir')),
  raw bytea not null,
  raw_sha256 bytea not null,
  received_at timestamptz not null,
  done_at timestamptz,
  reason text,                                          -- why it could not be used; null: it was
  unique (source, raw_sha256)
);
create index message_to_do on feeds.message (source, id) where done_at is null;
alter table feeds.message enable row level security;
create policy see on feeds.message for select using ((select platform.kind()) = 'system' and (select platform.sees_all('import')));
create policy add on feeds.message for insert with check ((select platform.kind()) = 'system' and (select platform.changes_all('import')));
create policy change on feeds.message for update using ((select platform.kind()) = 'system' and (select platform.changes_all('import')));
insert into platform.walled_table values ('feeds.message', 'import', 'id', 'patient', null, null);
grant select, insert on feeds.message to rapport_app;
grant update (done_at, reason) on feeds.message to rapport_app;
