import type { World } from '../../core/rules/world.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import { wroteSince } from '../../platform/journal/written.ts'
import { talkPairRecord, talkRecord } from '../talks/talk.facts.ts'
import { BESIDE_TYPES, besideSize, besideStanding } from './beside.ts'
import { Bounded, forEach } from './bounded.ts'
import { ACTIVITY_TYPES, changesSince, touches } from './changes.ts'
import { GROUND_TYPES, type Ground, type Head, headNow, keptHistory, seenToStand } from './ground.ts'
import { activitiesSize, activitiesStanding, keptActivities } from './kept-records.ts'
import type { Asked, Owed } from './owed.ts'
import type { Place, Reach } from './world.ts'

/*
 * What is owed on a day follows from the journal up to a size, and from nothing else. So what was answered about some subjects is kept
 * with the size at which it was asked, and is the answer while nothing was written on which it rests: activities rest on those whom
 * they concern. Of a whole bureau that would be too much to hold: of it the worlds are kept in which it was judged, as long as its
 * ground and grouped records are, and any part is judged in them.
 */

interface Kept {
  readonly size: number
  readonly owed: readonly Owed[]
  readonly reach: Reach | null
}

/** How many obligations are kept in all; an answer with none counts as some, for its key. */
export const KEPT_OWED_MAX = 20_000
const ANSWER_WEIGHT = 10

const answersOf = forEach<Catalogues, Bounded<string, Kept>>(() => new Bounded(KEPT_OWED_MAX))

/** Under what an answer is kept; null where it is not: of the whole bureau, and as known earlier. */
function keyOf({ org }: Place, { on, span, size, rules, units, subjects, outcomes }: Asked): string | null {
  if ((size ?? null) !== null || (units === undefined && subjects === undefined)) return null
  return JSON.stringify([org.orgId, org.goLiveOn, on, span, rules, units, subjects, outcomes])
}

/** What a question is judged in. */
export interface Judging {
  readonly ground: Ground
  readonly worlds: readonly World[]
}

interface Worlds extends Judging {
  readonly size: number
}

/** By organisation and grouped records as they are kept of a bureau: when either is let go, so are the worlds around it. */
const worldsKept = new WeakMap<object, WeakMap<object, Map<string, Worlds>>>()

/** How many spans and days are kept of one bureau: the year, and the days up to today. */
const WORLDS_MAX = 3

const worldKeyOf = ({ org }: Place, { on, span }: Asked) => JSON.stringify([org.goLiveOn, on, span])

function worldsOf(place: Place, asked: Asked): Worlds | undefined {
  const [history, records] = [keptHistory(place), keptActivities(place)]
  if (history === null || records === undefined || (asked.size ?? null) !== null) return undefined
  return worldsKept.get(history)?.get(records.standing)?.get(worldKeyOf(place, asked))
}

function keepWorlds(place: Place, asked: Asked, size: number, judging: Judging): void {
  const { worlds } = judging
  const { rules, units, subjects } = asked
  const [history, records] = [keptHistory(place), keptActivities(place)]
  if (history === null || records === undefined) return
  if (rules !== undefined || units !== undefined || subjects !== undefined) return
  // They are those that are kept only where nobody read the bureau anew meanwhile.
  if (worlds.some((world) => world.history !== history)) return
  if (!worlds.some((world) => world.records?.gathered?.standing === records.standing)) return
  const byRecords = worldsKept.get(history) ?? new WeakMap<object, Map<string, Worlds>>()
  worldsKept.set(history, byRecords)
  const byKey = byRecords.get(records.standing) ?? new Map<string, Worlds>()
  byRecords.set(records.standing, byKey)
  const key = worldKeyOf(place, asked)
  byKey.delete(key)
  byKey.set(key, { size, ...judging })
  if (byKey.size > WORLDS_MAX) byKey.delete(byKey.keys().next().value!)
}

/** How a question is judged, and how it is read where nothing that is kept answers it. */
export interface Work {
  judge(judging: Judging): Owed[]
  /** Whose activities change the answer; null: anybody's. */
  reachOf(ground: Ground): Reach | null
  /** Is given the head if it was asked for, else from which sizes on; says how far the journal was before anything was read. */
  read(known: Head | null, sizes: readonly (number | undefined)[]): Promise<Judging & { readonly head: Head | null }>
}

/** Everything beside activities on which an answer rests. */
const OTHER_TYPES: ReadonlySet<string> = new Set([
  ...GROUND_TYPES,
  ...BESIDE_TYPES,
  talkRecord.type,
  talkPairRecord.type,
])

/** Types of the records on which answers rest: those on which the answer about a whole bureau does. */
export const ALL_TYPES: ReadonlySet<string> = new Set([...OTHER_TYPES, ...ACTIVITY_TYPES])

/** Claims that nothing was written since on which an answer rests. What else is kept is brought up with it. */
async function stands(place: Place, { size, reach }: Kept, head: Head): Promise<boolean> {
  if (head.size === size) return true
  if (reach === null || wroteSince(head, size, OTHER_TYPES) !== false) return false
  seenToStand(place, head)
  besideStanding(place, head)
  if (wroteSince(head, size, ACTIVITY_TYPES) === false) return true
  const since = Math.max(head.since, Math.min(size, activitiesSize(place) ?? size))
  const changes = await changesSince(place, head, since)
  await activitiesStanding(place, head)
  return !touches(changes, reach)
}

/**
 * Answers from what is kept where nothing was written since on which it rests. Who sees but a part of the bureau neither gets
 * anything that is kept nor leaves it.
 */
export async function answered(place: Place, asked: Asked, { judge, reachOf, read }: Work): Promise<Owed[]> {
  const key = keyOf(place, asked)
  const answers = answersOf(place.catalogues)
  const before = key === null ? undefined : answers.get(key)
  const whole = worldsOf(place, asked)
  const sizes = [before?.size, activitiesSize(place), besideSize(place)]
  const known = before === undefined && whole === undefined ? null : await headNow(place, sizes)
  const keep = (size: number, owed: Owed[], reach: Reach | null): Owed[] => {
    if (key !== null) answers.put(key, { size, owed: owed.slice(), reach }, owed.length + ANSWER_WEIGHT)
    return owed
  }
  if (known?.wide && known.size !== null) {
    const asWhole = whole !== undefined && wroteSince(known, whole.size, ALL_TYPES) === false
    if (asWhole && before?.size !== known.size) return keep(known.size, judge(whole), reachOf(whole.ground))
    if (before !== undefined && (await stands(place, before, known)))
      return keep(known.size, before.owed.slice(), before.reach)
  }
  const { head, ...judging } = await read(known, sizes)
  const owed = judge(judging)
  if (!head?.wide || head.size === null) return owed
  keepWorlds(place, asked, head.size, judging)
  return keep(head.size, owed, reachOf(judging.ground))
}
