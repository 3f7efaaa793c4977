import type { Catalogues } from '../../platform/action/catalogues.ts'
import { type Head, headNow } from './ground.ts'
import type { Asked, Owed } from './owed.ts'
import type { Place } from './world.ts'

/*
 * What is owed on a day follows from the journal up to a size, and from nothing else. So what was answered about some subjects is kept
 * with the size at which it was asked, and is the answer while the journal is no larger. Of a whole bureau it would be too much to hold.
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

/**
 * Answers from what is kept where nothing was written since, else by `work`, which is given the head if it was asked for and says
 * how far the journal was before it read anything. Who sees but a part of the bureau neither gets a kept answer nor leaves one.
 */
export async function answered(
  place: Place,
  asked: Asked,
  work: (known: Head | null) => Promise<{ readonly owed: Owed[]; readonly head: Head | null }>,
): Promise<Owed[]> {
  const key = keyOf(place, asked)
  const before = key === null ? undefined : answersOf(place).get(key)
  const known = before === undefined ? null : await headNow(place)
  if (before !== undefined && known?.wide && known.size === before.size) {
    answersOf(place).put(key!, before)
    return before.owed.slice()
  }
  const { owed, head } = await work(known)
  if (key !== null && head?.wide && head.size !== null)
    answersOf(place).put(key, { size: head.size, owed: owed.slice() })
  return owed
}
