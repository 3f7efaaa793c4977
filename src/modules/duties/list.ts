import { sql } from 'kysely'
import { countCoverage } from '../../core/duties/coverage.ts'
import { action, type Context, type Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { CURRENT, type Stored } from '../../platform/journal/record.ts'
import { linkCitations } from '../documents/document.ts'
import { amendLists, neededReason } from './amendment.ts'
import { assignDrafts } from './draft.contract.ts'
import { mayKeepLists } from './duty.access.ts'
import { append, dayOfEvent, lockLives, settle } from './life.ts'
import { issueList, openList } from './list.contract.ts'
import { listRecord } from './list.facts.ts'
import { orderOn } from './order.ts'
import { carryOut } from './proposals.ts'
import { type DraftRow, draftsNamed, loadReview, putDrafts, type Review, statesOf } from './review.ts'
import { isOwned, layerByOwner, newDuty, takeNumbers } from './task.ts'

interface ListStored extends Stored {
  year: number
  version_no: number
  issued_on: string | null
  recorded_idx: number
}

export const openListAction = action(openList, {
  may: mayKeepLists,
  run: async (ctx, input) => {
    const known = await listOfYear(ctx, input.year)
    if (known !== null) throw new Refusal('list/already-open', { year: input.year, listId: known })
    return { id: addList(ctx, input.year, input.title ?? null) }
  },
})

async function listOfYear(ctx: Context, year: number): Promise<string | null> {
  const row = await ctx.tx.first(sql<{
    id: string
  }>`select id from duty_lists where org_id = ${ctx.org.orgId} and year = ${year}
    and superseded_idx = ${sql.raw(CURRENT)}`)
  return row?.id ?? null
}

function addList(ctx: Writing, year: number, title: string | null): string {
  return ctx.add(listRecord, { year, version_no: 0, issued_on: null, title })
}

export const assignDraftsAction = action(assignDrafts, {
  subject: (ctx: Context, input: { documentId: string }) => loadReview(ctx, input.documentId, true),
  may: mayKeepLists,
  run: async (ctx, input, review: Review) => {
    const ready = readyDrafts(review, input.ids)
    const chosen = ready.filter(({ proposes }) => proposes === null)
    const proposed = ready.filter(({ proposes }) => proposes !== null)
    const order = await orderOn(ctx, ctx.today)
    const listId = (await listOfYear(ctx, review.year)) ?? addList(ctx, review.year, null)
    const first = chosen.length === 0 ? 0 : await takeNumbers(ctx, review.year, chosen.length)
    const onDay = dayOfEvent(ctx, input.onDay)
    const duties: { draftId: string; dutyId: string; no: number }[] = []
    const outcome = await carryOut(ctx, order, review, proposed, input.reason)
    const put = proposed.map((draft): DraftRow => ({ ...draft, state: 'assigned' }))
    for (const [index, draft] of chosen.entries()) {
      const { fields } = draft
      const life = newDuty(
        ctx,
        order,
        {
          listId,
          year: review.year,
          no: first + index,
          title: draft.title,
          kind: fields.kind,
          layer: fields.layer ?? layerByOwner(ctx, order, fields.leadUnitId, fields.leaderPostId),
          leadUnitId: fields.leadUnitId,
          supportIds: fields.supportUnitIds,
          leaderPostId: fields.leaderPostId,
          watcherPostId: fields.watcherPostId,
          deadline: fields.deadline,
          cadence: fields.cadence,
          measures: fields.measures,
          milestones: fields.milestones,
          common: fields.common,
          origin: { noun: 'document', id: review.document.id },
          quote: review.document.text.slice(draft.start_at, draft.end_at),
          span: { start: draft.start_at, end: draft.end_at },
        },
        onDay,
      )
      settle(ctx, life)
      await linkCitations(ctx, 'duty', life.row.id, fields.cites)
      put.push({ ...draft, state: 'assigned', duty_id: life.row.id })
      duties.push({ draftId: draft.id, dutyId: life.row.id, no: life.row.no })
    }
    putDrafts(ctx, review.document.id, put)
    // What is in the list is changed there; the steps before cannot be taken back from under it.
    ctx.side(sql`delete from duty_draft_steps where org_id = ${ctx.org.orgId} and document_id = ${review.document.id}`)
    return { listId, duties, ...outcome }
  },
})

/** The confirmed drafts that go into the list, or the refusal that says what is still open. */
function readyDrafts(review: Review, ids: readonly string[] | undefined): DraftRow[] {
  if (review.step === null) throw new Refusal('draft/not-opened')
  const { undecided } = countCoverage(statesOf(review))
  if (undecided > 0) throw new Refusal('draft/clauses-undecided', { count: undecided })
  const unreviewed = review.drafts.filter((draft) => draft.state === 'open' && draft.mode === 'do').length
  if (unreviewed > 0) throw new Refusal('draft/unreviewed', { count: unreviewed })
  const named = ids === undefined ? review.drafts : draftsNamed(review, ids)
  const chosen = named.filter((draft) => draft.state === 'confirmed')
  if (chosen.length === 0) throw new Refusal('draft/nothing-confirmed')
  return chosen
}

export const issueListAction = action(issueList, {
  subject: (ctx: Context, input: { id: string }) =>
    ctx.tx.first(sql<ListStored>`select * from duty_lists where org_id = ${ctx.org.orgId} and id = ${input.id}
      and superseded_idx = ${sql.raw(CURRENT)} for no key update`),
  may: mayKeepLists,
  run: async (ctx, input, list: ListStored) => {
    const onDay = dayOfEvent(ctx, input.onDay)
    const drafts = await draftDuties(ctx, list.id)
    const first = list.version_no === 0
    if (drafts.length === 0 && (first || !(await wasAmendedSince(ctx, list))))
      throw new Refusal('list/nothing-to-issue')
    const reason = neededReason(!first && drafts.length > 0, input.reason)
    if (reason !== null) ctx.because(reason)
    const lives = await lockLives(ctx, drafts)
    const unowned = lives!.filter(
      ({ row }) => !isOwned({ leadUnitId: row.lead_unit_id, leaderPostId: row.leader_post_id, common: row.common }),
    )
    if (unowned.length > 0) {
      const numbers = unowned.map((life) => life.row.no).sort((a, b) => a - b)
      throw new Refusal('list/unowned', {
        count: unowned.length,
        numbers: numbers.slice(0, 20).join('、'),
        ids: unowned.map((life) => life.row.id),
      })
    }
    const issued = lives!.map((life) => append(ctx, life, { event: 'issued', onDay, dueOn: life.row.deadline }))
    for (const life of issued) settle(ctx, life)
    const added = first ? [] : issued.map((life) => ({ life, act: 'added' as const, changes: null }))
    const numbers = await amendLists(ctx, added, reason, onDay)
    const versionNo = list.version_no + 1
    ctx.revise(listRecord, list, { version_no: versionNo, issued_on: onDay })
    return { id: list.id, versionNo, issued: issued.length, amendments: numbers.filter((no) => no !== null) }
  },
})

async function draftDuties(ctx: Context, listId: string): Promise<string[]> {
  const rows = await ctx.tx.all(sql<{
    id: string
  }>`select d.id from duties d join duty_states s on s.org_id = d.org_id and s.duty_id = d.id
    where d.org_id = ${ctx.org.orgId} and d.list_id = ${listId} and d.superseded_idx = ${sql.raw(CURRENT)} and s.status = 'draft' order by d.no`)
  return rows.map((row) => row.id)
}

async function wasAmendedSince(ctx: Context, list: ListStored): Promise<boolean> {
  const row = await ctx.tx.first(sql<{
    id: string
  }>`select id from duty_amendments where org_id = ${ctx.org.orgId} and list_id = ${list.id}
    and recorded_idx > ${list.recorded_idx} limit 1`)
  return row !== null
}
