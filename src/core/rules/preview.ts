import { addDays } from '../calendar/days.ts'
import { type Judged, judgedIn } from './engine.ts'
import { type Organisation, organisationOf, unitsAbove } from './history.ts'
import type { Scene } from './judge.ts'
import { matchFact } from './match.ts'
import { nearBeside } from './near.ts'
import type { ActivityFact, Fact, Obligation, Outcome, Span, Why } from './obligation.ts'
import { recordsOf, standingTo } from './records.ts'
import type { FactPattern } from './rule.ts'
import { hangsOnEvent } from './windows.ts'
import type { ActiveRule, World } from './world.ts'

/**
 * What an activity that is not saved yet is to one obligation: it counts for it, or it nearly does and `why` says what is
 * wrong. `obligation` is how it stands without the activity, `after` the outcome with it.
 */
export interface Meeting {
  readonly obligation: Obligation
  readonly counts: boolean
  readonly why: Why | null
  readonly after: Outcome
}

/** For how many days windows that began with an event are looked back to. */
const EVENTS_BACK_DAYS = 3660

/**
 * The obligations, not met yet, that an unsaved activity would meet, help to meet, or nearly meet; those for which it counts
 * first. A record of the same id in the world is taken out, so that a correction is judged in its place. Asked on a day
 * before the activity, it is judged on the day of the activity.
 */
export function meetsWith(world: World, draft: ActivityFact, on: string): Meeting[] {
  const day = on < draft.on ? draft.on : on
  const rules = world.rules.filter((rule) => asksFor(rule, draft))
  const without: World = { ...world, facts: readBy(rules, world.facts).filter(({ id }) => id !== draft.id) }
  const found: { judged: Judged; why: Why | null; span: Span }[] = []
  for (const rule of rules) {
    const span = spanOf(rule, draft.on)
    const subjects = concerned(organisationOf(world.history), rule, draft)
    const only = { rules: [rule.id], ...(subjects === null ? {} : { subjects }) }
    for (const judged of judgedIn(without, span, day, only)) {
      const stands = judged.obligation.outcome
      if (stands === 'met' || stands === 'late') continue
      const why = roleOf(without, judged, draft, day)
      if (why !== undefined) found.push({ judged, why, span })
    }
  }
  const after = outcomesWith({ ...without, facts: [...without.facts, draft] }, found, day)
  const meetings = found.map(({ judged: { obligation }, why }): Meeting => {
    return { obligation, counts: why === null, why, after: after.get(obligation.id) ?? obligation.outcome }
  })
  return meetings.sort((a, b) => Number(b.counts) - Number(a.counts))
}

function patternsOf(rule: ActiveRule): FactPattern[] {
  return rule.versions.flatMap(({ need }) => need.map(({ of }) => of))
}

/** Whether some version of a rule counts activities of a kind of the draft. */
function asksFor(rule: ActiveRule, draft: ActivityFact): boolean {
  return patternsOf(rule).some((of) => 'activity' in of && of.activity.some((kind) => draft.kinds.includes(kind)))
}

/** The facts that rules read, so that few are looked through while somebody types. */
function readBy(rules: readonly ActiveRule[], facts: readonly Fact[]): readonly Fact[] {
  const events = rules.flatMap(({ versions }) =>
    versions.flatMap(({ window }) => (hangsOnEvent(window) && 'activity' in window.after ? window.after.activity : [])),
  )
  const counted = rules.flatMap(patternsOf).flatMap((of) => ('activity' in of ? of.activity : []))
  const kinds = new Set([...events, ...counted])
  return facts.filter((fact) => fact.type !== 'activity' || fact.kinds.some((kind) => kinds.has(kind)))
}

/**
 * The subjects to which an activity may stand: its unit, those above and directly below, who was there or led, and their
 * posts; null where any subject may be meant.
 */
function concerned(organisation: Organisation, rule: ActiveRule, draft: ActivityFact): readonly string[] | null {
  const persons = rule.versions.some(({ who }) => 'person' in who)
  const anyone = patternsOf(rule).some(
    (of) => 'activity' in of && (of.by === 'bureau' || (persons && (of.by === 'own' || of.by === 'below'))),
  )
  if (anyone) return null
  const below = (organisation.below.get(draft.unitId) ?? []).map(({ unitId }) => unitId)
  const units = [...unitsAbove(organisation, draft.unitId, draft.on), ...below]
  const pids = [...draft.attended, ...(draft.hostPid === null ? [] : [draft.hostPid])]
  const held = pids.flatMap((pid) => organisation.holdingsOfPerson.get(pid) ?? [])
  const posts = [...held, ...units.flatMap((unitId) => organisation.holdingsOfUnit.get(unitId) ?? [])]
  return [...units, ...pids, ...posts.map(({ postId }) => postId)]
}

/** The days that windows must touch so that a record of a day may count for them, late ones included. */
function spanOf({ versions }: ActiveRule, day: string): Span {
  const windows = versions.map(({ window }) => window)
  const lead = Math.max(0, ...windows.map((window) => (hangsOnEvent(window) ? (window.lead_days ?? 0) : 0)))
  if (windows.some(hangsOnEvent)) return { from: addDays(day, -EVENTS_BACK_DAYS), to: addDays(day, lead) }
  const late = windows.some((window) => 'by' in window)
  return { from: late ? `${day.slice(0, 4)}-01-01` : day, to: day }
}

/** Null where the draft counts for an obligation, why not where it nearly does, undefined where it is nothing to it. */
function roleOf(
  world: World,
  { rule, window, covered, tallies }: Judged,
  draft: ActivityFact,
  on: string,
): Why | null | undefined {
  if (draft.on < window.countsFrom || draft.on > window.countsTo) return undefined
  const organisation = organisationOf(world.history)
  const scene: Scene = { organisation, records: recordsOf([draft]), rule: rule.id, window, covered, on }
  let nearly: Why | undefined
  for (const tally of tallies) {
    const { measure } = tally
    const [fact] = standingTo(organisation, scene.records, measure.of, covered, draft.on, draft.on)
    const match = fact && matchFact(organisation, measure, fact, covered, window)
    if (match?.as === 'match') return null
    nearly ??= match?.why ?? nearBeside(scene, tally)[0]?.why
  }
  return nearly
}

function outcomesWith(
  world: World,
  found: readonly { judged: Judged; why: Why | null; span: Span }[],
  on: string,
): ReadonlyMap<string, Outcome> {
  const spans = new Map(found.filter(({ why }) => why === null).map(({ judged, span }) => [judged.rule.id, span]))
  const subjects = [...new Set(found.map(({ judged }) => judged.covered.id))]
  const all = [...spans].flatMap(([rule, span]) => judgedIn(world, span, on, { rules: [rule], subjects }))
  return new Map(all.map(({ obligation }) => [obligation.id, obligation.outcome]))
}
