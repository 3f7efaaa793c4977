/** How alike two titles are, from 0 to 1: shared pairs of neighbouring characters (Sørensen–Dice), marks and blanks aside. */
export function likeness(a: string, b: string): number {
  const [one, two] = [pairsOf(a), pairsOf(b)]
  if (one.size === 0 || two.size === 0) return bare(a) !== '' && bare(a) === bare(b) ? 1 : 0
  let shared = 0
  let all = 0
  for (const [pair, count] of one) {
    all += count
    shared += Math.min(count, two.get(pair) ?? 0)
  }
  for (const count of two.values()) all += count
  return (2 * shared) / all
}

function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/(?:19|20)\d{2}年?度?/g, '')
}

/** The pairs of a title, a repeated one told apart by its count, so that they are a set; a title of one character is its own. */
function tokensOf(text: string): string[] {
  const tokens = [...pairsOf(text)].flatMap(([pair, count]) => Array.from({ length: count }, (_, at) => `${pair}${at}`))
  const plain = bare(text)
  return tokens.length === 0 && plain !== '' ? [plain] : tokens
}

function pairsOf(text: string): Map<string, number> {
  const plain = bare(text)
  const pairs = new Map<string, number>()
  for (let index = 0; index + 1 < plain.length; index++) {
    const pair = plain.slice(index, index + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

/** A duty as far as the comparison of two years needs it. */
export interface Comparable {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly leadUnitId: string | null
}

/** Two titles are the same task from here on, when kinds agree; kinds that differ need nearly the same words. */
const ALIKE = 0.55
const NEARLY_SAME = 0.8

/**
 * Those of `now` and `before` that are alike enough to be one task, by how much, as `likeness` says it: counted along an
 * index of pairs, so that lists of thousands are compared in seconds.
 */
function* alikes(
  before: readonly Comparable[],
  now: readonly Comparable[],
): Generator<{ to: Comparable; from: Comparable; alike: number }> {
  const places = new Map<string, number[]>()
  const sizes = before.map(({ title }, at) => {
    const tokens = tokensOf(title)
    for (const token of tokens) {
      const place = places.get(token)
      if (place) place.push(at)
      else places.set(token, [at])
    }
    return tokens.length
  })
  const shared = new Uint16Array(before.length)
  for (const to of now) {
    const tokens = tokensOf(to.title)
    shared.fill(0)
    for (const token of tokens) for (const at of places.get(token) ?? []) shared[at]!++
    for (let at = 0; at < shared.length; at++) {
      const alike = (2 * shared[at]!) / (tokens.length + sizes[at]!)
      if (alike >= ALIKE) yield { to, from: before[at]!, alike }
    }
  }
}

/**
 * Which duty of this year goes on with which of last year: each at most once, the most alike first; a shared lead unit
 * decides between equals. What is not in the answer is new, or dropped.
 */
export function matchYears(
  before: readonly Comparable[],
  now: readonly Comparable[],
): Map<string, { id: string; likeness: number }> {
  const pairs: { from: string; to: string; score: number; likeness: number }[] = []
  for (const { to, from, alike } of alikes(before, now)) {
    if (from.kind !== to.kind && alike < NEARLY_SAME) continue
    const sameUnit = from.leadUnitId !== null && from.leadUnitId === to.leadUnitId
    pairs.push({ from: from.id, to: to.id, likeness: alike, score: alike + (sameUnit ? 0.1 : 0) })
  }
  pairs.sort((a, b) => b.score - a.score || (a.to < b.to ? -1 : 1))
  const matched = new Map<string, { id: string; likeness: number }>()
  const taken = new Set<string>()
  for (const pair of pairs) {
    if (matched.has(pair.to) || taken.has(pair.from)) continue
    matched.set(pair.to, { id: pair.from, likeness: pair.likeness })
    taken.add(pair.from)
  }
  return matched
}
