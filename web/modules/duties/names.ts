import { useMemo } from 'react'
import { listPosts } from '../../../src/modules/organisation/post.contract.ts'
import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { kindsHeld, useKindWords } from '../../lib/kinds.ts'
import { useQueryOf } from '../../lib/queries.ts'

type Unit = OutputOf<typeof unitTree>['items'][number]
type Post = OutputOf<typeof listPosts>['items'][number]

/** Kinds of duty in the order of the catalogue. */
export const kindIds = () => kindsHeld().duties.map(({ id }) => id)
/** Layers in the order in which a list is printed. */
export const layerIds = () => kindsHeld().layers.map(({ id }) => id)

/** Names of kinds and layers in the language of the screen. */
export function useKindNames() {
  const words = useKindWords()
  return useMemo(() => ({ kind: words.duty, layer: words.layer }), [words])
}

/** The name of the person who holds a post, else its title. */
export function holderOf(post: { title: string; holders: readonly { name: string | null }[] }): string {
  const names = post.holders.flatMap((holder) => holder.name ?? [])
  return names.length > 0 ? names.join('、') : post.title
}

/** Units and posts of today in the order of the organisation, with choices for fields. */
export function useOrder() {
  const units = useQueryOf(unitTree, {}).data?.items
  const posts = useQueryOf(listPosts, {}).data?.items
  return useMemo(() => orderOf(units ?? [], posts ?? []), [units, posts])
}

/** The order of the organisation: names, places, and choices for fields. */
export type Order = ReturnType<typeof useOrder>

function orderOf(units: readonly Unit[], posts: readonly Post[]) {
  const unitById = new Map(units.map((unit, place) => [unit.unitId, { unit, place }]))
  const placeOfUnit = (id: string | null | undefined) => unitById.get(id ?? '')?.place ?? units.length
  // Posts stand in the order of their units, inside a unit in their own.
  const inOrder = [...posts].sort((a, b) => placeOfUnit(a.unitId) - placeOfUnit(b.unitId) || a.position - b.position)
  const postById = new Map(inOrder.map((post, place) => [post.postId, { post, place }]))
  const leading = inOrder.filter((post) => post.role === 'secretary' || post.role === 'team-member')
  return {
    units,
    unitName: (id: string) => unitById.get(id)?.unit.name ?? '',
    placeOfUnit,
    post: (id: string) => postById.get(id)?.post,
    placeOfPost: (id: string | null | undefined) => postById.get(id ?? '')?.place ?? posts.length,
    leading,
    unitChoices: units.map((unit) => ({ value: unit.unitId, label: unit.name ?? '' })),
    postChoices: inOrder.map((post) => ({ value: post.postId, label: `${holderOf(post)}　${post.title}` })),
  }
}
