import { shiftDay, shiftMonth } from '../../lib/day-text.ts'

/** The stretches of days that a list offers. */
export const periods = ['month', 'last', 'quarter', 'year', 'previous'] as const
export type Period = (typeof periods)[number]

/** The last day of a month 'YYYY-MM'. */
function lastDay(month: string): string {
  return shiftDay(`${shiftMonth(month, 1)}-01`, -1)
}

/** First and last day of a stretch, seen from a day. */
export function daysOf(period: Period, today: string): { from: string; to: string } {
  const year = today.slice(0, 4)
  const month = today.slice(0, 7)
  if (period === 'year') return { from: `${year}-01-01`, to: `${year}-12-31` }
  if (period === 'previous') return { from: `${Number(year) - 1}-01-01`, to: `${Number(year) - 1}-12-31` }
  if (period === 'quarter') {
    const first = `${year}-${String(Math.floor((Number(month.slice(5)) - 1) / 3) * 3 + 1).padStart(2, '0')}`
    return { from: `${first}-01`, to: lastDay(shiftMonth(first, 2)) }
  }
  const wanted = period === 'last' ? shiftMonth(month, -1) : month
  return { from: `${wanted}-01`, to: lastDay(wanted) }
}
