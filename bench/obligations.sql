-- Bureaus with branches, their members, posts, and a year of activities; deterministic, so that two loads are the same.
create schema bench;
create function bench.id(what int, n bigint) returns uuid language sql immutable parallel safe return
  (lpad(to_hex(1704067200000 + n), 12, '0') || '7' || substr(md5(what::text || ':' || n::text), 1, 3) || '8' || substr(md5(what::text || ':' || n::text), 4, 15))::uuid;
create function bench.pick(what int, n bigint, among int) returns int language sql immutable parallel safe return
  ((hashint8extended(n, what) & 2147483647) % among)::int;

insert into orgs (org_id, id, code, name, suite, go_live_on, demo)
  select o, bench.id(0, o), 'bench-' || o, '量测局' || o, 'sha256', '2021-01-01', false from generate_series(1, :bureaus) o;
insert into journal_heads (org_id, size) select o, 100000000 from generate_series(1, :bureaus) o;

-- Unit n of a bureau: 1 bureau, 2 leading group, 3 organ committee, 4 to 13 sections of branches, then branches; one branch in
-- thirty was founded in the middle of the year, one moved, one was closed.
create table bench.units as
  select o, n, bench.id(1, o * 1000000::bigint + n) as id,
      case n when 1 then 'bureau' when 2 then 'leading-group' when 3 then 'organ-committee' else case when n <= 13 then 'general-branch' else 'branch' end end as kind,
      case when n = 1 then null when n <= 3 then 1 when n <= 13 then 3 else 4 + (n - 14) % 10 end as parent
    from generate_series(1, :bureaus) o, generate_series(1, 13 + :branches) n;
create index on bench.units (o, n);
insert into units (org_id, id, version, kind, recorded_idx) select o, id, 1, kind, n from bench.units;
insert into unit_periods (org_id, id, version, unit_id, parent_id, position, valid_from, valid_to, name, recorded_idx)
  select u.o, bench.id(2, u.o * 1000000::bigint + u.n), 1, u.id, p.id, u.n,
      case when u.n > 13 and u.n % 30 = 1 then date '2026-05-10' else date '2010-01-01' end,
      case when u.n > 13 and u.n % 30 = 2 then date '2026-08-20' when u.n > 13 and u.n % 30 = 3 then date '2026-06-30' else date '9999-12-31' end,
      '单位' || u.n, 10000 + u.n
    from bench.units u left join bench.units p on p.o = u.o and p.n = u.parent
  union all select u.o, bench.id(3, u.o * 1000000::bigint + u.n), 1, u.id, p.id, u.n, date '2026-07-01', date '9999-12-31', '单位' || u.n, 20000 + u.n
    from bench.units u join bench.units p on p.o = u.o and p.n = 4 where u.n > 13 and u.n % 30 = 3;

-- Five members a branch; the first is its secretary, the second and third sit on its committee.
create table bench.people as
  select u.o, u.n, k, bench.id(4, (u.o * 10000::bigint + u.n) * 10 + k) as pid, u.id as branch_id
    from bench.units u, generate_series(0, 4) k where u.n > 13;
insert into person_ids (org_id, pid, person_id) select o, pid, bench.id(5, (o * 10000::bigint + n) * 10 + k) from bench.people;
insert into memberships (org_id, id, version, branch_id, valid_from, standing, pid, recorded_idx)
  select o, bench.id(6, (o * 10000::bigint + n) * 10 + k), 1, branch_id, '2015-01-01', case when k = 4 then 'probationary' else 'full' end, pid, 30000 + n * 10 + k from bench.people;
insert into posts (org_id, id, version, unit_id, kind, position, valid_from, recorded_idx)
  select o, bench.id(7, (o * 10000::bigint + n) * 10 + k), 1, branch_id, case k when 0 then 'branch-secretary' else 'branch-committee-member' end, k, '2015-01-01', 50000 + n * 10 + k
    from bench.people where k < 3 and (k = 0 or n % 3 > 0);
insert into appointments (org_id, id, version, post_id, valid_from, pid, recorded_idx)
  select o, bench.id(8, (o * 10000::bigint + n) * 10 + k), 1, bench.id(7, (o * 10000::bigint + n) * 10 + k), '2015-01-01', pid, 60000 + n * 10 + k
    from bench.people where k < 3 and (k = 0 or n % 3 > 0);
insert into posts (org_id, id, version, unit_id, kind, position, valid_from, recorded_idx)
  select o, bench.id(9, o), 1, id, 'secretary', 1, '2015-01-01', 70000 from bench.units where n = 2;
insert into appointments (org_id, id, version, post_id, valid_from, pid, recorded_idx)
  select o, bench.id(10, o), 1, bench.id(9, o), '2015-01-01', pid, 70001 from bench.people where n = 14 and k = 0;

create table bench.kinds (lo int, hi int, kind text, hours boolean);
insert into bench.kinds values (0, 140, 'theme-party-day', false), (140, 220, 'branch-general-meeting', false), (220, 350, 'branch-committee-meeting', false),
  (350, 420, 'party-lecture', true), (420, 435, 'org-life-meeting', false), (435, 450, 'member-appraisal', false), (450, 640, 'topic-study', true),
  (640, 800, 'conveying-session', true), (800, 850, 'training-course', true), (850, 900, 'publicity-talk', false), (900, 950, 'warning-education', false),
  (950, 1000, 'research-visit', false);
create table bench.activities as
  select o, a, bench.id(20, o * 10000000::bigint + a) as id, k.kind, k.hours, date '2026-01-01' + (a * 365 / (:branches * 100)) as on_day, 14 + bench.pick(21, o * 10000000::bigint + a, :branches) as n
    from generate_series(1, :bureaus) o, generate_series(0, :branches * 100 - 1) a
    join bench.kinds k on true where bench.pick(22, o * 10000000::bigint + a, 1000) >= k.lo and bench.pick(22, o * 10000000::bigint + a, 1000) < k.hi;
insert into activities (org_id, id, version, kind, happened_on, unit_id, body, hours, expected, voters, present, topics, countable, counts_persons, opening,
    withdrawn, title, content, fields, recorded_idx)
  select a.o, a.id, 1, a.kind, a.on_day, u.id, u.kind, case when a.hours then 2 end, 5, 4, 2 + a.a % 4,
      case when a.kind in ('topic-study', 'conveying-session') then array[(array['ideology', 'strict-governance', 'party-rules', 'conduct'])[1 + a.a % 4]] else '{}' end,
      case when a.kind = 'branch-general-meeting' and a.a % 3 = 0 then '{"vote-held": true, "voters-present": 3}'::jsonb else '{}' end,
      a.kind = 'training-course', false, false, '第' || a.a || '次活动', '会议传达了上级部署，核对了本月工作进度，明确了分工和完成时限。', '{}', 100000 + a.a
    from bench.activities a join bench.units u on u.o = a.o and u.n = a.n order by a.o, a.a;
insert into attendance (org_id, activity_id, pid, version, status, recorded_idx)
  select a.o, a.id, p.pid, 1, 'present', 100000 + a.a from bench.activities a join bench.people p on p.o = a.o and p.n = a.n and p.k < 3 where a.hours;
