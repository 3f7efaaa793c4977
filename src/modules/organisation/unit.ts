import { sql } from 'kysely'
import { rowMeant } from '../../core/catalogue/catalogue.ts'
import type { UnitKind } from '../../core/catalogue/kinds.ts'
import { action, type Context, type Writing } from '../../platform/action/action.ts'
import type { Reads } from '../../platform/db/pool.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { RecordType, Row, Stored } from '../../platform/journal/record.ts'
import { covers, dayBefore, OPEN_END } from './dated.ts'
import { keepers } from './organisation.access.ts'
import { knownAt, subtreeOf } from './organisation.facts.ts'
import { closeUnit, moveUnit, openUnit, renameUnit } from './unit.contract.ts'

/** A unit: what it is, for ever. */
export const unitRecord: RecordType = { type: 'unit', table: 'units', clear: ['kind'], sealed: ['code'] }

/** A unit's place in the tree and its name between two days. */
export const unitPeriodRecord: RecordType = {
  type: 'unit-period',
  table: 'unit_periods',
  clear: ['unit_id', 'parent_id', 'position', 'valid_from', 'valid_to'],
  sealed: ['name'],
}

/** One stored period of a unit. */
export type UnitPeriod = Stored & {
  unit_id: string
  parent_id: string | null
  position: number
  valid_from: string
  valid_to: string
  name: string | null
}

/** A unit under change: its kind and all its periods, locked together with the tree. */
export interface UnitSubject {
  readonly unitId: string
  readonly kind: string
  readonly periods: readonly UnitPeriod[]
}

/** Locks the root of the tree, so that two moves cannot make a ring, then the unit; null where it does not exist. */
export async function lockUnit(ctx: Context, unitId: string): Promise<UnitSubject | null> {
  const { orgId } = ctx.org
  await ctx.tx.all(sql`select u.id from units u where u.org_id = ${orgId} and ${knownAt('u')}
    and (u.id = ${unitId} or u.id in (select p.unit_id from unit_periods p where p.org_id = ${orgId} and p.parent_id is null))
    order by u.id for no key update of u`)
  return loadUnit(ctx.tx, orgId, unitId)
}

/** A unit with its periods in time order, or null. */
export async function loadUnit(tx: Reads, orgId: number, unitId: string): Promise<UnitSubject | null> {
  const rows = await tx.all(
    sql<
      UnitPeriod & { kind: string }
    >`select p.id, p.version, p.unit_id, p.parent_id, p.position, p.valid_from, p.valid_to, p.name, u.kind
    from unit_periods p join units u on u.org_id = p.org_id and u.id = p.unit_id and ${knownAt('u')}
    where p.org_id = ${orgId} and p.unit_id = ${unitId} and ${knownAt('p')} order by p.valid_from`,
  )
  const first = rows[0]
  return first === undefined ? null : { unitId, kind: first.kind, periods: rows }
}

/** The period of a unit on a day, or the refusal that it did not stand then. */
export function periodOn(unit: UnitSubject, day: string): UnitPeriod {
  const found = unit.periods.find((period) => covers({ from: period.valid_from, to: period.valid_to }, day))
  if (found === undefined) throw new Refusal('unit/not-in-force', { day, name: unit.periods.at(-1)?.name ?? '' })
  return found
}

/** The kind of unit that a word means. */
export function unitKindOf(ctx: Context, text: string): UnitKind {
  const kind = rowMeant(ctx.catalogues.catalogue.unitKinds, text)
  if (kind === undefined) throw new Refusal('unit/kind-unknown', { kind: text })
  return kind
}

function checkParentKind(ctx: Context, kind: string, parentKind: string): void {
  const kinds = ctx.catalogues.catalogue.unitKinds
  const allowed = kinds.get(kind).parents
  if (allowed.includes(parentKind)) return
  const names = allowed.map((id) => kinds.get(id).words.zh).join('、')
  throw new Refusal('unit/parent-kind', {
    kind: kinds.get(kind).words.zh,
    parent: kinds.get(parentKind).words.zh,
    allowed: names,
  })
}

/** Siblings of a place in the tree on a day: for the name that must be unique there and the next position. */
async function siblings(ctx: Context, parentId: string | null, day: string) {
  return ctx.tx.all(
    sql<{
      unitId: string
      name: string | null
      position: number
    }>`select u.unit_id "unitId", u.name, u.position from unit_facts u
    where u.org_id = ${ctx.org.orgId} and u.parent_id is not distinct from ${parentId}::uuid and ${knownAt('u')}
      and u.valid_to >= ${day}::date`,
  )
}

function checkName(rows: readonly { unitId: string; name: string | null }[], name: string, but?: string): void {
  if (rows.some((row) => row.name === name && row.unitId !== but)) throw new Refusal('unit/same-name', { name })
}

