import { type Zippable, zipSync } from 'fflate'
import type { Attachment, Paper } from '../../../core/papers/paper.ts'
import { bodyOf, openingOf } from './body.ts'
import { attachmentNote, type Fixed, imprintBlock, signed } from './closing.ts'
import { faces, fontTable } from './faces.ts'
import { headLines, mastheadOf } from './head.ts'
import { element, escaped, part, SPACES } from './markup.ts'
import { ACROSS, type Sheet, UPRIGHT, widthOf } from './page.ts'
import { paragraph, run } from './paragraph.ts'
import { type Margins, marginsOf, section } from './section.ts'
import { settings, styles } from './styles.ts'

/** Media type of a .docx file. */
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006'
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const PRODUCT = 'Luze 履责'

/**
 * Writes a paper as .docx by GB/T 9704-2012: A4, margins 37/35/28/26 mm, 22 lines of 28 characters of size 3, page numbers
 * outside. Faces are named and never embedded; nothing in the file points outside it. The same paper gives the same bytes.
 */
export function writePaper(paper: Paper, fixed: Fixed): Uint8Array {
  const attachments = paper.attachments ?? []
  const lying = [paper, ...attachments].map(({ wide }) => (wide ? ACROSS : UPRIGHT))
  const sheets = [UPRIGHT, ACROSS].filter((sheet) => lying.includes(sheet))
  const margins = new Map(sheets.map((sheet) => [sheet, marginsOf(paper, sheet)]))
  const all = [...margins.values()].flat()
  const ids = new Map(all.map(({ name }, index) => [name, `rId${index + 10}`]))
  const sectionOf = (sheet: Sheet, first: boolean) =>
    section(
      sheet,
      margins
        .get(sheet)!
        .filter(({ side }) => first || side !== 'first')
        .map(({ name, kind, side }) => ({ kind, side, id: ids.get(name)! })),
      first ? paper.head : undefined,
    )
  const files: Record<string, string> = {
    '[Content_Types].xml': contentTypes(all),
    '_rels/.rels': relationships([
      ['rId1', `${OFFICE}/relationships/officeDocument`, 'word/document.xml'],
      [
        'rId2',
        'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties',
        'docProps/core.xml',
      ],
    ]),
    'docProps/core.xml': coreProperties(paper),
    'word/document.xml': part(
      element('w:document', SPACES, element('w:body', {}, ...contentOf(paper, fixed, sectionOf))),
    ),
    'word/styles.xml': styles(),
    'word/settings.xml': settings(),
    'word/fontTable.xml': fontTable(),
    'word/_rels/document.xml.rels': relationships([
      ['rId1', `${OFFICE}/relationships/styles`, 'styles.xml'],
      ['rId2', `${OFFICE}/relationships/settings`, 'settings.xml'],
      ['rId3', `${OFFICE}/relationships/fontTable`, 'fontTable.xml'],
      ...all.map(({ name, kind }) => [ids.get(name)!, `${OFFICE}/relationships/${kind}`, `${name}.xml`] as const),
    ]),
    ...Object.fromEntries(all.map(({ name, xml }) => [`word/${name}.xml`, xml])),
  }
  return zipped(files)
}

/** A section of the paper: the sheet on which it lies and what stands in it. */
interface Stretch {
  readonly sheet: Sheet
  readonly xml: string[]
}

