import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listTalks } from '../../../src/modules/talks/talk.contract.ts'
import { type ApiError, call, type OutputOf } from '../../lib/client.ts'
import { shiftMonth } from '../../lib/day-text.ts'
import { useFormats } from '../../lib/session.tsx'
import { type Filter, FilterBar } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere, NoResult } from '../../ui/messages.tsx'
import { PageBody, Tag } from '../../ui/page.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { useKindWords } from '../activities/kinds.ts'
import { ChangeDialog } from './change-dialog.tsx'
import { talkKinds } from './kinds.ts'
import { RecordPanel } from './record-panel.tsx'
import { periods, type TalksSearch } from './search.ts'

/** One talk as the reader may see it. */
export type Talk = OutputOf<typeof listTalks>['items'][number]

/** First and last month of a stretch, seen from a day. */
function monthsOf(period: (typeof periods)[number], today: string): { from: string; to: string } {
  const month = today.slice(0, 7)
  const year = Number(today.slice(0, 4)) - (period === 'previous' ? 1 : 0)
  if (period === 'month') return { from: month, to: month }
  if (period === 'quarter') return { from: shiftMonth(month, -2), to: month }
  return { from: `${year}-01`, to: `${year}-12` }
}

/** A number that is too small to be shown says so, and why. */
export function Masked() {
  const { t } = useTranslation('talks')
  return (
    <span className="note" title={t('list.maskedWhy')}>
      {t('list.masked')}
      <span className="unseen">{t('list.maskedWhy')}</span>
    </span>
  )
}

/** Who talked with whom, or for which audience. */
function useWho() {
  const { t } = useTranslation('talks')
  const words = useKindWords()
  return ({ shape, audience, initiator, counterpart, day }: Talk) => {
    if (shape === 'number') return audience ? words.audience(audience) : ''
    const name = (person: Talk['initiator']) => (person ? (person.name ?? t('list.erased')) : '')
    if (shape === 'group') return name(initiator)
    if (!initiator && !counterpart && !day) return <span className="note">{t('list.emptied')}</span>
    return t('list.pair', { initiator: name(initiator) || '—', counterpart: name(counterpart) || '—' })
  }
}

function useColumns(onAct: (talk: Talk, act: 'correct' | 'withdraw') => void): Column<Talk>[] {
  const { t } = useTranslation(['talks', 'activities'])
  const formats = useFormats()
  const words = useKindWords()
  const who = useWho()
  const english = formats.language === 'en'
  const monthOf = (month: string) =>
    month.slice(0, 4) === formats.today.slice(0, 4)
      ? formats.month(month)
      : english
        ? `${formats.month(month)} ${month.slice(0, 4)}`
        : formats.monthOfYear(month)
  return [
    {
      key: 'when',
      title: t('list.when'),
      width: english ? 92 : 128,
      render: ({ day, month }) => <span className="keep">{day ? formats.day(day) : monthOf(month)}</span>,
    },
    { key: 'kind', title: t('list.kind'), width: english ? 132 : 118, render: ({ kind }) => words.talk(kind) },
    { key: 'who', title: t('list.who'), width: english ? 148 : 176, render: who },
    { key: 'unit', title: t('list.unit'), width: english ? 92 : 96, support: true, render: ({ unitName }) => unitName },
    {
      key: 'number',
      title: t('list.number'),
      width: 66,
      align: 'right',
      render: ({ shape, number, masked }) =>
        shape === 'pair' ? '' : masked ? <Masked /> : number === null ? '' : t('list.people', { count: number }),
    },
    {
      key: 'marks',
      title: t('list.marks'),
      width: english ? 104 : 88,
      render: ({ mark, withdrawn }) => (
        <span className="marks">
          {mark && <Tag>{t(`activities:mark.${mark}`)}</Tag>}
          {withdrawn && <Tag>{t('activities:mark.withdrawn')}</Tag>}
        </span>
      ),
    },
    {
      key: 'act',
      title: t('list.act'),
      width: english ? 146 : 100,
      render: (talk) =>
        talk.mayChange &&
        !talk.withdrawn && (
          <span className="row-acts">
            <button type="button" className="link" onClick={() => onAct(talk, 'correct')}>
              {t('list.correct')}
            </button>
            <button type="button" className="link" onClick={() => onAct(talk, 'withdraw')}>
              {t('list.withdraw')}
            </button>
          </span>
        ),
    },
  ]
}

