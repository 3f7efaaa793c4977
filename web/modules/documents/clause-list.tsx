import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../ui/messages.tsx'
import type { ClauseClass } from './review-shows.ts'
import type { Review } from './review-work.ts'

type Word = 'principle' | 'background' | 'quotation' | 'left' | null

const words = ['principle', 'background', 'quotation'] as const

/** The clauses of a class: undecided ones take their left ones with them. */
export function clausesOf(review: Review, kind: ClauseClass): Review['clauses'] {
  return review.clauses.filter(({ state }) => state === kind || (kind === 'undecided' && state === 'left'))
}

type ListProps = {
  kind: ClauseClass
  text: string
  clauses: Review['clauses']
  /** Start of the clause that was chosen in the source. */
  current: number | undefined
  onShow: (start: number) => void
  /** Absent for whoever only reads. */
  onWord?: ((starts: readonly number[], word: Word) => void) | undefined
  onLeaveAll?: (() => void) | undefined
  onDuty?: ((clause: { start: number; end: number }) => void) | undefined
}

/** Clauses of one class with the words that can be said of them. */
export function ClauseList({ kind, text, clauses, current, onShow, onWord, onLeaveAll, onDuty }: ListProps) {
  const { t } = useTranslation('documents')
  const box = useRef<HTMLElement>(null)
  const undecided = clauses.filter((clause) => clause.state === 'undecided')
  useEffect(() => {
    if (current === undefined) return
    box.current?.querySelector(`[data-start="${current}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [current])
  if (clauses.length === 0)
    return (
      <div className="review-rows review-none">
        <EmptyState title={t('task.clauses.none')} why={t('task.clauses.noneNote')} />
      </div>
    )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard
    <section className="review-rows" ref={box} aria-label={t(`task.clauses.${kind}`)} tabIndex={0}>
      {undecided.length > 0 && onLeaveAll && (
        <div className="clause-all">
          <Button size="small" onClick={onLeaveAll}>
            {t('task.clauses.leaveAll', { count: undecided.length })}
          </Button>
        </div>
      )}
      <ol>
        {clauses.map((clause) => (
          <li
            key={clause.start}
            className="clause-row"
            data-start={clause.start}
            data-current={clause.start === current || undefined}
          >
            <button type="button" className="plain clause-text" lang="zh-CN" onClick={() => onShow(clause.start)}>
              {text.slice(clause.start, clause.end).trim()}
            </button>
            {onWord && (
              <fieldset className="clause-words">
                <legend className="unseen">{t('task.clauses.is')}</legend>
                {words
                  .filter((word) => word !== clause.state)
                  .map((word) => (
                    <Button key={word} size="small" onClick={() => onWord([clause.start], word)}>
                      {t(`task.clauses.${word}`)}
                    </Button>
                  ))}
                {clause.state === 'left' ? (
                  <Button size="small" onClick={() => onWord([clause.start], null)}>
                    {t('task.clauses.back')}
                  </Button>
                ) : (
                  clause.state === 'undecided' && (
                    <Button size="small" onClick={() => onWord([clause.start], 'left')}>
                      {t('task.clauses.leave')}
                    </Button>
                  )
                )}
                {onDuty && (
                  <Button size="small" onClick={() => onDuty(clause)}>
                    {t('task.clauses.makeDuty')}
                  </Button>
                )}
                {clause.state === 'left' && <span className="note">{t('task.clauses.left')}</span>}
              </fieldset>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
