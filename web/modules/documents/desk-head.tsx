import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { assignDrafts } from '../../../src/modules/duties/draft.contract.ts'
import { listLists } from '../../../src/modules/duties/list.contract.ts'
import { paperOfList } from '../../../src/modules/duties/paper.contract.ts'
import { workbookOfDrafts } from '../../../src/modules/duties/workbook.contract.ts'
import { call, fileAddress } from '../../lib/client.ts'
import { encodingText } from '../../lib/file-bytes.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { Downloads } from '../../ui/downloads.tsx'
import type { HeadTyped } from '../../ui/head-dialog.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { PageHead } from '../../ui/page.tsx'
import { type Act, ActDialog } from '../organisation/act-dialog.tsx'
import { confirmedProposals } from './proposal.tsx'
import type { DeskProps } from './review-desk.tsx'
import type { ReviewVerbs } from './review-verbs.ts'
import { waits } from './review-work.ts'

/** Says what is still open and shows it: a draft's id, or the undecided clauses. */
type Missing = (sentence: string, where: string | undefined) => void

/** Head of the desk: file, how far the review is, undo, leave, put into the list. */
export function DeskHead({
  document,
  review,
  keeps,
  onUndo,
  onAssign,
  onMissing,
}: Pick<DeskProps, 'document' | 'review' | 'keeps'> & {
  onUndo: () => void
  onAssign: ReviewVerbs['assign']
  onMissing: Missing
}) {
  const { t } = useTranslation('documents')
  const formats = useFormats()
  const navigate = useNavigate()
  const waiting = review.items.filter(waits)
  const told = review.items.filter((draft) => draft.state === 'open' && draft.mode !== 'do').length
  const all = review.items.length - told
  const confirmed = review.items.filter((draft) => draft.state === 'confirmed').length
  const ready = waiting.length === 0 && review.coverage.undecided === 0 && confirmed > 0

  const files = useFiles(document.id, review.year)
  const { assign, act, asked, close } = useAssign({ review, waiting, confirmed, onAssign, onMissing })

  return (
    <PageHead
      title={t('task.title')}
      crumb={
        <>
          <Link to="/documents">{t('title')}</Link>
          {' / '}
          <span lang="zh-CN">{document.fileName ?? document.title ?? t('untitled')}</span>
          <span className="review-facts">
            {encodingText(document.encoding)} ·{' '}
            {t('task.chars', { count: document.chars, replace: { count: formats.count(document.chars) } })}
          </span>
        </>
      }
      sentence={
        <>
          {t('task.reviewed', { done: all - waiting.length, all })}
          {told > 0 && <span className="note review-facts">{t('task.told', { count: told })}</span>}
        </>
      }
      actions={
        keeps ? (
          <>
            {/* Clicked, it must not take the focus: the next Enter confirms a draft. */}
            <Button disabled={review.step === 0} onMouseDown={(event) => event.preventDefault()} onClick={onUndo}>
              {t('task.undo')} <KeyCap>Z</KeyCap>
            </Button>
            <Downloads name={t('task.files')} files={files} />
            <Button onClick={() => void navigate({ to: '/documents' })}>{t('task.leave')}</Button>
            <Button type={ready ? 'primary' : 'default'} onClick={() => void assign()}>
              {t('task.assign', { count: confirmed })}
            </Button>
            {asked && <ActDialog act={act} onClose={close} />}
          </>
        ) : (
          <>
            <span className="note">{t('task.readOnly')}</span>
            <Downloads name={t('task.files')} files={files} />
          </>
        )
      }
    />
  )
}

/** What may be taken along: the drafts as a workbook, and the paper where a list of the year can be its attachment. */
function useFiles(documentId: string, year: number) {
  const { t } = useTranslation('documents')
  const { data: lists } = useQueryOf(listLists, { limit: 50 })
  const drafts = { key: 'drafts', name: t('task.draftsBook'), href: fileAddress(workbookOfDrafts, { documentId }) }
  if (!lists?.items.some((list) => list.year === year)) return [drafts]
  const points = {
    key: 'points',
    name: t('task.points'),
    href: fileAddress(paperOfList, { year, documentId }),
    headed: (head: HeadTyped) => fileAddress(paperOfList, { year, documentId, ...head }),
  }
  return [drafts, points]
}

/** Puts what is confirmed into the list; where issued duties change by it, a reason is asked first. */
function useAssign({
  review,
  waiting,
  confirmed,
  onAssign,
  onMissing,
}: Pick<DeskProps, 'review'> & {
  waiting: DeskProps['review']['items']
  confirmed: number
  onAssign: ReviewVerbs['assign']
  onMissing: Missing
}) {
  const { t } = useTranslation('documents')
  const navigate = useNavigate()
  const client = useQueryClient()
  const proposals = confirmedProposals(review)
  const [asked, ask] = useState(false)

  async function assign() {
    if (waiting.length > 0) return onMissing(t('task.notYetOpen', { count: waiting.length }), waiting[0]?.id)
    const { undecided } = review.coverage
    if (undecided > 0) return onMissing(t('task.notYetUndecided', { count: undecided }), 'undecided')
    if (confirmed === 0) return onMissing(t('task.notYetNone'), undefined)
    if (proposals.issued) return ask(true)
    if (await onAssign()) shown()
  }

  function shown() {
    void client.invalidateQueries()
    // Changes of issued duties are seen in the list itself.
    void navigate({ to: '/duties', search: { year: review.year, ...(proposals.issued ? {} : { view: 'draft' }) } })
  }

  const act: Act = {
    title: t('task.proposal.carryOut'),
    note: t('task.proposal.carryOutNote', { count: proposals.count }),
    fields: [{ key: 'reason', label: t('task.proposal.reason'), type: 'lines', max: 1000 }],
    verb: t('task.assign', { count: confirmed }),
    send: async ({ reason = '' }) => {
      await call(assignDrafts, { documentId: review.documentId, reason })
      shown()
    },
  }

  return { assign, act, asked, close: () => ask(false) }
}
