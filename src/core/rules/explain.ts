import { type Judged, judgedIn } from './engine.ts'
import { type Organisation, organisationOf } from './history.ts'
import { decisive, type Scene } from './judge.ts'
import { isUnknown } from './match.ts'
import { nearBeside } from './near.ts'
import type { Explained, Near } from './obligation.ts'
import { byDay, recordsOf } from './records.ts'
import { traceOf } from './trace.ts'
import type { World } from './world.ts'

/** What would decide an undetermined outcome; each is worded under `obligation-missing/` in the catalogue. */
export const missingFacts = [
  'person-class',
  'calendar-year',
  'before-go-live',
  'record-detail',
  'facts-elsewhere',
] as const
export type MissingFact = (typeof missingFacts)[number]

const MISSING: Partial<Record<Judged['because'], MissingFact>> = {
  'undetermined-class': 'person-class',
  'undetermined-calendar': 'calendar-year',
  'undetermined-go-live': 'before-go-live',
  'undetermined-record': 'record-detail',
  'undetermined-silence': 'facts-elsewhere',
}

/** The parts of an obligation's id: rule, subject and first day of the window; null where it is none. */
export function parseObligationId(id: string): { rule: string; subject: string; windowFrom: string } | null {
  const parts = /^([^/]+)\/(.+)\/(\d{4}-\d\d-\d\d)$/.exec(id)
  return parts === null ? null : { rule: parts[1]!, subject: parts[2]!, windowFrom: parts[3]! }
}

/**
 * An obligation with what met it, what nearly did and why not, what nobody knows, and the whole reasoning; null where
 * nothing of that id is owed.
 */
export function explain(world: World, obligationId: string, on: string): Explained | null {
  const parts = parseObligationId(obligationId)
  if (parts === null) return null
  const { rule, subject, windowFrom } = parts
  const span = { from: windowFrom, to: windowFrom }
  const judged = judgedIn(world, span, on, { rules: [rule], subjects: [subject] }).find(
    ({ obligation }) => obligation.id === obligationId,
  )
  return judged === undefined ? null : explained(world, judged, on)
}

function explained(world: World, judged: Judged, on: string): Explained {
  const organisation = organisationOf(world.history)
  const near = nearOf(world, organisation, judged, on)
  const missing = MISSING[judged.because]
  const { goLiveOn } = world.history
  return {
    ...judged.obligation,
    metBy: decisive(judged.tallies).metBy,
    near,
    unstated: missing === 'record-detail' ? unstatedIn(judged) : [],
    missing: missing === undefined ? [] : [missing],
    trace: traceOf(organisation, judged, near, { on, goLiveOn }),
  }
}

/** What is not stated and might be enough, each record and field once. */
function unstatedIn({ tallies }: Judged): Near[] {
  const found = new Map<string, Near>()
  for (const { couldTip, near } of tallies)
    for (const one of near) if (couldTip && one.field !== undefined) found.set(`${one.id} ${one.field}`, one)
  return [...found.values()].sort(byDay)
}

/** Each record that nearly counts once; none beside what already counts by another measure. */
function nearOf(
  world: World,
  organisation: Organisation,
  { rule, window, covered, tallies }: Judged,
  on: string,
): Near[] {
  const scene: Scene = { organisation, records: recordsOf(world.facts), rule: rule.id, window, covered, on }
  const counted = new Set(tallies.flatMap(({ metBy }) => metBy.map(({ id }) => id)))
  const enough = tallies.some(({ metOn }) => metOn !== null)
  const all = tallies.flatMap((tally) => (enough ? tally.near : [...tally.near, ...nearBeside(scene, tally)]))
  const found = new Map<string, Near>()
  for (const one of all) {
    const known = found.get(one.id)
    if (!counted.has(one.id) && (known === undefined || (isUnknown(one.why) && !isUnknown(known.why))))
      found.set(one.id, one)
  }
  return [...found.values()].sort(byDay)
}
