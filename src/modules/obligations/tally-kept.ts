import { type RawBuilder, sql } from 'kysely'
import type { Reads } from '../../platform/db/pool.ts'
import { type Ground, ofOrgs } from './fitting.ts'
import type { Tallied } from './tally.facts.ts'
import { excusedIn, type Standing, standingMark } from './tally-standing.ts'

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

/** Numbers of one rule in one group of a bureau: how many units it asks, and how many of them reached it, window by window. */
export interface TallyLine {
  readonly orgId: number
  readonly part: string | null
  readonly i: number
  n: number
  readonly met: number[]
}

/** What tallies say of some bureaus. */
export interface TallyLines {
  readonly lines: readonly TallyLine[]
  readonly irregular: readonly Irregular[]
}

/** The windows of a year as columns. */
export const COLUMNS = Array.from({ length: 12 }, (_, c) => c + 1)
const NAMES = COLUMNS.map((c) => `c${c}`)

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

interface ReachedLine {
  org_id: number
  part: string | null
  code: string
  /** Of each unit its months as bits, as PostgreSQL writes an array. */
  reached: string
}

/**
 * What is read beside the numbers, in one statement: a bureau whose tallies say of whom each thing is asked (no unit); a unit with
 * the codes of which they cannot speak; and, with its months, a unit that is excused from something, under a code.
 */
interface Aside {
  org_id: number
  unit_id: string | null
  codes: string | null
  part: string | null
  months: number[] | null
}

interface ExcusedLine extends Aside {
  unit_id: string
  codes: string
  months: number[]
}

/** What the tallies of some bureaus say, and of which of these they say of whom each thing is asked in the year, as it stands now. */
export interface KeptNumbers extends TallyLines {
  readonly stands: ReadonlySet<number>
}

/**
 * From the tallies alone, in the order of their key: how many units of each pattern reached what is asked, window by window. Units
 * of which they cannot speak are few and are read beside; those that are excused from something are taken out again.
 */
export async function numbersKept(tx: Reads, ask: TallyAsk, ground: Ground): Promise<KeptNumbers> {
  const rhythms = rhythmsOf(ask)
  const once = rhythms.filter(({ need }) => need === 1)
  const oftener = rhythms.filter(({ need }) => need > 1)
  const [asides, reached, counts] = await Promise.all([
    tx.all(asidesOf(ask, ground)),
    once.length === 0 ? [] : tx.all(monthsReached(ask, ground, once)),
    oftener.length === 0 ? [] : tx.all(countsByCode(ask, ground, oftener)),
  ])
  const lines = counts.flatMap((row) => {
    const { months, places } = oftener[row.r]!
    const { org_id: orgId, part, n } = row
    return (places.get(row.code) ?? []).map((i): TallyLine => ({ orgId, part, i, n, met: metOf(row, 12 / months) }))
  })
  for (const row of reached) lines.push(...linesReached(row, once))
  const excused = asides.filter((one): one is ExcusedLine => one.months !== null)
  if (excused.length > 0) takeOut(lines, rhythms, excused)
  const stands = new Set(asides.flatMap(({ org_id, unit_id }) => (unit_id === null ? [org_id] : [])))
  return { lines, irregular: irregularOf(ask, asides), stands }
}

function asidesOf(ask: TallyAsk, ground: Ground): RawBuilder<Aside> {
  const { year } = ask
  const months = sql.raw(COLUMNS.map((c) => `t.m${c}`).join(', '))
  return sql<Aside>`select s.org_id, null::uuid unit_id, null::text codes, null::uuid part, null::int[] months from tally_states s
      where ${ofOrgs('s', ground)} and ${year}::int = any(s.standing_years) and s.ground = ${standingMark(sql`s.org_id`)}
    union all select t.org_id, t.unit_id, string_agg(t.code, ' '), null, null from activity_tallies t ${level(ask)}
      where ${ofOrgs('t', ground)} and t.year = ${year} and (t.standing = 2 or t.unsure > 0) and t.standing > 0
      group by t.org_id, t.unit_id
    union all select t.org_id, t.unit_id, t.code, ${part(ask)}, array[${months}]
      from (${excusedIn(year, ground)}) e
        join activity_tallies t on t.org_id = e.org_id and t.unit_id = e.unit_id and ${ofOrgs('t', ground)} ${level(ask)}
      where t.year = ${year} and ${PLAIN}`
}

