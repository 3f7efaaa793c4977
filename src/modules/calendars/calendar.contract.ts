import * as z from 'zod'
import { festivalIds } from '../../core/calendar/calendar.ts'
import { festivalSchema } from '../../core/calendar/year.ts'
import { Both, Day, Id, Instant, Line, query, verb } from '../../core/contract.ts'

/** A year whose days off are known or asked for; Qingming, Dragon Boat and Mid-Autumn are days off since 2008. */
export const Year = z.int().min(2008).max(2100)

/**
 * Lays the arrangement of a year over the shipped one: its seven festivals with first and last day off, and the weekend
 * days that are worked for them. A year that was announced already is replaced for a reason only.
 */
export const importCalendar = verb('calendar.import', {
  input: z.strictObject({
    year: Year,
    source: Line(120).describe('the notice: title, number, day'),
    festivals: z.array(festivalSchema).min(1).max(20),
    worked: z.array(Day).max(40).describe('Saturdays and Sundays that are worked'),
    reason: Line(200).optional().describe('why an announced year is replaced'),
  }),
  output: z.object({ id: Id, year: Year, workdays: z.int() }),
  refusals: [
    'calendar/festival-missing',
    'calendar/festival-twice',
    'calendar/wrong-year',
    'calendar/day-outside',
    'calendar/overlapping',
    'calendar/worked-weekday',
    'calendar/worked-off',
    'calendar/not-announced-yet',
    'calendar/reason-missing',
    'calendar/nothing-changed',
  ],
})

/** What is said of every year. `badge` is what must stand beside it where it is not sure: 待核对, 调休未公布. */
const standing = {
  year: Year,
  state: z.enum(['announced', 'unverified', 'not-announced']),
  badge: Both.nullable(),
  source: Both,
  own: z.boolean().describe('imported by the bureau'),
  importedAt: Instant.nullable(),
  workdays: z.int().describe('working days of the year, as far as it is known'),
}

/** One year: its festivals, every day off, every weekend day that is worked, and how well that is known. */
export const getCalendar = query('calendar.get', {
  input: z.strictObject({ year: Year }),
  output: z.object({
    ...standing,
    festivals: z.array(
      z.object({
        id: z.enum(festivalIds),
        words: Both,
        day: Day,
        from: Day,
        to: Day,
        certain: z.boolean().describe('false: days off around it may be added'),
      }),
    ),
    off: z.array(Day),
    worked: z.array(Day),
  }),
})

/** The years that are known or awaited, the latest first. */
export const listCalendars = query('calendar.list', {
  input: z.strictObject({}),
  output: z.object({ items: z.array(z.object(standing)) }),
})
