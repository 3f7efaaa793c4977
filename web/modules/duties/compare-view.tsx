import { useNavigate } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { DutyPart } from '../../../src/core/duties/differing.ts'
import type { DutyStatus } from '../../../src/core/duties/status.ts'
import { compareLists } from '../../../src/modules/duties/list.contract.ts'
import { isAbsent, useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { EmptyState, ErrorHere } from '../../ui/messages.tsx'
import { PageBody, Tag } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import type { StateName } from '../../ui/states.ts'
import { type Column, Table } from '../../ui/table.tsx'
import { useKindNames } from './names.ts'
import { changes, type DutiesSearch } from './search.ts'
import { standingsOf, useStandingName } from './standings.tsx'

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

/** What became of a row: the classes by which rows are shown, without what was never closed. */
function changeOf({ change, differs }: Item): Exclude<Change, 'neverClosed'> {
  if (change !== 'kept') return change
  return differs.length > 0 ? 'changed' : 'same'
}

function SideState({ side }: { side: Side }) {
  const { t } = useTranslation('duties')
  const status = side.status as DutyStatus
  if (!side.late) return <StateTag state={stateOfStatus[status]}>{t(`status.${status}`)}</StateTag>
  const closed = status === 'closed'
  return <StateTag state={closed ? 'goodlate' : 'late'}>{t(closed ? 'mark.made-good-late' : 'mark.late')}</StateTag>
}

/** What a part says now; where it differs, what it said before stands under it, struck out. */
function Part({ item, part, text }: { item: Item; part: DutyPart; text: (side: Side) => ReactNode }) {
  const { t } = useTranslation('dutyCompare')
  const { now, before, differs } = item
  const side = now ?? before
  if (!side) return null
  if (!now || !before || !differs.includes(part))
    return (
      <span className="compare-part" lang="zh-CN">
        {text(side)}
      </span>
    )
  const said = (one: Side) => text(one) || t('nothing')
  return (
    <>
      <ins lang="zh-CN">{said(now)}</ins>
      <del>
        <span className="unseen">{t('was')}</span>
        <span lang="zh-CN">{said(before)}</span>
      </del>
    </>
  )
}

/** The parts that have no column of their own, where they differ. */
function OtherParts({ item }: { item: Item }) {
  const { t } = useTranslation('dutyCompare')
  const names = useKindNames()
  const formats = useFormats()
  const texts = {
    watcher: (side: Side) => side.watcher?.holder ?? side.watcher?.title ?? '',
    milestones: (side: Side) =>
      side.milestones.map(({ title, dueOn }) => `${title}${dueOn ? ` ${formats.day(dueOn)}` : ''}`).join('；'),
    kind: (side: Side) => names.kind(side.kind),
    layer: (side: Side) => names.layer(side.layer),
    common: (side: Side) => t(side.common ? 'yes' : 'no'),
  }
  return (Object.keys(texts) as (keyof typeof texts)[])
    .filter((part) => item.differs.includes(part))
    .map((part) => (
      <Fragment key={part}>
        <span className="note">{t('pair', { part: t(`part.${part}`) })}</span>
        <Part item={item} part={part} text={texts[part]} />
      </Fragment>
    ))
}

function useColumns(twoYears: boolean): Column<Item>[] {
  const { t } = useTranslation(['dutyCompare', 'duties'])
  const formats = useFormats()
  const chinese = formats.language === 'zh'
  const part = (
    key: string,
    title: string,
    width: number | undefined,
    of: DutyPart,
    text: (side: Side) => ReactNode,
  ) => ({
    key,
    title,
    ...(width === undefined ? {} : { width }),
    render: (item: Item) => <Part item={item} part={of} text={text} />,
  })
  // The year of each side stands in the head; the cell has room for the day.
  const dayOf = (day: string) => formats.day(day.endsWith('02-29') ? day : formats.today.slice(0, 4) + day.slice(4))
  const due = (item: Item) => (
    <>
      <Part item={item} part="deadline" text={(side) => side.deadline && dayOf(side.deadline)} />
      <Part item={item} part="cadence" text={(side) => side.cadence && <span className="note">{side.cadence}</span>} />
    </>
  )
  return [
    {
      key: 'change',
      title: t('change'),
      width: chinese ? 70 : 96,
      render: (item) => (
        <span className="compare-tags">
          <Tag>{t(changeOf(item))}</Tag>
          {item.neverClosed && <Tag>{t('neverClosed')}</Tag>}
        </span>
      ),
    },
    {
      key: 'no',
      title: t('duties:column.no'),
      width: 50,
      align: 'right',
      support: true,
      render: ({ now, before }) => now?.no ?? before?.no,
    },
    {
      key: 'title',
      title: t('duties:column.title'),
      render: (item) => <Part item={item} part="title" text={(side) => side.title || t('duties:erased')} />,
    },
    part('leader', t('duties:column.leader'), 78, 'leader', ({ leader }) => leader?.holder ?? leader?.title ?? ''),
    part('lead', t('duties:column.lead'), 104, 'lead', ({ leadUnit }) => leadUnit?.name ?? ''),
    part('support', t('duties:column.support'), 116, 'support', ({ supportUnits }) =>
      supportUnits.map(({ name }) => name).join('、'),
    ),
    { key: 'due', title: t('duties:column.due'), width: chinese ? 96 : 102, render: due },
    part('measures', t('duties:column.measures'), 156, 'measures', ({ measures }) => measures.join('；')),
    {
      key: 'other',
      title: t(twoYears ? 'state' : 'other'),
      width: chinese ? 128 : 156,
      render: (item) => (
        <>
          {twoYears && item.now && <SideState side={item.now} />}
          {twoYears && item.before && (
            <span className="compare-then">
              <span className="note">{t('stateWas')}</span>
              <SideState side={item.before} />
            </span>
          )}
          <OtherParts item={item} />
        </>
      ),
    },
  ]
}

/** Two standings of the list against each other: what is new, changed part by part, dropped, unchanged. */
export function CompareView({
  year,
  search,
  onChange,
}: {
  year: number
  search: DutiesSearch
  onChange: (change: Change | undefined) => void
}) {
  const { t } = useTranslation(['dutyCompare', 'duties'])
  const navigate = useNavigate()
  const { now, before } = standingsOf(search, year)
  const twoYears = now.year !== before.year
  const { data, error, isLoading, refetch } = useQueryOf(
    compareLists,
    {
      year,
      ...(now.version ? { version: now.version } : {}),
      ...(now.amendment ? { amendment: now.amendment } : {}),
      againstYear: before.year,
      ...(before.version ? { againstVersion: before.version } : {}),
      ...(before.amendment ? { againstAmendment: before.amendment } : {}),
    },
    { keep: false },
  )
  const names = { now: useStandingName(now), before: useStandingName(before) }
  const columns = useColumns(twoYears)
  const chosen = twoYears || search.change !== 'neverClosed' ? search.change : undefined
  const rows = (data?.items ?? []).filter((item) =>
    chosen === undefined ? true : chosen === 'neverClosed' ? item.neverClosed : changeOf(item) === chosen,
  )
  const counts = data && {
    ...data.counts,
    all: data.items.length,
    same: data.counts.kept - data.counts.changed,
  }
  const under = t('under', names)
  return (
    <>
      <TabsWithCounts
        name={t('tabs')}
        value={chosen ?? 'all'}
        onChange={(key) => onChange(key === 'all' ? undefined : key)}
        tabs={(['all', ...changes] as const)
          .filter((key) => twoYears || key !== 'neverClosed')
          .map((key) => ({ key, label: t(key), ...(counts ? { count: counts[key] } : {}) }))}
      />
      <div className="list-gap" />
      <PageBody mode="fill">
        {isAbsent(error) ? (
          <EmptyState title={t('noList')} />
        ) : error ? (
          <ErrorHere error={error} retry={() => void refetch()} />
        ) : (
          <PrintFrame
            kind="list"
            title={t('duties:title')}
            under={under}
            filters={chosen && t(chosen)}
            foot={counts && t('counts', counts)}
          >
            <div className="duty-compare">
              <Table
                name={under}
                columns={columns}
                rows={rows}
                tall
                rowKey={(item) => `${item.now?.id ?? ''}/${item.before?.id ?? ''}`}
                rowName={(item) => (item.now ?? item.before)?.title ?? ''}
                onOpen={({ now: later, before: earlier }) => {
                  const one = later ?? earlier
                  const of = later ? now.year : before.year
                  if (one && (later || twoYears))
                    void navigate({ to: '/duties/$no', params: { no: String(one.no) }, search: { year: of } })
                }}
                loading={isLoading}
                counts={counts && t('counts', counts)}
                empty={<EmptyState title={t('none')} why={t('noneNote')} />}
              />
            </div>
          </PrintFrame>
        )}
      </PageBody>
    </>
  )
}
