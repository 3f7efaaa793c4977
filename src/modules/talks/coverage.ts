import { type RawBuilder, sql } from 'kysely'
import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { within } from '../../core/access/scope.ts'
import { pairTypes } from '../../core/catalogue/kinds.ts'
import type { TalkFact } from '../../core/rules/obligation.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { inForce, knownAt, nameJoin, subtreesOf, unitNames } from '../organisation/organisation.facts.ts'
import { type PersonInOrder, personsInOrder } from '../organisation/organisation.ts'
import { coverTalks, type LeaderLine, type PairGroup, type PairTick } from './coverage.contract.ts'
import { type Held, type Pair, pairsOf, type Side, type Standing } from './coverage-pairs.ts'
import { pairsHeld } from './pair.facts.ts'

type Tick = z.input<typeof PairTick>

const person = ({ pid, name, title }: Side) => ({ personId: pid, name, title })

async function standingOn(ctx: ReadContext, day: string, people: readonly PersonInOrder[]): Promise<Standing> {
  const { orgId } = ctx.org
  const places = new Map(people.map(({ pid }, index) => [pid, index]))
  const [held, charges] = await Promise.all([
    ctx.tx.all(
      sql<Held>`select a.pid, p.name, s.id "postId", s.unit_id "unitId", s.kind, s.title from appointments a
        join posts s on s.org_id = a.org_id and s.id = a.post_id and ${knownAt('s')} and ${inForce('s', day)} ${nameJoin('a.pid')}
        where a.org_id = ${orgId} and ${knownAt('a')} and ${inForce('a', day)} and a.pid is not null order by s.position, s.id, a.valid_from`,
    ),
    ctx.tx.all(
      sql<{ postId: string; unitId: string }>`select c.post_id "postId", c.unit_id "unitId" from charges c
        where c.org_id = ${orgId} and ${knownAt('c')} and ${inForce('c', day)} order by c.valid_from, c.id`,
    ),
  ])
  const inOrder = held.toSorted((a, b) => (places.get(a.pid) ?? 0) - (places.get(b.pid) ?? 0))
  const members = people.flatMap(({ pid, name, branchId }) => (branchId === null ? [] : [{ pid, name, branchId }]))
  return { held: inOrder, charges, members }
}

/** The last talk of each kind that counts for a pair, the latest first, and with whom it was held. */
function lastTalks(ctx: ReadContext, pair: Pair, talks: readonly TalkFact[]) {
  const kinds = ctx.catalogues.catalogue.talkKinds
  const sides = new Set(pair.any.map(({ pid }) => pid))
  const held = talks.filter(
    ({ kind, initiator, counterpart }) =>
      kinds.find(kind)?.covers.includes(pair.type) &&
      ((initiator === pair.other.pid && sides.has(counterpart)) ||
        (counterpart === pair.other.pid && sides.has(initiator))),
  )
  const last = held.at(-1)
  const by = [...Map.groupBy(held, ({ kind }) => kind)].map(([kind, of]) => ({ kind, lastOn: of.at(-1)!.on }))
  const withPid = last === undefined ? null : last.initiator === pair.other.pid ? last.counterpart : last.initiator
  return { lastOn: last?.on ?? null, kinds: by, with: pair.any.find(({ pid }) => pid === withPid) ?? null }
}

type Last = ReturnType<typeof lastTalks>

function tickOf(pair: Pair, last: Last, missing: 'owed' | 'unknown'): Tick {
  const one = last.with ?? (pair.any.length === 1 ? pair.any[0]! : null)
  return {
    one: one === null ? null : person(one),
    other: person(pair.other),
    state: last.lastOn === null ? missing : 'done',
    lastOn: last.lastOn,
    kinds: last.kinds,
  }
}

/** Claims that a pair may be told to the actor: one of the two, the secretary of the branch concerned, the Party office. */
function mayKnow(ctx: ReadContext, pair: Pair, last: Last, places: ReadonlyMap<string, PersonInOrder>): boolean {
  const other = places.get(pair.other.pid)
  const two = [pair.other.pid, ...(pair.any.length === 1 ? [pair.any[0]!.pid] : []), last.with?.pid ?? null]
  return within(ctx.scope, [other?.branchId ?? other?.unitId ?? null], two)
}

function groupsOf(ticks: readonly { pair: Pair; tick: Tick }[], names: ReadonlyMap<string, string>) {
  const groups: z.input<typeof PairGroup>[] = []
  for (const type of pairTypes) {
    const branchOf = ({ pair }: { pair: Pair }) => (type === 'committee-members' ? pair.unitId : null)
    const mine = ticks.filter(({ pair }) => pair.type === type)
    for (const [unitId, rows] of Map.groupBy(mine, branchOf)) {
      const pairs = rows.map(({ tick }) => tick)
      const count = (state: Tick['state']) => pairs.filter((one) => one.state === state).length
      const unitName = unitId === null ? null : (names.get(unitId) ?? null)
      const counts = { done: count('done'), owed: count('owed'), unknown: count('unknown') }
      groups.push({ type, unitId, unitName, ...counts, pairs })
    }
  }
  return groups
}

interface ReportRow {
  id: string
  kind: string
  on: string
  unitId: string
  hostPid: string | null
}

