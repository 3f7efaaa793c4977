import * as z from 'zod'
import { pairTypes } from '../../core/catalogue/kinds.ts'
import { Day, Id, query } from '../../core/contract.ts'

const Person = z.object({ personId: Id, name: z.string().nullable(), title: z.string().nullable() })

/**
 * One pair and whether they have talked: `done` with the day of the last talk; `owed` while the year runs, and after it
 * where the records of the whole year are there; `unknown` where pairs were emptied or the year began before the records.
 */
export const PairTick = z.object({
  one: Person.nullable().describe('null: any of the committee, and none has yet'),
  other: Person,
  state: z.enum(['done', 'owed', 'unknown']),
  lastOn: Day.nullable(),
  kinds: z.array(z.object({ kind: z.string(), lastOn: Day })),
})

/** Pairs of one type; those between a committee and its members stand under their branch. */
export const PairGroup = z.object({
  type: z.enum(pairTypes),
  unitId: Id.nullable(),
  unitName: z.string().nullable(),
  done: z.int(),
  owed: z.int(),
  unknown: z.int(),
  pairs: z.array(PairTick),
})

/** One leader and his line: which of its heads he has talked with this year, which reports on duty he has heard. */
export const LeaderLine = z.object({
  leader: Person,
  heads: z.array(z.object({ head: Person, unitId: Id, unitName: z.string().nullable(), lastOn: Day.nullable() })),
  reports: z.array(
    z.object({ activityId: Id, kind: z.string(), on: Day, unitId: Id, unitName: z.string().nullable() }),
  ),
})

/**
 * Who has talked with whom in a year, as ticks, for the talks that keep a pair (decisions 17 and 18). Each pair is told to
 * the two, the branch secretary and the Party office only; there is no export, no content, and nothing for talks that keep
 * a number.
 */
export const coverTalks = query('talk.coverage', {
  input: z.strictObject({
    year: z.coerce.number().int().min(1990).max(2100),
    unitId: Id.optional().describe('only pairs with somebody of this unit or below it'),
  }),
  output: z.object({
    year: z.int(),
    on: Day.describe('the day whose posts and members are looked at'),
    knownFrom: Day.describe('before this day a missing talk proves nothing'),
    groups: z.array(PairGroup),
    leaders: z.array(LeaderLine),
  }),
})
