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
    return tokens + letters;
  end $$;

-- The practice itself keeps what it wants first.
drop table accounts.setup;

-- An adult asks somebody to look after their record; whether that mailbox has an account is not told. The invited person says yes.
alter table accounts.token drop constraint token_purpose_check;
alter table accounts.token add constraint token_purpose_check check (purpose in ('passkey', 'half-way', 'reset', 'invitation', 'setup', 'new-email', 'caregiver'));

create function accounts.door_invite_caregiver(mailbox text)
  returns table (id uuid, name text, email text, locale text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'patient' then raise insufficient_privilege; end if;
    return query select p.id, p.name, p.email, p.locale from accounts.person p
      where (p.email = lower(mailbox) or p.sign_in_name = lower(mailbox)) and p.disabled_at is null and p.email is not null and p.id <> platform.person_id()
      limit 5;
  end $$;

-- The invited person's yes: the token says for whom and until when; it was made by the patient and is good for this person alone.
create function accounts.door_accept_caregiver(used_hash bytea)
  returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    me uuid := platform.person_id();
    held record;
    wish jsonb;
    patient uuid;
    until timestamptz;
  begin
    select t.person_id, t.value into held from accounts.token t
    where t.hash = used_hash and t.purpose = 'caregiver' and t.used_at is null and t.expires_at > platform.now() for update;
    if held.person_id is null or held.person_id is distinct from me then return null; end if;
    update accounts.token t set used_at = platform.now() where t.hash = used_hash;
    wish := held.value::jsonb;
    patient := (wish ->> 'patientId')::uuid;
    until := (wish ->> 'endsAt')::timestamptz;
    if until <= platform.now() then return null; end if;
    -- The patient must still be one who may name somebody.
    if not exists (select from platform.access_grant g where g.person_id = (wish ->> 'namedBy')::uuid and g.patient_id = patient and g.category = 'access-log' and g.verb = 'change'
      and g.source = 'self' and g.revoked_at is null) then return null; end if;
    if exists (select from accounts.proxy x where x.person_id = me and x.patient_id = patient and x.revoked_at is null and x.ends_at > platform.now()) then return patient; end if;
    update accounts.proxy x set revoked_at = platform.now() where x.person_id = me and x.patient_id = patient and x.revoked_at is null;
    insert into accounts.proxy (person_id, patient_id, basis, starts_at, ends_at, made_at, made_by)
    values (me, patient, 'named-by-adult', platform.now(), until, platform.now(), (wish ->> 'namedBy')::uuid);
    insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at, ends_at, granted_by)
    select me, patient, c.category, c.verb, 'proxy', platform.now(), until, (wish ->> 'namedBy')::uuid
    from (values ('identity', 'see'), ('results', 'see'), ('notes', 'see'), ('record', 'see'), ('appointments', 'see'), ('appointments', 'change'),
      ('messages', 'see'), ('messages', 'change'), ('billing', 'see')) as c (category, verb);
    return patient;
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

-- Ends the count of wrong tries: at sign-in, or when the front desk has seen who somebody is.
create or replace function accounts.door_succeeded(person uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() = 'staff' and not platform.changes_all('people') and platform.person_id() is distinct from person then raise insufficient_privilege; end if;
    delete from accounts.failed_try f where f.person_id = person;
  end $$;

do $$
declare door regprocedure;
begin
  for door in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'accounts'::regnamespace and p.proname like 'door\_%'
  loop
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to rapport_app', door);
  end loop;
end $$;
