const english = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Days of a month 'YYYY-MM'. */
export function daysInMonth(month: string): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()
}

/** A month some months on. */
export function shiftMonth(month: string, by: number): string {
  const at = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)) - 1 + by, 1))
  return at.toISOString().slice(0, 7)
}

/** A civil day some days on. */
export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10)
}

function civil(year: number, month: number, day: number): string | undefined {
  const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > daysInMonth(name)) return undefined
  return `${name}-${String(day).padStart(2, '0')}`
}

/**
 * The civil day that somebody typed: 2026年6月30日, 6月30日, 2026-6-30, 6.30, 20260630, 30 Jun 2026; without a year the
 * year of `today`. Undefined when it names no day.
 */
export function readDay(text: string, today: string): string | undefined {
  const typed = text.trim().toLowerCase()
  const year = Number(today.slice(0, 4))
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(typed)
  if (compact) return civil(Number(compact[1]), Number(compact[2]), Number(compact[3]))
  const words = /^(\d{1,2})\s+([a-z]{3})[a-z]*\.?,?(?:\s+(\d{4}))?$/.exec(typed)
  if (words) return civil(Number(words[3] ?? year), english.indexOf(words[2] ?? '') + 1, Number(words[1]))
  const numbers = /^(?:(\d{4})\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$/.exec(typed)
  if (numbers) return civil(Number(numbers[1] ?? year), Number(numbers[2]), Number(numbers[3]))
  return undefined
}
