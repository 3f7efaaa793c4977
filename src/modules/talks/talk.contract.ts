import * as z from 'zod'
import { Day, Id, Instant, Line, Month, page, paging, query, verb } from '../../core/contract.ts'

const Kind = z.string().min(1).max(44).describe('id of a kind of talk')

const parts = {
  day: Day.optional().describe('pair and group: the day'),
  counterpartId: Id.optional().describe('pair: the person talked with'),
  month: Month.optional().describe('number: the month'),
  audience: Line(40).optional().describe('number: audience of the closed list, by id or by its words'),
  number: z.int().min(1).max(10_000).optional().describe('number and group: how many persons'),
}

/** Why a record of a talk is changed: a closed list, since a free text could hold what was said. */
export const Correction = z.enum([
  'wrong-day',
  'wrong-person',
  'wrong-number',
  'wrong-kind',
  'entered-twice',
  'not-held',
])

const partRefusals = [
  'talk/parts-of-shape',
  'talk/future-day',
  'talk/unknown-person',
  'talk/with-oneself',
  'talk/unknown-audience',
]

const Written = z.object({ talkId: Id, month: Month, number: z.int() })

/**
 * Records that a talk took place; the kind decides what is kept: day and pair, or month, audience and number, or
 * day and number of a group. Who called it is the actor, or the person for whom he acts by mandate. What was said has no field.
 */
export const recordTalk = verb('talk.record', {
  input: z.strictObject({ kind: Kind, ...parts }),
  output: Written,
  refusals: ['talk/unknown-kind', ...partRefusals],
})

/** Corrects a talk: the next version supersedes; absent parts stay as they are. */
export const amendTalk = verb('talk.amend', {
  input: z.strictObject({ talkId: Id, reason: Correction, ...parts }),
  output: Written,
  refusals: [...partRefusals, 'talk/withdrawn', 'talk/nothing-changed', 'talk/emptied'],
})

/** Takes a record back; it counts in no figure from then on. */
export const withdrawTalk = verb('talk.withdraw', {
  input: z.strictObject({ talkId: Id, reason: Correction }),
  output: z.object({ talkId: Id }),
  refusals: ['talk/withdrawn'],
})

/** Empties the pairs whose cycle has run out (24 months unless the kind says otherwise); numbers stay. */
export const eraseTalkPairs = verb('talk.erase', {
  input: z.strictObject({}),
  output: z.object({ emptied: z.int() }),
})

const Person = z.object({ personId: Id, name: z.string().nullable() })

/** One talk as somebody may see it. A small number of a masked kind is null with `masked`. */
export const TalkLine = z.object({
  talkId: Id,
  kind: z.string(),
  shape: z.enum(['pair', 'number', 'group']),
  month: Month,
  day: Day.nullable(),
  number: z.int().nullable(),
  masked: z.boolean(),
  audience: z.string().nullable(),
  unitId: Id.nullable(),
  unitName: z.string().nullable(),
  initiator: Person.nullable(),
  counterpart: Person.nullable(),
  recordedAt: Instant,
  mark: z.enum(['late', 'opening']).nullable(),
  withdrawn: z.boolean(),
  mayChange: z.boolean(),
})

/** Talks that the actor may see: pairs and groups of his own, of his branch, or all for the Party office; numbers for those who record them. */
export const listTalks = query('talk.list', {
  input: z.strictObject({
    ...paging,
    kind: Kind.optional(),
    from: Month.optional(),
    to: Month.optional(),
    personId: Id.optional().describe('talks that this person led or took part in'),
    withdrawn: z.boolean().optional(),
  }),
  output: page(TalkLine),
})

const Count = z.object({ month: Month, number: z.int().nullable(), sessions: z.int().nullable() })

/** Talks of the whole bureau in a year by kind and month, as numbers. Null: hidden, because it is or would give away a small number. */
export const countTalks = query('talk.counts', {
  input: z.strictObject({ year: z.int().min(1990).max(2100) }),
  output: z.object({
    year: z.int(),
    kinds: z.array(
      z.object({
        kind: z.string(),
        shape: z.enum(['pair', 'number', 'group']),
        total: z.int().nullable(),
        sessions: z.int().nullable().describe('group talks held; null for other kinds'),
        months: z.array(Count),
      }),
    ),
  }),
})
