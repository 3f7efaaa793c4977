-- Of whom each pattern is asked stands beside its numbers, so that an overview of many bureaus is one pass over the tallies.
-- `standing`: 1 asked of the unit in every window of the year, by one period and one holder; 2 asked, but something about it
-- began, changed or ended within the year, so that it is asked one by one; 0 not asked. It holds for the years named, and while
-- `ground` says of the organisation what it says now; otherwise it is worked out from the organisation on reading.

alter table activity_tallies add column standing smallint not null default 0 check (standing between 0 and 2);
alter table tally_states add column standing_years int[] not null default '{}', add column ground text not null default '';
create index activity_tallies_irregular on activity_tallies (org_id, year) where standing = 2 or unsure > 0;
