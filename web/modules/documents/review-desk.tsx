import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { getDocument } from '../../../src/modules/documents/document.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { CoverageLine } from '../../ui/coverage-line.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { EmptyState, ErrorHere } from '../../ui/messages.tsx'
import { useOrder } from '../duties/names.ts'
import { ClauseList, clausesOf } from './clause-list.tsx'
import { DeskHead } from './desk-head.tsx'
import { useDeskKeys } from './desk-keys.ts'
import { DraftButtons, DraftForm, DraftTitle } from './draft-form.tsx'
import { DraftList, type NumberedDraft } from './draft-list.tsx'
import { ProposalButtons, ProposalFacts } from './proposal.tsx'
import { type ClauseClass, clauseClasses, type ReviewShow } from './review-shows.ts'
import { type ReviewVerbs, useReviewVerbs } from './review-verbs.ts'
import { type Draft, type Review, useReviewWork, waits } from './review-work.ts'
import { SecondOpinion } from './second-opinion.tsx'
import { type Place, SourcePane } from './source-pane.tsx'

/** What a review is worked on with. */
export type DeskProps = {
  document: OutputOf<typeof getDocument>
  review: Review
  /** Whether this person reviews, or only reads. */
  keeps: boolean
  search: { show?: ReviewShow | undefined; draft?: string | undefined }
  onSearch: (search: { show?: ReviewShow; draft?: string }) => void
}

const isClauses = (show: ReviewShow): show is ClauseClass => (clauseClasses as readonly string[]).includes(show)

function isShown(draft: Draft, show: ReviewShow): boolean {
  if (show === 'open') return waits(draft)
  if (show === 'confirmed') return draft.state === 'confirmed' || draft.state === 'assigned'
  return show === 'rejected' ? draft.state === 'rejected' : true
}

/** The text, headings and spans of the source pane. */
function useSource(document: DeskProps['document'], review: Review) {
  return useMemo(() => {
    const { text, outline } = document
    const headings = outline.map(({ start, end, level }) => ({ start, level, title: text.slice(start, end).trim() }))
    // What is to be taken out of the list stands nowhere in the text.
    const drafts = review.items.filter((draft) => draft.proposal?.act !== 'withdraw')
    return { headings, source: { text, outline, drafts, clauses: review.clauses } }
  }, [document, review.items, review.clauses])
}

/** What is chosen on the desk, remembered in the address. */
function useChosen({ review, search, onSearch }: DeskProps) {
  const [show, setShow] = useState<ReviewShow>(search.show ?? 'all')
  const [current, go] = useState(() => {
    const known = review.items.find((draft) => draft.id === search.draft)
    return (known ?? review.items.find(waits) ?? review.items[0])?.id
  })
  const remember = useRef(onSearch)
  remember.current = onSearch
  useEffect(() => {
    const timer = setTimeout(() => {
      remember.current({ ...(show === 'all' ? {} : { show }), ...(current ? { draft: current } : {}) })
    }, 400)
    return () => clearTimeout(timer)
  }, [show, current])
  return { show, setShow, current, go }
}

/** The desk of a review: head, coverage, source at the left, drafts at the right, keys. */
export function ReviewDesk(props: DeskProps) {
  const { document, review, keeps } = props
  const { t } = useTranslation('documents')
  const { show, setShow, current: currentId, go } = useChosen(props)
  const [clause, setClause] = useState<number>()
  const [place, setPlace] = useState<Place | null>(null)
  const [finding, setFinding] = useState(false)
  const [said, say] = useState('')
  const { undecided } = review.coverage
  // What was said of undecided clauses is over when none is left.
  useEffect(() => {
    if (undecided === 0) say('')
  }, [undecided])
  const order = useOrder()
  const work = useReviewWork(document.id)
  const { source, headings } = useSource(document, review)
  const numbered = useMemo(
    () => review.items.map((draft, at): NumberedDraft => ({ draft, no: at + 1 })),
    [review.items],
  )
  const current = numbered.find(({ draft }) => draft.id === currentId)
  const open = (id: string | undefined) => {
    if (!id) return
    say('')
    work.clearFault()
    go(id)
    if (isClauses(show)) setShow('all')
  }
  const dropPlace = () => {
    getSelection()?.removeAllRanges()
    setPlace(null)
  }
  const verbs = useReviewVerbs({ review, act: work.act, current: current?.draft, place, go: open, say, dropPlace })
  const items = numbered.filter(({ draft }) => isShown(draft, show) || (draft.id === currentId && !isClauses(show)))
  const mayEdit = keeps && current !== undefined && current.draft.state !== 'assigned'
  useDeskKeys({ items, current, mayEdit, keeps, verbs, open, onFind: () => setFinding(true) })
  return (
    <>
      <DeskHead
        {...props}
        onUndo={() => void verbs.undo()}
        onAssign={verbs.assign}
        onMissing={(sentence, where) => {
          if (where === 'undecided') setShow('undecided')
          else if (where) {
            setShow('all')
            go(where)
          }
          say(sentence)
        }}
      />
      <CoverageLine
        counts={{ ...review.coverage, undecided: review.coverage.undecided + review.coverage.left }}
        onOpen={(part) => setShow(part === 'duty' ? 'all' : part)}
      />
      <SecondOpinion review={review} keeps={keeps} act={work.act} onGo={open} />
      <div className="review-panes">
        <SourcePane
          source={source}
          headings={headings}
          current={currentId}
          currentNo={mayEdit ? current?.no : undefined}
          place={place}
          onPlace={setPlace}
          onDraft={open}
          onClause={(start) => {
            setShow('undecided')
            setClause(start)
          }}
          {...(keeps
            ? {
                ...(mayEdit ? { onRespan: verbs.respan, onSplit: verbs.split } : {}),
                onFresh: () => place && void verbs.fresh(place),
              }
            : {})}
          finding={finding}
          onFinding={setFinding}
        />
        <section className="panel review-drafts" aria-label={t('task.drafts')}>
          <ShowBar review={review} show={show} onShow={setShow} />
          {(said || work.fault !== null) && (
            <div className="review-said">
              {work.fault !== null ? (
                <ErrorHere error={work.fault} focus={false} />
              ) : (
                <p className="support" role="status">
                  {said}
                </p>
              )}
            </div>
          )}
          {isClauses(show) ? (
            <ClauseList
              kind={show}
              text={document.text}
              clauses={clausesOf(review, show)}
              current={clause}
              onShow={setClause}
              {...(keeps
                ? {
                    onWord: verbs.word,
                    onLeaveAll: verbs.leaveAll,
                    onDuty: (span: { start: number; end: number }) => void verbs.fresh(span),
                  }
                : {})}
            />
          ) : items.length === 0 ? (
            <div className="review-rows review-none">
              <EmptyState title={t('task.noneShown')} why={t('task.noneShownNote')} />
            </div>
          ) : (
            <DraftList
              items={items}
              current={keeps ? currentId : undefined}
              year={review.year}
              order={order}
              onOpen={open}
              form={(item) => (
                <OpenDraft item={item} text={document.text} year={review.year} order={order} verbs={verbs} />
              )}
            />
          )}
          <KeysBar />
        </section>
      </div>
    </>
  )
}

