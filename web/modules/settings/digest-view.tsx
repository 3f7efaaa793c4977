import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announceDigests, listNotices, planDigest } from '../../../src/modules/notices/notice.contract.ts'
import { useQueryOf, useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { PageBody, Panel } from '../../ui/page.tsx'

const hours = [5, 6, 7, 8, 9, 10, 11]

/** The hour of the morning digest, and this morning's made by hand. */
export function DigestView() {
  const { t } = useTranslation('settings')
  const formats = useFormats()
  const { data, error, isPending, refetch } = useQueryOf(listNotices, {})
  const [chosen, choose] = useState<number>()
  const plan = useVerb(planDigest, { touches: ['notice', 'digest'], onDone: () => choose(undefined) })
  const announce = useVerb(announceDigests, { touches: ['notice', 'channel'] })
  const hour = chosen ?? data?.hour
  return (
    <PageBody>
      <div className="settings-body settings-narrow">
        <Panel title={t('digest.title')}>
          {error && <ErrorHere error={error} retry={() => void refetch()} />}
          {isPending && !error && <LoadingRows rows={2} />}
          <p>{t('digest.what')}</p>
          {data && (
            <div className="settings-line">
              <label htmlFor="digest-hour">{t('digest.hour')}</label>
              <Select
                id="digest-hour"
                value={hour ?? null}
                options={hours.map((one) => ({ value: one, label: `${one}:00` }))}
                onChange={choose}
              />
              <Button
                disabled={hour === undefined || hour === data.hour}
                loading={plan.isPending}
                onClick={() => hour !== undefined && plan.mutate({ hour })}
              >
                {t('digest.save')}
              </Button>
              <span className="note">{t('digest.next', { day: formats.day(data.nextDigestOn) })}</span>
            </div>
          )}
          {plan.error && <ErrorHere error={plan.error} />}
        </Panel>
        <Panel title={t('digest.now')}>
          <p>{t('digest.nowWhat')}</p>
          <div className="settings-verbs">
            <Button loading={announce.isPending} onClick={() => announce.mutate({})}>
              {t('digest.make')}
            </Button>
          </div>
          {announce.error && <ErrorHere error={announce.error} />}
          {announce.data && <p role="status">{t('digest.made', announce.data)}</p>}
        </Panel>
      </div>
    </PageBody>
  )
}
