-- A page: somebody must call somebody now. It repeats and climbs until a person says that they have seen it, and stays red until a call is
-- written down. Source: R11, A9.
create table work.page (
  id uuid primary key default gen_random_uuid(),
  task_id uuid not null unique references work.task (id),
  opened_at timestamptz not null,
  sent_count smallint not null default 0,
  next_at timestamptz,                                  -- when it is sent again; null: nobody need be paged any more
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  called_at timestamptz,
  called_by uuid,
  spoke_with text check (length(spoke_with) between 2 and 200),
  outcome text check (length(outcome) between 10 and 2000),
  check ((acknowledged_at is null) = (acknowledged_by is null)),
  check ((called_at is null) = (called_by is null) and (called_at is null) = (spoke_with is null) and (called_at is null) = (outcome is null))
);
create index page_due on work.page (next_at) where next_at is not null;
create index page_open on work.page (opened_at) where called_at is null;
alter table work.page enable row level security;
create policy see on work.page for select using ((select platform.sees_all('work')));
create policy change on work.page for update using ((select platform.changes_all('work'))) with check ((select platform.changes_all('work')));
insert into platform.walled_table values ('work.page', 'work', 'task_id', 'patient', null, null);
grant select on work.page to rapport_app;
grant update (sent_count, next_at, acknowledged_at, acknowledged_by, called_at, called_by, spoke_with, outcome) on work.page to rapport_app;

alter table work.task_step drop constraint task_step_step_check;
alter table work.task_step add constraint task_step_step_check check (step in ('opened', 'taken', 'handed-over', 'snoozed', 'escalated', 'done', 'reopened', 'noted', 'paged'));

-- Door: makes an open task a page, once. Whoever may leave that task behind may page with it.
create function work.door_page(task uuid, at timestamptz) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_variable
  begin
    if platform.kind() = 'nobody' then raise insufficient_privilege; end if;
    insert into work.page (task_id, opened_at, next_at)
    select t.id, at, at from work.task t
    where t.id = task and t.done_at is null and (platform.kind() in ('staff', 'system') or t.opened_at = at)
    on conflict (task_id) do nothing;
  end $$;
revoke all on function work.door_page(uuid, timestamptz) from public;
grant execute on function work.door_page(uuid, timestamptz) to rapport_app;

insert into platform.wide_job values
  ('work.page', 'work', 'pages whoever is on call, and hands up what nobody answers', false),
  ('work.page', 'people', 'where those on call get mail', true);
