-- Door: a patient may read the names of those who looked at their record, and of nobody else.
create function accounts.door_names_of_lookers(people uuid[])
  returns table (id uuid, name text, roles text[])
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
    select p.id, p.name, array(select r.role from accounts.person_role r where r.person_id = p.id order by 1)
    from accounts.person p
    where p.id = any (people)
      and platform.patient_id() = any (platform.patients_seen('access-log'))
      and exists (select from audit.event e where e.patient_id = platform.patient_id() and e.person_id = p.id)
  $$;
revoke all on function accounts.door_names_of_lookers(uuid[]) from public;
grant execute on function accounts.door_names_of_lookers(uuid[]) to rapport_app;
