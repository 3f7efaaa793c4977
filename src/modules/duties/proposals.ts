import type * as z from 'zod'
import type { Order } from '../../core/duties/owner.ts'
import { type Judged, judgeChange, judgeWithdrawal } from '../../core/tables/proposal.ts'
import { columnOfPart, type Given, type RowPart } from '../../core/tables/returned.ts'
import type { ReadContext, Writing } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Row } from '../../platform/journal/record.ts'
import { linkCitations } from '../documents/document.ts'
import { type Amendment, amendLists, neededReason } from './amendment.ts'
import { sideOf } from './compare.queries.ts'
import type { Proposal } from './draft.contract.ts'
import { append, changed, type DutyLife, lockLives, settle } from './life.ts'
import { type ListBack, listBack, type Standing, standingNow } from './list-back.ts'
import { checkOwners, namesOf } from './order.ts'
import { changesOf, checkChangeable } from './ownership.ts'
import type { DraftRow, Review } from './review.ts'
import { unitsThatSee } from './task.ts'

type Shown = z.input<typeof Proposal>

const rowOf = ({ title, fields }: DraftRow, now: Given) => ({ ...fields, title, layer: fields.layer ?? now.layer })

function judged(draft: DraftRow, was: Given, now: Standing): Judged {
  return draft.proposes === 'withdraw' ? judgeWithdrawal(was, now) : judgeChange(was, now, rowOf(draft, now))
}

/** What the drafts of a review propose of duties in the list, by draft: what stands now, what would stand, what hinders it. */
export async function proposalsOf(ctx: ReadContext, review: Review): Promise<Map<string, Shown>> {
  const drafts = review.drafts.filter(({ proposes, state }) => proposes !== null && state !== 'assigned')
  const back = drafts.length === 0 ? null : await listBack(ctx, review)
  if (back === null) return new Map()
  const then = new Map(back.was.map((duty) => [duty.id, duty]))
  const now = await standingNow(
    ctx,
    drafts.map(({ duty_id }) => duty_id!),
  )
  const sides = drafts.flatMap((draft) => {
    const stands = now.get(draft.duty_id!)
    if (stands === undefined) return []
    const { title, fields, proposes } = draft
    const wanted =
      proposes === 'withdraw'
        ? null
        : { ...stands, ...fields, title, layer: fields.layer ?? stands.layer, supportIds: fields.supportUnitIds }
    return [{ draft, stands, wanted, judged: judged(draft, then.get(stands.id) ?? stands, stands) }]
  })
  const all = sides.flatMap(({ stands, wanted }) => (wanted === null ? [stands] : [stands, wanted]))
  const names = await namesOf(
    ctx,
    all.flatMap((one) => [one.leadUnitId, ...one.supportIds]),
    all.flatMap((one) => [one.leaderPostId, one.watcherPostId]),
  )
  return new Map(
    sides.map(({ draft, stands, wanted, judged }): [string, Shown] => [
      draft.id,
      {
        act: draft.proposes!,
        no: stands.no,
        differs: [...judged.differs],
        overtaken: [...judged.overtaken],
        hindrance: judged.hindrance,
        stands: { ...sideOf(stands, names), cites: [...stands.cites] },
        wanted: wanted && { ...sideOf(wanted, names), cites: wanted.cites },
      },
    ]),
  )
}

/**
 * Carries confirmed proposals out, all or none: each change and each withdrawal of an issued duty is an amendment with a
 * number and the reason. Refuses what is hindered. Returns how many there were and the numbers.
 */
export async function carryOut(
  ctx: Writing,
  order: Order,
  review: Review,
  proposed: readonly DraftRow[],
  said: string | undefined,
): Promise<{ changed: number; withdrawn: number; amendments: number[] }> {
  const chosen = proposed.toSorted((a, b) => Number(a.proposes === 'withdraw') - Number(b.proposes === 'withdraw'))
  if (chosen.length === 0) return { changed: 0, withdrawn: 0, amendments: [] }
  const ids = chosen.map(({ duty_id }) => duty_id!)
  const lives = await lockLives(ctx, ids)
  const back = await listBack(ctx, review)
  if (lives === null || back === null) throw new Refusal('draft/unknown', { id: chosen[0]!.id })
  const now = await standingNow(ctx, ids)
  const reason = neededReason(
    lives.some(({ fold }) => fold.status !== 'draft'),
    said,
  )
  if (reason !== null) ctx.because(reason)
  const done = chosen.map((draft, at) => {
    const life = lives[at]!
    const stands = now.get(life.row.id)!
    const parts = partsAllowed(ctx, draft, back, stands)
    return draft.proposes === 'withdraw'
      ? withdrawn(ctx, life, reason)
      : amended(ctx, order, { life, stands, draft, parts, reason })
  })
  const amendments = done.flatMap(({ amendment }) => amendment ?? [])
  const numbers = await amendLists(ctx, amendments, reason, ctx.today)
  for (const { life, cites } of done) {
    settle(ctx, life)
    if (cites !== null) await linkCitations(ctx, 'duty', life.row.id, cites)
  }
  const taken = done.filter(({ life }) => life.fold.status === 'withdrawn').length
  return {
    changed: done.filter(({ touched }) => touched).length - taken,
    withdrawn: taken,
    amendments: numbers.filter((no) => no !== null),
  }
}

