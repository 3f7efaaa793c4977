import { shiftMonth } from '../../lib/day-text.ts'
import { useFormats } from '../../lib/session.tsx'

type BarsProps = {
  from: string
  to: string
  months: readonly { month: string; number: number }[]
  unit: string
  note?: string
}

function monthsBetween(from: string, to: string): string[] {
  const all: string[] = []
  for (let month = from.slice(0, 7); month <= to.slice(0, 7) && all.length < 12; month = shiftMonth(month, 1))
    all.push(month)
  return all
}

/** A figure by month: 6 to 12 bars of at most 30 px with the value above each; read aloud as a list. */
export function MonthBars({ from, to, months, unit, note }: BarsProps) {
  const formats = useFormats()
  const shown = monthsBetween(from, to)
  if (shown.length < 2) return null
  const of = (month: string) => months.find((one) => one.month === month)?.number ?? 0
  const most = Math.max(1, ...shown.map(of))
  return (
    <>
      <ol className="bars">
        {shown.map((month) => (
          <li key={month}>
            <span className="bars-value">{of(month) > 0 ? formats.count(of(month)) : ''}</span>
            <span className="bars-bar" style={{ height: Math.round((of(month) / most) * 30) }} aria-hidden="true" />
            <span className="bars-month">{formats.month(`${month}-01`)}</span>
            <span className="unseen">{of(month) === 0 ? `0${unit}` : unit}</span>
          </li>
        ))}
      </ol>
      {note && <p className="note">{note}</p>}
    </>
  )
}
