-- An order whose result is missed is asked of whoever stands in while its clinician is away. Results have rules of their own (R15).
create function work.stand_in() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    new.owner_id := coalesce(work.now_with(new.owner_id, platform.now()), new.owner_id);
    return new;
  end $$;
revoke all on function work.stand_in() from public;
create trigger stands_in before insert on work.task for each row when (new.kind = 'order-overdue' and new.owner_id is not null) execute function work.stand_in();
