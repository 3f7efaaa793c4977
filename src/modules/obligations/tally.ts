import { sql } from 'kysely'
import { anyOf, role } from '../../core/access/actor.ts'
import { action, type Context, type Plain, type Writing } from '../../platform/action/action.ts'
import { loadCatalogue } from '../../platform/catalogue/catalogue.ts'
import { ofBureau, type Reads, statementOf } from '../../platform/db/pool.ts'
import type { Refold } from '../../platform/journal/fsck.ts'
import { insertInto } from '../../platform/journal/write.ts'
import { alsoTell, type Change } from '../activities/tally.facts.ts'
import { rulesFor } from '../rules/rule.facts.ts'
import { restoreTallies } from './tally.contract.ts'
import { codeOfAll, countedFor, gathered, monthColumns, patternsOf, type TallyRow } from './tally.facts.ts'
import { countWithStandings, standingMark } from './tally-standing.ts'

/*
 * Tallies are written under the lock of the journal head, as the entries are: so a bureau that counts them anew under the
 * same lock counts every act before it and none after. An act that was read under other rules than it is written under
 * marks the tallies stale; then overviews are answered from the records until they are counted anew.
 */

/** The state of a bureau's tallies; null where it has none. */
export interface TallyState {
  readonly code: string
  readonly counted_size: number
  readonly stale: boolean
  /** The years in which they say of whom each thing is asked, while the organisation stands as `ground` says. */
  readonly standing_years: number[]
  readonly ground: string
}

/** Reads the state of a bureau's tallies. */
export function tallyState(tx: Reads, orgId: number): Promise<TallyState | null> {
  return tx.first(stateOf(orgId))
}

const stateOf = ofBureau(
  (orgId) =>
    sql<TallyState>`select t.code, t.counted_size, t.stale, t.standing_years, t.ground
    from tally_states t where t.org_id = ${orgId}`,
)

/** Claims that tallies say of whom each thing is asked this year, as the organisation stands now. */
export async function saysWhoOwes(tx: Reads, orgId: number, state: TallyState, year: number): Promise<boolean> {
  return state.standing_years.includes(year) && state.ground === (await groundNow(tx, orgId))
}

async function groundNow(tx: Reads, orgId: number): Promise<string> {
  return (await tx.first(sql<{ mark: string }>`select ${standingMark(orgId)} mark`))!.mark
}

const COLUMNS = ['org_id', 'code', 'year', 'unit_id', ...monthColumns, 'unsure']
const valuesOf = (orgId: number, row: TallyRow) => [orgId, row.code, row.year, row.unitId, ...row.months, row.unsure]
const wholeValuesOf = (orgId: number, row: TallyRow) => [...valuesOf(orgId, row), row.standing ?? 0]
const ADDED = [...monthColumns, 'unsure']
  .map((name) => `${name} = activity_tallies.${name} + excluded.${name}`)
  .join(', ')

/** Adds rows to what stands; numbers may be negative. */
function adding(orgId: number, rows: readonly TallyRow[]): Plain[] {
  const sorted = rows.toSorted((a, b) => (`${a.code} ${a.unitId}` < `${b.code} ${b.unitId}` ? -1 : 1))
  const key = 'on conflict (org_id, code, year, unit_id)'
  return [
    ...insertInto(
      'activity_tallies',
      COLUMNS,
      sorted.map((row) => valuesOf(orgId, row)),
    ),
  ].map(({ text, values, name }) => ({
    text: `${text} ${key} do update set ${ADDED}`,
    values,
    ...(name === undefined ? {} : { name: `${name}-added` }),
  }))
}

/** What acts on activities change of the tallies. */
export function changesOf(changes: readonly Change[], patterns: ReturnType<typeof patternsOf>): TallyRow[] {
  const counts = changes.flatMap(({ before, after }) =>
    [
      { row: before, sign: -1 },
      { row: after, sign: 1 },
    ].flatMap(({ row, sign }) => {
      if (row === null) return []
      const [year, month] = [Number(row.happened_on.slice(0, 4)), Number(row.happened_on.slice(5, 7))]
      return [...countedFor(row, patterns)].map(({ code, sure }) => ({
        code,
        year,
        month,
        unitId: row.unit_id,
        n: sure ? sign : 0,
        unsure: sure ? 0 : sign,
      }))
    }),
  )
  return gathered(counts).filter((row) => row.unsure !== 0 || row.months.some((n) => n !== 0))
}

