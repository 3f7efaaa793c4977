import { sql } from 'kysely'
import { windowStart } from '../../core/calendar/days.ts'
import type { ActiveRule, RuleInForce } from '../../core/rules/world.ts'
import { action, type Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Stored } from '../../platform/journal/record.ts'
import { inForce, knownAt } from '../organisation/organisation.facts.ts'
import { rulesFor } from '../rules/rule.facts.ts'
import { excuse, isThePerson, type Owed } from './excuse.access.ts'
import { excuseObligation, withdrawExcuse } from './excuse.contract.ts'
import { excuseRecord, personExcuseRecord } from './excuse.facts.ts'

/** What is owed, and its window. */
interface Excusable extends Owed {
  readonly windowFrom: string
}

/** Refuses days on which no window of the rule begins; windows that hang on events may begin on any day. */
function checkBegins(rule: ActiveRule, { window }: RuleInForce, day: string): void {
  const begins =
    'every' in window ? windowStart(day, window.every) === day : 'by' in window ? day.endsWith('-01-01') : true
  if (!begins) throw new Refusal('obligation/no-window', { rule: rule.words.zh, ruleEn: rule.words.en, day })
}

/** The rule with its version of the window's first day. */
async function ruleOf(ctx: Context, id: string, day: string): Promise<{ rule: ActiveRule; version: RuleInForce }> {
  const rule = (await rulesFor(ctx.tx, ctx.org.orgId, ctx.catalogues.catalogue)).find((one) => one.id === id)
  if (rule === undefined) throw new Refusal('obligation/unknown-rule', { rule: id })
  const version = rule.versions.find((one) => one.from <= day && day <= one.to)
  if (version === undefined)
    throw new Refusal('obligation/no-window', { rule: rule.words.zh, ruleEn: rule.words.en, day })
  checkBegins(rule, version, day)
  return { rule, version }
}

/** The branch of a person in the window (the branch above a subgroup), else the unit of his post; null: no such person. */
async function placeOf(ctx: Context, pid: string, day: string): Promise<{ unitId: string | null } | null> {
  const { orgId } = ctx.org
  return ctx.tx.first(
    sql<{ unitId: string | null }>`select coalesce(
        (select case when u.kind = 'subgroup' then f.parent_id else m.branch_id end from memberships m
          join units u on u.org_id = m.org_id and u.id = m.branch_id and ${knownAt('u')}
          left join unit_facts f on f.org_id = m.org_id and f.unit_id = m.branch_id and ${knownAt('f')}
            and greatest(m.valid_from, ${day}::date) between f.valid_from and f.valid_to
          where m.org_id = i.org_id and m.pid = i.pid and ${knownAt('m')} and m.valid_to >= ${day}::date
          order by m.valid_from limit 1),
        (select s.unit_id from appointments a join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')}
          where a.org_id = i.org_id and a.pid = i.pid and ${knownAt('a')} and a.valid_to >= ${day}::date
          order by a.valid_from, s.position limit 1)) "unitId"
      from person_ids i where i.org_id = ${orgId} and i.pid = ${pid}`,
  )
}

async function unitOfSubject(ctx: Context, type: Owed['type'], version: RuleInForce, id: string, day: string) {
  if (type === 'person') return placeOf(ctx, id, day)
  const { orgId } = ctx.org
  const kinds = 'unit' in version.who ? version.who.unit : 'post' in version.who ? version.who.post : []
  return ctx.tx.first(
    type === 'unit'
      ? sql<{ unitId: string }>`select u.id "unitId" from units u where u.org_id = ${orgId} and u.id = ${id}
          and ${knownAt('u')} and u.kind = any(${kinds as string[]})`
      : sql<{ unitId: string }>`select s.unit_id "unitId" from posts s where s.org_id = ${orgId} and s.id = ${id}
          and ${knownAt('s')} and s.kind = any(${kinds as string[]})`,
  )
}

async function owedBy(ctx: Context, input: { obligationId: string }): Promise<Excusable | null> {
  const [ruleId, subjectId, windowFrom] = input.obligationId.split('/') as [string, string, string]
  const { rule, version } = await ruleOf(ctx, ruleId, windowFrom)
  const type = 'unit' in version.who ? 'unit' : 'post' in version.who ? 'post' : 'person'
  const place = await unitOfSubject(ctx, type, version, subjectId, windowFrom)
  if (place === null) return null
  const unitId = rule.visibility === 'personal' ? null : place.unitId
  return { rule: rule.id, visibility: rule.visibility, expected: rule.expected, type, subjectId, unitId, windowFrom }
}

