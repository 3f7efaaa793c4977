import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type * as z from 'zod'
import { type Draft as DraftShape, getReview } from '../../../src/modules/duties/draft.contract.ts'
import { ApiError, type Callable, call, type InputOf, type OutputOf } from '../../lib/client.ts'
import { readOf } from '../../lib/queries.ts'

/** The review as the server answers it. */
export type Review = OutputOf<typeof getReview>
/** One draft under review. */
export type Draft = z.output<typeof DraftShape>

/** Whether a draft still waits for a word: what tells of work done or of a problem does not. */
export function waits(draft: Draft): boolean {
  return draft.state === 'open' && draft.mode === 'do'
}

/** Nobody would owe it: neither lead unit nor leader nor everybody of a layer. */
export function isUnowned({ fields }: Draft): boolean {
  return fields.leadUnitId === null && fields.leaderPostId === null && !fields.common
}

/** The review with some of its drafts replaced. */
export function withDrafts(review: Review, ids: readonly string[], change: (draft: Draft) => Draft): Review {
  return { ...review, items: review.items.map((draft) => (ids.includes(draft.id) ? change(draft) : draft)) }
}

/** The draft to go to after one is decided: the next that waits, from the top when none is left below. */
export function nextWaiting(items: readonly Draft[], after: string): string | undefined {
  const at = items.findIndex((draft) => draft.id === after)
  const rest = [...items.slice(at + 1), ...items.slice(0, Math.max(at, 0))]
  return rest.find(waits)?.id
}

/**
 * Acts on a review one after another, in the order in which they were asked, and shows their outcome before the
 * server has answered. After the last one the review is read again; a refusal stands in `fault`.
 */
export function useReviewWork(documentId: string) {
  const client = useQueryClient()
  const tail = useRef<Promise<unknown>>(Promise.resolve())
  const waiting = useRef(0)
  const [fault, setFault] = useState<unknown>(null)
  const act = useCallback(
    async <D extends Callable>(
      verb: D,
      input: InputOf<D>,
      ahead?: (review: Review) => Review,
    ): Promise<OutputOf<D> | undefined> => {
      const { queryKey } = readOf(getReview, { documentId })
      setFault(null)
      waiting.current++
      // A read that is under way would bring back what stood before this act.
      await client.cancelQueries({ queryKey })
      if (ahead) client.setQueryData<Review>(queryKey, (was) => was && ahead(was))
      const done = tail.current.then(() => call(verb, input))
      tail.current = done.catch(() => undefined)
      try {
        return await done
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        setFault(error)
        return undefined
      } finally {
        waiting.current--
        if (waiting.current === 0) await client.invalidateQueries({ queryKey })
      }
    },
    [client, documentId],
  )
  return { act, fault, clearFault: useCallback(() => setFault(null), []) }
}

/** What carries out acts of a review. */
export type Act = ReturnType<typeof useReviewWork>['act']
