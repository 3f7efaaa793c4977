-- The bureau's own order: units with dated periods (place in the tree and name), persons, posts, appointments,
-- branch membership, lines of work (分管), mandates. Everything is answered as of a day (inclusive periods) and, where a
-- figure reads it, as of a journal size.

create table units (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  kind text not null,
  code text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index units_one_current on units (org_id, id) where superseded_idx = 9223372036854775807;

create table unit_periods (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  unit_id uuid not null,
  parent_id uuid,
  position int not null,
  valid_from date not null,
  valid_to date not null default '9999-12-31',
  name text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, unit_id, v1) references units (org_id, id, version),
  foreign key (org_id, parent_id, v1) references units (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check (valid_to >= valid_from)
);
create unique index unit_periods_one_current on unit_periods (org_id, id) where superseded_idx = 9223372036854775807;
create index unit_periods_by_unit on unit_periods (org_id, unit_id);
create index unit_periods_by_parent on unit_periods (org_id, parent_id);

-- The id map (decision 6): pid is what records and entries carry; erasing a person empties person_id.
create table person_ids (
  org_id int not null,
  pid uuid not null,
  person_id uuid,
  erased_idx bigint,
  primary key (org_id, pid),
  unique (org_id, person_id),
  check ((person_id is null) = (erased_idx is not null))
);

create table persons (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  name text,
  staff_no text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index persons_one_current on persons (org_id, id) where superseded_idx = 9223372036854775807;

create table posts (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  unit_id uuid not null,
  kind text not null,
  position int not null,
  valid_from date not null,
  valid_to date not null default '9999-12-31',
  title text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, unit_id, v1) references units (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check (valid_to >= valid_from)
);
create unique index posts_one_current on posts (org_id, id) where superseded_idx = 9223372036854775807;
create index posts_by_unit on posts (org_id, unit_id);

create table appointments (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  post_id uuid not null,
  valid_from date not null,
  valid_to date not null default '9999-12-31',
  pid uuid,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, post_id, v1) references posts (org_id, id, version),
  foreign key (org_id, pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  check (valid_to >= valid_from)
);
create unique index appointments_one_current on appointments (org_id, id) where superseded_idx = 9223372036854775807;
create index appointments_by_post on appointments (org_id, post_id);
create index appointments_by_pid on appointments (org_id, pid);

create table memberships (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  branch_id uuid not null,
  valid_from date not null,
  valid_to date not null default '9999-12-31',
  standing text not null check (standing in ('full', 'probationary')),
  pid uuid,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, branch_id, v1) references units (org_id, id, version),
  foreign key (org_id, pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  check (valid_to >= valid_from)
);
create unique index memberships_one_current on memberships (org_id, id) where superseded_idx = 9223372036854775807;
create index memberships_by_branch on memberships (org_id, branch_id);
create index memberships_by_pid on memberships (org_id, pid);

-- Who is in charge of what (分管): a post leads a unit's line of work.
create table charges (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  post_id uuid not null,
  unit_id uuid not null,
  valid_from date not null,
  valid_to date not null default '9999-12-31',
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, post_id, v1) references posts (org_id, id, version),
  foreign key (org_id, unit_id, v1) references units (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check (valid_to >= valid_from)
);
create unique index charges_one_current on charges (org_id, id) where superseded_idx = 9223372036854775807;
create index charges_by_post on charges (org_id, post_id);

-- The office acts for a leader by a dated mandate that the leader sees (decision 14).
create table mandates (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  valid_from date not null,
  valid_to date not null,
  principal_pid uuid,
  agent_pid uuid,
  purpose text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, principal_pid) references person_ids (org_id, pid),
  foreign key (org_id, agent_pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  check (valid_to >= valid_from)
);
create unique index mandates_one_current on mandates (org_id, id) where superseded_idx = 9223372036854775807;

do $$
declare t text;
begin
  foreach t in array array['units', 'unit_periods', 'persons', 'posts', 'appointments', 'memberships', 'charges',
    'mandates'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_bureau on %I using (org_id = nullif(current_setting(''app.org_id'', true), '''')::int)', t);
    execute format('grant select, insert, update (superseded_idx) on %I to luze_app', t);
  end loop;
end $$;

alter table person_ids enable row level security;
create policy one_bureau on person_ids using (org_id = nullif(current_setting('app.org_id', true), '')::int);
grant select, insert, update (person_id, erased_idx) on person_ids to luze_app;
grant update (name, staff_no) on persons to luze_app;

create view unit_facts with (security_invoker = true) as
  select p.org_id, p.unit_id, p.parent_id, u.kind, p.position, p.valid_from, p.valid_to, p.name, p.recorded_idx, p.superseded_idx
    from unit_periods p join units u on u.org_id = p.org_id and u.id = p.unit_id and u.version = 1;
create view appointment_facts with (security_invoker = true) as
  select a.org_id, a.id as appointment_id, a.post_id, a.pid, a.valid_from, a.valid_to, a.recorded_idx, a.superseded_idx from appointments a;
create view membership_facts with (security_invoker = true) as
  select m.org_id, m.branch_id, m.pid, m.standing, m.valid_from, m.valid_to, m.recorded_idx, m.superseded_idx from memberships m;
grant select on unit_facts, appointment_facts, membership_facts to luze_app;
