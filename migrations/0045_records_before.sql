-- Door: what a corrected result said before (R16), for whoever may see the result as it is now: the version that was current until this one came,
-- where it was finished and spoke of the same person. A result that was moved to another patient does not bring the other's value along.
create function records.door_shown_before(wanted uuid[]) returns table (resource_id uuid, body text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select i.resource_id, earlier.body::text
    from records.result i
    join records.resource r on r.id = i.resource_id
    join records.version now on now.id = r.current_version
    cross join lateral (
      select v.body from records.version v
      where v.resource_id = r.id and v.id <> now.id and v.received_at <= now.received_at
        and coalesce(v.last_updated, '-infinity') <= coalesce(now.last_updated, 'infinity')
        and v.body -> 'subject' = now.body -> 'subject' and v.body ->> 'status' in ('final', 'amended', 'corrected')
      order by v.received_at desc, v.last_updated desc nulls last
      limit 1
    ) earlier
    where i.resource_id = any (wanted) and i.is_fact and i.status in ('amended', 'corrected')
      and (platform.sees_all('results')
        or (i.patient_id = any (platform.patients_seen('results')) and not i.is_restricted and i.visible_at <= platform.now()))
    limit 300
  $$;
revoke all on function records.door_shown_before(uuid[]) from public;
grant execute on function records.door_shown_before(uuid[]) to rapport_app;

-- Words that the practice explains beside those that come with the program. Nobody's record. Ended, never deleted.
create table records.own_word (
  id uuid primary key default uuidv7(),
  word text not null check (length(word) between 2 and 60),
  en text not null check (length(en) between 2 and 200),
  es text not null check (length(es) between 2 and 200),
  added_at timestamptz not null,
  added_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  check ((ended_at is null) = (ended_by is null))
);
create unique index own_word_once on records.own_word (lower(word)) where ended_at is null;
grant select, insert on records.own_word to rapport_app;
grant update (ended_at, ended_by) on records.own_word to rapport_app;
