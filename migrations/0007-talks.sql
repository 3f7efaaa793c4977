-- Talks (decision 18). `talks` holds what figures read and nobody's name: kind, month, number, audience; the whole bureau
-- reads its sums. `talk_pairs` holds day and persons of the kinds that keep them, a record of its own whose entry says
-- nothing in the clear; it is seen by the two, the branch secretary and the Party office, and is emptied after the cycle
-- while the number stays. There is no column for what was said. A kind of shape `number` can hold no person: `talk_pairs`
-- takes the shapes pair and group only, and its key makes the shape the talk's own.

create table talks (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  kind text not null,
  shape text not null check (shape in ('pair', 'number', 'group')),
  month text not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  number int not null check (number > 0),
  audience text,
  opening boolean not null,
  withdrawn boolean not null,
  first_idx bigint,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  unique (org_id, id, version, shape),
  check (superseded_idx > recorded_idx),
  check (shape <> 'pair' or number = 1),
  check (shape = 'number' or audience is null),
  check ((first_idx is null) = (version = 1))
);
create unique index talks_one_current on talks (org_id, id) where superseded_idx = 9223372036854775807;
create index talks_facts on talks (org_id, month, kind) where not withdrawn;

create table talk_pairs (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  talk_id uuid not null,
  shape text not null check (shape in ('pair', 'group')),
  held_on date,
  unit_id uuid,
  initiator_pid uuid,
  counterpart_pid uuid,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, talk_id, v1, shape) references talks (org_id, id, version, shape),
  foreign key (org_id, unit_id, v1) references units (org_id, id, version),
  foreign key (org_id, initiator_pid) references person_ids (org_id, pid),
  foreign key (org_id, counterpart_pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  check (shape = 'pair' or counterpart_pid is null),
  check (initiator_pid <> counterpart_pid)
);
create unique index talk_pairs_one_current on talk_pairs (org_id, id) where superseded_idx = 9223372036854775807;
create unique index talk_pairs_one_of_talk on talk_pairs (org_id, talk_id) where superseded_idx = 9223372036854775807;
create index talk_pairs_by_initiator on talk_pairs (org_id, initiator_pid);
create index talk_pairs_by_counterpart on talk_pairs (org_id, counterpart_pid);

alter table talks enable row level security;
alter table talk_pairs enable row level security;
create policy one_bureau on talks using (org_id = nullif(current_setting('app.org_id', true), '')::int);
create policy one_bureau on talk_pairs using (org_id = nullif(current_setting('app.org_id', true), '')::int);
create policy in_scope on talk_pairs as restrictive for select using (
  (select coalesce(nullif(current_setting('app.units_talks', true), ''), '') = '*') or unit_id = any(array(select unnest(string_to_array(nullif(coalesce(nullif(current_setting('app.units_talks', true), ''), ''), '*'), ',')::uuid[]))) or initiator_pid = (select nullif(current_setting('app.pid', true), '')::uuid) or counterpart_pid = (select nullif(current_setting('app.pid', true), '')::uuid)
);

grant select, insert, update (superseded_idx) on talks to luze_app;
grant select, insert, update (superseded_idx, held_on, unit_id, initiator_pid, counterpart_pid) on talk_pairs to luze_app;

create view talk_facts with (security_invoker = true) as
  select t.org_id, t.id as talk_id, t.version, t.kind, t.month, t.number, t.audience, t.opening, t.first_idx, t.recorded_idx,
    t.superseded_idx from talks t where not t.withdrawn;
grant select on talk_facts to luze_app;
