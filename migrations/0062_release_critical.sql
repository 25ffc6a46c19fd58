-- The practice's own critical values: beyond one of these a result needs quick action, whatever the laboratory flagged (D2+, R11). Nobody's
-- record. A row is taken out, never changed, so that what counted when stays known.
create table release.critical_limit (
  id uuid primary key default gen_random_uuid(),
  loinc text not null check (loinc ~ '^\d{1,7}-\d$'),
  name text not null check (length(name) between 2 and 80),
  unit text not null check (length(unit) between 1 and 40),
  low numeric,                                          -- at or below
  high numeric,                                         -- at or above
  from_years smallint check (from_years between 0 and 130),
  until_years smallint check (until_years between 1 and 131),   -- younger than
  added_at timestamptz not null,
  added_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  check (low is not null or high is not null),
  check (low < high),
  check (from_years < until_years),
  check ((ended_at is null) = (ended_by is null))
);
create index critical_limit_in_force on release.critical_limit (loinc) where ended_at is null;
grant select, insert on release.critical_limit to rapport_app;
grant update (ended_at, ended_by) on release.critical_limit to rapport_app;
