-- How people are reached. A telephone or a mailbox stands by itself and may serve several people; whose it is, is a line of `reach`.

-- One telephone or mailbox. Whoever carries things may say that nothing arrives there.
create table notices.point (
  kind text not null check (kind in ('phone', 'mailbox')),
  address text not null check (length(address) between 3 and 254 and address !~ '[\s[:cntrl:]]'),
  made_at timestamptz not null,
  failed_at timestamptz,
  failed_why text check (failed_why in ('bounced', 'complained', 'unreachable')),
  primary key (kind, address),
  check (kind <> 'phone' or address ~ '^\+[1-9][0-9]{6,14}$'),
  check ((failed_at is null) = (failed_why is null))
);
alter table notices.point enable row level security;
create policy see on notices.point for select using ((select platform.sees_all('outbox')));
create policy change on notices.point for update using ((select platform.changes_all('outbox')));
insert into platform.walled_table values ('notices.point', 'outbox', 'address', 'person', null, null);
grant select on notices.point to rapport_app;
grant update (failed_at, failed_why) on notices.point to rapport_app;

-- A way to reach one person. Ended, never deleted.
create table notices.reach (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null,
  kind text not null check (kind in ('phone', 'mailbox')),
  address text not null,                               -- that of a point: the door below keeps both
  verified_at timestamptz not null,
  verified_how text not null check (verified_how in ('code', 'desk')),  -- a code sent there came back; or the desk heard it from them
  added_by uuid,
  ended_at timestamptz,
  ended_by uuid
);
create unique index reach_once on notices.reach (patient_id, kind, address) where ended_at is null;
create index reach_by_address on notices.reach (kind, address) where ended_at is null;

-- What they want for how they are reached. `safe_reach`: the one way that counts, for everything, before every other.
create table notices.choice (
  patient_id uuid primary key,
  safe_reach uuid references notices.reach (id),
  prefers text not null default 'mail' check (prefers in ('mail', 'text')),
  no_texts boolean not null default false,
  no_voicemail boolean not null default false,
  is_brief boolean not null default false,             -- a notice does not say when and where a visit is
  zone text check (length(zone) between 3 and 60),     -- where they are, if that is another zone than the practice's
  set_at timestamptz not null,
  set_by uuid
);

-- Nothing goes to them any more, from when, and who says so: their record, or the desk.
create table notices.silence (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null,
  why text not null check (why in ('deceased', 'inactive')),
  said_by text not null check (said_by in ('record', 'desk')),
  since timestamptz not null,
  set_by uuid,
  ended_at timestamptz
);
create unique index silence_once on notices.silence (patient_id, said_by) where ended_at is null;

-- What somebody agreed to or stopped, and the words that they saw or sent. Never changed.
create table notices.consent (
  id uuid primary key default uuidv7(),
  at timestamptz not null,
  kind text not null check (kind in ('phone', 'mailbox')),
  address text not null,
  patient_id uuid,                                     -- null: all whom this telephone or mailbox serves
  scope text not null check (scope in ('texts', 'news')),
  is_given boolean not null,                           -- or stopped
  words text not null check (length(words) between 1 and 2000),
  locale text not null check (locale in ('en', 'es')),
  through text not null check (through in ('portal', 'desk', 'text', 'mail', 'site')),
  by_person uuid
);
create index consent_by_address on notices.consent (kind, address, at desc);
create index consent_by_patient on notices.consent (patient_id, at desc) where patient_id is not null;

-- The patient alone, and who sees to how people are reached. Somebody who looks after them does not: the safe way may be kept from them.
do $$
declare own text;
begin
  foreach own in array array['notices.reach', 'notices.choice', 'notices.silence', 'notices.consent'] loop
    execute format('alter table %s enable row level security', own);
    execute format('create policy see on %s for select using ((select platform.sees_all(''people'')) or patient_id = any ((select platform.patients_seen(''access-log''))::uuid[]))', own);
    insert into platform.walled_table values (own, 'people', 'patient_id', 'patient', null, null);
  end loop;
  foreach own in array array['notices.reach', 'notices.choice'] loop
    execute format('create policy change on %s for update using ((select platform.changes_all(''people'')) or patient_id = any ((select platform.patients_changed(''access-log''))::uuid[]))', own);
  end loop;
  foreach own in array array['notices.choice', 'notices.consent'] loop
    execute format('create policy add on %s for insert with check ((select platform.changes_all(''people'')) or patient_id = any ((select platform.patients_changed(''access-log''))::uuid[]))', own);
  end loop;
