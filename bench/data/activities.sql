-- Activities of 2021 to 2025 in the order of their days; one in twenty was corrected once.
create table bench.kinds (lo int, hi int, kind text, body text, attends boolean, persons boolean);
insert into bench.kinds values
  (0, 100, 'branch-general-meeting', 'branch', true, false), (100, 180, 'theme-party-day', 'branch', true, false),
  (180, 240, 'party-lecture', 'branch', true, false), (240, 300, 'branch-committee-meeting', 'branch', true, false),
  (300, 500, 'topic-study', 'department', true, false), (500, 650, 'conveying-session', 'department', true, false),
  (650, 710, 'training-course', 'department', true, true), (710, 770, 'publicity-talk', 'department', false, false),
  (770, 810, 'warning-education', 'department', false, false), (810, 870, 'research-visit', 'department', false, false),
  (870, 910, 'integrity-reminder', 'department', false, false), (910, 940, 'rule-issued', 'department', false, false),
  (940, 970, 'central-group-study', 'leading-group', true, false), (970, 1000, 'leading-group-meeting', 'leading-group', true, false);
create table bench.activities as
  select a.n, bench.id(30, a.n) as id, k.kind, k.body, k.attends, k.persons, s.d, date '2021-01-01' + (a.n * 1826 / :activities)::int as on_day,
      case k.body when 'branch' then s.branch_id when 'department' then s.id else bench.id(1, 2) end as unit_id,
      a.n % 20 = 7 as corrected,
      case when k.attends then row_number() over (partition by k.attends order by a.n) - 1 end as r
    from generate_series(0::bigint, :activities - 1) a(n) join bench.kinds k on bench.pick(31, a.n, 1000) >= k.lo and bench.pick(31, a.n, 1000) < k.hi
    join bench.sections s on s.d = bench.pick(32, a.n, (select count(*)::int from bench.sections));
-- How many attend each, so that all together are as many as asked for.
alter table bench.activities add column attending int;
update bench.activities set attending = least(51, :attendance::bigint * (r + 1) / t.n - :attendance::bigint * r / t.n)
  from (select count(*) as n from bench.activities where attends) t where attends;
create unique index on bench.activities (n);
analyze bench.activities;

insert into activities (org_id, id, version, kind, happened_on, unit_id, body, hours, expected, voters, present, topics, audience, counts_persons, opening,
    withdrawn, first_idx, title, content, fields, recorded_idx, superseded_idx)
  select 1, a.id, v, a.kind, a.on_day, a.unit_id, a.body, case when a.kind like '%study' then v + 1 end, coalesce(a.attending, 40) + 3,
      case when a.kind = 'branch-general-meeting' then least(14, coalesce(a.attending, 40) + 3) end, coalesce(a.attending, 40),
      case when a.kind in ('topic-study', 'conveying-session', 'central-group-study', 'leading-group-meeting') then
        array[(array['twentieth-congress', 'ideology', 'strict-governance', 'party-constitution', 'party-rules', 'conduct', 'party-building', 'plenary-session'])[1 + bench.pick(33, a.n, 8)]]
        else '{}' end,
      case when a.kind in ('training-course', 'publicity-talk') then (array['staff', 'members', 'party-officials', 'middle-managers'])[1 + bench.pick(34, a.n, 4)] end,
      a.persons, false, false, case when v = 2 then :next + a.n end, '第' || a.n || '次集中学习和工作会商',
      '会议传达了上级部署，逐项核对本月工作进度，明确了分工和完成时限，与会人员结合岗位职责作了发言，会后形成纪要并按期反馈落实情况。', '{}',
      case v when 1 then :next + a.n else :next + :activities + a.n / 20 end,
      case when v = 1 and a.corrected then :next + :activities + a.n / 20 else 9223372036854775807 end
    from bench.activities a cross join generate_series(1, 2) v where v = 1 or a.corrected order by a.n;
