import { useTranslation } from 'react-i18next'
import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { Panel } from '../../ui/page.tsx'
import type { StateName } from '../../ui/states.ts'
import { Timeline } from '../../ui/timeline.tsx'
import { useKindWords } from './kinds.ts'
import { type Activity, useJoined } from './record-parts.tsx'

type Version = Activity['versions'][number]
type Change = Version['changes'][number]

const looks: Record<string, { state: StateName; word: 'wrote' | 'amended' | 'takenBack' | 'imported' }> = {
  'activity.record': { state: 'done', word: 'wrote' },
  'activity.amend': { state: 'progress', word: 'amended' },
  'activity.withdraw': { state: 'excused', word: 'takenBack' },
  'activity.import': { state: 'done', word: 'imported' },
}

const told = [
  'kind',
  'alsoKinds',
  'happenedOn',
  'unitId',
  'title',
  'hostId',
  'hostName',
  'hours',
  'expected',
  'voters',
  'present',
  'topics',
  'audience',
  'content',
  'proof',
  'countable',
  'fields',
  'withdrawn',
] as const
type Told = (typeof told)[number]

/** A changed value in words. */
function useValueWords(kind: string) {
  const { t } = useTranslation('activities')
  const words = useKindWords()
  const formats = useFormats()
  const joined = useJoined()
  const { data: tree } = useQueryOf(unitTree, {})
  return (field: string, value: unknown): string => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
      return t('record.emptyValue')
    if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no')
    if (Array.isArray(value))
      return joined(value.map((one) => (field === 'topics' ? words.topic : words.activity)(String(one))))
    if (typeof value === 'object')
      return joined(Object.entries(value).map(([id, one]) => `${words.field(kind, id)} ${String(one)}`))
    if (field === 'kind') return words.activity(String(value))
    if (field === 'happenedOn') return formats.day(String(value), { year: true })
    if (field === 'unitId') return tree?.items.find(({ unitId }) => unitId === value)?.name ?? String(value)
    if (field === 'audience') return words.audience(String(value))
    if (field.startsWith('attendance: ')) return words.status(String(value))
    return String(value)
  }
}

function ChangeLine({ change, kind }: { change: Change; kind: string }) {
  const { t } = useTranslation('activities')
  const value = useValueWords(kind)
  const { field, before, after } = change
  if (field === 'hostId' || field === 'withdrawn') return null
  const person = field.startsWith('attendance: ') ? field.slice('attendance: '.length) : undefined
  const name = person ?? ((told as readonly string[]).includes(field) ? t(`changed.${field as Told}`) : field)
  return <span>{t('record.change', { field: name, before: value(field, before), after: value(field, after) })}</span>
}

/** The versions of a record: who wrote each, when, for whom, why, and what it changed. */
export function History({ record }: { record: Activity }) {
  const { t } = useTranslation('activities')
  const events = [...record.versions].reverse().map((version) => {
    const look = looks[version.verb] ?? { state: 'done' as const, word: 'wrote' as const }
    const name = version.by ? (version.by.name ?? t('record.erased')) : ''
    return {
      key: String(version.version),
      at: version.at,
      state: look.state,
      who: (
        <>
          {name} {t(`record.${look.word}`)}
        </>
      ),
      ...(version.onBehalfOf
        ? { unit: t('record.onBehalf', { name: version.onBehalfOf.name ?? t('record.erased') }) }
        : {}),
      ...(version.by ? {} : { system: true }),
      text: (
        <>
          {version.reason && <span>{t('record.because', { reason: version.reason })}</span>}
          {version.changes.length > 0 && (
            <span className="history-changes support">
              {version.changes.map((change) => (
                <ChangeLine key={change.field} change={change} kind={record.kind} />
              ))}
            </span>
          )}
        </>
      ),
    }
  })
  return (
    <Panel title={t('record.history')} note={t('record.historyNote')}>
      <Timeline events={events} />
    </Panel>
  )
}
