import { type RawBuilder, sql } from 'kysely'
import type { Reads } from '../../platform/db/pool.ts'
import { type Ground, ofOrgs, rowsOf } from './fitting.ts'
import type { Tallied } from './tally.facts.ts'
import type { Standing } from './tally-standing.ts'

type Sql = RawBuilder<unknown>

/** What is asked of tallies: bureaus with their go-live days, a year, and the group under which each unit is added up. */
export interface TallyAsk extends Standing {
  readonly goLive: ReadonlyMap<number, string>
  /** Nothing recorded lies after this day. */
  readonly on: string
}

/** A unit of which tallies cannot speak, and the rules of which they cannot: something about it changed, was excused or is not stated. */
export interface Irregular {
  readonly orgId: number
  readonly unitId: string
  readonly rules: ReadonlySet<string>
}

/** Numbers of one rule in one group of a bureau, window by window, and units of which it cannot speak; `i` is -1 for all rules. */
export interface TallyLine extends Record<string, number | string | string[] | null> {
  org_id: number
  part: string | null
  i: number
  n: number
  odd: string[] | null
}

/** The windows of a year as columns. */
export const COLUMNS = Array.from({ length: 12 }, (_, c) => c + 1)

/** The units of which lines say that they are asked one by one; a line of no rule says it of all. */
export function irregularOf({ rules }: TallyAsk, lines: readonly TallyLine[]): Irregular[] {
  const found = new Map<string, { orgId: number; unitId: string; rules: Set<string> }>()
  for (const { org_id: orgId, i, odd } of lines) {
    for (const unitId of odd ?? []) {
      const one = found.get(`${orgId} ${unitId}`) ?? { orgId, unitId, rules: new Set<string>() }
      found.set(`${orgId} ${unitId}`, one)
      for (const { rule } of i < 0 ? rules : [rules[i]!]) one.rules.add(rule.id)
    }
  }
  return [...found.values()]
}

/** What rules of one rhythm and one number ask: patterns by their code. */
interface Rhythm {
  readonly months: Tallied['months']
  readonly need: number
  /** The places of the rules by the code of their pattern. */
  readonly places: ReadonlyMap<string, readonly number[]>
}

function rhythmsOf({ rules }: TallyAsk): Rhythm[] {
  const found = new Map<string, { months: Tallied['months']; need: number; places: Map<string, number[]> }>()
  for (const [i, { tallied }] of rules.entries()) {
    const { months, need, code } = tallied
    const one = found.get(`${months} ${need}`) ?? { months, need, places: new Map<string, number[]>() }
    found.set(`${months} ${need}`, one)
    one.places.set(code, [...(one.places.get(code) ?? []), i])
  }
  return [...found.values()]
}

/** Units that something is asked of all year and of which everything is stated. */
const PLAIN = sql`t.standing = 1 and t.unsure = 0`

interface CodeLine extends Record<string, number | string | null> {
  org_id: number
  part: string | null
  code: string
  r: number
  n: number
}

interface OddLine {
  org_id: number
  part: string | null
  code: string
  unit_id: string
  months: number[] | null
}

/**
 * From the tallies alone, in the order of their key: how many units of each pattern reached what is asked, window by window. Units
 * of which they cannot speak are few and are read beside; those that are excused from something are taken out again.
 */
export async function numbersKept(tx: Reads, ask: TallyAsk, ground: Ground): Promise<TallyLine[]> {
  const rhythms = rhythmsOf(ask)
  const [counts, irregular, excused] = await Promise.all([
    tx.all(countsByCode(ask, ground, rhythms)),
    tx.all(sql<OddLine>`select t.org_id, ${part(ask)} part, t.code, t.unit_id, null::int[] months from activity_tallies t ${level(ask)}
      where ${ofOrgs('t', ground)} and t.year = ${ask.year} and (t.standing = 2 or t.unsure > 0) and t.standing > 0`),
    tx.all(sql<OddLine>`select t.org_id, ${part(ask)} part, t.code, t.unit_id,
        array[${sql.raw(COLUMNS.map((c) => `t.m${c}`).join(', '))}] months
      from (select distinct e.org_id, e.subject_id from excuses e where ${rowsOf('e', ground)} and not e.withdrawn
          and e.window_from between make_date(${ask.year}::int, 1, 1) and make_date(${ask.year}::int, 12, 31)) e
        join activity_tallies t on t.org_id = e.org_id and t.unit_id = e.subject_id and ${ofOrgs('t', ground)} ${level(ask)}
      where t.year = ${ask.year} and ${PLAIN}`),
  ])
  const lines = new Map<string, TallyLine>()
  const lineOf = (org_id: number, part: string | null, i: number): TallyLine => {
    const key = `${org_id} ${part} ${i}`
    const line = lines.get(key) ?? { org_id, part, i, n: 0, odd: null }
    lines.set(key, line)
    return line
  }
  for (const { org_id, part, code, r, ...numbers } of counts)
    for (const i of rhythms[r]!.places.get(code) ?? []) Object.assign(lineOf(org_id, part, i), numbers)
  for (const { org_id, part, code, unit_id, months } of [...irregular, ...excused]) {
    for (const { places, months: size, need } of rhythms) {
      for (const i of places.get(code) ?? []) {
        const line = lineOf(org_id, part, i)
        line.odd = [...(line.odd ?? []), unit_id]
        if (months !== null) takeOut(line, months, size, need)
      }
    }
  }
  return [...lines.values()]
}

/** Takes a unit that was counted out of the numbers. */
function takeOut(line: TallyLine, months: readonly number[], size: number, need: number): void {
  line.n--
  for (let c = 1; c * size <= 12; c++) {
    const sum = months.slice((c - 1) * size, c * size).reduce((all, n) => all + n, 0)
    if (sum >= need) line[`c${c}`] = Number(line[`c${c}`] ?? 0) - 1
  }
}

const part = ({ groups }: TallyAsk): Sql => (groups === null ? sql`null::uuid` : sql`l.part`)

const level = ({ groups }: TallyAsk): Sql =>
  groups === null
    ? sql``
    : sql`join unnest(${[...groups.keys()]}::uuid[], ${[...groups.values()]}::uuid[]) l(unit_id, part) on l.unit_id = t.unit_id`

/** Each rhythm has a branch of its own, so that nothing is decided row by row. */
function countsByCode(ask: TallyAsk, ground: Ground, rhythms: readonly Rhythm[]): RawBuilder<CodeLine> {
  const branches = rhythms.map(({ months, need, places }, r) => {
    const counted = COLUMNS.map((c) => {
      if (c * months > 12) return sql`null::int ${sql.ref(`c${c}`)}`
      const sum = Array.from({ length: months }, (_, i) => `t.m${(c - 1) * months + i + 1}`).join(' + ')
      return sql`(count(*) filter (where ${sql.raw(sum)} >= ${need}))::int ${sql.ref(`c${c}`)}`
    })
    // The year is no condition of the index: under it the rows would no longer come in the order of the codes.
    return sql`select t.org_id, ${part(ask)} part, t.code, ${r}::int r, count(*)::int n, ${sql.join(counted)}
      from activity_tallies t ${level(ask)}
      where ${ofOrgs('t', ground)} and t.code = any(${[...places.keys()]}) and t.year + 0 = ${ask.year} and ${PLAIN}
      group by t.org_id, t.code${ask.groups === null ? sql`` : sql`, l.part`}`
  })
  return sql<CodeLine>`${sql.join(branches, sql` union all `)}`
}
