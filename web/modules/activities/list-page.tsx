import { DownloadOutlined } from '@ant-design/icons'
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { Session } from '../../../src/modules/accounts/session.contract.ts'
import { listActivities, workbookOfActivities } from '../../../src/modules/activities/activity.contract.ts'
import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import type { Arrive } from '../../lib/arrival.ts'
import { type ApiError, call, fileAddress, type OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { type Filter, FilterBar } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere, NoResult } from '../../ui/messages.tsx'
import { PageBody, PageHead } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { ImportDialog } from './import-dialog.tsx'
import { activityKinds, useKindWords } from './kinds.ts'
import { daysOf, periods } from './periods.ts'
import { Marks } from './record-parts.tsx'
import { activitiesSearch } from './search.ts'
import './activities.css'

type Line = OutputOf<typeof listActivities>['items'][number]

type ListSearch = z.output<typeof activitiesSearch>

function useColumns(): Column<Line>[] {
  const { t } = useTranslation('activities')
  const formats = useFormats()
  const words = useKindWords()
  const english = formats.language === 'en'
  return [
    {
      key: 'day',
      title: t('list.day'),
      width: 132,
      render: ({ happenedOn }) => <span className="keep">{formats.day(happenedOn)}</span>,
    },
    { key: 'kind', title: t('list.kind'), width: english ? 190 : 136, render: ({ kind }) => words.activity(kind) },
    { key: 'unit', title: t('list.unit'), width: 148, support: true, render: ({ unitName }) => unitName },
    {
      key: 'title',
      title: t('list.titleColumn'),
      render: ({ title, activityId }) => (
        <Link to="/activities/$activityId" params={{ activityId }} lang="zh-CN">
          {title ?? t('list.untitled')}
        </Link>
      ),
    },
    {
      key: 'hours',
      title: t('list.hours'),
      width: 64,
      align: 'right',
      support: true,
      render: ({ hours }) => hours ?? '',
    },
    {
      key: 'attendance',
      title: t('list.attendance'),
      width: english ? 130 : 92,
      align: 'right',
      render: ({ present, expected }) =>
        present === null ? '' : `${formats.count(present)}/${expected === null ? '—' : formats.count(expected)}`,
    },
    { key: 'marks', title: t('list.marks'), width: english ? 130 : 96, render: (line) => <Marks {...line} /> },
  ]
}

/** The filters with their values and choices. */
function useFilters(search: ListSearch): Filter[] {
  const { t } = useTranslation('activities')
  const words = useKindWords()
  const { data: tree } = useQueryOf(unitTree, {})
  return [
    {
      key: 'unitId',
      label: t('list.unit'),
      value: search.unitId ?? '',
      choices: (tree?.items ?? []).map(({ unitId, name }) => ({ value: unitId, label: name ?? '' })),
    },
    {
      key: 'kind',
      label: t('list.kind'),
      value: search.kind ?? '',
      choices: activityKinds().map(({ id }) => ({ value: id, label: words.activity(id) })),
    },
    {
      key: 'period',
      label: t('list.period'),
      value: search.period ?? '',
      choices: periods.map((period) => ({ value: period, label: t(`period.${period}`) })),
    },
    {
      key: 'entry',
      label: t('list.entry'),
      value: search.entry ?? '',
      choices: [
        { value: 'late', label: t('list.late') },
        { value: 'on-time', label: t('list.onTime') },
      ],
    },
    {
      key: 'withdrawn',
      label: t('list.status'),
      value: search.withdrawn ? 'true' : '',
      every: t('list.current'),
      choices: [{ value: 'true', label: t('list.withdrawn') }],
    },
  ]
}

/** What the address asks for; a member sees where he was himself. */
function inputOf(search: ListSearch, today: string, onlyMember: boolean) {
  return {
    ...(search.kind ? { kind: search.kind } : {}),
    ...(search.unitId ? { unitId: search.unitId } : {}),
    ...(search.period ? daysOf(search.period, today) : {}),
    ...(search.entry ? { late: search.entry === 'late' } : {}),
    ...(search.withdrawn ? { withdrawn: true } : {}),
    ...(onlyMember ? { attendedByMe: true } : {}),
  }
}

