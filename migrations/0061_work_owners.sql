-- Whose a result is to look at: never nobody's. Everything about it is decided here, in one place, whoever changes what.

-- Who stands in for whom, from when to when.
create table work.absence (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null,
  cover_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  made_at timestamptz not null,
  made_by uuid not null,
  ended_at timestamptz,                                 -- back before it was over, or taken back
  ended_by uuid,
  check (ends_at > starts_at and ends_at <= starts_at + interval '400 days'),
  check (cover_id <> person_id),
  check ((ended_at is null) = (ended_by is null))
);
create index absence_by_person on work.absence (person_id, ends_at) where ended_at is null;

-- Who takes what its owner has not looked at in time (R15).
create table work.backup_clinician (
  is_the_one boolean primary key default true check (is_the_one),
  person_id uuid not null,
  set_at timestamptz not null,
  set_by uuid not null
);

do $$
declare own text;
begin
  foreach own in array array['work.absence', 'work.backup_clinician'] loop
    execute format('alter table %s enable row level security', own);
    execute format('create policy see on %s for select using ((select platform.sees_all(''work'')))', own);
    execute format('create policy add on %s for insert with check ((select platform.changes_all(''work'')))', own);
    execute format('create policy change on %s for update using ((select platform.changes_all(''work''))) with check ((select platform.changes_all(''work'')))', own);
    execute format('grant select, insert on %s to rapport_app', own);
  end loop;
end $$;
insert into platform.walled_table values ('work.absence', 'work', 'id', 'person', null, null), ('work.backup_clinician', 'work', 'is_the_one', 'person', null, null);
grant update (ended_at, ended_by) on work.absence to rapport_app;
grant update (person_id, set_at, set_by) on work.backup_clinician to rapport_app;

-- Whether somebody works here in a role.
create function work.is_here(person uuid, wanted text) returns boolean
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$
    select exists (select from accounts.person p join accounts.person_role r on r.person_id = p.id where p.id = person and r.role = wanted and p.disabled_at is null)
  $$;

-- Who has now what is this person's: they themselves, or who stands in, or who stands in for those. Null: nobody of them is here.
create function work.now_with(person uuid, at timestamptz) returns uuid
  language plpgsql stable
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    who uuid := person;
    met uuid[] := '{}';
    cover uuid;
  begin
    while who is not null and not who = any (met) and work.is_here(who, 'clinician') loop
      select a.cover_id into cover from work.absence a where a.person_id = who and a.ended_at is null and a.starts_at <= at and at < a.ends_at order by a.starts_at limit 1;
      if not found then return who; end if;
      met := met || who;
      who := cover;
    end loop;
    return null;
  end $$;

-- One of a role, the same for the same patient each time, and each about as often; of clinicians one who is not away, if there is one.
create function work.one_of(wanted text, seed text, at timestamptz, but uuid) returns uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$
    select p.id
    from accounts.person p join accounts.person_role r on r.person_id = p.id
    where r.role = wanted and p.disabled_at is null and p.id is distinct from but
    order by wanted = 'clinician' and work.now_with(p.id, at) is distinct from p.id, md5(seed || p.id)
    limit 1
  $$;

-- R15: whose a result is: its own clinician's, when it is overdue the backup clinician's, then the manager's. What a person took stays theirs.
create function work.settle_owner(task work.task, at timestamptz) returns work.task
  language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    seed text := coalesce(task.patient_id, task.id)::text;
    late interval := case when task.due_at - task.opened_at <= interval '2 hours' then interval '1 hour' else interval '1 day' end;
    stage smallint := case when at >= task.due_at + late then 2 when at >= task.due_at then 1 else 0 end;
    backup uuid := work.now_with((select person_id from work.backup_clinician), at);
    is_theirs boolean := task.owner_id is not null and (work.now_with(task.owner_id, at) = task.owner_id or (task.owner_stage = 2 and work.is_here(task.owner_id, 'manager')));
    chosen uuid;
  begin
    if stage > task.owner_stage then
      chosen := case stage
        when 2 then work.one_of('manager', seed, at, null)
        else coalesce(nullif(backup, task.owner_id), work.one_of('clinician', seed, at, task.owner_id)) end;
      task.owner_stage := stage;
      if stage = 1 and is_theirs and work.now_with(chosen, at) is distinct from chosen then chosen := null; end if;   -- who is here keeps it rather than one who is away
      if stage = 2 and chosen is not null then task.pool := 'manager'; end if;
      if chosen is not null then task.owner_id := chosen; return task; end if;
    end if;
    if task.owner_stage = 0 then
      chosen := work.now_with(task.belongs_to, at);
      if chosen is not null then task.owner_id := chosen; return task; end if;
    end if;
    if is_theirs then return task; end if;
    task.owner_id := coalesce(work.now_with(task.owner_id, at), backup, work.one_of('clinician', seed, at, null), work.one_of('manager', seed, at, null));
    if task.owner_stage = 0 and not coalesce(work.is_here(task.belongs_to, 'clinician'), false) then task.belongs_to := task.owner_id; end if;
    return task;
  end $$;

