import { useTranslation } from 'react-i18next'
import type { getActivity } from '../../../src/modules/activities/activity.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useFormats } from '../../lib/session.tsx'
import { Tag } from '../../ui/page.tsx'

/** One activity whole, as it was answered. */
export type Activity = OutputOf<typeof getActivity>

/** Names in a row: 、 or comma between them. */
export function useJoined() {
  const { language } = useFormats()
  return (parts: readonly string[]) => parts.join(language === 'zh' ? '、' : ', ')
}

/** The marks of a record: entered late, imported at the opening, withdrawn. */
export function Marks({ mark, withdrawn }: Pick<Activity, 'mark' | 'withdrawn'>) {
  const { t } = useTranslation('activities')
  return (
    <span className="marks">
      {mark && <Tag>{t(`mark.${mark}`)}</Tag>}
      {withdrawn && <Tag>{t('mark.withdrawn')}</Tag>}
    </span>
  )
}
