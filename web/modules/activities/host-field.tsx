import { AutoComplete } from 'antd'
import { useTranslation } from 'react-i18next'
import { findPersons } from '../../../src/modules/organisation/person.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import type { Draft, Listed } from './draft.ts'

/** Who led or spoke: a person of the bureau, or the name of somebody from outside. */
export function HostField({
  draft,
  roster,
  onChange,
}: {
  draft: Draft
  roster: readonly Listed[]
  onChange: (change: Partial<Draft>) => void
}) {
  const { t } = useTranslation('activities')
  const { host } = draft
  const name = host.name.trim()
  const { data } = useQueryOf(
    findPersons,
    { name, ...(draft.happenedOn ? { on: draft.happenedOn } : {}) },
    { enabled: name !== '' && !host.personId },
  )
  const near = roster.filter((person) => person.name?.includes(name)).slice(0, 12)
  const known = new Set(near.map(({ personId }) => personId))
  const others = name && !host.personId ? (data?.items ?? []).filter(({ personId }) => !known.has(personId)) : []
  const options = [
    ...near.map((person) => ({ value: person.name ?? '', key: person.personId, label: person.name, units: '' })),
    ...others.slice(0, 12).map((person) => ({
      value: person.name ?? '',
      key: person.personId,
      label: person.name,
      units: person.units.map((unit) => unit.name).join('、'),
    })),
  ]
  return (
    <>
      <AutoComplete
        id="activity-host"
        className="field-short"
        placeholder={t('hint.host')}
        value={host.name}
        options={options}
        optionRender={({ data: option }) => (
          <span className="spread">
            <span>{option.label}</span>
            <span className="note">{option.units}</span>
          </span>
        )}
        onChange={(typed: string) => onChange({ host: { name: typed ?? '' } })}
        onSelect={(value, option) => onChange({ host: { personId: option.key, name: value } })}
      />
      {name !== '' && !host.personId && <span className="note">{t('note.outsider')}</span>}
    </>
  )
}