-- A result that waits is somebody's from its first instant, and whoever gives it back leaves it to somebody.
create function work.own_review() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if tg_op = 'INSERT' then
      new.belongs_to := new.owner_id;
      return work.settle_owner(new, platform.now());
    end if;
    if new.owner_id is not null then return new; end if;
    if new.pool = 'manager' then
      new.owner_stage := 2;
      new.owner_id := work.one_of('manager', coalesce(new.patient_id, new.id)::text, platform.now(), old.owner_id);
    else
      new.belongs_to := work.one_of('clinician', coalesce(new.patient_id, new.id)::text, platform.now(), old.owner_id);
      new.owner_id := work.now_with(new.belongs_to, platform.now());
    end if;
    return work.settle_owner(new, platform.now());
  end $$;
create trigger is_owned before insert or update of owner_id on work.task for each row when (new.kind = 'result-review' and new.done_at is null) execute function work.own_review();

-- Gives every result that waits to whose it is now: after somebody went or came back, left, or let its time pass. Returns how many changed hands.
create function work.settle_owners(at timestamptz) returns integer
  language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    was work.task;
    becomes work.task;
    moved integer := 0;
  begin
    for was in
      with people as materialized (
        select o.id, work.now_with(o.id, at) as now_with, work.is_here(o.id, 'manager') as is_manager
        from (select distinct unnest(array[t.owner_id, t.belongs_to]) as id from work.task t where t.kind = 'result-review' and t.done_at is null) o
      )
      select t.*
      from work.task t left join people o on o.id = t.owner_id left join people b on b.id = t.belongs_to
      where t.kind = 'result-review' and t.done_at is null
        and (t.owner_stage < 2 and t.due_at <= at and (t.owner_stage = 0 or at >= t.due_at + interval '1 hour')
          or t.owner_id is null
          or t.owner_stage = 0 and t.owner_id is distinct from b.now_with
          or t.owner_stage > 0 and o.now_with is distinct from t.owner_id and not (t.owner_stage = 2 and o.is_manager))
      order by t.due_at
      limit 5000
      for update of t skip locked
    loop
      becomes := work.settle_owner(was, at);
      if becomes is distinct from was then
        update work.task t set owner_id = becomes.owner_id, belongs_to = becomes.belongs_to, owner_stage = becomes.owner_stage, pool = becomes.pool where t.id = was.id;
      end if;
      if becomes.owner_id is distinct from was.owner_id then
        insert into work.task_step (task_id, at, by_person, step, note)
        values (was.id, at, null, 'handed-over', case when becomes.owner_stage > was.owner_stage then 'It is overdue.' when becomes.owner_id = was.belongs_to then 'Back to whose it is.' when work.is_here(was.owner_id, 'clinician') then 'Who had it is away.' else 'Who had it has left.' end);
        moved := moved + 1;
      end if;
    end loop;
    return moved;
  end $$;

-- Door: the same for those who plan who is away, and for the job.
create function work.door_settle_owners() returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() not in ('staff', 'system') or not platform.changes_all('work') then raise insufficient_privilege; end if;
    return work.settle_owners(platform.now());
  end $$;

-- Door: by name, who may own a result: those who plan see no accounts.
create function work.door_owners() returns table (id uuid, name text, is_clinician boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  begin
    if platform.kind() <> 'staff' or not platform.sees_all('work') then raise insufficient_privilege; end if;
    return query
      select p.id, p.name, bool_or(r.role = 'clinician')
      from accounts.person p join accounts.person_role r on r.person_id = p.id
      where p.disabled_at is null and r.role in ('clinician', 'manager')
      group by p.id
      order by p.name, p.id
      limit 500;
  end $$;

-- Who leaves, or is no clinician any more, leaves no result behind.
create function work.person_left() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    perform work.settle_owners(platform.now());
    return null;
  end $$;
create trigger leaves_nothing after update of disabled_at on accounts.person for each row when (old.disabled_at is distinct from new.disabled_at) execute function work.person_left();
create trigger leaves_nothing after delete on accounts.person_role for each row when (old.role in ('clinician', 'manager')) execute function work.person_left();
create trigger takes_up after insert on accounts.person_role for each row when (new.role in ('clinician', 'manager')) execute function work.person_left();

revoke all on function work.is_here(uuid, text), work.now_with(uuid, timestamptz), work.one_of(text, text, timestamptz, uuid), work.settle_owner(work.task, timestamptz), work.own_review(), work.settle_owners(timestamptz),
  work.door_settle_owners(), work.door_owners(), work.person_left() from public;
grant execute on function work.door_settle_owners(), work.door_owners() to rapport_app;

insert into platform.wide_job values ('work.owners', 'work', 'gives results whose owner is away, has left or is late to who has them now; reads no record', false);
