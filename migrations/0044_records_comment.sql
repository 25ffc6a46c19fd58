-- What somebody who treats wrote to the patient about a result, here or in the system that the result came from. Written once, never edited.
create table records.comment (
  id uuid primary key default uuidv7(),
  patient_id uuid not null references records.patient (id),
  resource_id uuid not null references records.resource (id),
  words text not null check (length(words) between 1 and 5000),
  locale text not null check (locale in ('en', 'es')),
  author_id uuid,                                       -- null: written elsewhere
  author_name text not null,
  origin text not null check (origin in ('here', 'elsewhere')),
  standing_rule_id uuid,                                -- the rule under which the care team wrote it
  written_at timestamptz not null,
  check ((origin = 'here') = (author_id is not null)),
  unique (resource_id, patient_id, origin, author_name, words)
);
create index comment_by_result on records.comment (resource_id, patient_id, written_at);
select platform.protect('records.comment', category => 'results');
grant select, insert on records.comment to rapport_app;
grant update (patient_id) on records.comment to rapport_app;
