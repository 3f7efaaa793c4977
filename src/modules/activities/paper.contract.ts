import * as z from 'zod'
import { file, Id, Line } from '../../core/contract.ts'

const one = z.strictObject({ activityId: Id })

/** A recorded activity as a page of the record book, with names and lines for signatures. */
export const pageOfActivity = file('activity.page', { input: one })
/** A recorded activity as minutes: its facts, and its content word for word; `number` is printed under their name. */
export const minutesOfActivity = file('activity.minutes', { input: one.extend({ number: Line(40).optional() }) })
/** The sheet on which those who come sign, from the roster of the day. */
export const attendanceOfActivity = file('activity.attendance-sheet', {
  input: one,
  refusals: ['activity/no-attendance-taken'],
})
