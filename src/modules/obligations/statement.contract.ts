import * as z from 'zod'
import { Day, Id, query, verb } from '../../core/contract.ts'

/** Reports of which a person may state that they are sent. What a report says has no field, no file and no table here. */
export const statements = ['personal-matters'] as const

const Statement = z.enum(statements)
const Year = z.int().min(2000).max(2100).describe('the year in whose January the report is due')

/** The person himself states that his yearly report is sent; nobody can do it for him. */
export const recordStatement = verb('statement.record', {
  input: z.strictObject({
    statement: Statement,
    year: Year,
    on: Day.optional().describe('day on which it was sent; today when absent'),
  }),
  output: z.object({ statementId: Id, year: z.int(), on: Day }),
  refusals: ['statement/future-day', 'statement/other-year', 'statement/already'],
})

/** Takes the statement back; the report counts as not stated from then on. */
export const withdrawStatement = verb('statement.withdraw', {
  input: z.strictObject({ statementId: Id }),
  output: z.object({ statementId: Id }),
  refusals: ['statement/withdrawn'],
})

/** What the caller himself has stated. */
export const myStatements = query('statement.mine', {
  input: z.strictObject({ year: Year.optional() }),
  output: z.object({
    items: z.array(z.object({ statementId: Id, statement: Statement, year: z.int(), on: Day })),
  }),
})

/** For the handler alone: of whom the report of a year is expected, and who has stated it as sent. Each asking is audited. */
export const listStatements = query('statement.list', {
  input: z.strictObject({ year: Year }),
  output: z.object({
    year: z.int(),
    items: z.array(
      z.object({ personId: Id, name: z.string().nullable(), on: Day.nullable().describe('null: not stated yet') }),
    ),
  }),
})
