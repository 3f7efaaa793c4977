import { sql } from 'kysely'
import type { OpinionRange } from '../../core/opinions/answer.ts'
import { compare } from '../../core/opinions/comparison.ts'
import { type Part, partsOf } from '../../core/opinions/question.ts'
import { action, answer, type Context } from '../../platform/action/action.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { fill } from '../../platform/i18n/words.ts'
import { jobStatement } from '../../platform/jobs/queues.ts'
import { mayKeepLists, mayReadReviews } from './duty.access.ts'
import { getOpinion, openOpinion, type opinionHindrances } from './opinion.contract.ts'
import { orderOn } from './order.ts'
import { loadReview, type Review } from './review.ts'

/** Why a part has no opinion. */
export type Hindrance = (typeof opinionHindrances)[number]

/** What came of one part of a text. */
export interface PartAnswer {
  readonly start: number
  readonly end: number
  readonly why: Hindrance | null
  readonly ranges: readonly OpinionRange[]
}

/** An opinion as stored. */
export interface OpinionRow {
  state: 'waiting' | 'done' | 'failed'
  asked_at: string
  parts: number
  answers: PartAnswer[]
}

/** After this time a question that nobody works on any more may be asked again. */
const STALE_MS = 30 * 60_000

/** The opinion on a document, or null. */
export function findOpinion(tx: Reads, orgId: number, documentId: string): Promise<OpinionRow | null> {
  return tx.first(sql<OpinionRow>`select state, asked_at, parts, answers from duty_opinions
    where org_id = ${orgId} and document_id = ${documentId}`)
}

/** The parts of a document about which the model is asked, with the names that it may choose owners from. */
export async function questionsOn(
  ctx: Pick<Context, 'org' | 'tx' | 'catalogues'>,
  { document, reading }: Pick<Review, 'document' | 'reading'>,
  day: string,
): Promise<Part[]> {
  const order = await orderOn(ctx, day)
  const names = [...reading.duties.flatMap(({ subject }) => subject), ...order.units.map(({ name }) => name ?? '')]
  return partsOf(document.text, reading, names)
}

export const openOpinionAction = action(openOpinion, {
  subject: (ctx: Context, input: { documentId: string }) => loadReview(ctx, input.documentId, true),
  may: mayKeepLists,
  run: async (ctx, { documentId }, review: Review) => {
    if (review.step === null) throw new Refusal('draft/not-opened')
    if (ctx.officeModel === null) throw new Refusal('opinion/not-configured')
    const { orgId } = ctx.org
    const before = await findOpinion(ctx.tx, orgId, documentId)
    if (before?.state === 'waiting' && Date.parse(ctx.now) - Date.parse(before.asked_at) < STALE_MS)
      throw new Refusal('opinion/under-way')
    const { length: parts } = await questionsOn(ctx, review, ctx.today)
    ctx.side(sql`insert into duty_opinions (org_id, document_id, state, asked_at, parts)
      values (${orgId}, ${documentId}, 'waiting', ${ctx.now}::timestamptz, ${parts})
      on conflict (org_id, document_id) do update
        set state = 'waiting', asked_at = excluded.asked_at, parts = excluded.parts, answers = '[]'`)
    ctx.side(jobStatement('opine', ctx.newId(), { orgId, documentId }))
    return { documentId, parts }
  },
})

/** How far an opinion goes, in words; without a model, or without its answer, that the rules' drafts stand alone. */
function saidOf(ctx: Context, state: 'off' | 'none' | OpinionRow['state'], answered: number, parts: number) {
  const key = state === 'done' && answered < parts ? 'partly' : state
  const said = ctx.catalogues.words.messages.get(`opinion-said/${key}`)!
  const facts = { host: ctx.officeModel?.host ?? '', answered, parts }
  return { zh: fill(said.zh, facts), en: fill(said.en, facts) }
}

function hindrancesIn(ctx: Context, answers: readonly PartAnswer[]) {
  const counts = new Map<Hindrance, number>()
  for (const { why } of answers) if (why !== null) counts.set(why, (counts.get(why) ?? 0) + 1)
  return [...counts].map(([why, count]) => {
    const { zh, en } = ctx.catalogues.words.messages.get(`opinion-why/${why}`)!
    return { why, count, zh, en }
  })
}

/** The opinion's passages against the drafts as they stand now. */
function comparisonOf({ drafts, reading, document }: Review, answers: readonly PartAnswer[]) {
  const given = answers.filter(({ why }) => why === null)
  const compared = drafts
    .filter(({ proposes }) => proposes !== 'withdraw')
    .map((draft) => ({
      id: draft.id,
      start: draft.start_at,
      end: draft.end_at,
      state: draft.state,
      kind: draft.fields.kind,
      mode: draft.mode,
      subject: draft.fields.subject,
    }))
  const { agreed, differences } = compare(
    compared,
    given.flatMap(({ ranges }) => ranges),
    reading.clauses,
    given,
  )
  const listed = (id: string) => drafts.some((draft) => draft.id === id && draft.state === 'assigned')
  return {
    agreed,
    differences: differences.map((one) => ({
      ...one,
      draftIds: [...one.draftIds],
      at: [...one.at],
      text: document.text.slice(one.start, one.end),
      // No verb of the review changes what a passage tells; what stands in the list is changed there.
      mayTake: one.what !== 'mode' && !one.draftIds.some(listed),
    })),
  }
}

export const getOpinionAnswer = answer(getOpinion, {
  may: mayReadReviews,
  run: async (ctx, { documentId }) => {
    ctx.unscoped('an opinion belongs to the review of a document; only the office and supervision read it')
    const [review, kept] = await Promise.all([
      loadReview(ctx, documentId, false),
      findOpinion(ctx.tx, ctx.org.orgId, documentId),
    ])
    if (review === null || review.step === null) throw new Refusal('record/not-found')
    const answers = kept?.answers ?? []
    const answered = answers.filter(({ why }) => why === null).length
    const state: OpinionRow['state'] | 'off' | 'none' = kept?.state ?? (ctx.officeModel === null ? 'off' : 'none')
    const nothing = { agreed: 0, differences: [] }
    return {
      documentId,
      host: ctx.officeModel?.host ?? null,
      state,
      said: saidOf(ctx, state, answered, kept?.parts ?? 0),
      askedAt: kept?.asked_at ?? null,
      parts: kept?.parts ?? 0,
      answered,
      hindrances: hindrancesIn(ctx, answers),
      ...(answered === 0 ? nothing : comparisonOf(review, answers)),
    }
  },
})
