import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  amendDraft,
  mergeDrafts,
  rejectDrafts,
  spanDraft,
  splitDraft,
} from '../../../src/modules/duties/draft.contract.ts'
import { getOpinion, openOpinion } from '../../../src/modules/duties/opinion.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useLanguage } from '../../lib/language.ts'
import { readOf, useVerb } from '../../lib/queries.ts'
import { ErrorHere } from '../../ui/messages.tsx'
import { useKindNames } from '../duties/names.ts'
import type { Act, Review } from './review-work.ts'
import './second-opinion.css'

type Opinion = OutputOf<typeof getOpinion>
type Difference = Opinion['differences'][number]

const WAIT_MS = 3000

/** Carries one difference out by the verb of the review that means it; each can be taken back like any step. */
async function takeOver(act: Act, documentId: string, one: Difference): Promise<void> {
  const [id] = one.draftIds
  const span = { start: one.start, end: one.end }
  if (one.what === 'missing') {
    const made = await act(spanDraft, { documentId, ...span })
    const fresh = made?.drafts[0]
    const subject = one.subject === null ? {} : { subject: [one.subject] }
    if (fresh && one.kind) await act(amendDraft, { documentId, id: fresh, changes: { kind: one.kind, ...subject } })
    return
  }
  if (id === undefined) return
  if (one.what === 'extra') await act(rejectDrafts, { documentId, ids: [id] })
  else if (one.what === 'merge') await act(mergeDrafts, { documentId, ids: one.draftIds })
  else if (one.what === 'split') await act(splitDraft, { documentId, id, at: one.at })
  else if (one.what === 'border') await act(spanDraft, { documentId, id, ...span })
  else if (one.what === 'kind' && one.kind) await act(amendDraft, { documentId, id, changes: { kind: one.kind } })
  else if (one.what === 'subject' && one.subject)
    await act(amendDraft, { documentId, id, changes: { subject: [one.subject] } })
}

/** The opinion, asked again after every step of the review and while the model is reading. */
function useOpinion(review: Review) {
  const client = useQueryClient()
  const asked = readOf(getOpinion, { documentId: review.documentId })
  const opinion = useQuery({
    ...asked,
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? WAIT_MS : false),
  })
  const { step } = review
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step changes the drafts with which the opinion is compared.
  useEffect(() => {
    void client.invalidateQueries({ queryKey: asked.queryKey })
  }, [step])
  return opinion.data
}

/** A quiet line: what the office model thinks of the drafts, or in words why it says nothing; differences on demand. */
export function SecondOpinion({
  review,
  keeps,
  act,
  onGo,
}: {
  review: Review
  keeps: boolean
  act: Act
  onGo: (draft: string) => void
}) {
  const { t } = useTranslation('opinions')
  const [open, show] = useState(false)
  const listId = useId()
  const language = useLanguage()
  const opinion = useOpinion(review)
  const ask = useVerb(openOpinion, { touches: ['opinion'] })
  if (!opinion) return null
  const { state, said, answered, agreed, differences, hindrances, host } = opinion
  const told = (words: { zh: string; en: string }) => words[language]
  const mayAsk = keeps && host !== null && state !== 'waiting'
  return (
    <section className="opinion note" aria-label={t('region')}>
      <p className="opinion-line" role="status">
        <span>{told(said)}</span>
        {hindrances.map((one) => (
          <span key={one.why}>{t('why', { why: told(one), count: one.count })}</span>
        ))}
        {answered > 0 && (
          <span>
            {t('agreed', { count: agreed })} ·{' '}
            {differences.length === 0 ? t('none') : t('differs', { count: differences.length })}
          </span>
        )}
        {differences.length > 0 && (
          <Button size="small" type="link" aria-expanded={open} aria-controls={listId} onClick={() => show(!open)}>
            {open ? t('hide') : t('show')}
          </Button>
        )}
        {mayAsk && (
          <Button
            size="small"
            type="link"
            loading={ask.isPending}
            onClick={() => ask.mutate({ documentId: review.documentId })}
          >
            {state === 'none' ? t('ask') : t('again')}
          </Button>
        )}
      </p>
      {ask.error && <ErrorHere error={ask.error} focus={false} />}
      {open && differences.length > 0 && (
        <div id={listId} className="opinion-list">
          <p>{t('note')}</p>
          <ul>
            {differences.map((one) => (
              <Row
                key={`${one.what} ${one.start} ${one.end}`}
                one={one}
                onGo={onGo}
                {...(keeps && one.mayTake ? { onTake: () => void takeOver(act, review.documentId, one) } : {})}
              />
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

/** One difference: the passage, what the model makes of it, and the way to take it over. */
function Row({ one, onGo, onTake }: { one: Difference; onGo: (draft: string) => void; onTake?: () => void }) {
  const { t } = useTranslation('opinions')
  const names = useKindNames()
  const [id] = one.draftIds
  const facts = {
    kind: one.kind === null ? '' : names.kind(one.kind),
    mode: one.mode === null ? '' : t(`mode.${one.mode as 'do' | 'done' | 'problem'}`),
    subject: one.subject ?? '',
  }
  const words = one.text.replace(/\s+/g, '')
  return (
    <li>
      <b lang="zh-CN">{words.length > 60 ? `${words.slice(0, 59)}…` : words}</b>
      <span>{t(`what.${one.what}`, facts)}</span>
      {id !== undefined && (
        <Button size="small" type="link" onClick={() => onGo(id)}>
          {t('go')}
        </Button>
      )}
      {onTake && (
        <Button size="small" type="link" onClick={onTake}>
          {t('take')}
        </Button>
      )}
    </li>
  )
}
