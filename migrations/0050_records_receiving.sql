-- What a source sends piece by piece is one run a day: its counts grow as messages arrive.
alter table records.import_run add column day date;
create unique index import_run_of_day on records.import_run (source, day) where day is not null;
