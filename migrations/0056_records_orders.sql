-- A test that was ordered, until its result is here: by the practice itself, or by a system that sends what it ordered. The order as received is a
-- fact like any other and can be derived again; what becomes of it stands here. Orders of the past that nobody waits for have no row (R4+).
create table records.test_order (
  id uuid primary key default uuidv7(),
  patient_id uuid not null references records.patient (id),
  resource_id uuid references records.resource (id),    -- null: ordered here, and not yet filed with the record
  source text not null,
  code text,
  name text not null check (length(name) between 1 and 500),
  keys text[] not null default '{}',                    -- what a result is compared with
  numbers text[] not null default '{}',                 -- placer's and filler's
  ordered_at timestamptz not null,
  ordered_by uuid,                                      -- who works here
  ordered_by_name text check (length(ordered_by_name) between 1 and 120),
  expected_at timestamptz not null,                     -- by when its result should be here
  is_on_hold boolean not null default false,
  is_news boolean not null,                             -- false: it is from before anybody waited here, and asks nobody
  is_restricted boolean not null default false,
  visible_at timestamptz,
  asked_at timestamptz,                                 -- somebody was asked where its result is (R20)
  ended_at timestamptz,
  ended_because text check (ended_because in ('result', 'completed', 'cancelled', 'stopped')),   -- stopped: staff wait for it no longer
  ended_by uuid,
  answered_by uuid references records.resource (id),
  filed_as text check (filed_as in ('active', 'completed', 'revoked')),                          -- of our own: what the record says of it
  unique (resource_id, patient_id),
  check ((ended_at is null) = (ended_because is null)),
  check ((answered_by is not null) = (ended_because is not distinct from 'result')),
  check (ended_by is null or ended_because in ('cancelled', 'stopped')),
  check (expected_at > ordered_at)
);
create index test_order_open on records.test_order (patient_id) where ended_at is null;
create index test_order_by_patient on records.test_order (patient_id, ordered_at desc);
create index test_order_due on records.test_order (expected_at) where ended_at is null;
create index test_order_to_ask on records.test_order (expected_at) where ended_at is null and asked_at is null and is_news;
create index test_order_answered on records.test_order (answered_by) where answered_by is not null;
create index test_order_to_file on records.test_order (ordered_at) where source = 'rapport' and (filed_as is null or (filed_as = 'active') = (ended_at is not null));
select platform.protect('records.test_order', category => 'results', visible => 'visible_at', restricted => 'is_restricted');
grant select, insert on records.test_order to rapport_app;
grant update (patient_id, resource_id, code, name, keys, numbers, ordered_at, ordered_by, ordered_by_name, expected_at, is_on_hold, is_restricted, visible_at, asked_at, ended_at, ended_because, ended_by, answered_by, filed_as)
  on records.test_order to rapport_app;

-- What a patient may expect of a test: the practice's own words and times in place of those that come with the program. Nobody's record.
create table records.expectation (
  code text primary key check (length(code) between 1 and 60),       -- a LOINC code, or one of the practice's own
  is_own boolean not null default false,                             -- a test that the program does not know
  name_en text not null check (length(name_en) between 2 and 80),
  name_es text not null check (length(name_es) between 2 and 80),
  looks_en text not null default '' check (length(looks_en) <= 300),
  looks_es text not null default '' check (length(looks_es) <= 300),
  prepare_en text not null check (length(prepare_en) between 2 and 600),
  prepare_es text not null check (length(prepare_es) between 2 and 600),
  result_days integer not null check (result_days between 1 and 90),  -- from the sample to the result
  changed_at timestamptz not null,
  changed_by uuid not null
);
grant select, insert, delete on records.expectation to rapport_app;
grant update (is_own, name_en, name_es, looks_en, looks_es, prepare_en, prepare_es, result_days, changed_at, changed_by) on records.expectation to rapport_app;
