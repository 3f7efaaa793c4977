import * as z from 'zod'
import { file, Id } from '../../core/contract.ts'
import { headFields } from '../../core/papers/head.ts'

const one = z.strictObject({ planId: Id })

/** The notice of a planned activity, with a head where one is entered; what no plan holds is left to be filled in. */
export const noticeOfPlan = file('plan.notice', {
  input: one.extend(headFields),
  refusals: ['plan/no-paper', 'paper/number-unfit', 'paper/mark-missing'],
})
/** The sheet on which those who come sign, from the roster of the planned day or month. */
export const attendanceOfPlan = file('plan.attendance-sheet', {
  input: one,
  refusals: ['plan/no-paper', 'activity/no-attendance-taken'],
})
