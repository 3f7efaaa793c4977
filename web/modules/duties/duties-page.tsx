import { PlusOutlined, PrinterOutlined, SwapOutlined } from '@ant-design/icons'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { takeOnDuties } from '../../../src/modules/duties/duty.contract.ts'
import { listLists } from '../../../src/modules/duties/list.contract.ts'
import { briefOfList, paperOfList } from '../../../src/modules/duties/paper.contract.ts'
import { workbookOfList } from '../../../src/modules/duties/workbook.contract.ts'
import { fileAddress } from '../../lib/client.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { type Download, Downloads } from '../../ui/downloads.tsx'
import type { HeadTyped } from '../../ui/head-dialog.tsx'
import { EmptyState, ErrorHere, NoResult } from '../../ui/messages.tsx'
import { PageBody, PageHead } from '../../ui/page.tsx'
import { PrintFrame } from '../../ui/print-frame.tsx'
import { Table } from '../../ui/table.tsx'
import { AddDialog } from './add-dialog.tsx'
import { AssignDialog } from './assign-dialog.tsx'
import { CompareView } from './compare-view.tsx'
import { useDutyColumns } from './duty-columns.tsx'
import { filtersOf, type ListedDuty, rowsOf, useCounts, useDuties } from './duty-reads.ts'
import { FrozenView } from './frozen-view.tsx'
import { useDutyGroups } from './groups.ts'
import { IssueButton } from './issue-button.tsx'
import { filtersInForce, ListFilters, useListFilters, ViewTabs } from './list-bar.tsx'
import { type Order, useOrder } from './names.ts'
import type { DutiesSearch } from './search.ts'
import { comparing, type Standing, Standings } from './standings.tsx'
import { useVersionName, VersionSelect } from './version-select.tsx'
import { useYearList, type YearList } from './year-list.ts'
import './duties.css'

export { arriveAtList as arrive } from './arrival.ts'

/** The responsibility list of a year: as it is now, as a version was issued, or against an earlier year. */
export function DutiesPage() {
  const search = useSearch({ from: '/inside/duties' })
  const navigate = useNavigate({ from: '/duties' })
  const formats = useFormats()
  const year = search.year ?? Number(formats.today.slice(0, 4))
  const list = useYearList(year)
  const order = useOrder()
  const change = (next: Partial<DutiesSearch>) =>
    void navigate({ search: (was) => ({ ...was, ...next }), replace: true })
  const go = (next: DutiesSearch) => void navigate({ search: next })
  return (
    <>
      <ListHead year={year} search={search} list={list} order={order} go={go} />
      {search.against ? (
        <CompareView year={year} search={search} onChange={(next) => change({ change: next })} />
      ) : search.version ? (
        <FrozenView year={year} version={search.version} order={order} onNow={() => go({ year })} />
      ) : (
        <CurrentList year={year} search={search} list={list} order={order} change={change} />
      )}
    </>
  )
}

type Shared = { year: number; search: DutiesSearch; list: YearList | undefined; order: Order }

/** The papers of a list: the list itself, and for whom the whole concerns the brief on it once it is issued. */
function usePapers(year: number, version: number | undefined, list: YearList | undefined): Download[] {
  const { t } = useTranslation('duties')
  const roles = useSession()?.roles ?? []
  if (!list) return []
  const whole = roles.some((role) => ['office', 'secretary', 'discipline', 'supervision-reader'].includes(role))
  const href = fileAddress(paperOfList, { year, ...(version ? { version } : {}) })
  return [
    { key: 'list', name: t('paper.list'), href },
    { key: 'workbook', name: t('paper.workbook'), href: fileAddress(workbookOfList, { year }) },
    ...(whole && list.versionNo > 0
      ? [
          {
            key: 'brief',
            name: t('paper.brief'),
            href: fileAddress(briefOfList, { year }),
            headed: (head: HeadTyped) => fileAddress(briefOfList, { year, ...head }),
          },
        ]
      : []),
  ]
}

/** With what a list is compared first: the year before, else its own first version. */
function useEarlier(year: number, list: YearList | undefined): Standing {
  const { data } = useQueryOf(listLists, { limit: 50 })
  const there = data?.items.some((one) => one.year === year - 1) ?? false
  return !there && list && list.versions.length > 0 ? { year, version: 1 } : { year: year - 1 }
}