end $$;
create policy add on notices.silence for insert with check ((select platform.changes_all('people')));
create policy change on notices.silence for update using ((select platform.changes_all('people')));
-- What was stopped for all whom a telephone serves is seen by each whom it serves.
create policy see_shared on notices.consent for select using (patient_id is null and exists (select from notices.reach r where r.kind = consent.kind and r.address = consent.address and r.ended_at is null));
grant select on notices.reach, notices.choice, notices.silence, notices.consent to rapport_app;
grant insert on notices.choice, notices.silence, notices.consent to rapport_app;
grant update (ended_at, ended_by) on notices.reach to rapport_app;
grant update (safe_reach, prefers, no_texts, no_voicemail, is_brief, zone, set_at, set_by) on notices.choice to rapport_app;
grant update (ended_at) on notices.silence to rapport_app;

-- A code on its way to a telephone or a mailbox, to show that somebody reads there. Known by its hash; ten minutes, five tries, one use (ASVS 6.5.5).
create table notices.code (
  id uuid primary key,
  kind text not null check (kind in ('phone', 'mailbox')),
  address text not null,
  patient_id uuid,                                     -- null: a visitor's
  code_hash bytea not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0 check (tries between 0 and 5),
  used_at timestamptz
);
create index code_by_age on notices.code (expires_at);
alter table notices.code enable row level security;
insert into platform.walled_table values ('notices.code', 'people', 'patient_id', 'patient', null, null);

-- Doors. A code: made for whoever asks, for their own patient or for nobody's.
create function notices.door_make_code(id uuid, of_kind text, of_address text, patient uuid, hash bytea, until timestamptz) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() not in ('visitor', 'patient', 'staff') or (platform.kind() = 'visitor' and patient is not null)
      or (platform.kind() = 'patient' and patient is distinct from platform.patient_id()) or (platform.kind() = 'staff' and not platform.changes_all('people')) then raise insufficient_privilege; end if;
    insert into notices.code (id, kind, address, patient_id, code_hash, made_at, expires_at) values (door_make_code.id, of_kind, of_address, patient, hash, platform.now(), until);
  end $$;
-- Whether the code came back, and what it showed. A wrong one is counted, the sixth finds nothing; a right one is used up.
create function notices.door_try_code(code uuid, hash bytea) returns table (kind text, address text, is_right boolean)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    c notices.code;
  begin
    if platform.kind() not in ('visitor', 'patient', 'staff') then raise insufficient_privilege; end if;
    select * into c from notices.code n where n.id = door_try_code.code for update;
    if c.id is null or c.used_at is not null or c.tries >= 5 or c.expires_at <= platform.now()
      or (platform.kind() = 'visitor' and c.patient_id is not null) or (platform.kind() = 'patient' and c.patient_id is distinct from platform.patient_id())
      or (platform.kind() = 'staff' and not platform.changes_all('people')) then return; end if;
    update notices.code n set tries = c.tries + 1, used_at = case when c.code_hash = hash then platform.now() end where n.id = c.id;
    return query select c.kind, c.address, c.code_hash = hash;
  end $$;

-- Door: a telephone or mailbox becomes a way to reach somebody. A patient brings the code that came back; the desk says that they heard it; a job brings what a visitor has shown.
create function notices.door_add_reach(patient uuid, of_kind text, of_address text, how text, shown_by uuid) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    found uuid;
  begin
    if not (platform.kind() = 'system' and (platform.patient_id() is null or patient = platform.patient_id())
      or platform.kind() = 'staff' and platform.changes_all('people') and how = 'desk'   -- who has not seen a code come back cannot say that it did
      or platform.kind() = 'patient' and patient = platform.patient_id() and how = 'code'
        and exists (select from notices.code c where c.id = shown_by and c.patient_id = patient and c.kind = of_kind and c.address = of_address and c.used_at > platform.now() - interval '1 minute')) then raise insufficient_privilege; end if;
    insert into notices.point (kind, address, made_at) values (of_kind, of_address, platform.now()) on conflict do nothing;
    -- Who has just read there shows that it works again.
    if how = 'code' then update notices.point p set failed_at = null, failed_why = null where p.kind = of_kind and p.address = of_address and p.failed_at is not null; end if;
    insert into notices.reach (patient_id, kind, address, verified_at, verified_how, added_by) values (patient, of_kind, of_address, platform.now(), how, platform.person_id())
    on conflict (patient_id, kind, address) where ended_at is null do update set verified_at = excluded.verified_at, verified_how = case reach.verified_how when 'code' then 'code' else excluded.verified_how end
    returning id into found;
    return found;
  end $$;

