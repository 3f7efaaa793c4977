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

/** Units of the bureau that a passage names as those who act. `stated`: the passage says that the lead leads. */
export interface NamedOwners {
  readonly leadUnitId: string | null
  readonly stated: boolean
  readonly supportIds: readonly string[]
}

const SHORTEST_NAME = 3

/**
 * Finds the bureau's own units in a passage by their full names: 牵头 or 负责 after a name says who leads, 配合 or 协助 who
 * supports, and a name at the start of a clause acts. A name after a word such as 对 or 向 is acted upon and left out.
 */
export function ownersNamed(passage: string, units: readonly OwnerUnit[]): NamedOwners {
  const text = passage.replace(/\s/g, '')
  let stated: string | null = null
  let acting: string | null = null
  const supports: string[] = []
  for (const { unitId, start, end } of namesIn(text, units)) {
    const run = /^(?:[、和与及][^，。；：]{2,40}?)?(牵头|负责|配合|协助)/.exec(text.slice(end))?.[1]
    if (run === '牵头' || run === '负责') {
      if (stated === null) stated = unitId
      else supports.push(unitId)
    } else if (run !== undefined) supports.push(unitId)
    else if (acting === null && /(?:^|[，。；：]|由)$/.test(text.slice(0, start))) acting = unitId
  }
  const leadUnitId = stated ?? acting
  return { leadUnitId, stated: stated !== null, supportIds: [...new Set(supports)].filter((id) => id !== leadUnitId) }
}

/** Full names of units in order of their place; a name inside a longer one counts for the longer one alone. */
function namesIn(text: string, units: readonly OwnerUnit[]): { unitId: string; start: number; end: number }[] {
  const found: { unitId: string; start: number; end: number }[] = []
  const named = units.filter((unit) => (unit.name?.length ?? 0) >= SHORTEST_NAME)
  for (const unit of [...named].sort((a, b) => b.name!.length - a.name!.length)) {
    for (let at = text.indexOf(unit.name!); at >= 0; at = text.indexOf(unit.name!, at + 1)) {
      const end = at + unit.name!.length
      if (!found.some((one) => at < one.end && one.start < end)) found.push({ unitId: unit.unitId, start: at, end })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}
