/** A sign that may begin an item: its family, how far out the family usually stands, and its number (0: headings without numbers). */
export type Candidate = {
  start: number
  end: number
  family: string
  /** The sign without its number. */
  shape?: string
  rank: number
  number: number
  lineStart: boolean
  /** It stands right behind the words of another title. */
  glued?: boolean
  /** Its usual rank says little: where it first stands decides. */
  free?: boolean
}

/**
 * Ranks by what the whole text shows: where a list goes on with its numbers behind lists of another sign that begin anew each
 * time, the first contains the other, whatever the usual order of their signs is. `length` is that of the text.
 */
export function ranked(found: readonly Candidate[], length: number): Candidate[] {
  const candidates = parted(found)
  const lined = candidates.filter((candidate) => candidate.lineStart && !candidate.family.startsWith('sentence'))
  const families = [...new Set(lined.map((candidate) => candidate.family))]
  const ranks = new Map(lined.map(({ family, rank }) => [family, rank]))
  for (const family of families) if (lined.find((one) => one.family === family)!.free) place(lined, family, ranks)
  const pairs = families.flatMap((outer) =>
    families
      // Which lines stand over others is told by what stands between them.
      .filter((inner) => inner !== outer && !(outer.startsWith('line') && inner.startsWith('line')))
      .filter((inner) => contains(lined, outer, inner) || outlasts(lined, outer, inner, length))
      .map((inner) => [outer, inner] as const),
  )
  // Where each of two seems to contain the other, the one that comes first does.
  const told = pairs.filter(
    ([outer, inner]) =>
      families.indexOf(outer) < families.indexOf(inner) || !pairs.some(([a, b]) => a === inner && b === outer),
  )
  for (let round = 0; round < families.length; round++)
    for (const [outer, inner] of told)
      if (ranks.get(outer)! >= ranks.get(inner)!) ranks.set(outer, ranks.get(inner)! - 0.05)
  return candidates.map((candidate) => ({ ...candidate, rank: ranks.get(candidate.family) ?? candidate.rank }))
}

/** A sign whose rank says little stands outside what first comes between its items, and inside what came before it. */
function place(lined: readonly Candidate[], family: string, ranks: Map<string, number>): void {
  const first = lined.findIndex((one) => one.family === family)
  const before = lined.slice(0, first).map((one) => one.family)
  const next = lined[first + 1]?.family
  const above = lined[first - 1]?.family
  const rank = ranks.get(family)!
  if (next !== undefined && next !== family && !before.includes(next)) {
    if (rank >= ranks.get(next)!) ranks.set(family, ranks.get(next)! - 0.05)
  } else if (above !== undefined && rank <= ranks.get(above)!) ranks.set(family, ranks.get(above)! + 0.05)
}

/** One sign written in two ways (1. and 1、) is two where each way has lists of its own. */
function parted(found: readonly Candidate[]): Candidate[] {
  const whole = new Map<string, Map<string, boolean>>()
  for (const candidate of found) {
    if (!candidate.lineStart || candidate.rank > 6) continue
    const shape = candidate.shape ?? ''
    const shapes = whole.get(candidate.family) ?? new Map<string, boolean>()
    whole.set(candidate.family, shapes.set(shape, shapes.get(shape) === true || candidate.number === 1))
  }
  const apart = new Set(
    [...whole]
      .filter(([, shapes]) => shapes.size > 1 && ![...shapes.values()].includes(false))
      .map(([family]) => family),
  )
  return found.map((one) => (apart.has(one.family) ? { ...one, family: `${one.family} ${one.shape}` } : one))
}

/**
 * Whether lists of one sign stand in the items of another: the other's numbers go on behind them, while they begin anew or, where the
 * other came first, go on themselves. Bullets and lines have no numbers: any two go on, and two in one item are a list.
 */
function contains(lined: readonly Candidate[], outer: string, inner: string): boolean {
  let number = -1
  let between = false
  let restarts = 0
  let goesOn = 0
  let against = 0
  let runs = 0
  let last = ''
  let innerLast = 0
  const highest = Math.min(rankOf(lined, outer), rankOf(lined, inner))
  for (let at = 0; at < lined.length; at++) {
    const candidate = lined[at]!
    // A sign that stands over both begins something else: what stood in one of its items says nothing of the next.
    if (candidate.rank < highest && !candidate.free && candidate.number > 1) {
      number = -1
      between = false
      last = ''
      innerLast = 0
    } else if (candidate.family === outer) {
      if (between && (candidate.number === 0 || candidate.number === number + 1 || isLast(candidate))) goesOn++
      number = candidate.number
      between = false
      last = outer
    } else if (candidate.family === inner) {
      if (last === inner && number >= 0) runs++
      if (last === outer && candidate.number === 1) restarts++
      else if (last === outer && candidate.number > 1 && candidate.number === innerLast + 1) against++
      innerLast = candidate.number
      between = number >= 0
      last = inner
    }
  }
  const first = lined.find(({ family }) => family === outer || family === inner)?.family
  const anew = innerLast === 0 ? runs >= 1 : restarts >= 1 && against === 0
  // A line beside numbers has text of its own; those that stand over them are told when they are found.
  const over = first === outer && !outer.startsWith('line')
  return goesOn >= 1 && (anew || (over && innerLast > 0 && runs >= 2 && runs > goesOn))
}

function rankOf(lined: readonly Candidate[], family: string): number {
  return lined.find((one) => one.family === family)!.rank
}

/** 最后 goes on with a list of any length. */
function isLast({ family, number }: Candidate): boolean {
  return family === 'word' && number === 4
}

/** The sign with which a text begins contains one whose only list stands at its end, when that is the shorter part. */
function outlasts(lined: readonly Candidate[], outer: string, inner: string, length: number): boolean {
  const first = lined[0]!
  const { start, number } = lined.find(({ family }) => family === inner)!
  const own = lined.filter(({ family }) => family === outer)
  return (
    first.family === outer &&
    number === 1 &&
    own.length >= 2 &&
    own.at(-1)!.start < start &&
    length - start < start - first.start
  )
}
