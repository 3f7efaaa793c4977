import { sql } from 'kysely'
import type * as z from 'zod'
import type { Outcome, Span } from '../../core/rules/obligation.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import type { ReadContext } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import {
  type KnownAt,
  knownAt,
  personNames,
  subtreeOf,
  type UnitOn,
  unitNames,
  unitsOn,
} from '../organisation/organisation.facts.ts'
import { seesObligation } from './obligation.access.ts'
import type { ObligationLine, RuleLine, Tally } from './obligation.contract.ts'
import { type Owed, owedBy, sizeKnownOn } from './owed.ts'

/** The day on which things are judged, and the journal size up to which they are known. */
export interface When {
  readonly on: string
  readonly size: KnownAt
}

/** The day and size that an input asks for. */
export async function whenOf(
  ctx: ReadContext,
  input: { on?: string | undefined; knownOn?: string | undefined },
): Promise<When> {
  const on = input.on ?? ctx.today
  const size = input.knownOn === undefined ? null : await sizeKnownOn(ctx.tx, ctx.org.orgId, input.knownOn)
  return { on, size }
}

/** Units as they stand on a day in the order of the organisation: each before those below it. */
export interface Order {
  readonly units: readonly UnitOn[]
  rank(unitId: string): number
  /** The unit directly below `top` under which a unit stands; itself where it is that unit, null outside. */
  below(top: string, unitId: string): string | null
}

/** The order of the organisation on a day. */
export async function orderOf(ctx: ReadContext, { on, size }: When): Promise<Order> {
  const rows = await unitsOn(ctx.tx, ctx.org.orgId, on, size)
  const children = new Map<string | null, UnitOn[]>()
  for (const row of rows) children.set(row.parentId, [...(children.get(row.parentId) ?? []), row])
  const units: UnitOn[] = []
  const walk = (parent: string | null): void => {
    for (const unit of children.get(parent) ?? []) {
      units.push(unit)
      walk(unit.unitId)
    }
  }
  walk(null)
  const ranks = new Map(units.map(({ unitId }, index) => [unitId, index]))
  const parents = new Map(rows.map(({ unitId, parentId }) => [unitId, parentId]))
  return {
    units,
    rank: (unitId) => ranks.get(unitId) ?? Number.MAX_SAFE_INTEGER,
    below: (top, unitId) => {
      for (let at: string | null = unitId; at !== null; at = parents.get(at) ?? null) {
        if ((parents.get(at) ?? null) === top) return at
      }
      return null
    },
  }
}

/** What is asked of a list: windows, units with all below them, rules. */
export interface Wanted extends When {
  readonly span: Span
  readonly unitId?: string | undefined
  readonly rules?: readonly string[] | undefined
  readonly outcomes?: readonly Outcome[] | undefined
}

/** The obligations that the actor may know of. An unknown or foreign unit answers as one that is not there. */
export async function owedSeen(ctx: ReadContext, wanted: Wanted): Promise<Owed[]> {
  ctx.unscoped('judged on all records of the bureau; seesObligation limits whom it speaks of')
  const { on, size, span, unitId, rules, outcomes } = wanted
  const { units } = ctx.actor.scopes.general
  const below = unitId === undefined ? null : await subtreeOf(ctx.tx, ctx.org.orgId, unitId, on, size)
  if (below !== null && below.length === 0) throw new Refusal('record/not-found')
  const within = units === 'all' ? below : below === null ? units : below.filter((unit) => units.includes(unit))
  const owed = await owedBy(ctx, { on, size, span, rules, outcomes, units: within ?? undefined })
  return owed.filter((one) => seesObligation(ctx.actor, one))
}

/** In the order of the organisation, then of rules, windows and subjects. */
export function inOrder(owed: readonly Owed[], order: Order): Owed[] {
  // What comes in is in the order of rules, windows and subjects, and a sort keeps it among equals.
  return owed.toSorted((a, b) => order.rank(a.subject.unitId) - order.rank(b.subject.unitId))
}

/** Names that lines show, by id; null once erased. */
export interface SubjectNames {
  unit(id: string): string | null
  subject(subject: Owed['subject']): string | null
}

/** Reads the names of subjects: units by their name, posts by title or kind, persons by name. */
export async function namesOf(ctx: ReadContext, subjects: readonly Owed['subject'][]): Promise<SubjectNames> {
  const { orgId } = ctx.org
  const idsOf = (type: Owed['subject']['type']) => [
    ...new Set(subjects.flatMap((one) => (one.type === type ? [one.id] : []))),
  ]
  const [units, posts, persons] = await Promise.all([
    unitNames(ctx.tx, orgId, ctx.today),
    ctx.tx.all(sql<{ id: string; title: string | null; kind: string }>`select s.id, s.title, s.kind from posts s
      where s.org_id = ${orgId} and ${knownAt('s')} and s.id = any(${idsOf('post')}::uuid[])`),
    personNames(ctx.tx, orgId, idsOf('person')),
  ])
  const { postKinds } = ctx.catalogues.catalogue
  const titles = new Map(posts.map(({ id, title, kind }) => [id, title ?? postKinds.find(kind)?.words.zh ?? kind]))
  return {
    unit: (id) => units.get(id) ?? null,
    subject: ({ type, id }) =>
      (type === 'unit' ? units.get(id) : type === 'post' ? titles.get(id) : persons.get(id)) ?? null,
  }
}

/** An obligation as a line of a list. */
export function lineOf(one: Owed, names: SubjectNames): z.input<typeof ObligationLine> {
  const { by, subject } = one
  const version = by.versions.find(({ from }) => from === one.version)
  return {
    obligationId: one.id,
    rule: one.rule,
    words: by.words,
    article: version?.article ?? null,
    expected: one.expected,
    unconfirmed: by.unconfirmed,
    visibility: by.visibility,
    subject: { ...subject, name: names.subject(subject), unitName: names.unit(subject.unitId) },
    windowFrom: one.window.from,
    windowTo: one.window.to,
    dueOn: one.dueOn,
    outcome: one.outcome,
    needed: one.needed,
    counted: one.counted,
    of: one.of,
    metOn: one.metOn,
  }
}

/** A rule as lists show it, with the rhythm of the version in force on a day. */
export function ruleLine(rule: ActiveRule, on: string): z.input<typeof RuleLine> {
  const { id, words, strictness, expected, unconfirmed, visibility, source } = rule
  const version = rule.versions.find(({ from, to }) => from <= on && on <= to) ?? rule.versions.at(-1)
  const every = version !== undefined && 'every' in version.window ? version.window.every : null
  return { rule: id, words, strictness, expected, unconfirmed, visibility, source, every }
}

/** Numbers of obligations by outcome. */
export function tallyOf(owed: readonly { readonly outcome: Outcome }[]): z.input<typeof Tally> {
  const tally = { upcoming: 0, open: 0, met: 0, late: 0, unmet: 0, excused: 0, undetermined: 0 }
  for (const { outcome } of owed) tally[outcome]++
  return tally
}

/** A page of a list that stands whole in order: the cursor is the key of the last item of the page before. */
export function pageOf<T>(
  list: readonly T[],
  keyOf: (item: T) => string,
  { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number | undefined },
): { items: T[]; next: string | null } {
  const after = cursor === undefined ? 0 : list.findIndex((item) => keyOf(item) === cursor) + 1
  if (cursor !== undefined && after === 0) throw new Refusal('request/invalid', { count: 1, first: 'cursor' })
  const items = list.slice(after, after + limit)
  return { items, next: after + limit < list.length ? keyOf(items.at(-1)!) : null }
}
