import type { DutyMark } from '../duties/status.ts'
import {
  type Attachment,
  type Block,
  type Cell,
  dayWords,
  heading,
  type Paper,
  type Row,
  type Say,
  type Table,
  text,
} from './paper.ts'

/** A duty as papers list it, with names in place of ids; days are civil days. */
export interface DutyOfPaper {
  readonly no: number
  /** Null where it was erased. */
  readonly title: string | null
  readonly layer: string
  readonly measures: readonly string[]
  readonly leader: string | null
  readonly leadUnit: string | null
  readonly supportUnits: readonly string[]
  readonly dueOn: string | null
  readonly cadence: string | null
}

/** How a duty stands on the day of a paper. */
export interface StandingDuty extends DutyOfPaper {
  readonly mark: DutyMark
  readonly lateDays: number
  readonly closedOn: string | null
}

const row = (...cells: readonly (string | Cell)[]): Row => ({
  cells: cells.map((cell) => (typeof cell === 'string' ? { text: cell } : cell)),
})
const middle = (words: string): Cell => ({ text: words, align: 'centre' })

/** By when, in the words of a list: the rhythm, and the day without its year where that is the year of the list. */
export function dueWords(say: Say, duty: Pick<DutyOfPaper, 'dueOn' | 'cadence'>, year: number): string {
  const [ofYear, month, day] = (duty.dueOn ?? '').split('-').map(Number)
  const by =
    duty.dueOn === null ? [] : [say(ofYear === year ? 'by-day' : 'by-day-of-year', { year: ofYear, month, day })]
  return [...(duty.cadence === null ? [] : [duty.cadence]), ...by].join('\n')
}

/** The responsibility list of a year, in the columns that offices use. */
export interface ListOfPaper {
  readonly title: string
  readonly year: number
  readonly versionNo: number
  readonly issuedOn: string | null
  /** False where the reader sees a part of the list. */
  readonly whole: boolean
  readonly duties: readonly DutyOfPaper[]
}

/** The table of a responsibility list: one row a duty, in the order of layers and numbers. */
export function listTable(say: Say, list: ListOfPaper): Table {
  const keys = ['no', 'layer', 'duty', 'measures', 'leader', 'lead-unit', 'support-units', 'due']
  return {
    as: 'table',
    columns: [4, 8, 16, 13, 7, 9, 9, 10],
    head: [row(...keys.map((key) => say(key)))],
    rows: list.duties.map((duty) =>
      row(
        middle(String(duty.no)),
        middle(duty.layer),
        duty.title ?? say('erased'),
        numbered(duty.measures),
        middle(duty.leader ?? ''),
        middle(duty.leadUnit ?? ''),
        middle(duty.supportUnits.join(say('comma'))),
        middle(dueWords(say, duty, list.year)),
      ),
    ),
  }
}

const numbered = (measures: readonly string[]): string =>
  measures.length < 2 ? measures.join('') : measures.map((one, index) => `${index + 1}. ${one}`).join('\n')

/**
 * Work points with their list: the text of a document, if one is given, and the list as an attachment across the sheet.
 * Without a text the list stands alone behind its title.
 */
export function pointsPaper(say: Say, list: ListOfPaper, points: Paper | null): Paper {
  const attachment: Attachment = { title: list.title, blocks: [listTable(say, list)], wide: true }
  const under = [
    ...(list.issuedOn === null
      ? []
      : [say('list-issued', { day: dayWords(say, list.issuedOn), version: list.versionNo })]),
    ...(list.whole ? [] : [say('scope-note')]),
  ]
  const stamp = list.versionNo === 0 ? { stamp: say('draft') } : {}
  if (points === null)
    return { title: list.title, under, wide: true, blocks: attachment.blocks, pageNumbers: true, ...stamp }
  return { ...points, attachments: [attachment], ...stamp }
}

/** What a progress brief is made of; the duties stand in the order of the organisation's units. */
export interface Brief {
  readonly list: string
  readonly year: number
  /** The span in which duties count as closed in this brief; it is made as of its last day. */
  readonly from: string
  readonly to: string
  readonly by: string
  readonly duties: readonly StandingDuty[]
}

const overdue = (duty: StandingDuty) => duty.mark === 'late'
const closed = (duty: StandingDuty) => duty.mark === 'done' || duty.mark === 'made-good-late'
const suspended = (duty: StandingDuty) => duty.mark === 'suspended'
const running = (duty: StandingDuty) => !overdue(duty) && !closed(duty) && !suspended(duty)

