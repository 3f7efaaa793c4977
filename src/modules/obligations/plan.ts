import type { Calendar } from '../../core/calendar/calendar.ts'
import type { Span } from '../../core/rules/obligation.ts'
import type { FactPattern, Who } from '../../core/rules/rule.ts'
import { type DueWindow, hangsOnEvent, windowsOf } from '../../core/rules/windows.ts'
import type { ActiveRule, SetMeasure } from '../../core/rules/world.ts'

type Activity = Extract<FactPattern, { activity: unknown }>

/** How an alternative is counted in SQL: the first record, the n-th record, or a running sum. */
export type Mode = 'first' | 'nth' | 'sum'

/** Who may owe, once for all rules that speak of the same; `k` is its number. */
export interface WhoRow {
  readonly k: number
  readonly who: Who
}

/** A window of a rule as the statement reads it; `w` is its number. */
export interface WindowRow {
  readonly w: number
  readonly k: number
  readonly rule: ActiveRule
  readonly window: DueWindow
}

/** An alternative of a window: needed is a number of records or an amount. */
export interface AltRow {
  readonly w: number
  readonly a: number
  readonly mode: Mode
  readonly need: number
  readonly measure: SetMeasure
}

/** Which records of which month may count for an alternative: days `lo` to `hi`, and the values that `$festival` stands for. */
export interface SlotRow {
  readonly w: number
  readonly a: number
  readonly kind: string
  readonly month: number
  readonly lo: string
  readonly hi: string
}

/** Rules taken apart for one statement; `engineOnly` are those that no set of rows can say. */
export interface Plan {
  readonly whos: readonly WhoRow[]
  readonly windows: readonly WindowRow[]
  readonly alts: readonly AltRow[]
  readonly engineOnly: readonly ActiveRule[]
}

/** Claims that rows can say the whole rule: windows of the calendar, and patterns that name the subject directly. */
export function isSetBased(rule: ActiveRule): boolean {
  return rule.versions.every(
    (version) =>
      !hangsOnEvent(version.window) && version.need.every((measure) => measureIsSetBased(version.who, measure)),
  )
}

function measureIsSetBased(who: Who, measure: SetMeasure): boolean {
  // What the holder of a post holds besides is asked of each holder in turn.
  const byHolder = 'post' in who && 'sum' in measure && measure.amount_for !== undefined
  return !byHolder && patternIsSetBased(who, measure.of)
}

function patternIsSetBased(who: Who, pattern: FactPattern): boolean {
  if (!('activity' in pattern)) return !('list' in pattern && pattern.list === 'own' && !('unit' in who))
  // The unit of a post or person changes by the day; the engine follows it.
  if (pattern.by === 'own' || pattern.by === 'below') return 'unit' in who
  if (pattern.by === 'led' || pattern.by === 'attended') return !('unit' in who)
  return true
}

/** Kinds of unit and post among which subjects are looked for. */
export interface AtHand {
  readonly units: ReadonlySet<string>
  readonly posts: ReadonlySet<string>
}

/** Claims that some version of a rule may speak of somebody at hand. */
export function concerns(rule: ActiveRule, atHand: AtHand): boolean {
  return rule.versions.some(({ who }) => {
    if ('unit' in who) return who.unit.some((kind) => atHand.units.has(kind))
    return !('post' in who) || who.post.some((kind) => atHand.posts.has(kind))
  })
}

/** Takes rules apart over the windows that share a day with the span. */
export function planOf(rules: readonly ActiveRule[], span: Span, calendar: Calendar): Plan {
  const whos = new Map<string, WhoRow>()
  const windows: WindowRow[] = []
  const alts: AltRow[] = []
  const setBased = rules.filter(isSetBased)
  for (const rule of setBased) {
    for (const window of windowsOf(rule, span, calendar)) {
      const { who, need } = window.version
      const key = JSON.stringify(who)
      const row = whos.get(key) ?? { k: whos.size + 1, who }
      whos.set(key, row)
      const w = windows.length + 1
      windows.push({ w, k: row.k, rule, window })
      for (const [a, measure] of need.entries()) alts.push({ w, a, ...counting(measure) })
    }
  }
  const engineOnly = rules.filter((rule) => !isSetBased(rule))
  return { whos: [...whos.values()], windows, alts, engineOnly }
}

function counting(measure: SetMeasure): Pick<AltRow, 'mode' | 'need' | 'measure'> {
  if ('sum' in measure) return { mode: 'sum', need: measure.amount, measure }
  return { mode: measure.count === 1 ? 'first' : 'nth', need: measure.count, measure }
}

/** Months since year 0 of a day. */
const monthIndex = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

/** The months in which records may count for some alternatives, up to the day on which things are judged. */
export function slotsOf(plan: Plan, alts: readonly AltRow[], on: string): SlotRow[] {
  const windows = new Map(plan.windows.map((row) => [row.w, row.window]))
  return alts.flatMap(({ w, a, measure }) => {
    const { countsFrom: lo, countsTo } = windows.get(w)!
    const hi = countsTo < on ? countsTo : on
    if (lo > hi) return []
    const rows: SlotRow[] = []
    for (let month = monthIndex(lo); month <= monthIndex(hi); month++) {
      for (const kind of (measure.of as Activity).activity) rows.push({ w, a, kind, month, lo, hi })
    }
    return rows
  })
}
