import { action, type Context, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import {
  amendClauses,
  amendDraft,
  confirmDrafts,
  type DraftChanges,
  mergeDrafts,
  rejectDrafts,
  restoreDrafts,
  spanDraft,
  splitDraft,
} from './draft.contract.ts'
import type { Inferred } from './drafting.ts'
import { mayKeepLists } from './duty.access.ts'
import { checkOwners, orderOn } from './order.ts'
import {
  type DraftRow,
  draftsNamed,
  loadReview,
  type Review,
  refuseProposals,
  statesOf,
  takeBack,
  takeStep,
} from './review.ts'

const locked = {
  subject: (ctx: Context, input: { documentId: string }) => loadReview(ctx, input.documentId, true),
  may: mayKeepLists,
}

export const amendDraftAction = action(amendDraft, {
  ...locked,
  run: async (ctx, input, review: Review) => {
    const [draft] = draftsNamed(review, [input.id])
    if (draft!.proposes === 'withdraw') refuseProposals([draft!])
    const { title, ...changes } = await checkedChanges(ctx, input.changes)
    const inferred = Object.fromEntries(
      Object.entries(draft!.inferred).filter(([field]) => !(field in changes)),
    ) as Inferred
    const fields = { ...draft!.fields, ...definedOf(changes) }
    if ('leadUnitId' in changes || 'supportUnitIds' in changes) {
      fields.supportUnitIds = fields.supportUnitIds.filter((id) => id !== fields.leadUnitId)
      fields.unresolved = []
    }
    return takeStep(ctx, review, 'draft.amend', {
      put: [{ ...draft!, title: title ?? draft!.title, fields, inferred }],
    })
  },
})

/** Drops keys that are absent, so that what is not said stays as it is. */
function definedOf<T extends object>(changes: T): { [K in keyof T]-?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as never
}

async function checkedChanges(ctx: Writing, changes: DraftChanges): Promise<DraftChanges> {
  const { dutyKinds, dutyLayers } = ctx.catalogues.catalogue
  if (changes.kind !== undefined && !dutyKinds.find(changes.kind))
    throw new Refusal('duty/unknown-kind', { kind: changes.kind })
  if (changes.layer && !dutyLayers.find(changes.layer))
    throw new Refusal('duty/unknown-layer', { layer: changes.layer })
  const unitIds = [changes.leadUnitId, ...(changes.supportUnitIds ?? [])]
  const postIds = [changes.leaderPostId, changes.watcherPostId]
  if ([...unitIds, ...postIds].some((id) => id)) checkOwners(await orderOn(ctx, ctx.today), { unitIds, postIds })
  return changes
}

export const confirmDraftsAction = action(confirmDrafts, {
  ...locked,
  run: async (ctx, input, review: Review) => {
    // What changes the list is confirmed one by one, never in passing.
    const open = review.drafts.filter(
      ({ state, mode, proposes }) => state === 'open' && mode === 'do' && proposes === null,
    )
    const named = draftsNamed(review, input.ids ?? (input.all ? open.map((draft) => draft.id) : []))
    // Confirming says yes to every value, so nothing in the draft is inferred any more.
    const put = named.map((draft): DraftRow => ({ ...draft, state: 'confirmed', inferred: {} }))
    return takeStep(ctx, review, 'draft.confirm', { put })
  },
})

export const rejectDraftsAction = action(rejectDrafts, {
  ...locked,
  run: async (ctx, input, review: Review) => {
    const put = draftsNamed(review, input.ids).map((draft): DraftRow => ({ ...draft, state: 'rejected' }))
    return takeStep(ctx, review, 'draft.reject', { put })
  },
})

export const mergeDraftsAction = action(mergeDrafts, {
  ...locked,
  run: async (ctx, input, review: Review) => {
    const named = draftsNamed(review, [...new Set(input.ids)]).sort((a, b) => a.start_at - b.start_at)
    refuseProposals(named)
    return takeStep(ctx, review, 'draft.merge', { put: [merged(named)], drop: named.slice(1) })
  },
})

/** One draft of several: the first one's values, and what it lacks from the others. */
function merged(drafts: readonly DraftRow[]): DraftRow {
  const [first, ...others] = drafts as [DraftRow, ...DraftRow[]]
  const fields = { ...first.fields }
  for (const { fields: more } of others) {
    for (const key of [
      'layer',
      'leadUnitId',
      'leaderPostId',
      'watcherPostId',
      'deadline',
      'deadlineText',
      'cadence',
    ] as const) {
      fields[key] ??= more[key]
    }
    for (const key of ['subject', 'supportUnitIds', 'measures', 'cites', 'unresolved'] as const) {
      fields[key] = [...new Set([...fields[key], ...more[key]])]
    }
    fields.milestones = [...fields.milestones, ...more.milestones]
  }
  fields.supportUnitIds = fields.supportUnitIds.filter((id) => id !== fields.leadUnitId)
  return {
    ...first,
    end_at: Math.max(...drafts.map((draft) => draft.end_at)),
    state: 'open',
    title: drafts
      .map((draft) => draft.title)
      .join('；')
      .slice(0, 300),
    fields,
  }
}

export const splitDraftAction = action(splitDraft, {
  ...locked,
  run: async (ctx, input, review: Review) => {
    const draft = draftsNamed(review, [input.id])[0]!
    refuseProposals([draft])
    const cuts = [...new Set(input.at)].sort((a, b) => a - b)
    if (cuts.some((at) => at <= draft.start_at || at >= draft.end_at)) throw new Refusal('draft/span-outside')
    const edges = [draft.start_at, ...cuts, draft.end_at]
    const put = edges.slice(0, -1).map((start, index): DraftRow => {
      const span = { start_at: start, end_at: edges[index + 1]! }
      return {
        ...draft,
        ...span,
        id: index === 0 ? draft.id : ctx.newId(),
        state: 'open',
        title: titleOf(review, span),
      }
    })
    return takeStep(ctx, review, 'draft.split', { put })
  },
})

function titleOf(review: Review, span: { start_at: number; end_at: number }): string {
  const words = review.document.text.slice(span.start_at, span.end_at).replace(/\s+/g, '')
  return words.replace(/^[，。；、：]+|[，。；、：]+$/g, '').slice(0, 300) || '…'
}

export const spanDraftAction = action(spanDraft, {
  ...locked,
  run: async (ctx, input, review: Review) => {
    if (input.end <= input.start || input.end > review.document.text.length) throw new Refusal('draft/span-outside')
    const span = { start_at: input.start, end_at: input.end }
    if (input.id !== undefined) {
      const draft = draftsNamed(review, [input.id])[0]!
      refuseProposals([draft])
      return takeStep(ctx, review, 'draft.span', { put: [{ ...draft, ...span, title: titleOf(review, span) }] })
    }
    const fresh: DraftRow = {
      id: ctx.newId(),
      ...span,
      mode: 'do',
      state: 'open',
      title: titleOf(review, span),
      fields: emptyFields,
      inferred: {},
      duty_id: null,
      proposes: null,
    }
    return takeStep(ctx, review, 'draft.span', { put: [fresh] })
  },
})

const emptyFields: DraftRow['fields'] = {
  kind: 'other',
  layer: null,
  subject: [],
  leadUnitId: null,
  supportUnitIds: [],
  leaderPostId: null,
  watcherPostId: null,
  deadline: null,
  deadlineText: null,
  cadence: null,
  measures: [],
  milestones: [],
  cites: [],
  common: false,
  unresolved: [],
}

export const restoreDraftsAction = action(restoreDrafts, {
  ...locked,
  run: async (ctx, _input, review: Review) => takeBack(ctx, review),
})

export const amendClausesAction = action(amendClauses, {
  ...locked,
  run: async (ctx, input, review: Review) => {
    const states = statesOf(review)
    const { clauses } = review.reading
    const undecided = clauses.filter((_, index) => states[index] === 'undecided').map((clause) => clause.start)
    const starts = input.starts ?? (input.allUndecided ? undecided : [])
    const known = new Set(clauses.map((clause) => clause.start))
    const foreign = starts.find((start) => !known.has(start))
    if (foreign !== undefined) throw new Refusal('draft/clause-unknown', { start: foreign })
    return takeStep(ctx, review, 'clause.amend', { clauses: new Map(starts.map((start) => [start, input.state])) })
  },
})
