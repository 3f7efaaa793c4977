import * as z from 'zod'
import { Day, Id, Instant, Line, page, paging, query, verb } from '../../core/contract.ts'

const ObligationId = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z0-9-]*\/[0-9a-f-]{36}\/\d{4}-\d\d-\d\d$/, 'an id of an obligation')
  .describe('rule / subject / first day of the window')

/**
 * States why something owed is not asked: of a hard rule the Party office or the secretary, and never whoever owes it; of
 * an expectation (一般) also the unit's own secretary or head, or the holder of the post that owes. Dated, with a name, visible.
 */
export const excuseObligation = verb('obligation.excuse', {
  input: z.strictObject({
    obligationId: ObligationId,
    reason: Line(200),
    until: Day.optional().describe('last day on which the reason holds, for windows that run on'),
  }),
  output: z.object({ excuseId: Id, obligationId: z.string() }),
  refusals: [
    'obligation/unknown-rule',
    'obligation/no-window',
    'obligation/owes-himself',
    'obligation/already-excused',
    'period/ends-before-start',
  ],
})

/** Takes a reason back: the obligation stands again as if it had not been excused. */
export const withdrawExcuse = verb('obligation.withdraw', {
  input: z.strictObject({ excuseId: Id, reason: Line(200) }),
  output: z.object({ excuseId: Id, obligationId: z.string() }),
  refusals: ['obligation/excuse-withdrawn', 'obligation/owes-himself'],
})

const Person = z.object({ personId: Id.nullable(), name: z.string().nullable() })

/** A reason as whoever sees the obligation sees it. */
export const ExcuseLine = z.object({
  excuseId: Id,
  obligationId: z.string(),
  rule: z.string(),
  ruleWords: z.object({ zh: z.string(), en: z.string() }).nullable(),
  subjectType: z.enum(['unit', 'post', 'person']),
  subjectId: Id,
  subject: z.string().nullable().describe('name of the unit, title of the post, or name of the person'),
  unitId: Id.nullable(),
  windowFrom: Day,
  until: Day.nullable(),
  reason: z.string().nullable().describe('null once it was erased'),
  at: Instant,
  by: Person,
  onBehalfOf: Person.nullable(),
  withdrawn: z.boolean(),
  mayWithdraw: z.boolean(),
})

/** Reasons that the actor may see, newest first. */
export const listExcuses = query('obligation.excuses', {
  input: z.strictObject({
    ...paging,
    obligationId: ObligationId.optional(),
    rule: z.string().max(44).optional(),
    unitId: Id.optional(),
    from: Day.optional().describe('windows that begin on this day or later'),
    to: Day.optional(),
    withdrawn: z.boolean().optional(),
  }),
  output: page(ExcuseLine),
})
