import type { FileAnswer } from '../action/action.ts'
import { Refusal } from '../errors/refusal.ts'
import { fill, type Words } from '../i18n/words.ts'
import { type SheetRows, writeXlsx } from './xlsx.ts'

/** A ledger to print: its title, a line on what it holds, columns with headings and widths in characters, its rows. */
export interface Ledger {
  readonly name: string
  readonly title: string
  readonly note: string
  readonly columns: readonly { readonly heading: string; readonly width: number }[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/** The most rows of one workbook. */
export const rowsMax = 20_000

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
// Signs that some file system or other refuses in a name.
const UNFIT = /[\\/:*?"<>|\p{Cc}]/gu

/** The words of workbooks; they are written in Chinese. */
export type SayInBook = (key: string, facts?: Readonly<Record<string, string | number>>) => string

/** Says the words of workbooks. */
export function bookSayer(words: Words): SayInBook {
  return (key, facts = {}) => {
    const found = words.messages.get(`workbook/${key}`)
    if (found === undefined) throw new Error(`catalogue/words has no workbook/${key}`)
    return fill(found.zh, facts)
  }
}

/** A workbook of ledgers, each set for print, as a file of that name. Refuses with workbook/too-long. */
export async function workbookFile(words: Words, fileName: string, ledgers: readonly Ledger[]): Promise<FileAnswer> {
  if (ledgers.some((ledger) => ledger.rows.length > rowsMax)) throw new Refusal('workbook/too-long', { max: rowsMax })
  const footer = bookSayer(words)('footer')
  const sheets = ledgers.map(
    (ledger): SheetRows => ({
      name: ledger.name,
      rows: [[ledger.title], [ledger.note], ledger.columns.map((column) => column.heading), ...ledger.rows],
      widths: ledger.columns.map((column) => column.width),
      print: { heading: 2, footer },
    }),
  )
  return workbookBytes(fileName, sheets)
}

/** A workbook of plain sheets as a file of that name. */
export async function workbookBytes(fileName: string, sheets: readonly SheetRows[]): Promise<FileAnswer> {
  return { bytes: await writeXlsx(sheets), mediaType: XLSX, fileName: `${fileName.replace(UNFIT, '')}.xlsx` }
}