-- Whether anything of a scope was stopped at an address, for all it serves or for this one: the last word counts.
create function notices.is_stopped(of_kind text, of_address text, patient uuid, of_scope text) returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$
    select coalesce((
      select not c.is_given
      from notices.consent c
      where c.kind = of_kind and c.address = of_address and c.scope = of_scope and (c.patient_id is null or c.patient_id = patient)
      order by c.at desc, c.id desc
      limit 1), false)
  $$;

-- Whether this was a way to reach them and is none any more.
create function notices.is_ended(patient uuid, of_kind text, of_address text) returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$
    select exists (select from notices.reach r where r.patient_id = patient and r.kind = of_kind and r.address = of_address)
      and not exists (select from notices.reach r where r.patient_id = patient and r.kind = of_kind and r.address = of_address and r.ended_at is null)
  $$;

create function notices.is_silent(patient uuid) returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select exists (select from notices.silence s where s.patient_id = patient and s.ended_at is null) $$;

-- Which kinds answer somebody who just asked: they go where they were asked to go, whatever was chosen.
create function notices.answers(kind text) returns boolean
  language sql immutable as $$ select kind in ('code', 'new-email', 'text-answer') $$;

-- Which kinds are about the way into an account: who is only not with us any more still has theirs.
create function notices.serves_account(kind text) returns boolean
  language sql immutable as $$ select kind in ('code', 'new-email', 'reset', 'changed', 'invitation', 'letter') $$;

