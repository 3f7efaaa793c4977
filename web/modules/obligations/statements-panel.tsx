import { useTranslation } from 'react-i18next'
import { listStatements } from '../../../src/modules/obligations/statement.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { SidePanel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'

/** Of whom the report of a year is expected and who has stated it as sent; each look at it is kept for the auditor. */
export function StatementsPanel({ year, onClose }: { year: number; onClose: () => void }) {
  const { t } = useTranslation('obligations')
  const formats = useFormats()
  const { data, error, isPending, refetch } = useQueryOf(listStatements, { year }, { keep: false })
  const stated = data?.items.filter(({ on }) => on !== null).length ?? 0
  return (
    <SidePanel title={t('statements.title', { year })} onClose={onClose} foot={t('statements.audited')}>
      {error && <ErrorHere error={error} retry={() => void refetch()} />}
      {isPending && !error && <LoadingRows rows={6} height={28} />}
      {data && data.items.length === 0 && <EmptyState title={t('statements.none')} why={t('statements.noneWhy')} />}
      {data && data.items.length > 0 && (
        <>
          <p className="note">{t('statements.count', { all: data.items.length, stated })}</p>
          <ul className="owed-stated">
            {data.items.map(({ personId, name, on }) => (
              <li key={personId}>
                <span lang="zh-CN">{name ?? t('erased')}</span>
                {on ? (
                  <StateTag state="done">{t('statements.on', { day: formats.day(on) })}</StateTag>
                ) : (
                  <StateTag state="unknown">{t('statements.notYet')}</StateTag>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </SidePanel>
  )
}
