import type { Sections } from './catalogue.ts'
import type { ActivityKind } from './kinds.ts'
import type { Metric } from './metrics.ts'

/** A row that contradicts another row: where it stands and what is wrong with it. */
export interface Complaint {
  readonly section: keyof Sections
  readonly row: string
  readonly problem: string
}

const activityColumns = ['present', 'expected', 'voters', 'hours']
const filterColumns: Record<string, readonly string[]> = {
  talk: ['audience'],
  indicator: ['indicator', 'role'],
  attendance: [],
}

function unknown(ids: readonly string[], known: ReadonlySet<string>, what: string): string[] {
  return ids.filter((id) => !known.has(id)).map((id) => `no ${what} ${id}`)
}

function metricProblems(metric: Metric, sections: Sections): string[] {
  const problems: string[] = []
  const { aggregate, facts, where } = metric
  const activities = sections.activityKinds.filter((kind) => where.kinds?.includes(kind.id))
  if (aggregate.op === 'ratio') {
    const known = new Set(sections.metrics.map((other) => other.id))
    problems.push(...unknown([aggregate.of, aggregate.over], known, 'metric'))
    if (metric.units.some((unit) => unit !== '%')) problems.push('a ratio is printed in %')
  }
  if (facts === 'activity' || facts === 'attendance') {
    if (where.kinds === undefined) problems.push('names no kinds')
    problems.push(
      ...unknown(where.kinds ?? [], new Set(sections.activityKinds.map((kind) => kind.id)), 'activity kind'),
    )
    for (const kind of activities) problems.push(...fieldProblems(metric, kind))
  }
  if (facts === 'talk') {
    problems.push(...unknown(where.kinds ?? [], new Set(sections.talkKinds.map((kind) => kind.id)), 'talk kind'))
  }
  if (facts === 'duty') {
    problems.push(...unknown(where.kinds ?? [], new Set(sections.dutyKinds.map((kind) => kind.id)), 'duty kind'))
  }
  for (const value of Object.values(where.equals)) {
    if (typeof value === 'string' && value.startsWith('$') && !(value.slice(1) in metric.params)) {
      problems.push(`${value} is no parameter`)
    }
  }
  if (metric.params.audience !== undefined && !Object.values(where.equals).includes('$audience')) {
    problems.push('the audience parameter filters nothing')
  }
  return problems
}

function fieldProblems(metric: Metric, kind: ActivityKind): string[] {
  const countable = kind.fields.filter((field) => field.countable).map((field) => field.id)
  const problems: string[] = []
  for (const field of Object.keys(metric.where.equals)) {
    if (!countable.includes(field)) problems.push(`${kind.id} has no countable field ${field}`)
  }
  if (metric.aggregate.op === 'sum' && ![...activityColumns, ...countable].includes(metric.aggregate.field)) {
    problems.push(`${kind.id} has no number ${metric.aggregate.field} to add`)
  }
  if (metric.aggregate.op === 'distinct' && !kind.counts_persons) {
    problems.push(`${kind.id} does not count persons`)
  }
  return problems
}

function activityProblems(kind: ActivityKind, sections: Sections): string[] {
  const problems = [
    ...unknown(kind.bodies, new Set(sections.unitKinds.map((unit) => unit.id)), 'unit kind'),
    ...unknown(kind.posts, new Set(sections.postKinds.map((post) => post.id)), 'post kind'),
  ]
  const counted = sections.metrics.some(
    (metric) => metric.aggregate.op === 'distinct' && metric.where.kinds?.includes(kind.id),
  )
  if (kind.reminds !== undefined && !kind.fields.some(({ id }) => id === kind.reminds)) {
    problems.push(`no field ${kind.reminds} that names the festival`)
  }
  if (kind.counts_persons && !counted) problems.push('counts persons, and no metric needs it')
  return problems
}

/** What contradicts between rows: unknown ids, fields that no figure may read, persons counted without need. */
export function crossCheck(sections: Sections): readonly Complaint[] {
  const complaints: Complaint[] = []
  const say = (section: keyof Sections, row: string, problems: readonly string[]): void => {
    for (const problem of problems) complaints.push({ section, row, problem })
  }
  const units = new Set(sections.unitKinds.map((unit) => unit.id))
  const audiences = new Set(sections.audiences.map((audience) => audience.id))
  for (const kind of sections.activityKinds) say('activityKinds', kind.id, activityProblems(kind, sections))
  for (const unit of sections.unitKinds) say('unitKinds', unit.id, unknown(unit.parents, units, 'unit kind'))
  for (const post of sections.postKinds) say('postKinds', post.id, unknown(post.units, units, 'unit kind'))
  for (const row of sections.audiences) say('audiences', row.id, unknown(row.includes, audiences, 'audience'))
  for (const metric of sections.metrics) {
    const columns = filterColumns[metric.facts]
    const strange =
      columns === undefined ? [] : Object.keys(metric.where.equals).filter((name) => !columns.includes(name))
    const problems = metric.facts === 'attendance' ? [] : strange.map((name) => `${metric.facts} facts have no ${name}`)
    say('metrics', metric.id, [...problems, ...metricProblems(metric, sections)])
  }
  sections.calendar.forEach(({ year }, index) => {
    const first = sections.calendar.findIndex((other) => other.year === year)
    if (first < index) say('calendar', String(year), ['the year stands twice'])
  })
  sections.mechanisms.forEach((row, index) => {
    if (row.number !== index + 1) say('mechanisms', String(row.number), [`stands where ${index + 1} belongs`])
  })
  return complaints
}
