import { sql } from 'kysely'
import { anyOf, role } from '../../core/access/actor.ts'
import { action, answer, type Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Stored } from '../../platform/journal/record.ts'
import { knownAt, nameJoin } from '../organisation/organisation.facts.ts'
import { personsInOrder } from '../organisation/organisation.ts'
import { rulesFor } from '../rules/rule.facts.ts'
import { openingRecord } from './beside.ts'
import { amendOpening, listOpenings, recordOpening, withdrawOpening } from './opening.contract.ts'

type OpeningRow = Stored & { pid: string; rule: string; covers_to: string; amount: number; withdrawn: boolean }

/** The training handler. */
const trainer = <S, I>() => anyOf<S, I>(role('office'))

function loadOpening(ctx: Context, input: { openingId: string }): Promise<OpeningRow | null> {
  return ctx.tx.first(
    sql<OpeningRow>`select o.id, o.version, o.pid, o.rule, o.covers_to, o.amount, o.withdrawn from opening_hours o
      where o.org_id = ${ctx.org.orgId} and o.id = ${input.openingId} and ${knownAt('o')} and o.pid is not null for no key update`,
  )
}

function checkDay(ctx: Context, on: string): void {
  if (on >= ctx.org.goLiveOn) throw new Refusal('opening/not-before-records', { day: on, goLiveOn: ctx.org.goLiveOn })
}

/** Hours are brought along only for a rule of several years that adds hours (decision 7). */
async function checkRule(ctx: Context, id: string): Promise<void> {
  const rules = await rulesFor(ctx.tx, ctx.org.orgId, ctx.catalogues.catalogue)
  const takes = rules
    .find((rule) => rule.id === id)
    ?.versions.some(({ window, need }) => 'years' in window && need.some((one) => 'sum' in one && one.sum === 'hours'))
  if (!takes) throw new Refusal('opening/unknown-rule', { rule: id })
}

const recording = action(recordOpening, {
  subject: (ctx, input) =>
    ctx.tx.first(
      sql<{ pid: string; known: boolean }>`select i.pid, i.person_id is not null known from person_ids i
        where i.org_id = ${ctx.org.orgId} and i.pid = ${input.personId} for no key update`,
    ),
  may: trainer(),
  run: async (ctx, input, person) => {
    if (!person.known) throw new Refusal('person/unknown')
    checkDay(ctx, input.on)
    await checkRule(ctx, input.rule)
    const there = await ctx.tx.first(
      sql<{
        amount: number
      }>`select o.amount from opening_hours o where o.org_id = ${ctx.org.orgId} and o.pid = ${person.pid}
        and o.rule = ${input.rule} and ${knownAt('o')} and not o.withdrawn`,
    )
    if (there !== null) throw new Refusal('opening/already', { amount: there.amount })
    const row = { pid: person.pid, rule: input.rule, covers_to: input.on, amount: input.amount, withdrawn: false }
    return { openingId: ctx.add(openingRecord, row) }
  },
})

const amending = action(amendOpening, {
  subject: loadOpening,
  may: trainer(),
  run: async (ctx, input, row) => {
    if (row.withdrawn) throw new Refusal('opening/withdrawn')
    const [amount, on] = [input.amount ?? row.amount, input.on ?? row.covers_to]
    if (amount === row.amount && on === row.covers_to) throw new Refusal('opening/nothing-changed')
    checkDay(ctx, on)
    ctx.because(input.reason)
    ctx.revise(openingRecord, row, { amount, covers_to: on })
    return { openingId: row.id }
  },
})

const withdrawing = action(withdrawOpening, {
  subject: loadOpening,
  may: trainer(),
  run: async (ctx, input, row) => {
    if (row.withdrawn) throw new Refusal('opening/withdrawn')
    ctx.because(input.reason)
    ctx.revise(openingRecord, row, { withdrawn: true })
    return { openingId: row.id }
  },
})

const listing = answer(listOpenings, {
  may: trainer(),
  run: async (ctx, input) => {
    ctx.unscoped('opening balances, for the training handler who enters them')
    const one = input.personId === undefined ? sql`true` : sql`o.pid = ${input.personId}`
    const [rows, people] = await Promise.all([
      ctx.tx.all(
        sql<{ openingId: string; personId: string; name: string | null; rule: string; amount: number; on: string }>`
          select o.opening_id "openingId", o.pid "personId", p.name, o.rule, o.amount, o.covers_to "on"
          from opening_facts o ${nameJoin('o.pid')} where o.org_id = ${ctx.org.orgId} and ${knownAt('o')} and ${one}
          order by p.name, o.pid, o.rule`,
      ),
      personsInOrder(ctx.tx, ctx.org.orgId, ctx.today, ctx.catalogues.catalogue),
    ])
    const places = new Map(people.map(({ pid }, index) => [pid, index]))
    const place = (pid: string) => places.get(pid) ?? places.size
    const start = Number(input.cursor ?? 0)
    if (!Number.isInteger(start) || start < 0) throw new Refusal('request/invalid', { count: 1, first: 'cursor' })
    const limit = input.limit ?? 200
    const all = rows.toSorted((a, b) => place(a.personId) - place(b.personId))
    const items = all.slice(start, start + limit)
    return { items, total: all.length, next: start + limit < all.length ? String(start + limit) : null }
  },
})

/** Opening balances of hours: entered, corrected, taken back, read. */
export const openingActs = [recording, amending, withdrawing]
export const openingReads = [listing]
