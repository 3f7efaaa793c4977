-- Notices: what the morning told whom (operational), reminders before festivals, follow-up orders (督办单), channels out
-- of the product with the addresses that persons gave, and what was sent over them. No table says who read anything.

-- The hour of the morning at which digests are made.
create table notice_hours (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  hour int not null check (hour between 5 and 11),
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index notice_hours_one on notice_hours (org_id) where superseded_idx = 9223372036854775807;

-- Lines that were new to a person in the digest of a day; their words are made from the facts whenever they are shown.
create table notice_lines (
  org_id int not null,
  pid uuid not null,
  line text not null,
  on_day date not null,
  primary key (org_id, pid, line),
  foreign key (org_id, pid) references person_ids (org_id, pid)
);
create index notice_lines_by_day on notice_lines (org_id, pid, on_day);

-- Mornings on which the digests of a bureau were made.
create table notice_mornings (
  org_id int not null,
  on_day date not null,
  primary key (org_id, on_day)
);

create table festival_reminders (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  festival text not null,
  year int not null check (year between 1990 and 2100),
  sent_on date not null,
  shown_until date not null,
  unit_ids uuid[] not null,
  audiences text[] not null,
  activity_id uuid not null,
  wording text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, activity_id, v1) references activities (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check (unit_ids <> '{}' or audiences <> '{}')
);
create unique index festival_reminders_one_current on festival_reminders (org_id, id) where superseded_idx = 9223372036854775807;
create index festival_reminders_by_festival on festival_reminders (org_id, year, festival);

-- The last number of a year; its row is locked while a number is given.
create table follow_order_numbers (
  org_id int not null,
  year int not null,
  last_no int not null,
  primary key (org_id, year)
);

-- A follow-up order: of which duty, to whom, until when. `status` is what its events fold to; `unit_ids` as of its duty.
create table follow_orders (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  year int not null check (year between 1990 and 2100),
  no int not null check (no > 0),
  duty_id uuid not null,
  unit_id uuid,
  leader_post_id uuid,
  approver_post_id uuid not null,
  unit_ids uuid[] not null,
  due_on date not null,
  status text not null check (status in ('draft', 'issued', 'answered', 'closed', 'withdrawn')),
  reason text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, duty_id, v1) references duties (org_id, id, version),
  foreign key (org_id, unit_id, v1) references units (org_id, id, version),
  foreign key (org_id, leader_post_id, v1) references posts (org_id, id, version),
  foreign key (org_id, approver_post_id, v1) references posts (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check (unit_id is not null or leader_post_id is not null)
);
create unique index follow_orders_one_current on follow_orders (org_id, id) where superseded_idx = 9223372036854775807;
create unique index follow_orders_one_number on follow_orders (org_id, year, no) where superseded_idx = 9223372036854775807;
create index follow_orders_by_duty on follow_orders (org_id, duty_id);

create table follow_order_events (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  order_id uuid not null,
  seq int not null check (seq > 0),
  event text not null check (event in ('drafted', 'confirmed', 'answered', 'closed', 'withdrawn')),
  on_day date not null,
  by_post_id uuid,
  note text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, order_id, v1) references follow_orders (org_id, id, version),
  foreign key (org_id, by_post_id, v1) references posts (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index follow_order_events_in_order on follow_order_events (org_id, order_id, seq);

-- A way out of the product that an administrator opened. Its secret stands in the schema of the jobs, which alone need it.
create table channels (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  kind text not null check (kind in ('mail', 'webhook')),
  status text not null check (status in ('open', 'closed')),
  settings jsonb,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index channels_one_current on channels (org_id, id) where superseded_idx = 9223372036854775807;
create unique index channels_one_open on channels (org_id, kind)
  where superseded_idx = 9223372036854775807 and status = 'open';

-- The mail address that a person gave himself. His id is sealed: the entry says nothing of whom.
create table mail_addresses (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  status text not null check (status in ('open', 'closed')),
  pid uuid,
  address text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx)
);
create unique index mail_addresses_one_current on mail_addresses (org_id, id) where superseded_idx = 9223372036854775807;
create unique index mail_addresses_one_open on mail_addresses (org_id, pid)
  where superseded_idx = 9223372036854775807 and status = 'open';

-- One message over a channel: to whom, of which day, how many lines; never which. A test has no person.
create table deliveries (
  org_id int not null,
  id uuid not null,
  channel_id uuid not null,
  v1 int not null generated always as (1) stored,
  pid uuid,
  on_day date not null,
  items int not null check (items >= 0),
  state text not null check (state in ('waiting', 'sent', 'dropped', 'failed')),
  tried int not null default 0,
  reason text,
  at timestamptz not null,
  primary key (org_id, id),
  unique (org_id, channel_id, pid, on_day),
  foreign key (org_id, channel_id, v1) references channels (org_id, id, version) deferrable initially deferred,
  foreign key (org_id, pid) references person_ids (org_id, pid)
);

do $$
declare t text;
begin
  foreach t in array array['notice_hours', 'notice_lines', 'notice_mornings', 'festival_reminders', 'follow_order_numbers',
    'follow_orders', 'follow_order_events', 'channels', 'mail_addresses', 'deliveries'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_bureau on %I using (org_id = nullif(current_setting(''app.org_id'', true), '''')::int)', t);
  end loop;
end $$;

create policy in_scope on follow_orders as restrictive for select using ((select coalesce(nullif(current_setting('app.units', true), ''), '') = '*') or unit_ids && array(select unnest(string_to_array(nullif(coalesce(nullif(current_setting('app.units', true), ''), ''), '*'), ',')::uuid[])));
create policy in_scope on notice_lines as restrictive for select using ((select coalesce(nullif(current_setting('app.units', true), ''), '') = '*') or pid = (select nullif(current_setting('app.pid', true), '')::uuid));
create policy in_scope on mail_addresses as restrictive for select using ((select coalesce(nullif(current_setting('app.units', true), ''), '') = '*') or pid = (select nullif(current_setting('app.pid', true), '')::uuid));

grant select, insert, update (superseded_idx) on notice_hours, festival_reminders, follow_orders, follow_order_events, channels
  to luze_app;
grant select, insert, update (superseded_idx, address) on mail_addresses to luze_app;
grant select, insert, delete on notice_lines to luze_app;
grant select, insert, update on notice_mornings to luze_app;
grant select, insert, update on follow_order_numbers to luze_app;
grant select, insert, update (state, tried, reason, at), delete on deliveries to luze_app;
