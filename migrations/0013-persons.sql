-- What training and reporting rules need to know of a person, each dated and nothing more: the class of person that the
-- rules speak of, hours brought from before the records begin, and that he states a report to be sent (decisions 7, 17).
-- There is no column for what a report says. Statements are seen by the person himself and by the Party office, which is
-- whom the label of talks opens without any unit.

create table person_classes (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  class text check (class in ('division', 'section')),
  valid_from date not null,
  valid_to date not null default '9999-12-31',
  pid uuid,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  check (valid_to >= valid_from),
  check ((class is null) = (pid is null))
);
create unique index person_classes_one_current on person_classes (org_id, id) where superseded_idx = 9223372036854775807;
create index person_classes_by_pid on person_classes (org_id, pid);

create table opening_hours (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  rule text not null,
  covers_to date not null,
  withdrawn boolean not null,
  amount numeric(6, 2) check (amount > 0),
  pid uuid,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  check ((amount is null) = (pid is null))
);
create unique index opening_hours_one_current on opening_hours (org_id, id) where superseded_idx = 9223372036854775807;
create unique index opening_hours_one_of_person on opening_hours (org_id, pid, rule)
  where superseded_idx = 9223372036854775807 and not withdrawn;

create table statements (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  statement text not null check (statement = 'personal-matters'),
  year int not null,
  withdrawn boolean not null,
  stated_on date,
  pid uuid,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  check ((stated_on is null) = (pid is null))
);
create unique index statements_one_current on statements (org_id, id) where superseded_idx = 9223372036854775807;
create unique index statements_one_of_year on statements (org_id, pid, statement, year)
  where superseded_idx = 9223372036854775807 and not withdrawn;

alter table person_classes enable row level security;
alter table opening_hours enable row level security;
alter table statements enable row level security;
create policy one_bureau on person_classes using (org_id = nullif(current_setting('app.org_id', true), '')::int);
create policy one_bureau on opening_hours using (org_id = nullif(current_setting('app.org_id', true), '')::int);
create policy one_bureau on statements using (org_id = nullif(current_setting('app.org_id', true), '')::int);
create policy in_scope on statements as restrictive for select using (
  (select coalesce(nullif(current_setting('app.units_talks', true), ''), '') = '*') or pid = (select nullif(current_setting('app.pid', true), '')::uuid)
);

grant select, insert, update (superseded_idx, class, pid) on person_classes to luze_app;
grant select, insert, update (superseded_idx, amount, pid) on opening_hours to luze_app;
grant select, insert, update (superseded_idx, stated_on, pid) on statements to luze_app;

create view class_facts with (security_invoker = true) as
  select c.org_id, c.id as class_id, c.pid, c.class, c.valid_from, c.valid_to, c.recorded_idx, c.superseded_idx
    from person_classes c where c.pid is not null;
create view opening_facts with (security_invoker = true) as
  select o.org_id, o.id as opening_id, o.pid, o.rule, o.amount, o.covers_to, o.recorded_idx, o.superseded_idx
    from opening_hours o where not o.withdrawn and o.pid is not null;
create view statement_facts with (security_invoker = true) as
  select s.org_id, s.id as statement_id, s.pid, s.statement, s.year, s.stated_on, s.recorded_idx, s.superseded_idx
    from statements s where not s.withdrawn and s.pid is not null;
grant select on class_facts, opening_facts, statement_facts to luze_app;