/** The lines of the rules that ask a pattern for one record in a window. */
function linesReached({ org_id: orgId, part, code, reached }: ReachedLine, once: readonly Rhythm[]): TallyLine[] {
  const units = numbersIn(reached)
  return once.flatMap(({ months, places }) =>
    (places.get(code) ?? []).map((i) => ({ orgId, part, i, n: units.length, met: windowsReached(units, months) })),
  )
}

function windowsReached(units: readonly number[], months: number): number[] {
  return Array.from({ length: 12 / months }, (_, c) => {
    const window = ((1 << months) - 1) << (c * months)
    let met = 0
    for (const bits of units) if ((bits & window) !== 0) met++
    return met
  })
}

/** Reads `{4095,0,17}`. There is one number for each unit of a province, so they are not read one by one as texts. */
function numbersIn(text: string): number[] {
  const found: number[] = []
  let number = 0
  for (let i = 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) number = number * 10 + code - 48
    else {
      found.push(number)
      number = 0
    }
  }
  return found
}

/** How many reached it in each window of the year, from the columns of a row. */
export function metOf(row: Readonly<Record<string, unknown>>, windows: number): number[] {
  return NAMES.slice(0, windows).map((name) => Number(row[name] ?? 0))
}

/** Takes units that were counted out of the numbers of their patterns. */
function takeOut(lines: readonly TallyLine[], rhythms: readonly Rhythm[], excused: readonly ExcusedLine[]): void {
  const byKey = new Map(lines.map((line) => [`${line.orgId} ${line.part} ${line.i}`, line]))
  for (const { org_id, part, codes: code, months } of excused) {
    for (const { places, months: size, need } of rhythms) {
      for (const i of places.get(code) ?? []) {
        const line = byKey.get(`${org_id} ${part} ${i}`)!
        line.n--
        for (const c of line.met.keys()) {
          const sum = months.slice(c * size, (c + 1) * size).reduce((all, n) => all + n, 0)
          if (sum >= need) line.met[c]!--
        }
      }
    }
  }
}

/** Units with the codes of which tallies cannot speak, each once. Of whom the same is asked has the same codes. */
function irregularOf({ rules }: TallyAsk, asides: readonly Aside[]): Irregular[] {
  const byCodes = new Map<string, ReadonlySet<string>>()
  const rulesOf = (codes: string): ReadonlySet<string> => {
    const known = byCodes.get(codes)
    if (known !== undefined) return known
    const asked = codes.split(' ')
    const ids = new Set(rules.flatMap(({ rule, tallied }) => (asked.includes(tallied.code) ? [rule.id] : [])))
    byCodes.set(codes, ids)
    return ids
  }
  const found = new Map<string, Irregular>()
  for (const { org_id: orgId, unit_id: unitId, codes } of asides) {
    if (unitId === null || codes === null) continue
    const known = found.get(`${orgId} ${unitId}`)
    const rules = known === undefined ? rulesOf(codes) : new Set([...known.rules, ...rulesOf(codes)])
    if (rules.size > 0) found.set(`${orgId} ${unitId}`, { orgId, unitId, rules })
  }
  return [...found.values()]
}

const part = ({ groups }: TallyAsk): Sql => (groups === null ? sql`null::uuid` : sql`l.part`)

const level = ({ groups }: TallyAsk): Sql =>
  groups === null
    ? sql``
    : sql`join unnest(${[...groups.keys()]}::uuid[], ${[...groups.values()]}::uuid[]) l(unit_id, part) on l.unit_id = t.unit_id`

/** In which months each plain unit has a record at all: out of an index that holds nothing else (migration 0024). */
function monthsReached(ask: TallyAsk, ground: Ground, once: readonly Rhythm[]): RawBuilder<ReachedLine> {
  const codes = [...new Set(once.flatMap(({ places }) => [...places.keys()]))]
  return sql<ReachedLine>`select t.org_id, ${part(ask)} part, t.code, array_agg(t.reached)::text reached
    from activity_tallies t ${level(ask)}
    where ${ofOrgs('t', ground)} and t.year = ${ask.year} and t.code = any(${codes}) and ${PLAIN}
    group by t.org_id, t.code${byPart(ask)}`
}

const byPart = ({ groups }: TallyAsk): Sql => (groups === null ? sql`` : sql`, l.part`)

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
      group by t.org_id, t.code${byPart(ask)}`
  })
  return sql<CodeLine>`${sql.join(branches, sql` union all `)}`
}
