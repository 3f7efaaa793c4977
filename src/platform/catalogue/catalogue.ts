import { createHash } from 'node:crypto'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { yearSchema } from '../../core/calendar/year.ts'
import {
  type Catalogue,
  type OverlaySection,
  overlaySections,
  type Sections,
  tableOf,
} from '../../core/catalogue/catalogue.ts'
import { type Complaint, crossCheck } from '../../core/catalogue/check.ts'
import {
  activityKindSchema,
  attendanceStatusSchema,
  audienceSchema,
  dutyKindSchema,
  dutyLayerSchema,
  indicatorSchema,
  postKindSchema,
  talkKindSchema,
  topicSchema,
  unitKindSchema,
} from '../../core/catalogue/kinds.ts'
import { metricSchema } from '../../core/catalogue/metrics.ts'
import { glossarySchema, mechanismSchema, privacyColumnSchema } from '../../core/catalogue/papers.ts'
import { strictnessSchema } from '../../core/catalogue/rules.ts'
import { checkRules, readPacks } from './rules.ts'
import { CatalogueError, parseRow, readYaml, rowName } from './yaml.ts'

export { CatalogueError } from './yaml.ts'

/** The shipped catalogue folder. */
export const shippedCatalogue = join(import.meta.dirname, '../../../catalogue')

type RowSection = Exclude<keyof Sections, 'glossary' | 'packs' | 'rules'>

const sources: Record<RowSection, { path: string; row: z.ZodType }> = {
  activityKinds: { path: 'kinds/activities.yaml', row: activityKindSchema },
  talkKinds: { path: 'kinds/talks.yaml', row: talkKindSchema },
  dutyKinds: { path: 'kinds/duties.yaml', row: dutyKindSchema },
  dutyLayers: { path: 'kinds/layers.yaml', row: dutyLayerSchema },
  unitKinds: { path: 'kinds/units.yaml', row: unitKindSchema },
  postKinds: { path: 'kinds/posts.yaml', row: postKindSchema },
  attendanceStatuses: { path: 'kinds/attendance.yaml', row: attendanceStatusSchema },
  audiences: { path: 'kinds/audiences.yaml', row: audienceSchema },
  topics: { path: 'kinds/topics.yaml', row: topicSchema },
  indicators: { path: 'kinds/indicators.yaml', row: indicatorSchema },
  metrics: { path: 'metrics', row: metricSchema },
  calendar: { path: 'calendar', row: yearSchema },
  strictness: { path: 'rules/strictness.yaml', row: strictnessSchema },
  mechanisms: { path: 'mechanisms.yaml', row: mechanismSchema },
  privacy: { path: 'privacy.yaml', row: privacyColumnSchema },
}

type FileOf = (section: keyof Sections, row: string) => string

const usualFile: FileOf = (section) => {
  if (section === 'glossary') return 'glossary.yaml'
  return section === 'packs' || section === 'rules' ? 'rules' : sources[section].path
}

function readRows(dir: string, section: RowSection, files: Map<string, string>): unknown[] {
  const { path, row } = sources[section]
  const names = path.endsWith('.yaml')
    ? [path]
    : readdirSync(join(dir, path))
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => `${path}/${name}`)
  return names.flatMap((file) => {
    const value = readYaml(dir, file)
    if (!Array.isArray(value)) throw new CatalogueError(file, 'file', 'is not a list of rows')
    return value.map((item, index) => {
      const parsed = parseRow(row, item, file, index)
      const id = (parsed as { id?: string }).id
      if (id !== undefined) files.set(`${section}/${id}`, file)
      return parsed
    })
  })
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}

