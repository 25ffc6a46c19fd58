-- What people answer by text. Kept before anything is done with it; what comes twice under one number counts once.
create table notices.heard (
  id uuid primary key default uuidv7(),
  vendor_id text not null unique check (length(vendor_id) between 10 and 80),
  from_address text not null check (from_address ~ '^\+[1-9][0-9]{6,14}$'),
  words bytea not null,                               -- sealed: it can hold anything
  heard_at timestamptz not null,
  read_as text check (read_as in ('stop', 'start', 'help', 'wrong-number', 'confirmed', 'changed', 'which', 'work')),
  read_at timestamptz,
  patient_id uuid,                                    -- whose telephone it is, if it is one person's
  check ((read_as is null) = (read_at is null))
);
create index heard_by_address on notices.heard (from_address, heard_at desc);
create index heard_waiting on notices.heard (heard_at) where read_at is null;
alter table notices.heard enable row level security;
-- Those who answer what people write, and the desk. Nobody who looks after the patient: the telephone may be kept from them.
create policy see on notices.heard for select using ((select platform.sees_all('messages')) or (select platform.sees_all('people')) or platform.setting('job') = 'platform.rotate-keys');
-- The job that hears writes here, in the ledger and under the ways that turn out not to be theirs, and nowhere else.
create policy add on notices.heard for insert with check (platform.setting('job') = 'notices.hear');
create policy change on notices.heard for update using (platform.setting('job') in ('notices.hear', 'platform.rotate-keys'));
create policy hear on notices.consent for insert with check (platform.setting('job') = 'notices.hear');
create policy hear on notices.reach for update using (platform.setting('job') = 'notices.hear');
insert into platform.walled_table values ('notices.heard', 'people', 'patient_id', 'patient', null, null);
grant select, insert on notices.heard to rapport_app;
grant update (words, read_as, read_at, patient_id) on notices.heard to rapport_app;

-- Door: which visits a telephone was asked about by text in the last days, the first first: an answer can mean no other. What was told elsewhere, such as
-- at the safe way of somebody whom this telephone serves too, is not in it.
create function notices.door_asked_by_text(number text) returns table (patient_id uuid, visit_id uuid, asked_at timestamptz)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' or platform.setting('job') <> 'notices.hear' then raise insufficient_privilege; end if;
    return query
      select m.patient_id, m.about_id, min(m.queued_at)
      from platform.mail m
      where m.to_address = number and m.way = 'text' and m.kind = 'visit-coming' and m.about_type = 'appointment' and m.patient_id is not null and m.sent_at > platform.now() - interval '8 days'
        and exists (select from notices.reach r where r.patient_id = m.patient_id and r.kind = 'phone' and r.address = number and r.ended_at is null)
      group by m.patient_id, m.about_id
      order by min(m.queued_at), m.about_id
      limit 30;
  end $$;
-- Door: who says yes to what was asked there shows that they read there, as a code would.
create function notices.door_answered(patient uuid, number text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' or platform.setting('job') <> 'notices.hear' then raise insufficient_privilege; end if;
    update notices.reach r set verified_at = platform.now() where r.patient_id = patient and r.kind = 'phone' and r.address = number and r.ended_at is null and r.verified_how = 'code';
  end $$;
revoke all on function notices.door_asked_by_text(text), notices.door_answered(uuid, text) from public;
grant execute on function notices.door_asked_by_text(text), notices.door_answered(uuid, text) to rapport_app;

insert into platform.wide_job values ('notices.hear', 'people', 'whose telephone it is, and in which language they are answered', true);
