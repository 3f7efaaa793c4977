import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { listHours, workbookOfHours } from '../../../src/modules/obligations/hours.contract.ts'
import { fileAddress, type OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ListFrame } from '../../ui/list-frame.tsx'
import type { Column, Group } from '../../ui/table.tsx'
import { PersonPanel } from './person-panel.tsx'
import type { StudySearch } from './search.ts'
import { StandCell } from './stands.tsx'

type Row = OutputOf<typeof listHours>['items'][number]

/** The rules that ask something of anybody on the list, in the order in which they first stand there. */
function rulesOf(rows: readonly Row[]) {
  const rules = new Map<string, Row['rules'][number]>()
  for (const row of rows) for (const stand of row.rules) if (!rules.has(stand.rule)) rules.set(stand.rule, stand)
  return [...rules.values()].toSorted(
    (a, b) => a.windowFrom.localeCompare(b.windowFrom) || a.rule.localeCompare(b.rule),
  )
}

function useColumns(rows: readonly Row[]): Column<Row>[] {
  const { t } = useTranslation('study')
  const { language } = useFormats()
  return [
    {
      key: 'name',
      title: t('persons.name'),
      width: 132,
      render: ({ name }) => <b className="name">{name ?? t('erased')}</b>,
    },
    ...rulesOf(rows).map(
      ({ rule, words }): Column<Row> => ({
        key: rule,
        title: words[language],
        width: 190,
        render: (row) => {
          const stand = row.rules.find((one) => one.rule === rule)
          return stand ? <StandCell stand={stand} /> : <span className="note">{t('persons.notAsked')}</span>
        },
      }),
    ),
    { key: 'rest', title: '', render: () => null },
  ]
}

/** Hours of those whom the reader may see, by branch in the organisation's order; no sums beside a name, no sorting. */
export function PersonsView({
  year,
  search,
  move,
}: {
  year: number
  search: StudySearch
  move: (next: StudySearch) => void
}) {
  const { t } = useTranslation('study')
  const read = useQueryOf(listHours, { year, limit: 500 })
  const all = read.data?.items ?? []
  const rows = all.filter(({ unitId }) => !search.unit || unitId === search.unit)
  const columns = useColumns(all)
  const units = new Map(all.flatMap(({ unitId, unitName }) => (unitId ? [[unitId, unitName ?? ''] as const] : [])))
  const groups = [...Map.groupBy(rows, ({ unitId }) => unitId)].map(
    ([unitId, members]): Group<Row> => ({
      key: unitId ?? '-',
      name: members[0]?.unitName ?? t('persons.noUnit'),
      words: t('persons.count', { count: members.length }),
      rows: members,
    }),
  )
  return (
    <ListFrame
      title={t('persons.caption', { year })}
      read={read}
      bar={{
        filters: [
          {
            key: 'unit',
            label: t('persons.unit'),
            value: search.unit ?? '',
            choices: [...units].map(([value, label]) => ({ value, label })),
          },
        ],
        onFilter: (_, unit) => move({ unit: unit || undefined }),
        onClear: () => move({ unit: undefined }),
        extra: (
          <>
            <span className="note">{t('persons.order')}</span>
            <Button
              icon={<DownloadOutlined />}
              href={fileAddress(workbookOfHours, { year, ...(search.unit ? { unitId: search.unit } : {}) })}
              download
            >
              {t('persons.workbook')}
            </Button>
          </>
        ),
      }}
      aside={
        search.person && (
          <PersonPanel
            key={search.person}
            personId={search.person}
            year={year}
            onClose={() => move({ person: undefined })}
          />
        )
      }
      columns={columns}
      groups={groups}
      rowKey={({ personId }) => personId}
      rowName={({ name }) => name ?? t('erased')}
      onOpen={({ personId }) => move({ person: personId })}
      {...(search.person ? { current: search.person } : {})}
      counts={read.data && t('persons.shown', { count: rows.length })}
      empty={{ title: t('persons.none'), why: t('persons.noneWhy') }}
    />
  )
}
