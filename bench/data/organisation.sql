-- Deterministic ids and picks; everything below is made of them, so that two loads are the same to the byte.
create schema bench;

create function bench.id(what int, n bigint) returns uuid language sql immutable parallel safe return
  (lpad(to_hex(1704067200000 + n), 12, '0') || '7' || substr(md5(what::text || ':' || n::text), 1, 3) || '8' || substr(md5(what::text || ':' || n::text), 4, 15))::uuid;
create function bench.pick(what int, n bigint, among int) returns int language sql immutable parallel safe return
  ((hashint8extended(n, what) & 2147483647) % among)::int;

insert into orgs (org_id, id, code, name, suite, go_live_on, demo) values (1, bench.id(0, 0), 'bench', '量测局', 'sha256', '2021-01-01', false);

-- 1 bureau, its three Party bodies, 40 subordinate units, below them sections, below each section a branch.
create table bench.units as
  select n, bench.id(1, n) as id,
      case when n = 1 then 'bureau' when n = 2 then 'leading-group' when n = 3 then 'organ-committee' when n = 4 then 'organ-discipline'
        when n <= 44 then 'subordinate' when n % 2 = 1 then 'department' else 'branch' end as kind,
      case when n = 1 then null when n <= 44 then 1 when n % 2 = 1 then 5 + (n / 2) % 40 else n - 1 end as parent
    from generate_series(1, :units) n;
create table bench.sections as
  select (row_number() over (order by u.n) - 1)::int as d, u.n, u.id, b.id as branch_id, u.parent, s.id as subordinate_id
    from bench.units u join bench.units b on b.n = u.n + 1 join bench.units s on s.n = u.parent where u.kind = 'department';

insert into units (org_id, id, version, kind, recorded_idx) select 1, id, 1, kind, :next + n - 1 from bench.units;
insert into unit_periods (org_id, id, version, unit_id, parent_id, position, valid_from, name, recorded_idx)
  select 1, bench.id(2, u.n), 1, u.id, p.id, u.n, '2010-01-01',
      case u.kind when 'department' then '第' || u.n || '科' when 'branch' then '第' || u.n - 1 || '科党支部' when 'subordinate' then '第' || u.n || '所' else u.kind end,
      :next + :units + u.n - 1
    from bench.units u left join bench.units p on p.n = u.parent;

-- Person p works in section p mod sections; the first there is its head, the second the secretary of its branch.
create table bench.people as
  select p, s.d, p / (select count(*)::int from bench.sections) as k, bench.id(3, p) as pid, bench.id(4, p) as person_id, s.id as section_id, s.branch_id,
      s.subordinate_id, s.parent
    from generate_series(0, :people - 1) p join bench.sections s on s.d = p % (select count(*)::int from bench.sections);
create unique index on bench.people (p);
create index on bench.people (d, k);

insert into person_ids (org_id, pid, person_id) select 1, pid, person_id from bench.people;
insert into persons (org_id, id, version, name, staff_no, recorded_idx)
  select 1, person_id, 1, substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨', 1 + bench.pick(5, p, 16), 1) || substr('安伯成德恩方光海和建景君立明宁平', 1 + bench.pick(6, p, 16), 1)
      || substr('启清仁山书树松涛文祥新雅一远泽志', 1 + bench.pick(7, p, 16), 1), 'B' || lpad(p::text, 6, '0'), :next + 2 * :units + p
    from bench.people;

create table bench.posts as
  select row_number() over (order by at, p) - 1 as n, p, pid, kind, unit_id from (
    select 1 as at, p, pid, 'staff' as kind, section_id as unit_id from bench.people
    union all select 2, p, pid, 'department-head', section_id from bench.people where k = 0
    union all select 3, p, pid, 'branch-secretary', branch_id from bench.people where k = 1
    union all (select distinct on (parent) 4, p, pid, 'subordinate-head', subordinate_id from bench.people where k = 2 order by parent, p)
    union all select 5, p, pid, 'secretary', bench.id(1, 2) from bench.people where p = 5000
    union all select 6, p, pid, 'office-clerk', bench.id(1, 3) from bench.people where p = 5001) held;
insert into posts (org_id, id, version, unit_id, kind, position, valid_from, recorded_idx)
  select 1, bench.id(8, n), 1, unit_id, kind, n, '2015-01-01', :next + 2 * :units + :people + n from bench.posts;
insert into appointments (org_id, id, version, post_id, valid_from, pid, recorded_idx)
  select 1, bench.id(9, n), 1, bench.id(8, n), '2015-01-01', pid, :next + 2 * :units + :people + (select count(*) from bench.posts) + n from bench.posts;
insert into memberships (org_id, id, version, branch_id, valid_from, standing, pid, recorded_idx)
  select 1, bench.id(10, p), 1, branch_id, '2015-01-01', case when k = 14 then 'probationary' else 'full' end, pid,
      :next + 2 * :units + :people + 2 * (select count(*) from bench.posts) + row_number() over (order by p) - 1
    from bench.people where k < 15;
insert into accounts (org_id, id, version, status, pid, user_name, user_key, recorded_idx)
  select 1, bench.id(11, p), 1, 'open', pid, 'b' || p, 'b' || p, :next + 2 * :units + :people + 2 * (select count(*) from bench.posts)
      + (select count(*) from bench.people where k < 15) + p from bench.people;