function contentOf(paper: Paper, fixed: Fixed, sectionOf: (sheet: Sheet, first: boolean) => string): string[] {
  const first = paper.wide ? ACROSS : UPRIGHT
  const stretches: Stretch[] = [{ sheet: first, xml: firstPages(paper, widthOf(first), fixed) }]
  for (const [index, attachment] of (paper.attachments ?? []).entries()) {
    const sheet = attachment.wide ? ACROSS : UPRIGHT
    const last = stretches.at(-1)!
    const sameSheet = last.sheet === sheet
    const label = `${fixed.attachment}${paper.attachments!.length > 1 ? index + 1 : ''}`
    const xml = attachmentPages(attachment, label, widthOf(sheet), sameSheet)
    if (sameSheet) last.xml.push(...xml)
    else stretches.push({ sheet, xml })
  }
  const last = stretches.at(-1)!
  if (paper.imprint)
    last.xml.push(
      imprintBlock(paper.imprint, last.sheet, fixed, paper.head?.form === 'letter'),
      paragraph({ style: 'TableText', line: 20 }),
    )
  return stretches.flatMap(({ sheet, xml }, index) =>
    index < stretches.length - 1
      ? [...xml, paragraph({ style: 'TableText', line: 20, section: sectionOf(sheet, index === 0) })]
      : [...xml, sectionOf(sheet, index === 0)],
  )
}

function firstPages(paper: Paper, width: number, fixed: Fixed): string[] {
  const followed = paper.signature !== undefined || (paper.attachments ?? []).length > 0
  return [
    ...(paper.head ? headLines(paper.head, width, fixed.signer) : []),
    ...(paper.masthead ? mastheadOf(paper.masthead, width) : []),
    ...openingOf(paper),
    ...bodyOf(paper.blocks, width, followed),
    ...attachmentNote(paper.attachments ?? [], fixed),
    ...(paper.signature ? signed(paper.signature, fixed) : []),
    ...(paper.remark === undefined ? [] : [paragraph({ style: 'BodyText' }, run(`（${paper.remark}）`))]),
  ]
}

/** Pages of an attachment: its number in the first line, its title on the third, then what it says. */
function attachmentPages(attachment: Attachment, label: string, width: number, breaks: boolean): string[] {
  return [
    paragraph({ style: 'Normal', pageBreakBefore: breaks, keepNext: true }, run(label, { face: faces.heading })),
    paragraph({ style: 'Normal', keepNext: true }),
    paragraph({ style: 'Title' }, run(attachment.title)),
    paragraph({ style: 'Normal', keepNext: true }),
    ...bodyOf(attachment.blocks, width, false),
  ]
}

function relationships(all: readonly (readonly [id: string, type: string, target: string])[]): string {
  const each = all.map(([Id, Type, Target]) => element('Relationship', { Id, Type, Target }))
  return part(element('Relationships', { xmlns: `${PACKAGE}/relationships` }, ...each))
}

function contentTypes(margins: readonly Margins[]): string {
  const override = (name: string, type: string) => element('Override', { PartName: `/${name}`, ContentType: type })
  return part(
    element(
      'Types',
      { xmlns: `${PACKAGE}/content-types` },
      element('Default', {
        Extension: 'rels',
        ContentType: 'application/vnd.openxmlformats-package.relationships+xml',
      }),
      element('Default', { Extension: 'xml', ContentType: 'application/xml' }),
      override('word/document.xml', `${WORD}.document.main+xml`),
      override('word/styles.xml', `${WORD}.styles+xml`),
      override('word/settings.xml', `${WORD}.settings+xml`),
      override('word/fontTable.xml', `${WORD}.fontTable+xml`),
      override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
      ...margins.map(({ name, kind }) => override(`word/${name}.xml`, `${WORD}.${kind}+xml`)),
    ),
  )
}

function coreProperties(paper: Paper): string {
  const spaces = {
    'xmlns:cp': `${PACKAGE}/metadata/core-properties`,
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  }
  const title = paper.title ?? paper.masthead?.name ?? ''
  return part(
    element(
      'cp:coreProperties',
      spaces,
      `<dc:title>${escaped(title.replace(/\s+/g, ''))}</dc:title>`,
      `<dc:creator>${PRODUCT}</dc:creator>`,
    ),
  )
}

/** The parts as a zip file; no time of its own stands in it. */
function zipped(files: Readonly<Record<string, string>>): Uint8Array {
  const encoder = new TextEncoder()
  const entries: Zippable = {}
  for (const [name, xml] of Object.entries(files))
    entries[name] = [encoder.encode(xml), { mtime: new Date(1980, 0, 1), os: 0 }]
  return zipSync(entries, { level: 6 })
}
