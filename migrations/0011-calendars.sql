-- Years of the civil calendar that a bureau imported: they stand over the shipped ones. And the feeds by which a person
-- sees his own due days in a calendar program: whether the bureau allows them is a record, a feed itself is operational.
-- One feed per person; only the hash of its address is kept.

create table calendar_years (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  year int not null,
  source text not null,
  festivals jsonb not null,
  worked date[] not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index calendar_years_one_current on calendar_years (org_id, id) where superseded_idx = 9223372036854775807;
create unique index calendar_years_one_of_year on calendar_years (org_id, year) where superseded_idx = 9223372036854775807;

create table feed_settings (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  allowed boolean not null,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index feed_settings_one_current on feed_settings (org_id) where superseded_idx = 9223372036854775807;

create table feeds (
  org_id int not null,
  pid uuid not null,
  token_hash bytea not null,
  language text not null check (language in ('zh', 'en')),
  opened_at timestamptz not null,
  primary key (org_id, pid),
  unique (org_id, token_hash),
  foreign key (org_id, pid) references person_ids (org_id, pid)
);

do $$
declare t text;
begin
  foreach t in array array['calendar_years', 'feed_settings', 'feeds'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_bureau on %I using (org_id = nullif(current_setting(''app.org_id'', true), '''')::int)', t);
  end loop;
end $$;

grant select, insert, update (superseded_idx) on calendar_years, feed_settings to luze_app;
grant select, insert, update (token_hash, language, opened_at), delete on feeds to luze_app;
