import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween } from '../../../src/core/calendar/days.ts'
import type { Formats } from '../../lib/format.ts'
import { shanghaiDay } from '../../lib/format.ts'
import { useFormats } from '../../lib/session.tsx'
import type { StateName } from '../../ui/states.ts'
import { WorkRow, WorkRows } from '../../ui/work-row.tsx'
import { stateOfMark } from '../duties/marks.tsx'
import type { Duty, MyDuty } from './duties.ts'
import type { useDrafts, useReviews } from './office.ts'

/** One row of the workbench. */
export type Row = {
  key: string
  state: StateName
  title: ReactNode
  note?: ReactNode
  due?: string
  pressing?: boolean
  verb: string
  /** Whether the reader is asked to act, not only to look. */
  acts: boolean
  go: () => void
}

/** Makes rows of duties, reviews and report drafts, each with its one verb. */
export function useRows() {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const navigate = useNavigate()
  const thisYear = Number(formats.today.slice(0, 4))
  const titleOf = (duty: Duty) => {
    const title = duty.title ?? t('row.erased')
    const { no, year } = duty
    return (
      <span lang="zh-CN">
        {year === thisYear ? t('row.duty', { no, title }) : t('row.dutyOfYear', { no, year, title })}
      </span>
    )
  }
  // A unit or a post, never a person, stands beside what is late.
  const noteOf = (duty: Duty) => <span lang="zh-CN">{duty.leadUnit?.name ?? duty.leader?.title}</span>
  const open = (duty: Duty) => () =>
    void navigate({ to: '/duties/$no', params: { no: String(duty.no) }, search: { year: duty.year } })

  const waited = (since: string) => (since >= formats.today ? t('row.today') : formats.waited(since))

  return {
    titleOf,
    open,
    /** A duty that waits for the reader since its last event. */
    waiting: (duty: MyDuty): Row => ({
      key: duty.id,
      state: duty.asks === 'arbitrate' ? 'returned' : duty.asks === 'take-on' ? stateOfMark[duty.mark] : 'awaiting',
      title: titleOf(duty),
      note: t('row.asked', { unit: duty.leadUnit?.name ?? duty.leader?.title ?? '', ask: t(`ask.${duty.asks}`) }),
      due: waited(duty.lastOn),
      verb: t(`verb.${duty.asks}`),
      acts: true,
      go: open(duty),
    }),
    /** A duty that is due soon, late or without progress. */
    duty: (duty: Duty, asks: MyDuty['asks'] | undefined): Row => ({
      key: duty.id,
      state: stateOfMark[duty.mark],
      title: titleOf(duty),
      note: noteOf(duty),
      due: dueOf(duty, formats, (key, values) => t(`row.${key}`, values)),
      pressing: duty.mark === 'due-soon' || duty.mark === 'late',
      verb: t(`verb.${asks ?? 'see'}`),
      acts: asks !== undefined && asks !== 'watch',
      go: open(duty),
    }),
    review: ({ document, left, all }: ReturnType<typeof useReviews>['open'][number]): Row => ({
      key: document.id,
      state: 'progress',
      title: t('row.review', { title: document.title ?? document.fileName ?? '' }),
      note: left > 0 ? t('row.reviewNote', { all, left }) : t('row.reviewDone', { all }),
      due: waited(shanghaiDay(new Date(document.importedAt))),
      verb: t(left > 0 ? 'verb.review' : 'verb.assign'),
      acts: true,
      go: () => void navigate({ to: '/documents/$id/review', params: { id: document.id } }),
    }),
    report: (draft: ReturnType<typeof useDrafts>['drafts'][number]): Row => ({
      key: draft.id,
      state: 'progress',
      title: t('row.report', { title: draft.title }),
      note: formats.range(draft.from, draft.to),
      due: waited(shanghaiDay(new Date(draft.at))),
      verb: t('verb.report'),
      acts: true,
      go: () => void navigate({ to: '/reports/$draftId', params: { draftId: draft.id } }),
    }),
  }
}

function dueOf(
  duty: Duty,
  formats: Formats,
  say: (key: 'due' | 'still', values: Record<string, string | number>) => string,
): string {
  if (duty.mark === 'late' && duty.dueOn) return formats.daysLeft(duty.dueOn)
  if (duty.mark === 'due-soon' && duty.dueOn)
    return say('due', { day: formats.day(duty.dueOn), left: formats.daysLeft(duty.dueOn) })
  return say('still', { days: daysBetween(duty.lastOn, formats.today) })
}

/** The rows of a panel; `first` is the row with the one filled button of the page. */
export function RowList({ rows, first }: { rows: readonly Row[]; first: Row | undefined }) {
  return (
    <WorkRows>
      {rows.map((row) => {
        const { key, go, acts: _, ...shown } = row
        return <WorkRow key={key} {...shown} first={row === first} onVerb={go} />
      })}
    </WorkRows>
  )
}
