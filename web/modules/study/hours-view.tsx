import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getHours } from '../../../src/modules/obligations/hours.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { Panel } from '../../ui/page.tsx'
import { useKindWords } from '../activities/kinds.ts'
import { type Hours, StandRows, useAmount } from './stands.tsx'

type ViewProps = {
  /** Whose hours; the reader's own when absent. */
  personId?: string
  year: number
  rule: string | undefined
  onRule: (rule: string | undefined) => void
}

/** Study and training hours of one person: each rule that asks something of him, and the records that were added up. */
export function HoursView({ personId, year, rule, onRule }: ViewProps) {
  const { t } = useTranslation('study')
  const { data, error, isPending, refetch } = useQueryOf(getHours, { year, ...(personId ? { personId } : {}) })
  if (error) return <ErrorHere error={error} retry={() => void refetch()} />
  if (isPending || !data) return <LoadingRows rows={6} />
  return (
    <>
      <Panel title={t('rules.title')} count={data.rules.length} note={t('rules.note')} flush>
        {data.rules.length === 0 ? (
          <EmptyState title={t('rules.none')} why={t('rules.noneWhy')} />
        ) : (
          <StandRows stands={data.rules} chosen={rule} onChoose={onRule} />
        )}
      </Panel>
      <Records hours={data} rule={rule} onRule={onRule} />
    </>
  )
}

function Records({ hours, rule, onRule }: { hours: Hours; rule: string | undefined; onRule: ViewProps['onRule'] }) {
  const { t } = useTranslation('study')
  const { language } = useFormats()
  const amount = useAmount()
  const stand = hours.rules.find((one) => one.rule === rule)
  const nameOf = (id: string) => hours.rules.find((one) => one.rule === id)?.words[language] ?? id
  const lines = stand
    ? [
        ...stand.opening.map((one) => ({
          ...one,
          activityId: null,
          kind: null,
          says: amount(one.amount, stand.of),
          for: '',
        })),
        ...stand.records.map((one) => ({ ...one, says: amount(one.amount, stand.of), for: '' })),
      ]
    : hours.records.map((one) => ({
        ...one,
        says: one.hours === null ? t('records.unsaid') : amount(one.hours, 'hours'),
        for: one.rules.map(nameOf).join(t('comma')),
      }))
  return (
    <Panel
      title={stand ? t('records.counted', { rule: stand.words[language] }) : t('records.year', { year: hours.year })}
      count={lines.length}
      extra={
        stand && (
          <button type="button" className="link" onClick={() => onRule(undefined)}>
            {t('records.all')}
          </button>
        )
      }
      flush
    >
      {lines.length === 0 ? (
        <EmptyState title={t('records.none')} why={t('records.noneWhy')} />
      ) : (
        <table className="table hours-records">
          <thead>
            <tr>
              <th scope="col">{t('records.on')}</th>
              <th scope="col">{t('records.what')}</th>
              <th scope="col" className="right">
                {t('records.hours')}
              </th>
              {!stand && <th scope="col">{t('records.for')}</th>}
            </tr>
          </thead>
          <tbody>
            {lines
              .toSorted((a, b) => b.on.localeCompare(a.on))
              .map((line) => (
                <Line key={`${line.on} ${line.activityId} ${line.kind} ${line.says}`} line={line} wide={!stand} />
              ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

type LineShown = { activityId: string | null; kind: string | null; on: string; says: string; for: string }

function Line({ line, wide }: { line: LineShown; wide: boolean }) {
  const { t } = useTranslation('study')
  const formats = useFormats()
  const words = useKindWords()
  const name =
    line.kind === null ? t('records.opening', { day: formats.day(line.on, { year: true }) }) : words.activity(line.kind)
  return (
    <tr>
      <td>{formats.day(line.on)}</td>
      <td>
        {line.activityId ? (
          <Link to="/activities/$activityId" params={{ activityId: line.activityId }}>
            {name}
          </Link>
        ) : (
          <span title={line.kind === null ? undefined : t('records.stub')}>{name}</span>
        )}
      </td>
      <td className="right">{line.says}</td>
      {wide && <td className="support">{line.for || t('records.nothing')}</td>}
    </tr>
  )
}
