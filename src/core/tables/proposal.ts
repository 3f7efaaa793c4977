import { type DutyStatus, openStatuses } from '../duties/status.ts'
import type { ListItem } from './item.ts'
import { comparedItem, type Given, type RowPart, rowDiffers } from './returned.ts'

/** Why a proposal cannot be carried out as it stands. */
export const hindrances = ['not-in-state', 'names-unknown', 'overtaken', 'deadline-kept', 'unowned'] as const
export type ProposalHindrance = (typeof hindrances)[number]

/** What a proposal would change now, and what hinders it; `overtaken` are the parts that were changed since by somebody else. */
export interface Judged {
  readonly differs: readonly RowPart[]
  readonly overtaken: readonly RowPart[]
  readonly hindrance: ProposalHindrance | null
}

const changeable = (status: DutyStatus) => status === 'draft' || status === 'suspended' || openStatuses.includes(status)

/**
 * Judges a row that came back against its duty as it was given out (`was`) and as it stands (`now`): what the row leaves
 * as it was given out stays as it stands now, so that nothing decided since is undone; what both changed is overtaken. A
 * due day of an issued duty can be moved and not taken away.
 */
export function judgeChange(
  was: Given,
  now: Given & { readonly status: DutyStatus },
  row: ListItem & { layer: string },
): Judged {
  const wanted = comparedItem(row)
  const meant = new Set(rowDiffers(was, wanted))
  const moved = new Set(rowDiffers(was, now))
  const differs = rowDiffers(now, wanted).filter((part) => meant.has(part))
  const overtaken = differs.filter((part) => moved.has(part))
  const issued = now.status !== 'draft'
  const after = <T>(part: RowPart, then: T, before: T): T => (differs.includes(part) ? then : before)
  const owned =
    after('lead', row.leadUnitId, now.leadUnitId) !== null ||
    after('leader', row.leaderPostId, now.leaderPostId) !== null ||
    after('common', row.common, now.common)
  const hinders: [ProposalHindrance, boolean][] = [
    ['names-unknown', row.unresolved.length > 0],
    ['not-in-state', differs.length > 0 && !changeable(now.status)],
    ['overtaken', overtaken.length > 0],
    ['deadline-kept', issued && differs.includes('deadline') && row.deadline === null],
    ['unowned', issued && differs.length > 0 && !owned],
  ]
  return { differs, overtaken, hindrance: hinders.find(([, holds]) => holds)?.[0] ?? null }
}

/** Judges that a duty is to be taken out: one that was changed since, or is closed, is not. */
export function judgeWithdrawal(was: Given, now: Given & { readonly status: DutyStatus }): Judged {
  const overtaken = rowDiffers(was, now)
  const hindrance = !changeable(now.status) ? 'not-in-state' : overtaken.length > 0 ? 'overtaken' : null
  return { differs: [], overtaken, hindrance }
}
