-- Two patients turn out to be one: what hangs on the number of the one goes to the other, and comes back when that was wrong.

-- What a join moved, so that it and nothing else goes back. Written and read by the two doors below alone.
create table accounts.patient_move (
  id uuid primary key,                               -- the join
  from_id uuid not null,
  to_id uuid not null,
  persons uuid[] not null,                           -- accounts whose own record it was
  shut_person uuid,                                  -- a shut account that gave up its place to an open one
  proxies uuid[] not null,
  letters uuid[] not null,
  invitations uuid[] not null,
  moved_at timestamptz not null,
  back_at timestamptz
);
alter table accounts.patient_move enable row level security;
insert into platform.walled_table values ('accounts.patient_move', 'people', 'from_id', 'patient', null, null);

-- Who can open a patient's record now, or with what they hold in their hands.
create function accounts.ways_to(patient uuid) returns table (kind text, id uuid, person_id uuid)
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$
    select 'account', p.id, p.id from accounts.person p where p.patient_id = patient and p.disabled_at is null
    union all
    select 'caregiver', x.id, x.person_id from accounts.proxy x where x.patient_id = patient and x.revoked_at is null and x.ends_at > platform.now()
    union all
    select 'letter', a.id, null from accounts.activation a
    where a.patient_id = patient and a.used_at is null and a.revoked_at is null and a.expires_at > platform.now() and a.tries < 5
    union all
    select 'invitation', i.id, case when i.basis = 'named-by-adult' then i.made_by end from accounts.care_invitation i
    where i.patient_id = patient and i.used_at is null and i.revoked_at is null and i.expires_at > platform.now() and i.ends_at > platform.now() and i.tries < 5
  $$;
revoke all on function accounts.ways_to(uuid) from public;

-- Gives these accounts, caregivers, letters and invitations, their grants and their open sessions another patient's number. Caregivers whose time is over
-- stay where they were; their row would stand in the way of a living one.
create function accounts.carry(was uuid, becomes uuid, persons uuid[], proxies uuid[], letters uuid[], invitations uuid[]) returns void
  language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    helpers uuid[] := array(select x.person_id from accounts.proxy x where x.id = any (proxies) and x.patient_id = was and x.revoked_at is null);
  begin
    update accounts.proxy x set revoked_at = x.ends_at where x.patient_id = becomes and x.revoked_at is null and x.ends_at <= platform.now();
    update accounts.person p set patient_id = becomes where p.id = any (persons) and p.patient_id = was;
    update accounts.proxy x set patient_id = becomes where x.id = any (proxies) and x.patient_id = was;
    update accounts.activation a set patient_id = becomes where a.id = any (letters) and a.patient_id = was;
    update accounts.care_invitation i set patient_id = becomes where i.id = any (invitations) and i.patient_id = was;
    update platform.access_grant g set patient_id = becomes
    where g.patient_id = was and g.revoked_at is null and (g.source = 'self' and g.person_id = any (persons) or g.source = 'proxy' and g.person_id = any (helpers));
    update platform.session s set acting_for = becomes
    where s.acting_for = was and s.ended_at is null and (s.acting_as = 'patient' and s.person_id = any (persons) or s.acting_as = 'proxy' and s.person_id = any (helpers));
  end $$;
revoke all on function accounts.carry(uuid, uuid, uuid[], uuid[], uuid[], uuid[]) from public;

-- Door: everything of one patient's way in becomes another's. Where both can be opened, by whomever, nothing moves and the reason is said: people who
-- open one record would from now on read the other. Nobody joins a record that they themselves open as a patient or a caregiver.
create function accounts.door_carry_over(joined uuid, was uuid, becomes uuid) returns table (reason text, persons uuid[])
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  declare
    own uuid[];
    shut uuid;
    kinds text[];
    other_kinds text[];
    ways accounts.patient_move;
  begin
    if not platform.changes_all('import') or not (platform.kind() = 'system' or platform.kind() = 'staff' and platform.changes_all('people')) then
      raise insufficient_privilege using message = 'only who says whose a record is may do this';
    end if;
    -- Whoever opens an account or says yes to an invitation at this moment goes first, or finds it moved.
    perform from accounts.activation a where a.patient_id in (was, becomes) and a.used_at is null order by a.id for update;
    perform from accounts.care_invitation i where i.patient_id in (was, becomes) and i.used_at is null order by i.id for update;
    perform from accounts.person p where p.patient_id in (was, becomes) order by p.id for update;
    if exists (select from accounts.ways_to(was) w where w.person_id = platform.person_id()) or exists (select from accounts.ways_to(becomes) w where w.person_id = platform.person_id()) then
      return query select 'own-record', '{}'::uuid[];
      return;
    end if;
    kinds := array(select w.kind from accounts.ways_to(was) w);
    other_kinds := array(select w.kind from accounts.ways_to(becomes) w);
    if cardinality(kinds) > 0 and cardinality(other_kinds) > 0 then
      return query select case when 'account' = any (kinds) and 'account' = any (other_kinds) then 'two-accounts' else 'both-open' end, '{}'::uuid[];
      return;
    end if;
    own := array(select p.id from accounts.person p where p.patient_id = was);
    select p.id into shut from accounts.person p where p.patient_id = becomes;
    -- One account at most has a patient's number. A shut one makes room for an open one; two shut ones, or a shut one that comes, stay where they are.
    if shut is not null then
      if 'account' = any (kinds) then
        update accounts.person p set patient_id = null where p.id = shut;
        update platform.access_grant g set patient_id = was where g.person_id = shut and g.patient_id = becomes and g.source = 'self' and g.revoked_at is null;
      else
        own := '{}';
        shut := null;
      end if;
    end if;
    insert into accounts.patient_move (id, from_id, to_id, persons, shut_person, proxies, letters, invitations, moved_at)
    values (joined, was, becomes, own, shut, array(select w.id from accounts.ways_to(was) w where w.kind = 'caregiver'),
      array(select w.id from accounts.ways_to(was) w where w.kind = 'letter'), array(select w.id from accounts.ways_to(was) w where w.kind = 'invitation'), platform.now())
    returning * into ways;
    perform accounts.carry(was, becomes, ways.persons, ways.proxies, ways.letters, ways.invitations);
    update accounts.person p set patient_id = was where p.id = shut;
    return query select null::text, array(select p.id from accounts.person p where p.id = any (ways.persons) union select x.person_id from accounts.proxy x where x.id = any (ways.proxies));
  end $$;
