import { getRouteApi, Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src/core/access/actor.ts'
import { listDuties } from '../../../src/modules/duties/duty.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { HandoverPanel, ListPanel, ReportPanel } from './aside.tsx'
import { type Duties, type Duty, FEW, useDuties } from './duties.ts'
import { MonthPanel } from './month-panel.tsx'
import { useDrafts, useReviews } from './office.ts'
import { OwnPanel } from './own-panel.tsx'
import { RecentPanel } from './recent-panel.tsx'
import { type Row, RowList, useRows } from './rows.tsx'
import './today.css'

const route = getRouteApi('/inside/today')
const journalReaders: readonly Role[] = ['office', 'secretary', 'discipline', 'supervision-reader']
const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

/** The workbench: what needs the reader today, by what he holds. */
export function TodayPage() {
  const { t } = useTranslation(['today', 'shell'])
  const formats = useFormats()
  const roles = useSession()?.roles ?? []
  const year = Number(formats.today.slice(0, 4))
  const business = roles.some((role) => !administrators.includes(role))
  const office = roles.includes('office')
  const decides = roles.includes('secretary')
  const duties = useDuties(year, business, decides)
  const reviews = useReviews(office)
  const { drafts, ready: draftsReady } = useDrafts(office)
  const rows = useRows()
  const waiting = [...duties.waiting.map(rows.waiting), ...reviews.open.map(rows.review), ...drafts.map(rows.report)]
  const ready = duties.ready && reviews.ready && draftsReady
  const newest = drafts[0]
  const head = <Sentence duties={duties} waiting={waiting.length} decides={decides} year={year} />
  const recent = roles.some((role) => journalReaders.includes(role))
  const aside = business && (
    <>
      {decides && <OwnPanel duties={duties.own} />}
      <MonthPanel />
      {!decides && <OwnPanel duties={duties.own} />}
      {newest && <ReportPanel draftId={newest.id} />}
      <ListPanel year={year} />
      {office && <HandoverPanel />}
    </>
  )
  return (
    <>
      <PageHead
        title={formats.heading(formats.today)}
        tab={t('shell:item.today')}
        {...(ready ? { sentence: head } : {})}
      />
      <PageBody aside={aside}>
        {duties.error ? (
          <ErrorHere error={duties.error} retry={duties.retry} focus={false} />
        ) : ready ? (
          <Lists duties={duties} waiting={waiting} decides={decides} year={year} recent={recent} business={business} />
        ) : (
          <Panel>
            <LoadingRows rows={10} height={35} />
          </Panel>
        )}
      </PageBody>
    </>
  )
}

type ListsProps = {
  duties: Duties
  waiting: readonly Row[]
  decides: boolean
  year: number
  recent: boolean
  business: boolean
}

/** The one sentence of the head; each number in it opens its rows. */
function Sentence({
  duties,
  waiting,
  decides,
  year,
}: Omit<ListsProps, 'waiting' | 'recent' | 'business'> & { waiting: number }) {
  const { t } = useTranslation('today')
  const soon = duties.soon?.total ?? 0
  const late = duties.late?.total ?? 0
  const asked = waiting > 0 && (
    <Link to="/today" search={{ open: 'waiting' }}>
      {t(decides ? 'sentence.decide' : 'sentence.waiting', { count: waiting })}
    </Link>
  )
  const near = soon > 0 && (
    <Link to="/duties" search={{ year, view: 'due-soon' }}>
      {t('sentence.soon', { count: soon })}
    </Link>
  )
  const passed = late > 0 && (
    <Link to="/duties" search={{ year, view: 'late' }}>
      {t('sentence.late', { count: late })}
    </Link>
  )
  const own = duties.own.length > 0 && (
    <Link to="/today" search={{ open: 'own' }}>
      {t('sentence.own', { count: duties.own.length })}
    </Link>
  )
  const parts: ReactNode[] = (decides ? [asked, own, near, passed] : [near, asked, own, passed]).filter(Boolean)
  if (parts.length === 0) return null
  return (
    <span className="today-sentence">
      {parts.map((part, at) => (
        // The parts of the sentence never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: order is fixed
        <Fragment key={at}>
          {at > 0 && t('sentence.comma')}
          {part}
        </Fragment>
      ))}
      {t('sentence.end')}
    </span>
  )
}

function Lists({ duties, waiting, decides, year, recent, business }: ListsProps) {
  const { t } = useTranslation('today')
  const rows = useRows()
  const row = (duty: Duty) => rows.duty(duty, duties.asksOf.get(duty.id))
  const soon = (duties.soon?.items ?? []).map(row)
  const late = duties.late?.items ?? []
  const stale = (duties.stale?.items ?? []).filter((duty) => duty.mark !== 'late')
  const off = [...late, ...stale].slice(0, FEW).map(row)
  const soonPanel = soon.length > 0 && { key: 'soon', rows: soon }
  const waitingPanel = waiting.length > 0 && { key: 'waiting', rows: waiting }
  const offPanel = (off.length > 0 || duties.before > 0) && { key: 'off', rows: off }
  const order = decides ? [waitingPanel, soonPanel, offPanel] : [soonPanel, waitingPanel, offPanel]
  const panels = order.filter((panel) => panel !== false)
  // The most pressing row: the first that asks for an act, else the first of all.
  const shown = panels.flatMap((panel) => panel.rows.slice(0, FEW))
  const first = shown.find((one) => one.acts) ?? shown[0]
  if (panels.length === 0) return <EmptyDay business={business} />
  return (
    <div className="page-lists">
      {panels.map((panel) => {
        if (panel.key === 'waiting') return <Waiting key="waiting" rows={panel.rows} decides={decides} first={first} />
        if (panel.key === 'off')
          return <OffTrack key="off" duties={duties} rows={panel.rows} year={year} first={first} />
        return (
          <Panel
            key="soon"
            title={t('panel.soon')}
            count={duties.soon?.total}
            flush
            extra={
              <Link to="/duties" search={{ year, view: 'due-soon' }}>
                {t('panel.all')}
              </Link>
            }
          >
            <RowList rows={panel.rows} first={first} />
          </Panel>
        )
      })}
      {recent && <RecentPanel />}
    </div>
  )
}

/** What waits for the reader: five rows, then all of them in place. */
function Waiting({ rows, decides, first }: { rows: readonly Row[]; decides: boolean; first: Row | undefined }) {
  const { t } = useTranslation('today')
  const { open } = route.useSearch()
  const all = open === 'waiting'
  return (
    <Panel
      title={t(decides ? 'panel.decide' : 'panel.waiting')}
      count={rows.length}
      flush
      extra={
        rows.length > FEW && (
          <Link to="/today" search={all ? {} : { open: 'waiting' }}>
            {all ? t('panel.fewer') : t('panel.allCount', { count: rows.length })}
          </Link>
        )
      }
    >
      <RowList rows={all ? rows : rows.slice(0, FEW)} first={first} />
    </Panel>
  )
}

function OffTrack({
  duties,
  rows,
  year,
  first,
}: {
  duties: Duties
  rows: readonly Row[]
  year: number
  first: Row | undefined
}) {
  const { t } = useTranslation('today')
  const views = [
    ['late', duties.late?.total ?? 0],
    ['stale', duties.stale?.total ?? 0],
  ] as const
  return (
    <Panel
      title={t('panel.off')}
      flush
      note={
        <span className="today-views">
          {views
            .filter(([, count]) => count > 0)
            .map(([view, count]) => (
              <Link key={view} to="/duties" search={{ year, view }}>
                {t(`panel.${view}`, { count })}
              </Link>
            ))}
        </span>
      }
      {...(duties.before > 0
        ? {
            foot: (
              <Link to="/duties" search={{ year: year - 1, view: 'open' }}>
                {t('panel.before', { year: year - 1, count: duties.before })}
              </Link>
            ),
          }
        : {})}
    >
      <RowList rows={rows} first={first} />
    </Panel>
  )
}

/** A day on which nothing asks for anything: says so, and what comes next. */
function EmptyDay({ business }: { business: boolean }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const rows = useRows()
  const { data } = useQueryOf(
    listDuties,
    { view: 'open', dueFrom: formats.today, sort: 'due', limit: 1 },
    { enabled: business },
  )
  const next = data?.items[0]
  return (
    <Panel>
      <EmptyState
        title={t('empty')}
        why={
          next?.dueOn ? (
            <>
              {t('nearest')}
              <Link to="/duties/$no" params={{ no: String(next.no) }} search={{ year: next.year }}>
                {formats.day(next.dueOn)} {rows.titleOf(next)}
              </Link>
            </>
          ) : (
            t('emptyNote')
          )
        }
      />
    </Panel>
  )
}
