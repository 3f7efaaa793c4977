import type pg from 'pg'
import type { ActiveRule } from '../../src/core/rules/world.ts'
import { type Activity, type Draw, MAX } from './obligations.ts'

/** A small bureau as rows of tables, drawn at random: numbers stand for units, posts and persons. */
export interface Drawn {
  readonly goLiveOn: string
  readonly on: string
  readonly size: number | null
  readonly rows: Readonly<Record<string, readonly Record<string, unknown>[]>>
  readonly rules: readonly ActiveRule[]
}

/** A stable id: what it is, which bureau, which number. */
export const idOf = (what: number, org: number, n: number): string =>
  `00000000-0000-4000-8${String(what).padStart(3, '0')}-${String(org).padStart(6, '0')}${String(n).padStart(6, '0')}`
const unitId = (org: number, n: number) => idOf(1, org, n)
const postId = (org: number, n: number) => idOf(2, org, n)
const pidOf = (org: number, n: number) => idOf(3, org, n)

type Row = Record<string, unknown>
/** Indexes in steps, so that every version of an activity has an index of its own. */
const STEP = 1000
const idx = ([recorded, superseded]: readonly [number, string], n = 0) => ({
  recorded_idx: recorded * STEP + n,
  superseded_idx: superseded === MAX ? MAX : String(Number(superseded) * STEP),
})
const current = idx([0, MAX])

function unitRows(org: number, drawn: Draw): Record<'units' | 'unit_periods', Row[]> {
  const root = { id: unitId(org, 0), version: 1, org_id: org, ...current }
  const units: Row[] = [{ ...root, kind: 'bureau' }]
  const unit_periods: Row[] = [
    {
      ...root,
      id: idOf(11, org, 0),
      unit_id: unitId(org, 0),
      parent_id: null,
      position: 1,
      valid_from: '2020-01-01',
      valid_to: '9999-12-31',
    },
  ]
  for (const [i, one] of drawn.units.entries()) {
    const n = i + 1
    units.push({ ...root, id: unitId(org, n), kind: one.kind })
    for (const [j, span] of one.spans.entries()) {
      // A parent of a smaller number: no ring can come of it.
      const parent = one.parents[j % 2]! % n
      unit_periods.push({
        org_id: org,
        id: idOf(11, org, n * 10 + j),
        version: 1,
        unit_id: unitId(org, n),
        parent_id: unitId(org, parent),
        position: n,
        valid_from: span.from,
        valid_to: span.to,
        ...idx(one.known),
      })
    }
  }
  return { units, unit_periods }
}

function organisationRows(org: number, drawn: Draw): Record<string, Row[]> {
  const base = { org_id: org, version: 1 }
  return {
    ...unitRows(org, drawn),
    posts: drawn.posts.map((one, n) => ({
      ...base,
      id: postId(org, n),
      unit_id: unitId(org, one.unit),
      kind: one.kind,
      position: n,
      valid_from: one.spans[0]!.from,
      valid_to: one.spans[0]!.to,
      ...idx(one.known),
    })),
    appointments: drawn.appointments.map((one, n) => ({
      ...base,
      id: idOf(12, org, n),
      post_id: postId(org, one.post),
      pid: pidOf(org, one.person),
      valid_from: one.spans[0]!.from,
      valid_to: one.spans[0]!.to,
      ...idx(one.known),
    })),
    memberships: drawn.memberships.flatMap((one, n) =>
      one.spans.map((span, j) => ({
        ...base,
        id: idOf(13, org, n * 10 + j),
        branch_id: unitId(org, one.units[j % 2]!),
        standing: one.standing,
        pid: pidOf(org, n),
        valid_from: span.from,
        valid_to: span.to,
        ...idx(one.known),
      })),
    ),
    person_classes: [...new Map(drawn.classes.map((one) => [one.person, one])).values()].map((one, n) => ({
      ...base,
      id: idOf(14, org, n),
      class: one.class,
      pid: pidOf(org, one.person),
      valid_from: one.spans[0]!.from,
      valid_to: one.spans[0]!.to,
      ...idx(one.known),
    })),
  }
}

function activityRows(org: number, n: number, one: Activity, body: string): { activities: Row[]; attendance: Row[] } {
  const id = idOf(20, org, n)
  const row: Row = {
    org_id: org,
    id,
    version: 1,
    kind: one.kind,
    also_kinds: one.also.filter((kind) => kind !== one.kind),
    happened_on: one.on,
    unit_id: unitId(org, one.unit),
    body,
    hours: one.hours ?? null,
    expected: one.numbers?.expected ?? null,
    voters: one.numbers?.voters ?? null,
    present: one.numbers?.present ?? null,
    topics: one.topics,
    countable: one.countable,
    counts_persons: false,
    opening: false,
    withdrawn: false,
    first_idx: null,
    host_pid: one.host === undefined ? null : pidOf(org, one.host),
    fields: {},
    ...idx(one.known, 2 * n),
  }
  const attendance = one.attended.map(([p, status]) => ({
    org_id: org,
    activity_id: id,
    pid: pidOf(org, p),
    version: 1,
    status,
    ...current,
  }))
  const { corrected } = one
  if (corrected === undefined || one.known[1] !== MAX) return { activities: [row], attendance }
  const at = (one.known[0] + 1 + corrected.at) * STEP + 2 * n + 1
  const second = {
    ...row,
    version: 2,
    happened_on: corrected.on ?? one.on,
    withdrawn: corrected.withdrawn,
    first_idx: 0,
    recorded_idx: at,
  }
  return { activities: [{ ...row, superseded_idx: String(at) }, second], attendance }
}

