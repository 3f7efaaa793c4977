import { type Block, type Cell, dayWords, type Paper, type Row, type Say, text } from './paper.ts'

/** Who was expected and did not come, in words: the status, and the reason that somebody noted. */
export interface Away {
  readonly name: string | null
  readonly status: string
  readonly note: string | null
}

/** An activity as papers show it, with words in place of ids; days are civil days. Names are null once erased. */
export interface MeetingOfPaper {
  readonly unit: string
  /** The bureau, where its name does not stand in that of the unit. */
  readonly bureau: string
  /** The kind, with those as which the record counts too. */
  readonly kind: string
  readonly also: readonly string[]
  readonly day: string
  readonly mark: 'late' | 'opening' | null
  readonly title: string | null
  readonly host: string | null
  readonly topics: readonly string[]
  readonly expected: number | null
  readonly present: number | null
  readonly voters: number | null
  readonly hours: number | null
  readonly attended: readonly (string | null)[]
  readonly away: readonly Away[]
  readonly fields: readonly { readonly name: string; readonly value: string }[]
  readonly content: string | null
  readonly proof: string | null
  readonly recordedOn: string
  readonly entry: number
}

const label = (words: string): Cell => ({ text: words, label: true })

/** The name of a meeting of a unit; what the unit's name ends with and the kind begins with stands once. */
export function meetingOf(unit: string, kind: string): string {
  for (let shared = Math.min(unit.length, kind.length); shared > 0; shared--)
    if (unit.endsWith(kind.slice(0, shared))) return unit + kind.slice(shared)
  return unit + kind
}

const named = (say: Say, names: MeetingOfPaper['attended']): string =>
  names.map((name) => name ?? say('erased')).join(say('comma'))

const awayWords = (say: Say, away: readonly Away[]): string =>
  away
    .map((one) => say(one.note === null ? 'away-because' : 'away-note', { ...one, name: one.name ?? say('erased') }))
    .join(say('comma'))

function entered(say: Say, meeting: MeetingOfPaper): string {
  const day = dayWords(say, meeting.day)
  if (meeting.mark === null) return day
  return say(meeting.mark === 'late' ? 'late-entry' : 'opening-entry', { day })
}

/** Lines of a page for the rows of a form, some of which may need two; the content takes what the others leave. */
const PAGE_ROWS = 17
const CONTENT_MIN = 4

/** A page of the record book: what the record says, in a form, with lines for two signatures. Nothing is added to it. */
export function recordPage(say: Say, meeting: MeetingOfPaper): Paper {
  const { title, host, expected, present, voters, hours, topics } = meeting
  const count = (number: number | null) => (number === null ? '' : say('people', { count: number }))
  const pair = (one: string, first: string, other: string, second: string): Row => ({
    cells: [label(say(one)), { text: first }, label(say(other)), { text: second }],
    lines: 1,
  })
  const across = (name: string, words: string, lines?: number): Row => ({
    cells: [label(name), { text: words, span: 3 }],
    lines: lines ?? 1,
    ...(lines === undefined ? {} : { breaks: true }),
  })
  const given = (key: string, words: string): Row[] => (words === '' ? [] : [across(say(key), words)])
  const numbers = [
    ...(expected === null && present === null ? [] : [pair('expected', count(expected), 'present', count(present))]),
    ...(voters === null && hours === null
      ? []
      : [pair('voters', count(voters), 'hours', hours === null ? '' : String(hours))]),
  ]
  const before: Row[] = [
    across(say('kind'), [meeting.kind, ...meeting.also].join(say('comma'))),
    pair('held-by', meeting.unit, 'on', entered(say, meeting)),
    across(say('host'), host ?? ''),
    ...given('topic', title ?? ''),
    ...given('topics', topics.join(say('comma'))),
    ...numbers,
    ...given('attended', named(say, meeting.attended)),
    ...given('away', awayWords(say, meeting.away)),
    ...meeting.fields.map(({ name, value }) => across(name, value)),
  ]
  const day = dayWords(say, meeting.recordedOn)
  const after: Row[] = [
    ...given('proof', meeting.proof ?? ''),
    { ...pair('chair-signs', '', 'keeper-signs', ''), lines: 2 },
    across(say('entered'), say('recorded', { day, entry: meeting.entry })),
  ]
  const room = Math.max(CONTENT_MIN, PAGE_ROWS - before.length - after.length)
  const rows = [...before, across(say('content'), meeting.content ?? '', room), ...after]
  return {
    title: say('page-title', { kind: meeting.kind }),
    blocks: [{ as: 'table', columns: [9, 13, 9, 13], head: [], rows }],
    pageNumbers: true,
  }
}

/** A unit with its bureau before it, unless its own name says that already. */
export const wholeName = ({ bureau, unit }: { readonly bureau: string; readonly unit: string }): string =>
  unit.startsWith(bureau) ? unit : bureau + unit

/** Longest name, in characters, that still stands large on one line. */
const NAME_MAX = 16