/** Title, year and version, and the verbs on the list as a whole. */
function ListHead({ year, search, list, order, go }: Shared & { go: (search: DutiesSearch) => void }) {
  const { t } = useTranslation(['duties', 'dutySheet', 'dutyCompare'])
  const navigate = useNavigate()
  const keeps = useSession()?.roles.includes('office') ?? false
  const roles = useSession()?.roles ?? []
  const sheets = roles.some((role) => ['office', 'secretary', 'team-member', 'supervision-reader'].includes(role))
  const [adding, setAdding] = useState(false)
  const now = !search.against && !search.version
  const before = useEarlier(year, list)
  const issuable = keeps && now && list && (list.drafts > 0 || changedSince(list) > 0)
  const files = usePapers(year, search.version, list)
  const notes = list
    ? [
        ...(list.drafts > 0 ? [t('version.pending', { count: list.drafts })] : []),
        ...(changedSince(list) > 0 ? [t('version.changed', { count: changedSince(list) })] : []),
      ]
    : []
  return (
    <>
      <PageHead
        title={t('title')}
        sentence={
          search.against ? (
            <Standings search={search} year={year} go={go} />
          ) : (
            <span className="list-version">
              <VersionSelect
                year={year}
                version={search.version}
                list={list}
                onChoose={(chosen, version) => go({ year: chosen, ...(version ? { version } : {}) })}
              />
              {now && notes.length > 0 && (
                <span className="note" title={notes.join(t('group.comma'))}>
                  {notes.join(t('group.comma'))}
                </span>
              )}
            </span>
          )
        }
        actions={
          <>
            {now ? (
              <Button icon={<SwapOutlined />} onClick={() => go(comparing({ year }, before, undefined))}>
                {t('dutyCompare:verb')}
              </Button>
            ) : (
              <Button onClick={() => go({ year })}>{t('backToList')}</Button>
            )}
            <Downloads name={t('paper.download')} files={files} />
            {sheets && (
              <Button onClick={() => void navigate({ to: '/duties/sheet', search: { year } })}>
                {t('dutySheet:name')}
              </Button>
            )}
            <Button icon={<PrinterOutlined />} onClick={() => print()}>
              {t('print')}
            </Button>
            {keeps && now && (
              <Button
                type={issuable && list.drafts > 0 ? 'default' : 'primary'}
                icon={<PlusOutlined />}
                onClick={() => setAdding(true)}
              >
                {t('add.verb')}
              </Button>
            )}
            {issuable && <IssueButton list={list} onIssued={() => go({ year })} />}
          </>
        }
      />
      {adding && (
        <AddDialog
          order={order}
          list={list}
          onClose={() => setAdding(false)}
          onDone={(no, of) => void navigate({ to: '/duties/$no', params: { no: String(no) }, search: { year: of } })}
        />
      )}
    </>
  )
}

/** Amendments that came after the last issue. */
function changedSince(list: YearList): number {
  const { issuedOn } = list
  if (list.versionNo === 0 || !issuedOn) return 0
  return list.amendments.filter((one) => one.onDay > issuedOn).length
}

