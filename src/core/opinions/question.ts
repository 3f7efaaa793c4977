import type { Reading } from '../reading/reading.ts'

/** A clause as a model is shown it: numbered from 1 within its part. */
export interface NumberedClause {
  readonly no: number
  readonly start: number
  readonly end: number
  readonly text: string
}

/** What a model is asked about at once: the clauses below one heading, and the names that it may choose owners from. */
export interface Part {
  /** Offset of its first clause: its name. */
  readonly start: number
  readonly end: number
  /** The headings above, outermost first. */
  readonly headings: readonly string[]
  readonly clauses: readonly NumberedClause[]
  readonly subjects: readonly string[]
}

/** A part of more clauses is asked about in several calls. */
const CLAUSES_MAX = 60
const SUBJECTS_MAX = 30

/**
 * Cuts a text into parts, one for each heading with text of its own. `names` are units and owners known to the bureau;
 * a part offers those that stand in its words or headings, so that no name from elsewhere can be chosen.
 */
export function partsOf(text: string, reading: Pick<Reading, 'clauses' | 'outline'>, names: readonly string[]): Part[] {
  const groups: { node: number | null; clauses: { start: number; end: number }[] }[] = []
  for (const { start, end, outline, state } of reading.clauses) {
    const last = groups.at(-1)
    if (isHeading(reading, start)) continue
    if (text.slice(start, end).trim() === '' || state === 'quotation') continue
    if (last !== undefined && last.node === outline && last.clauses.length < CLAUSES_MAX)
      last.clauses.push({ start, end })
    else groups.push({ node: outline, clauses: [{ start, end }] })
  }
  // A line without any stop is a title, a date or a signature.
  const sections = groups.filter(({ clauses }) =>
    clauses.some(({ start, end }) => /[，；。！？：,;]\s*$/.test(text.slice(start, end))),
  )
  return sections.map(({ node, clauses }) => {
    const headings = headingsAbove(reading, node)
    const said = [...headings, ...clauses.map(({ start, end }) => text.slice(start, end))].join('\n')
    return {
      start: clauses[0]!.start,
      end: clauses.at(-1)!.end,
      headings,
      clauses: clauses.map(({ start, end }, index) => ({
        no: index + 1,
        start,
        end,
        text: text.slice(start, end).trim(),
      })),
      subjects: [...new Set(names)].filter((name) => name !== '' && said.includes(name)).slice(0, SUBJECTS_MAX),
    }
  })
}

function isHeading({ outline, clauses }: Pick<Reading, 'clauses' | 'outline'>, start: number): boolean {
  const node = outline.find((one) => one.start <= start && start < one.end)
  // An item that is nothing but its own words is text, not a heading over something.
  return node !== undefined && clauses.some((one) => one.start >= node.end && one.start < node.bodyEnd)
}

function headingsAbove({ outline }: Pick<Reading, 'outline'>, node: number | null): string[] {
  const titles: string[] = []
  for (let at = node; at !== null; at = outline[at]?.parent ?? null) titles.unshift(outline[at]?.title ?? '')
  return titles.filter((title) => title !== '')
}
