import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Draft } from './draft.ts'
import { bodiesFor, type Unit } from './effects.ts'
import { type ActivityKind, activityKind, activityKinds, useKindWords } from './kinds.ts'

type FieldProps = { draft: Draft; units: readonly Unit[]; onChange: (change: Partial<Draft>) => void }

/** The kinds that one of the units may hold, under their groups. */
export function useKindOptions(kinds: readonly ActivityKind[]) {
  const { t } = useTranslation('activities')
  const words = useKindWords()
  const groups = [...new Set(kinds.map(({ group }) => group))]
  return groups.map((group) => ({
    label: t(`group.${group}`),
    options: kinds.filter((kind) => kind.group === group).map(({ id }) => ({ value: id, label: words.activity(id) })),
  }))
}

/** What the change of kind takes with it: fields of the former kind, a unit that does not hold the new one. */
function kindChange(draft: Draft, kind: string, units: readonly Unit[]): Partial<Draft> {
  const bodies = bodiesFor(kind, units)
  const stays = bodies.some(({ unitId }) => unitId === draft.unitId)
  const only = bodies.length === 1 ? (bodies[0]?.unitId ?? '') : ''
  const own = new Set(activityKind(kind)?.fields.map(({ id }) => id))
  return {
    kind,
    alsoKinds: draft.alsoKinds.filter((other) => other !== kind),
    fields: Object.fromEntries(Object.entries(draft.fields).filter(([id]) => own.has(id))),
    unitId: stays ? draft.unitId : only,
  }
}

/** The kind of activity, and as what else this one record counts. */
export function KindField({ draft, units, onChange }: FieldProps) {
  const { t } = useTranslation('activities')
  const words = useKindWords()
  const kinds = activityKinds().filter((kind) => units.some((unit) => kind.bodies.includes(unit.kind)))
  const options = useKindOptions(kinds)
  const unit = units.find(({ unitId }) => unitId === draft.unitId)
  const others = kinds.filter(({ id, bodies }) => id !== draft.kind && (!unit || bodies.includes(unit.kind)))
  return (
    <>
      <Select
        id="activity-kind"
        className="field-medium"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('hint.kind')}
        value={draft.kind || null}
        options={options}
        onChange={(kind: string) => onChange(kindChange(draft, kind, units))}
      />
      <label className="form-inline form-grow" htmlFor="activity-also">
        <span className="note">{t('field.also')}</span>
        <Select
          id="activity-also"
          mode="multiple"
          className="field-grow"
          placeholder={t('field.addAlso')}
          maxCount={5}
          showSearch={{ optionFilterProp: 'label' }}
          value={[...draft.alsoKinds]}
          options={others.map(({ id }) => ({ value: id, label: words.activity(id) }))}
          onChange={(alsoKinds: string[]) => onChange({ alsoKinds })}
        />
      </label>
    </>
  )
}
