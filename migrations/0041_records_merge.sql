-- Door: moving what was derived from a source's patient to the person it is now linked to. The front desk decides whose records are
-- whose without being able to read them; so does the importer, by a source's own word.
create function records.door_move_items(kind text, sources uuid[], target uuid) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  declare
    moved integer;
  begin
    if platform.kind() not in ('staff', 'system') or not platform.changes_all('import') then
      raise insufficient_privilege using message = 'only who settles imports may move records';
    end if;
    if kind = 'result' then
      update records.result i set patient_id = target where i.source_patient = any (sources) and i.patient_id <> target
        and not exists (select from records.result o where o.resource_id = i.resource_id and o.patient_id = target);
      update records.life l set patient_id = target from records.result i
        where i.source_patient = any (sources) and i.patient_id = target and l.resource_id = i.resource_id and l.place = 'result' and l.patient_id <> target
          and not exists (select from records.life o where o.resource_id = l.resource_id and o.patient_id = target);
      update records.comment c set patient_id = target from records.result i
        where i.source_patient = any (sources) and i.patient_id = target and c.resource_id = i.resource_id and c.patient_id <> target;
    elsif kind = 'note' then
      update records.note i set patient_id = target where i.source_patient = any (sources) and i.patient_id <> target
        and not exists (select from records.note o where o.resource_id = i.resource_id and o.patient_id = target);
      update records.life l set patient_id = target from records.note i
        where i.source_patient = any (sources) and i.patient_id = target and l.resource_id = i.resource_id and l.place = 'note' and l.patient_id <> target
          and not exists (select from records.life o where o.resource_id = l.resource_id and o.patient_id = target);
    elsif kind = 'fact' then
      update records.fact i set patient_id = target where i.source_patient = any (sources) and i.patient_id <> target
        and not exists (select from records.fact o where o.resource_id = i.resource_id and o.patient_id = target);
      update records.test_order t set patient_id = target from records.fact i
        where i.source_patient = any (sources) and i.patient_id = target and i.kind = 'order' and t.resource_id = i.resource_id and t.patient_id <> target
          and not exists (select from records.test_order o where o.resource_id = t.resource_id and o.patient_id = target);
    else
      raise exception 'no such kind';
    end if;
    get diagnostics moved = row_count;
    return moved;
  end $$;
revoke all on function records.door_move_items(text, uuid[], uuid) from public;
grant execute on function records.door_move_items(text, uuid[], uuid) to rapport_app;

-- Who somebody is comes from sources and from staff; a patient's own account sees it and changes nothing. Whose a source's patient is, only
-- those settle who settle imports: a link one makes for oneself would open another's record.
drop policy add on records.patient;
drop policy change on records.patient;
create policy add on records.patient for insert with check ((select platform.changes_all('identity')));
create policy change on records.patient for update using ((select platform.changes_all('identity')));
drop policy add on records.source_patient;
drop policy change on records.source_patient;
create policy add on records.source_patient for insert with check ((select platform.changes_all('import')));
create policy change on records.source_patient for update using ((select platform.changes_all('import')));

-- Whom a patient's number stands for now: themselves, or whom they were joined to.
create function records.stands_for(patient uuid) returns uuid
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$
    with recursive chain as (
      select p.id, p.merged_into from records.patient p where p.id = patient
      union
      select p.id, p.merged_into from chain join records.patient p on p.id = chain.merged_into
    )
    select id from chain where merged_into is null
  $$;
