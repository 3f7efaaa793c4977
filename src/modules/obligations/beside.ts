import { sql } from 'kysely'
import type { Excuse, Fact, ListFact, OpeningFact, StatementFact } from '../../core/rules/obligation.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import type { RecordType } from '../../platform/journal/record.ts'
import { wroteSince } from '../../platform/journal/written.ts'
import { listRecord, listsIssued } from '../duties/list.facts.ts'
import { type KnownAt, knownAt } from '../organisation/organisation.facts.ts'
import { Bounded, forEach } from './bounded.ts'
import { excuseRecords, excusesOf } from './excuse.facts.ts'
import type { Head } from './ground.ts'
import type { Place } from './world.ts'

/*
 * What counts beside activities and talks is some rows of a bureau, and changes on few days of a year: excuses, statements, hours
 * brought along, lists. It is read for the whole bureau and kept as long as nothing of it is written (decisions 0039, 0045).
 */

/** That a person states a yearly report to be sent: who, which, for which year, on which day. */
export const statementRecord: RecordType = {
  type: 'statement',
  table: 'statements',
  clear: ['statement', 'year', 'withdrawn'],
  sealed: ['stated_on', 'pid'],
  personal: [{ of: 'pid', by: 'pid', fields: ['stated_on', 'pid'] }],
}

/** Hours that a person brings from before the records begin: for which rule, up to which day, how many. */
export const openingRecord: RecordType = {
  type: 'opening-hours',
  table: 'opening_hours',
  clear: ['rule', 'covers_to', 'withdrawn'],
  sealed: ['amount', 'pid'],
  personal: [{ of: 'pid', by: 'pid', fields: ['amount', 'pid'] }],
}

/** Types of all that: an erasure empties it in place. */
export const BESIDE_TYPES: ReadonlySet<string> = new Set([
  ...excuseRecords.map(({ type }) => type),
  statementRecord.type,
  openingRecord.type,
  listRecord.type,
  'erasure',
])

type Persons = StatementFact | OpeningFact

/** The excuses of a bureau, and its facts that are neither activities nor talks: those of persons by who it is. */
export interface Beside {
  readonly excuses: readonly Excuse[]
  readonly byPerson: ReadonlyMap<string, readonly Persons[]>
  readonly lists: readonly ListFact[]
}

interface Kept {
  /** The journal size at which it was last seen to stand. */
  readonly size: number
  readonly beside: Beside
  readonly rows: number
}

/** How many rows are kept in all. */
const KEPT_ROWS_MAX = 30_000

const bureaus = forEach<Catalogues, Bounded<number, Kept>>(() => new Bounded(KEPT_ROWS_MAX))

/** The journal size of what is kept of the bureau. */
export function besideSize({ catalogues, org }: Place): number | undefined {
  return bureaus(catalogues).get(org.orgId)?.size
}

/** All that stands beside activities and talks, as known at a journal size; `head` is how far the journal is where that is asked. */
export async function besideOf(place: Place, size: KnownAt, head: Promise<Head> | null): Promise<Beside> {
  if (size !== null || head === null) return readBeside(place, size)
  const store = bureaus(place.catalogues)
  const before = store.get(place.org.orgId)
  // What is not kept is read in the packet in which the head is asked, behind it.
  const early = before === undefined ? readBeside(place, null) : null
  const now = await head
  const stood = early === null ? besideStanding(place, now) : null
  if (stood !== null) return stood
  const beside = await (early ?? readBeside(place, null))
  if (now.wide && now.size !== null) {
    const { excuses, byPerson, lists } = beside
    const rows = [...byPerson.values()].reduce((sum, { length }) => sum + length, excuses.length + lists.length + 1)
    store.put(place.org.orgId, { size: now.size, beside, rows }, rows)
  }
  return beside
}

/** What is kept, where nothing of it was written; null where it has to be read anew. */
export function besideStanding({ catalogues, org }: Place, head: Head): Beside | null {
  const store = bureaus(catalogues)
  const before = store.get(org.orgId)
  if (before === undefined || !head.wide || wroteSince(head, before.size, BESIDE_TYPES) !== false) return null
  if (head.size !== before.size) store.put(org.orgId, { ...before, size: head.size! }, before.rows)
  return before.beside
}

async function readBeside({ tx, org: { orgId } }: Place, size: KnownAt): Promise<Beside> {
  const [excuses, statements, openings, lists] = await Promise.all([
    excusesOf(tx, orgId, size),
    // What persons state to be sent: under its row policy the person himself and the Party office read it.
    tx.all(sql<StatementFact>`select 'statement' type, s.statement_id id, s.stated_on "on", s.statement, s.pid, s.year
      from statement_facts s where s.org_id = ${orgId} and ${knownAt('s', size)} order by s.stated_on, s.statement_id`),
    tx.all(sql<OpeningFact>`select 'opening' type, o.opening_id id, o.covers_to "on", o.pid, o.rule, o.amount
      from opening_facts o where o.org_id = ${orgId} and ${knownAt('o', size)} order by o.covers_to, o.opening_id`),
    listsIssued(tx, orgId, { from: 0, to: 9999 }, size),
  ])
  const byPerson = Map.groupBy<string, Persons>([...statements, ...openings], ({ pid }) => pid)
  return { excuses, byPerson, lists }
}

/** What of it is a fact, of some persons or of all. */
export function factsBeside({ byPerson, lists }: Beside, of: 'all' | { readonly pids: readonly string[] }): Fact[] {
  const persons = of === 'all' ? [...byPerson.values()].flat() : of.pids.flatMap((pid) => byPerson.get(pid) ?? [])
  return [...persons, ...lists]
}
