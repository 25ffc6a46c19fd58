-- What a source says of its own patients: that one number is used no more, and whose it was. Kept until both have come, so that the order does not matter.
create table records.said_join (
  id uuid primary key default uuidv7(),
  source text not null,
  gone text not null,                                    -- its own id of the Patient whose number ends
  stays text not null,
  said_at timestamptz not null,
  settled_at timestamptz,
  outcome text check (outcome in ('joined', 'one-already', 'asked')),
  unique (source, gone, stays),
  check (gone <> stays),
  check ((settled_at is null) = (outcome is null))
);
create index said_join_waiting on records.said_join (source, stays) where settled_at is null;
alter table records.said_join enable row level security;
create policy see on records.said_join for select using ((select platform.kind()) = 'system' and (select platform.sees_all('import')));
create policy add on records.said_join for insert with check ((select platform.kind()) = 'system' and (select platform.changes_all('import')));
create policy change on records.said_join for update using ((select platform.kind()) = 'system' and (select platform.changes_all('import')));
insert into platform.walled_table values ('records.said_join', 'import', 'id', 'patient', null, null);
grant select, insert on records.said_join to rapport_app;
grant update (settled_at, outcome) on records.said_join to rapport_app;
