import { sql } from 'kysely'
import type * as z from 'zod'
import { anyOf, anyone } from '../../core/access/actor.ts'
import { within } from '../../core/access/scope.ts'
import { addDays } from '../../core/calendar/days.ts'
import { openStatuses, standingOn } from '../../core/duties/status.ts'
import { answer, type ReadContext } from '../../platform/action/action.ts'
import { type DutyOn, dutiesOn } from '../duties/standing.facts.ts'
import { subtreeOf } from '../organisation/organisation.facts.ts'
import { type DutyOwed, owedObligations } from './obligation.contract.ts'
import type { Owed } from './owed.ts'
import { inOrder, lineOf, namesOf, orderOf, owedSeen, type SubjectNames, type When, whenOf } from './reading.ts'

/** Days before the due day that count as soon, unless the kind's row says otherwise. */
const SOON_DAYS = 14
const YEAR_DAYS = 365

/** Open duties of units that the actor sees, by due day. */
async function dutiesSeen(ctx: ReadContext, { on, size }: When, unitId: string | undefined): Promise<DutyOn[]> {
  const { orgId } = ctx.org
  const below = unitId === undefined ? null : await subtreeOf(ctx.tx, orgId, unitId, on, size)
  const units = below === null ? sql`true` : sql`d.unit_ids && ${below}::uuid[]`
  const duties = await dutiesOn(ctx.tx, orgId, on, size, units)
  return duties
    .filter(({ unitIds, fold }) => openStatuses.includes(fold.status) && within(ctx.actor.scopes.general, unitIds))
    .sort((a, b) => ((a.fold.dueOn ?? '9999') < (b.fold.dueOn ?? '9999') ? -1 : 1))
}

function dutyLine(ctx: ReadContext, duty: DutyOn, on: string, names: SubjectNames): z.input<typeof DutyOwed> {
  const { fold } = duty
  const soon = ctx.catalogues.catalogue.dutyKinds.find(duty.kind)?.due_soon_days ?? SOON_DAYS
  const standing = standingOn({ ...fold, wasMissed: fold.missed.length > 0 }, on, soon)
  return {
    dutyId: duty.id,
    no: duty.no,
    year: duty.year,
    title: duty.title,
    leadUnitId: duty.leadUnitId,
    leadUnitName: duty.leadUnitId === null ? null : names.unit(duty.leadUnitId),
    dueOn: fold.dueOn,
    status: fold.status,
    mark: standing.mark,
    lateDays: standing.lateDays,
    listYear: duty.listYear,
  }
}

const stands = (on: string) => (one: Owed) =>
  (one.window.from <= on && on <= one.window.to) || one.outcome === 'unmet' || one.outcome === 'undetermined'

export const owedThatDay = answer(owedObligations, {
  may: anyOf(anyone),
  stubs: true,
  run: async (ctx, { unitId, ...input }) => {
    const when = await whenOf(ctx, input)
    const { on } = when
    const [owed, order, duties] = await Promise.all([
      owedSeen(ctx, { ...when, span: { from: addDays(on, -YEAR_DAYS), to: on }, unitId }),
      orderOf(ctx, when),
      dutiesSeen(ctx, when, unitId),
    ])
    const chosen = inOrder(owed.filter(stands(on)), order)
    const names = await namesOf(
      ctx,
      chosen.map(({ subject }) => subject),
    )
    return {
      on,
      duties: duties.map((duty) => dutyLine(ctx, duty, on, names)),
      obligations: chosen.map((one) => ({ ...lineOf(one, names), source: one.by.source })),
    }
  },
})
