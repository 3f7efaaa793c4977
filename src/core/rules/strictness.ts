import type { WindowSize } from '../calendar/days.ts'
import type { LocalChange, LocalPack, Measure, Rule, RuleVersion } from './rule.ts'

type Param = RuleVersion['params'][string]
type ParamValue = NonNullable<Param['value']>

const MONTHS: Readonly<Record<WindowSize, number>> = { month: 1, quarter: 3, 'half-year': 6, year: 12 }

/** How often something is asked: the calendar window and the number in it; null where the version says neither. */
interface Rhythm {
  readonly every: WindowSize | null
  readonly count: number | null
}

/** Why a change may not be laid over a rule. */
export type ProblemCode =
  | 'unknown-rule'
  | 'not-in-force'
  | 'nothing-said'
  | 'no-calendar-window'
  | 'longer-window'
  | 'no-count'
  | 'smaller-count'
  | 'unknown-param'
  | 'param-type'
  | 'param-whole'
  | 'param-range'
  | 'param-laxer'
  | 'days-reversed'
  | 'days-before-change'

/** What is wrong with a change; `field` is `every`, `count`, `from` or the name of the parameter, `base` what stands there. */
export interface StrictnessProblem {
  readonly code: ProblemCode
  readonly rule: string
  readonly field: string
  readonly base: string | number | null
  readonly said: string | number | null
}

/** What a bureau's pack changes in one place; `base` is null where the source leaves the place open, or for an own rule. */
export interface Difference {
  readonly rule: string
  readonly from: string
  readonly what: 'every' | 'count' | 'param' | 'own-rule'
  readonly param: string | null
  readonly base: string | number | null
  readonly local: string | number | null
  readonly source: string
}

/** A version with changes laid over it: the values of its parameters, and how often it asks. */
export interface Laid {
  readonly values: Readonly<Record<string, ParamValue | undefined>>
  readonly rhythm: Rhythm
}

/** The one count that a change may raise: that of the only measure by number, once parameters are filled in. */
function countOf(version: RuleVersion, values: Laid['values']): number | null {
  const counts = version.need.flatMap((measure) => ('count' in measure ? [measure.count] : []))
  const [count] = counts
  if (counts.length !== 1 || count === undefined) return null
  const value = typeof count === 'string' ? values[count.slice(1)] : count
  return typeof value === 'number' ? value : null
}

function everyOf({ window }: RuleVersion): WindowSize | null {
  return 'every' in window ? window.every : null
}

/** Whether a rhythm asks in every window of the base at least as much as the base does. */
function isAsStrict(rhythm: Rhythm, base: Rhythm): boolean {
  if (rhythm.every === null || base.every === null) return (rhythm.count ?? 1) >= (base.count ?? 1)
  const parts = MONTHS[base.every] / MONTHS[rhythm.every]
  return parts >= 1 && (rhythm.count ?? 1) * parts >= (base.count ?? 1)
}

/** Of the shipped value and the bureau's the stricter one; the bureau's where the source leaves it open. */
function stricter(param: Param, said: ParamValue): ParamValue {
  if (param.value === undefined || param.stricter === 'free') return said
  const laxer = param.stricter === 'up' ? said < param.value : said > param.value
  return laxer ? param.value : said
}

/**
 * Lays changes over a version, oldest first. It never becomes laxer than it was shipped, whatever is laid over it, so that
 * an older change does not loosen a later version that asks more.
 */
export function layOver(version: RuleVersion, changes: readonly LocalChange[]): Laid {
  const values: Record<string, ParamValue | undefined> = {}
  for (const [name, param] of Object.entries(version.params)) values[name] = param.value
  for (const { params } of changes) {
    for (const [name, said] of Object.entries(params ?? {})) {
      const param = version.params[name]
      if (param !== undefined) values[name] = stricter(param, said)
    }
  }
  const base: Rhythm = { every: everyOf(version), count: countOf(version, values) }
  const rhythm = changes.reduce((now: Rhythm, change) => {
    const asked = [
      { every: change.every ?? now.every, count: change.count ?? now.count },
      { every: change.every ?? base.every, count: change.count ?? base.count },
    ]
    return asked.find((one) => isAsStrict(one, base)) ?? now
  }, base)
  return { values, rhythm }
}

/** Whether a version or a later one holds on some day from `day` on. */
function holdsFrom(version: RuleVersion, day: string): boolean {
  return (version.to ?? '9999-12-31') >= day
}

