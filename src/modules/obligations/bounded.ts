/** What was used last, up to a weight in all: the one used longest ago goes first. */
export class Bounded<Key, Value extends object> {
  private readonly byKey = new Map<Key, { readonly value: Value; readonly weight: number }>()
  private readonly max: number
  private readonly lastStays: boolean
  private weight = 0

  /** With `lastStays` the one put last is kept however heavy it is. */
  constructor(max: number, lastStays = false) {
    this.max = max
    this.lastStays = lastStays
  }

  get(key: Key): Value | undefined {
    return this.byKey.get(key)?.value
  }

  put(key: Key, value: Value, weight: number): void {
    this.drop(key)
    this.byKey.set(key, { value, weight })
    this.weight += weight
    for (const oldest of this.byKey.keys()) {
      if (this.weight <= this.max || (this.lastStays && this.byKey.size === 1)) return
      this.drop(oldest)
    }
  }

  private drop(key: Key): void {
    const known = this.byKey.get(key)
    if (known === undefined) return
    this.byKey.delete(key)
    this.weight -= known.weight
  }
}

/** One of something for each set of catalogues: those that are read anew start empty. */
export function forEach<Owner extends object, Value>(make: () => Value): (owner: Owner) => Value {
  const known = new WeakMap<Owner, Value>()
  return (owner) => {
    const before = known.get(owner)
    if (before !== undefined) return before
    const made = make()
    known.set(owner, made)
    return made
  }
}
