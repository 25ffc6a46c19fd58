-- Look-ups before there is an actor. Each door answers one question about one secret, and only to one who has not signed in yet
-- (or to the person themselves); none lists anything.

create function accounts.at_the_door() returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  as $$ begin
    if platform.kind() not in ('visitor') then raise insufficient_privilege using message = 'this door is for those who have not come in yet'; end if;
  end $$;

-- Before there is a session nobody can be asked who they are; afterwards a door that is about one person opens for that person alone. A door
-- may be about nobody yet: whoever takes up a letter.
create function accounts.must_be_theirs(person uuid) returns void
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  as $$ begin
    if platform.kind() <> 'visitor' and person is not null and platform.person_id() is distinct from person then raise insufficient_privilege using message = 'this door is about somebody else'; end if;
  end $$;

-- Who may sign in under this name or mailbox: what is needed to check a password.
create function accounts.door_find(name text)
  returns table (id uuid, password_hash text, has_totp boolean, passkeys bigint, roles text[], is_disabled boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    perform accounts.at_the_door();
    return query
      select p.id, p.password_hash, p.totp_secret is not null, (select count(*) from accounts.passkey k where k.person_id = p.id),
        array(select r.role from accounts.person_role r where r.person_id = p.id order by 1), p.disabled_at is not null
      from accounts.person p
      where p.sign_in_name = lower(door_find.name) or (p.email = lower(door_find.name) and p.sign_in_name is null);
  end $$;

-- What a session is made of, once somebody has proven who they are.
create function accounts.door_person(person uuid)
  returns table (id uuid, name text, email text, locale text, patient_id uuid, roles text[], totp_secret bytea, totp_last_step bigint, passkeys bigint, is_disabled boolean, password_hash text,
    acts_for uuid[])
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'visitor' and person is not null and platform.person_id() is distinct from person then raise insufficient_privilege; end if;
    return query
      select p.id, p.name, p.email, p.locale, p.patient_id, array(select r.role from accounts.person_role r where r.person_id = p.id order by 1),
        p.totp_secret, p.totp_last_step, (select count(*) from accounts.passkey k where k.person_id = p.id), p.disabled_at is not null, p.password_hash,
        array(select x.patient_id from accounts.proxy x where x.person_id = p.id and x.revoked_at is null and x.starts_at <= platform.now() and x.ends_at > platform.now() order by x.made_at)
      from accounts.person p
      where p.id = person;
  end $$;

create function accounts.door_passkey(passkey_id text)
  returns table (id text, person_id uuid, public_key bytea, counter bigint, transports text[])
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    return query select k.id, k.person_id, k.public_key, k.counter, k.transports
      from accounts.passkey k join accounts.person p on p.id = k.person_id
      where k.id = passkey_id and p.disabled_at is null and (platform.kind() = 'visitor' or k.person_id = platform.person_id());
  end $$;

create function accounts.door_passkey_used(passkey_id text, new_counter bigint) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$ update accounts.passkey set counter = new_counter, used_at = platform.now() where id = passkey_id and counter <= new_counter $$;

-- A code from an app counts once: false when this step or a later one was used already.
create function accounts.door_use_totp_step(person uuid, step bigint) returns boolean
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select accounts.must_be_theirs(person);
    with used as (
      update accounts.person p set totp_last_step = step
      where p.id = person and (p.totp_last_step is null or p.totp_last_step < step)
      returning 1)
    select exists (select from used);
  $$;

create function accounts.door_use_recovery_code(person uuid, used_hash bytea) returns boolean
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select accounts.must_be_theirs(person);
    with used as (
      update accounts.recovery_code c set used_at = platform.now()
      where c.person_id = person and c.code_hash = used_hash and c.used_at is null
      returning 1)
    select exists (select from used);
  $$;

create function accounts.door_failed(person uuid) returns integer
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select accounts.must_be_theirs(person);
    insert into accounts.failed_try as f (person_id, count, last_at) values (person, 1, platform.now())
    on conflict (person_id) do update set count = least(f.count + 1, 1000), last_at = excluded.last_at
    returning f.count;
  $$;
-- Counts a try with a code before it is looked at, one at a time; success forgets it. After ten the wait doubles with each, to a
-- quarter of an hour: then the seconds to wait are given, and nothing is counted. Source: NIST SP 800-63B-4, throttling.
create function accounts.door_try_code(person uuid) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    f accounts.failed_try;
    waits interval;
  begin
    perform accounts.must_be_theirs(person);
    insert into accounts.failed_try (person_id, count, last_at) values (person, 0, platform.now()) on conflict do nothing;
    select * into f from accounts.failed_try t where t.person_id = person for update;
    waits := case when f.codes < 10 then interval '0' else make_interval(secs => least(900, 2 ^ least(f.codes - 9, 20))) end;
    if f.code_at + waits > platform.now() then return ceil(extract(epoch from f.code_at + waits - platform.now())); end if;
    update accounts.failed_try t set count = least(t.count + 1, 1000), codes = least(t.codes + 1, 1000), last_at = platform.now(), code_at = platform.now() where t.person_id = person;
    return 0;
  end $$;
create function accounts.door_succeeded(person uuid) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$ delete from accounts.failed_try where person_id = person $$;

create function accounts.door_make_token(token_hash bytea, for_purpose text, person uuid, kept_value text, expires timestamptz) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$
    insert into accounts.token (hash, purpose, person_id, value, expires_at, created_at) values (token_hash, for_purpose, person, kept_value, expires, platform.now())
  $$;
-- Looks at a token, counting the look; after twenty it is dead.
create function accounts.door_read_token(token_hash bytea, wanted text)
  returns table (person_id uuid, value text, tries integer)
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$
    update accounts.token t set tries = t.tries + 1
    where t.hash = token_hash and t.purpose = wanted and t.used_at is null and t.expires_at > platform.now() and t.tries < 20
    returning t.person_id, t.value, t.tries
  $$;
-- Uses it up: of two at once one gets it.
create function accounts.door_use_token(token_hash bytea, wanted text)
  returns table (person_id uuid, value text)
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$
    update accounts.token t set used_at = platform.now()
    where t.hash = token_hash and t.purpose = wanted and t.used_at is null and t.expires_at > platform.now() and t.tries < 20
    returning t.person_id, t.value
  $$;

-- A person is found by the mailbox for a mailed reset: all who share it.
create function accounts.door_by_email(mailbox text)
  returns table (id uuid, name text, sign_in_name text, locale text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    perform accounts.at_the_door();
    return query select p.id, p.name, p.sign_in_name, p.locale from accounts.person p
      where (p.email = lower(mailbox) or p.sign_in_name = lower(mailbox)) and p.email is not null and p.disabled_at is null
      limit 10;
  end $$;
create function accounts.door_email_of(person uuid) returns text
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$ select p.email from accounts.person p where p.id = person and p.disabled_at is null and (platform.kind() = 'visitor' or p.id = platform.person_id()) $$;

create function accounts.door_set_password(person uuid, new_hash text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select accounts.must_be_theirs(person);
    update accounts.person p set password_hash = new_hash where p.id = person;
  $$;

-- A letter's code with its birth date. A wrong date costs a try; a used, old, revoked or worn-out code is as if it had never been.
create function accounts.door_check_activation(hash bytea, born date)
  returns table (id uuid, patient_id uuid, name text, email text, locale text, proxy_for uuid, proxy_until timestamptz, existing_person uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  declare
    letter accounts.activation;
  begin
    perform accounts.at_the_door();
    select * into letter from accounts.activation a
    where a.code_hash = hash and a.used_at is null and a.revoked_at is null and a.expires_at > platform.now() and a.tries < 5
    for update;
    if letter.id is null then return; end if;
    if letter.birth_date is distinct from born then
      update accounts.activation a set tries = a.tries + 1 where a.id = letter.id;
      return;
    end if;
    return query select letter.id, letter.patient_id, letter.name, letter.email, letter.locale, letter.proxy_for, letter.proxy_until,
      (select p.id from accounts.person p where p.patient_id = letter.patient_id);
  end $$;

-- Makes the account of a letter and uses the letter up, in one step.
create function accounts.door_activate(hash bytea, born date, name_to_sign_in text, hash_of_password text)
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
    update accounts.activation a set used_at = platform.now() where a.id = letter.id;
    person := letter.existing_person;
    if person is null then
      insert into accounts.person (name, email, sign_in_name, locale, password_hash, patient_id, created_at)
      values (letter.name, letter.email, name_to_sign_in, letter.locale, hash_of_password, letter.patient_id, platform.now())
      returning accounts.person.id into person;
    else
      update accounts.person p set password_hash = coalesce(hash_of_password, p.password_hash), disabled_at = null, disabled_by = null where p.id = person;
    end if;
    perform accounts.grant_self(person, letter.patient_id);
    return person;
  end $$;

-- A patient's own reach: everything of their own, and the right to say who else may look.
create function accounts.grant_self(person uuid, patient uuid) returns void
  language sql
  set search_path = pg_catalog, pg_temp
  as $$
    insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at)
    select person, patient, c.category, c.verb, 'self', platform.now()
    from (values ('identity', 'see'), ('identity', 'change'), ('results', 'see'), ('notes', 'see'), ('record', 'see'), ('appointments', 'see'), ('appointments', 'change'),
      ('messages', 'see'), ('messages', 'change'), ('billing', 'see'), ('access-log', 'see'), ('access-log', 'change')) as c (category, verb)
    where not exists (
      select from platform.access_grant g
      where g.person_id = person and g.patient_id = patient and g.category = c.category and g.verb = c.verb and g.source = 'self' and g.revoked_at is null)
  $$;
revoke all on function accounts.grant_self(uuid, uuid) from public;

-- A new session for a person who has just shown proof.
create function accounts.door_start_session(token_hash bytea, person uuid, acting_for uuid, acting_as text, strong boolean, device text, absolute timestamptz)
  returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    session uuid;
  begin
    if platform.kind() <> 'visitor' and person is not null and platform.person_id() is distinct from person then raise insufficient_privilege; end if;
    insert into platform.session (token_hash, person_id, name, locale, roles, acting_for, acting_as, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at)
    select door_start_session.token_hash, p.id, p.name, p.locale, array(select r.role from accounts.person_role r where r.person_id = p.id order by 1), door_start_session.acting_for, door_start_session.acting_as,
      strong, door_start_session.device, platform.now(), platform.now(), 15, absolute, platform.now()
    from accounts.person p
    where p.id = person and p.disabled_at is null
    returning id into session;
    return session;
  end $$;
create function accounts.door_end_session(token bytea, because text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$ update platform.session set ended_at = platform.now(), ended_because = because where token_hash = token and ended_at is null $$;
create function accounts.door_prove_session(token bytea, strong boolean) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$ update platform.session set proven_at = platform.now(), is_strong = is_strong or strong where token_hash = token and ended_at is null $$;
create function accounts.door_end_sessions_of(person uuid, because text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$ update platform.session set ended_at = platform.now(), ended_because = because where person_id = person and ended_at is null $$;

do $$
declare door regprocedure;
begin
  for door in select p.oid::regprocedure from pg_proc p where p.pronamespace = 'accounts'::regnamespace and p.proname like 'door\_%'
  loop
    execute format('revoke all on function %s from public', door);
    execute format('grant execute on function %s to rapport_app', door);
  end loop;
end $$;

insert into platform.wide_job values ('accounts.command', 'people', 'the command line adds and resets people');