function useFilters(search: TalksSearch): Filter[] {
  const { t } = useTranslation('talks')
  const words = useKindWords()
  return [
    {
      key: 'kind',
      label: t('list.kind'),
      value: search.kind ?? '',
      choices: talkKinds().map(({ id }) => ({ value: id, label: words.talk(id) })),
    },
    {
      key: 'period',
      label: t('list.period'),
      value: search.period ?? '',
      choices: periods.map((period) => ({ value: period, label: t(`period.${period}`) })),
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

/** Pages of the list that an address asks for, one cursor after the other. */
export function talkPages(search: TalksSearch, today: string) {
  const input = {
    limit: 50,
    ...(search.kind ? { kind: search.kind } : {}),
    ...(search.period ? monthsOf(search.period, today) : {}),
    ...(search.withdrawn ? { withdrawn: true } : {}),
  }
  return infiniteQueryOptions<OutputOf<typeof listTalks>, ApiError>({
    queryKey: [listTalks.name, input, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listTalks, { ...input, ...(pageParam ? { cursor: pageParam as string } : {}) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
  })
}

/** The talks that the reader may see, with the panel that records one. */
export function ListView({ search, onSearch }: { search: TalksSearch; onSearch: (search: TalksSearch) => void }) {
  const { t } = useTranslation('talks')
  const { today } = useFormats()
  const [changing, change] = useState<{ talk: Talk; act: 'correct' | 'withdraw' }>()
  const filters = useFilters(search)
  const columns = useColumns((talk, act) => change({ talk, act }))
  const lines = useInfiniteQuery(talkPages(search, today))
  const rows = lines.data?.pages.flatMap(({ items }) => items) ?? []
  const total = lines.data?.pages[0]?.total ?? 0
  const filtered = filters.filter(({ value }) => value !== '')
  const clear = () => onSearch({})
  const setFilter = (key: string, value: string) => {
    const { [key as keyof TalksSearch]: _, ...rest } = search
    onSearch(value ? { ...rest, [key]: key === 'withdrawn' ? true : value } : rest)
  }
  const said = filtered.map(
    ({ label, value, choices }) => `${label}：${choices.find((one) => one.value === value)?.label}`,
  )
  return (
    <>
      <FilterBar filters={filters} onFilter={setFilter} onClear={clear} />
      <PageBody mode="fill" aside={<RecordPanel />}>
        {lines.error ? (
          <ErrorHere error={lines.error} retry={() => void lines.refetch()} />
        ) : (
          <Table
            name={t('title')}
            columns={columns}
            rows={rows}
            rowKey={({ talkId }) => talkId}
            rowName={({ talkId }) => talkId}
            loading={lines.isPending}
            counts={
              rows.length > 0 && (
                <>
                  {t('list.shown', { count: total, shown: rows.length })}
                  {lines.hasNextPage && (
                    <Button size="small" loading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
                      {t('list.more')}
                    </Button>
                  )}
                </>
              )
            }
            empty={
              filtered.length > 0 ? (
                <NoResult filters={said.join('、')} onClear={clear} />
              ) : (
                <EmptyState title={t('list.empty')} why={t('list.emptyWhy')} />
              )
            }
          />
        )}
      </PageBody>
      {changing && (
        <ChangeDialog key={`${changing.talk.talkId} ${changing.act}`} {...changing} onClose={() => change(undefined)} />
      )}
    </>
  )
}
