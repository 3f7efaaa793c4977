-- What obligations rest on and what changes seldom (rules, calendar, organisation) is kept in memory between questions, by the
-- version of it that was written last: each of these tables answers with its newest entry from one page of an index.

create index units_by_entry on units (org_id, recorded_idx);
create index unit_periods_by_entry on unit_periods (org_id, recorded_idx);
create index posts_by_entry on posts (org_id, recorded_idx);
create index appointments_by_entry on appointments (org_id, recorded_idx);
create index memberships_by_entry on memberships (org_id, recorded_idx);
create index person_classes_by_entry on person_classes (org_id, recorded_idx);
create index calendar_years_by_entry on calendar_years (org_id, recorded_idx);
create index erasures_by_entry on erasures (org_id, recorded_idx);
