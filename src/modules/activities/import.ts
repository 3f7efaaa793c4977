import type * as z from 'zod'
import { rowMeant } from '../../core/catalogue/catalogue.ts'
import { type Context, fileAnswer, type Writing } from '../../platform/action/action.ts'
import { parseInput } from '../../platform/action/perform.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { fill } from '../../platform/i18n/words.ts'
import { readXlsxApart } from '../../platform/office/apart.ts'
import { OfficeRefusal } from '../../platform/office/office-refusal.ts'
import { writeXlsx } from '../../platform/office/xlsx.ts'
import { type PersonOn, type UnitOn, unitsOn } from '../organisation/organisation.facts.ts'
import { importing, mayKeep } from './activity.access.ts'
import { activityTemplate, type importActivities, recordActivity } from './activity.contract.ts'
import { expectedAt } from './roster.ts'
import { kindOf, type UnitsAt } from './statement.ts'

type Recorded = z.output<typeof recordActivity.input>

/** Columns of the sheet; the words of each head stand in the catalogue, the first of them in the template. */
const COLUMNS = [
  'kind',
  'day',
  'unit',
  'title',
  'host',
  'hours',
  'names',
  'expected',
  'voters',
  'present',
  'topics',
  'audience',
  'proof',
] as const
type Column = (typeof COLUMNS)[number]
const REQUIRED: readonly Column[] = ['kind', 'day', 'unit']
type Cells = Partial<Record<Column, string>>

const ROWS_MAX = 2000

interface Fault {
  readonly row: number
  readonly code: string
  readonly zh: string
  readonly en: string
}

function heads(ctx: Context, column: Column): string[] {
  return ctx.catalogues.words.messages.get(`activity-import/${column}`)?.zh.split('、') ?? []
}

const squeeze = (text: string) => text.replace(/[\s　（）()：:*]/g, '')

/** The sheet below its head line; the first line that names all required columns is the head. */
function tableOf(ctx: Context, rows: readonly (readonly string[])[]): { row: number; cells: Cells }[] {
  for (const [at, line] of rows.slice(0, 8).entries()) {
    const found = line.map((cell) =>
      COLUMNS.find((column) => heads(ctx, column).some((head) => squeeze(head) === squeeze(cell))),
    )
    if (!REQUIRED.every((column) => found.includes(column))) continue
    return rows.slice(at + 1).flatMap((cells, below) => {
      const named = found.flatMap((column, place) => {
        const text = cells[place]?.trim() ?? ''
        return column === undefined || text === '' ? [] : [[column, text] as const]
      })
      return named.length === 0 ? [] : [{ row: at + below + 2, cells: Object.fromEntries(named) as Cells }]
    })
  }
  throw new Refusal('activity/import-columns', { columns: REQUIRED.map((column) => heads(ctx, column)[0]).join('、') })
}

/** A day as people write it: 2026-6-3, 2026/6/3, 2026.6.3, 2026年6月3日. */
export function dayMeant(text: string): string | null {
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s.*)?$/.exec(text)
  if (parts === null) return null
  const day = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  const date = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day ? null : day
}

const listOf = (text: string | undefined) =>
  text
    ?.split(/[、，,；;\n]/)
    .map((one) => one.trim())
    .filter(Boolean) ?? []

function numberIn(cells: Cells, column: Column): number | undefined {
  const text = cells[column]
  if (text === undefined) return undefined
  const number = Number(text.replace(/[人名次个学时小时]+$/u, ''))
  if (!Number.isFinite(number)) throw new Refusal('activity/cell-unread', { text })
  return number
}

/** The one person of that name on the roster; a name that two bear is left to the form, where one is picked. */
function personNamed(roster: readonly PersonOn[], name: string): PersonOn | null {
  const found = roster.filter((person) => person.name === name)
  if (found.length > 1) throw new Refusal('activity/two-of-one-name', { name })
  return found[0] ?? null
}

