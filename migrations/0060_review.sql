-- What the practice does with results.
create schema review;
grant usage on schema review to rapport_app;

-- Beginnings of a comment, in the practice's words: blanks (__) are filled before it can go.
create table review.template (
  id uuid primary key default gen_random_uuid(),
  place integer not null,
  name text not null check (length(name) between 1 and 80),
  en text not null check (length(en) between 1 and 2000),
  es text not null default '' check (length(es) <= 2000),
  changed_at timestamptz not null,
  changed_by uuid
);
-- Under which the care team may answer normal results: who recorded it, for which categories, until when.
create table review.standing_rule (
  id uuid primary key default gen_random_uuid(),
  categories text[] not null check (cardinality(categories) > 0),
  words text not null check (length(words) between 20 and 2000),
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  until timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  check (until > recorded_at and until <= recorded_at + interval '400 days')
);
do $$
declare own text;
begin
  foreach own in array array['review.template', 'review.standing_rule'] loop
    execute format('alter table %s enable row level security', own);
    execute format('create policy see on %s for select using ((select platform.sees_all(''results'')))', own);
    execute format('create policy add on %s for insert with check ((select platform.changes_all(''results'')))', own);
    execute format('create policy change on %s for update using ((select platform.changes_all(''results''))) with check ((select platform.changes_all(''results'')))', own);
    execute format('grant select, insert on %s to rapport_app', own);
    insert into platform.walled_table values (own, 'results', 'id', 'person', null, null);
  end loop;
end $$;
create policy remove on review.template for delete using ((select platform.changes_all('results')));
grant update (place, name, en, es, changed_at, changed_by), delete on review.template to rapport_app;
grant update (ended_at, ended_by) on review.standing_rule to rapport_app;

insert into review.template (place, name, en, es, changed_at) values
  (1, 'Not worried', 'This is a little outside the usual range. For you I am not worried, because __. We will check it again in __.', 'Este valor está un poco fuera de lo normal. En su caso no me preocupa, porque __. Lo vamos a revisar otra vez en __.', now()),
  (2, 'A next step', 'This needs a next step. Please book __ by __. If you get __, call us or 911.', 'Esto necesita un paso más. Haga una cita para __ antes del __. Si usted siente __, llámenos o llame al 911.', now()),
  (3, 'I want to talk with you', 'This result is serious and I want to talk with you. I will call __ at __. If you would rather come in, call us and we will make time.', 'Este resultado es serio y quiero hablar con usted. Le voy a llamar el __ a las __. Si prefiere venir, llámenos y le daremos una hora.', now()),
  (4, 'All is well', 'Your results are in the usual range. You need not do anything now. __', 'Sus resultados están dentro de lo normal. No tiene que hacer nada por ahora. __', now());
