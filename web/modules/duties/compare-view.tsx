import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { DutyStatus } from '../../../src/core/duties/status.ts'
import { compareLists } from '../../../src/modules/duties/list.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere } from '../../ui/messages.tsx'
import { PageBody, Tag } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import type { StateName } from '../../ui/states.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { changes } from './search.ts'

type Item = z.output<typeof compareLists.output>['items'][number]
type Side = NonNullable<Item['now']>
type Change = (typeof changes)[number]

const stateOfStatus: Record<DutyStatus, StateName> = {
  draft: 'notdue',
  issued: 'notdue',
  'taken-on': 'progress',
  declined: 'returned',
  'in-progress': 'progress',
  submitted: 'awaiting',
  returned: 'returned',
  closed: 'done',
  suspended: 'excused',
  withdrawn: 'excused',
}

function SideState({ side }: { side: Side | null }) {
  const { t } = useTranslation('duties')
  if (!side) return null
  const status = side.status as DutyStatus
  if (side.late) {
    const closed = status === 'closed'
    return <StateTag state={closed ? 'goodlate' : 'late'}>{t(closed ? 'mark.made-good-late' : 'mark.late')}</StateTag>
  }
  return <StateTag state={stateOfStatus[status]}>{t(`status.${status}`)}</StateTag>
}

function SideTitle({ side, year }: { side: Side | null; year: number }) {
  const { t } = useTranslation('duties')
  if (!side) return <span className="note">–</span>
  return (
    <Link to="/duties/$no" params={{ no: String(side.no) }} search={{ year }} className="duty-link" lang="zh-CN">
      {t('compare.noWithTitle', { no: side.no, title: side.title || t('erased') })}
    </Link>
  )
}

/** This year's list against an earlier one: what is new, kept, dropped, and what was never closed. */
export function CompareView({
  year,
  against,
  change,
  onChange,
}: {
  year: number
  against: number
  change: Change | undefined
  onChange: (change: Change | undefined) => void
}) {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  const { data, error, isLoading } = useQueryOf(compareLists, { year, againstYear: against })
  const rows = (data?.items ?? []).filter((item) =>
    change === undefined ? true : change === 'neverClosed' ? item.neverClosed : item.change === change,
  )
  const chinese = formats.language === 'zh'
  const columns: Column<Item>[] = [
    {
      key: 'change',
      title: t('compare.change'),
      width: chinese ? 108 : 150,
      render: (item) => (
        <span className="compare-tags">
          <Tag>{t(`compare.${item.change}`)}</Tag>
          {item.neverClosed && <Tag>{t('compare.neverClosed')}</Tag>}
        </span>
      ),
    },
    { key: 'now', title: t('compare.now', { year }), render: (item) => <SideTitle side={item.now} year={year} /> },
    {
      key: 'before',
      title: t('compare.before', { year: against }),
      render: (item) => <SideTitle side={item.before} year={against} />,
    },
    {
      key: 'lead',
      title: t('compare.lead'),
      width: 116,
      support: true,
      render: (item) => <span lang="zh-CN">{(item.now ?? item.before)?.leadUnit?.name}</span>,
    },
    {
      key: 'state',
      title: t('compare.state'),
      width: chinese ? 116 : 172,
      render: (item) => <SideState side={item.now} />,
    },
    {
      key: 'stateBefore',
      title: t('compare.stateBefore'),
      width: chinese ? 116 : 172,
      render: (item) => <SideState side={item.before} />,
    },
  ]
  const counts = data && { ...data.counts, all: data.items.length }
  return (
    <>
      <TabsWithCounts
        name={t('compare.tabs')}
        value={change ?? 'all'}
        onChange={(key) => onChange(key === 'all' ? undefined : key)}
        tabs={(['all', ...changes] as const).map((key) => ({
          key,
          label: t(`compare.${key}`),
          ...(counts ? { count: counts[key] } : {}),
        }))}
      />
      <div className="list-gap" />
      <PageBody mode="fill">
        {error ? (
          <ErrorHere error={error} />
        ) : (
          <PrintFrame kind="list" title={t('title')} under={t('compare.sentence', { year, before: against })}>
            <Table
              name={t('compare.sentence', { year, before: against })}
              columns={columns}
              rows={rows}
              rowKey={(item) => `${item.now?.id ?? ''}/${item.before?.id ?? ''}`}
              rowName={(item) => (item.now ?? item.before)?.title ?? ''}
              loading={isLoading}
              empty={<EmptyState title={t('compare.none')} why={t('compare.noneNote')} />}
            />
          </PrintFrame>
        )}
      </PageBody>
    </>
  )
}
