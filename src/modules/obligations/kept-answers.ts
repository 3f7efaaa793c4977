import type { World } from '../../core/rules/world.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import { type Ground, type Head, headNow, keptHistory } from './ground.ts'
import { keptActivities } from './kept-records.ts'
import type { Asked, Owed } from './owed.ts'
import type { Place } from './world.ts'

/*
 * What is owed on a day follows from the journal up to a size, and from nothing else. So what was answered about some subjects is kept
 * with the size at which it was asked, and is the answer while the journal is no larger. Of a whole bureau that would be too much to
 * hold: of it the worlds are kept in which it was judged, as long as its ground and grouped records are, and any part is judged in them.
 */

interface Kept {
  readonly size: number
  readonly owed: readonly Owed[]
}

/** How many obligations are kept in all; an answer with none counts as some, for its key. */
export const KEPT_OWED_MAX = 20_000
const ANSWER_WEIGHT = 10

class Answers {
  private readonly byKey = new Map<string, Kept>()
  private weight = 0

  get(key: string): Kept | undefined {
    return this.byKey.get(key)
  }

  /** The one asked longest ago comes first, and goes first. */
  put(key: string, answer: Kept): void {
    this.drop(key)
    this.byKey.set(key, answer)
    this.weight += answer.owed.length + ANSWER_WEIGHT
    for (const oldest of this.byKey.keys()) {
      if (this.weight <= KEPT_OWED_MAX) return
      this.drop(oldest)
    }
  }

  private drop(key: string): void {
    const known = this.byKey.get(key)
    if (known === undefined) return
    this.byKey.delete(key)
    this.weight -= known.owed.length + ANSWER_WEIGHT
  }
}

const kept = new WeakMap<Catalogues, Answers>()

function answersOf({ catalogues }: Place): Answers {
  const answers = kept.get(catalogues) ?? new Answers()
  kept.set(catalogues, answers)
  return answers
}

/** Under what an answer is kept; null where it is not: of the whole bureau, and as known earlier. */
function keyOf({ org }: Place, { on, span, size, rules, units, subjects, outcomes }: Asked): string | null {
  if ((size ?? null) !== null || (units === undefined && subjects === undefined)) return null
  return JSON.stringify([org.orgId, org.goLiveOn, on, span, rules, units, subjects, outcomes])
}

/** What a question rests on that was read for the whole bureau. */
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

function keepWorlds(place: Place, asked: Asked, size: number, { ground, worlds }: Judging): void {
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
  byKey.set(key, { size, ground, worlds })
  if (byKey.size > WORLDS_MAX) byKey.delete(byKey.keys().next().value!)
}

/** How a question is judged, and how it is read where nothing that is kept answers it. */
export interface Work {
  judge(judging: Judging): Owed[]
  /** Is given the head if it was asked for, and says how far the journal was before anything was read. */
  read(known: Head | null): Promise<Judging & { readonly head: Head | null }>
}

/**
 * Answers from what is kept where nothing was written since. Who sees but a part of the bureau neither gets anything that is kept
 * nor leaves it.
 */
export async function answered(place: Place, asked: Asked, { judge, read }: Work): Promise<Owed[]> {
  const key = keyOf(place, asked)
  const before = key === null ? undefined : answersOf(place).get(key)
  const whole = worldsOf(place, asked)
  const known = before === undefined && whole === undefined ? null : await headNow(place)
  const keep = (size: number, owed: Owed[]): Owed[] => {
    if (key !== null) answersOf(place).put(key, { size, owed: owed.slice() })
    return owed
  }
  if (known?.wide && known.size !== null) {
    if (before?.size === known.size) return keep(known.size, before.owed.slice())
    if (whole?.size === known.size) return keep(known.size, judge(whole))
  }
  const { head, ...judging } = await read(known)
  const owed = judge(judging)
  if (!head?.wide || head.size === null) return owed
  keepWorlds(place, asked, head.size, judging)
  return keep(head.size, owed)
}