/** Opens a unit; a root where there is no parent. */
export const open = action(openUnit, {
  subject: async (ctx, input) =>
    input.parentId === null ? { parent: null } : wrapParent(await lockUnit(ctx, input.parentId)),
  may: keepers(),
  run: async (ctx, input, { parent }) => {
    const kind = unitKindOf(ctx, input.kind)
    const beside = await siblings(ctx, input.parentId, input.from)
    if (parent === null) {
      if (beside.length > 0) throw new Refusal('unit/root-exists', { name: beside[0]!.name })
      if (kind.parents.length > 0)
        throw new Refusal('unit/parent-kind', { kind: kind.words.zh, parent: '—', allowed: kind.parents.join('、') })
    } else {
      periodOn(parent, input.from)
      checkParentKind(ctx, kind.id, parent.kind)
    }
    checkName(beside, input.name)
    const position = input.position ?? Math.max(0, ...beside.map((row) => row.position)) + 1
    const unitId = ctx.add(unitRecord, { kind: kind.id, code: input.code ?? null })
    ctx.add(unitPeriodRecord, {
      unit_id: unitId,
      parent_id: input.parentId,
      position,
      name: input.name,
      valid_from: input.from,
      valid_to: OPEN_END,
    })
    return { unitId }
  },
})

const wrapParent = (parent: UnitSubject | null) => (parent === null ? null : { parent })

/** Writes a change from a day on: splits the period of that day, and carries on into later ones that said the same. */
function changeFrom(ctx: Writing, unit: UnitSubject, from: string, field: 'name' | 'parent_id', changes: Row): void {
  const period = periodOn(unit, from)
  if (period.valid_from === from) ctx.revise(unitPeriodRecord, period, changes)
  else {
    ctx.revise(unitPeriodRecord, period, { valid_to: dayBefore(from) })
    const { id: _id, version: _version, ...said } = period
    ctx.add(unitPeriodRecord, { ...said, ...changes, valid_from: from })
  }
  for (const later of unit.periods.filter((one) => one.valid_from > period.valid_from)) {
    if (later[field] !== period[field]) break
    ctx.revise(unitPeriodRecord, later, changes)
  }
}

/** Moves a unit from a day on. */
export const move = action(moveUnit, {
  subject: (ctx, input) => lockUnit(ctx, input.unitId),
  may: keepers(),
  run: async (ctx, input, unit) => {
    const { orgId } = ctx.org
    const parent = await loadUnit(ctx.tx, orgId, input.parentId)
    if (parent === null) throw new Refusal('record/not-found')
    const name = periodOn(unit, input.from).name
    if (periodOn(unit, input.from).parent_id === null) throw new Refusal('unit/root-stays', { name })
    periodOn(parent, input.from)
    checkParentKind(ctx, unit.kind, parent.kind)
    if ((await subtreeOf(ctx.tx, orgId, input.unitId, input.from)).includes(input.parentId))
      throw new Refusal('unit/inside-itself', { name })
    const beside = await siblings(ctx, input.parentId, input.from)
    const position = input.position ?? Math.max(0, ...beside.map((row) => row.position)) + 1
    changeFrom(ctx, unit, input.from, 'parent_id', { parent_id: input.parentId, position })
    return { unitId: input.unitId }
  },
})

/** Renames a unit from a day on. */
export const rename = action(renameUnit, {
  subject: (ctx, input) => lockUnit(ctx, input.unitId),
  may: keepers(),
  run: async (ctx, input, unit) => {
    const period = periodOn(unit, input.from)
    checkName(await siblings(ctx, period.parent_id, input.from), input.name, input.unitId)
    changeFrom(ctx, unit, input.from, 'name', { name: input.name })
    return { unitId: input.unitId }
  },
})

/** Closes a unit with its last day. */
export const close = action(closeUnit, {
  subject: (ctx, input) => lockUnit(ctx, input.unitId),
  may: keepers(),
  run: async (ctx, input, unit) => {
    const period = periodOn(unit, input.on)
    if (unit.periods.some((one) => one.valid_from > period.valid_from))
      throw new Refusal('unit/changes-later', { name: period.name, day: unit.periods.at(-1)!.valid_from })
    const used = await usedAfter(ctx, input.unitId, input.on)
    if (used.units + used.posts + used.members > 0) throw new Refusal('unit/still-used', { name: period.name, ...used })
    ctx.revise(unitPeriodRecord, period, { valid_to: input.on })
    return { unitId: input.unitId }
  },
})

async function usedAfter(ctx: Context, unitId: string, day: string) {
  const { orgId } = ctx.org
  const rows = await ctx.tx.all(sql<{ units: number; posts: number; members: number }>`select
    (select count(*) from unit_periods u where u.org_id = ${orgId} and u.parent_id = ${unitId} and ${knownAt('u')} and u.valid_to > ${day}::date) units,
    (select count(*) from posts s where s.org_id = ${orgId} and s.unit_id = ${unitId} and ${knownAt('s')} and s.valid_to > ${day}::date) posts,
    (select count(*) from memberships m where m.org_id = ${orgId} and m.branch_id = ${unitId} and ${knownAt('m')} and m.valid_to > ${day}::date) members`)
  return rows[0]!
}
