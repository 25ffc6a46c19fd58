-- What becomes of a result or a note that is news: when it opens and why, who is told, who looked, who reviewed it. Items are derived and
-- can be derived again; this stands apart from them. History (R4+) has no row here.
create table records.life (
  id uuid primary key default uuidv7(),
  resource_id uuid not null references records.resource (id),
  patient_id uuid not null references records.patient (id),
  place text not null check (place in ('result', 'note')),
  category text not null check (category in ('routine', 'infection', 'imaging', 'tissue', 'genetic', 'pregnancy', 'notes')),   -- A4: what a patient chooses by
  tier smallint not null check (tier between 0 and 2),                                                                       -- R5
  bearing text not null check (bearing in ('normal', 'abnormal', 'critical', 'unknown')),
  arrived_at timestamptz not null,
  opens_at timestamptz,                                 -- what was decided; null: not before what California names is done, or never: it is restricted
  latest_at timestamptz,                                -- no later than this
  held_by text check (held_by in ('state-law', 'patient', 'harm')),   -- R6: there is no other
  needs_owner boolean not null default false,           -- held until somebody does what a law asks: no clock opens it
  covers text[] not null default '{}',                  -- what laws name in it
  final_at timestamptz,                                 -- when it was finished; null while it is not
  hold_id uuid,                                         -- the agreement or finding, in release
  citation text,
  reply_by timestamptz,                                 -- R15: what the patient is promised
  released_at timestamptz,
  told_at timestamptz,                                  -- a ping went out
  seen_at timestamptz,                                  -- first opened by the patient or who acts for them
  seen_by uuid,
  unopened_asked_at timestamptz,                        -- somebody was asked to call about it, since nobody had opened it (R20)
  reviewed_at timestamptz,
  reviewed_by uuid,
  reviewed_as text check (reviewed_as in ('clinician', 'standing-rule', 'elsewhere')),   -- elsewhere: in the EHR, R22
  unique (resource_id, patient_id),
  check (held_by is null or latest_at is not null or (held_by = 'state-law' and needs_owner)),
  check ((reviewed_at is null) = (reviewed_as is null)),
  check ((seen_at is null) = (seen_by is null))
);
create index life_by_patient on records.life (patient_id, arrived_at desc);
create index life_queue on records.life ((bearing = 'critical') desc, reply_by, id) where reviewed_at is null and place = 'result' and final_at is not null;   -- critical first
create index life_unreviewed on records.life (reply_by, id) where reviewed_at is null and place = 'result';
create index life_reviewed on records.life (reviewed_at desc, id) where reviewed_at is not null and place = 'result';
create index life_unopened on records.life (released_at) where seen_at is null and unopened_asked_at is null and bearing in ('abnormal', 'critical');
create index life_to_release on records.life (opens_at) where released_at is null;
select platform.protect('records.life', category => 'results');
grant select, insert on records.life to rapport_app;
grant update (patient_id, category, tier, bearing, opens_at, latest_at, held_by, hold_id, needs_owner, covers, final_at, citation, reply_by, released_at, told_at, unopened_asked_at, seen_at, seen_by, reviewed_at, reviewed_by, reviewed_as) on records.life to rapport_app;

-- From when a source's results are news: what happened before is history (R4+). A source without a row: from the first day on.
create table records.feed (
  source text primary key,
  go_live_at timestamptz not null
);
grant select, insert on records.feed to rapport_app;
grant update (go_live_at) on records.feed to rapport_app;

-- Door: the patient, or who acts for them, opened it. The first time counts.
create function records.door_seen(wanted_resource uuid) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() not in ('patient', 'proxy') then raise insufficient_privilege; end if;
    update records.life l set seen_at = platform.now(), seen_by = platform.person_id()
    where l.resource_id = wanted_resource and l.patient_id = platform.patient_id() and l.patient_id = any (platform.patients_seen('results'))
      and l.seen_at is null and l.opens_at <= platform.now();
  end $$;

-- Door: the patient ends what they asked for themselves. What a law or a finding holds stays held: the job decides that anew. Opens what is due.
create function records.door_open_own(wanted uuid[]) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    opened integer;
  begin
    if platform.kind() not in ('patient', 'proxy') then raise insufficient_privilege; end if;
    with ended as (
      update records.life l set held_by = null, hold_id = null, opens_at = platform.now(), latest_at = platform.now(), released_at = platform.now(), told_at = coalesce(l.told_at, platform.now())
      where l.id = any (wanted) and l.patient_id = platform.patient_id() and l.patient_id = any (platform.patients_seen('results')) and l.held_by = 'patient' and l.released_at is null
      returning l.resource_id, l.patient_id
    ), results as (
      update records.result r set visible_at = platform.now()
      from ended e
      where r.patient_id = e.patient_id and r.is_fact and (r.resource_id = e.resource_id
        or r.report_id = (select p.id from records.result p where p.resource_id = e.resource_id and p.patient_id = e.patient_id))
    ), notes as (
      update records.note n set visible_at = platform.now() from ended e where n.patient_id = e.patient_id and n.resource_id = e.resource_id and n.is_fact
    )
    select count(*) into opened from ended;
    return opened;
  end $$;
revoke all on function records.door_seen(uuid), records.door_open_own(uuid[]) from public;
grant execute on function records.door_seen(uuid), records.door_open_own(uuid[]) to rapport_app;

insert into platform.wide_job values
  ('records.release', 'results', 'opens what is due, for every patient', false),
  ('records.release', 'notes', 'opens notes that are due', false),
  ('records.release', 'identity', 'whom a result is about, and whether they live', true),
  ('records.release', 'work', 'whether the call that a critical value waits for was made', true),
  ('records.tell', 'results', 'says that something new is there, and remembers that it was said', false),
  ('records.tell', 'identity', 'whether a patient lives', true),
  ('records.tell', 'people', 'where those who may read it get mail', true);
