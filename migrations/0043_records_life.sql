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
  opens_at timestamptz,                                 -- what was decided; null: not before what California names is done
  latest_at timestamptz,                                -- no later than this
  held_by text check (held_by in ('state-law', 'patient', 'harm')),   -- R6: there is no other
  hold_id uuid,                                         -- the agreement or finding, in release
  citation text,
  reply_by timestamptz,                                 -- R15: what the patient is promised
  released_at timestamptz,
  told_at timestamptz,                                  -- a ping went out
  seen_at timestamptz,                                  -- first opened by the patient or who acts for them
  seen_by uuid,
  reviewed_at timestamptz,
  reviewed_by uuid,
  reviewed_as text check (reviewed_as in ('clinician', 'standing-rule', 'elsewhere')),   -- elsewhere: in the EHR, R22
  unique (resource_id, patient_id),
  check ((held_by is null) or (latest_at is not null) or (held_by = 'state-law')),
  check ((reviewed_at is null) = (reviewed_as is null)),
  check ((seen_at is null) = (seen_by is null))
);
create index life_by_patient on records.life (patient_id, arrived_at desc);
create index life_unreviewed on records.life (reply_by, id) where reviewed_at is null and place = 'result';
create index life_to_release on records.life (opens_at) where released_at is null;
select platform.protect('records.life', category => 'results');
grant select, insert on records.life to rapport_app;
grant update (patient_id, category, tier, bearing, opens_at, latest_at, held_by, hold_id, citation, reply_by, released_at, told_at, seen_at, seen_by, reviewed_at, reviewed_by, reviewed_as) on records.life to rapport_app;