/** Claims that the actor, or whoever he acts for, holds the post that owes, or one in the unit that owes. */
async function owesAsOffice(ctx: Context, owed: Owed): Promise<boolean> {
  const pids = [ctx.actor.pid, ctx.actor.onBehalfOf?.pid ?? null].filter((pid) => pid !== null)
  const post = owed.type === 'post' ? sql`s.id = ${owed.subjectId}` : sql`s.unit_id = ${owed.subjectId}`
  const found = await ctx.tx.first(
    sql<{ one: number }>`select 1 one from appointments a
      join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')} and ${inForce('s', ctx.today)}
      where a.org_id = ${ctx.org.orgId} and a.pid = any(${pids}::uuid[]) and ${knownAt('a')} and ${inForce('a', ctx.today)}
        and ${post} limit 1`,
  )
  return found !== null
}

/** Nobody excuses himself: of a hard rule neither the person nor whoever stands in the unit or post that owes. */
async function checkOwesNot(ctx: Context, owed: Owed): Promise<void> {
  const himself =
    owed.type === 'person' ? isThePerson(ctx.actor, owed) : !owed.expected && (await owesAsOffice(ctx, owed))
  if (himself) throw new Refusal('obligation/owes-himself')
}

async function checkNotExcused(ctx: Context, owed: Excusable): Promise<void> {
  const { orgId } = ctx.org
  const standing = await ctx.tx.first(
    owed.type === 'person'
      ? sql<{ id: string }>`select x.id from person_excuses x where x.org_id = ${orgId} and x.rule = ${owed.rule}
          and x.pid = ${owed.subjectId} and x.window_from = ${owed.windowFrom} and not x.withdrawn and ${knownAt('x')}`
      : sql<{ id: string }>`select x.id from excuses x where x.org_id = ${orgId} and x.rule = ${owed.rule}
          and x.subject_id = ${owed.subjectId} and x.window_from = ${owed.windowFrom} and not x.withdrawn and ${knownAt('x')}`,
  )
  if (standing !== null) throw new Refusal('obligation/already-excused', { excuseId: standing.id })
}

const excusing = action(excuseObligation, {
  subject: owedBy,
  may: excuse,
  run: async (ctx, input, owed) => {
    if (input.until !== undefined && input.until < owed.windowFrom)
      throw new Refusal('period/ends-before-start', { from: owed.windowFrom, to: input.until })
    await checkOwesNot(ctx, owed)
    await checkNotExcused(ctx, owed)
    const said = {
      rule: owed.rule,
      unit_id: owed.unitId,
      window_from: owed.windowFrom,
      until_on: input.until ?? null,
      reason: input.reason,
      withdrawn: false,
    }
    const excuseId =
      owed.type === 'person'
        ? ctx.add(personExcuseRecord, { ...said, pid: owed.subjectId })
        : ctx.add(excuseRecord, { ...said, subject_type: owed.type, subject_id: owed.subjectId })
    return { excuseId, obligationId: input.obligationId }
  },
})

interface StoredExcuse extends Stored {
  rule: string
  unit_id: string | null
  window_from: string
  until_on: string | null
  withdrawn: boolean
}

interface Kept extends Owed {
  readonly row: StoredExcuse
}

/** The excuse, locked, with what it is about; absent where the actor's scope does not hold it. */
async function loadKept(ctx: Context, input: { excuseId: string }): Promise<Kept | null> {
  const which = sql`x.org_id = ${ctx.org.orgId} and x.id = ${input.excuseId} and ${knownAt('x')} for no key update`
  const [unit, person] = await Promise.all([
    ctx.tx.first(
      sql<StoredExcuse & { subject_type: 'unit' | 'post'; subject_id: string }>`select * from excuses x where ${which}`,
    ),
    ctx.tx.first(sql<StoredExcuse & { pid: string }>`select * from person_excuses x where ${which}`),
  ])
  const row = unit ?? person
  if (row === null) return null
  const rules = await rulesFor(ctx.tx, ctx.org.orgId, ctx.catalogues.catalogue)
  // A rule that no longer owes anything keeps its reasons; only the office and the secretary still touch them.
  const rule = rules.find((one) => one.id === row.rule)
  return {
    row,
    rule: row.rule,
    visibility: rule?.visibility ?? 'unit',
    expected: rule?.expected ?? false,
    type: unit?.subject_type ?? 'person',
    subjectId: unit?.subject_id ?? person!.pid,
    unitId: row.unit_id,
  }
}

const withdrawing = action(withdrawExcuse, {
  subject: loadKept,
  may: excuse,
  run: async (ctx, input, { row, type, subjectId }) => {
    if (row.withdrawn) throw new Refusal('obligation/excuse-withdrawn')
    ctx.because(input.reason)
    ctx.revise(type === 'person' ? personExcuseRecord : excuseRecord, row, { withdrawn: true })
    return { excuseId: row.id, obligationId: `${row.rule}/${subjectId}/${row.window_from}` }
  },
})

/** The acts of stating a reason and of taking it back. */
export const excuseActions = [excusing, withdrawing]