/** The list as it is now: tabs, filters, table, bulk verbs. */
function CurrentList({
  year,
  search,
  list,
  order,
  change,
}: Shared & { change: (next: Partial<DutiesSearch>) => void }) {
  const { t } = useTranslation('duties')
  const navigate = useNavigate()
  const formats = useFormats()
  const nameOf = useVersionName()
  const base = filtersOf(search, year)
  const counts = useCounts(base)
  const { data: rows, error, isLoading, refetch } = useDuties(rowsOf(search, year))
  const whole = useCounts({ year })
  const filters = useListFilters(search, year, order)
  const groups = useDutyGroups(rows ?? [], search.group ?? 'layer', order)
  const columns = useDutyColumns()
  const mayPick = useMayPick()
  const [picked, pick] = useState<ReadonlySet<string>>(new Set())
  const chosen = useMemo(() => (rows ?? []).filter((row) => picked.has(row.id)), [rows, picked])
  const clear = () =>
    change({
      q: undefined,
      layer: undefined,
      kind: undefined,
      leader: undefined,
      unit: undefined,
      from: undefined,
      to: undefined,
    })
  const inForce = filtersInForce(filters, search.q)
  const said = search.view ? [t(`tabs.${search.view}`), ...inForce] : inForce
  const issued = list?.versions.at(-1)
  const journal = issued && t('issuedAs', { no: issued.no, index: formats.count(issued.journalSize) })
  const title = list?.title ?? `${t('year', { year })}${t('title')}`
  return (
    <>
      <ViewTabs
        counts={counts}
        view={search.view ?? 'all'}
        onView={(view) => change({ view: view === 'all' ? undefined : view })}
      />
      <ListFilters
        filters={filters}
        q={search.q ?? ''}
        group={search.group ?? 'layer'}
        onChange={change}
        onClear={clear}
      />
      <PageBody mode="fill">
        {error ? (
          <ErrorHere error={error} retry={() => void refetch()} />
        ) : (
          <PrintFrame
            kind="list"
            title={title}
            under={list && nameOf(list)}
            filters={said.join(t('group.comma'))}
            foot={[journal, t('printed', { day: formats.day(formats.today, { year: true }) })]
              .filter(Boolean)
              .join(' · ')}
          >
            <div className="duty-list">
              <Table
                name={t('title')}
                widths="duties"
                columns={columns}
                groups={groups}
                rowKey={(row) => row.id}
                rowName={(row) => `${row.no} ${row.title ?? ''}`}
                onOpen={(row) =>
                  void navigate({ to: '/duties/$no', params: { no: String(row.no) }, search: { year: row.year } })
                }
                {...(mayPick ? { picked, onPick: pick } : {})}
                sort={{ key: search.sort ?? 'no', down: false }}
                onSort={({ key }) => change({ sort: key === 'due' ? 'due' : undefined })}
                loading={isLoading}
                counts={whole && t('counts', { count: rows?.length ?? 0, all: whole.all })}
                verbs={<BulkVerbs chosen={chosen} order={order} onDone={() => pick(new Set())} />}
                empty={
                  said.length > 0 ? (
                    <NoResult
                      filters={said.join(t('group.comma'))}
                      onClear={() => {
                        clear()
                        change({ view: undefined })
                      }}
                    />
                  ) : (
                    <NoDuties year={year} />
                  )
                }
              />
            </div>
          </PrintFrame>
        )}
      </PageBody>
    </>
  )
}

function NoDuties({ year }: { year: number }): ReactNode {
  const { t } = useTranslation('duties')
  const keeps = useSession()?.roles.includes('office') ?? false
  return (
    <EmptyState
      title={t('empty', { year })}
      why={keeps ? t('emptyNote') : undefined}
      verb={keeps && <Link to="/documents">{t('toDocuments')}</Link>}
    />
  )
}

/** Whether this person has anything to do with several duties at once. */
function useMayPick(): boolean {
  const roles = useSession()?.roles ?? []
  return roles.some((role) =>
    (['office', 'secretary', 'team-member', 'department-head', 'branch-secretary', 'discipline'] as const).some(
      (one) => one === role,
    ),
  )
}

/** Verbs on the chosen duties; taking on is offered for those that this person answers for. */
function BulkVerbs({ chosen, order, onDone }: { chosen: readonly ListedDuty[]; order: Order; onDone: () => void }) {
  const { t } = useTranslation('duties')
  const [assigning, setAssigning] = useState(false)
  const open = chosen.filter((row) => row.may.takeOn)
  const takeOn = useVerb(takeOnDuties, { touches: ['duty', 'list'], onDone })
  const directs = chosen.some((row) => row.may.amend)
  return (
    <>
      {directs && (
        <Button size="small" onClick={() => setAssigning(true)}>
          {t('assign.verb')}
        </Button>
      )}
      {open.length > 0 && (
        <Button
          size="small"
          loading={takeOn.isPending}
          onClick={() => takeOn.mutate({ ids: open.map((row) => row.id) })}
        >
          {t('takeOn', { count: open.length })}
        </Button>
      )}
      {directs && <span className="note">{t('bulkNote')}</span>}
      {takeOn.error && <span className="bulk-fault">{takeOn.error.message}</span>}
      {assigning && (
        <AssignDialog
          duties={chosen}
          order={order}
          onClose={() => setAssigning(false)}
          onDone={() => {
            setAssigning(false)
            onDone()
          }}
        />
      )}
    </>
  )
}
