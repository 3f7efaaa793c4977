-- What a bureau lays over the shipped rules, why something owed is not asked, and what is planned.
-- Rules: a named person's confirmation of source and article, a parameter set from a day on, and the bureau's own pack as
-- the text that was imported. Excuses: of units and posts, seen with the unit; of persons in a table of their own, seen as
-- talks are, by the person, his branch secretary and the Party office. Plans name posts and units, never persons.

create table rule_confirmations (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  rule text not null,
  valid_from date,
  source text,
  article text,
  withdrawn boolean not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index rule_confirmations_one_current on rule_confirmations (org_id, id) where superseded_idx = 9223372036854775807;
create unique index rule_confirmations_one_of_rule on rule_confirmations (org_id, rule)
  where superseded_idx = 9223372036854775807 and not withdrawn;
create index rule_confirmations_by_entry on rule_confirmations (org_id, recorded_idx);

create table rule_parameters (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  rule text not null,
  param text not null,
  value text not null,
  valid_from date not null,
  source text,
  withdrawn boolean not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index rule_parameters_one_current on rule_parameters (org_id, id) where superseded_idx = 9223372036854775807;
create unique index rule_parameters_one_of_day on rule_parameters (org_id, rule, param, valid_from)
  where superseded_idx = 9223372036854775807 and not withdrawn;
create index rule_parameters_by_entry on rule_parameters (org_id, recorded_idx);

create table rule_packs (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  pack text not null,
  valid_from date not null,
  digest text not null,
  title text,
  text text,
  withdrawn boolean not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index rule_packs_one_current on rule_packs (org_id, id) where superseded_idx = 9223372036854775807;
create unique index rule_packs_one_of_day on rule_packs (org_id, pack, valid_from) where superseded_idx = 9223372036854775807 and not withdrawn;
create index rule_packs_by_entry on rule_packs (org_id, recorded_idx);

create table excuses (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  rule text not null,
  subject_type text not null check (subject_type in ('unit', 'post')),
  subject_id uuid not null,
  unit_id uuid not null,
  window_from date not null,
  until_on date,
  reason text,
  withdrawn boolean not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, unit_id, v1) references units (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check (until_on >= window_from)
);
create unique index excuses_one_current on excuses (org_id, id) where superseded_idx = 9223372036854775807;
create unique index excuses_one_of_window on excuses (org_id, rule, subject_id, window_from)
  where superseded_idx = 9223372036854775807 and not withdrawn;

create table person_excuses (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  rule text not null,
  pid uuid not null,
  unit_id uuid,
  window_from date not null,
  until_on date,
  reason text,
  withdrawn boolean not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, unit_id, v1) references units (org_id, id, version),
  foreign key (org_id, pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  check (until_on >= window_from)
);
create unique index person_excuses_one_current on person_excuses (org_id, id) where superseded_idx = 9223372036854775807;
create unique index person_excuses_one_of_window on person_excuses (org_id, rule, pid, window_from)
  where superseded_idx = 9223372036854775807 and not withdrawn;
create index person_excuses_by_pid on person_excuses (org_id, pid);

create table plans (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  item text not null check (item in ('activity', 'talk', 'reading')),
  kind text,
  year int not null,
  unit_id uuid not null,
  unit_ids uuid[] not null,
  month text not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  planned_on date,
  title text,
  topics text[] not null,
  initiator_post_id uuid,
  counterpart_post_id uuid,
  kept_activity_id uuid,
  kept_on date,
  withdrawn boolean not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, unit_id, v1) references units (org_id, id, version),
  foreign key (org_id, initiator_post_id, v1) references posts (org_id, id, version),
  foreign key (org_id, counterpart_post_id, v1) references posts (org_id, id, version),
  foreign key (org_id, kept_activity_id, v1) references activities (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check (planned_on is null or (planned_on >= (month || '-01')::date and planned_on < (month || '-01')::date + 31)),
  check ((item = 'reading') = (kind is null)),
  check ((item = 'talk') = (initiator_post_id is not null) and (item = 'talk') = (counterpart_post_id is not null)),
  check (initiator_post_id <> counterpart_post_id),
  check (item = 'activity' or kept_activity_id is null)
);
create unique index plans_one_current on plans (org_id, id) where superseded_idx = 9223372036854775807;
create index plans_by_month on plans (org_id, month, unit_id) where superseded_idx = 9223372036854775807;

do $$
declare t text;
begin
  foreach t in array array['rule_confirmations', 'rule_parameters', 'rule_packs', 'excuses', 'person_excuses', 'plans'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_bureau on %I using (org_id = nullif(current_setting(''app.org_id'', true), '''')::int)', t);
    execute format('grant select, insert, update (superseded_idx) on %I to luze_app', t);
  end loop;
end $$;
grant update (reason) on person_excuses to luze_app;

create policy in_scope on excuses as restrictive for select using (
  (select coalesce(nullif(current_setting('app.units', true), ''), '') = '*') or unit_id = any(array(select unnest(string_to_array(nullif(coalesce(nullif(current_setting('app.units', true), ''), ''), '*'), ',')::uuid[])))
);
create policy in_scope on person_excuses as restrictive for select using (
  (select coalesce(nullif(current_setting('app.units_talks', true), ''), '') = '*') or unit_id = any(array(select unnest(string_to_array(nullif(coalesce(nullif(current_setting('app.units_talks', true), ''), ''), '*'), ',')::uuid[]))) or pid = (select nullif(current_setting('app.pid', true), '')::uuid)
);
create policy in_scope on plans as restrictive for select using (
  (select coalesce(nullif(current_setting('app.units', true), ''), '') = '*') or unit_ids && array(select unnest(string_to_array(nullif(coalesce(nullif(current_setting('app.units', true), ''), ''), '*'), ',')::uuid[]))
);
