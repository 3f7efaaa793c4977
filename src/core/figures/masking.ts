import type { Role } from '../access/actor.ts'

/** The roles that see small numbers of reminder, summons and admonition talks. */
export const rolesSeeingSmallNumbers: readonly Role[] = ['secretary', 'discipline']

/**
 * Whether a reader may see a number: below the bound (`maskedBelow` of the metric's talk kinds; null = no bound) only the secretary and the
 * discipline body may, and a report shows it only when one of them prints it. Zero is below the bound too, or it would tell the others apart.
 */
export function maySeeNumber(value: number, maskedBelow: number | null, readerRoles: readonly Role[]): boolean {
  if (maskedBelow === null || value >= maskedBelow) return true
  return readerRoles.some((role) => rolesSeeingSmallNumbers.includes(role))
}
