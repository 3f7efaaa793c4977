/** A unit as far as its place in the bureau goes. */
export interface Placed {
  readonly unitId: string
  readonly parentId: string | null
}

/** The places of units as the bureau names them: each before those below it, beside one another as they are given. */
export function placesOf(units: readonly Placed[]): ReadonlyMap<string, number> {
  const known = new Set(units.map(({ unitId }) => unitId))
  const below = Map.groupBy(units, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null))
  const walk = (parent: string | null): string[] =>
    (below.get(parent) ?? []).flatMap(({ unitId }) => [unitId, ...walk(unitId)])
  return new Map(walk(null).map((unitId, place) => [unitId, place]))
}
