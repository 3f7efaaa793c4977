import { randomFillSync } from 'node:crypto'
import { shanghaiDay } from '../../core/calendar/days.ts'

/** The one place that asks the clock; tests give another. */
export interface Clock {
  now(): Date
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date() }

/** The civil day of an instant, as the whole program means it: that of Asia/Shanghai. */
export const civilDay = shanghaiDay

const RANDOM_BYTES = 10
const drawn = Buffer.allocUnsafeSlow(RANDOM_BYTES * 256)
let left = 0

/** A public id by RFC 9562 version 7: 48 bits of milliseconds, then random, which is drawn for many ids at once. */
export function newUuid(at: Date): string {
  if (left === 0) left = randomFillSync(drawn).length
  left -= RANDOM_BYTES
  const time = at.getTime().toString(16).padStart(12, '0')
  const random = drawn.toString('hex', left, left + RANDOM_BYTES)
  const variant = '89ab'[drawn[left]! & 3]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(2, 5)}-${variant}${random.slice(5, 8)}-${random.slice(8)}`
}
