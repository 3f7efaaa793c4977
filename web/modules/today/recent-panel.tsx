import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listActs } from '../../../src/modules/journal/journal.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { Panel } from '../../ui/page.tsx'

/** What was done last in the bureau; only on wide screens, for those who may read the journal. */
export function RecentPanel() {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const { data } = useQueryOf(listActs, { limit: 8 })
  if (!data || data.items.length === 0) return null
  return (
    <div className="today-recent">
      <Panel title={t('panel.recent')} extra={<Link to={'/journal' as never}>{t('panel.journal')}</Link>}>
        <ul className="today-acts">
          {data.items.map((act) => (
            <li key={act.id}>
              <span className="note">{formats.instant(act.at)}</span>
              <span>{act.name[formats.language]}</span>
              <span className="note" lang="zh-CN">
                {act.by}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  )
}
