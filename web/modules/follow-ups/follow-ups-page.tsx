import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { orderStatuses } from '../../../src/core/notices/follow-order.ts'
import { listOrders } from '../../../src/modules/notices/order.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ListFrame } from '../../ui/list-frame.tsx'
import { PageHead } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import type { Column } from '../../ui/table.tsx'
import { stateOfOrder } from './marks.ts'
import { OrderPanel } from './order-panel.tsx'
import type { FollowUpsSearch } from './search.ts'
import './follow-ups.css'

type Row = OutputOf<typeof listOrders>['items'][number]

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('followUps')
  const formats = useFormats()
  return [
    { key: 'no', title: t('list.no'), width: 52, render: ({ no }) => no },
    {
      key: 'duty',
      title: t('list.duty'),
      render: ({ dutyNo, dutyTitle, year }) => (
        <span className="clamp follow-duty">
          <Link
            to="/duties/$no"
            params={{ no: String(dutyNo) }}
            search={{ year }}
            onClick={(event) => event.stopPropagation()}
          >
            {t('list.dutyNo', { no: dutyNo })}
          </Link>{' '}
          {dutyTitle ?? t('erased')}
        </span>
      ),
    },
    { key: 'unit', title: t('list.unit'), width: 100, support: true, render: ({ unit }) => unit?.name },
    { key: 'approver', title: t('list.approver'), width: 120, support: true, render: ({ approver }) => approver.title },
    { key: 'due', title: t('list.due'), width: 84, render: ({ dueOn }) => formats.day(dueOn) },
    {
      key: 'state',
      title: t('list.state'),
      width: 124,
      render: ({ mark }) => <StateTag state={stateOfOrder[mark]}>{t(`mark.${mark}`)}</StateTag>,
    },
  ]
}

/** Follow-up orders: each for one duty, with reason, approver, limit, answer and closing. */
export function FollowUpsPage() {
  const { t } = useTranslation('followUps')
  const navigate = useNavigate()
  const { today } = useFormats()
  const search = useSearch({ strict: false }) as FollowUpsSearch
  const year = search.year ?? Number(today.slice(0, 4))
  const input = { year, limit: 200, ...(search.status ? { status: [search.status] } : {}) }
  const read = useQueryOf(listOrders, input)
  const { data } = read
  const columns = useColumns()
  const move = (next: FollowUpsSearch) =>
    void navigate({ to: '/follow-ups', search: { ...search, ...next }, replace: true })
  return (
    <>
      <PageHead title={t('title')} sentence={data && t('sentence', { count: data.total, year })} />
      <ListFrame
        title={t('title')}
        read={read}
        bar={{
          filters: [
            {
              key: 'status',
              label: t('list.state'),
              value: search.status ?? '',
              choices: orderStatuses.map((one) => ({ value: one, label: t(`status.${one}`) })),
            },
          ],
          onFilter: (_, value) => move({ status: value === '' ? undefined : (value as FollowUpsSearch['status']) }),
          onClear: () => move({ status: undefined }),
        }}
        aside={
          search.order && <OrderPanel key={search.order} id={search.order} onClose={() => move({ order: undefined })} />
        }
        columns={columns}
        rows={data?.items ?? []}
        rowKey={({ id }) => id}
        rowName={({ no }) => String(no)}
        onOpen={({ id }) => move({ order: id })}
        {...(search.order ? { current: search.order } : {})}
        counts={data && t('list.count', { count: data.total })}
        empty={{ title: t('empty'), why: t('emptyWhy') }}
      />
    </>
  )
}
