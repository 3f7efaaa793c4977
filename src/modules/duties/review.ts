import { sql } from 'kysely'
import { type ClauseState, type CoverageCount, clauseStatesOf, countCoverage } from '../../core/duties/coverage.ts'
import type { Reading } from '../../core/reading/reading.ts'
import type { Context, Writing } from '../../platform/action/action.ts'
import { build } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { type DocumentText, documentText, readingOf } from '../documents/document.ts'
import type { DraftFields, draftModes, draftStates } from './draft.contract.ts'
import type { Inferred } from './drafting.ts'

/** A draft as stored. */
export interface DraftRow {
  id: string
  start_at: number
  end_at: number
  mode: (typeof draftModes)[number]
  state: (typeof draftStates)[number]
  title: string
  fields: DraftFields
  inferred: Inferred
  duty_id: string | null
  /** What it proposes of the duty `duty_id`, which stands in the list already. */
  proposes: 'change' | 'withdraw' | null
}

type Decided = Exclude<ClauseState, 'duty' | 'undecided'>

/** A document under review, locked: its drafts in the order of the text and the clauses decided by hand. */
export interface Review {
  readonly document: DocumentText
  readonly reading: Reading
  readonly year: number
  /** The last step; 0 before any. Null: the drafts are not opened yet. */
  readonly step: number | null
  readonly drafts: readonly DraftRow[]
  readonly decided: ReadonlyMap<number, Decided>
}

/** Loads a review; `lock` holds its row until the act is done, so that steps come one after another. */
export async function loadReview(
  ctx: Pick<Context, 'org' | 'tx' | 'catalogues'>,
  documentId: string,
  lock: boolean,
): Promise<Review | null> {
  const { orgId } = ctx.org
  const header = ctx.tx.first(
    sql<{ year: number; last_step: number }>`select year, last_step from duty_reviews
      where org_id = ${orgId} and document_id = ${documentId} ${lock ? sql`for no key update` : sql``}`,
  )
  const document = await documentText(ctx.tx, orgId, documentId)
  if (document === null) return null
  const [row, drafts, decided, reading] = await Promise.all([
    header,
    ctx.tx.all(sql<DraftRow>`select id, start_at, end_at, mode, state, title, fields, inferred, duty_id, proposes from duty_drafts
      where org_id = ${orgId} and document_id = ${documentId} order by start_at, end_at, id`),
    ctx.tx.all(sql<{ start_at: number; state: Decided }>`select start_at, state from duty_clauses
      where org_id = ${orgId} and document_id = ${documentId}`),
    readingOf(ctx, document),
  ])
  return {
    document,
    reading,
    year: row?.year ?? document.year,
    step: row?.last_step ?? null,
    drafts,
    decided: new Map(decided.map((one) => [one.start_at, one.state])),
  }
}

/** The state of every clause of the reading under the drafts and words of the review. */
export function statesOf(review: Pick<Review, 'reading' | 'drafts' | 'decided'>): ClauseState[] {
  // What is to be taken out stands nowhere in the text.
  const drafts = review.drafts
    .filter(({ proposes }) => proposes !== 'withdraw')
    .map((draft) => ({
      start: draft.start_at,
      end: draft.end_at,
      rejected: draft.state === 'rejected',
    }))
  const { clauses, duties } = review.reading
  const judged = clauses.map((clause) => ({
    ...clause,
    of: clause.duty === null ? null : (duties[clause.duty] ?? null),
  }))
  return clauseStatesOf(judged, drafts, review.decided)
}

/** The drafts of the ids, or the refusal that names the first one that is absent or already in the list. */
export function draftsNamed(review: Review, ids: readonly string[]): DraftRow[] {
  if (review.step === null) throw new Refusal('draft/not-opened')
  return [...new Set(ids)].map((id) => {
    const draft = review.drafts.find((one) => one.id === id)
    if (draft === undefined) throw new Refusal('draft/unknown', { id })
    if (draft.state === 'assigned') throw new Refusal('draft/assigned', { title: draft.title })
    return draft
  })
}

/** Refuses what would make another duty of a row that speaks of one in the list: such a row is taken as it is, or not. */
export function refuseProposals(drafts: readonly DraftRow[]): void {
  const one = drafts.find(({ proposes }) => proposes !== null)
  if (one !== undefined) throw new Refusal('draft/of-listed', { title: one.title })
}

/** What a step changes: drafts as they are afterwards, drafts that go, clauses with their new word (null: none). */
export interface Step {
  readonly put?: readonly DraftRow[]
  readonly drop?: readonly DraftRow[]
  readonly clauses?: ReadonlyMap<number, Decided | null>
}

interface TakenBack {
  drafts: DraftRow[]
  created: string[]
  clauses: [number, Decided | null][]
}

