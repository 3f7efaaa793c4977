-- A heading of a list is known by a key of its words; the word for marks of a finger is for nothing here.

alter table column_mappings rename column fingerprint to heading_key;
alter index column_mappings_one_a_heading rename to column_mappings_one_a_heading_key;