type Named = (n: number) => string

function talkRows(org: number, drawn: Draw): Record<string, Row[]> {
  const base = { org_id: org, version: 1 }
  const talks = drawn.talks.filter(({ a, b }) => a !== b)
  return {
    talks: talks.map((one, n) => ({
      ...base,
      id: idOf(30, org, n),
      kind: one.kind,
      shape: 'pair',
      month: one.on.slice(0, 7),
      number: 1,
      opening: false,
      withdrawn: false,
      ...idx(one.known),
    })),
    talk_pairs: talks.map((one, n) => ({
      ...base,
      id: idOf(31, org, n),
      talk_id: idOf(30, org, n),
      shape: 'pair',
      held_on: one.on,
      initiator_pid: pidOf(org, one.a),
      counterpart_pid: pidOf(org, one.b),
      ...idx(one.known),
    })),
  }
}

function personRows(org: number, drawn: Draw, ruleId: Named): Record<string, Row[]> {
  const base = { org_id: org, version: 1 }
  const statements = [...new Map(drawn.statements.map((one) => [`${one.person} ${one.year}`, one])).values()]
  const openings = [...new Map(drawn.openings.map((one) => [`${one.person} ${ruleId(one.rule)}`, one])).values()]
  return {
    statements: statements.map((one, n) => ({
      ...base,
      id: idOf(40, org, n),
      statement: 'personal-matters',
      year: one.year,
      withdrawn: false,
      stated_on: one.on,
      pid: pidOf(org, one.person),
      ...current,
    })),
    opening_hours: openings.map((one, n) => ({
      ...base,
      id: idOf(41, org, n),
      rule: ruleId(one.rule),
      covers_to: one.on,
      withdrawn: false,
      amount: one.amount,
      pid: pidOf(org, one.person),
      ...current,
    })),
  }
}

function excuseRows(org: number, drawn: Draw, ruleId: Named): Record<string, Row[]> {
  const base = { org_id: org, version: 1 }
  const excused = (persons: boolean) => {
    const mine = drawn.excuses.filter((one) => (one.subject === 2) === persons)
    return [
      ...new Map(mine.map((one) => [`${ruleId(one.rule)} ${one.subject} ${one.n} ${one.from}`, one])).values(),
    ].map((one, n) => ({ one, n, until_on: one.until === undefined || one.until < one.from ? null : one.until }))
  }
  return {
    excuses: excused(false).map(({ one, n, until_on }) => ({
      ...base,
      id: idOf(50, org, n),
      rule: ruleId(one.rule),
      subject_type: one.subject === 0 ? 'unit' : 'post',
      subject_id: one.subject === 0 ? unitId(org, one.n + 1) : postId(org, one.n),
      unit_id: unitId(org, 0),
      window_from: one.from,
      until_on,
      withdrawn: false,
      ...current,
    })),
    person_excuses: excused(true).map(({ one, n, until_on }) => ({
      ...base,
      id: idOf(51, org, n),
      rule: ruleId(one.rule),
      pid: pidOf(org, one.n),
      window_from: one.from,
      until_on,
      withdrawn: false,
      ...current,
    })),
  }
}

/** The rows of a drawn bureau under its own number. */
export function rowsOf(org: number, drawn: Draw): Drawn {
  const base = { org_id: org, version: 1 }
  const acts = drawn.activities.map((one, n) =>
    activityRows(org, n, one, one.unit === 0 ? 'bureau' : drawn.units[one.unit - 1]!.kind),
  )
  const ruleId = (n: number) => `rule-${n % drawn.rules.length}`
  return {
    goLiveOn: drawn.goLiveOn,
    on: drawn.on,
    size: drawn.size === null ? null : drawn.size * STEP,
    rules: drawn.rules.map((one, n) => ({ ...one, id: `rule-${n}` })),
    rows: {
      ...organisationRows(org, drawn),
      activities: acts.flatMap(({ activities }) => activities),
      attendance: acts.flatMap(({ attendance }) => attendance),
      ...talkRows(org, drawn),
      ...personRows(org, drawn, ruleId),
      duty_lists: [...new Map(drawn.lists.map((one) => [one.year, one])).values()].map((one, n) => ({
        ...base,
        id: idOf(42, org, n),
        year: one.year,
        version_no: 1,
        issued_on: one.on,
        ...current,
      })),
      ...excuseRows(org, drawn, ruleId),
    },
  }
}

/** Writes rows as they are, as the owner of the database and without regard to keys between tables. */
export async function insertRows(owner: pg.Client, rows: Drawn['rows']): Promise<void> {
  for (const [table, list] of Object.entries(rows)) {
    if (list.length === 0) continue
    const columns = Object.keys(list[0]!).join(', ')
    await owner.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(list)],
    )
  }
}
