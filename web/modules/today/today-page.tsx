import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src/core/access/actor.ts'
import { listDuties } from '../../../src/modules/duties/duty.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useHolder } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'
import type { Part } from './address.ts'
import { administrators } from './arrival.ts'
import { HandoverPanel, ListPanel, ReportPanel } from './aside.tsx'
import { BranchAside, BranchPanels, BranchSentence, useBranchMonth, useBranchRows, useOwnBranch } from './branch.tsx'
import { DecidePanel } from './decide.tsx'
import { FEW, useDuties } from './duties.ts'
import { useDutyRows } from './duty-rows.tsx'
import { HoursPanels } from './hours.tsx'
import { LeadersPanel } from './leaders-panel.tsx'
import { type Lists, OffPanel, offRows, PartPanel, Sentence, useLists } from './lists.tsx'
import { MonthPanel } from './month-panel.tsx'
import { useDrafts, useReviews } from './office.ts'
import { useInbox } from './owed.ts'
import { OwnPanel } from './own-panel.tsx'
import { RecentPanel } from './recent-panel.tsx'
import type { Row } from './row.ts'
import { useOfficeRows } from './rows.tsx'
import './today.css'

export { arrive } from './arrival.ts'

const route = getRouteApi('/inside/today')
const journalReaders: readonly Role[] = ['office', 'secretary', 'discipline', 'supervision-reader']
/** Those whose day is more than their branch or themselves. */
const wide: readonly Role[] = [
  'office',
  'secretary',
  'team-member',
  'department-head',
  'discipline',
  'supervision-reader',
]

/** The layouts of the home page, the first that fits: what somebody decides, keeps, heads, or only owes himself. */
type Layout = 'secretary' | 'wide' | 'branch' | 'member'

function layoutOf(roles: readonly Role[], hasBranch: boolean): Layout {
  if (roles.includes('secretary') && !roles.includes('office')) return 'secretary'
  if (roles.some((role) => wide.includes(role))) return 'wide'
  return hasBranch ? 'branch' : 'member'
}

/** The order in which the sentence says the parts. */
const said: Record<Layout, readonly Part[]> = {
  secretary: ['waiting', 'own', 'soon', 'late'],
  wide: ['soon', 'waiting', 'own', 'late', 'expected'],
  branch: ['waiting', 'own', 'late', 'expected'],
  member: ['own'],
}

