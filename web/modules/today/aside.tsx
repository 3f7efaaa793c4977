import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { listDuties } from '../../../src/modules/duties/duty.contract.ts'
import { listHandovers } from '../../../src/modules/organisation/post.contract.ts'
import { getDraft } from '../../../src/modules/reports/report.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ProgressBar } from '../../ui/coverage-line.tsx'
import { Panel } from '../../ui/page.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

const places = ['filled', 'unbound', 'masked', 'left'] as const

/** The newest report that is a draft still: how many figures are counted, to bind, without value, left masked. */
export function ReportPanel({ draftId }: { draftId: string }) {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const { data, dataUpdatedAt } = useQueryOf(getDraft, { draftId })
  if (!data) return null
  return (
    <Panel title={<span lang="zh-CN">{data.title}</span>}>
      {places
        .filter((state) => state === 'filled' || data.counts[state] > 0)
        .map((state) => (
          <p key={state} className="today-spread">
            {t(`report.${state}`)}
            <Link
              to="/reports/$draftId"
              params={{ draftId }}
              search={{ filter: state }}
              className={state === 'unbound' ? 'today-soon' : ''}
            >
              {t('report.places', { count: data.counts[state] })}
            </Link>
          </p>
        ))}
      <p className="note">{t('report.at', { at: formats.instant(new Date(dataUpdatedAt).toISOString()) })}</p>
    </Panel>
  )
}

/** The progress of the year's list: one bar, and the sentence in which every figure opens its rows. */
export function ListPanel({ year }: { year: number }) {
  const { t } = useTranslation('today')
  const { count } = useFormats()
  const { data } = useQueryOf(listDuties, { year, counts: true, limit: 1 })
  if (!data?.counts || data.total === 0) return null
  const { open, late, closed, 'made-good-late': goodlate, draft } = data.counts
  const stopped = data.total - open - closed - draft
  const to = (view: 'open' | 'late' | 'closed' | 'made-good-late' | 'draft', text: string) => (
    <Link to="/duties" search={{ year, view }}>
      {text}
    </Link>
  )
  const parts: ReactNode[] = [
    <Fragment key="closed">
      {to('closed', t('list.done', { count: closed }))}
      {goodlate > 0 && to('made-good-late', t('list.goodlate', { count: goodlate }))}
    </Fragment>,
    <Fragment key="open">
      {to('open', t('list.open', { count: open }))}
      {late > 0 && to('late', t('list.late', { count: late }))}
    </Fragment>,
    ...(stopped > 0 ? [t('list.stopped', { count: stopped })] : []),
    ...(draft > 0 ? [to('draft', t('list.draft', { count: draft }))] : []),
  ]
  return (
    <Panel>
      <p className="today-spread">
        <span>{t('list.title', { year })}</span>
        <Link to="/duties" search={{ year }}>
          {t('list.count', { count: data.total, replace: { count: count(data.total) } })}
        </Link>
      </p>
      <ProgressBar
        parts={[
          { key: 'closed', count: closed - goodlate, color: 'var(--st-done)' },
          { key: 'goodlate', count: goodlate, color: 'var(--st-goodlate)' },
          { key: 'open', count: open - late, color: 'var(--accent-edge)' },
          { key: 'late', count: late, color: 'var(--st-late)' },
          { key: 'stopped', count: stopped + draft, color: '#c9c8c2' },
        ]}
      />
      <p className="note today-parts">
        {parts.map((part, at) => (
          // The parts of the sentence never change places.
          // biome-ignore lint/suspicious/noArrayIndexKey: order is fixed
          <Fragment key={at}>
            {at > 0 && t('sentence.comma')}
            <span className="keep">{part}</span>
          </Fragment>
        ))}
        {t('sentence.end')}
      </p>
    </Panel>
  )
}

/** Posts whose holder leaves soon, and posts that nobody holds. */
export function HandoverPanel() {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const { data } = useQueryOf(listHandovers, { days: 60 })
  const all = [
    ...(data?.ending ?? []).map((one) => ({
      key: one.appointmentId,
      post: one.title,
      unit: one.unit,
      state: 'soon' as const,
      what: t('handover.ending', { name: one.name ?? '', day: formats.day(one.to) }),
    })),
    ...(data?.vacant ?? []).map((one) => ({
      key: one.postId,
      post: one.title,
      unit: one.unit,
      state: 'unknown' as const,
      what: one.since ? t('handover.vacantSince', { day: formats.day(one.since) }) : t('handover.vacant'),
    })),
  ]
  if (all.length === 0) return null
  return (
    <Panel
      title={t('handover.title')}
      count={all.length}
      extra={<Link to={'/organisation' as never}>{t('handover.all')}</Link>}
    >
      <ul className="today-posts">
        {all.map((one) => (
          <li key={one.key}>
            <StateMark state={one.state} />
            <span>
              <span lang="zh-CN" title={one.unit}>
                {one.post}
              </span>
              <span className="note">{one.what}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="note">{t('handover.note')}</p>
    </Panel>
  )
}
