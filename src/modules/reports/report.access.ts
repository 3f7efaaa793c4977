import { anyOf, businessRoles, role } from '../../core/access/actor.ts'

/** Figures count the whole bureau, so reports belong to those who answer for the whole bureau. */
export const write = anyOf<unknown, unknown>(role('office', 'secretary'))
/** A reader for supervision and the discipline body may look and count again. */
export const read = anyOf<unknown, unknown>(role('office', 'secretary', 'discipline', 'supervision-reader'))
/** Names and titles in an evidence file are for those who may open the records themselves. */
export const mayOpen = anyOf<unknown, unknown>(role('office', 'secretary', 'discipline'))
/** What the metrics count is no secret of anybody signed in. */
export const definitions = anyOf<unknown, unknown>(role(...businessRoles))
