-- What a program without keys between tables, row policies and journal would write into: same rows, same indexes.
create schema floor;
create table floor.activities (like activities including all);
create table floor.attendance (like attendance including all);
