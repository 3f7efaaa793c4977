/**
 * A number in [0, 1) that follows from the words alone, so that the demonstration is the same at every first start
 * (FNV-1a, then the finaliser of MurmurHash3).
 */
export function draw(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const letter of words.join('\u0000')) {
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}

/** A whole number from `min` to `max`, both included. */
export function drawBetween(min: number, max: number, ...words: readonly (string | number)[]): number {
  return min + Math.floor(draw(...words) * (max - min + 1))
}

/** One of the list. */
export function drawOne<T>(list: readonly T[], ...words: readonly (string | number)[]): T {
  const one = list[Math.floor(draw(...words) * list.length)]
  if (one === undefined) throw new Error('nothing to draw from')
  return one
}
