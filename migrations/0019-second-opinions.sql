-- What the office model said of a document, for the review beside the rules' drafts. Operational: no figure reads it, and
-- it changes no draft.
create table duty_opinions (
  org_id int not null,
  document_id uuid not null,
  state text not null check (state in ('waiting', 'done', 'failed')),
  asked_at timestamptz not null,
  parts int not null,
  answers jsonb not null default '[]',
  primary key (org_id, document_id)
);

alter table duty_opinions enable row level security;
create policy one_bureau on duty_opinions using (org_id = nullif(current_setting('app.org_id', true), '')::int);
grant select, insert, update, delete on duty_opinions to luze_app;

-- Host and numbers of bytes of a call that left the program.
alter table audit_events add column detail text;
