-- Notes that are written here: a draft of its author's alone, until it is signed; then it is filed like every other record, and never edited.
create schema writing;
grant usage on schema writing to rapport_app;

create table writing.draft (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null,
  author_id uuid not null,
  author_name text not null,
  title text not null check (length(title) between 1 and 120),
  body text not null default '' check (length(body) <= 50000),
  summary text not null default '' check (length(summary) <= 4000),   -- for the patient, in plain words; it leads the note
  addendum_to uuid,                                                    -- a signed draft
  begun_at timestamptz not null,
  changed_at timestamptz not null,
  said text[] not null default '{}',                                   -- what was said out loud at the visit, as the author attests (N8)
  signed_at timestamptz,
  filed_at timestamptz,
  earlier jsonb not null default '{}',                                 -- hashes of the sentences of earlier notes, each with its day, so that what was copied forward shows (N5)
  check (filed_at is null or signed_at is not null)
);
create index draft_open on writing.draft (author_id, changed_at desc) where signed_at is null;
create index draft_of_patient on writing.draft (patient_id, signed_at desc) where signed_at is not null;
create index draft_to_file on writing.draft (signed_at) where signed_at is not null and filed_at is null;

alter table writing.draft enable row level security;
insert into platform.walled_table values ('writing.draft', 'notes', 'patient_id', 'patient', null, null);
create policy see on writing.draft for select using ((select platform.sees_all('notes')) and (author_id = (select platform.person_id()) or (signed_at is not null and (select platform.kind()) = 'staff') or ((select platform.kind()) = 'system' and (select platform.changes_all('notes')))));
create policy add on writing.draft for insert with check ((select platform.changes_all('notes')) and author_id = (select platform.person_id()));
create policy change on writing.draft for update
  using (((select platform.changes_all('notes')) and author_id = (select platform.person_id()) and signed_at is null) or ((select platform.kind()) = 'system' and (select platform.changes_all('notes'))))
  with check ((select platform.changes_all('notes')));
create policy remove on writing.draft for delete using ((select platform.changes_all('notes')) and author_id = (select platform.person_id()) and signed_at is null);
grant select, insert, delete on writing.draft to rapport_app;
grant update (title, body, summary, changed_at, said, signed_at, filed_at) on writing.draft to rapport_app;

-- N2, N6: what was pointed out in a note, and what its author did with it. The author's alone: no role, no job and no door sees whose it was.
create table writing.mark (
  draft_id uuid not null references writing.draft (id) on delete cascade,
  author_id uuid not null,
  term text not null check (term ~ '^SL[0-9]{3}$'),
  words text not null check (length(words) between 1 and 80),          -- as they stand in the note, in small letters
  outcome text not null check (outcome in ('kept', 'stands', 'replaced')),   -- kept by a click; left standing; gone when it was signed
  why text not null default '' check (length(why) <= 300),
  at timestamptz not null,
  primary key (draft_id, term, words)
);
create index mark_by_author on writing.mark (author_id, at desc);
create table writing.note_figure (
  draft_id uuid primary key references writing.draft (id) on delete cascade,
  author_id uuid not null,
  signed_at timestamptz not null,
  words integer not null,
  grade numeric(4, 1),                                                 -- of what the patient reads first, where it is long enough to say
  copied_share numeric(4, 3) not null check (copied_share between 0 and 1),
  mild jsonb not null default '{}'                                     -- N3: terms that only the weekly summary names, each with how often
);
create index note_figure_by_author on writing.note_figure (author_id, signed_at desc);
create index note_figure_by_time on writing.note_figure (signed_at);
do $$
declare
  own text;
begin
  foreach own in array array['writing.mark', 'writing.note_figure'] loop
    execute format('alter table %s enable row level security', own);
    insert into platform.walled_table values (own, 'notes', 'author_id', 'person', null, null);
    execute format('create policy see on %s for select using (author_id = (select platform.person_id()) and (select platform.kind()) = ''staff'' and (select platform.sees_all(''notes'')))', own);
    execute format('create policy add on %s for insert with check (author_id = (select platform.person_id()) and (select platform.kind()) = ''staff'' and (select platform.changes_all(''notes''))
      and exists (select from writing.draft d where d.id = draft_id and d.author_id = (select platform.person_id())))', own);
    execute format('grant select, insert on %s to rapport_app', own);
  end loop;
