-- How the schedule does: counts by day, so that a look at a year needs no look at visits. They are of nobody: the page says nothing of cells that are small.
create table scheduling.day_measure (
  day date not null,                                    -- where the visit takes place
  resource_id uuid not null references scheduling.resource (id),
  visit_type_id uuid not null references scheduling.visit_type (id),
  came integer not null,
  missed integer not null,
  unmarked integer not null,                            -- planned, and nobody has said who came
  cancelled integer not null,
  cancelled_late integer not null,                      -- less than a day before
  refilled integer not null,                            -- of the cancelled: their time was booked again before it began
  online integer not null,                              -- booked by patients and who looks after them
  desk integer not null,
  primary key (day, resource_id, visit_type_id)
);
-- Once a day: days until the third open time. Null: none within the days that are looked at.
create table scheduling.third_open (
  day date not null,
  resource_id uuid not null references scheduling.resource (id),
  visit_type_id uuid not null references scheduling.visit_type (id),
  days smallint check (days >= 0),
  primary key (day, resource_id, visit_type_id)
);
-- Up to when the steps of visits are counted.
create table scheduling.measured (
  one boolean primary key default true check (one),
  up_to timestamptz not null
);
do $$
  declare
    target text;
  begin
    foreach target in array array['scheduling.day_measure', 'scheduling.third_open', 'scheduling.measured'] loop
      execute format('alter table %s enable row level security', target);
      execute format('create policy see on %s for select using ((select platform.kind()) = ''staff'' or (select platform.setting(''job'')) = ''scheduling.measure'')', target);
      execute format('create policy add on %s for insert with check ((select platform.setting(''job'')) = ''scheduling.measure'')', target);
      execute format('create policy change on %s for update using ((select platform.setting(''job'')) = ''scheduling.measure'')', target);
      execute format('create policy remove on %s for delete using ((select platform.setting(''job'')) = ''scheduling.measure'')', target);
    end loop;
  end $$;
grant select, insert, delete on scheduling.day_measure to rapport_app;
grant select, insert on scheduling.third_open to rapport_app;
grant select, insert, update on scheduling.measured to rapport_app;
create index appointment_step_by_time on scheduling.appointment_step (at);

insert into platform.wide_job (job, category, reason, only_sees) values
  ('scheduling.measure', 'appointments', 'counts visits by day, without whose they are', true);
