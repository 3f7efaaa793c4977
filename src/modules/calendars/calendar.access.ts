import { anyOf, anyone, role } from '../../core/access/actor.ts'

/** Who lays an announced year over the calendar: the office, which receives the notice. */
export const mayImport = anyOf(role('office'))

/** Days off are public. */
export const maySee = anyOf(anyone)
