-- Drafts of reports are edited, looked through and taken back: the journal size up to which their figures were looked
-- at, and the instant of withdrawal. A withdrawn draft stays readable.

alter table report_drafts add column seen_size bigint;
alter table report_drafts add column withdrawn_at timestamptz;
grant update (text, reading, seen_size, withdrawn_at) on report_drafts to luze_app;
