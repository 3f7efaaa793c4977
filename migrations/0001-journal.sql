-- Bureaus and the journal of each: one head, gapless entries, salts apart, tree nodes and checkpoints (decisions 1-5).
-- Every key starts with org_id; foreign keys stay inside one bureau; no triggers, no sequences.

create table orgs (
  org_id int primary key,
  id uuid not null unique,
  code text not null unique check (code ~ '^[a-z][a-z0-9-]{1,40}$'),
  name text not null,
  suite text not null default 'sha256' check (suite in ('sha256', 'sm3')),
  go_live_on date not null,
  demo boolean not null default false
);

create table journal_heads (
  org_id int primary key,
  size bigint not null default 0,
  last_at timestamptz not null default '-infinity'
) with (fillfactor = 20);

create table acts (
  org_id int not null,
  id uuid not null,
  verb text not null,
  by_account_id uuid not null,
  by_pid uuid,
  on_behalf_pid uuid,
  mandate_id uuid,
  reason text,
  first_idx bigint not null,
  entries int not null,
  primary key (org_id, id)
);

create table journal_entries (
  org_id int not null,
  idx bigint not null,
  at timestamptz not null,
  act_id uuid not null,
  env bytea not null,
  primary key (org_id, idx)
);

create table journal_salts (
  org_id int not null,
  idx bigint not null,
  salts bytea[] not null,
  primary key (org_id, idx),
  foreign key (org_id, idx) references journal_entries (org_id, idx)
);

create table journal_nodes (
  org_id int not null,
  level smallint not null,
  pos bigint not null,
  hash bytea not null,
  primary key (org_id, level, pos)
);

create table journal_checkpoints (
  org_id int not null,
  size bigint not null,
  root bytea not null,
  frontier bytea[] not null,
  at timestamptz not null default now(),
  primary key (org_id, size)
);

create table erasures (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  basis text not null,
  fields jsonb not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);

create table idempotency_keys (
  org_id int not null,
  account_id uuid not null,
  key uuid not null,
  verb text not null,
  request_hash bytea not null,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (org_id, account_id, key)
);

create table audit_events (
  org_id int not null,
  id uuid not null,
  at timestamptz not null default now(),
  account_id uuid,
  source text,
  event text not null,
  object text,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  code text,
  primary key (org_id, id)
);
create index audit_events_by_time on audit_events (org_id, at);

do $$
declare t text;
begin
  foreach t in array array['journal_heads', 'acts', 'journal_entries', 'journal_salts', 'journal_nodes',
    'journal_checkpoints', 'erasures', 'idempotency_keys', 'audit_events'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_bureau on %I using (org_id = nullif(current_setting(''app.org_id'', true), '''')::int)', t);
  end loop;
end $$;

grant select on orgs to luze_app;
grant select, update (size, last_at) on journal_heads to luze_app;
grant select, insert on acts, journal_entries, journal_nodes, journal_checkpoints, erasures, audit_events to luze_app;
grant select, insert, update (salts) on journal_salts to luze_app;
grant select, insert on idempotency_keys to luze_app;