-- Where a mail or a text goes: to the one safe way of whom it is about, and of whom it goes to; nowhere once either is silent.
create or replace function platform.where_to(person uuid, patient uuid, way text, kind text, address text) returns table (go_to text, why text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    own uuid := (select p.patient_id from accounts.person p where p.id = person);
    of_kind text := case way when 'text' then 'phone' else 'mailbox' end;
    one uuid;
    safe record;
  begin
    go_to := address;
    if kind = 'staff' then return next; return; end if;     -- it is about work, not about them
    if exists (select from notices.silence s where s.patient_id in (patient, own) and s.ended_at is null and (s.why = 'deceased' or not notices.serves_account(where_to.kind))) then
      go_to := null; why := 'silent'; return next; return;
    end if;
    if notices.answers(kind) then return next; return; end if;
    -- Who looked after them and does not any more hears nothing more of them, of what waited neither.
    if person is not null and patient is not null and own is distinct from patient and not notices.serves_account(where_to.kind)
      and not exists (select from accounts.person_role p where p.person_id = person)
      and not exists (select from platform.access_grant g where g.person_id = person and g.patient_id = patient and g.revoked_at is null and g.starts_at <= platform.now() and (g.ends_at is null or g.ends_at > platform.now())) then
      go_to := null; why := 'no-access'; return next; return;
    end if;
    foreach one in array array_remove(array[patient, own], null) loop
      select r.kind, r.address, c.no_texts into safe from notices.choice c
      left join notices.reach r on r.id = c.safe_reach and r.ended_at is null and r.patient_id = c.patient_id
        and (r.verified_how = 'code' or where_to.kind not in ('reset', 'changed', 'invitation'))   -- what the desk only heard leads nobody into an account, and silences no warning
      where c.patient_id = one;
      if safe.kind is not null and safe.kind <> of_kind then go_to := null; why := 'safe-way'; return next; return; end if;
      if safe.kind is not null then go_to := safe.address; end if;
      if way = 'text' and safe.no_texts then go_to := null; why := 'no-texts'; return next; return; end if;
      exit when safe.kind is not null;
    end loop;
    if way = 'text' and notices.is_stopped('phone', go_to, patient, 'texts') then go_to := null; why := 'stopped'; return next; return; end if;
    if kind = 'something-new' and way = 'mail' and notices.is_stopped('mailbox', go_to, patient, 'news') then go_to := null; why := 'stopped'; return next; return; end if;
    if patient is not null and exists (select from notices.point p where p.kind = of_kind and p.address = go_to and p.failed_at is not null) then go_to := null; why := 'point-failed'; end if;
    return next;
  end $$;

-- From the second in which somebody falls silent nothing waits for them any more.
create function notices.drop_waiting() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    update platform.mail m
    set dropped_at = platform.now(), dropped_why = 'silent', words = null, erased_at = platform.now(), claimed_until = null, asked_at = platform.now()
    where m.words is not null and m.sent_at is null and (m.patient_id = new.patient_id or m.person_id in (select p.id from accounts.person p where p.patient_id = new.patient_id));
    return null;
  end $$;
create trigger drop_waiting after insert on notices.silence for each row execute function notices.drop_waiting();

-- What the record says of somebody: a trigger of `records` calls it.
create function notices.hear_record(patient uuid, is_deceased boolean, is_inactive boolean) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if is_deceased or is_inactive then
      update notices.silence s set ended_at = platform.now() where s.patient_id = patient and s.said_by = 'record' and s.ended_at is null and (s.why = 'deceased') <> is_deceased;
      insert into notices.silence (patient_id, why, said_by, since) values (patient, case when is_deceased then 'deceased' else 'inactive' end, 'record', platform.now()) on conflict do nothing;
    else
      update notices.silence s set ended_at = platform.now() where s.patient_id = patient and s.said_by = 'record' and s.ended_at is null;
    end if;
  end $$;

-- Door: what a job that has something to say must know of the ways to one person. No other actor gets it.
create function notices.door_ways(patient uuid) returns jsonb
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' or (platform.patient_id() is not null and platform.patient_id() <> patient) then raise insufficient_privilege; end if;
    return (
      select jsonb_build_object(
        'isSilent', notices.is_silent(patient), 'zone', c.zone, 'prefers', coalesce(c.prefers, 'mail'), 'isBrief', coalesce(c.is_brief, false), 'noTexts', coalesce(c.no_texts, false),
        'safe', (select jsonb_build_object('kind', r.kind, 'address', r.address) from notices.reach r where r.id = c.safe_reach and r.ended_at is null),
        'points', coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'address', r.address) order by r.verified_at)
          from notices.reach r join notices.point p using (kind, address)
          where r.patient_id = patient and r.ended_at is null and p.failed_at is null
            -- Numbers change hands: one that nobody has shown for a year gets no texts (SM-4). A safe way stays the only one.
            and not (r.kind = 'phone' and (r.verified_at <= platform.now() - interval '1 year' or notices.is_stopped('phone', r.address, patient, 'texts')))), '[]'),
        'textDays', coalesce((select jsonb_agg(m.counted_on) from platform.mail m where m.patient_id = patient and m.counted_on > (platform.now()::date - 9) and m.dropped_at is null), '[]'))
      from (select patient as id) one left join notices.choice c on c.patient_id = one.id);
  end $$;

-- What a join of two patients moved, so that it and nothing else goes back. Written and read by the two doors below alone.
create table notices.patient_move (
  id uuid primary key,                                 -- the join
  from_id uuid not null,
  to_id uuid not null,
  choice_before jsonb,                                 -- what the kept number had chosen
  ways uuid[] not null,
  consents uuid[] not null,
  moved_at timestamptz not null
);
alter table notices.patient_move enable row level security;
insert into platform.walled_table values ('notices.patient_move', 'people', 'from_id', 'patient', null, null);

