/**
 * The oldest Chromium that these pages are made for: it knows `:has()`, which the looks need. What the code uses beyond it
 * is given here; `test/browsers.test.ts` looks through the built pages for anything newer.
 */
export const OLDEST_CHROMIUM = 105

function give(on: object, name: string, value: unknown): void {
  if (!(name in on)) Object.defineProperty(on, name, { value, writable: true, configurable: true })
}

/** Chromium 110: an ordered copy. */
function toSorted<T>(this: readonly T[], by?: (a: T, b: T) => number): T[] {
  return [...this].sort(by)
}

/** Chromium 110: a copy from the end to the start. */
function toReversed<T>(this: readonly T[]): T[] {
  return [...this].reverse()
}

/** Chromium 111: no half of a surrogate pair stands alone. */
function isWellFormed(this: string): boolean {
  return !/\p{Surrogate}/u.test(String(this))
}

/** Chromium 117: the items under the key of each. */
function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  let index = 0
  for (const item of items) {
    const key = keyOf(item, index++)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/** Gives an older browser what the pages use; a newer one keeps its own. */
export function catchUp(): void {
  give(Array.prototype, 'toSorted', toSorted)
  give(Array.prototype, 'toReversed', toReversed)
  give(String.prototype, 'isWellFormed', isWellFormed)
  give(Map, 'groupBy', groupBy)
}

// At once, so that whatever is loaded behind this file may use them while it loads.
catchUp()