/** The open draft: its wording, where it stands, the form, the verbs. */
function OpenDraft({
  item: { draft, no },
  text,
  year,
  order,
  verbs,
}: {
  item: NumberedDraft
  text: string
  year: number
  order: ReturnType<typeof useOrder>
  verbs: ReviewVerbs
}) {
  const { t } = useTranslation('documents')
  const formVerbs = { ...verbs, merge: () => void verbs.merge() }
  const paragraph = text
    .slice(0, draft.start)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '').length
  return (
    <div className="draft-open">
      <div className="draft-head">
        <span className="draft-no">{no}</span>
        {draft.state === 'assigned' || draft.proposal?.act === 'withdraw' ? (
          <b lang="zh-CN">{draft.title}</b>
        ) : (
          <DraftTitle draft={draft} onKeep={(title) => verbs.amend({ title })} />
        )}
        <span className="note draft-place">
          {draft.proposal?.act === 'withdraw'
            ? t('task.proposal.notInFile')
            : draft.source
              ? t('task.rowPlace', draft.source)
              : t('task.place', { paragraph: Math.max(paragraph, 1) })}
        </span>
      </div>
      {draft.state === 'assigned' ? (
        <p className="support">
          {t('task.inList')}{' '}
          <Link to="/duties" search={{ year }} className="said-link">
            {t('task.toList')}
          </Link>
        </p>
      ) : (
        <>
          {draft.proposal && <ProposalFacts draft={draft} proposal={draft.proposal} />}
          {draft.proposal?.act !== 'withdraw' && <DraftForm draft={draft} order={order} verbs={formVerbs} />}
          {draft.proposal ? (
            <ProposalButtons proposal={draft.proposal} verbs={formVerbs} />
          ) : (
            <DraftButtons draft={draft} verbs={formVerbs} />
          )}
        </>
      )}
    </div>
  )
}

/** Which drafts are shown, with their numbers. */
function ShowBar({ review, show, onShow }: { review: Review; show: ReviewShow; onShow: (show: ReviewShow) => void }) {
  const { t } = useTranslation('documents')
  const count = (test: (draft: Draft) => boolean) => review.items.filter(test).length
  const inferred = review.items.filter(waits).reduce((sum, draft) => sum + Object.keys(draft.inferred).length, 0)
  const tabs: [ReviewShow, string, number | undefined][] = [
    ['open', t('task.tabs.open'), count(waits)],
    ['confirmed', t('task.tabs.confirmed'), count((draft) => isShown(draft, 'confirmed'))],
    ['rejected', t('task.tabs.rejected'), count((draft) => draft.state === 'rejected')],
    ['undecided', t('task.tabs.undecided'), review.coverage.undecided + review.coverage.left],
    ['all', t('task.tabs.all'), undefined],
  ]
  if (!tabs.some(([key]) => key === show))
    tabs.splice(4, 0, [show, t(`task.clauses.${show as ClauseClass}`), undefined])
  const note: ReactNode =
    isClauses(show) && review.coverage.left > 0
      ? t('task.clauses.leftNote', { count: review.coverage.left })
      : inferred > 0 && t('task.inferred', { count: inferred })
  return (
    <div className="review-bar">
      <Segmented
        size="small"
        aria-label={t('task.show')}
        value={show}
        options={tabs.map(([value, label, number]) => ({
          value,
          label: number === undefined ? label : `${label} ${number}`,
        }))}
        onChange={(value) => onShow(value as ReviewShow)}
      />
      <span className="note review-note">{note}</span>
    </div>
  )
}

/** The keys of the desk in short. */
function KeysBar() {
  const { t } = useTranslation('documents')
  return (
    <div className="review-keys note">
      <KeyCap>J</KeyCap>
      <KeyCap>K</KeyCap> {t('task.keys.move')} <KeyCap>Enter</KeyCap> {t('task.keys.confirm')} <KeyCap>1</KeyCap> –{' '}
      <KeyCap>8</KeyCap> {t('task.keys.field')} <KeyCap>F</KeyCap> {t('task.keys.find')} <KeyCap>?</KeyCap>{' '}
      {t('task.keys.all')}
    </div>
  )
}
