import { daysBetween, shanghaiClock, shanghaiDay } from '../../src/core/calendar/days.ts'
import type { Language } from '../ui/states.ts'
import { format as en } from '../words/en/format.ts'
import { format as zh } from '../words/zh/format.ts'

const templates = { zh, en }

/** Everything that turns days, instants and numbers into words of one language, seen from one civil day. */
export type Formats = ReturnType<typeof makeFormats>

function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, key: string) => String(values[key] ?? ''))
}

/** Whole numbers with a comma at the thousands. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** A share of 0..1 as percent with one decimal. */
export function formatPercent(share: number): string {
  return `${(Math.round(share * 1000) / 10).toFixed(1)}%`
}

/** The time of an instant in Shanghai, 9:41. */
function time(instant: string): string {
  const local = shanghaiClock(new Date(instant))
  return `${Number(local.slice(11, 13))}:${local.slice(14, 16)}`
}

/** Formats for a language; `today` decides where the year is said. */
export function makeFormats(language: Language, today: string) {
  const words = templates[language]
  const months = words.months.split(' ')
  const weekdays = words.weekdays.split(' ')
  const thisYear = today.slice(0, 4)

  const month = (value: string) => months[Number(value.slice(5, 7)) - 1] ?? ''

  /** 6月30日, with the year when it is not this one. */
  function day(value: string, options: { year?: boolean } = {}): string {
    const year = value.slice(0, 4)
    const parts = { year, month: month(value), day: Number(value.slice(8, 10)) }
    return fill(options.year || year !== thisYear ? words.dayWithYear : words.day, parts)
  }

  const weekday = (value: string) => weekdays[new Date(value).getUTCDay()] ?? ''

  const instant = (value: string) => `${day(shanghaiDay(new Date(value)))} ${time(value)}`

  function range(from: string, to: string): string {
    return from === to ? day(from) : fill(words.range, { from: day(from), to: day(to) })
  }

  function counted(key: 'left' | 'late' | 'waited', days: number): string {
    return fill(days === 1 ? words[`${key}One`] : words[key], { days })
  }

  /** 还有2天, 今天到期 or 逾期16天. */
  function daysLeft(due: string): string {
    const left = daysBetween(today, due)
    if (left === 0) return words.dueToday
    return left > 0 ? counted('left', left) : counted('late', -left)
  }

  /** 已等4天 since a civil day. */
  function waited(since: string): string {
    return counted('waited', daysBetween(since, today))
  }

  return {
    language,
    today,
    day,
    weekday,
    time,
    instant,
    range,
    daysLeft,
    waited,
    month,
    /** The heading of a day: 6月16日 星期二, Tuesday 16 June. */
    heading: (value: string) =>
      fill(words.heading, {
        weekday: weekday(value),
        month: words.longMonths.split(' ')[Number(value.slice(5, 7)) - 1] ?? '',
        day: Number(value.slice(8, 10)),
      }),
    /** A month with its year: 2026年6月, June 2026. */
    monthOfYear: (value: string) =>
      fill(words.monthOfYear, {
        year: value.slice(0, 4),
        month: month(value),
        long: words.longMonths.split(' ')[Number(value.slice(5, 7)) - 1] ?? '',
      }),
    longMonth: (value: string) => words.calendarMonths.split(' ')[Number(value.slice(5, 7)) - 1] ?? '',
    shortWeekdays: words.shortWeekdays.split(' '),
    count: formatCount,
    percent: formatPercent,
  }
}
