import { useTranslation } from 'react-i18next'
import { getList } from '../../../src/modules/duties/list.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere } from '../../ui/messages.tsx'
import { PageBody } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { holderOf, type Order, useKindNames } from './names.ts'
import type { YearList } from './version-select.tsx'

type Item = NonNullable<YearList['items']>[number]

/** A version of the list as it stood when it was issued. */
export function FrozenView({
  year,
  version,
  order,
  onNow,
}: {
  year: number
  version: number
  order: Order
  onNow: () => void
}) {
  const { t } = useTranslation('duties')
  const names = useKindNames()
  const formats = useFormats()
  const { data, error, isLoading } = useQueryOf(getList, { year, version }, { keep: false })
  const columns: Column<Item>[] = [
    { key: 'no', title: t('column.no'), width: 54, align: 'right', support: true, render: (item) => item.no },
    { key: 'title', title: t('column.title'), render: (item) => <span lang="zh-CN">{item.title ?? t('erased')}</span> },
    { key: 'layer', title: t('filter.layer'), width: 128, support: true, render: (item) => names.layer(item.layer) },
    { key: 'kind', title: t('filter.kind'), width: 128, support: true, render: (item) => names.kind(item.kind) },
    {
      key: 'leader',
      title: t('column.leader'),
      width: 84,
      render: (item) => {
        const post = order.post(item.leaderPostId ?? '')
        return post && <span lang="zh-CN">{holderOf(post)}</span>
      },
    },
    {
      key: 'lead',
      title: t('column.lead'),
      width: 116,
      render: (item) => <span lang="zh-CN">{order.unitName(item.leadUnitId ?? '')}</span>,
    },
    {
      key: 'due',
      title: t('frozen.due'),
      width: 116,
      render: (item) => (
        <>
          {item.deadline && formats.day(item.deadline)}
          {item.deadline && item.cadence && <br />}
          <span className="note" lang="zh-CN">
            {item.cadence}
          </span>
        </>
      ),
    },
  ]
  return (
    <>
      <div className="list-note">
        <span>{t('frozen.note', { no: version })}</span>
        <button type="button" className="link" onClick={onNow}>
          {t('frozen.toNow')}
        </button>
      </div>
      <PageBody mode="fill">
        {error ? (
          <ErrorHere error={error} />
        ) : (
          <PrintFrame kind="list" title={data?.title ?? t('title')} under={t('frozen.note', { no: version })}>
            <Table
              name={t('title')}
              columns={columns}
              rows={data?.items ?? []}
              rowKey={(item) => item.id}
              rowName={(item) => item.title ?? t('erased')}
              loading={isLoading}
              empty={<EmptyState title={t('frozen.empty')} />}
            />
          </PrintFrame>
        )}
      </PageBody>
    </>
  )
}
