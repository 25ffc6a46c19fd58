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
  law_citation text,                                    -- a state's law that holds it as well, or alone
  law_until timestamptz,                                -- null beside a citation: until what the law asks for is done
  law_early text[] not null default '{}' check (law_early <@ array['clinician', 'patient']),   -- who may end that early
  law_lifted_by text check (law_lifted_by in ('clinician', 'patient')),                        -- and who has
  ending_told_at timestamptz,                           -- somebody was told that a hold ends soon (R8+)
  contacted_at timestamptz,                             -- somebody here has talked with the patient about it
  contacted_by uuid,
  spoke_with text check (length(spoke_with) between 2 and 200),
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
  check ((seen_at is null) = (seen_by is null)),
  check ((contacted_at is null) = (contacted_by is null) and (contacted_at is null) = (spoke_with is null))
);
create index life_by_patient on records.life (patient_id, arrived_at desc);
create index life_queue on records.life ((bearing = 'critical') desc, reply_by, id) where reviewed_at is null and place = 'result' and final_at is not null;   -- critical first
create index life_unreviewed on records.life (reply_by, id) where reviewed_at is null and place = 'result';
create index life_reviewed on records.life (reviewed_at desc, id) where reviewed_at is not null and place = 'result';
create index life_unopened on records.life (released_at) where seen_at is null and unopened_asked_at is null and bearing in ('abnormal', 'critical');
create index life_ends_soon on records.life (opens_at) where released_at is null and ending_told_at is null and held_by in ('patient', 'harm');
create index life_to_release on records.life (opens_at) where released_at is null;
select platform.protect('records.life', category => 'results');
grant select, insert on records.life to rapport_app;
grant update (patient_id, category, tier, bearing, opens_at, latest_at, held_by, hold_id, needs_owner, covers, final_at, citation, law_citation, law_until, law_early, law_lifted_by, ending_told_at, contacted_at, contacted_by, spoke_with, reply_by, released_at, told_at, unopened_asked_at, seen_at, seen_by, reviewed_at, reviewed_by, reviewed_as) on records.life to rapport_app;

-- From when a source's results are news: what happened before is history (R4+). A source without a row: from the first day on; files and pulls are the practice's own.
create table records.feed (
  source text primary key,
  go_live_at timestamptz not null,
  is_own_ehr boolean not null default true              -- only there does what our clinicians sign count as looked at here (R22): a laboratory may name anybody
);
grant select, insert on records.feed to rapport_app;
grant update (go_live_at, is_own_ehr) on records.feed to rapport_app;

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

-- What is left of a hold when the patient's own wish is over, or the law is: it opens now, or when the rest of it ends. One place for all who
-- end one. `without_law`: who has ended that. Returns those that are open now.
create function records.end_wishes(wanted uuid[], without_law text) returns setof uuid
  language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    return query
      with left_over as (
        select l.id, f.id as finding, f.until as finding_until, without_law is null and l.law_citation is not null and (l.law_until is null or l.law_until > platform.now()) as has_law
        from records.life l
        left join release.finding f on f.life_id = l.id and f.ended_at is null and f.until > platform.now()
        where l.id = any (wanted) and l.released_at is null
      ), decided as (
        update records.life l set
          held_by = case when h.has_law and (l.law_until is null or h.finding is null or l.law_until >= h.finding_until) then 'state-law' when h.finding is not null then 'harm' end,
          hold_id = case when h.has_law and (l.law_until is null or h.finding is null or l.law_until >= h.finding_until) then null else h.finding end,
          opens_at = case when h.has_law and (l.law_until is null or h.finding is null or l.law_until >= h.finding_until) then l.law_until else coalesce(h.finding_until, platform.now()) end,
          latest_at = case when h.has_law and (l.law_until is null or h.finding is null or l.law_until >= h.finding_until) then l.law_until else coalesce(h.finding_until, platform.now()) end,
          citation = case when h.has_law and (l.law_until is null or h.finding is null or l.law_until >= h.finding_until) then l.law_citation when h.finding is not null then '45 CFR 171.201' end,
          needs_owner = h.has_law and l.law_until is null,
          law_lifted_by = coalesce(without_law, l.law_lifted_by), law_citation = case when without_law is null then l.law_citation end, law_until = case when without_law is null then l.law_until end
        from left_over h
        where l.id = h.id
        returning l.id, l.resource_id, l.patient_id, l.opens_at, l.held_by
      ), leads as (
        select r.id, d.opens_at from decided d join records.result r on r.resource_id = d.resource_id and r.patient_id = d.patient_id
      ), results as (
        update records.result r set visible_at = leads.opens_at from leads where (r.id = leads.id or r.report_id = leads.id) and r.is_fact
      ), notes as (
        update records.note n set visible_at = d.opens_at from decided d where n.resource_id = d.resource_id and n.patient_id = d.patient_id and n.is_fact
      )
      select d.id from decided d where d.held_by is null;
  end $$;

-- Door: the patient ends what they asked for themselves, or a law's hold where that law lets them. What else holds it stays. Opens what is due.
create function records.door_open_own(wanted uuid[], by_law boolean) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    theirs uuid[];
    opened uuid[];
  begin
    if platform.kind() not in ('patient', 'proxy') then raise insufficient_privilege; end if;
    select array_agg(l.id) into theirs
    from records.life l
    where l.id = any (wanted) and l.patient_id = platform.patient_id() and l.patient_id = any (platform.patients_seen('results')) and l.released_at is null
      and case when by_law then l.held_by = 'state-law' and 'patient' = any (l.law_early) else l.held_by = 'patient' end;
    select array_agg(e) into opened from records.end_wishes(coalesce(theirs, '{}'), case when by_law then 'patient' end) as e;
    update records.life l set released_at = platform.now(), told_at = coalesce(l.told_at, platform.now()) where l.id = any (opened);
    return coalesce(cardinality(theirs), 0);
  end $$;
revoke all on function records.door_seen(uuid), records.door_open_own(uuid[], boolean), records.end_wishes(uuid[], text) from public;
grant execute on function records.door_seen(uuid), records.door_open_own(uuid[], boolean), records.end_wishes(uuid[], text) to rapport_app;

insert into platform.wide_job values
  ('records.release', 'results', 'opens what is due, for every patient', false),
  ('records.release', 'notes', 'opens notes that are due', false),
  ('records.release', 'identity', 'whom a result is about, and whether they live', true),
  ('records.release', 'work', 'whether the call that a critical value waits for was made; settles what was asked about a hold that has ended', false),
  ('records.tell', 'results', 'says that something new is there, and remembers that it was said', false),
  ('records.tell', 'identity', 'whether a patient lives', true),
  ('records.tell', 'people', 'where those who may read it get mail', true);
