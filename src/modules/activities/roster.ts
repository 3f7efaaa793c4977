import type { ActivityKind } from '../../core/catalogue/kinds.ts'
import type { Context } from '../../platform/action/action.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { PartRow } from '../../platform/journal/record.ts'
import { keptRows } from '../organisation/kept.facts.ts'
import { bodyOn, knownPids, type PersonOn, rosterOn } from '../organisation/organisation.facts.ts'
import { personsInOrder, ranged } from '../organisation/organisation.ts'

/** Who stood how, as a person gave it. */
export interface Stood {
  readonly personId: string
  readonly status: string
  readonly note?: string | undefined
}

/** The numbers that are frozen with the record; null: nobody stated it. */
export interface Counts {
  readonly expected: number | null
  readonly voters: number | null
  readonly present: number | null
}

export const NOT_COUNTED: Counts = { expected: null, voters: null, present: null }

/**
 * Whom a kind of activity expects on a day: the holders of its posts, or everybody of the unit; nobody where it takes no
 * attendance. Without names where they are only counted.
 */
export async function expectedAt(
  ctx: Context,
  kind: ActivityKind,
  unitId: string,
  day: string,
  names = true,
): Promise<PersonOn[]> {
  if (kind.attendance === 'none') return []
  const { orgId } = ctx.org
  const read =
    kind.attendance === 'body'
      ? () => bodyOn(ctx.tx, orgId, [unitId], day, kind.posts, { names })
      : () => rosterOn(ctx.tx, orgId, unitId, day, ctx.catalogues.catalogue, { names })
  if (names) return read()
  const whom = kind.attendance === 'body' ? `holders ${kind.posts?.join(' ') ?? 'all'}` : 'roster'
  return keptRows(ctx, `${whom} ${unitId} ${day}`, read)
}

/** Whom a kind of activity expects on a day, in the order of the bureau; nobody where no names are taken. */
export async function expectedInOrder(
  ctx: Context,
  kind: ActivityKind,
  unitId: string,
  day: string,
): Promise<PersonOn[]> {
  return kind.attendance === 'number' ? [] : everybodyInOrder(ctx, kind, unitId, day)
}

/** Everybody whom a kind of activity expects on a day, in the order of the bureau. */
export async function everybodyInOrder(
  ctx: Context,
  kind: ActivityKind,
  unitId: string,
  day: string,
): Promise<PersonOn[]> {
  const [expected, order] = await Promise.all([
    expectedAt(ctx, kind, unitId, day),
    personsInOrder(ctx.tx, ctx.org.orgId, day, ctx.catalogues.catalogue),
  ])
  return ranged(order, expected)
}

/** Numbers as a person typed them, for gatherings where nobody is named. */
export function countsTyped(numbers: {
  expected?: number | undefined
  voters?: number | undefined
  present: number
}): Counts {
  const { expected = null, voters = null, present } = numbers
  if (expected !== null && present > expected)
    throw new Refusal('activity/present-over-expected', { present, expected })
  if (expected !== null && voters !== null && voters > expected) {
    throw new Refusal('activity/voters-over-expected', { voters, expected })
  }
  return { expected, voters, present }
}

/**
 * The numbers of an activity from its attendance and the roster of its day. Where votes are taken nobody outside the
 * roster is counted in, so such a person is refused; elsewhere a guest is expected once he is named.
 */
export function countsFrom(
  ctx: Context,
  kind: ActivityKind,
  roster: readonly PersonOn[],
  attendance: readonly Pick<Stood, 'personId' | 'status'>[],
): Counts {
  const statuses = ctx.catalogues.catalogue.attendanceStatuses
  const known = new Set(roster.map((person) => person.pid))
  const guests = attendance.filter((one) => !known.has(one.personId)).length
  if (guests > 0 && kind.may_vote)
    throw new Refusal('activity/not-on-roster', { count: guests, expected: roster.length })
  const present = attendance.filter((one) => statuses.get(one.status).counts_as === 'present').length
  return { expected: roster.length + guests, voters: kind.may_vote ? votersOf(kind, roster) : null, present }
}

/** Entitled to vote: in a body everybody who sits in it, elsewhere the members of full standing. */
function votersOf(kind: ActivityKind, roster: readonly PersonOn[]): number {
  return kind.attendance === 'body' ? roster.length : roster.filter((person) => person.standing === 'full').length
}

/** Checks an attendance as given and makes the rows that are stored with the record; whoever is on the roster is known. */
export async function attendanceRows(
  ctx: Context,
  attendance: readonly Stood[],
  roster: readonly PersonOn[],
): Promise<PartRow[]> {
  const statuses = ctx.catalogues.catalogue.attendanceStatuses
  const unknown = attendance.find((one) => statuses.find(one.status) === undefined)
  if (unknown) throw new Refusal('activity/unknown-status', { status: unknown.status })
  const pids = new Set(attendance.map((one) => one.personId))
  if (pids.size < attendance.length)
    throw new Refusal('activity/person-twice', { count: attendance.length - pids.size })
  for (const { pid } of roster) pids.delete(pid)
  await knownPersons(ctx, [...pids])
  return attendance.map((one) => ({ key: one.personId, status: one.status, note: one.note ?? null }))
}

/** Refuses ids that belong to nobody of the bureau. */
export async function knownPersons(ctx: Context, pids: readonly string[]): Promise<void> {
  const known = await knownPids(ctx.tx, ctx.org.orgId, pids)
  const strangers = pids.filter((pid) => !known.has(pid)).length
  if (strangers > 0) throw new Refusal('activity/unknown-person', { count: strangers })
}
