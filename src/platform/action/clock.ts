import { randomBytes } from 'node:crypto'
import { shanghaiDay } from '../../core/calendar/days.ts'

/** The one place that asks the clock; tests give another. */
export interface Clock {
  now(): Date
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date() }

/** The civil day of an instant, as the whole program means it: that of Asia/Shanghai. */
export const civilDay = shanghaiDay

/** A public id by RFC 9562 version 7: 48 bits of milliseconds, then random. */
export function newUuid(at: Date): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at.getTime(), 0, 6)
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
