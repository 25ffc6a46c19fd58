-- What is told, and what becomes of what did not arrive.

-- Door: to which of these something new was announced in the last ten minutes.
create function notices.door_pinged_lately(addresses text[]) returns setof text
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' then raise insufficient_privilege; end if;
    return query select distinct m.to_address from platform.mail m
      where m.to_address = any (addresses) and m.kind = 'something-new' and m.dropped_at is null and m.queued_at > platform.now() - interval '10 minutes';
  end $$;
create index mail_by_address on platform.mail (to_address, queued_at desc);

-- Door: who reads a mail ends mails like it; the application has seen that the link is ours. The last word counts, so twice is once.
create function notices.door_stop_news(mail uuid, said text, in_locale text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    m platform.mail;
  begin
    if platform.kind() = 'nobody' then raise insufficient_privilege; end if;
    select * into m from platform.mail x where x.id = mail and x.way = 'mail' and x.kind = 'something-new';
    if m.id is null or notices.is_stopped('mailbox', m.to_address, m.patient_id, 'news') then return; end if;
    insert into notices.consent (at, kind, address, patient_id, scope, is_given, words, locale, through)
    values (platform.now(), 'mailbox', m.to_address, m.patient_id, 'news', false, said, in_locale, 'mail');
  end $$;

-- Door: what an inbox or a carrier says became of one of ours. A mailbox that is not there, or that complains, gets nothing more about patients.
create function notices.door_hear_outcome(mail uuid, vendor text, outcome text, code text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    m platform.mail;
  begin
    if platform.kind() <> 'system' then raise insufficient_privilege; end if;
    select * into m from platform.mail x where x.id = mail or x.vendor_id = vendor for update;
    if m.id is null then return false; end if;
    if outcome = 'arrived' then
      update platform.mail x set delivered_at = coalesce(x.delivered_at, platform.now()) where x.id = m.id and x.failed_at is null;
      return true;
    end if;
    update platform.mail x set failed_at = coalesce(x.failed_at, platform.now()), problem = left(code, 60) where x.id = m.id and (x.delivered_at is null or outcome = 'complained');
    if outcome in ('bounced', 'complained', 'unreachable') then
      insert into notices.point (kind, address, made_at) values (case m.way when 'text' then 'phone' else 'mailbox' end, m.to_address, platform.now()) on conflict do nothing;
      update notices.point p set failed_at = platform.now(), failed_why = outcome where p.kind = case m.way when 'text' then 'phone' else 'mailbox' end and p.address = m.to_address and p.failed_at is null;
    end if;
    return true;
  end $$;

-- Door: what did not arrive and nobody was asked about yet. Each once.
create function notices.door_take_unarrived(most integer) returns table (patient_id uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if platform.kind() <> 'system' or not platform.changes_all('outbox') then raise insufficient_privilege; end if;
    return query
      with taken as (
        update platform.mail m set asked_at = platform.now()
        where m.id in (
          select x.id from platform.mail x
          where x.asked_at is null and x.patient_id is not null and (x.failed_at is not null or x.dropped_at is not null) and x.queued_at < platform.now()
          order by x.queued_at limit most for update skip locked)
        returning m.patient_id, m.kind, m.failed_at, m.dropped_why)
      select distinct t.patient_id from taken t where t.kind <> 'code' and (t.failed_at is not null or t.dropped_why in ('point-failed', 'too-late'));
  end $$;


revoke all on function notices.door_pinged_lately(text[]), notices.door_stop_news(uuid, text, text), notices.door_hear_outcome(uuid, text, text, text), notices.door_take_unarrived(integer) from public;
grant execute on function notices.door_pinged_lately(text[]), notices.door_stop_news(uuid, text, text), notices.door_hear_outcome(uuid, text, text, text), notices.door_take_unarrived(integer) to rapport_app;

insert into platform.wide_job values
  ('notices.watch', 'outbox', 'makes work of what did not arrive, and says when an agreement ends; reads no record', false),
  ('notices.ping', 'people', 'where those who may read it hear of something new', true),
  ('notices.sweep', 'people', 'forgets codes that are over; reads no record', true);
grant select, delete on notices.code to rapport_app;
create policy sweep on notices.code for delete using (platform.setting('job') = 'notices.sweep');
create policy sweep_look on notices.code for select using (platform.setting('job') = 'notices.sweep');
