const current = (alias: string) => `${alias}.superseded_idx = 9223372036854775807`

const row = `d.id, d.no, d.year, d.list_id as "listId", d.title, d.kind, d.layer, d.common, d.lead_unit_id, lu.name as lead_name,
  (select json_agg(json_build_object('id', su.unit_id, 'name', su.name)) from unit_periods su
    where su.org_id = 1 and su.unit_id = any(d.support_ids) and ${current('su')}) as "supportUnits",
  d.leader_post_id, lp.title as leader_title, pn.name as leader_name, d.deadline::text as deadline, s.due_on::text as "dueOn", d.cadence, d.measures, s.status,
  s.late, s.closed_on::text as "closedOn", s.last_on::text as "lastOn", jsonb_array_length(d.milestones) as milestones,
  case when d.milestones = '[]' then 0 else (select count(distinct e.detail ->> 'milestone') from duty_events e
    where e.org_id = 1 and e.duty_id = d.id and e.event = 'reported') end as "milestonesDone"`

const joins = `duties d join duty_states s on s.org_id = 1 and s.duty_id = d.id
  left join unit_periods lu on lu.org_id = 1 and lu.unit_id = d.lead_unit_id and ${current('lu')}
  left join posts lp on lp.org_id = 1 and lp.id = d.leader_post_id and ${current('lp')}
  left join appointments ap on ap.org_id = 1 and ap.post_id = lp.id and ${current('ap')}
  left join person_ids pi on pi.org_id = 1 and pi.pid = ap.pid
  left join persons pn on pn.org_id = 1 and pn.id = pi.person_id and ${current('pn')}`

const open = `s.status in ('issued', 'taken-on', 'declined', 'in-progress', 'submitted', 'returned')`
const plain = 'duties d join duty_states s on s.org_id = 1 and s.duty_id = d.id'

/** One section's open duties by due day, with all names joined. */
export const listPage = `select ${row} from ${joins}
  where d.org_id = 1 and d.lead_unit_id = $1 and ${current('d')} and ${open} order by s.due_on, d.no, d.id limit $2`
export const listTotal = `select count(*)::int as n from ${plain} where d.org_id = 1 and d.lead_unit_id = $1 and ${current('d')} and ${open}`

/** One duty with names, its events with who recorded them, its amendments. */
export const dutyRow = `select ${row}, d.quote, d.origin_noun, d.span, s.since::text as since, s.reopened, s.extended from ${joins}
  where d.org_id = 1 and d.id = $1 and ${current('d')}`
export const dutyEvents = `select e.seq, e.event, e.on_day::text as "onDay", j.at::text as "recordedAt", e.due_on::text as "dueOn", e.status, pn.name as by,
    e.by_post_id, e.note, e.detail
  from duty_events e join journal_entries j on j.org_id = 1 and j.idx = e.recorded_idx join acts a on a.org_id = 1 and a.id = j.act_id
  left join person_ids pi on pi.org_id = 1 and pi.pid = a.by_pid left join persons pn on pn.org_id = 1 and pn.id = pi.person_id and ${current('pn')}
  where e.org_id = 1 and e.duty_id = $1 order by e.seq desc`
export const dutyAmendments =
  'select no, act, on_day::text as "onDay", reason from duty_amendments where org_id = 1 and duty_id = $1 order by no desc'

const days = `(s.due_on - current_date)`
const count = (name: string, condition: string) => `count(*) filter (where ${condition})::int as "${name}"`

/** The year of a subtree: its units (sub-select, once), the counts of every view, and the first row. */
const subtree = `with recursive tree as (select unit_id from unit_periods where org_id = 1 and unit_id = $1 and ${current('unit_periods')}
  union all select u.unit_id from unit_periods u join tree t on u.parent_id = t.unit_id where u.org_id = 1 and ${current('u')})`
const within = `d.org_id = 1 and d.year = $2 and ${current('d')} and d.id in (select duty_id from duty_units where org_id = 1 and unit_id = any(array(select unit_id from tree))) and s.status <> 'draft'`
export const yearCounts = `${subtree} select count(*)::int as total, ${[
  count('open', open),
  count('due-soon', `${open} and s.status <> 'submitted' and ${days} between 0 and 14`),
  count('late', `${open} and ${days} < 0 and not (s.status = 'submitted' and s.submitted_on <= s.due_on)`),
  count('awaiting', `s.status = 'submitted'`),
  count('made-good-late', `s.status = 'closed' and s.late`),
  count('not-taken-on', `s.status in ('issued', 'declined')`),
  count('stale', `s.status in ('taken-on', 'in-progress', 'returned') and s.last_on < current_date - 30`),
  count('closed', `s.status = 'closed'`),
  count('draft', `s.status = 'draft'`),
  count('unowned', `s.status = 'draft' and d.lead_unit_id is null and d.leader_post_id is null and not d.common`),
].join(', ')} from ${plain} where ${within}`
export const yearFirst = `${subtree} select ${row} from ${joins} where ${within} order by s.due_on, d.no, d.id limit 1`

const columns = [
  'id',
  'version',
  'kind',
  'happened_on',
  'unit_id',
  'body',
  'hours',
  'expected',
  'voters',
  'present',
  'topics',
  'title',
  'content',
]

/** One activity and its attendance, into tables without keys to others, row policies or journal. */
export const insertActivity = `insert into floor.activities (org_id, recorded_idx, counts_persons, opening, withdrawn, ${columns.join(', ')})
  values (1, $1, false, false, false, ${columns.map((_, index) => `$${index + 2}`).join(', ')})`
/** Twelve rows of attendance in one statement: activity, then person and status of each. */
export const insertAttendance = (
  rows: number,
) => `insert into floor.attendance (org_id, activity_id, recorded_idx, version, pid, status)
  values ${Array.from({ length: rows }, (_, index) => `(1, $1, $2, 1, $${3 + 2 * index}, $${4 + 2 * index})`).join(', ')}`
