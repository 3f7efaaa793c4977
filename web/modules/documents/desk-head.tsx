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
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { Downloads } from '../../ui/downloads.tsx'
import type { HeadTyped } from '../../ui/head-dialog.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { PageHead } from '../../ui/page.tsx'
import { type Act, ActDialog } from '../organisation/act-dialog.tsx'
import { encodingText } from './bytes.ts'
import { confirmedProposals } from './proposal.tsx'
import type { DeskProps } from './review-desk.tsx'
import type { ReviewVerbs } from './review-verbs.ts'
import { waits } from './review-work.ts'

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
  /** Says what is still open and shows it: a draft's id, or the undecided clauses. */
  onMissing: (sentence: string, where: string | undefined) => void
}) {
  const { t } = useTranslation('documents')
  const formats = useFormats()
  const navigate = useNavigate()
  const client = useQueryClient()
  const waiting = review.items.filter(waits)
  const told = review.items.filter((draft) => draft.state === 'open' && draft.mode !== 'do').length
  const all = review.items.length - told
  const confirmed = review.items.filter((draft) => draft.state === 'confirmed').length
  const proposals = confirmedProposals(review)
  const [asked, ask] = useState(false)
  const ready = waiting.length === 0 && review.coverage.undecided === 0 && confirmed > 0

  const { data: lists } = useQueryOf(listLists, { limit: 50 })
  const files = [
    { key: 'drafts', name: t('task.draftsBook'), href: fileAddress(workbookOfDrafts, { documentId: document.id }) },
    // The paper needs a list of the year to carry as its attachment.
    ...(lists?.items.some(({ year }) => year === review.year)
      ? [
          {
            key: 'points',
            name: t('task.points'),
            href: fileAddress(paperOfList, { year: review.year, documentId: document.id }),
            headed: (head: HeadTyped) =>
              fileAddress(paperOfList, { year: review.year, documentId: document.id, ...head }),
          },
        ]
      : []),
  ]

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
            {asked && <ActDialog act={act} onClose={() => ask(false)} />}
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
