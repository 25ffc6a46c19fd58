-- Who changes whose way in. A way in that somebody else could choose opens what their own role does not: so nobody chooses another's
-- password, app or passkey, and the front desk changes nothing about those who work here.

drop policy add on accounts.person;
drop policy change on accounts.person;
create policy add on accounts.person for insert with check ((select accounts.gives_roles()));
create policy change on accounts.person for update
  using (id = (select platform.person_id()) or (select accounts.gives_roles())
    or ((select platform.changes_all('people')) and not exists (select from accounts.person_role r where r.person_id = person.id)));

create function accounts.own_way_in() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() = 'staff' and new.id is distinct from platform.person_id()
      and (new.password_hash is not null and new.password_hash is distinct from old.password_hash or new.totp_secret is not null and new.totp_secret is distinct from old.totp_secret)
    then
      raise insufficient_privilege using message = 'nobody chooses how somebody else signs in';
    end if;
    return new;
  end $$;
create trigger own_way_in before update of password_hash, totp_secret on accounts.person for each row execute function accounts.own_way_in();

-- Passkeys and recovery codes: one's own. A manager, and the command line, may only take them away.
do $$
declare factors text;
begin
  foreach factors in array array['accounts.passkey', 'accounts.recovery_code'] loop
    execute format('drop policy see on %s', factors);
    execute format('drop policy add on %s', factors);
    execute format('drop policy change on %s', factors);
    execute format('drop policy remove on %s', factors);
    execute format('create policy see on %s for select using (person_id = (select platform.person_id()) or (select accounts.gives_roles()))', factors);
    execute format('create policy add on %s for insert with check (person_id = (select platform.person_id()))', factors);
    execute format('create policy change on %s for update using (person_id = (select platform.person_id()))', factors);
    execute format('create policy remove on %s for delete using (person_id = (select platform.person_id()) or (select accounts.gives_roles()))', factors);
  end loop;
end $$;

-- Sessions: one's own; a manager ends those of somebody who is shut out; only a sweep forgets.
drop policy see on platform.session;
drop policy add on platform.session;
drop policy change on platform.session;
drop policy remove on platform.session;
create policy see on platform.session for select
  using (person_id = (select platform.person_id()) or (select accounts.gives_roles()) or ((select platform.kind()) = 'system' and (select platform.sees_all('people'))));
create policy change on platform.session for update using (person_id = (select platform.person_id()) or (select accounts.gives_roles()));
create policy remove on platform.session for delete using ((select platform.kind()) = 'system' and (select platform.setting('job')) = 'platform.sweep');

-- Letters are the desk's; no patient has to do with the row itself.
drop policy see on accounts.activation;
drop policy add on accounts.activation;
drop policy change on accounts.activation;
drop policy remove on accounts.activation;
create policy see on accounts.activation for select using ((select platform.sees_all('people')));
create policy add on accounts.activation for insert with check ((select platform.changes_all('people')));
create policy change on accounts.activation for update using ((select platform.changes_all('people')));

-- Whether the one who asks may let this person act for that patient. Nobody lets themselves, and a job asks by its own list.
create function accounts.lets_in(person uuid, patient uuid) returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$
    select (platform.kind() = 'system' or person is distinct from platform.person_id())
      and (platform.changes_all('people') or patient = any (platform.patients_changed('access-log')))
  $$;
drop policy add on accounts.proxy;
drop policy change on accounts.proxy;
create policy add on accounts.proxy for insert with check (accounts.lets_in(person_id, patient_id));
create policy change on accounts.proxy for update
  using ((select platform.changes_all('people')) or patient_id = any ((select platform.patients_changed('access-log'))::uuid[]))
  with check (revoked_at is not null or accounts.lets_in(person_id, patient_id));

-- Grants: a role's by those who give roles, a caregiver's by those who let them in and never more than a caregiver reaches. Emergency
-- access is given by nobody. The account's own grants come through the doors, and from the command line.
drop policy add on platform.access_grant;
drop policy change on platform.access_grant;
create policy add on platform.access_grant for insert
  with check (case source
    when 'role' then (select accounts.gives_roles())
    when 'proxy' then accounts.lets_in(person_id, patient_id) and (verb = 'see' and category in ('identity', 'results', 'notes', 'record', 'appointments', 'messages', 'billing')
      or verb = 'change' and category in ('appointments', 'messages'))
    when 'self' then (select platform.kind()) = 'system' and (select platform.changes_all('people'))
    else false end);
create policy change on platform.access_grant for update
  using (case when source = 'role' then (select accounts.gives_roles())
    else (select platform.changes_all('people')) or patient_id = any ((select platform.patients_changed('access-log'))::uuid[]) end)
  with check (revoked_at is not null or (source = 'role' and (select accounts.gives_roles())) or (source = 'proxy' and accounts.lets_in(person_id, patient_id)));

-- A link that chooses a password: asked for by whoever forgot theirs, or made by those who give roles.
create or replace function accounts.door_make_token(token_hash bytea, for_purpose text, person uuid, kept_value text, expires timestamptz) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if not accounts.gives_roles() then perform accounts.must_be_theirs(person); end if;
    insert into accounts.token (hash, purpose, person_id, value, expires_at, created_at) values (token_hash, for_purpose, person, kept_value, expires, platform.now());
  end $$;
create or replace function accounts.door_end_sessions_of(person uuid, because text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if not accounts.gives_roles() then perform accounts.must_be_theirs(person); end if;
    update platform.session s set ended_at = platform.now(), ended_because = because where s.person_id = person and s.ended_at is null;
  end $$;
