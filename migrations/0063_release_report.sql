-- Door: what was held back for safety between two instants, counted by who found it and why, for the monthly report to the privacy officer
-- (R9). No patient and no result: nobody who reads it learns about whom it is. Again: an earlier finding about the same result had run out or ended.
create function release.door_finding_counts(since timestamptz, until_when timestamptz)
  returns table (found_by uuid, name text, danger text, found integer, ended integer, ran_out integer, stands integer, again integer)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() = 'staff' then
      if not exists (select from accounts.person_role r join accounts.person p on p.id = r.person_id where r.person_id = platform.person_id() and r.role = 'manager' and p.disabled_at is null) then raise insufficient_privilege; end if;
    elsif platform.kind() <> 'system' or platform.setting('job') <> 'release.report' then raise insufficient_privilege;
    end if;
    return query
      select f.found_by, coalesce(p.name, ''), f.danger, count(*)::int, (count(*) filter (where f.ended_at is not null and f.ended_at < f.until))::int,
        (count(*) filter (where (f.ended_at is null or f.ended_at >= f.until) and f.until <= platform.now()))::int, (count(*) filter (where f.ended_at is null and f.until > platform.now()))::int,
        (count(*) filter (where exists (select from release.finding e where e.life_id = f.life_id and e.found_at < f.found_at)))::int
      from release.finding f left join accounts.person p on p.id = f.found_by
      where f.found_at >= since and f.found_at < until_when
      group by f.found_by, p.name, f.danger
      order by p.name, f.found_by, f.danger
      limit 1000;
  end $$;
revoke all on function release.door_finding_counts(timestamptz, timestamptz) from public;
grant execute on function release.door_finding_counts(timestamptz, timestamptz) to rapport_app;
create index finding_by_time on release.finding (found_at);

-- Which months' reports were made.
create table release.report (
  id uuid primary key default gen_random_uuid(),
  month text not null unique check (month ~ '^20\d\d-(0[1-9]|1[0-2])$'),
  made_at timestamptz not null
);
grant select, insert on release.report to rapport_app;
