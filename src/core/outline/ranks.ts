/** A sign that may begin an item: its family, how far out the family usually stands, and its number (0: headings without numbers). */
export type Candidate = {
  start: number
  end: number
  family: string
  rank: number
  number: number
  lineStart: boolean
}

/**
 * Ranks by what the whole text shows: where a list goes on with its numbers behind lists of another sign that begin anew each
 * time, the first contains the other, whatever the usual order of their signs is.
 */
export function ranked(text: string, found: readonly Candidate[]): Candidate[] {
  const candidates = parted(text, found)
  const lined = candidates.filter((candidate) => candidate.lineStart && candidate.number > 0)
  const families = [...new Set(lined.map((candidate) => candidate.family))]
  const ranks = new Map(lined.map(({ family, rank }) => [family, rank]))
  const pairs = families.flatMap((outer) =>
    families
      .filter((inner) => inner !== outer && contains(lined, outer, inner))
      .map((inner) => [outer, inner] as const),
  )
  for (let round = 0; round < families.length; round++)
    for (const [outer, inner] of pairs)
      if (ranks.get(outer)! >= ranks.get(inner)!) ranks.set(outer, ranks.get(inner)! - 0.05)
  return candidates.map((candidate) => ({ ...candidate, rank: ranks.get(candidate.family) ?? candidate.rank }))
}

/** One sign written in two ways (1. and 1、) is two where each way has lists of its own. */
function parted(text: string, found: readonly Candidate[]): Candidate[] {
  const shape = ({ start, end }: Candidate) => text.slice(start, end).replace(/[0-9一二三四五六七八九十 ]/g, '')
  const whole = new Map<string, Map<string, boolean>>()
  for (const candidate of found) {
    if (!candidate.lineStart || candidate.rank > 6) continue
    const shapes = whole.get(candidate.family) ?? new Map<string, boolean>()
    whole.set(
      candidate.family,
      shapes.set(shape(candidate), shapes.get(shape(candidate)) === true || candidate.number === 1),
    )
  }
  const apart = new Set(
    [...whole]
      .filter(([, shapes]) => shapes.size > 1 && ![...shapes.values()].includes(false))
      .map(([family]) => family),
  )
  return found.map((one) => (apart.has(one.family) ? { ...one, family: `${one.family} ${shape(one)}` } : one))
}

/** Whether lists of one sign begin anew under items of another whose numbers go on behind them, and never go on across them themselves. */
function contains(lined: readonly Candidate[], outer: string, inner: string): boolean {
  let [number, between, restarts, goesOn, against] = [0, false, 0, 0, 0]
  let [last, innerLast] = ['', 0]
  for (const candidate of lined) {
    if (candidate.family === outer) {
      if (between && candidate.number === number + 1) goesOn++
      number = candidate.number
      between = false
      last = outer
    } else if (candidate.family === inner) {
      if (last === outer) {
        if (candidate.number === 1) restarts++
        else if (candidate.number === innerLast + 1) against++
      }
      innerLast = candidate.number
      between = number > 0
      last = inner
    }
  }
  return restarts >= 1 && goesOn >= 1 && against === 0
}
