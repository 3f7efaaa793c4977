import { useTranslation } from 'react-i18next'
import { recordMembership } from '../../../src/modules/organisation/membership.contract.ts'
import { recordPerson } from '../../../src/modules/organisation/person.contract.ts'
import { openPost } from '../../../src/modules/organisation/post.contract.ts'
import {
  closeUnit,
  moveUnit,
  openUnit,
  renameUnit,
  type unitTree,
} from '../../../src/modules/organisation/unit.contract.ts'
import { call, type OutputOf } from '../../lib/client.ts'
import { useKindWords } from '../activities/kinds.ts'
import type { Act, ActField } from './act-dialog.tsx'
import { postKinds, unitKinds } from './kinds.ts'

/** A unit of the tree. */
export type Unit = OutputOf<typeof unitTree>['items'][number]

/** Leaves out what was not given. */
export function given<T extends Record<string, string | undefined>>(values: T) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

/** Units as choices, in the order of the organisation. */
export function unitChoices(units: readonly Unit[]) {
  return units.map(({ unitId, name }) => ({ value: unitId, label: name ?? '' }))
}

/** Fields that several acts ask for. */
export function useCommonFields(today: string) {
  const { t } = useTranslation('organisation')
  return {
    from: { key: 'from', label: t('field.from'), type: 'day', initial: today },
    lastDay: { key: 'on', label: t('field.lastDay'), type: 'day', initial: today },
    until: { key: 'to', label: t('field.until'), type: 'day', optional: true },
    person: { key: 'personId', label: t('field.person'), type: 'person' },
    standing: {
      key: 'standing',
      label: t('field.standing'),
      type: 'choice',
      choices: (['full', 'probationary'] as const).map((value) => ({ value, label: t(`roster.standings.${value}`) })),
      initial: 'full',
    },
  } as const satisfies Record<string, ActField>
}

/** The acts on a unit: what stands below, its name, its place, its end; and the recording of a person. */
export function useUnitActs(units: readonly Unit[], today: string) {
  const { t } = useTranslation('organisation')
  const words = useKindWords()
  const { from, lastDay } = useCommonFields(today)
  const nameOf = (unit: Unit) => ({ name: unit.name ?? '' })
  const openBelow = (unit: Unit | null): Act => ({
    title: unit ? t('act.openUnit', nameOf(unit)) : t('act.openRoot'),
    fields: [
      { key: 'name', label: t('field.name'), type: 'text' },
      {
        key: 'kind',
        label: t('field.kind'),
        type: 'choice',
        choices: unitKinds()
          .filter(({ parents }) => (unit ? parents.includes(unit.kind) : parents.length === 0))
          .map(({ id }) => ({ value: id, label: words.unit(id) })),
      },
      { key: 'code', label: t('field.code'), type: 'text', optional: true },
      from,
    ],
    send: ({ name = '', kind = '', code, from: day = '' }) =>
      call(openUnit, { name, kind, parentId: unit?.unitId ?? null, from: day, ...given({ code }) }),
  })
  const rename = (unit: Unit): Act => ({
    title: t('act.rename', nameOf(unit)),
    fields: [{ key: 'name', label: t('field.newName'), type: 'text' }, from],
    send: ({ name = '', from: day = '' }) => call(renameUnit, { unitId: unit.unitId, name, from: day }),
  })
  const move = (unit: Unit): Act => {
    const allowed = unitKinds().find(({ id }) => id === unit.kind)?.parents ?? []
    const parents = units.filter((one) => allowed.includes(one.kind) && one.unitId !== unit.unitId)
    return {
      title: t('act.move', nameOf(unit)),
      fields: [{ key: 'parentId', label: t('field.parent'), type: 'choice', choices: unitChoices(parents) }, from],
      send: ({ parentId = '', from: day = '' }) => call(moveUnit, { unitId: unit.unitId, parentId, from: day }),
    }
  }
  const close = (unit: Unit): Act => ({
    title: t('act.closeUnit', nameOf(unit)),
    note: t('act.closeUnitNote'),
    fields: [lastDay],
    send: ({ on = '' }) => call(closeUnit, { unitId: unit.unitId, on }),
  })
  const register = (): Act => ({
    title: t('act.person'),
    note: t('act.personNote'),
    fields: [
      { key: 'name', label: t('field.personName'), type: 'text' },
      { key: 'staffNo', label: t('field.staffNo'), type: 'text', optional: true },
      { key: 'namesake', label: t('field.namesake'), type: 'tick' },
    ],
    send: ({ name = '', staffNo, namesake }) =>
      call(recordPerson, { name, ...given({ staffNo }), ...(namesake ? { namesake: true } : {}) }),
  })
  return { openBelow, rename, move, close, register }
}

/** The acts that fill a unit: its posts and its members. */
export function useFillingActs(today: string) {
  const { t } = useTranslation('organisation')
  const words = useKindWords()
  const { from, person, standing } = useCommonFields(today)
  const nameOf = (unit: Unit) => ({ name: unit.name ?? '' })
  const post = (unit: Unit): Act => ({
    title: t('act.openPost', nameOf(unit)),
    fields: [
      {
        key: 'kind',
        label: t('field.postKind'),
        type: 'choice',
        choices: postKinds()
          .filter((kind) => kind.units.includes(unit.kind))
          .map(({ id }) => ({ value: id, label: words.post(id) })),
      },
      { key: 'title', label: t('field.title'), type: 'text', optional: true },
      from,
    ],
    send: ({ kind = '', title, from: day = '' }) =>
      call(openPost, { unitId: unit.unitId, kind, from: day, ...given({ title }) }),
  })
  const member = (unit: Unit): Act => ({
    title: t('act.record', nameOf(unit)),
    fields: [person, standing, from],
    send: ({ personId = '', standing: stand, from: day = '' }) =>
      call(recordMembership, {
        branchId: unit.unitId,
        personId,
        standing: stand === 'probationary' ? 'probationary' : 'full',
        from: day,
      }),
  })
  return { post, member }
}
