import type { Shape } from '../shape.ts'
import type { format as zh } from '../zh/format.ts'

export const format: Shape<typeof zh> = {
  months: 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
  longMonths: 'January February March April May June July August September October November December',
  calendarMonths: 'January February March April May June July August September October November December',
  weekdays: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
  shortWeekdays: 'M T W T F S S',
  day: '{{day}} {{month}}',
  dayWithYear: '{{day}} {{month}} {{year}}',
  heading: '{{weekday}} {{day}} {{month}}',
  monthOfYear: '{{long}} {{year}}',
  range: '{{from}} to {{to}}',
  dueToday: 'due today',
  left: '{{days}} days left',
  leftOne: '1 day left',
  late: '{{days}} days late',
  lateOne: '1 day late',
  waited: '{{days}} days waiting',
  waitedOne: '1 day waiting',
}
