import pg from 'pg'

const micros = /^(\d{4,6}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(?::?(\d\d))?(?::?(\d\d))?$/

/** Turns PostgreSQL's ISO text of a timestamptz into RFC 3339 in UTC, always with six digits of microseconds; infinities stay words. */
export function parseInstant(text: string): string {
  const parts = micros.exec(text)
  if (parts === null) return text
  const [, day, time, hours, minutes = '00', seconds = '00'] = parts as unknown as string[]
  const [clock, digits = ''] = (time as string).split('.')
  const fraction = digits.padEnd(6, '0')
  if (hours === '+00' && minutes === '00' && seconds === '00') return `${day}T${clock}.${fraction}Z`
  const sign = (hours as string).startsWith('-') ? -1 : 1
  const offset = sign * (Math.abs(Number(hours)) * 3600 + Number(minutes) * 60 + Number(seconds))
  const utc = new Date(Date.parse(`${day}T${clock}Z`) - offset * 1000).toISOString().slice(0, 19)
  return `${utc}.${fraction}Z`
}

const text = (value: string) => value
const list = (parse: (value: string) => unknown) => (value: string) => arrayParser.create(value, parse).parse()

// The types of pg do not declare what it re-exports from its parser package.
const arrayParser = (
  pg.types as unknown as {
    arrayParser: { create(source: string, each: (value: string) => unknown): { parse(): unknown[] } }
  }
).arrayParser

const { builtins } = pg.types
const parsers = new Map<number, (value: string) => unknown>([
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
  [builtins.DATE, text],
  [builtins.TIMESTAMP, text],
  [builtins.TIMESTAMPTZ, parseInstant],
  [builtins.INTERVAL, text],
  [1016, list(Number)],
  [1231, list(Number)],
  [1182, list(text)],
  [1115, list(text)],
  [1185, list(parseInstant)],
  [1187, list(text)],
  [2951, list(text)],
])

/**
 * Readers of column types for one connection, as the generated schema types them: bigint and numeric → number (beyond
 * 2^53 rounded), date → 'YYYY-MM-DD', timestamptz → RFC 3339 in UTC with microseconds, interval → text.
 */
export const pgTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}
