import { type Catalogue, rowMeant, sameWords } from '../catalogue/catalogue.ts'

/** A unit as it stood on the day on which names are resolved. */
export interface OwnerUnit {
  readonly unitId: string
  readonly parentId: string | null
  readonly kind: string
  readonly name: string | null
}

/** A post as it stood on that day. */
export interface OwnerPost {
  readonly postId: string
  readonly unitId: string
  readonly kind: string
  readonly title: string | null
}

/** Units, posts and lines of work (分管) of a bureau on one day. */
export interface Order {
  readonly units: readonly OwnerUnit[]
  readonly posts: readonly OwnerPost[]
  readonly charges: readonly { readonly postId: string; readonly unitId: string }[]
}

/** What a name in a text means in the bureau's order. `common`: everybody of the layer, each for his own part. */
export interface Owner {
  readonly unitId: string | null
  readonly postId: string | null
  readonly layer: string | null
  readonly common: boolean
}

const NOBODY: Owner = { unitId: null, postId: null, layer: null, common: false }

type Kinds = Pick<Catalogue, 'unitKinds' | 'postKinds' | 'dutyLayers'>

/**
 * The unit, post or layer that a name means: a unit of that name, else the only unit of the kind or the only post of
 * the kind, else the layer alone. Nothing is guessed: a name that means none of these resolves to nothing.
 */
export function ownerOf(name: string, order: Order, kinds: Kinds): Owner {
  const plain = name.trim()
  const bare = plain.replace(/^(?:全体|各级|各位|各|全局)/, '').replace(/同志$/, '人')
  const unit = unitNamed(plain, order.units)
  if (unit !== null) return { unitId: unit.unitId, postId: null, layer: layerOfUnit(unit, kinds), common: false }
  const everybody = bare !== plain && !plain.endsWith('同志')
  const layer = rowMeant(kinds.dutyLayers, plain) ?? rowMeant(kinds.dutyLayers, bare)
  const unitKind = rowMeant(kinds.unitKinds, plain) ?? rowMeant(kinds.unitKinds, bare)
  if (unitKind !== undefined) {
    const units = order.units.filter((one) => one.kind === unitKind.id)
    const only = units.length === 1 && !everybody ? units[0]! : null
    return {
      unitId: only?.unitId ?? null,
      postId: null,
      layer: layer?.id ?? layerOfKind(unitKind.id, kinds),
      common: only === null,
    }
  }
  const postKind = rowMeant(kinds.postKinds, layer?.words.zh ?? bare) ?? rowMeant(kinds.postKinds, bare)
  if (postKind !== undefined) {
    const posts = order.posts.filter((post) => post.kind === postKind.id)
    const only = posts.length === 1 && !everybody ? posts[0]! : null
    return {
      unitId: only?.unitId ?? null,
      postId: only?.postId ?? null,
      layer: layer?.id ?? null,
      common: only === null,
    }
  }
  return layer === undefined ? NOBODY : { ...NOBODY, layer: layer.id, common: true }
}

/** The unit that bears the name; a name that stands for the end of exactly one unit's name means that unit. */
function unitNamed(name: string, units: readonly OwnerUnit[]): OwnerUnit | null {
  const same = units.filter((unit) => unit.name !== null && sameWords(unit.name, name))
  if (same.length > 0) return same.length === 1 ? same[0]! : null
  if (name.length < 3) return null
  const short = name.replace(/^(?:局|本局)/, '')
  const ends = units.filter((unit) => unit.name !== null && (unit.name.endsWith(name) || unit.name === short))
  return ends.length === 1 ? ends[0]! : null
}

/** The layer of the list under which a unit's own duties stand. */
export function layerOfUnit(unit: Pick<OwnerUnit, 'kind'>, kinds: Kinds): string | null {
  return layerOfKind(unit.kind, kinds)
}

function layerOfKind(kindId: string, kinds: Kinds): string | null {
  const kind = kinds.unitKinds.find(kindId)
  if (kind === undefined) return null
  const named = [kind.words.zh, ...kind.also]
    .map((word) => rowMeant(kinds.dutyLayers, word))
    .find((layer) => layer !== undefined)
  return named?.id ?? null
}

/** The post in charge (分管) of a unit, or of the nearest unit above it; null where nobody is or several are. */
export function postInCharge(unitId: string | null, order: Order): string | null {
  const parents = new Map(order.units.map((unit) => [unit.unitId, unit.parentId]))
  const seen = new Set<string>()
  for (let at = unitId; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    seen.add(at)
    const here = order.charges.filter((charge) => charge.unitId === at)
    if (here.length === 1) return here[0]!.postId
    if (here.length > 1) return null
  }
  return null
}
