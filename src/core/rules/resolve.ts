import { addDays, OPEN_END } from '../calendar/days.ts'
import { FESTIVAL } from './match.ts'
import type { LocalChange, Rule, RuleVersion } from './rule.ts'
import { type Laid, layOver } from './strictness.ts'
import type { ActiveRule, RuleInForce, SetMeasure, SetWindow } from './world.ts'

/** A named person's word that source and article of a rule were seen; a dormant rule is asked from `from` on, or throughout. */
export interface Confirmation {
  readonly rule: string
  readonly source?: string | null | undefined
  readonly article?: string | null | undefined
  readonly from?: string | undefined
}

/** What a bureau said about the rules: what it confirmed, and what it lays over them, oldest first. */
export interface RuleSettings {
  readonly confirmed: readonly Confirmation[]
  readonly changes: readonly LocalChange[]
}

/**
 * The rules that owe something in a bureau, shipped and own: `hard` and `expected` ones, and dormant ones that a named
 * person confirmed, which then are expected. Every change stands from its day on as a version of its own, so no two
 * versions apply on one day; a version of which a parameter is set nowhere is left out, and a rule without versions too.
 */
export function rulesInForce(rules: readonly Rule[], settings: RuleSettings): ActiveRule[] {
  const changes = settings.changes.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
  return rules.flatMap((rule) => {
    const confirmed = settings.confirmed.find((one) => one.rule === rule.id)
    if (rule.standing === 'documentation' || (rule.standing === 'dormant' && confirmed === undefined)) return []
    const asked = rule.standing === 'dormant' ? (confirmed?.from ?? '') : ''
    const ofRule = changes.filter((change) => change.rule === rule.id)
    const versions = rule.versions
      .toSorted((a, b) => (a.from < b.from ? -1 : 1))
      .flatMap((version) => segmentsOf(version, ofRule))
      .flatMap((version) => begunFrom(version, asked))
      .map((version) => ({ ...version, article: version.article ?? confirmed?.article ?? null }))
    return versions.length === 0 ? [] : [activeRule(rule, confirmed, versions)]
  })
}

function activeRule(rule: Rule, confirmed: Confirmation | undefined, versions: readonly RuleInForce[]): ActiveRule {
  const { id, words, strictness, standing, confidence, visibility } = rule
  const seen = confirmed?.source ?? null
  return {
    id,
    words,
    strictness,
    expected: standing !== 'hard' || strictness === 'ordinarily',
    unconfirmed: strictness !== 'local' && confidence !== 'high' && confirmed === undefined,
    visibility,
    source: seen !== null ? { zh: seen, en: seen } : (rule.source ?? words),
    versions,
  }
}

function begunFrom(version: RuleInForce, day: string): RuleInForce[] {
  if (version.to < day) return []
  return [version.from < day ? { ...version, from: day } : version]
}

/** A version cut at the days from which changes stand; each part with all changes that stand on its first day. */
function segmentsOf(version: RuleVersion, changes: readonly LocalChange[]): RuleInForce[] {
  const end = version.to ?? OPEN_END
  const cuts = changes.map(({ from }) => from).filter((from) => from > version.from && from <= end)
  const starts = [version.from, ...new Set(cuts)]
  return starts.flatMap((from, i) => {
    const next = starts[i + 1]
    const laid = changes.filter((change) => change.from <= from)
    const set = setVersion(version, layOver(version, laid))
    if (set === null) return []
    return { ...set, from, to: next === undefined ? end : addDays(next, -1), localSource: laid.at(-1)?.source ?? null }
  })
}

type Set = Omit<RuleInForce, 'from' | 'to' | 'localSource'>

/** A version with numbers and days in the place of parameters; null where one of them is not set. */
function setVersion(version: RuleVersion, { values, rhythm }: Laid): Set | null {
  const window = filled(version.window, values)
  const need = filled(version.need, values)
  if (window === UNSET || need === UNSET) return null
  const every = rhythm.every !== null && typeof window === 'object' ? { every: rhythm.every } : window
  const measures = (need as SetMeasure[]).map((measure) =>
    'count' in measure && rhythm.count !== null ? { ...measure, count: rhythm.count } : measure,
  )
  return {
    article: version.article,
    says: version.says,
    who: version.who,
    window: every as SetWindow,
    need: measures,
    partial: version.partial,
    silence: version.silence,
    ordinarilyIn: version.ordinarily_in ?? null,
    readings: version.readings,
  }
}

const UNSET = Symbol('a parameter is not set')

/** A copy of a part of a rule in which `$name` stands as the parameter's value; the festival of a window stays as it is. */
function filled(part: unknown, values: Laid['values']): unknown {
  if (typeof part === 'string') {
    return part.startsWith('$') && part !== FESTIVAL ? (values[part.slice(1)] ?? UNSET) : part
  }
  if (typeof part !== 'object' || part === null) return part
  const entries = Object.entries(part).map(([key, inner]) => [key, filled(inner, values)] as const)
  if (entries.some(([, inner]) => inner === UNSET)) return UNSET
  return Array.isArray(part) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
}
