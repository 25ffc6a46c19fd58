-- A letter never opens the account of somebody who works here: a front desk could make itself a manager's way in.
-- For a patient who has an account it begins the way in anew: what they signed in with before may be in other hands, so it ends.
create or replace function accounts.door_activate(hash bytea, born date, name_to_sign_in text, hash_of_password text)
  returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  declare
    letter record;
    person uuid;
  begin
    select * into letter from accounts.door_check_activation(hash, born);
    if letter.id is null then return null; end if;
    person := letter.existing_person;
    if person is not null and exists (select from accounts.person_role r where r.person_id = person) then return null; end if;
    update accounts.activation a set used_at = platform.now() where a.id = letter.id;
    if person is null then
      insert into accounts.person (name, email, sign_in_name, locale, password_hash, patient_id, created_at)
      values (letter.name, letter.email, name_to_sign_in, letter.locale, hash_of_password, letter.patient_id, platform.now())
      returning accounts.person.id into person;
    else
      update accounts.person p set password_hash = hash_of_password, totp_secret = null, totp_last_step = null, disabled_at = null, disabled_by = null where p.id = person;
      delete from accounts.passkey k where k.person_id = person;
      delete from accounts.recovery_code c where c.person_id = person;
      update platform.session s set ended_at = platform.now(), ended_because = 'opened-anew' where s.person_id = person and s.ended_at is null;
    end if;
    perform accounts.grant_self(person, letter.patient_id);
    return person;
  end $$;

-- Sessions that act for a patient stop doing so when the caregiver's time is ended by hand.
create function accounts.proxy_ended() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    own uuid;
  begin
    select p.patient_id into own from accounts.person p where p.id = new.person_id;
    update platform.session s
    set acting_for = own, acting_as = case when own is null then null else 'patient' end
    where s.person_id = new.person_id and s.acting_for = new.patient_id and s.acting_as = 'proxy' and s.ended_at is null;
    return null;
  end $$;
revoke all on function accounts.proxy_ended() from public;
create trigger ended after update of revoked_at on accounts.proxy for each row
  when (old.revoked_at is null and new.revoked_at is not null) execute function accounts.proxy_ended();

-- With a new password or mailbox, links that were mailed and sign-ins that were begun before are over.
create function accounts.ways_changed() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    update accounts.token t set used_at = platform.now()
    where t.person_id = new.id and t.used_at is null
      and (t.purpose in ('reset', 'half-way') or t.purpose = 'invitation' and new.password_hash is distinct from old.password_hash);
    return null;
  end $$;
revoke all on function accounts.ways_changed() from public;
create trigger ways_changed after update of password_hash, email on accounts.person for each row
  when (old.password_hash is distinct from new.password_hash or old.email is distinct from new.email) execute function accounts.ways_changed();

-- Old proofs and letters go when they have long been over.
create function accounts.door_sweep() returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    tokens bigint;
    letters bigint;
  begin
    if platform.kind() <> 'system' or platform.setting('job') is distinct from 'accounts.sweep' then raise insufficient_privilege; end if;
    delete from accounts.token t where t.expires_at < platform.now() - interval '1 day';
    get diagnostics tokens = row_count;
    delete from accounts.activation a where a.expires_at < platform.now() - interval '90 days';
    get diagnostics letters = row_count;
    delete from accounts.care_invitation i where i.expires_at < platform.now() - interval '90 days';
    return tokens + letters;
  end $$;

-- The practice itself keeps what it wants first.
drop table accounts.setup;

-- An adult asks somebody to look after their record, or the front desk asks the parent of a child under 12. The link goes by mail or on paper; the code that belongs to it is told by mouth
-- or stands on the paper, so that a mistyped address opens nothing. Both are known by their hash alone.
create table accounts.care_invitation (
  id uuid primary key default gen_random_uuid(),
  link_hash bytea not null unique,
  code_hash bytea not null,
  patient_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  email text check (length(email) between 3 and 254 and email = lower(email)),
  basis text not null default 'named-by-adult' check (basis in ('parent-of-child', 'named-by-adult')),
  ends_at timestamptz not null,
  made_at timestamptz not null,
  made_by uuid not null references accounts.person (id),
  expires_at timestamptz not null,
  tries integer not null default 0 check (tries between 0 and 5),
  used_at timestamptz,
  revoked_at timestamptz,
  check (ends_at > made_at),
  check (basis = 'named-by-adult' or ends_at < made_at + interval '12 years 2 days')
);
create index care_invitation_by_patient on accounts.care_invitation (patient_id);
alter table accounts.care_invitation enable row level security;
create policy see on accounts.care_invitation for select
  using ((select platform.sees_all('people')) or patient_id = any ((select platform.patients_seen('access-log'))::uuid[]));
