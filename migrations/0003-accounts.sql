-- Accounts, their secrets, sessions and one-time codes. Names and persons are records of the journal; secrets, sessions
-- and codes are operational: only hashes are kept, and nothing that a figure reads stands here.

alter table mandates add column revoked boolean not null default false;
grant update (purpose) on mandates to luze_app;

create table accounts (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  status text not null check (status in ('open', 'closed')),
  administrator text check (administrator in ('system-admin', 'security-admin', 'audit-admin')),
  pid uuid,
  user_name text,
  -- The name as it is compared: NFKC, lower case.
  user_key text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, pid) references person_ids (org_id, pid),
  check (superseded_idx > recorded_idx),
  -- One of the three administrators does no business of the bureau: he is no person of it.
  check (administrator is null or pid is null)
);
create unique index accounts_one_current on accounts (org_id, id) where superseded_idx = 9223372036854775807;
create unique index accounts_by_name on accounts (org_id, user_key)
  where superseded_idx = 9223372036854775807 and status = 'open';
create unique index accounts_by_pid on accounts (org_id, pid)
  where superseded_idx = 9223372036854775807 and status = 'open';

create table account_secrets (
  org_id int not null,
  account_id uuid not null,
  v1 int not null generated always as (1) stored,
  -- PHC string: function, parameters, salt, hash.
  password_hash text,
  changed_at timestamptz not null,
  primary key (org_id, account_id),
  foreign key (org_id, account_id, v1) references accounts (org_id, id, version) deferrable initially deferred
);

create table account_codes (
  org_id int not null,
  code_hash bytea not null,
  account_id uuid not null,
  v1 int not null generated always as (1) stored,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, code_hash),
  foreign key (org_id, account_id, v1) references accounts (org_id, id, version) deferrable initially deferred
);
create index account_codes_by_account on account_codes (org_id, account_id);

create table sessions (
  org_id int not null,
  token_hash bytea not null,
  account_id uuid not null,
  v1 int not null generated always as (1) stored,
  opened_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (org_id, token_hash),
  foreign key (org_id, account_id, v1) references accounts (org_id, id, version) deferrable initially deferred
);
create index sessions_by_account on sessions (org_id, account_id);

do $$
declare t text;
begin
  foreach t in array array['accounts', 'account_secrets', 'account_codes', 'sessions'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_bureau on %I using (org_id = nullif(current_setting(''app.org_id'', true), '''')::int)', t);
  end loop;
end $$;

grant select, insert, update (superseded_idx, user_name, user_key) on accounts to luze_app;
grant select, insert, update (password_hash, changed_at) on account_secrets to luze_app;
grant select, insert, update (ended_at) on account_codes to luze_app;
grant select, insert, update (seen_at, ended_at) on sessions to luze_app;
