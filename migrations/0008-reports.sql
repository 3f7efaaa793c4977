-- Drafts of reports (operational) and frozen reports: a point of the journal, the day whose organisation counts, the
-- period, the catalogue, the digest of the evidence; text and figures are sealed (decision 2).

create table report_drafts (
  org_id int not null,
  id uuid not null,
  title text not null,
  year int not null,
  from_on date not null,
  to_on date not null,
  unit_id uuid,
  text text not null,
  reading jsonb not null,
  bindings jsonb not null default '{}',
  opened_at timestamptz not null default now(),
  opened_by uuid,
  report_id uuid,
  primary key (org_id, id),
  check (to_on >= from_on)
);

create table reports (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  year int not null,
  from_on date not null,
  to_on date not null,
  organisation_day date not null,
  as_of bigint not null,
  catalogue_hash text not null,
  digest text not null,
  withdrawn boolean not null default false,
  title text,
  source text,
  filled text,
  pieces jsonb,
  figures jsonb,
  remarks jsonb,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx),
  check (to_on >= from_on)
);
create unique index reports_one_current on reports (org_id, id) where superseded_idx = 9223372036854775807;

alter table report_drafts enable row level security;
create policy one_bureau on report_drafts using (org_id = nullif(current_setting('app.org_id', true), '')::int);
alter table reports enable row level security;
create policy one_bureau on reports using (org_id = nullif(current_setting('app.org_id', true), '')::int);
grant select, insert, delete, update (title, bindings, report_id) on report_drafts to luze_app;
grant select, insert, update (superseded_idx) on reports to luze_app;

-- The journal's page reads acts newest first.
create index acts_by_entry on acts (org_id, first_idx);
