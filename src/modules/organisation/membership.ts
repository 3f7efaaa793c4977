import { sql } from 'kysely'
import { action, type Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { RecordType, Stored } from '../../platform/journal/record.ts'
import { dayBefore, endOn, overlaps, type Period, periodOf } from './dated.ts'
import { amendMembership, closeMembership, recordMembership, transferMembership } from './membership.contract.ts'
import { keepers } from './organisation.access.ts'
import { knownAt, memberKinds } from './organisation.facts.ts'
import { personOrRefuse } from './person.ts'
import { loadUnit, periodOn } from './unit.ts'

/** A person's belonging to a branch (or subgroup) between two days, with the standing that he has in it. */
export const membershipRecord: RecordType = {
  type: 'membership',
  table: 'memberships',
  clear: ['branch_id', 'valid_from', 'valid_to', 'standing'],
  sealed: ['pid'],
}

type MembershipRow = Stored & {
  branch_id: string
  pid: string
  standing: 'full' | 'probationary'
  valid_from: string
  valid_to: string
}

async function lockMembership(ctx: Context, membershipId: string): Promise<MembershipRow | null> {
  return ctx.tx.first(
    sql<MembershipRow>`select m.id, m.version, m.branch_id, m.pid, m.standing, m.valid_from, m.valid_to from memberships m
      where m.org_id = ${ctx.org.orgId} and m.id = ${membershipId} and ${knownAt('m')} for no key update`,
  )
}

const periodIn = (row: { valid_from: string; valid_to: string }): Period => ({ from: row.valid_from, to: row.valid_to })

async function checkBranch(ctx: Context, branchId: string, day: string): Promise<void> {
  const unit = await loadUnit(ctx.tx, ctx.org.orgId, branchId)
  if (unit === null) throw new Refusal('record/not-found')
  const { name } = periodOn(unit, day)
  if (!memberKinds(ctx.catalogues.catalogue).has(unit.kind)) throw new Refusal('membership/not-here', { name })
}

/** Records a membership; nobody belongs to two branches on one day. */
export const record = action(recordMembership, {
  may: keepers(),
  run: async (ctx, input) => {
    const wanted = periodOf(input.from, input.to)
    await checkBranch(ctx, input.branchId, input.from)
    await personOrRefuse(ctx, input.personId)
    const rows = await ctx.tx.all(
      sql<{ valid_from: string; valid_to: string }>`select m.valid_from, m.valid_to from memberships m
        where m.org_id = ${ctx.org.orgId} and m.pid = ${input.personId} and ${knownAt('m')}`,
    )
    const crossing = rows.find((row) => overlaps(periodIn(row), wanted))
    if (crossing) throw new Refusal('membership/overlaps', { from: crossing.valid_from, to: crossing.valid_to })
    const membershipId = ctx.add(membershipRecord, {
      branch_id: input.branchId,
      pid: input.personId,
      standing: input.standing,
      valid_from: wanted.from,
      valid_to: wanted.to,
    })
    return { membershipId }
  },
})

/** Moves a member to another branch. */
export const transfer = action(transferMembership, {
  subject: (ctx, input) => lockMembership(ctx, input.membershipId),
  may: keepers(),
  run: async (ctx, input, membership) => {
    if (membership.branch_id === input.branchId) throw new Refusal('membership/same-branch')
    await checkBranch(ctx, input.branchId, input.from)
    const lastDay = endOn(periodIn(membership), dayBefore(input.from))
    const { id: _id, version: _version, ...said } = membership
    ctx.revise(membershipRecord, membership, { valid_to: lastDay })
    const membershipId = ctx.add(membershipRecord, { ...said, branch_id: input.branchId, valid_from: input.from })
    return { membershipId }
  },
})

/** Ends a membership. */
export const close = action(closeMembership, {
  subject: (ctx, input) => lockMembership(ctx, input.membershipId),
  may: keepers(),
  run: async (ctx, input, membership) => {
    ctx.revise(membershipRecord, membership, { valid_to: endOn(periodIn(membership), input.on) })
    return { membershipId: membership.id }
  },
})

/** Changes the standing from a day on; from the first day of the membership it corrects what was recorded. */
export const amend = action(amendMembership, {
  subject: (ctx, input) => lockMembership(ctx, input.membershipId),
  may: keepers(),
  run: async (ctx, input, membership) => {
    if (membership.standing === input.standing) throw new Refusal('membership/same-standing')
    if (membership.valid_from === input.from) {
      ctx.revise(membershipRecord, membership, { standing: input.standing })
      return { membershipId: membership.id }
    }
    const lastDay = endOn(periodIn(membership), dayBefore(input.from))
    const { id: _id, version: _version, ...said } = membership
    ctx.revise(membershipRecord, membership, { valid_to: lastDay })
    const membershipId = ctx.add(membershipRecord, { ...said, standing: input.standing, valid_from: input.from })
    return { membershipId }
  },
})