-- Door: two patients become one. Whoever of the two named a safe way, or wants less, is heard; what waits goes where they now say.
create function notices.door_carry_over(joined uuid, was uuid, becomes uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    m notices.patient_move;
    safe uuid;
  begin
    if platform.kind() not in ('staff', 'system') or not platform.changes_all('import') then raise insufficient_privilege; end if;
    with carried as (
      update notices.reach r set patient_id = becomes
      where r.patient_id = was and r.ended_at is null and not exists (select from notices.reach k where k.patient_id = becomes and k.kind = r.kind and k.address = r.address and k.ended_at is null)
      returning r.id) select coalesce(array_agg(id), '{}') into m.ways from carried;
    with carried as (update notices.consent c set patient_id = becomes where c.patient_id = was returning c.id) select coalesce(array_agg(id), '{}') into m.consents from carried;
    select to_jsonb(c) into m.choice_before from notices.choice c where c.patient_id = becomes;
    select k.id into safe from notices.choice c join notices.reach r on r.id = c.safe_reach join notices.reach k on k.kind = r.kind and k.address = r.address and k.patient_id = becomes and k.ended_at is null where c.patient_id = was;
    insert into notices.choice (patient_id, safe_reach, prefers, no_texts, no_voicemail, is_brief, zone, set_at, set_by)
    select becomes, safe, c.prefers, c.no_texts, c.no_voicemail, c.is_brief, c.zone, platform.now(), c.set_by from notices.choice c where c.patient_id = was
    on conflict (patient_id) do update set safe_reach = coalesce(choice.safe_reach, excluded.safe_reach), no_texts = choice.no_texts or excluded.no_texts,
      no_voicemail = choice.no_voicemail or excluded.no_voicemail, is_brief = choice.is_brief or excluded.is_brief, zone = coalesce(choice.zone, excluded.zone), set_at = excluded.set_at;
    -- Who died is dead under either number.
    insert into notices.silence (patient_id, why, said_by, since, set_by) select becomes, s.why, s.said_by, s.since, s.set_by from notices.silence s
    where s.patient_id = was and s.ended_at is null and s.why = 'deceased' and s.said_by = 'desk' on conflict do nothing;
    update platform.mail x set patient_id = becomes, counted_on = null where x.patient_id = was and x.words is not null and x.sent_at is null;
    insert into notices.patient_move values (joined, was, becomes, m.choice_before, m.ways, m.consents, platform.now());
  end $$;
-- And back. What was chosen since the join stands.
create function notices.door_carry_back(joined uuid, stands uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    m notices.patient_move;
  begin
    if platform.kind() <> 'staff' or not platform.changes_all('import') then raise insufficient_privilege; end if;
    select * into m from notices.patient_move v where v.id = joined;
    update notices.choice c set safe_reach = null where c.patient_id = stands and c.safe_reach = any (m.ways);
    update notices.reach r set patient_id = m.from_id where r.id = any (m.ways) and r.patient_id = stands;
    update notices.consent c set patient_id = m.from_id where c.id = any (m.consents) and c.patient_id = stands;
    if m.choice_before is null then
      delete from notices.choice c where c.patient_id = stands and c.set_at = m.moved_at;
    else
      update notices.choice c set (safe_reach, prefers, no_texts, no_voicemail, is_brief, zone, set_at, set_by) =
        (select b.safe_reach, b.prefers, b.no_texts, b.no_voicemail, b.is_brief, b.zone, b.set_at, b.set_by from jsonb_populate_record(null::notices.choice, m.choice_before) b)
      where c.patient_id = stands and c.set_at = m.moved_at;
    end if;
  end $$;
revoke all on function notices.door_carry_over(uuid, uuid, uuid), notices.door_carry_back(uuid, uuid) from public;
grant execute on function notices.door_carry_over(uuid, uuid, uuid), notices.door_carry_back(uuid, uuid) to rapport_app;

revoke all on function notices.door_make_code(uuid, text, text, uuid, bytea, timestamptz), notices.door_try_code(uuid, bytea), notices.door_add_reach(uuid, text, text, text, uuid),
  notices.is_stopped(text, text, uuid, text), notices.is_silent(uuid), notices.drop_waiting(), notices.hear_record(uuid, boolean, boolean), notices.door_ways(uuid) from public;
grant execute on function notices.door_make_code(uuid, text, text, uuid, bytea, timestamptz), notices.door_try_code(uuid, bytea), notices.door_add_reach(uuid, text, text, text, uuid),
  notices.door_ways(uuid) to rapport_app;