async function keepTallies(ctx: Writing, changes: Promise<readonly Change[]>): Promise<void> {
  const { orgId } = ctx.org
  const [state, rules] = await Promise.all([
    tallyState(ctx.tx, orgId),
    rulesFor(ctx.tx, orgId, ctx.catalogues.catalogue),
  ])
  const patterns = patternsOf(rules)
  // Tallies that are counted anew after this reading lack what is not added here, so they are stale again.
  const code = state === null || state.stale ? '' : codeOfAll(patterns)
  ctx.atIndex(() => ({
    text: 'update tally_states set stale = true where org_id = $1 and code <> $2 and not stale',
    values: [orgId, code],
    name: 'tallies-stale',
    once: true,
  }))
  if (state === null || state.stale) return
  for (const statement of adding(orgId, changesOf(await changes, patterns))) ctx.atIndex(() => statement)
}

/** Takes part in every act that changes activities. */
alsoTell(keepTallies)

/** Waits for every act under way and keeps new ones waiting, until the tallies are counted. */
async function lockHead(ctx: Context): Promise<{ size: number } | null> {
  return ctx.tx.first(
    sql<{ size: number }>`select size from journal_heads where org_id = ${ctx.org.orgId} for no key update`,
  )
}

/** Counts the tallies anew. */
export const restoringTallies = action(restoreTallies, {
  subject: lockHead,
  may: anyOf(role('office', 'secretary')),
  run: async (ctx, _input, { size }) => {
    const { orgId } = ctx.org
    const rules = await rulesFor(ctx.tx, orgId, ctx.catalogues.catalogue)
    const year = Number(ctx.today.slice(0, 4))
    const years = [year - 1, year, year + 1]
    const rows = await countWithStandings(ctx.tx, orgId, rules, years)
    const ground = await groundNow(ctx.tx, orgId)
    ctx.side({ text: 'delete from activity_tallies where org_id = $1', values: [orgId] })
    for (const statement of insertInto(
      'activity_tallies',
      [...COLUMNS, 'standing'],
      rows.map((row) => wholeValuesOf(orgId, row)),
    ))
      ctx.side(statement)
    const patterns = patternsOf(rules)
    ctx.side({
      text: `insert into tally_states (org_id, code, counted_size, stale, standing_years, ground) values ($1, $2, $3, false, $4, $5)
        on conflict (org_id) do update set code = excluded.code, counted_size = excluded.counted_size, stale = false,
          standing_years = excluded.standing_years, ground = excluded.ground`,
      values: [orgId, codeOfAll(patterns), size, years, ground],
    })
    return { patterns: patterns.size, rows: rows.length }
  },
})

/** The acts of this part of the module. */
export const tallyActs = [restoringTallies]

/** Reads of the owner of the database, outside every scope. His connection takes one statement at a time, in the order of asking. */
function readsOf(client: Parameters<Refold>[0]): Reads {
  let last: Promise<unknown> = Promise.resolve()
  const all: Reads['all'] = (query) => {
    const next = last.then(async () => (await client.query(statementOf(query, false))).rows as never)
    last = next.catch(() => undefined)
    return next
  }
  return { all, first: async (query) => ((await all(query))[0] ?? null) as never }
}

/**
 * Counts every tally again and says where what is kept differs (fsck). Tallies that are stale, or were made for other
 * rules, are not read by anybody and not looked at.
 */
export const refoldTallies: Refold = async (client, org) => {
  const tx = readsOf(client)
  const state = await tallyState(tx, org.orgId)
  const rules = await rulesFor(tx, org.orgId, loadCatalogue())
  if (state === null || state.stale || state.code !== codeOfAll(patternsOf(rules))) return []
  const kept = await tx.all(
    sql<Record<string, string | number>>`select t.* from activity_tallies t where t.org_id = ${org.orgId}`,
  )
  const asked = state.ground === (await groundNow(tx, org.orgId))
  const columns = [...monthColumns, 'unsure', ...(asked ? ['standing'] : [])]
  const textOf = ({ months, unsure, standing }: TallyRow) =>
    [...months, unsure, ...(asked ? [standing ?? 0] : [])].join(' ')
  const stored = new Map(
    kept.map((row) => [`${row['code']} ${row['year']} ${row['unit_id']}`, columns.map((name) => row[name]).join(' ')]),
  )
  const faults: string[] = []
  for (const row of await countWithStandings(tx, org.orgId, rules, asked ? state.standing_years : [])) {
    const key = `${row.code} ${row.year} ${row.unitId}`
    if (stored.get(key) !== textOf(row))
      faults.push(`tally ${key}: kept ${stored.get(key) ?? 'nothing'}, counted ${textOf(row)}`)
    stored.delete(key)
  }
  for (const [key, text] of stored) if (/[^0 ]/.test(text)) faults.push(`tally ${key}: kept ${text}, nothing counts`)
  return faults.map((says) => ({ org: org.code, idx: null, says }))
}
