-- Door: whether a patient's download lacks something, and nothing about what.
create function records.door_something_withheld(patient uuid) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select (patient = platform.patient_id() or platform.sees_all('identity')) and (
      exists (select from records.result i where i.patient_id = patient and i.is_fact and (i.is_restricted or i.visible_at is null or i.visible_at > platform.now()))
      or exists (select from records.note i where i.patient_id = patient and i.is_fact and (i.is_restricted or i.visible_at is null or i.visible_at > platform.now()))
      or exists (select from records.fact i where i.patient_id = patient and i.is_fact and (i.is_restricted or i.visible_at is null or i.visible_at > platform.now())))
  $$;
revoke all on function records.door_something_withheld(uuid) from public;
grant execute on function records.door_something_withheld(uuid) to rapport_app;

insert into platform.wide_job values ('records.export', 'identity', 'finds the one patient whose number was typed at the server''s keyboard; the record itself is read for that patient alone', true);

-- Door: who the record is of, as each source sent it, so that a copy's references lead somewhere. The tables of versions are open to no actor.
create function records.door_received_patient(patient uuid) returns table (id uuid, body text, source text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select r.id, v.body::text, r.source
    from records.source_patient s
    join records.resource r on r.id = s.resource_id
    join records.version v on v.id = r.current_version
    where s.patient_id = patient and s.ended_at is null
      and (platform.sees_all('identity') or patient = any (platform.patients_seen('identity')))
    order by s.linked_at
  $$;
revoke all on function records.door_received_patient(uuid) from public;
grant execute on function records.door_received_patient(uuid) to rapport_app;
