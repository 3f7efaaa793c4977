import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { listReports } from '../../../src/modules/reports/report.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { isAbsent, useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere, NoRight } from '../../ui/messages.tsx'
import { PageBody, PageHead } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { useMayWrite } from './may-write.ts'
import './reports.css'

const route = getRouteApi('/inside/reports')
type Row = OutputOf<typeof listReports>['items'][number]
const views = ['all', 'draft', 'frozen', 'withdrawn'] as const
type Key = (typeof views)[number]

const stands = { draft: 'progress', frozen: 'done', withdrawn: 'excused' } as const

/** Drafts and frozen reports, newest first. */
export function ReportsPage() {
  const { state } = route.useSearch()
  const navigate = useNavigate()
  const { t } = useTranslation('reports')
  const mayWrite = useMayWrite()
  const columns = useColumns()
  const { data, error, refetch } = useQueryOf(listReports, { limit: 500 })
  const aside = useQueryOf(listReports, { limit: 500, state: 'withdrawn' })
  if (isAbsent(error)) return <NoRight />
  const all = data?.items ?? []
  const of = (key: Key) =>
    key === 'all' ? all : key === 'withdrawn' ? (aside.data?.items ?? []) : all.filter((row) => row.state === key)
  const rows = of(state ?? 'all')
  const tabs = views.map((key) => ({
    key,
    label: t(`list.${key}`),
    ...(data ? { count: of(key).length } : {}),
  }))
  const start = () => void navigate({ to: '/reports/new' })
  const open = (row: Row) =>
    void (row.reportId
      ? navigate({ to: '/reports/frozen/$reportId', params: { reportId: row.reportId } })
      : navigate({ to: '/reports/$draftId', params: { draftId: row.id } }))
  return (
    <>
      <PageHead
        title={t('list.title')}
        actions={
          mayWrite && (
            <Button type="primary" onClick={start}>
              {t('list.open')}
            </Button>
          )
        }
      />
      <TabsWithCounts<Key>
        name={t('list.views')}
        tabs={tabs}
        value={state ?? 'all'}
        onChange={(key) => void navigate({ to: '/reports', search: key === 'all' ? {} : { state: key } })}
      />
      <PageBody mode="fill">
        {error ? (
          <ErrorHere error={error} retry={() => void refetch()} />
        ) : (
          <div className="after-tabs">
            <Table
              name={t('list.rows')}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.id}
              rowName={(row) => row.title}
              onOpen={open}
              loading={!data}
              counts={data && t('list.count', { count: rows.length })}
              empty={
                <EmptyState
                  title={t('list.empty')}
                  why={t('list.emptyWhy')}
                  verb={mayWrite && <Button onClick={start}>{t('list.open')}</Button>}
                />
              }
            />
          </div>
        )}
      </PageBody>
    </>
  )
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('reports')
  const formats = useFormats()
  return [
    {
      key: 'title',
      title: t('list.name'),
      render: (row) => (
        <span className="name" lang="zh-CN">
          {row.title}
        </span>
      ),
    },
    { key: 'year', title: t('list.year'), width: 80, support: true, render: (row) => row.year },
    {
      key: 'period',
      title: t('list.period'),
      width: 230,
      support: true,
      render: (row) => formats.range(row.from, row.to),
    },
    {
      key: 'state',
      title: t('list.state'),
      width: 120,
      render: (row) => <StateTag state={stands[row.state]}>{t(`list.${row.state}`)}</StateTag>,
    },
    { key: 'at', title: t('list.at'), width: 150, support: true, render: (row) => formats.instant(row.at) },
    {
      key: 'last',
      title: t('list.last'),
      width: 150,
      support: true,
      render: (row) => {
        const last = row.withdrawnAt ?? row.frozenAt
        return last && formats.instant(last)
      },
    },
  ]
}
