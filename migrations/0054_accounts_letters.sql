--! breaking
-- A letter opens a patient's own account. Who looks after somebody is asked by an invitation of its own (0013), so a letter says nothing of caregivers:
-- a column that nobody fills is a way in that nobody watches.
drop function accounts.door_check_activation(bytea, date);
alter table accounts.activation drop column proxy_for, drop column proxy_until;

create function accounts.door_check_activation(hash bytea, born date)
  returns table (id uuid, patient_id uuid, name text, email text, locale text, existing_person uuid)
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  #variable_conflict use_column
  declare
    letter accounts.activation;
  begin
    perform accounts.at_the_door();
    select * into letter from accounts.activation a
    where a.code_hash = hash and a.used_at is null and a.revoked_at is null and a.expires_at > platform.now() and a.tries < 5
    for update;
    if letter.id is null then return; end if;
    if letter.birth_date is distinct from born then
      update accounts.activation a set tries = a.tries + 1 where a.id = letter.id;
      return;
    end if;
    return query select letter.id, letter.patient_id, letter.name, letter.email, letter.locale,
      (select p.id from accounts.person p where p.patient_id = letter.patient_id);
  end $$;
revoke all on function accounts.door_check_activation(bytea, date) from public;
grant execute on function accounts.door_check_activation(bytea, date) to rapport_app;
