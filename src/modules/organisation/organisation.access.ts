import { type Access, anyOf, anyone, role } from '../../core/access/actor.ts'

/** Whoever keeps the roster: the Party office, and the system administrator before there is an office. */
export const keepers = <S, I>(): Access<S, I> => anyOf<S, I>(role('office', 'system-admin'))

/** The order of the bureau is known to everybody who works in it. */
export const everybody = <S, I>(): Access<S, I> => anyOf<S, I>(anyone)