/** The workbench: what needs the reader today, by what he holds. */
export function TodayPage() {
  const { t } = useTranslation(['today', 'shell'])
  const formats = useFormats()
  const { open } = route.useSearch()
  const roles = useHolder()?.roles ?? []
  const year = Number(formats.today.slice(0, 4))
  const business = roles.some((role) => !administrators.includes(role))
  const office = roles.includes('office')
  const branch = useOwnBranch()
  const layout = layoutOf(roles, branch !== undefined)
  const decides = layout === 'secretary'
  const duties = useDuties(year, business, decides, open)
  const { data: inbox, error: inboxFault, refetch } = useInbox(business, open)
  const reviews = useReviews(office)
  const { drafts, ready: draftsReady } = useDrafts(office)
  const dutyRows = useDutyRows()
  const officeRows = useOfficeRows()
  const decided = decides ? duties.waiting.filter(({ asks }) => asks !== 'arbitrate' && asks !== 'take-on') : []
  const waiting = [
    ...duties.waiting.map(dutyRows.waiting),
    ...reviews.open.map(officeRows.review),
    ...drafts.map(officeRows.report),
  ]
  const lists = useLists(duties, inbox, waiting)
  const ownUnit = layout === 'branch' || layout === 'wide' ? branch?.unitId : undefined
  const month = useBranchMonth(ownUnit)
  const branchRows = useBranchRows(month, ownUnit)
  const ready =
    duties.ready && reviews.ready && draftsReady && (inbox !== undefined || inboxFault !== null || !business)
  const error = duties.error ?? inboxFault
  const head =
    layout === 'branch' && branch ? (
      <>
        <BranchSentence name={branch.name} month={month} rows={branchRows} />{' '}
        <Sentence lists={lists} order={said.branch} decides={false} />
      </>
    ) : (
      <Sentence lists={lists} order={said[layout]} decides={decides} />
    )
  const shared = { lists, year, before: duties.before, open, branchRows }
  const main = () => {
    switch (layout) {
      case 'secretary':
        return <SecretaryLists {...shared} decided={decided} />
      case 'branch':
        return <BranchLists {...shared} unitId={branch?.unitId ?? ''} ready={month.ready} />
      case 'member':
        return <MemberLists {...shared} business={business} />
      default:
        return (
          <WideLists
            {...shared}
            business={business}
            recent={roles.some((role) => journalReaders.includes(role))}
            {...(branch && !office ? { unitId: branch.unitId } : {})}
          />
        )
    }
  }
  return (
    <>
      <PageHead
        title={formats.heading(formats.today)}
        tab={t('shell:item.today')}
        {...(ready ? { sentence: head } : {})}
      />
      <PageBody
        aside={
          business && (
            <Aside
              layout={layout}
              lists={lists}
              ready={ready}
              year={year}
              office={office}
              draftId={drafts[0]?.id}
              unitId={branch?.unitId}
            />
          )
        }
      >
        {error ? (
          <ErrorHere
            error={error}
            retry={() => {
              duties.retry()
              if (inboxFault) void refetch()
            }}
            focus={false}
          />
        ) : ready ? (
          <div className="page-lists">{main()}</div>
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
  lists: Lists
  year: number
  before: number
  open: Part | undefined
  branchRows: readonly Row[]
}

/** The most pressing row, which has the one filled button: the first that asks for an act, else the first of all. */
function firstOf(...parts: (readonly Row[])[]): Row | undefined {
  const shown = parts.flatMap((rows) => rows.slice(0, FEW))
  return shown.find((one) => one.acts) ?? shown[0]
}

/** Clerk, team member, head of a department, reader: due, waiting, gone wrong, each limited to what he sees. */
function WideLists({
  lists,
  year,
  before,
  open,
  branchRows,
  business,
  recent,
  unitId,
}: ListsProps & { business: boolean; recent: boolean; unitId?: string }) {
  const { t } = useTranslation('today')
  const first = firstOf(lists.soon.rows, lists.waiting.rows, offRows(lists, open))
  const nothing = lists.soon.total + lists.waiting.total + lists.late.total + lists.expected.total + lists.stale.total
  return (
    <>
      {nothing === 0 && <EmptyDay business={business} />}
      <PartPanel part="soon" title={t('panel.soon')} lists={lists} first={first} />
      <PartPanel part="waiting" title={t('panel.waiting')} lists={lists} first={first} />
      <OffPanel lists={lists} before={before} year={year} first={first} />
      {unitId && <BranchPanels unitId={unitId} rows={branchRows} first={undefined} ready />}
      {recent && <RecentPanel />}
    </>
  )
}

/** Secretary: what waits for his word, the team's dual duty, then what comes and what went wrong. */
function SecretaryLists({
  lists,
  year,
  before,
  decided,
}: ListsProps & { decided: Parameters<typeof DecidePanel>[0]['duties'] }) {
  const { t } = useTranslation('today')
  const ids = new Set(decided.map(({ id }) => id))
  const others = lists.waiting.rows.filter(({ key }) => !ids.has(key))
  return (
    <>
      <DecidePanel duties={decided} />
      {others.length > 0 && (
        <PartPanel
          part="waiting"
          title={t('panel.waiting')}
          lists={{ ...lists, waiting: { rows: others, total: others.length } }}
        />
      )}
      {decided.length + others.length === 0 && (
        <Panel title={t('panel.decide')} count={0}>
          <p className="note">{t('decide.nothing')}</p>
        </Panel>
      )}
      <div className="today-wide">
        <LeadersPanel year={year} />
      </div>
      <PartPanel part="soon" title={t('panel.soon')} lists={lists} />
      <OffPanel lists={lists} before={before} year={year} />
    </>
  )
}

/** Branch secretary: the branch's month and year, then what went wrong. */
function BranchLists({
  lists,
  year,
  before,
  branchRows,
  unitId,
  ready,
}: ListsProps & { unitId: string; ready: boolean }) {
  const { t } = useTranslation('today')
  const first = firstOf(lists.waiting.rows, branchRows)
  return (
    <>
      <PartPanel part="waiting" title={t('panel.waiting')} lists={lists} first={first} />
      <BranchPanels unitId={unitId} rows={branchRows} first={first} ready={ready} />
      <OffPanel lists={lists} before={before} year={year} />
    </>
  )
}

/** Plain member: what he owes himself, his hours, where he was. */
function MemberLists({ lists, business }: ListsProps & { business: boolean }) {
  const { t } = useTranslation('today')
  const first = firstOf(lists.own.rows)
  return (
    <>
      {lists.own.rows.length === 0 && <EmptyDay business={business} />}
      <PartPanel part="own" title={t('panel.own')} lists={lists} first={first} />
      {business && <HoursPanels />}
    </>
  )
}

type AsideProps = {
  layout: Layout
  lists: Lists
  /** Whether everything that the lists are made of is there. */
  ready: boolean
  year: number
  office: boolean
  draftId: string | undefined
  unitId: string | undefined
}

/** The right column: own duties, the month, the open report, the progress of the list, by what the reader holds. */
function Aside({ layout, lists, ready, year, office, draftId, unitId }: AsideProps): ReactNode {
  const { t } = useTranslation('today')
  if (layout === 'member')
    return (
      <>
        <MonthPanel />
        <Panel title={t('mine.title')}>
          <p>{t('mine.why')}</p>
          <p>
            <Link to={'/me' as never}>{t('mine.open')}</Link>
          </p>
        </Panel>
      </>
    )
  return (
    <>
      {ready && layout !== 'wide' && <OwnPanel lists={lists} />}
      {layout !== 'branch' && <MonthPanel />}
      {ready && layout === 'wide' && <OwnPanel lists={lists} />}
      {unitId && !office && <BranchAside unitId={unitId} />}
      {draftId && <ReportPanel draftId={draftId} />}
      <ListPanel year={year} />
      {office && <HandoverPanel />}
    </>
  )
}

/** A day on which nothing asks for anything: says so, and what comes next. */
function EmptyDay({ business }: { business: boolean }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const rows = useDutyRows()
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
