import { Refusal } from '../../platform/errors/refusal.ts'
import { OPEN_END } from './dated.ts'

/** A sheet as the office package reads it: rows of cell texts. */
export interface Sheet {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

/** What is wrong with one row, in words of the catalogue (`messages`) and the facts that they need. */
export interface Fault {
  readonly sheet: string
  readonly row: number
  readonly code: string
  readonly facts: Readonly<Record<string, string | number>>
}

/** Columns of the template by sheet; the first of each list must be filled. */
export const COLUMNS = {
  机构: ['名称', '类别', '上级机构', '起始日期', '编码'],
  人员: ['姓名', '工号', '所在机构', '干训类别', '类别起始日期'],
  职务: ['机构', '职务类别', '职务名称', '岗位号', '姓名', '任职日期', '免职日期', '分管机构'],
  党员: ['姓名', '党支部', '身份', '转入日期', '转出日期'],
} as const
export type SheetName = keyof typeof COLUMNS

/** Columns without which a row says nothing. */
export const REQUIRED: { readonly [S in SheetName]: readonly (typeof COLUMNS)[S][number][] } = {
  机构: ['名称', '类别', '起始日期'],
  人员: ['姓名'],
  职务: ['机构', '职务类别', '任职日期'],
  党员: ['姓名', '党支部', '身份', '转入日期'],
}

/** A filled row: its number as the spreadsheet shows it, and its cells by column. */
export interface RosterRow<C extends string = string> {
  readonly row: number
  readonly cells: Readonly<Record<C, string>>
}

/** The four sheets, read by the words of their heads. */
export type RosterSheets = { readonly [S in SheetName]: RosterRow<(typeof COLUMNS)[S][number]>[] }

const squeeze = (text: string) => text.normalize('NFKC').replace(/[\s*＊]/g, '')

/** Finds the four sheets and their columns; rows that are empty are passed over. */
export function rosterSheets(sheets: readonly Sheet[], faults: Fault[]): RosterSheets {
  const read = <S extends SheetName>(name: S) => {
    const sheet = sheets.find((one) => squeeze(one.name) === name)
    if (sheet === undefined) throw new Refusal('roster/sheet-missing', { sheet: name })
    const wanted = COLUMNS[name] as readonly string[]
    const head = sheet.rows.findIndex((cells) =>
      REQUIRED[name].every((column) => cells.some((cell) => squeeze(cell) === column)),
    )
    if (head < 0) throw new Refusal('roster/column-missing', { sheet: name, columns: REQUIRED[name].join('、') })
    const at = new Map(
      wanted.map((column) => [column, sheet.rows[head]!.findIndex((cell) => squeeze(cell) === column)]),
    )
    return sheet.rows.slice(head + 1).flatMap((cells, index) => {
      const row = head + index + 2
      const said = Object.fromEntries(
        wanted.map((column) => [column, (cells[at.get(column)!] ?? '').normalize('NFC').trim()]),
      )
      if (Object.values(said).every((cell) => cell === '')) return []
      for (const column of REQUIRED[name])
        if (said[column] === '') faults.push({ sheet: name, row, code: 'roster/empty-cell', facts: { column } })
      return [{ row, cells: said }]
    }) as RosterSheets[S]
  }
  return { 机构: read('机构'), 人员: read('人员'), 职务: read('职务'), 党员: read('党员') }
}

/** A day as people type it or as a spreadsheet stores it (days since 1899-12-30); null where it is none. */
export function dayTyped(text: string): string | null {
  if (/^\d{5}(\.0+)?$/.test(text))
    return new Date(Date.UTC(1899, 11, 30) + Number.parseInt(text, 10) * 86_400_000).toISOString().slice(0, 10)
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?$/.exec(text.normalize('NFKC'))
  if (parts === null) return null
  const day = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`
  const instant = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(instant.getTime()) || instant.toISOString().slice(0, 10) !== day ? null : day
}

/** Reads a period from two cells; faults where a day is none or the end comes first. */
export function periodTyped(
  at: { sheet: string; row: number },
  from: string,
  to: string,
  faults: Fault[],
): { from: string; to: string } | null {
  const start = dayTyped(from)
  const end = to === '' ? OPEN_END : dayTyped(to)
  for (const [text, day] of [
    [from, start],
    [to, end],
  ] as const) {
    if (day === null && text !== '') faults.push({ ...at, code: 'roster/no-day', facts: { text } })
  }
  if (start === null || end === null) return null
  if (end < start) {
    faults.push({ ...at, code: 'roster/ends-first', facts: { from: start, to: end } })
    return null
  }
  return { from: start, to: end }
}
