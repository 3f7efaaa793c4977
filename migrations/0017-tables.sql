-- Lists that came as tables: where their items stand in the text that was kept, and what the columns of a heading mean.

-- Spans into `text` only (core/tables/layout), so that every word is kept once; null for a running text.
alter table documents add column layout jsonb;

-- What a person said that the columns under a heading mean, by the fingerprint of the heading's words.
create table column_mappings (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  fingerprint text not null check (fingerprint ~ '^[0-9a-f]{32}$'),
  fields jsonb not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index column_mappings_one_current on column_mappings (org_id, id) where superseded_idx = 9223372036854775807;
create unique index column_mappings_one_a_heading on column_mappings (org_id, fingerprint) where superseded_idx = 9223372036854775807;

alter table column_mappings enable row level security;
create policy one_bureau on column_mappings using (org_id = nullif(current_setting('app.org_id', true), '')::int);
grant select, insert, update (superseded_idx) on column_mappings to luze_app;
