/** A stretch of words in one face. `mark` shows where a figure was filled in or a sign was left standing. */
export interface Run {
  readonly text: string
  readonly bold?: boolean
  readonly mark?: 'filled' | 'masked'
}

/** A level of headings: 一、（一）1.（1）. */
export type Level = 1 | 2 | 3 | 4

/** One cell of a table; `span` counts the columns that it covers, `label` sets it apart as what its neighbour answers to. */
export interface Cell {
  readonly text: string
  readonly label?: boolean
  readonly span?: number
  readonly align?: 'left' | 'centre' | 'right'
}

/** A row of a table: `lines` is its least height in lines of the page; one that `breaks` may run over to the next page. */
export interface Row {
  readonly cells: readonly Cell[]
  readonly lines?: number
  readonly breaks?: boolean
}

/** A table: shares of the width by column, head rows that stand again on each page, rows. */
export interface Table {
  readonly as: 'table'
  readonly columns: readonly number[]
  readonly head: readonly Row[]
  readonly rows: readonly Row[]
}

/**
 * Part of a paper. A heading that is `numbered` gets its marker in print; otherwise the marker stands in its words. A line
 * stands apart from the text, a gap is an empty line.
 */
export type Block =
  | { readonly as: 'heading'; readonly level: Level; readonly runs: readonly Run[]; readonly numbered?: boolean }
  | { readonly as: 'text'; readonly runs: readonly Run[] }
  | { readonly as: 'line'; readonly align: 'left' | 'centre' | 'right'; readonly runs: readonly Run[] }
  /** A label with what it names, whose further lines stand under the first (出席：…). */
  | { readonly as: 'named'; readonly label: string; readonly text: string; readonly mark?: 'masked' }
  | { readonly as: 'gap' }
  | Table

/** What is fastened to a paper, each on pages of its own; `wide` lies across the sheet. */
export interface Attachment {
  readonly title: string
  readonly blocks: readonly Block[]
  readonly wide?: boolean
}

/** Who signs and on which day (a civil day); `sealed` leaves room for the seal over both. */
export interface Signature {
  readonly by: string
  readonly on: string
  readonly sealed: boolean
}

/** The block at the foot of the last page (版记): to whom copies go, who printed it and on which day. */
export interface Imprint {
  readonly copiesTo: string | null
  readonly by: string
  readonly on: string
}

/**
 * The head of an issued paper (版头) as a person entered it: the name of the issuing body as it is printed in red, the
 * document number, who signs a paper that goes up. A letter (信函格式) has lines of its own in place of one under the number.
 */
export interface Head {
  readonly form: 'document' | 'letter'
  readonly mark: string
  readonly number?: string
  readonly signer?: string
}

/** An office paper as the standard names its parts; what is absent is not printed. */
export interface Paper {
  readonly head?: Head
  /** The name of minutes in red above the line, with their number, body and day under it. */
  readonly masthead?: {
    readonly name: string
    readonly left: string
    readonly right: string
    readonly number?: string
  }
  readonly title: string | null
  readonly under?: readonly string[]
  readonly addressee?: string
  readonly blocks: readonly Block[]
  /** Lies across the sheet, for a paper that is one wide table. */
  readonly wide?: boolean
  readonly attachments?: readonly Attachment[]
  readonly signature?: Signature
  /** A remark in brackets under the date (附注). */
  readonly remark?: string
  readonly imprint?: Imprint
  /** Stands in the header of every page. */
  readonly stamp?: string
  readonly pageNumbers: boolean
}

/** Says a message of the papers by its key, with its facts filled in. */
export type Say = (key: string, facts?: Readonly<Record<string, unknown>>) => string

/** A paragraph of body text. */
export const text = (words: string): Block => ({ as: 'text', runs: [{ text: words }] })

/** A heading whose marker is set in print. */
export const heading = (level: Level, words: string): Block => ({
  as: 'heading',
  level,
  runs: [{ text: words }],
  numbered: true,
})

/** A civil day as papers write it, without leading zeros. */
export function dayWords(say: Say, day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return say('day', { year, month, day: date })
}
