/** A change of a text: `was`, at `start`, became `now`. Offsets are UTF-16 units. */
export interface Edit {
  readonly start: number
  readonly was: string
  readonly now: string
}

/** As much of a slot as it takes to know it again. */
export interface Place {
  readonly numStart: number
  readonly numEnd: number
  readonly phrase: string
}

/** The text after the edit. */
export function edited(text: string, { start, was, now }: Edit): string {
  return text.slice(0, start) + now + text.slice(start + was.length)
}

/**
 * Which slot each slot became when a text was edited: for every slot before the edit its index after it, or null where it
 * is gone. Outside the changed words the place of the number decides; inside them the phrase, each used once, in order.
 */
export function carrySlots(before: readonly Place[], after: readonly Place[], edit: Edit): (number | null)[] {
  const { from, to, growth } = changedWords(edit)
  const at = new Map(after.map((slot, index) => [slot.numStart, index]))
  const carried = before.map((slot) => {
    if (slot.numEnd <= from) return at.get(slot.numStart) ?? null
    if (slot.numStart >= to) return at.get(slot.numStart + growth) ?? null
    return null
  })
  const taken = new Set(carried)
  for (const [index, slot] of before.entries()) {
    if (slot.numEnd <= from || slot.numStart >= to) continue
    const same = after.findIndex(({ numStart, phrase }, place) => {
      const inside = numStart >= from && numStart < to + growth
      return inside && phrase === slot.phrase && !taken.has(place)
    })
    if (same < 0) continue
    carried[index] = same
    taken.add(same)
  }
  return carried
}

/** The words that really differ: what an edit repeats at its beginning and end did not change. */
function changedWords({ start, was, now }: Edit): { from: number; to: number; growth: number } {
  const shorter = Math.min(was.length, now.length)
  let head = 0
  while (head < shorter && was.charAt(head) === now.charAt(head)) head++
  let tail = 0
  while (tail < shorter - head && was.charAt(was.length - 1 - tail) === now.charAt(now.length - 1 - tail)) tail++
  return { from: start + head, to: start + was.length - tail, growth: now.length - was.length }
}
