-- In which months of the year a pattern was reached at all, as one number: bit 0 for January to bit 11 for December. Most rules ask
-- for one record in a window, so an overview of many bureaus reads this alone, out of an index that holds nothing else.

alter table activity_tallies add column reached int not null generated always as (
  (m1 > 0)::int | ((m2 > 0)::int << 1) | ((m3 > 0)::int << 2) | ((m4 > 0)::int << 3) | ((m5 > 0)::int << 4) | ((m6 > 0)::int << 5)
  | ((m7 > 0)::int << 6) | ((m8 > 0)::int << 7) | ((m9 > 0)::int << 8) | ((m10 > 0)::int << 9) | ((m11 > 0)::int << 10) | ((m12 > 0)::int << 11)
) stored;
create index activity_tallies_reached on activity_tallies (org_id, year, code, reached) where standing = 1 and unsure = 0;