/** Sessions of the year at which somebody reported on his duty. */
function reportsOf(ctx: ReadContext, year: number): Promise<ReportRow[]> {
  const kinds = ctx.catalogues.catalogue.activityKinds.rows.filter((kind) => kind.duty_report).map((kind) => kind.id)
  const ofKind: RawBuilder<unknown> = sql`(f.kind = any(${kinds}) or f.also_kinds && ${kinds}::text[])`
  return ctx.tx.all(
    sql<ReportRow>`select f.id, f.kind, f.happened_on "on", f.unit_id "unitId", f.host_pid "hostPid" from activities f
      where f.org_id = ${ctx.org.orgId} and ${knownAt('f')} and not f.withdrawn and ${ofKind}
        and f.happened_on between ${`${year}-01-01`}::date and ${`${year}-12-31`}::date order by f.happened_on, f.id`,
  )
}

/** Each leader who may be told to the actor (himself, or all to the Party office) with his line. */
async function leadersOf(
  ctx: ReadContext,
  { held, charges }: Standing,
  ticks: readonly { pair: Pair; tick: Tick }[],
  names: ReadonlyMap<string, string>,
  input: { year: number; day: string },
): Promise<z.input<typeof LeaderLine>[]> {
  const { postKinds } = ctx.catalogues.catalogue
  const leads = (one: Held) => ['secretary', 'team-member'].includes(postKinds.find(one.kind)?.role ?? '')
  const leaders = [...Map.groupBy(held.filter(leads), ({ pid }) => pid)].filter(([pid]) => within(ctx.scope, [], [pid]))
  if (leaders.length === 0) return []
  const [reports, lines] = await Promise.all([
    reportsOf(ctx, input.year),
    subtreesOf(ctx.tx, ctx.org.orgId, [...new Set(charges.map(({ unitId }) => unitId))], input.day),
  ])
  return leaders.map(([pid, posts]) => {
    const ids = posts.map(({ postId }) => postId)
    const line = new Set(
      charges.filter(({ postId }) => ids.includes(postId)).flatMap(({ unitId }) => lines.get(unitId) ?? []),
    )
    const own = ticks.filter(({ pair }) => pair.type === 'leader-heads' && pair.any[0]!.pid === pid)
    const { name, title, kind } = posts[0]!
    return {
      leader: { personId: pid, name, title: title ?? postKinds.find(kind)?.words.zh ?? null },
      heads: own.map(({ pair, tick }) => ({
        head: tick.other,
        unitId: pair.unitId!,
        unitName: names.get(pair.unitId!) ?? null,
        lastOn: tick.lastOn,
      })),
      reports: reports
        .filter((one) => line.has(one.unitId) || one.hostPid === pid)
        .map(({ id, kind: of, on, unitId }) => ({
          activityId: id,
          kind: of,
          on,
          unitId,
          unitName: names.get(unitId) ?? null,
        })),
    }
  })
}

/** The day from which on pairs are kept and records are whole. */
function knownFrom(ctx: ReadContext): string {
  const months = ctx.catalogues.catalogue.talkKinds.rows.flatMap((kind) =>
    kind.covers.length > 0 && kind.pair_months !== undefined ? [kind.pair_months] : [],
  )
  const [year, month, day] = ctx.today.split('-').map(Number) as [number, number, number]
  const kept = new Date(Date.UTC(year, month - 1 - Math.min(...months), day)).toISOString().slice(0, 10)
  return kept > ctx.org.goLiveOn ? kept : ctx.org.goLiveOn
}

/** Who has talked with whom. */
export const covering = answer(coverTalks, {
  may: anyOf(anyone),
  label: 'talks',
  stubs: true,
  run: async (ctx, { year, unitId }) => {
    ctx.unscoped('each pair is judged by who may be told of it')
    const { orgId } = ctx.org
    const { catalogue } = ctx.catalogues
    const [first, last] = [`${year}-01-01`, `${year}-12-31`]
    const on = ctx.today < last ? (ctx.today > first ? ctx.today : first) : last
    const kinds = catalogue.talkKinds.rows.filter((kind) => kind.covers.length > 0).map((kind) => kind.id)
    const people = await personsInOrder(ctx.tx, orgId, on, catalogue)
    const [standing, talks, names, below] = await Promise.all([
      standingOn(ctx, on, people),
      pairsHeld(ctx.tx, orgId, { kinds: [{ kinds, from: first }], to: last }),
      unitNames(ctx.tx, orgId, on),
      unitId === undefined ? null : subtreesOf(ctx.tx, orgId, [unitId], on),
    ])
    const places = new Map(people.map((one) => [one.pid, one]))
    const units = below === null ? null : new Set(below.get(unitId!) ?? [])
    const inUnit = ({ other, unitId: of }: Pair) => {
      const place = places.get(other.pid)
      return units === null || [of, place?.branchId, place?.unitId].some((one) => one != null && units.has(one))
    }
    const known = knownFrom(ctx)
    const missing = ctx.today <= last || known <= first ? 'owed' : 'unknown'
    const ticks = pairsOf(standing, catalogue)
      .filter(inUnit)
      .map((pair) => ({ pair, last: lastTalks(ctx, pair, talks) }))
      .filter((one) => mayKnow(ctx, one.pair, one.last, places))
      .map((one) => ({ pair: one.pair, tick: tickOf(one.pair, one.last, missing) }))
    const leaders = await leadersOf(ctx, standing, ticks, names, { year, day: on })
    return { year, on, knownFrom: known, groups: groupsOf(ticks, names), leaders }
  },
})
