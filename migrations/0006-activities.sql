-- Activities and their attendance (decisions 1, 2, 6-8). Kind, day, unit, numbers, topics and countable fields stand in
-- the clear; title, host, content, proof and the kind's other fields are sealed and can be emptied. `first_idx` is the
-- entry of version 1 (null: this row is version 1), from which late entry is read; `body` is the kind of unit that held it.

create table activities (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  kind text not null,
  also_kinds text[] not null default '{}',
  happened_on date not null,
  unit_id uuid not null,
  body text not null,
  hours numeric(6, 2) check (hours > 0),
  expected int check (expected >= 0),
  voters int check (voters >= 0),
  present int check (present >= 0),
  topics text[] not null default '{}',
  audience text,
  countable jsonb not null default '{}',
  counts_persons boolean not null,
  opening boolean not null,
  withdrawn boolean not null,
  first_idx bigint,
  title text,
  host_pid uuid,
  host_name text,
  content text,
  proof text,
  fields jsonb,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, unit_id, v1) references units (org_id, id, version),
  foreign key (org_id, host_pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  check (present <= expected),
  check (voters <= expected),
  check (not kind = any (also_kinds)),
  check (host_pid is null or host_name is null),
  check ((first_idx is null) = (version = 1))
) with (fillfactor = 90);
create unique index activities_one_current on activities (org_id, id) where superseded_idx = 9223372036854775807;
create unique index activities_by_entry on activities (org_id, recorded_idx);
create index activities_facts on activities (org_id, kind, happened_on)
  include (id, unit_id, hours, expected, present, recorded_idx, superseded_idx) where not withdrawn;
-- Records that count as other kinds too are few; figures take them in a second branch.
create index activities_also on activities (org_id, happened_on) where not withdrawn and also_kinds <> '{}';
create index activities_by_unit on activities (org_id, unit_id, happened_on, id);

create table attendance (
  org_id int not null,
  activity_id uuid not null,
  pid uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  status text not null,
  note text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, activity_id, pid, version) include (status, recorded_idx, superseded_idx),
  foreign key (org_id, activity_id, v1) references activities (org_id, id, version),
  foreign key (org_id, pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx)
) with (fillfactor = 90);
create unique index attendance_one_current on attendance (org_id, activity_id, pid) where superseded_idx = 9223372036854775807;
create index attendance_by_person on attendance (org_id, pid);

alter table activities enable row level security;
alter table attendance enable row level security;
create policy one_bureau on activities using (org_id = nullif(current_setting('app.org_id', true), '')::int);
create policy one_bureau on attendance using (org_id = nullif(current_setting('app.org_id', true), '')::int);
create policy in_scope on activities as restrictive for select using (
  (select coalesce(nullif(current_setting('app.units', true), ''), '') = '*') or unit_id = any(array(select unnest(string_to_array(nullif(coalesce(nullif(current_setting('app.units', true), ''), ''), '*'), ',')::uuid[]))) or host_pid = (select nullif(current_setting('app.pid', true), '')::uuid)
);

grant select, insert, update (superseded_idx, title, host_pid, host_name, content, proof, fields) on activities to luze_app;
grant select, insert, update (superseded_idx, note) on attendance to luze_app;

-- What figures read. A withdrawn version is no fact; as of an earlier size the version before it still is.
create view activity_facts with (security_invoker = true) as
  select a.org_id, a.id as activity_id, a.version, a.kind, a.also_kinds, a.happened_on, a.unit_id, a.body, a.hours, a.expected,
    a.voters, a.present, a.topics, a.audience, a.countable, a.counts_persons, a.opening, a.first_idx, a.recorded_idx, a.superseded_idx
    from activities a where not a.withdrawn;
create view attendance_facts with (security_invoker = true) as
  select t.org_id, t.activity_id, t.pid, t.status, t.recorded_idx, t.superseded_idx from attendance t;
grant select on activity_facts, attendance_facts to luze_app;
