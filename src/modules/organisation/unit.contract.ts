import * as z from 'zod'
import { Day, Id, Line, query, verb } from '../../core/contract.ts'

const kind = z.string().min(1).max(60).describe('id of a kind of unit, or its words')

/** Opens a unit below another; the first one of a bureau has no parent. */
export const openUnit = verb('unit.open', {
  input: z.strictObject({
    name: Line(60),
    kind,
    parentId: Id.nullable(),
    from: Day,
    code: Line(30).optional(),
    position: z.number().int().min(0).max(100_000).optional(),
  }),
  output: z.object({ unitId: Id }),
  refusals: ['unit/kind-unknown', 'unit/parent-kind', 'unit/root-exists', 'unit/not-in-force', 'unit/same-name'],
})

/** Moves a unit below another from a day on: the running period ends, another begins. */
export const moveUnit = verb('unit.move', {
  input: z.strictObject({
    unitId: Id,
    parentId: Id,
    from: Day,
    position: z.number().int().min(0).max(100_000).optional(),
  }),
  output: z.object({ unitId: Id }),
  refusals: ['unit/not-in-force', 'unit/parent-kind', 'unit/inside-itself', 'unit/root-stays'],
})

/** Gives a unit another name from a day on. */
export const renameUnit = verb('unit.rename', {
  input: z.strictObject({ unitId: Id, name: Line(60), from: Day }),
  output: z.object({ unitId: Id }),
  refusals: ['unit/not-in-force', 'unit/same-name'],
})

/** Ends a unit with a last day; nothing may stand in it after that day. */
export const closeUnit = verb('unit.close', {
  input: z.strictObject({ unitId: Id, on: Day.describe('last day') }),
  output: z.object({ unitId: Id }),
  refusals: ['unit/not-in-force', 'unit/still-used', 'unit/changes-later'],
})

/** One unit on a day. */
export const UnitRow = z.object({
  unitId: Id,
  parentId: Id.nullable(),
  kind: z.string(),
  kindWords: z.object({ zh: z.string(), en: z.string() }),
  line: z.enum(['party', 'administration']),
  holdsMembers: z.boolean(),
  name: z.string().nullable(),
  code: z.string().nullable(),
  position: z.number(),
  from: Day,
  to: Day.nullable(),
})

/** The tree of units as of a day (today when none is given), parents before children. */
export const unitTree = query('unit.tree', {
  input: z.strictObject({ on: Day.optional() }),
  output: z.object({ on: Day, items: z.array(UnitRow) }),
})

/** Who belongs to a unit on a day: members of a Party organisation, staff of any other; who may vote. */
export const unitRoster = query('unit.roster', {
  input: z.strictObject({ unitId: Id, on: Day.optional() }),
  output: z.object({
    unitId: Id,
    on: Day,
    items: z.array(
      z.object({
        personId: Id,
        name: z.string().nullable(),
        standing: z.enum(['full', 'probationary']).nullable(),
        mayVote: z.boolean(),
        membershipId: Id.nullable(),
        branchId: Id.nullable(),
        titles: z.array(z.string()),
      }),
    ),
    total: z.number().int(),
    full: z.number().int(),
    probationary: z.number().int(),
  }),
})
