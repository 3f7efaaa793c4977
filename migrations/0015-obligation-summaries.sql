-- How many activities of each unit fit what a rule asks for, month by month: what an overview of many units is read from.
-- `code` stands for a pattern (kinds, topics, fields, shares), whatever rule asks for it; `unsure` counts the records of
-- which something is not stated. Kept in the transaction of each activity, refolded by fsck, made anew by an act where the
-- rules have changed. Numbers only, no person.

create table activity_tallies (
  org_id int not null,
  code text not null,
  year int not null,
  unit_id uuid not null,
  m1 int not null default 0,
  m2 int not null default 0,
  m3 int not null default 0,
  m4 int not null default 0,
  m5 int not null default 0,
  m6 int not null default 0,
  m7 int not null default 0,
  m8 int not null default 0,
  m9 int not null default 0,
  m10 int not null default 0,
  m11 int not null default 0,
  m12 int not null default 0,
  unsure int not null default 0,
  primary key (org_id, code, year, unit_id)
) with (fillfactor = 70);

-- For which patterns (their codes as one) the tallies of a bureau were made, and from how much of the journal; stale where
-- an act has since been recorded under other patterns.
create table tally_states (
  org_id int not null,
  code text not null,
  counted_size bigint not null,
  stale boolean not null default false,
  primary key (org_id)
);

alter table activity_tallies enable row level security;
alter table tally_states enable row level security;
create policy one_bureau on activity_tallies using (org_id = nullif(current_setting('app.org_id', true), '')::int);
create policy one_bureau on tally_states using (org_id = nullif(current_setting('app.org_id', true), '')::int);
grant select, insert, update, delete on activity_tallies, tally_states to luze_app;
