-- What patients say of what they read: something looks wrong, a question, how it was to read. What it is about stands as an opaque number with
-- what was shown, so that whoever answers sees what the patient saw. The words live here alone: a task says only that there are some.

create schema feedback;
grant usage on schema feedback to rapport_app;

create table feedback.report (
  id uuid primary key default uuidv7(),
  patient_id uuid not null,
  sent_by uuid not null,                                -- the person: the patient, or who acts for them
  category text not null check (category in ('results', 'notes', 'record', 'identity')),   -- whoever may not see the thing may not see what was said of it
  subject_type text not null check (subject_type in ('result', 'note', 'fact', 'contact')),
  subject_id uuid not null,                             -- the resource; of contact details, the patient
  part text not null default '' check (length(part) <= 64),   -- the hash of a paragraph; '': the whole
  title text not null check (length(title) between 1 and 200),
  excerpt text not null check (length(excerpt) <= 6000),
  author text check (length(author) <= 200),            -- as the record names who wrote it
  kind text not null check (kind in ('wrong-fact', 'wrong-person', 'missing', 'hurtful-words', 'not-understood', 'question')),
  words text not null check (length(words) <= 4000),
  locale text not null check (locale in ('en', 'es')),
  sent_at timestamptz not null,
  due_at timestamptz not null,                          -- what the patient is promised
  act_by timestamptz,                                   -- what the law allows at most: 60 days for a correction, 45 CFR 164.526
  owner_id uuid,                                        -- the author, where they work here
  reminded smallint not null default 0,
  closed_at timestamptz,
  danger text check (danger in ('now', 'not-now')),     -- what they said when they were asked whether it is happening now
  danger_kinds text[] not null default '{}' check (danger_kinds <@ array['chest', 'stroke', 'breathing', 'bleeding', 'self-harm', 'overdose', 'pregnancy', 'allergy']),
  check (due_at > sent_at),
  check ((danger is null) = (danger_kinds = '{}'))
);
create index report_by_patient on feedback.report (patient_id, sent_at desc);
create index report_open on feedback.report (due_at) where closed_at is null;
create index report_by_subject on feedback.report (patient_id, subject_id);
select platform.protect('feedback.report', category => 'messages');

-- Privacy and hurtful words are the manager's work too: for those two, who sees the audit trail sees the report.
create policy manager_sees on feedback.report for select
  using (kind in ('wrong-person', 'hurtful-words') and (select platform.kind()) = 'staff' and (select platform.sees_all('audit')));
create policy manager_changes on feedback.report for update
  using (kind in ('wrong-person', 'hurtful-words') and (select platform.kind()) = 'staff' and (select platform.sees_all('audit')));
create policy reach on feedback.report as restrictive for select
  using (not (select platform.is_patient_side())
    or (category = 'results' and patient_id = any ((select platform.patients_seen('results'))::uuid[]))
    or (category = 'notes' and patient_id = any ((select platform.patients_seen('notes'))::uuid[]))
    or (category = 'record' and patient_id = any ((select platform.patients_seen('record'))::uuid[]))
    or (category = 'identity' and patient_id = any ((select platform.patients_seen('identity'))::uuid[])));
-- Patients send; what becomes of it is the practice's to say.
create policy own_name on feedback.report as restrictive for insert
  with check ((select platform.is_patient_side()) and sent_by = (select platform.person_id()) and closed_at is null);
create policy practice_alone on feedback.report as restrictive for update using (not (select platform.is_patient_side()));
grant select, insert on feedback.report to rapport_app;
grant update (reminded, closed_at) on feedback.report to rapport_app;

-- What the practice answered. Never edited.
create table feedback.reply (
  id uuid primary key default uuidv7(),
  report_id uuid not null unique references feedback.report (id),
  outcome text not null check (outcome in ('accepted', 'declined', 'answered')),
  words text not null check (length(words) between 1 and 4000),
  correction text check (length(correction) between 1 and 4000),       -- stands beside the original from now on
  locale text not null check (locale in ('en', 'es')),
  by_person uuid not null,
  by_name text not null,
  at timestamptz not null,
  check ((correction is null) or outcome = 'accepted')
);
-- The patient's own statement, where a correction was declined: it stands beside the original. Source: 45 CFR 164.526(d).
create table feedback.statement (
  id uuid primary key default uuidv7(),
  report_id uuid not null unique references feedback.report (id),
  words text not null check (length(words) between 1 and 4000),
  locale text not null check (locale in ('en', 'es')),
  by_person uuid not null,
  at timestamptz not null,
  danger text check (danger in ('now', 'not-now')),
  danger_kinds text[] not null default '{}' check (danger_kinds <@ array['chest', 'stroke', 'breathing', 'bleeding', 'self-harm', 'overdose', 'pregnancy', 'allergy']),
  check ((danger is null) = (danger_kinds = '{}'))
);
-- Whoever sees a report sees what follows it.
do $$
declare
  own text;
begin
  foreach own in array array['feedback.reply', 'feedback.statement'] loop
    execute format('alter table %s enable row level security', own);
    execute format('create policy see on %s for select using (exists (select from feedback.report r where r.id = report_id))', own);
    execute format('grant select, insert on %s to rapport_app', own);
    insert into platform.walled_table values (own, 'messages', 'report_id', 'patient', null, null);
  end loop;