/** JSON with sorted keys, so that the hash depends on content and never on layout or order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value instanceof RegExp) return JSON.stringify(String(value))
  if (value instanceof Map || value instanceof Set) return canonical([...value])
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined && typeof inner !== 'function')
      .sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

function sectionsOf(catalogue: Catalogue): Sections {
  const rows = Object.fromEntries(
    Object.keys(sources).map((name) => {
      const section = catalogue[name as RowSection]
      return [name, 'rows' in section ? section.rows : section]
    }),
  )
  const { packs, rules, glossary } = catalogue
  return { ...rows, packs: packs.rows, rules: rules.rows, glossary } as unknown as Sections
}

function build(sections: Sections, lexicon: unknown, fileOf: FileOf = usualFile): Catalogue {
  deepFreeze(sections)
  const catalogue = tablesOf(sections, lexicon)
  const complaint: Complaint | undefined = crossCheck(sections)[0]
  if (complaint !== undefined) {
    const { section, row, problem } = complaint
    throw new CatalogueError(fileOf(section, row), row, problem)
  }
  checkRules(catalogue, (rule) => fileOf('rules', rule))
  return catalogue
}

function tablesOf(sections: Sections, lexicon: unknown): Catalogue {
  const table = <Row extends { readonly id: string }>(section: keyof Sections, rows: readonly Row[]) => {
    try {
      return tableOf(section, rows)
    } catch (error) {
      throw new CatalogueError(usualFile(section, ''), 'rows', error instanceof Error ? error.message : String(error))
    }
  }
  return Object.freeze({
    activityKinds: table('activityKinds', sections.activityKinds),
    talkKinds: table('talkKinds', sections.talkKinds),
    dutyKinds: table('dutyKinds', sections.dutyKinds),
    dutyLayers: table('dutyLayers', sections.dutyLayers),
    unitKinds: table('unitKinds', sections.unitKinds),
    postKinds: table('postKinds', sections.postKinds),
    attendanceStatuses: table('attendanceStatuses', sections.attendanceStatuses),
    audiences: table('audiences', sections.audiences),
    topics: table('topics', sections.topics),
    indicators: table('indicators', sections.indicators),
    metrics: table('metrics', sections.metrics),
    calendar: sections.calendar,
    packs: table('packs', sections.packs),
    rules: table('rules', sections.rules),
    strictness: table('strictness', sections.strictness),
    mechanisms: sections.mechanisms,
    privacy: sections.privacy,
    glossary: sections.glossary,
    lexicon,
    hash: createHash('sha256').update(canonical({ sections, lexicon })).digest('hex'),
  })
}

/**
 * Reads, checks and freezes the catalogue of a folder (the shipped one by default); all or nothing.
 * @throws CatalogueError naming file and row
 */
export function loadCatalogue(dir: string = shippedCatalogue): Catalogue {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CatalogueError(dir, 'folder', 'does not exist')
  }
  const files = new Map<string, string>()
  const rows = Object.fromEntries(
    (Object.keys(sources) as RowSection[]).map((section) => [section, readRows(dir, section, files)]),
  )
  const glossary = parseRow(glossarySchema, readYaml(dir, 'glossary.yaml'), 'glossary.yaml', 0)
  const { packs, rules } = readPacks(dir, files)
  const sections = { ...rows, packs, rules, glossary } as unknown as Sections
  return build(sections, null, (section, row) => files.get(`${section}/${row}`) ?? usualFile(section, row))
}

/** The same catalogue with the reading words laid in; its hash covers them. */
export function withLexicon(catalogue: Catalogue, lexicon: object): Catalogue {
  return build(sectionsOf(catalogue), lexicon)
}

/** A bureau's own rows by section, not yet checked: they come from its journalled records. */
export type OverlayRows = Partial<Record<OverlaySection, readonly unknown[]>>

/**
 * A new frozen catalogue with a bureau's own rows after the shipped ones, and a new hash. Shipped rows stay as they
 * are; an own id starts with `own-`.
 * @throws CatalogueError with `overlay` as the file
 */
export function overlay(catalogue: Catalogue, rows: OverlayRows): Catalogue {
  const sections: Record<string, unknown> = { ...sectionsOf(catalogue) }
  for (const section of Object.keys(rows)) {
    if (!overlaySections.includes(section as OverlaySection)) {
      throw new CatalogueError('overlay', section, 'a bureau cannot add rows here')
    }
    const name = section as OverlaySection
    const own = (rows[name] ?? []).map((value, index) => {
      const row = parseRow(sources[name].row as z.ZodType<{ id: string }>, structuredClone(value), 'overlay', index)
      if (!row.id.startsWith('own-'))
        throw new CatalogueError('overlay', rowName(value, index), 'an own id starts with own-')
      return row
    })
    sections[name] = [...catalogue[name].rows, ...own]
  }
  try {
    return build(sections as unknown as Sections, catalogue.lexicon)
  } catch (error) {
    if (error instanceof CatalogueError) throw new CatalogueError('overlay', error.row, error.message)
    throw error
  }
}
