-- Somebody new who books before we know them. Their number stands where a patient's would, so that their visit, what is sent about it and what is owed for it
-- are kept like anybody's; it is nobody's record until staff say whose it is. What they typed is theirs and the desk's; a visitor reaches it only with the token.
create table scheduling.newcomer (
  id uuid primary key,                                -- the number that stands for a patient's
  token_hash bytea not null unique,
  made_at timestamptz not null,
  made_from bytea not null,                           -- a keyed hash of the neighbourhood they came from
  locale text not null check (locale in ('en', 'es')),
  for_whom text check (for_whom in ('self', 'child', 'other')),
  name text check (length(name) between 1 and 120 and name !~ '[[:cntrl:]]'),
  birth_date date,
  asked_by text not null default '' check (length(asked_by) <= 120 and asked_by !~ '[[:cntrl:]]'),
  contact_kind text check (contact_kind in ('phone', 'mailbox')),
  contact text check (length(contact) between 3 and 254 and contact !~ '[\s[:cntrl:]]'),
  speaks text not null default '' check (length(speaks) <= 12),
  needs_interpreter boolean not null default false,
  access_needs text not null default '' check (length(access_needs) <= 500),
  pays text check (pays in ('insurance', 'self', 'unsure')),
  plan text not null default '' check (length(plan) <= 120),
  reason text not null default '' check (length(reason) <= 2000),
  danger text not null default '' check (danger in ('', 'now', 'not-now')),
  answers jsonb not null default '[]' check (jsonb_typeof(answers) = 'array' and length(answers::text) <= 65536),   -- to the questions of the kind of visit, with the words that were asked; the visit's once it is booked
  answers_danger text not null default '' check (answers_danger in ('', 'now', 'not-now')),
  code_id uuid,
  contact_shown_at timestamptz,                       -- the code that went there came back
  appointment_id uuid unique,                         -- of an appointment: none is ever deleted
  linked_at timestamptz,
  linked_by uuid,
  check ((contact is null) = (contact_kind is null)),
  check ((linked_at is null) = (linked_by is null)),
  check (appointment_id is null or (name is not null and birth_date is not null and contact_shown_at is not null)),
  check (linked_at is null or appointment_id is not null)
);
create index newcomer_by_contact on scheduling.newcomer (contact_kind, contact) where appointment_id is not null;
create index newcomer_by_origin on scheduling.newcomer (made_from, made_at);
create index newcomer_by_age on scheduling.newcomer (made_at) where appointment_id is null;
create index newcomer_waiting on scheduling.newcomer (made_at) where appointment_id is not null and linked_at is null;
select platform.protect('scheduling.newcomer', category => 'appointments', patient => 'id');
-- The desk's, and their own while they write it: a patient whose record it came to has it in their visit.
create policy not_patients on scheduling.newcomer as restrictive using (not (select platform.is_patient_side()));
grant select, insert, delete on scheduling.newcomer to rapport_app;
grant update (locale, made_from, for_whom, name, birth_date, asked_by, contact_kind, contact, speaks, needs_interpreter, access_needs, pays, plan, reason, danger, answers, answers_danger, code_id, contact_shown_at, appointment_id, linked_at, linked_by)
  on scheduling.newcomer to rapport_app;

-- Door: whose a token is, for a visitor, as long as nobody has said whose record it is and the visit is not over.
create function scheduling.door_newcomer(token bytea) returns table (newcomer uuid, is_booked boolean)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'visitor' then raise insufficient_privilege; end if;
    return query
      select n.id, n.appointment_id is not null
      from scheduling.newcomer n
      left join scheduling.appointment a on a.id = n.appointment_id
      where n.token_hash = token and n.linked_at is null
        and case when a.id is null then n.made_at > platform.now() - interval '1 day' else a.ends_at > platform.now() end;
  end $$;

-- Doors: what a newcomer may not do because of others, and nothing of the others. Each is asked in its turn.
create function scheduling.door_held_beside(origin bytea) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' or platform.patient_id() is null then raise insufficient_privilege; end if;
    perform pg_advisory_xact_lock(hashtextextended('newcomers from ' || encode(origin, 'hex'), 0));
    return (
      select count(*)
      from scheduling.newcomer n
      join scheduling.hold h on h.patient_id = n.id
      where n.made_from = origin and n.made_at > platform.now() - interval '1 day' and n.id <> platform.patient_id() and h.expires_at > platform.now());
  end $$;
create function scheduling.door_contact_is_free(of_kind text, address text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' or platform.patient_id() is null then raise insufficient_privilege; end if;
    perform pg_advisory_xact_lock(hashtextextended('newcomers at ' || of_kind || ' ' || address, 0));
    return not exists (
      select from scheduling.newcomer n
      join scheduling.appointment a on a.id = n.appointment_id
      where n.contact_kind = of_kind and n.contact = address and n.id <> platform.patient_id() and a.status in ('requested', 'booked') and a.ends_at > platform.now());
  end $$;
revoke all on function scheduling.door_newcomer(bytea), scheduling.door_held_beside(bytea), scheduling.door_contact_is_free(text, text) from public;
grant execute on function scheduling.door_newcomer(bytea), scheduling.door_held_beside(bytea), scheduling.door_contact_is_free(text, text) to rapport_app;
