-- Mail on its way out. The words are sealed, because a mail can carry a link that opens something, and are erased once it was sent.

create table platform.mail (
  id uuid primary key default gen_random_uuid(),
  person_id uuid,
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
  check ((words is null) = (erased_at is not null)),
  check (sent_at is null or (words is null and failed_at is null))
);
create index mail_by_time on platform.mail (queued_at desc, id);
create index mail_with_words on platform.mail (queued_at) where words is not null;

alter table platform.mail enable row level security;
create policy see on platform.mail for select using ((select platform.sees_all('outbox')));
create policy change on platform.mail for update
  using ((select platform.changes_all('outbox'))) with check ((select platform.changes_all('outbox')));
grant select on platform.mail to rapport_app;
grant update (words, attempts, claimed_until, problem, kept_at, sent_at, failed_at, erased_at) on platform.mail to rapport_app;
insert into platform.walled_table values ('platform.mail', 'outbox', 'person_id', 'person', null, null);

-- Door: anyone who acts may cause a mail, and nobody reads one back through it.
create function platform.door_queue_mail(mail_id uuid, person uuid, address text, subject text, words bytea)
  returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() not in ('visitor', 'patient', 'proxy', 'staff', 'system') then
      raise exception 'nobody may send mail' using errcode = '42501';
    end if;
    insert into platform.mail (id, person_id, to_address, subject, words, queued_at)
    values (mail_id, person, address, subject, words, platform.now());
  end
  $$;
revoke all on function platform.door_queue_mail(uuid, uuid, text, text, bytea) from public;
grant execute on function platform.door_queue_mail(uuid, uuid, text, text, bytea) to rapport_app;

insert into platform.wide_job values
  ('platform.send-mail', 'outbox', 'sends what waits in the outbox; reads no record'),
  ('platform.sweep', 'outbox', 'erases the words of old mail; reads no record'),
  ('platform.rotate-keys', 'outbox', 'seals the words of mail under a new key; reads no record');
