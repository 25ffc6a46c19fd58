-- What a patient is asked when they book: reasons that lead to the right kind of visit, and questions of that visit with what was answered.

-- Of one kind of visit. What was answered keeps the words that were asked, so that a question can be changed and taken away.
create table scheduling.question (
  id uuid primary key default gen_random_uuid(),
  visit_type_id uuid not null references scheduling.visit_type (id),
  place smallint not null check (place between 0 and 7),
  kind text not null check (kind in ('yes-no', 'choice', 'text')),
  words_en text not null check (length(words_en) between 1 and 200),
  words_es text not null default '' check (length(words_es) <= 200),
  options jsonb not null default '[]' check (jsonb_typeof(options) = 'array' and length(options::text) <= 4000),   -- of a choice: [{"en", "es"}]
  is_required boolean not null,
  check (case kind when 'choice' then jsonb_array_length(options) between 2 and 8 else jsonb_array_length(options) = 0 end),
  unique (visit_type_id, place) deferrable
);

-- "What is it about?", as the practice puts it, and where it leads when nothing that is asked about it is so.
create table scheduling.reason (
  id uuid primary key default gen_random_uuid(),
  place smallint not null unique deferrable check (place between 0 and 15),
  words_en text not null check (length(words_en) between 1 and 80),
  words_es text not null default '' check (length(words_es) <= 80),
  leads_to text not null check (leads_to in ('visit', 'call', 'danger', 'danger-self')),
  visit_type_id uuid references scheduling.visit_type (id),
  check ((leads_to = 'visit') = (visit_type_id is not null))
);
-- A yes to it leads elsewhere.
create table scheduling.screening (
  id uuid primary key default gen_random_uuid(),
  reason_id uuid not null references scheduling.reason (id) on delete cascade,
  place smallint not null check (place between 0 and 5),
  words_en text not null check (length(words_en) between 1 and 200),
  words_es text not null default '' check (length(words_es) <= 200),
  leads_to text not null check (leads_to in ('visit', 'call', 'danger', 'danger-self')),
  visit_type_id uuid references scheduling.visit_type (id),
  check ((leads_to = 'visit') = (visit_type_id is not null)),
  unique (reason_id, place) deferrable
);
select practice.guard(target::regclass) from unnest(array['scheduling.question', 'scheduling.reason', 'scheduling.screening']) as target;
grant select, insert, update, delete on scheduling.question, scheduling.reason, scheduling.screening to rapport_app;

-- With which reason a time was looked for; it stands before what they write themselves.
alter table scheduling.hold add column about uuid references scheduling.reason (id) on delete set null;

-- What was answered, beside the words that were asked. Written with the visit or until it begins, each once, never edited; whoever may see the visit sees it.
create table scheduling.answer (
  appointment_id uuid not null,                         -- no visit is ever deleted, and the policy below asks for one
  question_id uuid not null,                            -- that may have been changed or taken away since
  place smallint not null check (place between 0 and 7),
  kind text not null check (kind in ('yes-no', 'choice', 'text')),
  asked_en text not null check (length(asked_en) <= 200),
  asked_es text not null check (length(asked_es) <= 200),
  said_en text not null check (length(said_en) between 1 and 500),
  said_es text not null check (length(said_es) <= 500),
  locale text not null check (locale in ('en', 'es')),
  answered_at timestamptz not null,
  primary key (appointment_id, question_id)
);
alter table scheduling.answer enable row level security;
create policy see on scheduling.answer for select using (exists (select from scheduling.appointment a where a.id = appointment_id));
create policy add on scheduling.answer for insert with check (exists (
  select from scheduling.appointment a
  where a.id = appointment_id and ((select platform.changes_all('appointments')) or a.patient_id = any ((select platform.patients_changed('appointments'))::uuid[]))));
grant select, insert on scheduling.answer to rapport_app;
insert into platform.walled_table values ('scheduling.answer', 'appointments', 'appointment_id', 'patient', null, null);
