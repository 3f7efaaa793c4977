import * as z from 'zod'
import { Day, Id, query, verb } from '../../core/contract.ts'
import { personClasses } from '../../core/rules/rule.ts'

/**
 * States from which day on a person is of a class that training and reporting rules speak of; the class before it ends on
 * the day before. Said again from the same day, it corrects what was stated.
 */
export const assignClass = verb('class.assign', {
  input: z.strictObject({
    personId: Id,
    class: z
      .enum(personClasses)
      .describe(
        'division: county level or fourth-grade consultant and above; section: section level or first-grade section member and below',
      ),
    from: Day.describe('first day in this class'),
  }),
  output: z.object({ classId: Id }),
  refusals: ['person/unknown', 'class/same', 'class/changes-later'],
})

/** Ends a class with a last day, as when somebody retires. */
export const closeClass = verb('class.close', {
  input: z.strictObject({ classId: Id, on: Day.describe('last day') }),
  output: z.object({ classId: Id }),
  refusals: ['period/ends-before-start', 'period/ended'],
})

/** Everybody of whom a class is stated on a day, by name. */
export const listClasses = query('class.list', {
  input: z.strictObject({ on: Day.optional().describe('today when absent'), personId: Id.optional() }),
  output: z.object({
    on: Day,
    items: z.array(
      z.object({
        classId: Id,
        personId: Id,
        name: z.string().nullable(),
        class: z.enum(personClasses),
        from: Day,
        to: Day.nullable(),
      }),
    ),
  }),
})