/** The brief on a list (通报): numbers of the whole, who is late, what was closed, what is running. It compares nobody. */
export function briefPaper(say: Say, brief: Brief): Paper {
  const { duties, from, to } = brief
  const count = (claim: (duty: StandingDuty) => boolean) => duties.filter(claim).length
  const numbers = {
    day: dayWords(say, to),
    list: brief.list,
    total: duties.length,
    closed: count(closed),
    late: count((duty) => duty.mark === 'made-good-late'),
    running: count(running),
    overdue: count(overdue),
    suspended: count(suspended),
  }
  const lately = (duty: StandingDuty) =>
    closed(duty) && duty.closedOn !== null && duty.closedOn >= from && duty.closedOn <= to
  const part = (
    title: string,
    claim: (duty: StandingDuty) => boolean,
    last: string,
    says: (duty: StandingDuty) => string,
  ) => [heading(1, title), standings(say, brief.year, duties.filter(claim), last, says)]
  return {
    title: say('brief-title', { list: brief.list }),
    blocks: [
      heading(1, say('brief-whole')),
      text(`${say('brief-counts', numbers)}${say('brief-order')}`),
      ...part(say('brief-overdue'), overdue, say('standing'), (duty) => say('late-by', { days: duty.lateDays })),
      ...part(
        say('brief-closed', { from: dayWords(say, from), to: dayWords(say, to) }),
        lately,
        say('closed-on'),
        (duty) => dayWords(say, duty.closedOn!),
      ),
      ...part(say('brief-running'), running, say('standing'), (duty) => say(`mark-${duty.mark}`)),
    ],
    signature: { by: brief.by, on: to, sealed: true },
    pageNumbers: true,
  }
}

function standings(
  say: Say,
  year: number,
  duties: readonly StandingDuty[],
  last: string,
  says: (duty: StandingDuty) => string,
): Block {
  if (duties.length === 0) return text(say('none'))
  return {
    as: 'table',
    columns: [4, 14, 8, 7, 9, 8],
    head: [row(say('no'), say('duty'), say('lead-unit'), say('leader'), say('due'), last)],
    rows: duties.map((duty) =>
      row(
        middle(String(duty.no)),
        duty.title ?? say('erased'),
        middle(duty.leadUnit ?? ''),
        middle(duty.leader ?? ''),
        middle(dueWords(say, duty, year)),
        middle(says(duty)),
      ),
    ),
  }
}

/** A leader's instruction and what came of it. */
export interface InstructionOfPaper {
  readonly givenOn: string
  readonly wording: string | null
  readonly source: string | null
  readonly duties: readonly { readonly no: number; readonly title: string | null }[]
}

/** The sheet of one leader for a quarter. */
export interface Sheet {
  readonly title: string
  readonly holder: string | null
  readonly year: number
  readonly quarter: number
  readonly counts: {
    readonly owed: number
    readonly closed: number
    readonly late: number
    readonly madeGoodLate: number
  }
  readonly duties: readonly StandingDuty[]
  readonly instructions: readonly InstructionOfPaper[]
}

/** The quarterly sheet per leader: what his post owes and how it stands, and what he has instructed. */
export function sheetPaper(say: Say, sheet: Sheet): Paper {
  const { year, quarter, counts } = sheet
  const instructions: Block =
    sheet.instructions.length === 0
      ? text(say('none'))
      : {
          as: 'table',
          columns: [7, 18, 9, 13],
          head: [row(say('given-on'), say('wording'), say('given-source'), say('given-duties'))],
          rows: sheet.instructions.map((one) =>
            row(
              middle(dayWords(say, one.givenOn)),
              one.wording ?? say('erased'),
              one.source ?? '',
              one.duties.map(({ no, title }) => `${say('number', { no })} ${title ?? say('erased')}`).join('\n'),
            ),
          ),
        }
  return {
    title: say('sheet-title'),
    under: [
      say('sheet-leader', { title: sheet.title, holder: sheet.holder ?? say('vacant') }),
      say('sheet-quarter', { year, quarter }),
    ],
    blocks: [
      heading(1, say('sheet-duties')),
      text(say('sheet-counts', counts)),
      standings(say, year, sheet.duties, say('standing'), (duty) => markWords(say, duty)),
      heading(1, say('sheet-instructions')),
      instructions,
    ],
    pageNumbers: true,
  }
}

const markWords = (say: Say, duty: StandingDuty): string =>
  duty.mark === 'late' ? say('late-by', { days: duty.lateDays }) : say(`mark-${duty.mark}`)
