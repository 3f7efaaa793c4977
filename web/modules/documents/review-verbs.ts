import { useTranslation } from 'react-i18next'
import {
  amendClauses,
  amendDraft,
  assignDrafts,
  confirmDrafts,
  type DraftChanges,
  mergeDrafts,
  rejectDrafts,
  restoreDrafts,
  spanDraft,
  splitDraft,
} from '../../../src/modules/duties/draft.contract.ts'
import { type Act, type Draft, nextWaiting, type Review, withDrafts } from './review-work.ts'
import type { Place } from './source-pane.tsx'

type Desk = {
  review: Review
  act: Act
  current: Draft | undefined
  place: Place | null
  go: (id: string | undefined) => void
  /** Says a sentence above the list; empty takes it away. */
  say: (sentence: string) => void
  dropPlace: () => void
}

function amended(draft: Draft, { title, ...changes }: DraftChanges): Draft {
  const inferred = Object.fromEntries(Object.entries(draft.inferred).filter(([field]) => !(field in changes)))
  return { ...draft, title: title ?? draft.title, fields: { ...draft.fields, ...changes } as Draft['fields'], inferred }
}

/** What is said of clauses that no draft covers. */
function clauseVerbs(documentId: string, act: Act) {
  return {
    word: (starts: readonly number[], state: 'principle' | 'quotation' | 'background' | 'left' | null) =>
      void act(amendClauses, { documentId, starts: [...starts], state }, (was) => ({
        ...was,
        clauses: was.clauses.map((clause) =>
          starts.includes(clause.start) ? { ...clause, state: state ?? 'undecided' } : clause,
        ),
      })),
    leaveAll: () => void act(amendClauses, { documentId, allUndecided: true, state: 'left' }),
  }
}

/** What the desk does with the open draft, the selection and the clauses; every act is kept on the server at once. */
export function useReviewVerbs({ review, act, current, place, go, say, dropPlace }: Desk) {
  const { t } = useTranslation('documents')
  const { documentId, items } = review
  const named = current ? { documentId, ids: [current.id] } : null
  const decide = (state: 'confirmed' | 'rejected') => {
    if (!current || !named || current.state === 'assigned') return
    const ahead = (was: Review) =>
      withDrafts(was, named.ids, (draft) => ({
        ...draft,
        state,
        inferred: state === 'confirmed' ? {} : draft.inferred,
      }))
    void act(state === 'confirmed' ? confirmDrafts : rejectDrafts, named, ahead)
    const next = nextWaiting(items, current.id)
    say(next ? '' : t('task.allReviewed'))
    if (next) go(next)
  }
  const fresh = async (span: { start: number; end: number }) => {
    const made = await act(spanDraft, { documentId, ...span })
    if (made?.drafts[0]) go(made.drafts[0])
    dropPlace()
  }
  return {
    amend: (changes: DraftChanges) => {
      if (!current) return
      const { id } = current
      void act(amendDraft, { documentId, id, changes }, (was) =>
        withDrafts(was, [id], (draft) => amended(draft, changes)),
      )
    },
    confirm: () => decide('confirmed'),
    reject: () => decide('rejected'),
    merge: async () => {
      const at = items.findIndex((draft) => draft.id === current?.id)
      const above = items.slice(0, Math.max(at, 0)).findLast((draft) => draft.state !== 'assigned')
      if (!current || !above) return say(t('task.mergeNone'))
      const made = await act(mergeDrafts, { documentId, ids: [above.id, current.id] })
      if (made) go(above.id)
    },
    split: () => {
      if (!current) return
      const points = place ? [place.start, place.end] : []
      const at = [...new Set(points)].filter((point) => point > current.start && point < current.end)
      if (at.length === 0) return say(t('task.splitWhere'))
      say('')
      dropPlace()
      void act(splitDraft, { documentId, id: current.id, at })
    },
    respan: () => {
      if (!current) return
      if (!place || place.end <= place.start) return say(t('task.respanWhere'))
      say('')
      dropPlace()
      const span = { start: place.start, end: place.end }
      void act(spanDraft, { documentId, id: current.id, ...span }, (was) =>
        withDrafts(was, [current.id], (draft) => ({ ...draft, ...span })),
      )
    },
    fresh,
    undo: async () => {
      say('')
      const back = await act(restoreDrafts, { documentId })
      if (back?.drafts[0]) go(back.drafts[0])
    },
    ...clauseVerbs(documentId, act),
    assign: () => act(assignDrafts, { documentId }),
  }
}

/** The verbs of the desk. */
export type ReviewVerbs = ReturnType<typeof useReviewVerbs>
