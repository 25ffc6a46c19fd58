-- What someone must do. Everything that enters the system has an owner or a pool and a due time from its first second.

create schema work;
grant usage on schema work to rapport_app;

create table work.task (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  title text not null check (length(title) between 1 and 200),
  body text not null default '' check (length(body) <= 10000),
  patient_id uuid,
  subject_type text,
  subject_id uuid,
  pool text not null check (pool in ('clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager')),
  owner_id uuid,
  belongs_to uuid,                                      -- whose it is by right; while they are away another has it
  owner_stage smallint not null default 0 check (owner_stage between 0 and 2),   -- 1: overdue, with the backup clinician; 2: with the manager
  location_id uuid,
  opened_at timestamptz not null,
  due_at timestamptz not null,
  snoozed_until timestamptz,
  escalated_at timestamptz,
  done_at timestamptz,
  done_by uuid,
  outcome text check (length(outcome) <= 2000),
  check (due_at > opened_at),
  check ((subject_type is null) = (subject_id is null)),
  check (done_by is null or done_at is not null)         -- what another system settled, or what settled itself, was done by nobody here
);
create index task_open_by_pool on work.task (pool, due_at) where done_at is null;
create index task_open_by_owner on work.task (owner_id, due_at) where done_at is null;
create index task_by_patient on work.task (patient_id, opened_at desc) where patient_id is not null;
create unique index task_one_open_per_subject on work.task (kind, subject_type, subject_id) where done_at is null and subject_id is not null;
select platform.protect('work.task', category => 'work');
grant select, insert on work.task to rapport_app;
grant update (pool, owner_id, belongs_to, owner_stage, due_at, snoozed_until, escalated_at, done_at, done_by, outcome) on work.task to rapport_app;

-- Who changed what about a task. Written with the change, never edited.
create table work.task_step (
  id uuid primary key default uuidv7(),
  task_id uuid not null references work.task (id),
  at timestamptz not null,
  by_person uuid,
  step text not null check (step in ('opened', 'taken', 'handed-over', 'snoozed', 'escalated', 'done', 'reopened', 'noted')),
  note text not null default '' check (length(note) <= 2000)
);
create index task_step_by_task on work.task_step (task_id, at);
alter table work.task_step enable row level security;
create policy see on work.task_step for select using ((select platform.sees_all('work')));
create policy add on work.task_step for insert with check ((select platform.changes_all('work')));
insert into platform.walled_table values ('work.task_step', 'work', 'task_id', 'patient', null, null);
grant select, insert on work.task_step to rapport_app;

-- Who answers when the practice is closed.
create table work.on_call_shift (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null,
  name text not null check (length(name) between 1 and 120),
  phone text not null check (length(phone) between 7 and 30),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  check (ends_at > starts_at),
  constraint one_on_call_at_a_time exclude using gist (tstzrange(starts_at, ends_at) with &&)
);
alter table work.on_call_shift enable row level security;
create policy see on work.on_call_shift for select using ((select platform.sees_all('work')));
create policy plan on work.on_call_shift using ((select platform.changes_all('work'))) with check ((select platform.changes_all('work')));
insert into platform.walled_table values ('work.on_call_shift', 'work', 'person_id', 'person', null, null);
grant select, insert, update, delete on work.on_call_shift to rapport_app;

insert into platform.wide_job values ('work.escalate', 'work', 'hands overdue tasks up; reads no record');

-- Door: anyone who is asking may leave work behind, for themselves or for nobody; only staff and jobs for a patient of their choice.
create function work.door_open_task(kind text, title text, body text, patient uuid, subject_type text, subject_id uuid, pool text, owner uuid, location uuid, opened timestamptz, due timestamptz)
  returns uuid
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_variable
  declare
    new_id uuid;
  begin
    if platform.kind() = 'nobody'
      or (platform.kind() = 'visitor' and (patient is not null or owner is not null))
      or (platform.kind() in ('patient', 'proxy') and patient is distinct from platform.patient_id())
    then
      raise insufficient_privilege using message = 'this actor may not open that task';
    end if;
    insert into work.task as t (kind, title, body, patient_id, subject_type, subject_id, pool, owner_id, location_id, opened_at, due_at)
    values (kind, title, body, patient, subject_type, subject_id, pool, owner, location, opened, due)
    on conflict do nothing
    returning t.id into new_id;
    if new_id is null then
      select t.id into new_id from work.task t
      where t.kind = kind and t.subject_type = subject_type and t.subject_id = subject_id and t.done_at is null;
      return new_id;
    end if;
    insert into work.task_step (task_id, at, by_person, step) values (new_id, opened, platform.person_id(), 'opened');
    return new_id;
  end
  $$;
revoke all on function work.door_open_task(text, text, text, uuid, text, uuid, text, uuid, uuid, timestamptz, timestamptz) from public;
grant execute on function work.door_open_task(text, text, text, uuid, text, uuid, text, uuid, uuid, timestamptz, timestamptz) to rapport_app;

-- Which tasks a join of two patients moved, so that they and no others go back. Written and read by the two doors below alone.
create table work.patient_move (
  id uuid primary key,                                -- the join
  from_id uuid not null,
  to_id uuid not null,
  tasks uuid[] not null,
  moved_at timestamptz not null
);
alter table work.patient_move enable row level security;
insert into platform.walled_table values ('work.patient_move', 'work', 'from_id', 'patient', null, null);

-- Door: the tasks of one patient become another's, for staff who say whose a record is.
create function work.door_carry_over(joined uuid, was uuid, becomes uuid) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    moved uuid[];
  begin
    if platform.kind() not in ('staff', 'system') or not platform.changes_all('import') or not platform.changes_all('work') then raise insufficient_privilege; end if;
    with carried as (update work.task t set patient_id = becomes where t.patient_id = was returning t.id) select coalesce(array_agg(id), '{}') into moved from carried;
    insert into work.patient_move (id, from_id, to_id, tasks, moved_at) values (joined, was, becomes, moved, platform.now());
    return cardinality(moved);
  end $$;
-- And back, from where they are now; with them what the people whose record it is have left since.
create function work.door_carry_back(joined uuid, stands uuid, persons uuid[]) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    moved integer;
  begin
    if platform.kind() <> 'staff' or not platform.changes_all('import') or not platform.changes_all('work') then raise insufficient_privilege; end if;
    update work.task t set patient_id = m.from_id from work.patient_move m
    where m.id = joined and t.patient_id = stands and (t.id = any (m.tasks)
      or t.opened_at >= m.moved_at and exists (select from work.task_step s where s.task_id = t.id and s.step = 'opened' and s.by_person = any (persons)));
    get diagnostics moved = row_count;
    return moved;
  end $$;
revoke all on function work.door_carry_over(uuid, uuid, uuid), work.door_carry_back(uuid, uuid, uuid[]) from public;
grant execute on function work.door_carry_over(uuid, uuid, uuid), work.door_carry_back(uuid, uuid, uuid[]) to rapport_app;
