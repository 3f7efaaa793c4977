import type { Organisation } from './history.ts'
import { type Bearer, everyPersonOf, everyUnitOf } from './subjects.ts'

/** Some subjects, and the units and persons on whose records what they owe is judged, whenever it was. */
export interface Around {
  /** Units, posts and persons. */
  readonly subjects: ReadonlySet<string>
  /** The units among them. */
  readonly units: readonly string[]
  /** The persons among them, and whoever held one of the posts. */
  readonly pids: readonly string[]
  /** Kinds of the units and of the posts among them. */
  readonly unitKinds: ReadonlySet<string>
  readonly postKinds: ReadonlySet<string>
  readonly anyPerson: boolean
  /** The units in which any of them ever stood. */
  readonly stood: readonly string[]
  /** The units among them and all that ever stood below these. */
  readonly below: readonly string[]
}

interface Listed {
  readonly posts: string[]
  readonly pids: string[]
}

const listed = new WeakMap<Organisation, ReadonlyMap<string, Listed>>()

/** Posts and persons by every unit under which they were ever listed; made once for each organisation. */
function listedIn(organisation: Organisation): ReadonlyMap<string, Listed> {
  const known = listed.get(organisation)
  if (known !== undefined) return known
  const found = new Map<string, Listed>()
  const at = (unitId: string): Listed => {
    const one = found.get(unitId) ?? { posts: [], pids: [] }
    found.set(unitId, one)
    return one
  }
  for (const id of organisation.posts.keys())
    for (const unitId of everyUnitOf(organisation, { type: 'post', id })) at(unitId).posts.push(id)
  for (const id of new Set([...organisation.memberships.keys(), ...organisation.holdingsOfPerson.keys()]))
    for (const unitId of everyUnitOf(organisation, { type: 'person', id })) at(unitId).pids.push(id)
  listed.set(organisation, found)
  return found
}

/** A unit and all that ever stood below some units, themselves first. */
export function everBelow(organisation: Organisation, units: readonly string[]): readonly string[] {
  const found = new Set(units)
  // A set is walked in the order in which it grows.
  for (const unitId of found) for (const row of organisation.below.get(unitId) ?? []) found.add(row.unitId)
  return [...found]
}

const asked = new WeakMap<Organisation, Map<string, Around>>()

/** So many of those asked last are kept of one organisation: one answer asks it several times, and so does the next. */
const KEPT_MAX = 200

/** Whatever was ever listed under some units, and some subjects beside. */
export function aroundUnits(
  organisation: Organisation,
  units: readonly string[],
  beside: readonly string[] = [],
): Around {
  const byKey = asked.get(organisation) ?? new Map<string, Around>()
  asked.set(organisation, byKey)
  const key = `${units.join()} ${beside.join()}`
  const known = byKey.get(key)
  if (known !== undefined) return known
  const byUnit = listedIn(organisation)
  const listedThere = units.flatMap((unitId) => {
    const { posts = [], pids = [] } = byUnit.get(unitId) ?? {}
    return [unitId, ...posts, ...pids]
  })
  const found = around(organisation, [...new Set([...listedThere, ...beside])])
  if (byKey.size >= KEPT_MAX) byKey.delete(byKey.keys().next().value!)
  byKey.set(key, found)
  return found
}

/** The same with the units right above and below those in which they stood: what was held there is told as held by others. */
export function withNeighbours(organisation: Organisation, near: Around): Around {
  const beside = near.stood.flatMap((unitId) => [
    ...(organisation.units.get(unitId) ?? []).flatMap(({ parentId }) => parentId ?? []),
    ...(organisation.below.get(unitId) ?? []).map((row) => row.unitId),
  ])
  return { ...near, stood: [...new Set([...near.stood, ...beside])] }
}

/** Some subjects alone. */
export function around(organisation: Organisation, subjects: readonly string[]): Around {
  const bearers = subjects.map((id) => ({ type: typeOf(organisation, id), id }))
  const of = (type: Bearer['type']) => bearers.flatMap((bearer) => (bearer.type === type ? [bearer.id] : []))
  const [units, posts] = [of('unit'), of('post')]
  const kindsOf = (rows: ReadonlyMap<string, readonly { kind: string }[]>, ids: readonly string[]) =>
    new Set(ids.flatMap((id) => rows.get(id) ?? []).map(({ kind }) => kind))
  return {
    subjects: new Set(subjects),
    units,
    pids: [...new Set(bearers.flatMap((bearer) => everyPersonOf(organisation, bearer)))],
    unitKinds: kindsOf(organisation.units, units),
    postKinds: kindsOf(organisation.posts, posts),
    anyPerson: bearers.some(({ type }) => type === 'person'),
    stood: [...new Set(bearers.flatMap((bearer) => everyUnitOf(organisation, bearer)))],
    below: everBelow(organisation, units),
  }
}

function typeOf(organisation: Organisation, id: string): Bearer['type'] {
  if (organisation.units.has(id)) return 'unit'
  return organisation.posts.has(id) ? 'post' : 'person'
}