/** Pages of the list, one cursor after the other. */
function pagesOf(input: ReturnType<typeof inputOf>) {
  return infiniteQueryOptions<OutputOf<typeof listActivities>, ApiError>({
    queryKey: [listActivities.name, input, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listActivities, { ...input, limit: 50, ...(pageParam ? { cursor: pageParam as string } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

const isOnlyMember = (session: Session | null) => session?.roles.every((role) => role === 'member') ?? false

/** Begins the reads of the list. */
export const arrive: Arrive = ({ session, search, begin, client }) => {
  const asked = activitiesSearch.safeParse(search)
  if (!asked.success) return
  void client.prefetchInfiniteQuery(pagesOf(inputOf(asked.data, session.today, isOnlyMember(session))))
  begin(unitTree, {})
}

function useLines(search: ListSearch) {
  const { today } = useFormats()
  const onlyMember = isOnlyMember(useSession())
  const input = inputOf(search, today, onlyMember)
  const lines = useInfiniteQuery(pagesOf(input))
  return { lines, onlyMember, workbook: fileAddress(workbookOfActivities, input) }
}

/** The list of activities, newest first, by unit, kind, period and time of entry. */
export function ActivitiesPage() {
  const { t } = useTranslation('activities')
  const navigate = useNavigate()
  const session = useSession()
  const search = useSearch({ strict: false }) as ListSearch
  const [importing, showImport] = useState(false)
  const { lines, onlyMember, workbook } = useLines(search)
  const filters = useFilters(search)
  const columns = useColumns()
  const keeps = session?.roles.some((role) =>
    ['office', 'branch-secretary', 'branch-officer', 'department-head'].includes(role),
  )
  const rows = lines.data?.pages.flatMap(({ items }) => items) ?? []
  const total = lines.data?.pages[0]?.total ?? 0
  const filtered = filters.filter(({ value }) => value !== '')
  const said = filtered.map(
    ({ label, value, choices }) => `${label}：${choices.find((choice) => choice.value === value)?.label ?? ''}`,
  )
  const go = (next: ListSearch) => void navigate({ to: '/activities', search: next, replace: true })
  const setFilter = (key: string, value: string) => {
    const { [key as keyof ListSearch]: _, ...rest } = search
    go(value ? { ...rest, [key]: key === 'withdrawn' ? true : value } : rest)
  }
  const clear = () => go({})
  return (
    <>
      <PageHead
        title={t('title')}
        sentence={lines.data && t(onlyMember ? 'list.attended' : 'list.total', { count: total })}
        actions={
          <>
            <Button icon={<DownloadOutlined />} href={workbook} download>
              {t('list.workbook')}
            </Button>
            {keeps && (
              <>
                <Button onClick={() => showImport(true)}>{t('several')}</Button>
                <Button type="primary" onClick={() => void navigate({ to: '/activities/new' })}>
                  {t('newTitle')}
                </Button>
              </>
            )}
          </>
        }
      />
      <FilterBar filters={filters} onFilter={setFilter} onClear={clear} />
      <PageBody mode="fill">
        {lines.error ? (
          <ErrorHere error={lines.error} retry={() => void lines.refetch()} />
        ) : (
          <PrintFrame kind="list" title={t('title')} filters={said.join(' ')}>
            <Table
              name={t('title')}
              columns={columns}
              rows={rows}
              rowKey={({ activityId }) => activityId}
              rowName={({ title, activityId }) => title ?? activityId}
              onOpen={({ activityId }) => void navigate({ to: '/activities/$activityId', params: { activityId } })}
              loading={lines.isPending}
              counts={
                rows.length > 0 && (
                  <span className="list-more">
                    {t('list.shown', { count: total, shown: rows.length })}
                    {lines.hasNextPage && (
                      <Button
                        size="small"
                        loading={lines.isFetchingNextPage}
                        onClick={() => void lines.fetchNextPage()}
                      >
                        {t('list.more')}
                      </Button>
                    )}
                  </span>
                )
              }
              empty={
                filtered.length > 0 ? (
                  <NoResult filters={said.join('、')} onClear={clear} />
                ) : (
                  <EmptyState
                    title={t('list.empty')}
                    why={t('list.emptyWhy')}
                    verb={keeps && <Link to="/activities/new">{t('newTitle')}</Link>}
                  />
                )
              }
            />
          </PrintFrame>
        )}
      </PageBody>
      <ImportDialog open={importing} onClose={() => showImport(false)} />
    </>
  )
}
