import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getFeed, grantFeeds, revokeFeeds } from '../../../src/modules/notices/feed.contract.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { ConfirmIrrevocable } from '../../ui/confirm.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { PageBody, Panel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'

/** Whether the people of the bureau may open calendar feeds: off until the administrator says so. */
export function FeedsView() {
  const { t } = useTranslation('settings')
  const { data, error, isPending, refetch } = useQueryOf(getFeed, {})
  const [asking, ask] = useState(false)
  const grant = useVerb(grantFeeds, { touches: ['feed'] })
  const revoke = useVerb(revokeFeeds, { touches: ['feed'], onDone: () => ask(false) })
  return (
    <PageBody>
      <div className="settings-body settings-narrow">
        <Panel title={t('feeds.title')}>
          {error && <ErrorHere error={error} retry={() => void refetch()} />}
          {isPending && !error && <LoadingRows rows={2} />}
          <p>{t('feeds.what')}</p>
          {data && (
            <>
              <p>
                <StateTag state={data.allowed ? 'progress' : 'none'}>
                  {t(data.allowed ? 'feeds.on' : 'feeds.off')}
                </StateTag>
              </p>
              <div className="settings-verbs">
                {data.allowed ? (
                  <Button onClick={() => ask(true)}>{t('feeds.revoke')}</Button>
                ) : (
                  <Button loading={grant.isPending} onClick={() => grant.mutate({})}>
                    {t('feeds.grant')}
                  </Button>
                )}
              </div>
            </>
          )}
          {(grant.error ?? revoke.error) && <ErrorHere error={grant.error ?? revoke.error} />}
        </Panel>
      </div>
      <ConfirmIrrevocable
        open={asking}
        title={t('feeds.askTitle')}
        what={t('feeds.askWhat')}
        verb={t('feeds.revoke')}
        busy={revoke.isPending}
        onConfirm={() => revoke.mutate({}, { onError: () => ask(false) })}
        onClose={() => ask(false)}
      />
    </PageBody>
  )
}
