import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { outcomes } from '../../../src/core/rules/obligation.ts'
import { listObligations, matrixObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import { type ApiError, call, type OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { FilterBar } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere, NoResult } from '../../ui/messages.tsx'
import { PageBody, Tag } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { ExplainPanel } from './explain-panel.tsx'
import type { Move } from './obligations-page.tsx'
import type { ObligationsSearch, ObligationTab } from './search.ts'
import { stateOf } from './stand.ts'
import { StatementsPanel } from './statements-panel.tsx'
import { type Owed, ruleInTab, unitInTab } from './tab-rules.ts'

/** Rows below which the next page is read by itself. */
const SHORT = 60

type ViewProps = { year: number; tab: ObligationTab; search: ObligationsSearch; move: Move }

function useColumns(): Column<Owed>[] {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  return [
    {
      key: 'what',
      title: t('list.what'),
      render: ({ words, unconfirmed }) => (
        <>
          {words[formats.language]} {unconfirmed && <Tag>{t('unconfirmed')}</Tag>}
        </>
      ),
    },
    { key: 'who', title: t('list.who'), width: 168, render: ({ subject }) => subject.name ?? t('erased') },
    {
      key: 'window',
      title: t('list.window'),
      width: 214,
      support: true,
      render: ({ windowFrom, windowTo }) => formats.range(windowFrom, windowTo),
    },
    { key: 'due', title: t('list.due'), width: 116, render: ({ dueOn }) => formats.day(dueOn) },
    {
      key: 'have',
      title: t('list.have'),
      width: 92,
      align: 'right',
      // Sums of persons do not stand beneath each other; the panel of one says his.
      render: ({ counted, needed, subject }) =>
        subject.type === 'person'
          ? ''
          : t('list.of', { counted: formats.count(counted), needed: formats.count(needed) }),
    },
    {
      key: 'state',
      title: t('list.state'),
      width: 150,
      render: (owed) => {
        const state = stateOf(owed, formats.today)
        return <StateTag state={state}>{t(`state.${state}`)}</StateTag>
      },
    },
  ]
}

/** What is owed as rows, by outcome and rule; a row opens its reasons. */
export function ListView({ year, tab, search, move }: ViewProps) {
  const { t } = useTranslation('obligations')
  const columns = useColumns()
  const [stated, showStated] = useState(false)
  const input = {
    limit: 500,
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    ...(search.outcome ? { outcome: [search.outcome] } : {}),
    ...(search.rule ? { rule: search.rule } : {}),
    ...(search.unit ? { unitId: search.unit } : {}),
  }
  const lines = useInfiniteQuery<OutputOf<typeof listObligations>, ApiError>({
    queryKey: [listObligations.name, input, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listObligations, { ...input, ...(pageParam ? { cursor: pageParam as string } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const all = lines.data?.pages.flatMap(({ items }) => items) ?? []
  const byUnit = tab === 'branches' || tab === 'groups'
  const units = useQueryOf(matrixObligations, { year, limit: 200 }, { enabled: byUnit })
  const kinds = new Map(units.data?.items.map(({ unitId, kind }) => [unitId, kind]))
  const rows = all.filter(
    ({ visibility, subject }) =>
      ruleInTab(visibility, tab) && (!byUnit || unitInTab(kinds.get(subject.unitId) ?? '', tab)),
  )
  // A tab shows part of what is owed; a page that holds little of it is followed by the next.
  const short = rows.length < SHORT && lines.hasNextPage && !lines.isFetching
  useEffect(() => {
    if (short) void lines.fetchNextPage()
  }, [short, lines.fetchNextPage])
  const filters = [
    {
      key: 'outcome',
      label: t('list.state'),
      value: search.outcome ?? '',
      choices: outcomes.map((one) => ({ value: one, label: t(`outcome.${one}`) })),
    },
  ]
  const handles = useSession()?.roles.includes('office') ?? false
  const aside =
    search.open !== undefined ? (
      <ExplainPanel key={search.open} obligationId={search.open} onClose={() => move({ open: undefined })} />
    ) : (
      // Opened by a click only: each look is written down.
      stated && tab === 'personal' && <StatementsPanel year={year} onClose={() => showStated(false)} />
    )
  return (
    <>
      <FilterBar
        filters={filters}
        onFilter={(_, value) => move({ outcome: value === '' ? undefined : (value as (typeof outcomes)[number]) })}
        onClear={() => move({ outcome: undefined, rule: undefined, unit: undefined })}
        extra={
          handles &&
          tab === 'personal' && (
            <Button
              onClick={() => {
                move({ open: undefined })
                showStated(true)
              }}
            >
              {t('statements.open')}
            </Button>
          )
        }
      />
      <PageBody mode="fill" asideKind="explain" aside={aside}>
        {lines.error ? (
          <ErrorHere error={lines.error} retry={() => void lines.refetch()} />
        ) : (
          <PrintFrame kind="list" title={t('list.caption', { year })}>
            <Table
              name={t('title')}
              columns={columns}
              rows={rows}
              rowKey={({ obligationId }) => obligationId}
              rowName={({ obligationId }) => obligationId}
              onOpen={({ obligationId }) => move({ open: obligationId })}
              {...(search.open ? { current: search.open } : {})}
              loading={lines.isPending}
              counts={
                rows.length > 0 && (
                  <>
                    {t('list.shown', { count: rows.length })}
                    {lines.hasNextPage && (
                      <Button
                        size="small"
                        loading={lines.isFetchingNextPage}
                        onClick={() => void lines.fetchNextPage()}
                      >
                        {t('list.more')}
                      </Button>
                    )}
                  </>
                )
              }
              empty={
                search.outcome ? (
                  <NoResult filters={t(`outcome.${search.outcome}`)} onClear={() => move({ outcome: undefined })} />
                ) : (
                  <EmptyState title={t(`none.${tab}`)} why={t('noneWhy')} />
                )
              }
            />
          </PrintFrame>
        )}
      </PageBody>
    </>
  )
}
