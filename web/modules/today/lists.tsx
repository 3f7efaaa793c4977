import { getRouteApi, Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from '../../ui/page.tsx'
import type { Part } from './address.ts'
import { type Duties, type Duty, FEW } from './duties.ts'
import { useDutyRows } from './duty-rows.tsx'
import type { Inbox } from './owed.ts'
import { useOwedRows } from './owed-rows.tsx'
import { countOf, type Row } from './row.ts'
import { RowList } from './rows.tsx'

const route = getRouteApi('/inside/today')

/** The rows of each part of the workbench, with the number that the sentence and the panels say. */
export type Lists = Readonly<Record<Part, { rows: readonly Row[]; total: number }>>

/** Puts duties and what the rules ask together, by their day. */
export function useLists(duties: Duties, inbox: Inbox | undefined, waiting: readonly Row[]): Lists {
  const rows = useDutyRows()
  const { owed: owedGroup } = useOwedRows()
  const duty = (one: Duty) => rows.duty(one, duties.asksOf.get(one.id))
  const byDay = (a: Row, b: Row) => ((a.day ?? '9') < (b.day ?? '9') ? -1 : 1)
  const owed = (part: keyof Inbox & ('soon' | 'late' | 'expected' | 'unknown' | 'own')) => ({
    rows: (inbox?.[part].groups ?? []).map(owedGroup),
    total: inbox?.[part].total ?? 0,
  })
  const both = (some: { items: readonly Duty[]; total: number } | undefined, more: { rows: Row[]; total: number }) => ({
    rows: [...(some?.items ?? []).map(duty), ...more.rows].sort(byDay),
    total: (some?.total ?? 0) + more.total,
  })
  const own = owed('own')
  return {
    waiting: { rows: waiting, total: waiting.length },
    own: {
      rows: [...duties.own.map((one) => rows.mine(one)), ...own.rows].sort(byDay),
      total: duties.own.length + own.total,
    },
    soon: both(duties.soon, owed('soon')),
    late: both(duties.late, owed('late')),
    expected: owed('expected'),
    stale: { rows: (duties.stale?.items ?? []).map(duty), total: duties.stale?.total ?? 0 },
    unknown: owed('unknown'),
  }
}

/** The one sentence of the head; each number in it opens its rows. */
export function Sentence({ lists, order, decides }: { lists: Lists; order: readonly Part[]; decides: boolean }) {
  const { t } = useTranslation('today')
  const said = order.filter((part) => lists[part].total > 0)
  if (said.length === 0) return null
  const word = (part: Part) => (part === 'waiting' && decides ? 'decide' : part)
  return (
    <span className="today-sentence">
      {said.map((part, at) => (
        <Fragment key={part}>
          {at > 0 && t('sentence.comma')}
          <Link to="/today" search={{ open: part }}>
            {t(`sentence.${word(part)}`, { count: lists[part].total })}
          </Link>
        </Fragment>
      ))}
      {t('sentence.end')}
    </span>
  )
}

/** Five rows of a part, or all of them where the address says so. */
export function PartPanel({
  part,
  title,
  lists,
  first,
  note,
}: {
  part: Part
  title: ReactNode
  lists: Lists
  first?: Row | undefined
  note?: ReactNode
}) {
  const { t } = useTranslation('today')
  const { open } = route.useSearch()
  const all = open === part
  const { rows, total } = lists[part]
  if (rows.length === 0) return null
  const shown = all ? rows : rows.slice(0, FEW)
  const more = all || countOf(shown) < total
  return (
    <Panel
      part={part}
      title={title}
      count={total}
      flush
      note={note}
      extra={
        more && (
          <Link to="/today" search={all ? {} : { open: part }}>
            {all ? t('panel.fewer') : t('panel.allCount', { count: total })}
          </Link>
        )
      }
    >
      <RowList rows={shown} first={first} whole={all} />
    </Panel>
  )
}

const wrong = ['late', 'expected', 'stale', 'unknown'] as const

/** The rows of the panel of what went wrong: those of the part that the address opens, else the first of each. */
export function offRows(lists: Lists, open: Part | undefined): readonly Row[] {
  const chosen = wrong.find((part) => part === open)
  if (chosen) return lists[chosen].rows
  const seen = new Set<string>()
  return wrong
    .filter((part) => part !== 'unknown')
    .flatMap((part) => lists[part].rows)
    .filter(({ key }) => !seen.has(key) && seen.add(key))
    .slice(0, FEW)
}

/** What went wrong: late, expected and not done, without progress, undetermined; each number opens its rows here. */
export function OffPanel({
  lists,
  before,
  year,
  first,
}: {
  lists: Lists
  /** Duties of last year's list that are still open. */
  before: number
  year: number
  first?: Row | undefined
}) {
  const { t } = useTranslation('today')
  const { open } = route.useSearch()
  const chosen = wrong.find((part) => part === open)
  const rows = offRows(lists, open)
  if (before === 0 && wrong.every((part) => lists[part].total === 0)) return null
  return (
    <Panel
      {...(chosen ? { part: chosen } : {})}
      title={t('panel.off')}
      flush
      note={
        <span className="today-views">
          {wrong
            .filter((part) => lists[part].total > 0)
            .map((part) => (
              <Link
                key={part}
                to="/today"
                search={part === chosen ? {} : { open: part }}
                aria-current={part === chosen || undefined}
              >
                {t(`panel.${part}`, { count: lists[part].total })}
              </Link>
            ))}
        </span>
      }
      {...(before > 0
        ? {
            foot: (
              <Link to="/duties" search={{ year: year - 1, view: 'open' }}>
                {t('panel.before', { year: year - 1, count: before })}
              </Link>
            ),
          }
        : {})}
    >
      <RowList rows={rows} first={first} whole={chosen !== undefined} />
    </Panel>
  )
}
