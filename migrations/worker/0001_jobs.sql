-- Run as rapport_worker, in the schema `jobs` that the owner made in its name: the one door through which the application adds a job.
grant usage on schema jobs to rapport_app;

create or replace function jobs.enqueue(task text, payload jsonb, run_at timestamptz, job_key text, max_attempts integer)
  returns bigint
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select (graphile_worker.add_job(task, payload::json, run_at => run_at, job_key => job_key, max_attempts => max_attempts)).id
  $$;
revoke all on function jobs.enqueue(text, jsonb, timestamptz, text, integer) from public;
grant execute on function jobs.enqueue(text, jsonb, timestamptz, text, integer) to rapport_app;

-- What the console shows. Payloads carry ids only, and are not shown.
create or replace function jobs.listed()
  returns table (id bigint, task text, run_at timestamptz, attempts integer, max_attempts integer, last_error text, created_at timestamptz, is_running boolean)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select j.id, j.task_identifier, j.run_at, j.attempts::integer, j.max_attempts::integer, split_part(j.last_error, E'\n', 1), j.created_at, j.locked_at is not null
    from graphile_worker.jobs j
    where pg_catalog.current_setting('rapport.kind', true) = 'staff'
    order by (j.attempts >= j.max_attempts) desc, j.run_at
    limit 200
  $$;
revoke all on function jobs.listed() from public;
grant execute on function jobs.listed() to rapport_app;

create or replace function jobs.retry(job_id bigint)
  returns boolean
  language sql security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select pg_catalog.current_setting('rapport.kind', true) = 'staff'
      and exists (select from graphile_worker.reschedule_jobs(array[job_id], run_at => now(), attempts => 0))
  $$;
revoke all on function jobs.retry(bigint) from public;
grant execute on function jobs.retry(bigint) to rapport_app;

-- Whether a job of this kind runs or is about to. One that failed and waits for its next try is neither.
create or replace function jobs.is_under_way(of_task text)
  returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select pg_catalog.current_setting('rapport.kind', true) = 'staff'
      and exists (select from graphile_worker.jobs j where j.task_identifier = of_task and (j.locked_at is not null or (j.attempts = 0 and j.run_at <= now())))
  $$;
revoke all on function jobs.is_under_way(text) from public;
grant execute on function jobs.is_under_way(text) to rapport_app;
