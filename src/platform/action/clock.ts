import { randomUUID } from 'node:crypto'
import { shanghaiDay } from '../../core/calendar/days.ts'

/** The one place that asks the clock; tests give another. */
export interface Clock {
  now(): Date
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date() }

/** The civil day of an instant, as the whole program means it: that of Asia/Shanghai. */
export const civilDay = shanghaiDay

/** A public id by RFC 9562 version 7: 48 bits of milliseconds, then random, which is drawn as for version 4. */
export function newUuid(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
