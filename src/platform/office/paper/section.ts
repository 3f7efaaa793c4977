import type { Head } from '../../../core/papers/paper.ts'
import { faces } from './faces.ts'
import { letterHeader, letterMargins } from './head.ts'
import { element, part, SPACES } from './markup.ts'
import { heightOf, LINE, NUMBER, type Sheet, SMALL_CHARACTER, size, twips, widthOf } from './page.ts'
import { pageNumber, paragraph, run } from './paragraph.ts'
import { cellMargins, grid } from './table.ts'

/** The margins of a paper (header and footer) by page: odd pages are the default of the format. */
export interface Margins {
  readonly name: string
  readonly kind: 'header' | 'footer'
  readonly side: 'default' | 'even' | 'first'
  readonly xml: string
}

/** Properties of a section: its sheet, its grid of 22 lines, and its margins by the ids of their relationships. */
export function section(
  sheet: Sheet,
  margins: readonly { kind: Margins['kind']; side: Margins['side']; id: string }[],
  head?: Head,
) {
  return element(
    'w:sectPr',
    {},
    ...margins.map(({ kind, side, id }) => element(`w:${kind}Reference`, { 'w:type': side, 'r:id': id })),
    element('w:type', { 'w:val': 'nextPage' }),
    element('w:pgSz', { 'w:w': sheet.width, 'w:h': sheet.height, 'w:orient': sheet.across && 'landscape' }),
    element('w:pgMar', {
      'w:top': sheet.top,
      'w:right': sheet.right,
      'w:bottom': sheet.bottom,
      'w:left': sheet.left,
      'w:header': head?.form === 'letter' ? letterHeader(head.mark, widthOf(sheet)) : twips(15),
      'w:footer': sheet.across ? twips(10) : sheet.bottom - NUMBER.below - NUMBER.height,
      'w:gutter': 0,
    }),
    margins.some(({ side }) => side === 'first') ? element('w:titlePg', {}) : '',
    element('w:docGrid', { 'w:type': 'lines', 'w:linePitch': LINE }),
  )
}

/** The margins that the sections of a paper take: stamp above, number below; beside the type area where the sheet is turned. */
export function marginsOf(paper: { stamp?: string; pageNumbers: boolean; head?: Head }, sheet: Sheet): Margins[] {
  const lying = sheet.across ? 'across' : 'upright'
  const both = (['default', 'even'] as const).map((side) => ({ side, odd: side === 'default' }))
  const stamp = paper.stamp === undefined ? '' : stampOf(paper.stamp)
  const beside = sheet.across && paper.pageNumbers
  const headers =
    stamp === '' && !beside
      ? []
      : both.map(({ side, odd }) => ({
          name: `header-${lying}-${side}`,
          kind: 'header' as const,
          side,
          xml: part(
            element('w:hdr', SPACES, beside ? turnedNumber(sheet, odd) : '', stamp || paragraph({ style: 'Header' })),
          ),
        }))
  // A footer is there on every sheet, or a turned one would take over that of the upright pages.
  const footers = both.map(({ side, odd }) => ({
    name: `footer-${lying}-${side}`,
    kind: 'footer' as const,
    side,
    xml: part(
      element('w:ftr', SPACES, paper.pageNumbers && !sheet.across ? number(odd) : paragraph({ style: 'Footer' })),
    ),
  }))
  const first = paper.head?.form === 'letter' && !sheet.across ? firstOfLetter(paper.head, sheet) : []
  return [...headers, ...footers, ...first]
}

/** The first page of a letter has its name and lines, and no number. */
function firstOfLetter(head: Head, sheet: Sheet): Margins[] {
  const { header, footer } = letterMargins(head.mark, widthOf(sheet))
  return [
    { name: 'header-letter-first', kind: 'header', side: 'first', xml: header },
    { name: 'footer-letter-first', kind: 'footer', side: 'first', xml: footer },
  ]
}

const stampOf = (stamp: string): string =>
  paragraph({ style: 'Header', align: 'right' }, run(stamp, { face: faces.heading, size: size.body }))

/** The number outside: at the right of odd pages, at the left of even ones, one character from the edge. */
function number(odd: boolean): string {
  return paragraph(
    {
      style: 'Footer',
      line: NUMBER.height,
      align: odd ? 'right' : 'left',
      ...(odd ? { right: SMALL_CHARACTER } : { left: SMALL_CHARACTER }),
    },
    pageNumber(),
  )
}

/** The number of a turned sheet, where it stands on the others once the sheet lies upright: written downwards at the left. */
function turnedNumber(sheet: Sheet, odd: boolean): string {
  const height = heightOf(sheet)
  const place = element('w:tblpPr', {
    'w:vertAnchor': 'page',
    'w:horzAnchor': 'page',
    'w:tblpX': sheet.left - NUMBER.below - NUMBER.height,
    'w:tblpY': sheet.top,
  })
  const properties = element(
    'w:tblPr',
    {},
    place,
    element('w:tblW', { 'w:w': NUMBER.height, 'w:type': 'dxa' }),
    element('w:tblLayout', { 'w:type': 'fixed' }),
    cellMargins(0),
  )
  const cell = element(
    'w:tc',
    {},
    element(
      'w:tcPr',
      {},
      element('w:tcW', { 'w:w': NUMBER.height, 'w:type': 'dxa' }),
      element('w:textDirection', { 'w:val': 'tbRl' }),
      element('w:vAlign', { 'w:val': 'center' }),
    ),
    number(odd),
  )
  const row = element(
    'w:tr',
    {},
    element('w:trPr', {}, element('w:trHeight', { 'w:val': height, 'w:hRule': 'exact' })),
    cell,
  )
  return element('w:tbl', {}, properties, grid([NUMBER.height]), row)
}