end $$;
create policy add on feedback.reply for insert
  with check ((select platform.kind()) = 'staff' and by_person = (select platform.person_id())
    and ((select platform.changes_all('messages')) or (select platform.sees_all('audit'))) and exists (select from feedback.report r where r.id = report_id));
create policy add on feedback.statement for insert
  with check ((select platform.is_patient_side()) and by_person = (select platform.person_id())
    and exists (select from feedback.report r where r.id = report_id and r.patient_id = any ((select platform.patients_changed('messages'))::uuid[])));

-- One question after reading, to a few (the pulse). No free text. Who is asked follows from the seed, so that the draw can be done again.
create table feedback.pulse_seed (one boolean primary key default true check (one), seed integer not null);
insert into feedback.pulse_seed (seed) values ((random() * 2000000000)::integer);
grant select on feedback.pulse_seed to rapport_app;
create table feedback.pulse (
  id uuid primary key default uuidv7(),
  patient_id uuid not null,
  person_id uuid not null,
  month date not null,
  about text not null check (about in ('result', 'note')),
  question text not null check (question in ('understood', 'worried', 'respected')),
  answer text not null check (answer in ('yes', 'partly', 'no', 'not-now')),
  answered_at timestamptz not null,
  unique (person_id, month)                            -- at most one a month
);
select platform.protect('feedback.pulse', category => 'messages');
drop policy see on feedback.pulse;                     -- each sees their own; the practice sees counts, by the door below
create policy see on feedback.pulse for select using (person_id = (select platform.person_id()) and (select platform.is_patient_side()));
create policy own_name on feedback.pulse as restrictive for insert with check ((select platform.is_patient_side()) and person_id = (select platform.person_id()));
grant select, insert on feedback.pulse to rapport_app;

-- Door: how it was to read, counted. A cell of fewer than eleven is not said.
create function feedback.door_pulse_counts(since timestamptz) returns table (question text, answer text, times bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select p.question, p.answer, case when count(*) >= 11 then count(*) end
    from feedback.pulse p
    where platform.kind() = 'staff' and (platform.sees_all('audit') or platform.sees_all('messages')) and p.answered_at >= since and p.answer <> 'not-now'
    group by p.question, p.answer
    order by p.question, p.answer
  $$;
revoke all on function feedback.door_pulse_counts(timestamptz) from public;
grant execute on function feedback.door_pulse_counts(timestamptz) to rapport_app;

-- What a join of two patients moved, so that it and no more goes back. Written and read by the two doors below alone.
create table feedback.patient_move (
  id uuid primary key,                                -- the join
  from_id uuid not null,
  to_id uuid not null,
  reports uuid[] not null,
  answers uuid[] not null,
  moved_at timestamptz not null
);
alter table feedback.patient_move enable row level security;
insert into platform.walled_table values ('feedback.patient_move', 'messages', 'from_id', 'patient', null, null);

-- Doors: what one patient said becomes another's, for staff who say whose a record is; and back, with what these people have said since.
create function feedback.door_carry_over(joined uuid, was uuid, becomes uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    moved feedback.patient_move;
  begin
    if platform.kind() not in ('staff', 'system') or not platform.changes_all('import') then raise insufficient_privilege; end if;
    with carried as (update feedback.report t set patient_id = becomes where t.patient_id = was returning t.id) select coalesce(array_agg(id), '{}') into moved.reports from carried;
    with carried as (update feedback.pulse t set patient_id = becomes where t.patient_id = was returning t.id) select coalesce(array_agg(id), '{}') into moved.answers from carried;
    insert into feedback.patient_move values (joined, was, becomes, moved.reports, moved.answers, platform.now());
  end $$;
create function feedback.door_carry_back(joined uuid, stands uuid, persons uuid[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'staff' or not platform.changes_all('import') then raise insufficient_privilege; end if;
    update feedback.report t set patient_id = m.from_id from feedback.patient_move m
    where m.id = joined and t.patient_id = stands and (t.id = any (m.reports) or (t.sent_at >= m.moved_at and t.sent_by = any (persons)));
    update feedback.pulse t set patient_id = m.from_id from feedback.patient_move m
    where m.id = joined and t.patient_id = stands and (t.id = any (m.answers) or (t.answered_at >= m.moved_at and t.person_id = any (persons)));
  end $$;
revoke all on function feedback.door_carry_over(uuid, uuid, uuid), feedback.door_carry_back(uuid, uuid, uuid[]) from public;
grant execute on function feedback.door_carry_over(uuid, uuid, uuid), feedback.door_carry_back(uuid, uuid, uuid[]) to rapport_app;

-- Work about nobody: a task that is seen by all who work here does not say whose words it is about (N12). Anyone who is asking may leave work
-- behind for themselves or for nobody; only staff and jobs for a patient of their choice.
create or replace function work.door_open_task(kind text, title text, body text, patient uuid, subject_type text, subject_id uuid, pool text, owner uuid, location uuid, opened timestamptz, due timestamptz)
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
      or (platform.kind() in ('patient', 'proxy') and patient <> platform.patient_id())
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

insert into platform.wide_job (job, category, reason, only_sees) values
  ('feedback.remind', 'messages', 'sees which reports are near or past their time; writes how often it reminded', false),
  ('feedback.remind', 'people', 'finds where to write to whoever must answer', true);
