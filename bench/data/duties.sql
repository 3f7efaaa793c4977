-- Duties of five years. Those of the last year are mostly open, some of each earlier year still are; each lives through
-- opened, issued, taken on, reported, submitted, verified as far as it came, with one version of the duty per status.
create table bench.duties as
  select g.n, bench.id(20, g.n) as id, 2022 + g.n % 5 as year, g.n / 5 + 1 as no, s.id as lead_id, h.id as leader_post_id,
      case when bench.pick(22, g.n, 2) = 0 then '{}'::uuid[] else array[o.id] end as support_ids,
      make_date(2022 + g.n % 5, 1 + bench.pick(23, g.n, 12), 28) as deadline,
      case when bench.pick(24, g.n, 100) < case when g.n % 5 = 4 then 80 else 15 end then 2 + bench.pick(25, g.n, 4) else 6 end as steps,
      s.d
    from generate_series(0, :duties - 1) g(n)
    join bench.sections s on s.d = bench.pick(21, g.n, (select count(*)::int from bench.sections))
    join bench.sections o on o.d = (s.d + 1 + bench.pick(26, g.n, 900)) % (select count(*)::int from bench.sections)
    join (select bench.id(8, n) as id, unit_id from bench.posts where kind = 'subordinate-head') h on h.unit_id = s.subordinate_id;
create table bench.steps as
  select d.n, seq, row_number() over (order by d.n, seq) - 1 as r,
      (array['opened', 'issued', 'taken-on', 'reported', 'submitted', 'verified'])[seq] as event,
      (array['draft', 'issued', 'taken-on', 'in-progress', 'submitted', 'closed'])[seq] as status,
      make_date(d.year, 1, 4 + 4 * seq) as on_day
    from bench.duties d cross join generate_series(1, 6) seq where seq <= d.steps;
create unique index on bench.steps (n, seq);

insert into duty_lists (org_id, id, version, year, version_no, issued_on, title, recorded_idx)
  select 1, bench.id(27, y), 1, y, 1, make_date(y, 1, 12), y || '年责任清单', :next + y - 2022 from generate_series(2022, 2026) y;
insert into duties (org_id, id, version, list_id, year, no, kind, layer, lead_unit_id, support_ids, unit_ids, leader_post_id, deadline, cadence,
    origin_noun, uncounted, status, late, title, measures, milestones, quote, recorded_idx, superseded_idx)
  select 1, d.id, s.seq, bench.id(27, d.year), d.year, d.no, (array['study', 'orglife', 'warn', 'train', 'business', 'inst'])[1 + d.n % 6], 'department',
      d.lead_id, d.support_ids, array[d.lead_id] || d.support_ids, case when d.n % 3 = 0 then d.leader_post_id end, d.deadline,
      case when d.n % 4 = 0 then '每季' end, 'none', s.status = 'draft', s.status, false,
      '第' || d.no || '项：按时完成年度内控检查并形成整改台账', '["制定检查方案并报备","逐项检查并留存工作底稿"]'::jsonb,
      case when d.n % 5 = 0 then '[{"title":"方案报备","dueOn":null},{"title":"检查完成","dueOn":null}]' else '[]' end::jsonb,
      '按时完成年度内控检查，对发现的问题逐条列出清单，明确责任人和完成时限。', :next + 5 + 2 * s.r,
      coalesce(:next + 5 + 2 * f.r, 9223372036854775807)
    from bench.duties d join bench.steps s on s.n = d.n left join bench.steps f on f.n = d.n and f.seq = s.seq + 1;
insert into duty_events (org_id, id, version, duty_id, seq, event, on_day, status, late, by_post_id, note, recorded_idx)
  select 1, bench.id(28, s.r), 1, d.id, s.seq, s.event, s.on_day, s.status, false, null,
      case when s.event in ('reported', 'submitted') then '方案已报备，检查按计划推进，问题清单见附件。' end, :next + 6 + 2 * s.r
    from bench.steps s join bench.duties d on d.n = s.n;
insert into duty_states (org_id, duty_id, status, since, due_on, submitted_on, closed_on, late, reopened, extended, last_seq, last_on, last_event)
  select 1, d.id, s.status, s.on_day, d.deadline, case when s.seq >= 5 then make_date(d.year, 1, 24) end,
      case when s.seq = 6 then s.on_day end, false, 0, 0, s.seq, s.on_day, s.event
    from bench.duties d join bench.steps s on s.n = d.n and s.seq = d.steps;
insert into duty_units (org_id, unit_id, duty_id) select 1, u, d.id from bench.duties d cross join unnest(array[d.lead_id] || d.support_ids) u;
insert into duty_numbers (org_id, year, last_no) select 1, y, :duties / 5 from generate_series(2022, 2026) y;
