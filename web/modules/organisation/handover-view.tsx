import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listHandovers } from '../../../src/modules/organisation/post.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { PageBody, Panel } from '../../ui/page.tsx'
import { WorkRow, WorkRows } from '../../ui/work-row.tsx'
import type { OrganisationSearch } from './search.ts'

/** What a handover must look at: appointments that end soon, and posts that nobody holds. */
export function HandoverView({
  search,
  onSearch,
}: {
  search: OrganisationSearch
  onSearch: (search: OrganisationSearch) => void
}) {
  const { t } = useTranslation('organisation')
  const formats = useFormats()
  const days = search.days ?? 60
  const { data, error, refetch } = useQueryOf(listHandovers, { days })
  const see = (unitId: string) => onSearch({ tab: 'units', unitId })
  return (
    <>
      <div className="filter-bar">
        <label className="note" htmlFor="handover-days">
          {t('handover.within')}
        </label>
        <Select
          id="handover-days"
          size="small"
          value={days}
          options={[30, 60, 90, 180].map((count) => ({ value: count, label: t('handover.days', { count }) }))}
          onChange={(value: number) => onSearch({ ...search, days: value })}
        />
      </div>
      <PageBody>
        {error && <ErrorHere error={error} retry={() => void refetch()} />}
        {!data && !error && <LoadingRows />}
        {data && (
          <>
            <Panel title={t('handover.ending')} count={data.ending.length} flush>
              {data.ending.length === 0 && <p className="note panel-note">{t('handover.noneEnding')}</p>}
              <WorkRows>
                {data.ending.map(({ appointmentId, title, unit, unitId, name, to }) => (
                  <WorkRow
                    key={appointmentId}
                    state="soon"
                    title={name ?? t('roster.erased')}
                    note={`${title} · ${unit}`}
                    due={t('handover.until', { day: formats.day(to) })}
                    verb={t('handover.see')}
                    onVerb={() => see(unitId)}
                  />
                ))}
              </WorkRows>
            </Panel>
            <Panel title={t('handover.vacant')} count={data.vacant.length} flush>
              {data.vacant.length === 0 && <p className="note panel-note">{t('handover.noneVacant')}</p>}
              <WorkRows>
                {data.vacant.map(({ postId, title, unit, unitId, since }) => (
                  <WorkRow
                    key={postId}
                    state="unknown"
                    title={title}
                    note={unit}
                    due={since ? t('handover.since', { day: formats.day(since) }) : t('handover.never')}
                    verb={t('handover.see')}
                    onVerb={() => see(unitId)}
                  />
                ))}
              </WorkRows>
            </Panel>
          </>
        )}
      </PageBody>
    </>
  )
}
