import { readDay } from '../../lib/day-text.ts'

/** What a pasted row names: units of the bureau and kinds of activity with all their names. */
export type Named = { id: string; names: readonly string[] }

/** One pasted row: what it plans, or the first part of it that could not be read. */
export type PlannedRow = {
  line: number
  when: string
  unit: string
  kind: string
  title: string
} & (
  | { fault: 'when' | 'unit' | 'kind' }
  | {
      plan:
        | { unitId: string; kind: string; title?: string; plannedOn: string }
        | { unitId: string; kind: string; title?: string; month: string }
    }
)

/** The month that somebody typed: 2026年3月, 3月, 2026-3. */
function readMonth(text: string, today: string): string | undefined {
  const found = /^(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*月?$/.exec(text.trim())
  const month = Number(found?.[2])
  if (!found || month < 1 || month > 12 || (!found[1] && !text.includes('月'))) return undefined
  return `${found[1] ?? today.slice(0, 4)}-${String(month).padStart(2, '0')}`
}

const find = (named: readonly Named[], text: string) =>
  named.find(({ names }) => names.some((name) => name.toLowerCase() === text.toLowerCase()))?.id

/** Reads rows copied from a table: day or month, unit, kind, subject; a first row of headings is passed over. */
export function readPlannedRows(
  text: string,
  { units, kinds, today }: { units: readonly Named[]; kinds: readonly Named[]; today: string },
): PlannedRow[] {
  const lines = text
    .split(/\r?\n/)
    .map((line, at) => ({ cells: line.split(/\t|[,，]/).map((cell) => cell.trim()), at }))
  return lines
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
    .filter(({ cells }, at) => at > 0 || /\d/.test(cells[0] ?? ''))
    .map(({ cells, at }): PlannedRow => {
      const [when = '', unit = '', kind = '', title = ''] = cells
      const row = { line: at + 1, when, unit, kind, title }
      const plannedOn = readDay(when, today)
      const month = readMonth(when, today)
      const unitId = find(units, unit)
      const kindId = find(kinds, kind)
      if (!plannedOn && !month) return { ...row, fault: 'when' }
      if (!unitId) return { ...row, fault: 'unit' }
      if (!kindId) return { ...row, fault: 'kind' }
      const what = { unitId, kind: kindId, ...(title ? { title } : {}) }
      return { ...row, plan: plannedOn ? { ...what, plannedOn } : { ...what, month: month ?? '' } }
    })
}
