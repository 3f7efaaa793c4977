import { type Numbering, type NumberRef, readNumbering, readStyleNumbers } from './numbering.ts'
import { OfficeRefusal } from './office-refusal.ts'
import { openOoxml, rootPart } from './ooxml.ts'
import { walkXml, type XmlHandler } from './xml.ts'

/** A table as rows of cells; a cell merged downwards is empty below its first row, one merged sideways is followed by empty ones. */
export type TableCells = readonly (readonly string[])[]

/** The words of a document. `text` is the paragraphs joined by line ends; a table row is one paragraph with tabs between its cells. */
export interface DocxText {
  readonly text: string
  readonly paragraphs: readonly string[]
  readonly tables: readonly TableCells[]
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
  return { text: reader.paragraphs.join('\n'), paragraphs: reader.paragraphs, tables: reader.tables }
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
  continued: boolean
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
  readonly tables: TableCells[] = []
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
        this.tableStack.push({ rows: [], row: [], cell: [], span: 1, continued: false })
        break
      case 'w:tc':
        if (table) Object.assign(table, { cell: [], span: 1, continued: false })
        break
      case 'w:gridSpan':
        if (table) table.span = Math.min(Math.max(Number(attribute('w:val')) || 1, 1), 63)
        break
      case 'w:vMerge':
        if (table) table.continued = attribute('w:val') !== 'restart'
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
    else if (name === 'w:tc' && table) {
      table.row.push(table.continued ? '' : table.cell.join('\n').trim(), ...Array<string>(table.span - 1).fill(''))
    } else if (name === 'w:tr' && table) {
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
    this.tables.push(table.rows)
    this.paragraphs.push(...lines)
  }
}

function inParagraph(paragraph: Paragraph, name: string, attribute: (name: string) => string | undefined): void {
  if (name === 'w:tab' && attribute('w:val') === undefined) paragraph.text += '\t'
  else if (name === 'w:br' || name === 'w:cr') paragraph.text += attribute('w:type') === 'page' ? '' : '\n'
  else if (name === 'w:noBreakHyphen') paragraph.text += '-'
  else if (name === 'w:pStyle') paragraph.style = attribute('w:val') ?? ''
  else if (name === 'w:numId') paragraph.list = attribute('w:val')
  else if (name === 'w:ilvl') paragraph.level = Number(attribute('w:val')) || 0
}