create policy add on accounts.care_invitation for insert
  with check (case basis
    when 'named-by-adult' then patient_id = any ((select platform.patients_changed('access-log'))::uuid[])
    else (select platform.kind()) = 'staff' and (select platform.changes_all('people')) and made_by = (select platform.person_id()) end);
create policy change on accounts.care_invitation for update
  using (case basis
    when 'named-by-adult' then patient_id = any ((select platform.patients_changed('access-log'))::uuid[])
    else (select platform.kind()) = 'staff' and (select platform.changes_all('people')) end);
insert into platform.walled_table values ('accounts.care_invitation', 'access-log', 'patient_id', 'patient', null, null);
grant select, insert on accounts.care_invitation to rapport_app;
grant update (revoked_at) on accounts.care_invitation to rapport_app;

-- Whether a link is alive; nothing of what it is for.
create function accounts.door_care_is_live(link bytea) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select exists (select from accounts.care_invitation i
      where i.link_hash = link and i.used_at is null and i.revoked_at is null and i.expires_at > platform.now() and i.ends_at > platform.now() and i.tries < 5)
  $$;

-- What a link with its code is for. A wrong code costs a try.
create function accounts.door_check_care(link bytea, code bytea)
  returns table (id uuid, patient_id uuid, name text, email text, needs_name boolean, ends_at timestamptz, made_by uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  declare
    held accounts.care_invitation;
  begin
    select * into held from accounts.care_invitation i
    where i.link_hash = link and i.used_at is null and i.revoked_at is null and i.expires_at > platform.now() and i.ends_at > platform.now() and i.tries < 5
    for update;
    if held.id is null then return; end if;
    if held.code_hash is distinct from code then
      update accounts.care_invitation i set tries = i.tries + 1 where i.id = held.id;
      return;
    end if;
    -- An adult who asks must still be one who may name somebody; for a child the desk has asked.
    if held.basis = 'named-by-adult' and not exists (select from platform.access_grant g where g.person_id = held.made_by and g.patient_id = held.patient_id and g.category = 'access-log' and g.verb = 'change'
      and g.source = 'self' and g.revoked_at is null) then return; end if;
    return query select held.id, held.patient_id, held.name, held.email,
      held.email is null or exists (select from accounts.person p where p.email = held.email and p.sign_in_name is null), held.ends_at, held.made_by;
  end $$;

create function accounts.begin_care(invitation uuid, person uuid) returns void
  language sql
  set search_path = pg_catalog, pg_temp
  as $$
    update accounts.care_invitation i set used_at = platform.now() where i.id = invitation;
    update accounts.proxy x set revoked_at = platform.now()
    from accounts.care_invitation i where i.id = invitation and x.person_id = person and x.patient_id = i.patient_id and x.revoked_at is null;
    update platform.access_grant g set revoked_at = platform.now()
    from accounts.care_invitation i where i.id = invitation and g.person_id = person and g.patient_id = i.patient_id and g.source = 'proxy' and g.revoked_at is null;
    insert into accounts.proxy (person_id, patient_id, basis, starts_at, ends_at, made_at, made_by, invitation_id)
    select person, i.patient_id, i.basis, platform.now(), i.ends_at, platform.now(), i.made_by, i.id from accounts.care_invitation i where i.id = invitation;
    insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at, ends_at, granted_by)
    select person, i.patient_id, c.category, c.verb, 'proxy', platform.now(), i.ends_at, i.made_by
    from accounts.care_invitation i,
      (values ('identity', 'see'), ('results', 'see'), ('notes', 'see'), ('record', 'see'), ('appointments', 'see'), ('appointments', 'change'),
        ('messages', 'see'), ('messages', 'change'), ('billing', 'see')) as c (category, verb)
    where i.id = invitation;
  $$;
revoke all on function accounts.begin_care(uuid, uuid) from public;

-- Somebody with a sign-in says yes. Their session turns to the patient where it had no record open. One's own record needs no caregiver.
create function accounts.door_accept_care(link bytea, code bytea) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    held record;
    me uuid := platform.person_id();
  begin
    if me is null or platform.setting('session') is null then raise insufficient_privilege; end if;
    select * into held from accounts.door_check_care(link, code);
    if held.id is null or held.made_by = me or exists (select from accounts.person p where p.id = me and p.patient_id = held.patient_id) then return null; end if;
    perform accounts.begin_care(held.id, me);
    update platform.session s set acting_for = held.patient_id, acting_as = 'proxy'
    where s.id = platform.setting('session')::uuid and s.person_id = me and s.acting_for is null;
    return held.patient_id;
  end $$;

