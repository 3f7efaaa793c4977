import { useNavigate } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shanghaiDay } from '../../../src/core/calendar/days.ts'
import { useFormats } from '../../lib/session.tsx'
import { WorkRow, WorkRows } from '../../ui/work-row.tsx'
import type { useDrafts, useReviews } from './office.ts'
import type { Row } from './row.ts'

/** Makes rows of what waits in the office: reviews of documents and drafts of reports. */
export function useOfficeRows() {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const navigate = useNavigate()
  const waited = (since: string) => (since >= formats.today ? t('row.today') : formats.waited(since))
  return {
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

/** The rows of a panel; `first` is the row with the one filled button of the page, `whole` unfolds every row. */
export function RowList({ rows, first, whole }: { rows: readonly Row[]; first?: Row | undefined; whole?: boolean }) {
  const { t } = useTranslation('today')
  const [unfolded, unfold] = useState<ReadonlySet<string>>(new Set())
  const flip = (key: string) => {
    const next = new Set(unfolded)
    if (!next.delete(key)) next.add(key)
    unfold(next)
  }
  const shown = (row: Row) => {
    const { key: _, go, acts: _acts, day: _day, count: _count, lines, ...words } = row
    const isOpen = lines !== undefined && (whole === true || unfolded.has(row.key))
    return (
      <Fragment key={row.key}>
        <WorkRow
          {...words}
          verb={isOpen ? t('verb.fold') : words.verb}
          first={row === first}
          {...(lines ? { expanded: isOpen } : {})}
          onVerb={lines ? () => flip(row.key) : go}
        />
        {isOpen &&
          lines().map(({ key, go: act, acts: _a, day: _d, count: _c, lines: _l, ...inner }) => (
            <WorkRow key={key} {...inner} title={inner.note} note={undefined} under onVerb={act} />
          ))}
      </Fragment>
    )
  }
  return <WorkRows>{rows.map(shown)}</WorkRows>
}
