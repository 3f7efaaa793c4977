import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { getDocument } from '../../../src/modules/documents/document.contract.ts'
import { getReview, openDrafts } from '../../../src/modules/duties/draft.contract.ts'
import { isAbsent, useQueryOf, useVerb } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows, NoRight } from '../../ui/messages.tsx'
import { PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { ReviewDesk } from './review-desk.tsx'
import './documents.css'
import './review.css'
import './drafts.css'

/** The review of a document: its source beside its drafts; offers to make the drafts where there are none yet. */
export function ReviewPage() {
  const { t } = useTranslation('documents')
  const { id } = useParams({ from: '/inside/documents/$id/review' })
  const search = useSearch({ from: '/inside/documents/$id/review' })
  const navigate = useNavigate({ from: '/documents/$id/review' })
  const keeps = useSession()?.roles.includes('office') ?? false
  const document = useQueryOf(getDocument, { id }, { keep: false })
  const review = useQueryOf(getReview, { documentId: id }, { keep: false })
  const open = useVerb(openDrafts, { touches: ['draft'] })
  if (document.error)
    return isAbsent(document.error) ? (
      <NoRight />
    ) : (
      <ErrorHere error={document.error} retry={() => void document.refetch()} />
    )
  if (document.data && review.data)
    return (
      <ReviewDesk
        key={id}
        document={document.data}
        review={review.data}
        keeps={keeps}
        search={search}
        onSearch={(next) => {
          // The desk remembers its place a moment later; whoever has gone on by then is not called back.
          if (window.location.pathname === `/documents/${id}/review`)
            void navigate({ to: '/documents/$id/review', params: { id }, search: next, replace: true })
        }}
      />
    )
  return (
    <>
      <PageHead title={t('task.title')} crumb={document.data?.title} />
      <PageBody>
        {!review.error ? (
          <LoadingRows rows={12} height={34} />
        ) : isAbsent(review.error) ? (
          <Panel>
            <EmptyState
              title={t('task.notOpened')}
              why={keeps ? t('task.notOpenedNote') : t('task.readOnly')}
              verb={
                keeps && (
                  <Button type="primary" loading={open.isPending} onClick={() => open.mutate({ documentId: id })}>
                    {t('task.makeDrafts')}
                  </Button>
                )
              }
            />
            {open.error && <ErrorHere error={open.error} />}
          </Panel>
        ) : (
          <ErrorHere error={review.error} retry={() => void review.refetch()} />
        )}
      </PageBody>
    </>
  )
}