end $$;
create policy remove on writing.mark for delete using (author_id = (select platform.person_id()) and (select platform.kind()) = 'staff' and (select platform.changes_all('notes')));
grant delete on writing.mark to rapport_app;

-- Door: how the practice's notes read, in the last three whole months, for whoever sees the audit trail. Nobody's name stands in it, and nothing that
-- would tell of one: fewer than twenty notes or three authors say nothing at all; a term in fewer than eleven is not named, nor one whose rest would be.
create function writing.door_practice_totals() returns table (term text, notes bigint, replaced bigint, stayed bigint)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    with span as (select date_trunc('month', platform.now()) - interval '3 months' as since, date_trunc('month', platform.now()) as until),
    signed as (select f.draft_id, f.author_id from writing.note_figure f, span where f.signed_at >= span.since and f.signed_at < span.until),
    whole as (select count(*) as notes from signed having count(*) >= 20 and count(distinct author_id) >= 3),
    marked as (select m.draft_id, m.term, bool_or(m.outcome = 'replaced') as is_replaced, bool_or(m.outcome <> 'replaced') as is_there from writing.mark m join signed s on s.draft_id = m.draft_id group by m.draft_id, m.term),
    counted as (
      select m.term, count(*) as notes, count(*) filter (where is_replaced) as replaced, count(*) filter (where is_there) as stayed from marked m group by m.term
    )
    select c.term, c.notes, case when c.replaced >= 11 and c.stayed >= 11 then c.replaced end, case when c.replaced >= 11 and c.stayed >= 11 then c.stayed end
    from whole w cross join counted c
    where platform.kind() = 'staff' and platform.sees_all('audit') and c.notes >= 11 and w.notes - c.notes not between 1 and 10
    union all
    select null, w.notes, null, null from whole w where platform.kind() = 'staff' and platform.sees_all('audit')
    order by 2 desc nulls last, 1
  $$;
revoke all on function writing.door_practice_totals() from public;
grant execute on function writing.door_practice_totals() to rapport_app;

-- N7: how often a term was shown and kept, without any text and without whose note it was.
create table writing.kept_term (
  term text primary key,
  shown bigint not null default 0,
  kept bigint not null default 0
);
grant select, insert on writing.kept_term to rapport_app;
grant update (shown, kept) on writing.kept_term to rapport_app;

-- N15: notes that came from elsewhere and were looked at. Where one of ours wrote it and words may hurt, it is put before its author, and before nobody else.
create table writing.arrived_note (
  resource_id uuid not null,
  edition text not null check (length(edition) <= 200),                -- which version of it, as its source counts them
  received_at timestamptz not null,
  author_id uuid,                                                      -- null: there is nothing to put before anybody
  checked_at timestamptz not null,
  looked_at timestamptz,
  primary key (resource_id, edition)
);
create index arrived_note_by_time on writing.arrived_note (received_at);
create index arrived_note_open on writing.arrived_note (author_id) where looked_at is null;
alter table writing.arrived_note enable row level security;
insert into platform.walled_table values ('writing.arrived_note', 'notes', 'author_id', 'person', null, null);
create policy see on writing.arrived_note for select using ((select platform.sees_all('notes')) and ((select platform.kind()) = 'system' or (author_id = (select platform.person_id()) and (select platform.kind()) = 'staff')));
create policy add on writing.arrived_note for insert with check ((select platform.kind()) = 'system' and (select platform.sees_all('notes')));
create policy look on writing.arrived_note for update using (author_id = (select platform.person_id()) and (select platform.kind()) = 'staff' and (select platform.changes_all('notes')));
grant select, insert on writing.arrived_note to rapport_app;
grant update (looked_at) on writing.arrived_note to rapport_app;

create index note_by_arrival on records.note (received_at, resource_id) where is_fact;

insert into platform.wide_job values
  ('writing.check-arrived', 'notes', 'looks at words of notes that came from elsewhere, for who wrote them', true);
insert into platform.wide_job
select 'writing.file', category, 'files signed notes with the patient’s record, as an import does'
from unnest(array['import', 'identity', 'results', 'notes', 'record', 'work']) as category;
