/** Which module may import the face of which (`y.ts`, `y.contract.ts`, `y.facts.ts`). The arrows make no circle. */
export const USES: Readonly<Record<string, readonly string[]>> = {
  documents: [],
  organisation: [],
  journal: [],
  accounts: ['organisation'],
  calendars: ['organisation'],
  activities: ['organisation'],
  talks: ['organisation'],
  rules: ['organisation'],
  plans: ['organisation', 'activities'],
  duties: ['organisation', 'documents'],
  obligations: ['organisation', 'activities', 'talks', 'duties', 'calendars', 'rules', 'plans'],
  notices: ['organisation', 'accounts', 'calendars', 'activities', 'duties', 'obligations'],
  search: ['organisation', 'documents', 'duties', 'activities', 'rules', 'reports', 'plans', 'notices'],
  reports: ['organisation', 'documents', 'activities', 'talks', 'duties', 'obligations'],
}

/** An exception to a rule: where, and why it may stand. One that nobody needs any more is itself a fault. */
export interface Exception {
  readonly at: string
  readonly why: string
}

export const FILE_LINES_MAX = 400
/** Lines of markup (JSX) are not counted: what a component shows is its length. */
export const FUNCTION_LINES_MAX = 70
export const COMMENT_LINES_MAX = 3

/** Files over the limit of lines. */
export const longFiles: readonly Exception[] = []

/** Functions over the limit of lines, as `path:name`. */
export const longFunctions: readonly Exception[] = [
  { at: 'test/leak-matrix.test.ts:inputsFor', why: 'a line for each read of the program' },
  { at: 'test/support/app.ts:openTestApp', why: 'puts one server together, part after part' },
]

/** What may follow the noun in the name of a program file; plain `noun.ts` is always allowed. */
export const suffixes = ['contract', 'facts', 'queries', 'access', 'jobs', 'module', 'test', 'generated', 'config', 'd']

/** Folder names that say nothing, and where the thing belongs instead. */
export const emptyFolderNames = [
  'utils',
  'util',
  'helpers',
  'common',
  'services',
  'types',
  'interfaces',
  'misc',
  'shared',
]

/** Where Chinese may stand in a program file of the server although it is no catalogue. */
export const chineseAllowed: readonly Exception[] = [
  { at: 'src/platform/cli/', why: 'what the command line prints, both languages side by side' },
  { at: 'src/platform/http/openapi.ts', why: 'the name of the product' },
  { at: 'src/platform/office/paper/faces.ts', why: 'names of fonts' },
  { at: 'src/platform/office/paper/write.ts', why: 'the name of the product' },
  { at: 'src/platform/office/numbering.ts', why: 'numerals' },
  { at: 'src/platform/catalogue/glossary.ts', why: 'headings of the generated glossary' },
  {
    at: 'src/modules/organisation/roster-sheets.ts',
    why: 'sheets and columns of the roster workbook, by which it is read',
  },
  { at: 'src/modules/organisation/roster-plan.ts', why: 'as roster-sheets.ts' },
  { at: 'src/platform/i18n/pinyin.ts', why: 'the characters whose sounds it tells' },
]

/** Files that may start writing transactions: the pipeline, and what works outside it by its nature. */
export const writeTransactions: readonly Exception[] = [
  { at: 'src/platform/db/pool.ts', why: 'defines the mode' },
  { at: 'src/platform/action/perform.ts', why: 'the pipeline' },
  { at: 'src/platform/action/together.ts', why: 'the pipeline, for acts that are written together' },
  { at: 'src/platform/journal/tree.ts', why: 'the tree is built later, outside the lock' },
  { at: 'src/platform/journal/audit.ts', why: 'a refused act rolls back; that it was refused is kept on its own' },
  { at: 'src/modules/notices/notice.jobs.ts', why: 'how far a message got is operational, noted after it was sent' },
  { at: 'src/modules/duties/opinion.jobs.ts', why: 'what the office model said is operational, kept after the call' },
  { at: 'src/modules/accounts/doorkeeper.ts', why: 'sessions are operational: seen and ended on each request' },
]

/** Tables that several places may write. */
export const sharedTables: readonly Exception[] = [
  { at: 'journal_heads', why: 'the head of a bureau is made with the bureau itself, before there is a journal' },
]
