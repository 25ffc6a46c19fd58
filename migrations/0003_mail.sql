-- Mails and texts on their way out. The words are sealed, because a mail can carry a link that opens something, and are erased once it was sent.

create table platform.mail (
  id uuid primary key default gen_random_uuid(),
  person_id uuid,                                   -- who signs in and is written to
  patient_id uuid,                                  -- whom it is about
  way text not null default 'mail' check (way in ('mail', 'text')),
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  to_address text not null check (to_address !~ '[\s[:cntrl:]]'),
  subject text not null check (subject !~ '[[:cntrl:]]'),
  words bytea,
  queued_at timestamptz not null,
  attempts integer not null default 0,
  claimed_until timestamptz,                        -- one sender at a time
  problem text check (length(problem) <= 60),       -- a code, never what the server said
  kept_at timestamptz,                              -- no mail server is set: it waits here for the console
  sent_at timestamptz,
  failed_at timestamptz,                            -- for good
  erased_at timestamptz,
  delivered_at timestamptz,                         -- as whoever carries it says
  dropped_at timestamptz,                           -- it was not to go out any more
  dropped_why text check (dropped_why ~ '^[a-z]+(-[a-z]+)*$'),
  asked_at timestamptz,                             -- that it did not arrive became work for somebody
  dedupe text unique check (length(dedupe) <= 300), -- the same thing is said once
  about_type text,
  about_id uuid,
  is_internal boolean not null default false,       -- to whoever works here, with nothing about a patient
  not_after timestamptz,                            -- from then on it is of no use
  counted_on date,                                  -- the day, where its person is, that it counts for
  vendor_id text unique,
  check ((about_type is null) = (about_id is null)),
  check ((dropped_at is null) = (dropped_why is null)),
  check (dropped_at is null or words is null),
  check ((words is null) = (erased_at is not null)),
  check (sent_at is null or words is null)
);
create index mail_by_time on platform.mail (queued_at desc, id);
create index mail_with_words on platform.mail (queued_at) where words is not null;
create index mail_by_patient on platform.mail (patient_id, queued_at desc) where patient_id is not null;
create index mail_by_person on platform.mail (person_id) where words is not null;
create index mail_by_subject on platform.mail (about_id) where words is not null and about_id is not null;
create index mail_not_arrived on platform.mail (queued_at) where asked_at is null and patient_id is not null and (failed_at is not null or dropped_at is not null);
-- One text a day for each person that does not answer one of theirs (47 CFR 64.1200(a)(9)(iv)).
create unique index mail_text_a_day on platform.mail (patient_id, counted_on) where counted_on is not null and dropped_at is null;

alter table platform.mail enable row level security;
-- The patient, and nobody who looks after them, sees what went where about them: it may be a way that only they know of.
create policy see on platform.mail for select using ((select platform.sees_all('outbox')) or patient_id = any ((select platform.patients_seen('access-log'))::uuid[]));
create policy change on platform.mail for update
  using ((select platform.changes_all('outbox'))) with check ((select platform.changes_all('outbox')));
grant select on platform.mail to rapport_app;
grant update (to_address, words, attempts, claimed_until, problem, kept_at, sent_at, failed_at, erased_at, delivered_at, dropped_at, dropped_why, asked_at, vendor_id) on platform.mail to rapport_app;
insert into platform.walled_table values ('platform.mail', 'outbox', 'person_id', 'person', null, null);

-- Where a mail to somebody goes, or why it does not go at all. The ground floor knows no reason; `notices` puts its own rule here.
create function platform.where_to(person uuid, patient uuid, way text, kind text, address text) returns table (go_to text, why text)
  language sql stable
  as $$ select address, null::text $$;

-- Door: anyone who acts may cause a mail, and nobody reads one back through it. Says 'queued', 'again' for what was said already, or why not.
create function platform.door_queue_mail(mail_id uuid, facts jsonb, words bytea) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    m platform.mail := jsonb_populate_record(null::platform.mail, facts);
    place record;
    added uuid;
  begin
    if platform.kind() not in ('visitor', 'patient', 'proxy', 'staff', 'system') then
      raise exception 'nobody may send mail' using errcode = '42501';
    end if;
    select * into place from platform.where_to(m.person_id, m.patient_id, m.way, m.kind, m.to_address);
    insert into platform.mail (id, person_id, patient_id, way, kind, to_address, subject, words, erased_at, dropped_at, dropped_why, queued_at, dedupe, about_type, about_id, is_internal, not_after, counted_on)
    values (mail_id, m.person_id, m.patient_id, m.way, m.kind, coalesce(place.go_to, m.to_address), m.subject,
      case when place.why is null then words end, case when place.why is not null then platform.now() end, case when place.why is not null then platform.now() end, place.why,
      platform.now(), m.dedupe, m.about_type, m.about_id, coalesce(m.is_internal, false), m.not_after, m.counted_on)
    on conflict do nothing
    returning id into added;
    return case when added is null then 'again' else coalesce(place.why, 'queued') end;
  end
  $$;
revoke all on function platform.where_to(uuid, uuid, text, text, text), platform.door_queue_mail(uuid, jsonb, bytea) from public;
grant execute on function platform.door_queue_mail(uuid, jsonb, bytea) to rapport_app;

-- Door: what is not true any more does not go out. The word of whoever changed what it is about: staff, jobs, and a patient or who acts for them, of theirs alone.
create function platform.door_withdraw_mail(of_type text, of_id uuid) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    many integer;
  begin
    if platform.kind() not in ('patient', 'proxy', 'staff', 'system') then raise insufficient_privilege; end if;
    update platform.mail
    set dropped_at = platform.now(), dropped_why = 'withdrawn', words = null, erased_at = platform.now(), asked_at = platform.now()
    where about_id = of_id and about_type = of_type and words is not null and sent_at is null
      and (platform.kind() in ('staff', 'system') or patient_id = platform.patient_id());
    get diagnostics many = row_count;
    return many;
  end
  $$;
revoke all on function platform.door_withdraw_mail(text, uuid) from public;
grant execute on function platform.door_withdraw_mail(text, uuid) to rapport_app;

-- Door: the same question again for whoever sends, in the second in which it would leave.
create function platform.door_recheck_mail(mail uuid) returns table (go_to text, why text)
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' or not platform.changes_all('outbox') then raise insufficient_privilege; end if;
    return query select w.go_to, w.why from platform.mail m cross join lateral platform.where_to(m.person_id, m.patient_id, m.way, m.kind, m.to_address) w where m.id = mail;
  end
  $$;
revoke all on function platform.door_recheck_mail(uuid) from public;
grant execute on function platform.door_recheck_mail(uuid) to rapport_app;

-- Until when whoever carries our mails or texts has agreed to keep them private (45 CFR 164.504(e)). Without a day nothing leaves.
create table platform.line (
  way text primary key check (way in ('mail', 'text')),
  vendor text not null check (length(vendor) between 1 and 120),
  agreed_until date not null,
  set_at timestamptz not null,
  set_by uuid
);
grant select, insert on platform.line to rapport_app;
grant update (vendor, agreed_until, set_at, set_by) on platform.line to rapport_app;

insert into platform.wide_job values
  ('platform.send-mail', 'outbox', 'sends what waits in the outbox; reads no record'),
  ('platform.sweep', 'outbox', 'erases the words of old mail; reads no record'),
  ('platform.rotate-keys', 'outbox', 'seals the words of mail under a new key; reads no record');