-- Somebody without a sign-in gets one with their yes.
create function accounts.door_open_care(link bytea, code bytea, own_name text, name_to_sign_in text, hash_of_password text, speaks text) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    held record;
    person uuid;
  begin
    perform accounts.at_the_door();
    select * into held from accounts.door_check_care(link, code);
    if held.id is null then return null; end if;
    insert into accounts.person (name, email, sign_in_name, locale, password_hash, patient_id, created_at)
    values (own_name, held.email, name_to_sign_in, speaks, hash_of_password, null, platform.now())
    returning accounts.person.id into person;
    perform accounts.begin_care(held.id, person);
    return person;
  end $$;

-- A patient reads the names of those who may act for them; they are not in their own row's reach.
create function accounts.door_caregivers()
  returns table (id uuid, person_id uuid, name text, basis text, ends_at timestamptz)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'patient' then raise insufficient_privilege; end if;
    return query select x.id, x.person_id, p.name, x.basis, x.ends_at
      from accounts.proxy x join accounts.person p on p.id = x.person_id
      where x.patient_id = any (platform.patients_seen('access-log')) and x.revoked_at is null and x.ends_at > platform.now()
      order by x.made_at
      limit 50;
  end $$;

-- Whom a person looks after, by name where the patient has an account of their own.
create function accounts.door_whom_i_help()
  returns table (patient_id uuid, name text, basis text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() not in ('patient', 'proxy') then raise insufficient_privilege; end if;
    return query select x.patient_id, p.name, x.basis
      from accounts.proxy x left join accounts.person p on p.patient_id = x.patient_id
      where x.person_id = platform.person_id() and x.revoked_at is null and x.starts_at <= platform.now() and x.ends_at > platform.now()
      order by x.made_at
      limit 20;
  end $$;

-- Ends the count of wrong tries: at sign-in, or when the front desk has seen who somebody is.
create or replace function accounts.door_succeeded(person uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() not in ('visitor', 'system') and not platform.changes_all('people') and platform.person_id() is distinct from person then raise insufficient_privilege; end if;
    delete from accounts.failed_try f where f.person_id = person;
  end $$;

-- What the front desk needs to help a patient in: whether there is an account, how long its letter is good, whether guesses slow it down.
create function accounts.door_way_in(patient uuid)
  returns table (person_id uuid, email text, sign_in_name text, is_disabled boolean, has_passkey boolean, has_app boolean, failures integer, letter_until timestamptz, works_here boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'staff' or not platform.sees_all('people') then raise insufficient_privilege; end if;
    return query select p.id, p.email, p.sign_in_name, p.disabled_at is not null, exists (select from accounts.passkey k where k.person_id = p.id), p.totp_secret is not null,
      coalesce((select f.count from accounts.failed_try f where f.person_id = p.id), 0),
      (select max(a.expires_at) from accounts.activation a where a.patient_id = patient and a.used_at is null and a.revoked_at is null and a.expires_at > platform.now() and a.tries < 5),
      exists (select from accounts.person_role r where r.person_id = p.id)
      from (select 1) as one left join accounts.person p on p.patient_id = patient;
  end $$;

-- Who may say what others' work here is: managers, and the command line. Nobody gives themselves a role, and the front desk gives none.
create function accounts.gives_roles() returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select case platform.kind()
      when 'system' then platform.changes_all('people')
      when 'staff' then exists (select from accounts.person_role r join accounts.person p on p.id = r.person_id
        where r.person_id = platform.person_id() and r.role = 'manager' and p.disabled_at is null)
      else false
    end
  $$;
drop policy add on accounts.person_role;
drop policy change on accounts.person_role;
drop policy remove on accounts.person_role;
create policy add on accounts.person_role for insert with check ((select accounts.gives_roles()));
create policy remove on accounts.person_role for delete using ((select accounts.gives_roles()));
drop policy add on platform.access_grant;
create policy add on platform.access_grant for insert
  with check (case when source = 'role' then (select accounts.gives_roles())
    else (select platform.changes_all('people')) or patient_id = any ((select platform.patients_changed('access-log'))::uuid[]) end);
drop policy change on platform.access_grant;
create policy change on platform.access_grant for update
  using (case when source = 'role' then (select accounts.gives_roles())
    else (select platform.changes_all('people')) or patient_id = any ((select platform.patients_changed('access-log'))::uuid[]) end);
-- A live session holds the roles its person has, and no others.
create function accounts.session_roles() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if new.roles is distinct from array(select r.role from accounts.person_role r where r.person_id = new.person_id order by 1) then raise insufficient_privilege; end if;
    return new;
  end $$;
revoke all on function accounts.session_roles() from public;
create trigger roles_as_given before update of roles on platform.session for each row
  when (old.roles is distinct from new.roles) execute function accounts.session_roles();

do $$
declare door regprocedure;
begin
  for door in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'accounts'::regnamespace and p.proname like 'door\_%'
  loop
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to rapport_app', door);
  end loop;
end $$;