/** What a verb of the review answers. */
export interface StepOutcome {
  documentId: string
  drafts: string[]
  step: number
  coverage: CoverageCount
}

/** Writes a step and keeps what it replaced, so that it can be taken back. */
export function takeStep(ctx: Writing, review: Review, verb: string, step: Step): StepOutcome {
  if (review.step === null) throw new Refusal('draft/not-opened')
  const number = review.step + 1
  const before = new Map(review.drafts.map((draft) => [draft.id, draft]))
  const touched = [...(step.put ?? []), ...(step.drop ?? [])]
  const back: TakenBack = {
    drafts: touched.flatMap((draft) => before.get(draft.id) ?? []),
    created: touched.filter((draft) => !before.has(draft.id)).map((draft) => draft.id),
    clauses: [...(step.clauses ?? new Map()).keys()].map((start) => [start, review.decided.get(start) ?? null]),
  }
  write(ctx, review.document.id, step)
  const keys = { org_id: ctx.org.orgId, document_id: review.document.id }
  ctx.side(
    build.insertInto('duty_draft_steps').values({ ...keys, step: number, verb, taken_back: JSON.stringify(back) }),
  )
  return outcome(ctx, review, step, number)
}

/** Takes the last step back. */
export async function takeBack(ctx: Writing, review: Review): Promise<StepOutcome> {
  if (review.step === null) throw new Refusal('draft/not-opened')
  const { orgId } = ctx.org
  const last = await ctx.tx.first(sql<{
    step: number
    taken_back: TakenBack
  }>`select step, taken_back from duty_draft_steps
    where org_id = ${orgId} and document_id = ${review.document.id} order by step desc limit 1`)
  if (last === null) throw new Refusal('draft/nothing-to-restore')
  const { drafts, created, clauses } = last.taken_back
  const step: Step = {
    put: drafts,
    drop: review.drafts.filter((draft) => created.includes(draft.id)),
    clauses: new Map(clauses),
  }
  write(ctx, review.document.id, step)
  ctx.side(
    sql`delete from duty_draft_steps where org_id = ${orgId} and document_id = ${review.document.id} and step = ${last.step}`,
  )
  return outcome(ctx, review, step, last.step - 1)
}

function outcome(ctx: Writing, review: Review, step: Step, number: number): StepOutcome {
  ctx.side(
    sql`update duty_reviews set last_step = ${number} where org_id = ${ctx.org.orgId} and document_id = ${review.document.id}`,
  )
  const gone = new Set([...(step.put ?? []), ...(step.drop ?? [])].map((draft) => draft.id))
  const drafts = [...review.drafts.filter((draft) => !gone.has(draft.id)), ...(step.put ?? [])]
  const decided = new Map(review.decided)
  for (const [start, state] of step.clauses ?? []) {
    if (state === null) decided.delete(start)
    else decided.set(start, state)
  }
  const states = statesOf({ reading: review.reading, drafts, decided })
  return {
    documentId: review.document.id,
    drafts: (step.put ?? []).map((draft) => draft.id),
    step: number,
    coverage: countCoverage(states),
  }
}

function write(ctx: Writing, documentId: string, step: Step): void {
  const { orgId } = ctx.org
  for (const draft of step.drop ?? [])
    ctx.side(sql`delete from duty_drafts where org_id = ${orgId} and id = ${draft.id}`)
  putDrafts(ctx, documentId, step.put ?? [])
  for (const [start, state] of step.clauses ?? []) {
    if (state === null) {
      ctx.side(
        sql`delete from duty_clauses where org_id = ${orgId} and document_id = ${documentId} and start_at = ${start}`,
      )
    } else {
      ctx.side(sql`insert into duty_clauses (org_id, document_id, start_at, state) values (${orgId}, ${documentId}, ${start}, ${state})
        on conflict (org_id, document_id, start_at) do update set state = excluded.state`)
    }
  }
}

const ROWS_MAX = 200

/** Inserts or replaces drafts, a few hundred in one statement. */
export function putDrafts(ctx: Writing, documentId: string, drafts: readonly DraftRow[]): void {
  for (let start = 0; start < drafts.length; start += ROWS_MAX) {
    const rows = drafts.slice(start, start + ROWS_MAX).map((draft) => ({
      ...draft,
      org_id: ctx.org.orgId,
      document_id: documentId,
      fields: JSON.stringify(draft.fields),
      inferred: JSON.stringify(draft.inferred),
    }))
    const set = ['start_at', 'end_at', 'mode', 'state', 'title', 'fields', 'inferred', 'duty_id', 'proposes'] as const
    ctx.side(
      build
        .insertInto('duty_drafts')
        .values(rows)
        .onConflict((on) =>
          on
            .columns(['org_id', 'id'])
            .doUpdateSet((eb) => Object.fromEntries(set.map((column) => [column, eb.ref(`excluded.${column}`)]))),
        ),
    )
  }
}
