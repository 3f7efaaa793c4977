import type { Run } from '../../../core/papers/paper.ts'
import { face, faces } from './faces.ts'
import { element, escaped, value } from './markup.ts'
import { LINE, size } from './page.ts'

/** How a paragraph stands; measures in twips. */
export interface Standing {
  readonly style?: string
  readonly align?: 'left' | 'center' | 'right' | 'both'
  readonly firstLine?: number
  readonly hanging?: number
  readonly left?: number
  readonly right?: number
  /** Stays on the page of the paragraph after it. */
  readonly keepNext?: boolean
  /** At least two lines of it stay together on a page. */
  readonly together?: boolean
  readonly pageBreakBefore?: boolean
  readonly before?: number
  readonly after?: number
  /** Height of a line, where it is not that of the page. */
  readonly line?: number
  readonly outline?: number
  /** A line under it, in eighths of a point, with its colour and how far below, in points. */
  readonly under?: { readonly thick: number; readonly colour: string; readonly space?: number }
  /** Its lines are as high as said, whatever the grid of the page. */
  readonly offGrid?: boolean
  /** Where a tab brings the words behind it to end. */
  readonly rightTab?: number
  /** The section that ends with it. */
  readonly section?: string
}

/** How the letters of a run stand. */
export interface Letters {
  readonly face?: string
  /** Half points. */
  readonly size?: number
  readonly bold?: boolean
  readonly colour?: string
  readonly shaded?: boolean
  /** Twips between letters; the body's own where absent. */
  readonly spacing?: number
}

const on = (name: string, said: boolean | undefined): string => (said ? element(name, {}) : '')

/** A paragraph with its runs, already XML. Children of `w:pPr` stand in the order of the schema. */
export function paragraph(standing: Standing, ...runs: readonly string[]): string {
  const { align, style, before, after, line, outline, under, section } = standing
  const spaced = before !== undefined || after !== undefined || line !== undefined
  const indents = {
    'w:left': standing.left,
    'w:right': standing.right,
    'w:firstLine': standing.firstLine,
    'w:hanging': standing.hanging,
  }
  const properties = [
    style === undefined ? '' : value('w:pStyle', style),
    on('w:keepNext', standing.keepNext),
    on('w:pageBreakBefore', standing.pageBreakBefore),
    on('w:widowControl', standing.together),
    under === undefined
      ? ''
      : element(
          'w:pBdr',
          {},
          element('w:bottom', {
            'w:val': 'single',
            'w:sz': under.thick,
            'w:space': under.space ?? 1,
            'w:color': under.colour,
          }),
        ),
    standing.rightTab === undefined
      ? ''
      : element('w:tabs', {}, element('w:tab', { 'w:val': 'right', 'w:pos': standing.rightTab })),
    standing.offGrid === true ? value('w:snapToGrid', 0) : '',
    spaced
      ? element('w:spacing', {
          'w:before': before ?? 0,
          'w:after': after ?? 0,
          'w:line': line ?? LINE,
          'w:lineRule': 'exact',
        })
      : '',
    Object.values(indents).some((one) => one !== undefined) ? element('w:ind', indents) : '',
    align === undefined ? '' : value('w:jc', align),
    outline === undefined ? '' : value('w:outlineLvl', outline),
    section ?? '',
  ].join('')
  return element('w:p', {}, properties === '' ? '' : element('w:pPr', {}, properties), ...runs)
}

/** How letters stand, as the properties of a run; in the order of the schema. */
export function letters(look: Letters): string {
  return element(
    'w:rPr',
    {},
    look.face === undefined ? '' : face(look.face),
    on('w:b', look.bold),
    look.colour === undefined ? '' : value('w:color', look.colour),
    look.spacing === undefined ? '' : value('w:spacing', look.spacing),
    look.size === undefined ? '' : value('w:sz', look.size) + value('w:szCs', look.size),
    look.shaded ? element('w:shd', { 'w:val': 'clear', 'w:color': 'auto', 'w:fill': 'FFF2CC' }) : '',
  )
}

const properties = (look: Letters): string => (Object.keys(look).length === 0 ? '' : letters(look))

/** Words as a run; a line end breaks the line, a tab stays one. */
export function run(words: string, look: Letters = {}): string {
  const pieces = words.split(/(\r?\n|\t)/).map((piece) => {
    if (piece === '\t') return element('w:tab', {})
    if (/^\r?\n$/.test(piece)) return element('w:br', {})
    return piece === '' ? '' : element('w:t', { 'xml:space': 'preserve' }, escaped(piece))
  })
  return element('w:r', {}, properties(look), ...pieces)
}

/** The runs of a paragraph in one face; a figure that was left open is shaded. */
export function runs(all: readonly Run[], look: Letters = {}): string[] {
  return all.map((one) =>
    run(one.text, {
      ...look,
      ...(one.bold === true ? { bold: true } : {}),
      ...(one.mark === 'masked' ? { shaded: true } : {}),
    }),
  )
}

/** The number of the page between dashes, in size 4. */
export function pageNumber(): string {
  const look = { face: faces.number, size: size.small, spacing: 0 }
  const field = (type: string) => element('w:r', {}, letters(look), element('w:fldChar', { 'w:fldCharType': type }))
  const code = element('w:instrText', { 'xml:space': 'preserve' }, ' PAGE ')
  return [
    run('— ', look),
    field('begin'),
    element('w:r', {}, letters(look), code),
    field('separate'),
    run('1', look),
    field('end'),
    run(' —', look),
  ].join('')
}
