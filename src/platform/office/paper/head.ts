import type { Head, Paper } from '../../../core/papers/paper.ts'
import { charactersOf } from './closing.ts'
import { faces } from './faces.ts'
import { element, part, SPACES } from './markup.ts'
import { CHARACTER, LINE, size, twips, UPRIGHT } from './page.ts'
import { paragraph, run } from './paragraph.ts'
import { cellMargins, grid } from './table.ts'

const RED = 'FF0000'
/** The largest size of a red name, in points; a longer one is set smaller so that it stays on its line. */
const MARK_MAX = 48
/** What an exact line leaves over and under the letters of the body. */
const LEADING = Math.round((LINE - size.body * 10) / 2)

/** A red name on one line: its paragraph, and what the line leaves over the letters. */
function redName(name: string, width: number): { xml: string; leading: number } {
  const points = Math.min(MARK_MAX, Math.floor(width / 20 / charactersOf(name)))
  const line = Math.max(LINE, Math.round(points * 20 * 1.2))
  const xml = paragraph(
    { style: 'Normal', align: 'center', line, offGrid: true },
    run(name, { face: faces.title, size: points * 2, colour: RED, spacing: 0 }),
  )
  return { xml, leading: Math.round((line - points * 20) / 2) }
}

/** A red name 35 mm below the edge of the type area. Empty lines, since space above the first paragraph is not kept by every program. */
function namedFromEdge(name: string, width: number): string[] {
  const { xml, leading } = redName(name, width)
  return [paragraph({ style: 'Normal', line: twips(35) - leading, offGrid: true }), xml]
}

/** The name of minutes, their number where they have one, body and day over a red line. */
export function mastheadOf({ name, left, right, number }: NonNullable<Paper['masthead']>, width: number): string[] {
  const spaces = Math.max(1, Math.floor(width / CHARACTER - charactersOf(left) - charactersOf(right) - 2))
  return [
    ...namedFromEdge(name, width),
    number === undefined
      ? paragraph({ style: 'Normal' })
      : paragraph({ style: 'Normal', align: 'center' }, run(number)),
    paragraph({ style: 'Normal', under: { thick: 12, colour: RED } }, run(`　${left}${'　'.repeat(spaces)}${right}`)),
    paragraph({ style: 'Normal' }),
  ]
}

/** The red line lies 4 mm below the number, of which the line of text has some already. */
const BELOW_NUMBER = Math.round((twips(4) - LEADING) / 20)

/**
 * The head of a paper: the red name, the number two lines below it and a red line 4 mm under that, two lines above the
 * title; who signs a paper that goes up stands at the right, one character in. A letter has its name and lines in the
 * margins of its first page (`letterMargins`), and its number at the right.
 */
export function headLines(head: Head, width: number, signerLabel: string): string[] {
  const empty = paragraph({ style: 'Normal' })
  if (head.form === 'letter')
    return [
      ...(head.number === undefined ? [] : [paragraph({ style: 'Normal', align: 'right' }, run(head.number))]),
      empty,
      empty,
    ]
  const under = { thick: 12, colour: RED, space: BELOW_NUMBER }
  const number = run(head.number ?? '')
  const line =
    head.signer === undefined
      ? paragraph({ style: 'Normal', align: 'center', under }, number)
      : paragraph(
          { style: 'Normal', under, rightTab: width - CHARACTER },
          run('　'),
          number,
          run(`\t${signerLabel}：`),
          run(head.signer, { face: faces.subheading }),
        )
  return [...namedFromEdge(head.mark, width), empty, empty, line, empty, empty]
}

/** The lines of a letter, in twips: how wide, how thick in eighths of a point, how far from one another. */
const DOUBLE = { width: twips(170), thick: 18, thin: 6, apart: twips(1) } as const

/** How far the name of a letter stands from the upper edge of its header. */
export function letterHeader(mark: string, width: number): number {
  return twips(30) - redName(mark, width).leading
}

/** The margins of the first page of a letter: its name 30 mm from the upper edge over a double line, another 20 mm from the lower. */
export function letterMargins(mark: string, width: number): { header: string; footer: string } {
  const name = redName(mark, width)
  const gap = (line: number) => paragraph({ style: 'TableText', line })
  const header = [name.xml, gap(twips(4) - name.leading), doubleLine('thick-over-thin'), gap(twips(4.94) - LEADING)]
  const footer = [doubleLine('thin-over-thick'), paragraph({ style: 'Footer' })]
  return {
    header: part(element('w:hdr', SPACES, ...header)),
    footer: part(element('w:ftr', SPACES, ...footer)),
  }
}

/** A double red line 170 mm wide in the middle of the sheet; the lower one of the page hangs 20 mm above its edge. */
function doubleLine(order: 'thick-over-thin' | 'thin-over-thick'): string {
  const upper = order === 'thick-over-thin'
  const border = (name: string, thick: number) =>
    element(`w:${name}`, { 'w:val': thick === 0 ? 'nil' : 'single', 'w:sz': thick, 'w:space': 0, 'w:color': RED })
  const from = Math.round((UPRIGHT.width - DOUBLE.width) / 2)
  const place = element('w:tblpPr', {
    'w:vertAnchor': 'page',
    'w:horzAnchor': 'page',
    'w:tblpX': from,
    // The lower line lies below the row, and is this many twips thick.
    'w:tblpY': UPRIGHT.height - twips(20) - DOUBLE.apart - (DOUBLE.thick * 20) / 8,
  })
  const properties = element(
    'w:tblPr',
    {},
    upper ? '' : place,
    element('w:tblW', { 'w:w': DOUBLE.width, 'w:type': 'dxa' }),
    upper ? element('w:tblInd', { 'w:w': from - UPRIGHT.left, 'w:type': 'dxa' }) : '',
    element(
      'w:tblBorders',
      {},
      border('top', upper ? DOUBLE.thick : DOUBLE.thin),
      border('left', 0),
      border('bottom', upper ? DOUBLE.thin : DOUBLE.thick),
      border('right', 0),
    ),
    element('w:tblLayout', { 'w:type': 'fixed' }),
    cellMargins(0),
  )
  const cell = element(
    'w:tc',
    {},
    element('w:tcPr', {}, element('w:tcW', { 'w:w': DOUBLE.width, 'w:type': 'dxa' })),
    paragraph({ style: 'TableText', line: 20 }),
  )
  const height = element('w:trPr', {}, element('w:trHeight', { 'w:val': DOUBLE.apart, 'w:hRule': 'exact' }))
  return element('w:tbl', {}, properties, grid([DOUBLE.width]), element('w:tr', {}, height, cell))
}
