import type { Attachment, Imprint, Signature } from '../../../core/papers/paper.ts'
import { faces } from './faces.ts'
import { element } from './markup.ts'
import { CHARACTER, type Sheet, SMALL_CHARACTER, size, widthOf } from './page.ts'
import { paragraph, run } from './paragraph.ts'
import { borders, grid, tableProperties } from './table.ts'

/** Words that the standard puts beside what a paper says: 附件, 抄送, 印发, 签发人. */
export interface Fixed {
  readonly attachment: string
  readonly copiesTo: string
  readonly printed: string
  readonly signer: string
  /** A civil day in the words of papers. */
  day(day: string): string
}

/** How many characters wide words stand: a Chinese sign is one, a figure or a Latin letter half of one. */
export function charactersOf(words: string): number {
  return [...words].reduce((sum, sign) => sum + (sign.codePointAt(0)! < 0x2000 ? 0.5 : 1), 0)
}

const gap = paragraph({ style: 'BodyText', keepNext: true })

/** What is attached, under the text: 附件：, names under one another, nothing at their end. */
export function attachmentNote(attachments: readonly Attachment[], fixed: Fixed): string[] {
  const [first, ...more] = attachments
  if (first === undefined) return []
  const label = `${fixed.attachment}：`
  const named = (index: number, title: string) => (more.length === 0 ? title : `${index + 1}. ${title}`)
  const indent = (label.length + 2) * CHARACTER
  const place = { style: 'Normal', keepNext: true }
  return [
    gap,
    ...attachments.map(({ title }, index) =>
      index === 0
        ? paragraph({ ...place, left: indent, hanging: label.length * CHARACTER }, run(`${label}${named(0, title)}`))
        : paragraph({ ...place, left: indent }, run(named(index, title))),
    ),
  ]
}

/**
 * Who signs and when, as the standard places them: without a seal the name two characters from the edge and the day two
 * right of where the name begins; under a seal the day four characters from the edge and the name centred over it.
 */
export function signed(signature: Signature, fixed: Fixed): string[] {
  const day = fixed.day(signature.on)
  const [name, date] = [charactersOf(signature.by), charactersOf(day)]
  const right = placed(name, date, signature.sealed)
  const line = (words: string, from: number, keepNext: boolean) =>
    paragraph(
      { style: 'Normal', align: 'right', right: Math.round(Math.max(from, 0) * CHARACTER), keepNext },
      run(words),
    )
  const gaps = signature.sealed ? [gap, gap] : [gap]
  return [...gaps, line(signature.by, right.name, true), line(day, right.date, false)]
}

/** How many characters name and day stand from the right edge. */
function placed(name: number, date: number, sealed: boolean): { name: number; date: number } {
  if (sealed) {
    const inward = (date - name) / 2
    return inward >= -4 ? { name: 4 + inward, date: 4 } : { name: 0, date: (name - date) / 2 }
  }
  if (date + 2 > name + 2) return { name: 4 + date - name, date: 2 }
  return { name: 2, date: name - date }
}

/**
 * The block at the foot of the last page (版记): thick lines above and below, a thin one between, copies, printer and day,
 * in size 4. It hangs at the lower edge of the type area of the page on which the paragraph after it stands. That of a
 * letter has neither lines nor printer.
 */
export function imprintBlock(imprint: Imprint, sheet: Sheet, fixed: Fixed, letter: boolean): string {
  if (letter && imprint.copiesTo === null) return ''
  const width = widthOf(sheet)
  const place = element('w:tblpPr', {
    'w:vertAnchor': 'margin',
    'w:horzAnchor': 'page',
    'w:tblpX': sheet.left,
    'w:tblpYSpec': 'bottom',
  })
  const lines = letter
    ? borders({ around: 0, rows: 0, columns: 0 })
    : borders({ around: 8, rows: 6, columns: 0, sides: 0 })
  const half = Math.round(width * 0.6)
  const printed = row([
    cell(imprint.by, half, 'left'),
    cell(`${fixed.day(imprint.on)}${fixed.printed}`, width - half, 'right'),
  ])
  const copies =
    imprint.copiesTo === null ? '' : row([cell(`${fixed.copiesTo}：${imprint.copiesTo}`, width, 'left', 2)])
  return element(
    'w:tbl',
    {},
    tableProperties(width, lines, place),
    grid([half, width - half]),
    copies,
    letter ? '' : printed,
  )
}

const row = (cells: readonly string[]): string =>
  element('w:tr', {}, element('w:trPr', {}, element('w:cantSplit', {})), ...cells)

function cell(words: string, width: number, align: 'left' | 'right', span = 1): string {
  const look = { face: faces.body, size: size.small, spacing: 0 }
  return element(
    'w:tc',
    {},
    element(
      'w:tcPr',
      {},
      element('w:tcW', { 'w:w': width, 'w:type': 'dxa' }),
      span > 1 ? element('w:gridSpan', { 'w:val': span }) : '',
    ),
    paragraph(
      {
        style: 'TableText',
        align,
        line: 460,
        ...(align === 'left' ? { left: SMALL_CHARACTER } : { right: SMALL_CHARACTER }),
      },
      run(words, look),
    ),
  )
}
