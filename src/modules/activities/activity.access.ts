import { type Actor, anyOf, type Ground, holds, type Role, role } from '../../core/access/actor.ts'

const keepers: readonly Role[] = ['branch-secretary', 'branch-officer', 'department-head']

/** Claims that the actor keeps the records of all the units: the Party office everywhere, the others over their own. */
export function mayKeep(actor: Actor, units: readonly string[]): boolean {
  return holds(actor, 'office') || keepers.some((name) => units.every((unit) => holds(actor, name, [unit])))
}

/** Claims that the actor sees who stood how at the activity, with the reasons given: keepers and the leading group. */
export function maySeeAttendance(actor: Actor, unitId: string): boolean {
  return mayKeep(actor, [unitId]) || holds(actor, 'secretary') || holds(actor, 'team-member', [unitId])
}

function keeper<S, I>(unitsOf: (subject: S, input: I) => readonly string[]): Ground<S, I>[] {
  return [
    role<S, I>('office'),
    ...keepers.map((name) => ({
      says: `${name} over the unit`,
      test: (actor: Actor, subject: S, input: I) => unitsOf(subject, input).every((unit) => holds(actor, name, [unit])),
    })),
  ]
}

/** Who records: the office for all, branch and section for their own unit. */
export const record = anyOf<unknown, { unitId: string }>(...keeper((_, input: { unitId: string }) => [input.unitId]))

/** Who corrects: whoever keeps the unit of the record, and the new unit where the correction moves it. */
export const amend = anyOf<{ unit_id: string }, { unitId?: string | undefined }>(
  ...keeper((stored: { unit_id: string }, input: { unitId?: string | undefined }) =>
    input.unitId === undefined ? [stored.unit_id] : [stored.unit_id, input.unitId],
  ),
)

/** Who takes a record back: whoever keeps its unit. */
export const withdraw = anyOf<{ unit_id: string }, unknown>(
  ...keeper((stored: { unit_id: string }) => [stored.unit_id]),
)

/** Who imports: as `record`, judged row by row. */
export const importing = anyOf<unknown, unknown>(role('office', ...keepers))
