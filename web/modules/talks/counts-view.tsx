import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { countTalks } from '../../../src/modules/talks/talk.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere } from '../../ui/messages.tsx'
import { PageBody } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { useKindWords } from '../activities/kinds.ts'
import { Masked } from './list-view.tsx'

type Counted = OutputOf<typeof countTalks>['kinds'][number]

function Count({ number, sessions }: { number: number | null; sessions: number | null }) {
  const { t } = useTranslation('talks')
  const formats = useFormats()
  if (number === null) return <Masked />
  if (number === 0 && !sessions) return <span className="note">0</span>
  return (
    <>
      {formats.count(number)}
      {sessions !== null && <span className="note"> {t('counts.sessions', { count: sessions })}</span>}
    </>
  )
}

function useColumns(year: number): Column<Counted>[] {
  const { t } = useTranslation('talks')
  const formats = useFormats()
  const words = useKindWords()
  const months = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`)
  return [
    { key: 'kind', title: t('counts.kind'), width: 172, render: ({ kind }) => words.talk(kind) },
    ...months.map(
      (month): Column<Counted> => ({
        key: month,
        title: formats.month(`${month}-01`),
        width: 66,
        align: 'right',
        render: (row) => {
          const found = row.months.find((one) => one.month === month)
          return <Count number={found ? found.number : 0} sessions={found?.sessions ?? null} />
        },
      }),
    ),
    {
      key: 'total',
      title: t('counts.total'),
      width: 92,
      align: 'right',
      render: ({ total, sessions }) => <Count number={total} sessions={sessions} />,
    },
  ]
}

/** Talks of a year by kind and month: numbers only, small ones not shown. */
export function CountsView({ year, onYear }: { year: number; onYear: (year: number) => void }) {
  const { t } = useTranslation('talks')
  const formats = useFormats()
  const { data, error, isPending, refetch } = useQueryOf(countTalks, { year })
  const columns = useColumns(year)
  const thisYear = Number(formats.today.slice(0, 4))
  const hidden = data?.kinds.some(({ total, months }) => total === null || months.some(({ number }) => number === null))
  const groups = (['pair', 'number', 'group'] as const).map((shape) => ({
    key: shape,
    name: t(`counts.shape.${shape}`),
    rows: (data?.kinds ?? []).filter((kind) => kind.shape === shape),
  }))
  return (
    <>
      <div className="filter-bar">
        <label className="note" htmlFor="talk-year">
          {t('counts.year')}
        </label>
        <Select
          id="talk-year"
          size="small"
          value={year}
          options={Array.from({ length: 6 }, (_, back) => ({ value: thisYear - back, label: String(thisYear - back) }))}
          onChange={onYear}
        />
      </div>
      <PageBody mode="fill">
        {error ? (
          <ErrorHere error={error} retry={() => void refetch()} />
        ) : (
          <PrintFrame kind="list" title={t('counts.caption', { year })}>
            <Table
              name={t('counts.caption', { year })}
              columns={columns}
              groups={groups.filter(({ rows }) => rows.length > 0)}
              rowKey={({ kind }) => kind}
              rowName={({ kind }) => kind}
              loading={isPending}
              counts={t(hidden ? 'counts.note' : 'counts.whole')}
            />
          </PrintFrame>
        )}
      </PageBody>
    </>
  )
}
