import { sql } from 'kysely'
import { anyOf, anyone } from '../../core/access/actor.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import { action, answer, type Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Stored } from '../../platform/journal/record.ts'
import { knownAt } from '../organisation/organisation.facts.ts'
import { classesOf, personNames, personsInOrder } from '../organisation/organisation.ts'
import { statementRecord } from './beside.ts'
import { rulesAndCalendar } from './ground.ts'
import { handler, ofHimself } from './statement.access.ts'
import {
  listStatements,
  myStatements,
  recordStatement,
  type statements,
  withdrawStatement,
} from './statement.contract.ts'

type Kind = (typeof statements)[number]
type StatementRow = Stored & { pid: string; statement: Kind; year: number; stated_on: string; withdrawn: boolean }

async function alreadyStated(ctx: Context, pid: string, statement: Kind, year: number): Promise<string | null> {
  // The person's own row serves as the lock, so that two statements of one year cannot cross.
  await ctx.tx.first(sql`select pid from person_ids where org_id = ${ctx.org.orgId} and pid = ${pid} for no key update`)
  const row = await ctx.tx.first(
    sql<{ on: string }>`select s.stated_on "on" from statements s where s.org_id = ${ctx.org.orgId} and s.pid = ${pid}
      and s.statement = ${statement} and s.year = ${year} and ${knownAt('s')} and not s.withdrawn`,
  )
  return row?.on ?? null
}

const recording = action(recordStatement, {
  subject: async (ctx) => ({ pid: ctx.actor.pid }),
  may: ofHimself,
  run: async (ctx, input, { pid }) => {
    const on = input.on ?? ctx.today
    if (on > ctx.today) throw new Refusal('statement/future-day', { day: on, today: ctx.today })
    if (on < `${input.year}-01-01`) throw new Refusal('statement/other-year', { day: on, year: input.year })
    const earlier = await alreadyStated(ctx, pid!, input.statement, input.year)
    if (earlier !== null) throw new Refusal('statement/already', { year: input.year, day: earlier })
    const row = { statement: input.statement, year: input.year, withdrawn: false, stated_on: on, pid }
    return { statementId: ctx.add(statementRecord, row), year: input.year, on }
  },
})

const withdrawing = action(withdrawStatement, {
  subject: (ctx, input) =>
    ctx.tx.first(
      sql<StatementRow>`select s.id, s.version, s.pid, s.statement, s.year, s.stated_on, s.withdrawn from statements s
        where s.org_id = ${ctx.org.orgId} and s.id = ${input.statementId} and ${knownAt('s')} for no key update`,
    ),
  may: ofHimself,
  run: async (ctx, _, row) => {
    if (row.withdrawn) throw new Refusal('statement/withdrawn')
    ctx.revise(statementRecord, row, { withdrawn: true })
    return { statementId: row.id }
  },
})

const mine = answer(myStatements, {
  may: anyOf(anyone),
  label: 'talks',
  run: async (ctx, input) => {
    ctx.unscoped('his own statements')
    const ofYear = input.year === undefined ? sql`true` : sql`s.year = ${input.year}`
    const items = await ctx.tx.all(
      sql<{ statementId: string; statement: Kind; year: number; on: string }>`
        select s.statement_id "statementId", s.statement, s.year, s.stated_on "on" from statement_facts s
        where s.org_id = ${ctx.org.orgId} and s.pid = ${ctx.actor.pid} and ${knownAt('s')} and ${ofYear} order by s.year desc`,
    )
    return { items }
  },
})

/** The classes of person of whom the rules in force ask that a report be sent. */
function classesAsked(rules: readonly ActiveRule[], day: string): ReadonlySet<string> {
  const versions = rules.flatMap((rule) => rule.versions.filter(({ from, to }) => from <= day && day <= to))
  const asking = versions.filter(({ need }) => need.some(({ of }) => 'statement' in of))
  return new Set(asking.flatMap(({ who }) => ('person' in who ? (who.person.class ?? []) : [])))
}

const handled = answer(listStatements, {
  may: handler,
  label: 'talks',
  restricted: true,
  run: async (ctx, { year }) => {
    const { orgId } = ctx.org
    const day = ctx.today < `${year}-12-31` && ctx.today >= `${year}-01-01` ? ctx.today : `${year}-12-31`
    const [{ rules }, rows, classes, people] = await Promise.all([
      rulesAndCalendar(ctx, null),
      ctx.tx.all(
        sql<{ pid: string; on: string }>`select s.pid, s.stated_on "on" from statement_facts s
          where s.org_id = ${orgId} and s.year = ${year} and ${knownAt('s')} and ${ctx.within({ people: ['s.pid'] })}`,
      ),
      classesOf(ctx.tx, orgId),
      personsInOrder(ctx.tx, orgId, day, ctx.catalogues.catalogue),
    ])
    const stated = new Map(rows.map((row) => [row.pid, row.on]))
    const held = (one: { from: string; to: string }) => one.from <= `${year}-12-31` && one.to >= `${year}-01-01`
    const asked = classesAsked(rules, day)
    const expected = new Set(classes.filter((one) => asked.has(one.class) && held(one)).map((one) => one.pid))
    for (const pid of stated.keys()) expected.add(pid)
    const inOrder = people.map(({ pid }) => pid).filter((pid) => expected.has(pid))
    const rest = [...expected].filter((pid) => !inOrder.includes(pid))
    const names = await personNames(ctx.tx, orgId, [...expected])
    const items = [...inOrder, ...rest].map((pid) => ({
      personId: pid,
      name: names.get(pid) ?? null,
      on: stated.get(pid) ?? null,
    }))
    return { year, items }
  },
})

/** What a person states of his own reports, and the one list of who has. */
export const statementActs = [recording, withdrawing]
export const statementReads = [mine, handled]
