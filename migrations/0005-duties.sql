-- Drafts and their review (operational), the year's lists and their numbered amendments, duties, their events, instructions.

-- The review of one document: drafts, steps that can be taken back, clauses decided by hand. Nothing here is a record.
create table duty_reviews (
  org_id int not null,
  document_id uuid not null,
  year int not null,
  last_step int not null default 0,
  opened_on date not null,
  primary key (org_id, document_id)
);

create table duty_drafts (
  org_id int not null,
  id uuid not null,
  document_id uuid not null,
  start_at int not null check (start_at >= 0),
  end_at int not null,
  mode text not null check (mode in ('do', 'done', 'problem')),
  state text not null check (state in ('open', 'confirmed', 'rejected', 'assigned')),
  title text not null,
  fields jsonb not null,
  inferred jsonb not null default '{}',
  duty_id uuid,
  primary key (org_id, id),
  check (end_at > start_at)
);
create index duty_drafts_by_document on duty_drafts (org_id, document_id, start_at);

create table duty_draft_steps (
  org_id int not null,
  document_id uuid not null,
  step int not null,
  verb text not null,
  taken_back jsonb not null,
  primary key (org_id, document_id, step)
);

create table duty_clauses (
  org_id int not null,
  document_id uuid not null,
  start_at int not null,
  state text not null check (state in ('principle', 'quotation', 'background', 'left')),
  primary key (org_id, document_id, start_at)
);

create table duty_lists (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  year int not null check (year between 1990 and 2100),
  version_no int not null default 0,
  issued_on date,
  title text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check ((version_no = 0) = (issued_on is null))
);
create unique index duty_lists_one_current on duty_lists (org_id, id) where superseded_idx = 9223372036854775807;
create unique index duty_lists_one_a_year on duty_lists (org_id, year) where superseded_idx = 9223372036854775807;

-- The last number given in a year; its row is locked while numbers are given, so that none is given twice.
create table duty_numbers (
  org_id int not null,
  year int not null,
  last_no int not null,
  primary key (org_id, year)
);

create table instructions (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  given_on date not null,
  leader_post_id uuid not null,
  wording text,
  source text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, leader_post_id, v1) references posts (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index instructions_one_current on instructions (org_id, id) where superseded_idx = 9223372036854775807;

create table duties (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  list_id uuid,
  year int not null check (year between 1990 and 2100),
  no int not null check (no > 0),
  kind text not null,
  layer text not null,
  lead_unit_id uuid,
  support_ids uuid[] not null default '{}',
  unit_ids uuid[] not null,
  leader_post_id uuid,
  watcher_post_id uuid,
  deadline date,
  cadence text,
  origin_noun text not null check (origin_noun in ('document', 'instruction', 'decision', 'problem', 'none')),
  origin_id uuid,
  common boolean not null default false,
  uncounted boolean not null,
  status text not null,
  late boolean not null,
  title text,
  measures jsonb,
  milestones jsonb,
  quote text,
  span jsonb,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, list_id, v1) references duty_lists (org_id, id, version),
  foreign key (org_id, lead_unit_id, v1) references units (org_id, id, version),
  foreign key (org_id, leader_post_id, v1) references posts (org_id, id, version),
  foreign key (org_id, watcher_post_id, v1) references posts (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check ((origin_noun = 'none') = (origin_id is null))
);
create unique index duties_one_current on duties (org_id, id) where superseded_idx = 9223372036854775807;
create unique index duties_one_number on duties (org_id, year, no) where superseded_idx = 9223372036854775807;
-- fsck and the trace read versions by their entry.
create index duties_by_entry on duties (org_id, recorded_idx);
create index duties_by_lead on duties (org_id, lead_unit_id, year);
create index duties_by_leader on duties (org_id, leader_post_id, year);

-- Which units see a duty, the same as duties.unit_ids: an overlap of arrays cannot use an index under a row policy (it is
-- not leakproof), an equality can. Kept in the act's own transaction, compared by fsck.
create table duty_units (
  org_id int not null,
  unit_id uuid not null,
  duty_id uuid not null,
  primary key (org_id, unit_id, duty_id)
);
create index duty_units_by_duty on duty_units (org_id, duty_id);

-- What happened to a duty. `due_on` is the day that the event sets or asks for; `status` and `late` are what the events
-- up to this one fold to (core/duties/status). The duty's own row states the last of them, so that a figure and its proof
-- need no fold; fsck folds again. A draft or withdrawn duty is `uncounted`: no figure counts it.
create table duty_events (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  duty_id uuid not null,
  seq int not null check (seq > 0),
  event text not null,
  on_day date not null,
  due_on date,
  status text not null,
  late boolean not null,
  by_post_id uuid,
  note text,
  detail jsonb,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, duty_id, v1) references duties (org_id, id, version),
  foreign key (org_id, by_post_id, v1) references posts (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create index duty_events_by_entry on duty_events (org_id, recorded_idx);
create unique index duty_events_in_order on duty_events (org_id, duty_id, seq);

-- The fold of each duty's events as it stands now: kept for lists, written in the act's own transaction, refolded by fsck.
create table duty_states (
  org_id int not null,
  duty_id uuid not null,
  status text not null,
  since date not null,
  due_on date,
  submitted_on date,
  closed_on date,
  asked_due_on date,
  late boolean not null,
  reopened int not null,
  extended int not null,
  last_seq int not null,
  last_on date not null,
  last_event text not null,
  primary key (org_id, duty_id)
);
create index duty_states_by_due on duty_states (org_id, status, due_on);

create table duty_amendments (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  list_id uuid not null,
  duty_id uuid not null,
  no int not null check (no > 0),
  act text not null check (act in ('added', 'changed', 'dropped')),
  on_day date not null,
  reason text,
  changes jsonb,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, list_id, v1) references duty_lists (org_id, id, version),
  foreign key (org_id, duty_id, v1) references duties (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index duty_amendments_one_number on duty_amendments (org_id, list_id, no);

do $$
declare t text;
begin
  foreach t in array array['duty_reviews', 'duty_drafts', 'duty_draft_steps', 'duty_clauses', 'duty_lists', 'duty_numbers',
    'instructions', 'duties', 'duty_units', 'duty_events', 'duty_states', 'duty_amendments'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_bureau on %I using (org_id = nullif(current_setting(''app.org_id'', true), '''')::int)', t);
  end loop;
end $$;

create policy in_scope on duties as restrictive for select using ((select coalesce(nullif(current_setting('app.units', true), ''), '') = '*') or unit_ids && array(select unnest(string_to_array(nullif(coalesce(nullif(current_setting('app.units', true), ''), ''), '*'), ',')::uuid[])));

grant select, insert, update (superseded_idx) on duty_lists, instructions, duties, duty_events, duty_amendments to luze_app;
grant select, insert, update, delete on duty_reviews, duty_drafts, duty_draft_steps, duty_clauses, duty_numbers, duty_states, duty_units to luze_app;

-- One row per issued duty as of any journal size: what it says and its status then. Drafts and withdrawn duties never count.
create view duty_facts with (security_invoker = true) as
  select org_id, id as duty_id, year, kind, layer, lead_unit_id, leader_post_id, common, deadline as due_on, status, late, recorded_idx, superseded_idx
    from duties where not uncounted;
create view duty_event_facts with (security_invoker = true) as
  select org_id, id as event_id, duty_id, seq, event, on_day, due_on, status, late, recorded_idx, superseded_idx from duty_events;
grant select on duty_facts, duty_event_facts to luze_app;
