import type { Area } from '../../core/tables/grid.ts'
import { type Numbering, type NumberRef, readNumbering, readStyleNumbers } from './numbering.ts'
import { OfficeRefusal } from './office-refusal.ts'
import { openOoxml, rootPart } from './ooxml.ts'
import { walkXml, type XmlHandler } from './xml.ts'

/** A table as rows of cells; a cell merged downwards is empty below its first row, one merged sideways is followed by empty ones. */
export type TableCells = readonly (readonly string[])[]

/** A table where it stands: `paragraph` is the place of its first row among the paragraphs, each row takes one. */
export interface DocxTable {
  readonly paragraph: number
  readonly rows: TableCells
  readonly merges: readonly Area[]
}

/** The words of a document. `text` is the paragraphs joined by line ends; a table row is one paragraph with tabs between its cells. */
export interface DocxText {
  readonly text: string
  readonly paragraphs: readonly string[]
  readonly tables: readonly TableCells[]
  /** The same tables with their places and merged cells. */
  readonly placed: readonly DocxTable[]
}

const charactersMax = 5_000_000

/**
 * Reads a .docx: paragraphs in order with their automatic numbers, tables as rows. Deleted and moved-away words, field codes, comments, notes,
 * headers and footers stay out; words inserted under revision are in.
 * @throws OfficeRefusal
 */
export function readDocx(bytes: Uint8Array): DocxText {
  const parts = openOoxml(bytes, 'word')
  const document = parts.get(rootPart(parts, 'officeDocument', 'word/document.xml'))
  if (document === undefined) throw new OfficeRefusal('office/unreadable', { reason: 'no-document' })
  const reader = new DocumentReader(
    readNumbering(parts.get('word/numbering.xml')),
    readStyleNumbers(parts.get('word/styles.xml')),
  )
  walkXml(document, reader)
  return {
    text: reader.paragraphs.join('\n'),
    paragraphs: reader.paragraphs,
    tables: reader.placed.map(({ rows }) => rows),
    placed: reader.placed,
  }
}

interface Paragraph {
  text: string
  list: string | undefined
  level: number | undefined
  style: string
}

interface Table {
  rows: string[][]
  row: string[]
  cell: string[]
  span: number
  /** Whether the cell begins or continues one that is merged downwards. */
  down: 'begins' | 'continues' | null
  merges: Area[]
  /** Cells merged downwards that may go on, by their first column. */
  open: Map<number, { -readonly [K in keyof Area]: Area[K] }>
}

const skipped = new Set([
  'w:del',
  'w:moveFrom',
  'mc:Fallback',
  'w:rPr',
  'w:sectPr',
  'w:pPrChange',
  'w:instrText',
  'w:delText',
])

/** Collects paragraphs and tables while the document is walked; owns the stacks of open paragraphs and tables. */
class DocumentReader implements XmlHandler {
  readonly paragraphs: string[] = []
  readonly placed: DocxTable[] = []
  private readonly numbering: Numbering
  private readonly styles: ReadonlyMap<string, NumberRef>
  private readonly paragraphStack: Paragraph[] = []
  private readonly tableStack: Table[] = []
  private skipDepth = 0
  private inText = false
  private characters = 0

  constructor(numbering: Numbering, styles: ReadonlyMap<string, NumberRef>) {
    this.numbering = numbering
    this.styles = styles
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (this.skipDepth > 0 || skipped.has(name)) {
      this.skipDepth++
      return
    }
    const paragraph = this.paragraphStack.at(-1)
    const table = this.tableStack.at(-1)
    switch (name) {
      case 'w:p':
        this.paragraphStack.push({ text: '', list: undefined, level: undefined, style: '' })
        break
      case 'w:tbl':
        this.tableStack.push({ rows: [], row: [], cell: [], span: 1, down: null, merges: [], open: new Map() })
        break
      case 'w:tc':
        if (table) Object.assign(table, { cell: [], span: 1, down: null })
        break
      case 'w:gridSpan':
        if (table) table.span = Math.min(Math.max(Number(attribute('w:val')) || 1, 1), 63)
        break
      case 'w:vMerge':
        if (table) table.down = attribute('w:val') === 'restart' ? 'begins' : 'continues'
        break
      case 'w:gridBefore':
        if (table) table.row.push(...Array<string>(Math.min(Number(attribute('w:val')) || 0, 63)).fill(''))
        break
      case 'w:t':
        this.inText = true
        break
      default:
        if (paragraph) inParagraph(paragraph, name, attribute)
    }
  }

  close(name: string): void {
    if (this.skipDepth > 0) {
      this.skipDepth--
      return
    }
    const table = this.tableStack.at(-1)
    if (name === 'w:t') this.inText = false
    else if (name === 'w:p') this.endParagraph()
    else if (name === 'w:tc' && table) endCell(table)
    else if (name === 'w:tr' && table) {
      table.rows.push(table.row)
      table.row = []
    } else if (name === 'w:tbl') this.endTable()
  }

  text(text: string): void {
    const paragraph = this.paragraphStack.at(-1)
    if (!this.inText || this.skipDepth > 0 || !paragraph) return
    this.characters += text.length
    if (this.characters > charactersMax) throw new OfficeRefusal('office/too-large', { charactersMax })
    paragraph.text += text
  }

  private endParagraph(): void {
    const paragraph = this.paragraphStack.pop()
    if (!paragraph) return
    const own = paragraph.list === undefined ? this.styles.get(paragraph.style) : { list: paragraph.list, level: 0 }
    const level = paragraph.level ?? own?.level ?? 0
    const number =
      own === undefined || paragraph.text.trim() === '' ? '' : this.numbering.next({ list: own.list, level })
    const table = this.tableStack.at(-1)
    if (table) table.cell.push(number + paragraph.text)
    else this.paragraphs.push(number + paragraph.text)
  }

  private endTable(): void {
    const table = this.tableStack.pop()
    if (!table) return
    const lines = table.rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')).join('\t'))
    const outer = this.tableStack.at(-1)
    if (outer) {
      outer.cell.push(...lines)
      return
    }
    this.placed.push({ paragraph: this.paragraphs.length, rows: table.rows, merges: table.merges })
    this.paragraphs.push(...lines)
  }
}

/** Adds the cell to its row and notes what it is merged with. */
function endCell(table: Table): void {
  const row = table.rows.length
  const column = table.row.length
  const endColumn = column + table.span - 1
  const above = table.open.get(column)
  if (table.down === 'continues' && above !== undefined) above.endRow = row
  else {
    table.open.delete(column)
    const area = { startRow: row, startColumn: column, endRow: row, endColumn }
    if (table.down === 'begins') table.open.set(column, area)
    if (table.down === 'begins' || table.span > 1) table.merges.push(area)
  }
  const words = table.down === 'continues' ? '' : table.cell.join('\n').trim()
  table.row.push(words, ...Array<string>(table.span - 1).fill(''))
}

function inParagraph(paragraph: Paragraph, name: string, attribute: (name: string) => string | undefined): void {
  if (name === 'w:tab' && attribute('w:val') === undefined) paragraph.text += '\t'
  else if (name === 'w:br' || name === 'w:cr') paragraph.text += attribute('w:type') === 'page' ? '' : '\n'
  else if (name === 'w:noBreakHyphen') paragraph.text += '-'
  else if (name === 'w:pStyle') paragraph.style = attribute('w:val') ?? ''
  else if (name === 'w:numId') paragraph.list = attribute('w:val')
  else if (name === 'w:ilvl') paragraph.level = Number(attribute('w:val')) || 0
}
