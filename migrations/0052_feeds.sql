-- Systems that send records by themselves, and what they sent: kept as it came, and committed, before it is acknowledged.

create schema feeds;
grant usage on schema feeds to rapport_app;

-- Who may send. A token is kept as its hash alone.
create table feeds.sender (
  source text primary key check (source ~ '^[a-z0-9][a-z0-9._-]{0,59}$'),
  id uuid not null unique default gen_random_uuid(),
  facility text,                                        -- MSH-4, by which a message over MLLP says who sends it
  zone text not null,                                   -- of dates that carry no offset
  number_system text,                                   -- whose record numbers it uses, where it does not say
  token_sha256 bytea unique,
  added_at timestamptz not null,
  ended_at timestamptz,
  busy_until timestamptz,                               -- somebody is putting its messages away
  silent_after_hours smallint default 10 check (silent_after_hours between 1 and 400)   -- so many hours of open doors without a word are work; null: it is not watched
);
create unique index sender_by_facility on feeds.sender (facility) where facility is not null and ended_at is null;
grant select, insert on feeds.sender to rapport_app;
grant update (facility, zone, number_system, token_sha256, ended_at, busy_until, silent_after_hours) on feeds.sender to rapport_app;

create table feeds.message (
  id uuid primary key default uuidv7(),
  source text not null references feeds.sender (source),
  format text not null check (format in ('hl7', 'fhir', 'unreadable')),
  raw bytea not null,
  raw_sha256 bytea not null,
  received_at timestamptz not null,
  done_at timestamptz,
  reason text,                                          -- why it could not be used; null: it was
  is_fault boolean not null default false,              -- its sender must mend it; otherwise it is of a kind that is not used
  unique (source, raw_sha256)
);
create index message_to_do on feeds.message (source, id) where done_at is null;
create index message_by_time on feeds.message (source, received_at desc);
create index message_aside on feeds.message (source, received_at desc) where reason is not null;
alter table feeds.message enable row level security;
create policy see on feeds.message for select using ((select platform.kind()) = 'system' and (select platform.sees_all('import')));
create policy add on feeds.message for insert with check ((select platform.kind()) = 'system' and (select platform.changes_all('import')));
create policy change on feeds.message for update using ((select platform.kind()) = 'system' and (select platform.changes_all('import')));
insert into platform.walled_table values ('feeds.message', 'import', 'id', 'patient', null, null);
grant select, insert on feeds.message to rapport_app;
grant update (done_at, reason, is_fault) on feeds.message to rapport_app;

-- Who tried to send and may not: what it calls itself, and from where. Nothing of what it sent.
create table feeds.stranger (
  id uuid primary key default gen_random_uuid(),
  way text not null check (way in ('mllp', 'https')),
  name text not null check (length(name) <= 60),
  address text not null check (length(address) <= 60),
  kind text check (length(kind) <= 20),
  first_at timestamptz not null,
  last_at timestamptz not null,
  tries integer not null default 1,
  unique (way, name)
);
grant select, insert, delete on feeds.stranger to rapport_app;
grant update (address, kind, last_at, tries) on feeds.stranger to rapport_app;

-- Door: how each sender does, for staff who settle imports. Counts and times, nothing of what was sent.
create function feeds.door_senders() returns table (source text, last_at timestamptz, day_count bigint, waiting bigint, aside bigint, faults bigint)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  begin
    if platform.kind() <> 'staff' or not platform.sees_all('import') then raise insufficient_privilege; end if;
    return query
      select s.source, (select max(m.received_at) from feeds.message m where m.source = s.source),
        (select count(*) from feeds.message m where m.source = s.source and m.received_at > platform.now() - interval '1 day'),
        (select count(*) from feeds.message m where m.source = s.source and m.done_at is null),
        (select count(*) from feeds.message m where m.source = s.source and m.reason is not null and m.received_at > platform.now() - interval '30 days'),
        (select count(*) from feeds.message m where m.source = s.source and m.reason is not null and m.is_fault and m.received_at > platform.now() - interval '30 days')
      from feeds.sender s;
  end $$;
-- Door: which of a sender's messages were put aside, and why: newest first. Nothing of what they say.
create function feeds.door_aside(sender text) returns table (id uuid, format text, received_at timestamptz, reason text, is_fault boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  begin
    if platform.kind() <> 'staff' or not platform.sees_all('import') then raise insufficient_privilege; end if;
    return query select m.id, m.format, m.received_at, m.reason, m.is_fault from feeds.message m
      where m.source = sender and m.reason is not null order by m.received_at desc limit 50;
  end $$;
-- Door: a message that is in no record, as it came, for staff who read records. What is in a record is read there.
create function feeds.door_read_message(message uuid) returns table (source text, format text, received_at timestamptz, reason text, raw bytea)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  begin
    if platform.kind() <> 'staff' or not platform.sees_all('results') then raise insufficient_privilege; end if;
    return query select m.source, m.format, m.received_at, m.reason, m.raw from feeds.message m
      where m.id = message and (m.reason is not null or m.done_at is null);
  end $$;
revoke all on function feeds.door_senders(), feeds.door_aside(text), feeds.door_read_message(uuid) from public;
grant execute on function feeds.door_senders(), feeds.door_aside(text), feeds.door_read_message(uuid) to rapport_app;