async function inputOf(ctx: Context, cells: Cells, unitsAt: UnitsAt): Promise<unknown> {
  const kindText = cells.kind
  const kind = kindText === undefined ? undefined : rowMeant(ctx.catalogues.catalogue.activityKinds, kindText)
  if (kind === undefined) throw new Refusal('activity/unknown-kind', { kind: kindText ?? '' })
  const happenedOn = dayMeant(cells.day ?? '')
  if (happenedOn === null) throw new Refusal('activity/cell-unread', { text: cells.day ?? '' })
  const unit = (await unitsAt(happenedOn)).find((one) => one.name === cells.unit || one.unitId === cells.unit)
  if (unit === undefined) throw new Refusal('activity/unknown-unit', { day: happenedOn })
  if (!mayKeep(ctx.actor, [unit.unitId])) throw new Refusal('record/not-found')
  const names = listOf(cells.names)
  const roster =
    names.length > 0 || cells.host ? await expectedAt(ctx, kindOf(ctx, kind.id), unit.unitId, happenedOn) : []
  const present = numberIn(cells, 'present')
  const status = ctx.catalogues.catalogue.attendanceStatuses.rows.find((one) => one.counts_as === 'present')!.id
  const attendance = names.map((name) => {
    const person = personNamed(roster, name)
    if (person === null) throw new Refusal('activity/name-not-on-roster', { name })
    return { personId: person.pid, status }
  })
  const host = cells.host === undefined ? undefined : personNamed(roster, cells.host)
  return {
    kind: kind.id,
    happenedOn,
    unitId: unit.unitId,
    title: cells.title,
    host: host === undefined ? undefined : host === null ? { name: cells.host } : { personId: host.pid },
    hours: numberIn(cells, 'hours'),
    attendance: attendance.length > 0 ? attendance : undefined,
    numbers:
      present === undefined || attendance.length > 0
        ? undefined
        : { present, expected: numberIn(cells, 'expected'), voters: numberIn(cells, 'voters') },
    topics: listOf(cells.topics),
    audience: cells.audience,
    proof: cells.proof,
  }
}

async function sheetRows(file: string): Promise<readonly (readonly string[])[]> {
  try {
    const sheets = await readXlsxApart(Buffer.from(file, 'base64'))
    return sheets.find((sheet) => sheet.rows.length > 0)?.rows ?? []
  } catch (error) {
    if (error instanceof OfficeRefusal) throw new Refusal('activity/import-unreadable')
    throw error
  }
}

/**
 * Reads a filled sheet and prepares every row with `prepare`. One row at fault refuses the whole sheet, with every
 * fault by row in both languages.
 */
export async function draftsOf<Draft>(
  ctx: Writing,
  input: z.output<typeof importActivities.input>,
  prepare: (one: Recorded, unitsAt: UnitsAt) => Promise<Draft>,
): Promise<Draft[]> {
  const lines = tableOf(ctx, await sheetRows(input.file))
  if (lines.length === 0 || lines.length > ROWS_MAX)
    throw new Refusal('activity/import-size', { count: lines.length, max: ROWS_MAX })
  const days = new Map<string, Promise<readonly UnitOn[]>>()
  const unitsAt: UnitsAt = (day) => {
    const known = days.get(day) ?? unitsOn(ctx.tx, ctx.org.orgId, day)
    days.set(day, known)
    return known
  }
  const drafts: Draft[] = []
  const faults: Fault[] = []
  for (const { row, cells } of lines) {
    try {
      const one = await inputOf(ctx, cells, unitsAt)
      drafts.push(await prepare(parseInput(recordActivity.input, one), unitsAt))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const words = ctx.catalogues.words.refusals.get(error.code)
      const say = (text: string | undefined) => fill(text ?? error.code, error.details)
      faults.push({ row, code: error.code, zh: say(words?.zh), en: say(words?.en) })
    }
  }
  if (faults.length > 0) {
    throw new Refusal('activity/import-rows', {
      count: faults.length,
      row: faults[0]!.row,
      faults: faults.slice(0, 200),
    })
  }
  return drafts
}

export const templating = fileAnswer(activityTemplate, {
  may: importing,
  run: async (ctx) => {
    ctx.unscoped('an empty template')
    const words = ctx.catalogues.words.messages
    const name = words.get('activity-import/sheet')!.zh
    const rows = [COLUMNS.map((column) => heads(ctx, column)[0] ?? column)]
    const bytes = await writeXlsx([{ name, rows, widths: COLUMNS.map(() => 16) }])
    const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    return { bytes, mediaType, fileName: `${name}.xlsx` }
  },
})