/** Everything that makes a change laxer than the shipped rule, or that the rule cannot take; empty where nothing is wrong. */
export function strictnessProblems(rule: Rule, change: LocalChange): StrictnessProblem[] {
  const versions = rule.versions.filter((version) => holdsFrom(version, change.from))
  const problem = (
    code: ProblemCode,
    field: string,
    base: string | number | null = null,
    said: string | number | null = null,
  ): StrictnessProblem => ({ code, rule: rule.id, field, base, said })
  if (versions.length === 0) return [problem('not-in-force', 'from', null, change.from)]
  const { every, count, params } = change
  if (every === undefined && count === undefined && Object.keys(params ?? {}).length === 0) {
    return [problem('nothing-said', 'rule')]
  }
  const found = versions.flatMap((version) => [
    ...rhythmProblems(version, change, problem),
    ...paramProblems(version, change, problem),
    ...noticeProblems(version, change, problem),
  ])
  const unknown = Object.keys(params ?? {}).filter((name) => versions.every((version) => !version.params[name]))
  found.push(...unknown.map((name) => problem('unknown-param', name)))
  const seen = new Set<string>()
  return found.filter((one) => {
    const key = `${one.code} ${one.field}`
    return seen.has(key) ? false : seen.add(key)
  })
}

type Say = (
  code: ProblemCode,
  field: string,
  base?: string | number | null,
  said?: string | number | null,
) => StrictnessProblem

function rhythmProblems(version: RuleVersion, { every, count }: LocalChange, say: Say): StrictnessProblem[] {
  const { values } = layOver(version, [])
  const base: Rhythm = { every: everyOf(version), count: countOf(version, values) }
  const found: StrictnessProblem[] = []
  if (every !== undefined && base.every === null) found.push(say('no-calendar-window', 'every', null, every))
  if (every !== undefined && base.every !== null && MONTHS[every] > MONTHS[base.every]) {
    found.push(say('longer-window', 'every', base.every, every))
  }
  if (count !== undefined && base.count === null) found.push(say('no-count', 'count', null, count))
  if (found.length > 0 || count === undefined) return found
  const strict = isAsStrict({ every: every ?? base.every, count }, base)
  return strict ? [] : [say('smaller-count', 'count', base.count, count)]
}

function paramProblems(version: RuleVersion, { params }: LocalChange, say: Say): StrictnessProblem[] {
  return Object.entries(params ?? {}).flatMap(([name, said]) => {
    const param = version.params[name]
    if (param === undefined) return []
    const base = param.value ?? null
    if (typeof said !== (param.type === 'day' ? 'string' : 'number')) return say('param-type', name, base, said)
    if (typeof said === 'number') {
      if (!Number.isInteger(said) && countsWhole(version, name)) return say('param-whole', name, base, said)
      const low = param.min ?? Number.NEGATIVE_INFINITY
      const high = param.max ?? Number.POSITIVE_INFINITY
      if (said < low || said > high || said <= 0) return say('param-range', name, said < low ? low : high, said)
    }
    return stricter(param, said) === said ? [] : say('param-laxer', name, base, said)
  })
}

/** Whether a parameter stands where only whole numbers may: as a number of records, days, months or years. */
function countsWhole({ window, need }: RuleVersion, name: string): boolean {
  const written = `$${name}`
  const amounts = (measure: Measure): unknown =>
    'count' in measure ? measure : { of: measure.of, amount_for: measure.amount_for?.map(({ posts }) => posts) }
  const holds = (value: unknown): boolean =>
    value === written || (typeof value === 'object' && value !== null && Object.values(value).some(holds))
  return holds(window) || need.map(amounts).some(holds)
}

/** A window belongs to the version in force on its first day, so dates of a notice must not begin before the change does. */
function noticeProblems(version: RuleVersion, { params, from: stands }: LocalChange, say: Say): StrictnessProblem[] {
  if (!('notice' in version.window)) return []
  const [from, to] = version.window.notice.map((name) => params?.[name.slice(1)])
  const [first, last] = version.window.notice.map((name) => name.slice(1))
  if (typeof from === 'string' && from < stands) return [say('days-before-change', first!, stands, from)]
  if (typeof from === 'string' && typeof to === 'string' && to < from) return [say('days-reversed', last!, from, to)]
  return []
}

/** What a bureau's pack changes in the shipped rules, place by place, beside what stands there on the day of the change. */
export function differences(rules: readonly Rule[], pack: LocalPack): Difference[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const changed = pack.changes.flatMap((change) => {
    const rule = byId.get(change.rule)
    return rule === undefined ? [] : differencesOf(rule, change)
  })
  const own = pack.rules.map((rule): Difference => {
    const [first] = rule.versions
    return {
      rule: rule.id,
      from: first!.from,
      what: 'own-rule',
      param: null,
      base: null,
      local: null,
      source: pack.title,
    }
  })
  return [...changed, ...own]
}

function differencesOf(rule: Rule, { from, source, every, count, params }: LocalChange): Difference[] {
  const held = rule.versions
    .filter((version) => holdsFrom(version, from))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const version = held[0]
  if (version === undefined) return []
  const { values, rhythm } = layOver(version, [])
  const line = { rule: rule.id, from, source, param: null }
  const found: Difference[] = []
  if (every !== undefined) found.push({ ...line, what: 'every', base: rhythm.every, local: every })
  if (count !== undefined) found.push({ ...line, what: 'count', base: rhythm.count, local: count })
  for (const [param, local] of Object.entries(params ?? {})) {
    found.push({ ...line, what: 'param', param, base: values[param] ?? null, local })
  }
  return found.filter(({ base, local }) => base !== local)
}
