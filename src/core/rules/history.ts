import type { History, Span } from './obligation.ts'
import { covers, overlap } from './spans.ts'

type UnitRow = History['units'][number]
type MembershipRow = History['memberships'][number]

/** The days on which a person holds a post: an appointment, as far as the post itself exists. */
export interface Holding extends Span {
  readonly appointmentId: string
  readonly postId: string
  readonly unitId: string
  readonly kind: string
  readonly pid: string
}

/** The organisation of a bureau, found by unit, post and person; every list is in order of days. */
export interface Organisation {
  readonly history: History
  readonly units: ReadonlyMap<string, readonly UnitRow[]>
  readonly below: ReadonlyMap<string, readonly UnitRow[]>
  readonly posts: ReadonlyMap<string, History['posts']>
  readonly holdingsOfPost: ReadonlyMap<string, readonly Holding[]>
  readonly holdingsOfUnit: ReadonlyMap<string, readonly Holding[]>
  readonly holdingsOfPerson: ReadonlyMap<string, readonly Holding[]>
  readonly memberships: ReadonlyMap<string, readonly MembershipRow[]>
  readonly classes: ReadonlyMap<string, History['classes']>
}

const indexed = new WeakMap<History, Organisation>()

/** The index of a history; built once for each. */
export function organisationOf(history: History): Organisation {
  const known = indexed.get(history)
  if (known !== undefined) return known
  const holdings = holdingsOf(history)
  const organisation: Organisation = {
    history,
    units: groupBy(inOrder(history.units), ({ unitId }) => unitId),
    below: groupBy(
      inOrder(history.units).filter(({ parentId }) => parentId !== null),
      ({ parentId }) => parentId!,
    ),
    posts: groupBy(inOrder(history.posts), ({ postId }) => postId),
    holdingsOfPost: groupBy(holdings, ({ postId }) => postId),
    holdingsOfUnit: groupBy(holdings, ({ unitId }) => unitId),
    holdingsOfPerson: groupBy(holdings, ({ pid }) => pid),
    memberships: groupBy(inOrder(history.memberships), ({ pid }) => pid),
    classes: groupBy(inOrder(history.classes), ({ pid }) => pid),
  }
  indexed.set(history, organisation)
  return organisation
}

/** Rows by a key of theirs, in the order in which they come. */
export function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

function inOrder<Row extends Span>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

function holdingsOf(history: History): Holding[] {
  const posts = groupBy(history.posts, ({ postId }) => postId)
  const all = history.appointments.flatMap((appointment) =>
    (posts.get(appointment.postId) ?? []).flatMap((post) => {
      const days = overlap(appointment, post)
      const { appointmentId, pid } = appointment
      return days === null
        ? []
        : { ...days, appointmentId, pid, postId: post.postId, unitId: post.unitId, kind: post.kind }
    }),
  )
  const key = ({ from, appointmentId }: Holding) => `${from} ${appointmentId}`
  return all.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** The row of a unit that is in force on a day, or undefined where it does not exist then. */
export function unitOn(organisation: Organisation, unitId: string, day: string): UnitRow | undefined {
  return rowOn(organisation.units.get(unitId), day)
}

/** The first of some rows that is in force on a day. */
export function rowOn<Row extends Span>(rows: readonly Row[] | undefined, day: string): Row | undefined {
  if (rows !== undefined) for (const row of rows) if (covers(row, day)) return row
  return undefined
}

/** A unit and every unit above it on a day, itself first. */
export function unitsAbove(organisation: Organisation, unitId: string, day: string): readonly string[] {
  const found: string[] = []
  for (let at: string | null = unitId; at !== null && !found.includes(at); ) {
    found.push(at)
    at = unitOn(organisation, at, day)?.parentId ?? null
  }
  return found
}

/** The branch of which a unit that holds members is part: the unit above it where that holds members too, else itself. */
function branchOf(organisation: Organisation, unitId: string, day: string): string {
  const parentId = unitOn(organisation, unitId, day)?.parentId
  if (parentId === null || parentId === undefined) return unitId
  // A branch that stands below a closed or moved unit is still itself.
  const kind = unitOn(organisation, parentId, day)?.kind
  return kind !== undefined && organisation.history.memberKinds.includes(kind) ? parentId : unitId
}

/**
 * The unit of a person on a day: his branch (the branch above, for a subgroup), else the unit of a post that he holds; of
 * several the one that began first. Undefined where he has neither.
 */
export function unitOfPerson(organisation: Organisation, pid: string, day: string): string | undefined {
  const membership = rowOn(organisation.memberships.get(pid), day)
  if (membership !== undefined) return branchOf(organisation, membership.branchId, day)
  return rowOn(organisation.holdingsOfPerson.get(pid), day)?.unitId
}

/** Whether a person holds a post of one of these kinds on a day. */
export function holdsPost(organisation: Organisation, pid: string, kinds: readonly string[], day: string): boolean {
  const rows = organisation.holdingsOfPerson.get(pid)
  if (rows !== undefined) for (const row of rows) if (kinds.includes(row.kind) && covers(row, day)) return true
  return false
}
