import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findPersons } from '../../../src/modules/organisation/person.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'

/** Somebody of the bureau, with the words that tell two of one name apart. */
export type Chosen = { personId: string; name: string }

/** Chooses a person by part of the name; namesakes are told apart by their units. */
export function PersonField({
  id,
  value,
  onChange,
  on,
  without,
}: {
  id: string
  value: Chosen | null
  onChange: (person: Chosen | null) => void
  /** The day on which the person stands in his units; today when absent. */
  on?: string
  /** A person who cannot be chosen. */
  without?: string | null
}) {
  const { t } = useTranslation('organisation')
  const [typed, type] = useState('')
  const name = typed.trim()
  const { data, isFetching } = useQueryOf(findPersons, { name, ...(on ? { on } : {}) }, { enabled: name !== '' })
  const found = name ? (data?.items ?? []).filter(({ personId }) => personId !== without) : []
  const options = found.slice(0, 20).map((person) => ({
    value: person.personId,
    label: person.name ?? '',
    units: person.units.map((unit) => unit.name).join('、'),
  }))
  const chosen = value && !options.some((option) => option.value === value.personId)
  return (
    <Select
      id={id}
      className="field-person"
      allowClear
      showSearch={{ filterOption: false, onSearch: type }}
      placeholder={t('person.hint')}
      notFoundContent={name === '' ? t('person.type') : isFetching ? t('person.looking') : t('person.nobody')}
      value={value?.personId ?? null}
      options={chosen ? [{ value: value.personId, label: value.name, units: '' }, ...options] : options}
      optionRender={({ data: option }) => (
        <span className="person-option">
          <span>{option.label}</span>
          <span className="note">{option.units}</span>
        </span>
      )}
      onChange={(personId: string | null | undefined, option) => {
        const label = option && !Array.isArray(option) ? option.label : ''
        onChange(personId ? { personId, name: label ?? '' } : null)
      }}
    />
  )
}
