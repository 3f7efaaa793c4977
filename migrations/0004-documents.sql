-- Documents that were read (outline, cites, slots are a reading: recomputed at will) and the register of cited documents.

create table documents (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  year int not null check (year between 1990 and 2100),
  kind text not null check (kind in ('review', 'plan', 'list', 'instruction', 'other')),
  chars int not null check (chars > 0),
  title text,
  text text,
  sha256 text,
  encoding text,
  file_name text,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index documents_one_current on documents (org_id, id) where superseded_idx = 9223372036854775807;

-- What the reader made of a text with the words of one catalogue; it can be made again from both.
create table document_readings (
  org_id int not null,
  document_id uuid not null,
  catalogue_hash text not null,
  reading jsonb not null,
  read_at timestamptz not null default now(),
  primary key (org_id, document_id)
);

create table cited_documents (
  org_id int not null,
  id uuid not null,
  version int not null,
  v1 int not null generated always as (1) stored,
  title text not null,
  aliases text[] not null default '{}',
  version_note text,
  issued_on date,
  merged_into uuid,
  recorded_idx bigint not null,
  superseded_idx bigint not null default 9223372036854775807,
  primary key (org_id, id, version),
  foreign key (org_id, merged_into, v1) references cited_documents (org_id, id, version),
  check (superseded_idx > recorded_idx)
);
create unique index cited_documents_one_current on cited_documents (org_id, id) where superseded_idx = 9223372036854775807;

-- What rests on a cited document: `{noun, id}` as everywhere between modules, and how often it is cited there.
create table citations (
  org_id int not null,
  cite_id uuid not null,
  noun text not null check (noun in ('document', 'duty', 'rule')),
  ref_id uuid not null,
  times int not null check (times > 0),
  primary key (org_id, cite_id, noun, ref_id)
);
create index citations_by_ref on citations (org_id, noun, ref_id);

do $$
declare t text;
begin
  foreach t in array array['documents', 'document_readings', 'cited_documents', 'citations'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy one_bureau on %I using (org_id = nullif(current_setting(''app.org_id'', true), '''')::int)', t);
  end loop;
end $$;

grant select, insert, update (superseded_idx) on documents, cited_documents to luze_app;
grant select, insert, update, delete on document_readings, citations to luze_app;
