import type { Catalogue } from '../catalogue/catalogue.ts'
import { type Order, type Owner, ownerOf } from '../duties/owner.ts'

/** Who holds a post on the day of the order; a vacant post has none. */
export interface Holder {
  readonly postId: string
  readonly name: string
}

/** The order of a bureau with the names by which a table calls its units and posts, each name meaning one alone. */
export interface Roll {
  readonly order: Order
  readonly units: ReadonlyMap<string, string>
  readonly posts: ReadonlyMap<string, string>
  readonly unitByName: ReadonlyMap<string, string>
  readonly postByName: ReadonlyMap<string, string>
  /** Posts by the name of their only holder. */
  readonly postByHolder: ReadonlyMap<string, string>
}

/** Gives each key the first of its names that no other key bears among names of that rank; at last one with a number. */
function distinct(rows: readonly { readonly id: string; readonly names: readonly string[] }[]): Map<string, string> {
  const given = new Map<string, string>()
  const taken = new Set<string>()
  const ranks = Math.max(0, ...rows.map((row) => row.names.length))
  let left = rows
  for (let rank = 0; rank < ranks; rank++) {
    const name = (row: (typeof rows)[number]) => (row.names[Math.min(rank, row.names.length - 1)] ?? '').trim()
    const times = new Map<string, number>()
    for (const row of left) times.set(name(row), (times.get(name(row)) ?? 0) + 1)
    const alone = left.filter((row) => name(row) !== '' && times.get(name(row)) === 1 && !taken.has(name(row)))
    for (const row of alone) {
      given.set(row.id, name(row))
      taken.add(name(row))
    }
    left = left.filter((row) => !given.has(row.id))
  }
  for (const row of left) {
    const stem = (row.names[0] ?? '').trim() || '…'
    let number = 2
    while (taken.has(`${stem}#${number}`)) number++
    given.set(row.id, `${stem}#${number}`)
    taken.add(`${stem}#${number}`)
  }
  return given
}

/** The names of a bureau's units and posts for tables: title, else with the holder, else with the unit. */
export function rollOf(order: Order, holders: readonly Holder[], postTitle: (kind: string) => string): Roll {
  const unitName = new Map(order.units.map((unit) => [unit.unitId, unit.name ?? '']))
  const units = distinct(
    order.units.map((unit) => {
      const name = unit.name ?? ''
      const above = unit.parentId === null ? '' : (unitName.get(unit.parentId) ?? '')
      return { id: unit.unitId, names: [name, `${above}${name}`] }
    }),
  )
  const held = new Map<string, string[]>()
  for (const holder of holders) held.set(holder.postId, [...(held.get(holder.postId) ?? []), holder.name])
  const posts = distinct(
    order.posts.map((post) => {
      const title = post.title ?? postTitle(post.kind)
      const names = held.get(post.postId)?.join('、')
      const where = unitName.get(post.unitId) ?? ''
      const withHolder = names === undefined ? title : `${title} ${names}`
      return { id: post.postId, names: [withHolder, `${where}${title}`, `${where}${withHolder}`] }
    }),
  )
  const postByHolder = new Map<string, string>()
  const several = new Set<string>()
  for (const { name, postId } of holders) {
    if (postByHolder.has(name)) several.add(name)
    postByHolder.set(name, postId)
  }
  for (const name of several) postByHolder.delete(name)
  const reverse = (map: ReadonlyMap<string, string>) => new Map([...map].map(([id, name]) => [name, id]))
  return { order, units, posts, unitByName: reverse(units), postByName: reverse(posts), postByHolder }
}

const separators = /[、，,；;\n/]|\s+/

/** The sign between names in a cell: 、 unless a name of the bureau holds such a sign, then each stands on its own line. */
export function joinedUnits(ids: readonly string[], roll: Roll): string {
  const names = ids.map((id) => roll.units.get(id) ?? '').filter((name) => name !== '')
  const plain = ![...roll.units.values()].some((name) => separators.test(name) || /[（(：:]/.test(name))
  return names.join(plain ? '、' : '\n')
}

/** The names in a cell of units: whole lines that are names of the bureau as they are, the others cut at signs, without what stands in brackets. */
export function namesInCell(cell: string, roll: Pick<Roll, 'unitByName'>): string[] {
  const names = cell.split('\n').flatMap((line) => {
    const whole = line.trim()
    if (whole === '' || roll.unitByName.has(whole)) return whole
    return whole
      .replace(/[（(][^）)]*[）)]/g, ' ')
      .split(separators)
      .map((name) => name.replace(/^(?:牵头|配合|责任)?(?:单位|部门|科室)?[：:]/, '').trim())
  })
  return [...new Set(names.filter((name) => name !== ''))]
}

type Kinds = Pick<Catalogue, 'unitKinds' | 'postKinds' | 'dutyLayers'>

/** What a name of a unit means: the unit that tables call so, else as in a text. */
export function unitMeant(name: string, roll: Roll, kinds: Kinds): Owner {
  const unitId = roll.unitByName.get(name)
  return unitId === undefined
    ? ownerOf(name, roll.order, kinds)
    : { ...ownerOf(name, roll.order, kinds), unitId, postId: null, common: false }
}

/** The post that a cell names: as tables call it, by its title, by its only holder, by a title and a holder, or by its kind. */
export function postMeant(cell: string, roll: Roll, kinds: Kinds): string | null {
  const name = cell.trim().replace(/同志$/, '')
  const exact = roll.postByName.get(cell.trim()) ?? roll.postByHolder.get(name.replace(/\s/g, ''))
  if (exact !== undefined) return exact
  const titled = roll.order.posts.filter((post) => post.title === name)
  if (titled.length === 1) return titled[0]!.postId
  const holders = [...roll.postByHolder].filter(([holder]) => holder.length >= 2 && name.includes(holder))
  if (holders.length === 1) return holders[0]![1]
  return ownerOf(name, roll.order, kinds).postId
}
