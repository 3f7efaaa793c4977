import { useTranslation } from 'react-i18next'
import { daysInMonth } from '../lib/day-text.ts'
import { useFormats, useLocalDay } from '../lib/session.tsx'
import { StateMark } from './state-mark.tsx'
import type { StateName } from './states.ts'

type GridProps = {
  /** The month, YYYY-MM. */
  month: string
  /** What stands on a day: its mark and its words. */
  marks?: Readonly<Record<string, { state: StateName; what: string }>>
  /** Days that the announced calendar makes free (`off`) or working (`work`). */
  calendar?: Readonly<Record<string, 'off' | 'work'>>
  selected?: string
  onPick?: (day: string) => void
}

/** The weeks of a month, Monday first; undefined outside the month. */
export function weeksOf(month: string): (string | undefined)[][] {
  const lead = (new Date(`${month}-01`).getUTCDay() + 6) % 7
  const days: (string | undefined)[] = [
    ...Array.from({ length: lead }, () => undefined),
    ...Array.from({ length: daysInMonth(month) }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`),
  ]
  return Array.from({ length: Math.ceil(days.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (__, at) => days[week * 7 + at]),
  )
}

/** A month with marks on its days; with `onPick` its days are buttons. */
export function MonthGrid({ month, marks = {}, calendar = {}, selected, onPick }: GridProps) {
  const { t } = useTranslation('ui')
  const formats = useFormats()
  const today = useLocalDay()
  return (
    <table className="month">
      <thead>
        <tr>
          {formats.shortWeekdays.map((name, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: English repeats T and S
            <th key={at} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week.find(Boolean)}>
            {week.map((day, at) => {
              // biome-ignore lint/suspicious/noArrayIndexKey: a day before the month has no name
              if (!day) return <td key={at} />
              const mark = marks[day]
              const number = Number(day.slice(8))
              const free = calendar[day] ? calendar[day] === 'off' : at > 4
              const spoken = mark ? t('calendar.dayWith', { day: formats.day(day), what: mark.what }) : formats.day(day)
              return (
                <td key={day} data-free={free || undefined} aria-current={day === today ? 'date' : undefined}>
                  {onPick ? (
                    <button
                      type="button"
                      aria-label={spoken}
                      aria-pressed={day === selected}
                      onClick={() => onPick(day)}
                    >
                      {number}
                    </button>
                  ) : (
                    <span title={mark?.what}>
                      {number}
                      {mark && <span className="unseen">{mark.what}</span>}
                    </span>
                  )}
                  {mark && (
                    <span className="month-mark">
                      <StateMark state={mark.state} size={9} />
                    </span>
                  )}
                  {calendar[day] && <span className="month-off">{t(`calendar.${calendar[day]}`)}</span>}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
