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
  online integer not null,                              -- booked by patients and who looks after them
  desk integer not null,
  primary key (day, resource_id, visit_type_id)
);
-- Times that were let go and filled again, by the day in which they lie on the practice's calendar.
create table scheduling.day_refill (
  day date primary key,
  let_go integer not null,
  refilled integer not null,                            -- of these: another visit took it before it began
  by_offer integer not null                             -- of the refilled: by an offer of the waitlist
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
    foreach target in array array['scheduling.day_measure', 'scheduling.day_refill', 'scheduling.third_open', 'scheduling.measured'] loop
      execute format('alter table %s enable row level security', target);
      execute format('create policy see on %s for select using ((select platform.kind()) = ''staff'' or (select platform.setting(''job'')) = ''scheduling.measure'')', target);
      execute format('create policy add on %s for insert with check ((select platform.setting(''job'')) = ''scheduling.measure'')', target);
      execute format('create policy change on %s for update using ((select platform.setting(''job'')) = ''scheduling.measure'')', target);
      execute format('create policy remove on %s for delete using ((select platform.setting(''job'')) = ''scheduling.measure'')', target);
    end loop;
  end $$;
grant select, insert, delete on scheduling.day_measure, scheduling.day_refill to rapport_app;
grant select, insert on scheduling.third_open to rapport_app;
grant select, insert, update on scheduling.measured to rapport_app;
create index appointment_step_by_time on scheduling.appointment_step (at);

insert into platform.wide_job (job, category, reason, only_sees) values
  ('scheduling.measure', 'appointments', 'counts visits by day, without whose they are', true);

-- Door: how many times of clinicians were let go before they began, and how many of these were filled again before then; by the day of the time. No patient is in it.
-- For the hourly count alone: a year of a large practice takes a third of a second.
create function scheduling.door_refills(since timestamptz, in_zone text) returns table (day date, let_go integer, refilled integer, by_offer integer)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.setting('job') is distinct from 'scheduling.measure' then raise insufficient_privilege; end if;
    return query
      select (lower(g.during) at time zone in_zone)::date, count(*)::integer, count(*) filter (where f.is_filled)::integer, count(*) filter (where f.is_filled and f.is_offered)::integer
      from scheduling.let_go g
      join scheduling.resource r on r.id = g.resource_id and r.kind = 'clinician'
      cross join lateral (
        select
          exists (
            select from (
              select c.booking_id, c.during from scheduling.claim c where c.resource_id = g.resource_id and c.seat = 0 and c.expires_at is null
              union all
              select n.booking_id, n.during from scheduling.let_go n where n.resource_id = g.resource_id and n.id > g.id
            ) later
            where later.booking_id <> g.booking_id and later.during && g.during
              and lower(later.during) > lower(g.during) - interval '1 day' and lower(later.during) < upper(g.during)
              and exists (
                select from scheduling.appointment_step s
                where s.appointment_id = later.booking_id and s.step in ('requested', 'booked', 'moved') and s.at <= lower(g.during))
          ) as is_filled,
          exists (
            select from scheduling.wait_offer o
            where o.resource_id = g.resource_id and o.ended_why = 'accepted' and o.ended_at >= g.at and tstzrange(o.starts_at, o.ends_at) && g.during
              and o.starts_at > lower(g.during) - interval '1 day' and o.starts_at < upper(g.during)
              and not exists (
                select from scheduling.let_go n
                where n.resource_id = g.resource_id and n.id > g.id and n.at <= o.ended_at and n.during && g.during
                  and lower(n.during) > lower(g.during) - interval '1 day' and lower(n.during) < upper(g.during))
          ) as is_offered
      ) f
      where lower(g.during) >= since and g.at < lower(g.during)
        and not exists (select from scheduling.block b where b.resource_id = g.resource_id and tstzrange(b.starts_at, b.ends_at) && g.during)
      group by 1;
  end $$;
revoke all on function scheduling.door_refills(timestamptz, text) from public;
grant execute on function scheduling.door_refills(timestamptz, text) to rapport_app;