/** The parts that the draft changes, or the refusal that says what hinders it. */
function partsAllowed(ctx: Writing, draft: DraftRow, back: ListBack, stands: Standing): readonly RowPart[] {
  const was = back.was.find(({ id }) => id === stands.id) ?? stands
  const { differs, overtaken, hindrance } = judged(draft, was, stands)
  const { no, title, status } = stands
  switch (hindrance) {
    case null:
      return differs
    case 'not-in-state':
      throw new Refusal('duty/not-in-state', {
        no,
        status,
        event: draft.proposes === 'withdraw' ? 'withdrawn' : 'amended',
      })
    case 'names-unknown':
      throw new Refusal('draft/names-unknown', { no, names: draft.fields.unresolved.join('、') })
    case 'overtaken':
      throw new Refusal('draft/overtaken', { no, ...partWords(ctx, overtaken) })
    case 'deadline-kept':
      throw new Refusal('draft/deadline-kept', { no })
    case 'unowned':
      throw new Refusal('duty/unowned', { no, title })
  }
}

function partWords(ctx: Writing, parts: readonly RowPart[]): { zh: string; en: string } {
  const words = parts.flatMap((part) => ctx.catalogues.words.messages.get(`column/${columnOfPart[part]}`) ?? [])
  return { zh: words.map(({ zh }) => zh).join('、'), en: words.map(({ en }) => en).join(', ') }
}

interface Done {
  readonly life: DutyLife
  readonly amendment: Amendment | null
  readonly cites: readonly string[] | null
  readonly touched: boolean
}

function withdrawn(ctx: Writing, life: DutyLife, reason: string | null): Done {
  const issued = life.fold.status !== 'draft'
  const after = append(ctx, life, { event: 'withdrawn', onDay: ctx.today, note: issued ? reason : null })
  const amendment = issued ? ({ life: after, act: 'dropped', changes: null } as const) : null
  return { life: after, amendment, cites: null, touched: true }
}

interface Change {
  readonly life: DutyLife
  readonly stands: Standing
  readonly draft: DraftRow
  readonly parts: readonly RowPart[]
  readonly reason: string | null
}

function amended(ctx: Writing, order: Order, { life, stands, draft, parts, reason }: Change): Done {
  const cites = parts.includes('cites') ? draft.fields.cites : null
  if (parts.length === 0) return { life, amendment: null, cites, touched: false }
  const issued = checkChangeable(life)
  const columns = columnsOf(ctx, order, life, draft, parts)
  const changes = {
    ...changesOf(life.row, columns),
    ...(cites === null ? {} : { cites: [[...stands.cites], cites] }),
  } as Record<string, [unknown, unknown]>
  const next = changed(ctx, life, columns)
  if (!issued) return { life: next, amendment: null, cites, touched: true }
  const { status } = life.fold
  const moved = parts.includes('lead') && status !== 'submitted' && status !== 'suspended'
  const after = append(ctx, next, {
    event: moved ? 'transferred' : 'amended',
    onDay: ctx.today,
    dueOn: parts.includes('deadline') ? draft.fields.deadline : null,
    note: reason,
    detail: { changes },
  })
  return { life: after, amendment: { life: after, act: 'changed', changes }, cites, touched: true }
}

/** The columns that the parts change, refusing units and posts that are not there today. */
function columnsOf(
  ctx: Writing,
  order: Order,
  life: DutyLife,
  { title, fields }: DraftRow,
  parts: readonly RowPart[],
): Row {
  const owns = (part: RowPart) => parts.includes(part)
  checkOwners(order, {
    unitIds: [...(owns('lead') ? [fields.leadUnitId] : []), ...(owns('support') ? fields.supportUnitIds : [])],
    postIds: [...(owns('leader') ? [fields.leaderPostId] : []), ...(owns('watcher') ? [fields.watcherPostId] : [])],
  })
  const values: Readonly<Record<Exclude<RowPart, 'cites'>, Row>> = {
    title: { title },
    leader: { leader_post_id: fields.leaderPostId },
    lead: { lead_unit_id: fields.leadUnitId },
    support: { support_ids: fields.supportUnitIds },
    watcher: { watcher_post_id: fields.watcherPostId },
    deadline: { deadline: fields.deadline },
    cadence: { cadence: fields.cadence },
    measures: { measures: fields.measures },
    milestones: { milestones: fields.milestones },
    kind: { kind: fields.kind },
    layer: { layer: fields.layer ?? life.row.layer },
    common: { common: fields.common },
  }
  const columns: Row = Object.assign({}, ...parts.map((part) => (part === 'cites' ? {} : values[part])))
  const row = { ...life.row, ...columns }
  const supportIds = row.support_ids.filter((id) => id !== row.lead_unit_id)
  const seen = unitsThatSee(ctx, order, {
    leadUnitId: row.lead_unit_id,
    supportIds,
    leaderPostId: row.leader_post_id,
    watcherPostId: row.watcher_post_id,
    common: row.common,
    layer: row.layer,
  })
  return { ...columns, ...(owns('support') || owns('lead') ? { support_ids: supportIds } : {}), unit_ids: seen }
}
