import { useEffect, useState } from 'react'
import { previewActivity } from '../../../src/modules/activities/activity.contract.ts'
import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import type { InputOf, OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.tsx'
import { attendanceOf, type Draft, inputOf, type Listed, presentIds } from './draft.ts'
import { activityKind } from './kinds.ts'
import { useMeets } from './meets-panel.tsx'

/** What saving would write and change. */
export type Effects = OutputOf<typeof previewActivity>
/** A unit of the tree. */
export type Unit = OutputOf<typeof unitTree>['items'][number]

const keeping = ['branch-secretary', 'branch-officer', 'department-head'] as const

/** The units of a day whose records the reader keeps, in the order of the organisation. */
export function useKeptUnits(on: string): { units: readonly Unit[]; all: readonly Unit[] } {
  const session = useSession()
  const { data } = useQueryOf(unitTree, on ? { on } : {})
  const all = data?.items ?? []
  if (session?.roles.includes('office')) return { units: all, all }
  const heads = new Set(
    session?.holdings.flatMap(({ role, unitId }) =>
      (keeping as readonly string[]).includes(role) && unitId ? [unitId] : [],
    ),
  )
  // Parents stand before children, so one pass reaches the whole subtree.
  for (const unit of all) if (unit.parentId && heads.has(unit.parentId)) heads.add(unit.unitId)
  return { units: all.filter(({ unitId }) => heads.has(unitId)), all }
}

/** Whether the reader keeps records of activities at all. */
export function useKeepsRecords(): boolean {
  const roles = useSession()?.roles ?? []
  return roles.some((role) => role === 'office' || (keeping as readonly string[]).includes(role))
}

/** The units that may hold a kind. */
export function bodiesFor(kind: string, units: readonly Unit[]): readonly Unit[] {
  const bodies = activityKind(kind)?.bodies
  return bodies ? units.filter((unit) => bodies.includes(unit.kind)) : units
}

function useSettled<T>(value: T, key: string): T {
  const [settled, settle] = useState({ value, key })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says the whole value
  useEffect(() => {
    const timer = setTimeout(() => settle({ value, key }), 300)
    return () => clearTimeout(timer)
  }, [key])
  return settled.value
}

type Asked = InputOf<typeof previewActivity>

function askedOf(draft: Draft, roster: readonly Listed[]): Asked {
  const { kind, happenedOn, unitId, alsoKinds, topics, audience, fields } = inputOf(draft, roster)
  const source = attendanceOf(draft)
  return {
    kind,
    happenedOn,
    unitId,
    ...(alsoKinds ? { alsoKinds } : {}),
    ...(topics ? { topics } : {}),
    ...(audience ? { audience } : {}),
    ...(fields ? { fields } : {}),
    ...(source === 'names' ? { presentIds: presentIds(draft, roster) } : {}),
    ...(source === 'numbers' && draft.present !== null ? { present: draft.present } : {}),
  }
}

/** The roster of the draft's day, and what saving the draft would write and change; asked again while typing. */
export function useEffects(draft: Draft) {
  const { kind, happenedOn, unitId } = draft
  const ready = kind !== '' && happenedOn !== '' && unitId !== ''
  const roster = useQueryOf(previewActivity, { kind, happenedOn, unitId }, { enabled: ready, keep: false })
  const listed = roster.data?.roster ?? []
  const asked = askedOf(draft, listed)
  const settled = useSettled(asked, JSON.stringify(asked))
  // What was settled for another kind, day or unit is not asked again.
  const same = settled.kind === kind && settled.happenedOn === happenedOn && settled.unitId === unitId
  const enabled = ready && same && roster.data !== undefined
  const effects = useQueryOf(previewActivity, settled, { enabled })
  const { hours, host } = inputOf(draft, listed)
  const { expected, voters } = effects.data ?? {}
  const rules = {
    ...settled,
    ...(hours === undefined ? {} : { hours }),
    ...(host?.personId ? { hostId: host.personId } : {}),
    ...(expected == null ? {} : { expected }),
    ...(voters == null ? {} : { voters }),
  }
  const asking = useSettled(rules, JSON.stringify(rules))
  const meets = useMeets(asking, enabled && asking.unitId === unitId && asking.kind === kind)
  return {
    ready,
    roster: listed as readonly Listed[],
    effects: ready ? (effects.data ?? roster.data) : undefined,
    meets: ready ? meets : undefined,
    fault: ready ? (roster.error ?? effects.error) : null,
  }
}
