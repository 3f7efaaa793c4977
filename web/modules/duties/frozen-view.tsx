import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { getList } from '../../../src/modules/duties/list.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere } from '../../ui/messages.tsx'
import { PageBody, Tag } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { type ListedDuty, useDuties } from './duty-reads.ts'
import { holderOf, type Order, useKindNames } from './names.ts'
import type { YearList } from './year-list.ts'

type Item = NonNullable<YearList['items']>[number]

/** What became of a row of an old version since: what of it changed, that it was taken out, or that it came in later. */
type Change = 'added' | 'dropped' | 'title' | 'lead' | 'leader' | 'due'

function changesOf(item: Item, now: ListedDuty | undefined): Change[] {
  if (!now) return ['dropped']
  const differs: Record<Exclude<Change, 'added' | 'dropped'>, boolean> = {
    title: item.title !== now.title,
    lead: item.leadUnitId !== (now.leadUnit?.id ?? null),
    leader: item.leaderPostId !== (now.leader?.postId ?? null),
    due: item.deadline !== now.deadline || item.cadence !== now.cadence,
  }
  return (Object.keys(differs) as (keyof typeof differs)[]).filter((key) => differs[key])
}

/** The rows of the version with what became of them, and after them those that came in later. */
function useCompared(items: readonly Item[], year: number): readonly (Item & { changes: readonly Change[] })[] {
  const { data } = useDuties({ year })
  return useMemo(() => {
    if (!data) return items.map((item) => ({ ...item, changes: [] }))
    const listed = data.filter((row) => row.listId !== null && row.status !== 'draft')
    const now = new Map(listed.map((row) => [row.id, row]))
    const before = new Set(items.map(({ id }) => id))
    const later = listed.filter((row) => !before.has(row.id))
    return [
      ...items.map((item) => ({ ...item, changes: changesOf(item, now.get(item.id)) })),
      ...later.map(({ id, no, title, kind, layer, leadUnit, leader, deadline, cadence }) => ({
        ...{ id, no, title, kind, layer, deadline, cadence },
        leadUnitId: leadUnit?.id ?? null,
        leaderPostId: leader?.postId ?? null,
        changes: ['added' as const],
      })),
    ]
  }, [items, data])
}

const none: readonly Item[] = []

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
  const rows = useCompared(data?.items ?? none, year)
  const columns: Column<(typeof rows)[number]>[] = [
    { key: 'no', title: t('column.no'), width: 54, align: 'right', support: true, render: (item) => item.no },
    { key: 'title', title: t('column.title'), render: (item) => <span lang="zh-CN">{item.title ?? t('erased')}</span> },
    {
      key: 'change',
      title: t('frozen.change'),
      width: formats.language === 'zh' ? 118 : 150,
      render: (item) => (
        <span className="compare-tags">
          {item.changes.map((one) => (
            <Tag key={one}>{t(`frozen.changed.${one}`)}</Tag>
          ))}
        </span>
      ),
    },
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
              rows={rows}
              counts={
                data &&
                t('frozen.counts', {
                  all: data.items?.length ?? 0,
                  changed: rows.filter(({ changes }) => changes.length > 0).length,
                })
              }
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
