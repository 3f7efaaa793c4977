import { shanghaiDay } from '../calendar/days.ts'

type Fields = [year: number, month: number, day: number, hour: number, minute: number, second: number, micros: number]

const SHAPE = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.(\d{6})Z$/

/** Microseconds since 1970 of an RFC 3339 instant in UTC with six decimals; throws on any other spelling or a date that does not exist. */
export function microsOf(at: string): bigint {
  const match = SHAPE.exec(at)
  if (!match) throw new Error(`not an instant with microseconds in UTC: ${at}`)
  const [year, month, day, hour, minute, second, micros] = match.slice(1).map(Number) as Fields
  const date = new Date(Date.UTC(year, month - 1, day))
  if (
    year < 1970 ||
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  ) {
    throw new Error(`no such instant: ${at}`)
  }
  return BigInt(date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000) * 1000n + BigInt(micros)
}

/** RFC 3339 text in UTC with six decimals of microseconds since 1970 (to year 9999). */
export function instantOf(micros: bigint): string {
  if (micros < 0n || micros >= 253402300800000000n) throw new Error('instant outside the years 1970 to 9999')
  const text = new Date(Number(micros / 1000n)).toISOString()
  return `${text.slice(0, 23)}${String(micros % 1000n).padStart(3, '0')}Z`
}

/** The civil day in Shanghai (UTC+8, no summer time since 1992) of an instant text. */
export function shanghaiDayOf(at: string): string {
  return shanghaiDay(new Date(Number(microsOf(at) / 1000n)))
}