/** The name of a meeting, with the bureau in it where that leaves it readable on one line. */
export function meetingName(meeting: Pick<MeetingOfPaper, 'bureau' | 'unit' | 'kind'>): string {
  const whole = meetingOf(wholeName(meeting), meeting.kind)
  return whole.length <= NAME_MAX ? whole : meetingOf(meeting.unit, meeting.kind)
}

/** The minutes of a meeting (纪要): their number as somebody gave it, the meeting's facts, the content as somebody wrote it down, who was there and who was not. */
export function minutesPaper(say: Say, meeting: MeetingOfPaper, number?: string): Paper {
  const { expected, present } = meeting
  const fact = (key: string, words: string | null): Block[] =>
    words === null || words === '' ? [] : [{ as: 'named', label: say(key), text: words }]
  const counted = expected === null || present === null ? null : say('minutes-numbers', { expected, present })
  const content: Block[] =
    meeting.content === null
      ? [{ as: 'text', runs: [{ text: say('no-content'), mark: 'masked' }] }]
      : meeting.content
          .split(/\r?\n/)
          .filter((line) => line.trim() !== '')
          .map((line) => text(line.trim()))
  return {
    title: null,
    masthead: {
      name: say('minutes-name', { meeting: meetingName(meeting) }),
      left: wholeName(meeting),
      right: dayWords(say, meeting.day),
      ...(number === undefined ? {} : { number }),
    },
    blocks: [
      ...fact('minutes-chair', meeting.host),
      ...fact('minutes-matter', meeting.title),
      ...content,
      { as: 'gap' },
      ...fact('minutes-present', meeting.attended.length === 0 ? counted : named(say, meeting.attended)),
      ...fact('minutes-away', awayWords(say, meeting.away)),
    ],
    pageNumbers: true,
  }
}

/** What an attendance sheet is for: a recorded activity, or one that is planned for a day or a month. */
export interface SheetOfPaper {
  readonly unit: string
  readonly kind: string
  readonly title: string | null
  /** A civil day, or a month `YYYY-MM` while no day is known. */
  readonly when: string
  readonly names: readonly (string | null)[]
}

/** Empty lines for those whom the roster does not name. */
const SPARE = 6

/** A sheet on which those who come sign: the roster of the day in the order of the bureau, two persons a line. */
export function attendanceSheet(say: Say, sheet: SheetOfPaper): Paper {
  const people = [...sheet.names.map((name) => name ?? say('erased')), ...Array.from({ length: SPARE }, () => '')]
  if (people.length % 2 === 1) people.push('')
  const half = people.length / 2
  const side = (index: number): Cell[] => [
    { text: String(index + 1), align: 'centre' },
    { text: people[index]!, align: 'centre' },
    { text: '' },
  ]
  const head = ['seq', 'name', 'signs'].map((key) => ({ text: say(key) }))
  return {
    title: say('sign-title'),
    under: [
      sheet.title === null ? sheet.kind : say('sign-what', { kind: sheet.kind, title: sheet.title }),
      say('sign-where', { unit: sheet.unit, day: whenWords(say, sheet.when) }),
    ],
    blocks: [
      {
        as: 'table',
        columns: [4, 9, 11, 4, 9, 11],
        head: [{ cells: [...head, ...head] }],
        rows: Array.from({ length: half }, (_, index) => ({
          cells: [...side(index), ...side(index + half)],
          lines: 1,
        })),
      },
      { as: 'line', align: 'left', runs: [{ text: say('sign-expected', { count: sheet.names.length }) }] },
    ],
    pageNumbers: true,
  }
}

/** A civil day or a month in the words of papers. */
export function whenWords(say: Say, when: string): string {
  if (when.length > 7) return dayWords(say, when)
  const [year, month] = when.split('-').map(Number)
  return say('month', { year, month })
}

/** What is planned, as a notice tells it. */
export interface NoticeOfPaper extends SheetOfPaper {
  readonly topics: readonly string[]
  /** False where nobody is on a roster. */
  readonly counted: boolean
  readonly by: string
  readonly on: string
}

/** A notice of a planned activity: when, what and who by the plan. What no plan holds, the place, is left to be filled in. */
export function noticePaper(say: Say, notice: NoticeOfPaper): Paper {
  const { unit, names } = notice
  const what = [notice.title, ...notice.topics].filter((one) => one !== null).join(say('comma'))
  const part = (key: string, words: string, mark?: 'masked'): Block => ({
    as: 'named',
    label: say(key),
    text: words,
    ...(mark === undefined ? {} : { mark }),
  })
  return {
    title: say('notice-title', { what: notice.title ?? notice.kind }),
    addressee: say('notice-to'),
    blocks: [
      part('notice-when', whenWords(say, notice.when)),
      part('notice-where', say('blank'), 'masked'),
      part('notice-matter', what === '' ? notice.kind : say('sign-what', { kind: notice.kind, title: what })),
      part(
        'notice-who',
        notice.counted ? say('notice-body', { unit, count: names.length }) : say('notice-number', { unit }),
      ),
    ],
    signature: { by: notice.by, on: notice.on, sealed: true },
    pageNumbers: true,
  }
}
