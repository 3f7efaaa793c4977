import { sql } from 'kysely'
import type * as z from 'zod'
import { allows, anyOf, role } from '../../core/access/actor.ts'
import { type DutyStanding, standingOn } from '../../core/duties/status.ts'
import {
  briefPaper,
  type DutyOfPaper,
  type ListOfPaper,
  pointsPaper,
  type StandingDuty,
  sheetPaper,
} from '../../core/papers/duty-papers.ts'
import { placesOf } from '../../core/papers/order.ts'
import { dayWords } from '../../core/papers/paper.ts'
import { textPaper } from '../../core/papers/text-paper.ts'
import { fileAnswer, type ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { headGiven } from '../../platform/office/paper/head-given.ts'
import { paperFile, sayer } from '../../platform/office/paper/paper-file.ts'
import { documentText, readingOf } from '../documents/document.ts'
import { unitsOn } from '../organisation/organisation.facts.ts'
import { mayReadDuties, mayReadInstructions } from './duty.access.ts'
import type { DutyRow } from './duty.contract.ts'
import { readable } from './duty.queries.ts'
import { getSheetAnswer } from './instruction.queries.ts'
import { getListAnswer } from './list.queries.ts'
import { namesOf } from './order.ts'
import { briefOfList, paperOfList, paperOfSheet } from './paper.contract.ts'
import { listedFrom, soonDaysOf } from './shown.ts'
import { dutiesOn } from './standing.facts.ts'

/** The brief speaks of the whole list, so it belongs to those who answer for or look over all of it. */
const mayBrief = anyOf<undefined>(role('office', 'secretary', 'discipline', 'supervision-reader'))
/** Whole texts of documents are read by these, as in `documents`. */
const readsDocuments = anyOf<unknown>(role('office', 'supervision-reader'))

interface ListedRow {
  readonly id: string
  readonly no: number
  readonly title: string | null
  readonly layer: string
  readonly measures: string[] | null
  readonly leaderPostId: string | null
  readonly leadUnitId: string | null
  readonly supportIds: string[]
  readonly dueOn: string | null
  readonly cadence: string | null
}

const columns =
  sql.raw(`d.id, d.no, d.title, d.layer, d.measures, d.leader_post_id "leaderPostId", d.lead_unit_id "leadUnitId",
  d.support_ids "supportIds", d.deadline "dueOn", d.cadence`)

/** What a list says of its duties: now, or as known at the journal size at which a version was frozen. */
function dutiesOfList(ctx: ReadContext, listId: string, issued: boolean, size: number | null): Promise<ListedRow[]> {
  const condition =
    size === null
      ? sql`from ${listedFrom} where ${readable(ctx)} and ${issued ? sql`s.status <> 'draft'` : sql`true`}`
      : sql`from duties d where d.org_id = ${ctx.org.orgId} and not d.uncounted and d.recorded_idx < ${size}::bigint
          and d.superseded_idx >= ${size}::bigint and ${ctx.within({ units: 'd.unit_ids' })}`
  return ctx.tx.all(sql<ListedRow>`select ${columns} ${condition} and d.list_id = ${listId} order by d.no`, {
    named: false,
  })
}

/** Duties with names in place of ids, sorted by layer and number. */
async function named<R extends ListedRow>(ctx: ReadContext, rows: readonly R[]): Promise<(DutyOfPaper & { row: R })[]> {
  const names = await namesOf(
    ctx,
    rows.flatMap((row) => [row.leadUnitId, ...row.supportIds]),
    rows.map((row) => row.leaderPostId),
  )
  const layers = ctx.catalogues.catalogue.dutyLayers
  const rank = (row: ListedRow) => layers.find(row.layer)?.rank ?? Number.MAX_SAFE_INTEGER
  return [...rows]
    .sort((a, b) => rank(a) - rank(b) || a.no - b.no)
    .map((row) => ({
      ...row,
      row,
      layer: layers.find(row.layer)?.words.zh ?? row.layer,
      measures: row.measures ?? [],
      leader: called(names.post(row.leaderPostId)),
      leadUnit: names.unit(row.leadUnitId)?.name ?? null,
      supportUnits: row.supportIds.map((id) => names.unit(id)?.name ?? ''),
    }))
}

/** Who answers, by name; where the post is vacant or the name erased, by title. */
const called = (post: { title: string; holder: string | null } | null): string | null =>
  post === null ? null : (post.holder ?? post.title)

async function listOf(ctx: ReadContext, year: number, version?: number) {
  const list = await getListAnswer.run(ctx, { year, ...(version === undefined ? {} : { version }) })
  const title = list.title ?? sayer(ctx.catalogues.words)('list-title', { year })
  return { ...list, title }
}

export const listPaperAnswer = fileAnswer(paperOfList, {
  may: mayReadDuties,
  run: async (ctx, input) => {
    const say = sayer(ctx.catalogues.words)
    const list = await listOf(ctx, input.year, input.version)
    const frozen = list.versions.find(({ no }) => no === input.version)
    const rows = await dutiesOfList(ctx, list.id, list.versionNo > 0, frozen?.journalSize ?? null)
    const paper: ListOfPaper = {
      title: list.title,
      year: list.year,
      versionNo: frozen?.no ?? list.versionNo,
      issuedOn: frozen?.issuedOn ?? list.issuedOn,
      whole: ctx.scope.units === 'all',
      duties: await named(ctx, rows),
    }
    const head = headGiven(input)
    if (head.head !== undefined && input.documentId === undefined) throw new Refusal('paper/head-across')
    const points = input.documentId === undefined ? null : await pointsOf(ctx, input.documentId, input.year)
    return paperFile(
      ctx.catalogues.words,
      { ...pointsPaper(say, paper, points), ...head },
      points?.title?.replace(/\n/g, '') ?? list.title,
    )
  },
})

/** A text of the bureau as work points; not found where the reader may not read texts. */
async function pointsOf(ctx: ReadContext, documentId: string, year: number) {
  const document = allows(readsDocuments, ctx.actor, undefined, undefined)
    ? await documentText(ctx.tx, ctx.org.orgId, documentId)
    : null
  if (document === null) throw new Refusal('record/not-found')
  const { outline } = await readingOf(ctx, document)
  const say = sayer(ctx.catalogues.words)
  const paper = textPaper(say, 'points', { text: document.text, outline }, {})
  return paper.title === '' ? { ...paper, title: document.title ?? say('points-title', { year }) } : paper
}

/** The first day of the month of a day. */
const monthOf = (day: string): string => `${day.slice(0, 8)}01`

export const listBriefAnswer = fileAnswer(briefOfList, {
  may: mayBrief,
  run: async (ctx, input) => {
    const say = sayer(ctx.catalogues.words)
    const head = headGiven(input)
    const to = input.to ?? ctx.today
    const from = input.from ?? monthOf(to)
    if (to > ctx.today || from > to) throw new Refusal('list/brief-period', { from, to })
    const list = await listOf(ctx, input.year)
    if (list.versionNo === 0) throw new Refusal('list/not-issued', { year: input.year })
    const duties = await standingsOn(ctx, list.id, to)
    const paper = briefPaper(say, { list: list.title, year: input.year, from, to, by: ctx.org.name, duties })
    return paperFile(
      ctx.catalogues.words,
      { ...paper, ...head },
      say('brief-file', { list: list.title, day: dayWords(say, to) }),
    )
  },
})

/** The issued duties of a list as they stood on a day, in the order of the organisation's units. */
async function standingsOn(ctx: ReadContext, listId: string, day: string): Promise<StandingDuty[]> {
  const { orgId } = ctx.org
  const [rows, lives, units] = await Promise.all([
    dutiesOfList(ctx, listId, true, null),
    dutiesOn(ctx.tx, orgId, day, null, sql`d.list_id = ${listId}`),
    unitsOn(ctx.tx, orgId, day),
  ])
  const lifeOf = new Map(lives.map((duty) => [duty.id, duty]))
  const places = placesOf(units)
  const place = (row: ListedRow) => places.get(row.leadUnitId ?? '') ?? places.size
  const known = await named(
    ctx,
    rows.filter((row) => lifeOf.has(row.id)),
  )
  return known
    .sort((a, b) => place(a.row) - place(b.row) || a.no - b.no)
    .map((duty) => {
      const { fold, kind } = lifeOf.get(duty.row.id)!
      const state = { ...fold, wasMissed: fold.missed.length > 0 }
      const standing: DutyStanding = standingOn(state, day, soonDaysOf(ctx.catalogues.catalogue, kind))
      return { ...duty, dueOn: fold.dueOn, closedOn: fold.closedOn, mark: standing.mark, lateDays: standing.lateDays }
    })
}

export const sheetPaperAnswer = fileAnswer(paperOfSheet, {
  may: mayReadInstructions,
  run: async (ctx, input) => {
    const say = sayer(ctx.catalogues.words)
    const sheet = await getSheetAnswer.run(ctx, input)
    const { title, holder } = sheet.leader
    const quarter = Math.ceil(Number(sheet.from.slice(5, 7)) / 3)
    const duties = (sheet.duties as z.input<typeof DutyRow>[]).map(
      (duty): StandingDuty => ({
        ...duty,
        leader: called(duty.leader),
        leadUnit: duty.leadUnit?.name ?? null,
        supportUnits: duty.supportUnits.map(({ name }) => name),
      }),
    )
    const { year } = input
    const paper = sheetPaper(say, { ...sheet, title, holder, year, quarter, duties })
    const name = say('sheet-file', { holder: holder ?? title, year, quarter })
    return paperFile(ctx.catalogues.words, paper, name)
  },
})