revoke all on function accounts.door_carry_over(uuid, uuid, uuid) from public;
grant execute on function accounts.door_carry_over(uuid, uuid, uuid) to rapport_app;

-- Door: what a join carried over goes back, from where it is now (`stands`: the record may have been joined to a third since). With an account goes whom
-- it has let in meanwhile: they were let into that patient's record and no other. An account that a carried letter opened is that patient's.
create function accounts.door_carry_back(joined uuid, stands uuid) returns uuid[]
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  declare
    ways accounts.patient_move;
    going uuid[];
    helped uuid[];
    invited uuid[];
  begin
    if platform.kind() <> 'staff' or not platform.changes_all('import') or not platform.changes_all('people') then
      raise insufficient_privilege using message = 'only staff who say whose a record is may do this';
    end if;
    update accounts.patient_move m set back_at = platform.now() where m.id = joined and m.back_at is null returning * into ways;
    if ways.id is null then return '{}'; end if;
    perform from accounts.activation a where a.patient_id = stands and a.used_at is null order by a.id for update;
    perform from accounts.care_invitation i where i.patient_id = stands and i.used_at is null order by i.id for update;
    perform from accounts.person p where p.patient_id in (ways.from_id, stands) order by p.id for update;
    going := array(select p.id from accounts.person p where p.patient_id = stands and (p.id = any (ways.persons)
      or p.created_at >= ways.moved_at and exists (select from accounts.activation a where a.id = any (ways.letters) and a.used_at >= ways.moved_at)));
    invited := array(select i.id from accounts.care_invitation i where i.patient_id = stands and (i.id = any (ways.invitations) or i.made_by = any (going) and i.made_at >= ways.moved_at));
    helped := array(select x.id from accounts.proxy x where x.patient_id = stands and (x.id = any (ways.proxies) or x.invitation_id = any (ways.invitations)
      or x.made_by = any (going) and x.made_at >= ways.moved_at));
    update accounts.person p set patient_id = null where p.id = ways.shut_person and p.patient_id = ways.from_id;
    perform accounts.carry(stands, ways.from_id, going, helped, ways.letters, invited);
    if ways.shut_person is not null and not exists (select from accounts.person p where p.patient_id = ways.to_id) then
      update accounts.person p set patient_id = ways.to_id where p.id = ways.shut_person and p.patient_id is null;
      update platform.access_grant g set patient_id = ways.to_id where g.person_id = ways.shut_person and g.patient_id = ways.from_id and g.source = 'self' and g.revoked_at is null;
    end if;
    return array(select unnest(going) union select x.person_id from accounts.proxy x where x.id = any (helped));
  end $$;
revoke all on function accounts.door_carry_back(uuid, uuid) from public;
grant execute on function accounts.door_carry_back(uuid, uuid) to rapport_app;

-- Door: the desk shuts a patient's account, with every session of it. A letter opens it anew. Who works here is looked after by managers.
create function accounts.door_shut_account(patient uuid) returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  declare
    shut uuid;
  begin
    if platform.kind() <> 'staff' or not platform.changes_all('people') then raise insufficient_privilege; end if;
    update accounts.person p set disabled_at = platform.now(), disabled_by = platform.person_id()
    where p.patient_id = patient and p.disabled_at is null and p.id is distinct from platform.person_id() and not exists (select from accounts.person_role r where r.person_id = p.id)
    returning p.id into shut;
    update platform.session s set ended_at = platform.now(), ended_because = 'disabled' where s.person_id = shut and s.ended_at is null;
    return shut;
  end $$;
revoke all on function accounts.door_shut_account(uuid) from public;
grant execute on function accounts.door_shut_account(uuid) to rapport_app;
