import type { FileChild, Footer, IParagraphOptions, ParagraphChild } from 'docx'

type Docx = typeof import('docx')

/** A stretch of words in one face. `mark` shows where a figure was filled in or a sign was left standing. */
export interface Run {
  readonly text: string
  readonly bold?: boolean
  readonly mark?: 'filled' | 'masked'
}

/** Part of a document. `level` 0 is body text; 1 to 4 are the headings 一、（一）1.（1）, whose markers stand in the runs. */
export type Block =
  | { readonly as: 'paragraph'; readonly level: 0 | 1 | 2 | 3 | 4; readonly runs: readonly Run[] }
  | { readonly as: 'line'; readonly align: 'left' | 'centre' | 'right'; readonly runs: readonly Run[] }
  | { readonly as: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }

/** A document to print on A4. `stamp` stands in the header of every page (草稿). */
export interface DocumentModel {
  readonly title: string
  readonly under?: readonly string[]
  readonly blocks: readonly Block[]
  readonly stamp?: string
  readonly pageNumbers: boolean
}

const twips = (mm: number): number => Math.round((mm * 1440) / 25.4)

/** 225 mm in 22 lines, and 28 characters of size 3 in 156 mm: each a little narrower than its own 16 points. */
const linePitch = 579
const narrower = -5
const size3 = 32
const size2 = 44
const size4 = 28
const tableSize = 24
/** One character of size 4, two of size 3, in twips. */
const oneCharacter = 280
const twoCharacters = 640

const faces = {
  body: '仿宋_GB2312',
  heading: '黑体',
  subheading: '楷体_GB2312',
  title: '方正小标宋简体',
  number: '宋体',
} as const

const faceOfLevel = [faces.body, faces.heading, faces.subheading, faces.body, faces.body] as const

const font = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name, cs: name })

/**
 * Writes a .docx with the page of GB/T 9704-2012: A4, margins 37/35/28/26 mm, size-3 type 28 characters by 22 lines, page numbers outside.
 * Faces are named and never embedded; the office's machine supplies them.
 */
export async function writeDocx(model: DocumentModel): Promise<Uint8Array> {
  const docx = await import('docx')
  const margin = {
    top: twips(37),
    bottom: twips(35),
    left: twips(28),
    right: twips(26),
    header: twips(15),
    footer: twips(23),
  }
  const header = stampHeader(docx, model.stamp ?? '')
  const title = new docx.Paragraph({
    alignment: docx.AlignmentType.CENTER,
    spacing: { ...exactLines(docx), after: linePitch },
    children: [new docx.TextRun({ text: model.title, font: font(faces.title), size: size2 })],
  })
  const under = (model.under ?? []).map((text) => blockOf(docx, { as: 'line', align: 'centre', runs: [{ text }] }))
  const document = new docx.Document({
    title: model.title,
    creator: 'Luze 履责',
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: font(faces.body), size: size3 } } } },
    sections: [
      {
        properties: {
          page: { size: { width: twips(210), height: twips(297) }, margin },
          grid: { linePitch, type: docx.DocumentGridType.LINES },
        },
        ...(model.stamp === undefined ? {} : { headers: { default: header, even: header } }),
        ...(model.pageNumbers
          ? { footers: { default: pageNumber(docx, 'right'), even: pageNumber(docx, 'left') } }
          : {}),
        children: [title, ...under, ...model.blocks.map((block) => blockOf(docx, block))],
      },
    ],
  })
  return new Uint8Array(await docx.Packer.toBuffer(document))
}

function exactLines(docx: Docx): NonNullable<IParagraphOptions['spacing']> {
  return { line: linePitch, lineRule: docx.LineRuleType.EXACT, before: 0, after: 0 }
}

function blockOf(docx: Docx, block: Block): FileChild {
  if (block.as === 'table') return tableOf(docx, block)
  if (block.as === 'line') {
    const { LEFT: left, CENTER: centre, RIGHT: right } = docx.AlignmentType
    return new docx.Paragraph({
      alignment: { left, centre, right }[block.align],
      spacing: exactLines(docx),
      children: runsOf(docx, block.runs, faces.subheading),
    })
  }
  return new docx.Paragraph({
    spacing: exactLines(docx),
    indent: { firstLine: twoCharacters },
    alignment: docx.AlignmentType.BOTH,
    ...(block.level > 0 ? { outlineLevel: block.level - 1, keepNext: block.level < 3 } : {}),
    children: runsOf(docx, block.runs, faceOfLevel[block.level]),
  })
}

function runsOf(docx: Docx, runs: readonly Run[], face: string): ParagraphChild[] {
  const shading = { type: docx.ShadingType.CLEAR, fill: 'FFF2CC', color: 'auto' }
  return runs.map(
    (run) =>
      new docx.TextRun({
        text: run.text,
        font: font(face),
        size: size3,
        characterSpacing: narrower,
        ...(run.bold === true ? { bold: true } : {}),
        ...(run.mark === 'masked' ? { shading } : {}),
      }),
  )
}

function tableOf(docx: Docx, block: Extract<Block, { as: 'table' }>): FileChild {
  const cell = (text: string, head: boolean) =>
    new docx.TableCell({
      verticalAlign: docx.VerticalAlignTable.CENTER,
      margins: { left: 80, right: 80 },
      children: [
        new docx.Paragraph({
          alignment: head ? docx.AlignmentType.CENTER : docx.AlignmentType.LEFT,
          children: [new docx.TextRun({ text, font: font(head ? faces.heading : faces.body), size: tableSize })],
        }),
      ],
    })
  const row = (cells: readonly string[], head: boolean) =>
    new docx.TableRow({ tableHeader: head, cantSplit: true, children: cells.map((text) => cell(text, head)) })
  return new docx.Table({
    width: { size: 100, type: docx.WidthType.PERCENTAGE },
    rows: [row(block.head, true), ...block.rows.map((cells) => row(cells, false))],
  })
}

function pageNumber(docx: Docx, side: 'left' | 'right'): Footer {
  const number = new docx.TextRun({
    font: font(faces.number),
    size: size4,
    children: ['— ', docx.PageNumber.CURRENT, ' —'],
  })
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        alignment: side === 'left' ? docx.AlignmentType.LEFT : docx.AlignmentType.RIGHT,
        indent: side === 'left' ? { left: oneCharacter } : { right: oneCharacter },
        children: [number],
      }),
    ],
  })
}

function stampHeader(docx: Docx, stamp: string) {
  const run = new docx.TextRun({ text: stamp, font: font(faces.heading), size: size3 })
  return new docx.Header({ children: [new docx.Paragraph({ alignment: docx.AlignmentType.RIGHT, children: [run] })] })
}
