import { bodyOn, type PersonOn, rosterOn } from '../modules/organisation/organisation.ts'
import { preambleOf, transact } from '../platform/db/pool.ts'
import { type Company, holdersOn } from './company.ts'
import { dayAfter } from './days.ts'
import { draw, drawOne } from './draw.ts'
import { type ActivityPlan, type Planned, plannedUpTo } from './year.ts'

interface Stood {
  personId: string
  status: string
  note?: string
}

interface Kept {
  readonly activityId: string
  readonly by: string
  readonly attendance: Stood[] | null
}

/** Where a recorded activity can be found again: by kind and day. */
export type Recorded = ReadonlyMap<string, Kept>

/** Records all activities up to today, each by whoever keeps the records of its unit. */
export async function recordActivities(company: Company, plan: ActivityPlan): Promise<Recorded> {
  const recorded = new Map<string, Kept>()
  const secretaryOf = (branch: string, day: string) => {
    const post = company.demo.posts.find((one) => one.unit === branch && one.kind === 'branch-secretary')
    return (post === undefined ? [] : holdersOn(post, day))[0] ?? company.clerk
  }
  const expectedAt = rosters(company)
  for (const one of plannedUpTo(plan, company.today, secretaryOf)) {
    const by = keeperOf(company, one.unit)
    const attendance = one.numbers === null ? attendanceOf(company, plan, one, await expectedAt(one)) : null
    const hand = await company.as(by)
    const { activityId } = await hand.act('activity.record', inputOf(company, one, attendance))
    const key = `${one.kind} ${one.on}`
    if (!recorded.has(key)) recorded.set(key, { activityId, by, attendance })
  }
  return recorded
}

function inputOf(company: Company, one: Planned, attendance: readonly Stood[] | null) {
  return {
    kind: one.kind,
    alsoKinds: one.alsoKinds.length > 0 ? one.alsoKinds : undefined,
    happenedOn: one.on,
    unitId: company.unit(one.unit),
    title: one.title,
    host: one.host === null ? undefined : { personId: company.person(one.host) },
    hours: one.hours ?? undefined,
    attendance: attendance === null || attendance.length === 0 ? undefined : attendance,
    numbers: one.numbers ?? undefined,
    topics: one.topics.length > 0 ? one.topics : undefined,
    audience: one.audience ?? undefined,
    proof: one.proof ?? undefined,
    fields: Object.keys(one.fields).length > 0 ? one.fields : undefined,
  }
}

/** Who keeps a unit's records today: its secretary or head, else the clerk of the Party office. */
function keeperOf(company: Company, unit: string): string {
  const keepers = ['branch-secretary', 'department-head', 'subordinate-head']
  const post = company.demo.posts.find((one) => one.unit === unit && keepers.includes(one.kind))
  return (post === undefined ? [] : holdersOn(post, company.today))[0] ?? company.clerk
}

/** Whom an activity expects on its day. The roster is read anew only for days between which it changed. */
function rosters(company: Company): (one: Planned) => Promise<readonly PersonOn[]> {
  const { stage } = company.ground
  const { orgId } = company.org
  const days = JSON.stringify(company.demo).match(/\d{4}-\d{2}-\d{2}/g) ?? []
  const changes = days.flatMap((day) => [day, dayAfter(day, 1)])
  const known = new Map<string, Promise<PersonOn[]>>()
  return async (one) => {
    const kind = stage.catalogues.catalogue.activityKinds.get(one.kind)
    if (one.numbers !== null || (kind.attendance !== 'roster' && kind.attendance !== 'body')) return []
    const unit = company.unit(one.unit)
    const key = [unit, kind.attendance, ...(kind.posts ?? []), changes.filter((day) => day <= one.on).length].join(' ')
    const read = () =>
      transact(stage.pool, preambleOf('read only', orgId, {}), (tx) =>
        kind.attendance === 'body'
          ? bodyOn(tx, orgId, [unit], one.on, kind.posts)
          : rosterOn(tx, orgId, unit, one.on, stage.catalogues.catalogue),
      )
    const roster = known.get(key) ?? read()
    known.set(key, roster)
    return roster
  }
}

/** Who stood how: the roster of that day, from which the draw excuses a few. */
function attendanceOf(company: Company, plan: ActivityPlan, one: Planned, expected: readonly PersonOn[]): Stood[] {
  const host = one.host === null ? null : company.person(one.host)
  const seen = new Map<string, number>()
  return expected.map((person) => {
    // Two of one name are told apart by their place in the roster.
    const nth = (seen.get(person.name ?? '') ?? 0) + 1
    seen.set(person.name ?? '', nth)
    return person.pid === host ? { personId: person.pid, status: 'present' } : stood(plan, one, person, nth)
  })
}

function stood({ seed, reasons }: ActivityPlan, one: Planned, { pid, name }: PersonOn, nth: number): Stood {
  const words = [seed, one.kind, one.unit, one.on, name ?? '', nth]
  if (draw(...words) >= one.away) return { personId: pid, status: 'present' }
  const how = draw(...words, 'how')
  if (one.retired) return { personId: pid, status: how < 0.9 ? 'excused-unstated' : 'absent' }
  if (how < 0.55) return { personId: pid, status: 'excused-duty', note: drawOne(reasons, ...words, 'why') }
  return { personId: pid, status: how < 0.85 ? 'excused-leave' : how < 0.95 ? 'excused-unstated' : 'absent' }
}

/** Corrects and takes back what the plan says, as people find it out later. */
export async function correctActivities(company: Company, plan: ActivityPlan, recorded: Recorded): Promise<void> {
  for (const { kind, on, reason, day, title, topics, absent, note } of plan.corrections) {
    const kept = recorded.get(`${kind} ${on}`)
    if (kept === undefined || (day !== undefined && day > company.today)) continue
    const attendance = absent === undefined ? undefined : withFewer(kept.attendance ?? [], absent, note)
    const input = { activityId: kept.activityId, version: 1, reason, happenedOn: day, title, topics, attendance }
    await (await company.as(kept.by)).act('activity.amend', input)
  }
  for (const { kind, on, reason } of plan.withdrawals) {
    const kept = recorded.get(`${kind} ${on}`)
    if (kept === undefined) continue
    await (await company.as(kept.by)).act('activity.withdraw', { activityId: kept.activityId, reason })
  }
}

/** The attendance with some fewer present: the last ones of the roster turn out to have been on duty elsewhere. */
function withFewer(attendance: readonly Stood[], fewer: number, note: string | undefined): Stood[] {
  let left = fewer
  return attendance.toReversed().map((one) => {
    if (one.status !== 'present' || left === 0) return one
    left--
    return { personId: one.personId, status: 'excused-duty', ...(note === undefined ? {} : { note }) }
  })
}
