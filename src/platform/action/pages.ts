import { Refusal } from '../errors/refusal.ts'

/** Place of the next row that a cursor stands for; a foreign cursor is refused. */
export function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const offset = /^o(\d{1,9})$/.exec(cursor)?.[1]
  if (offset === undefined) throw new Refusal('request/invalid', { count: 1, first: 'cursor' })
  return Number(offset)
}

/** The cursor of the row at a place. */
export const cursorAt = (offset: number) => `o${offset}`

/** One page from rows that were read one beyond the limit and carry the exact total. */
export function pageOf<R extends { total: number }>(rows: R[], limit: number, cursor: string | undefined) {
  const more = rows.length > limit
  const items = rows.slice(0, limit).map(({ total: _total, ...item }) => item)
  return { items, total: rows[0]?.total ?? 0, next: more ? cursorAt(offsetOf(cursor) + limit) : null }
}
