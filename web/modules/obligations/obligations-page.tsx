import { DownloadOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { matrixObligations, workbookOfObligations } from '../../../src/modules/obligations/obligation.contract.ts'
import type { Arrive } from '../../lib/arrival.ts'
import { fileAddress } from '../../lib/client.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { PageHead } from '../../ui/page.tsx'
import { YearStep } from '../../ui/year-step.tsx'
import { CalendarView } from './calendar-view.tsx'
import { ListView } from './list-view.tsx'
import { MatrixView, matrixRead } from './matrix-view.tsx'
import { type ObligationsSearch, type ObligationTab, obligationsSearch, obligationTabs } from './search.ts'
import './obligations.css'

/** Changes the address; a member left undefined goes. */
export type Move = (next: ObligationsSearch) => void

/** Begins the read of the matrix, where the address shows one. */
export const arrive: Arrive = ({ session, search, begin }) => {
  const { year = Number(session.today.slice(0, 4)), tab, view } = obligationsSearch.parse(search)
  if ((view ?? 'matrix') === 'matrix' && (tab ?? 'branches') === 'branches') begin(matrixObligations, matrixRead(year))
}

/** Who sees which tabs: persons' hours and reports are for the person, his branch secretary and the one handler. */
function tabsFor(roles: readonly string[]): readonly ObligationTab[] {
  const everyone = ['office', 'secretary', 'supervision-reader', 'team-member', 'discipline']
  const bodies = roles.some((role) => everyone.includes(role))
  return obligationTabs.filter(
    (tab) => tab === 'branches' || tab === 'hours' || tab === 'talks' || tab === 'personal' || bodies,
  )
}

/** What is owed: units by rules, a calendar, or a list; each mark explains itself at the right. */
export function ObligationsPage() {
  const { t } = useTranslation('obligations')
  const navigate = useNavigate()
  const formats = useFormats()
  const session = useSession()
  const search = useSearch({ strict: false }) as ObligationsSearch
  const thisYear = Number(formats.today.slice(0, 4))
  const year = search.year ?? thisYear
  const tabs = tabsFor(session?.roles ?? [])
  const tab = search.tab !== undefined && tabs.includes(search.tab) ? search.tab : 'branches'
  const byUnit = tab === 'branches' || tab === 'groups'
  const view = byUnit ? (search.view ?? 'matrix') : 'list'
  const move = useCallback<Move>(
    (next) => void navigate({ search: ((was: ObligationsSearch) => ({ ...was, ...next })) as never, replace: true }),
    [navigate],
  )
  const on = year === thisYear ? t('asOf', { day: formats.day(formats.today) }) : t('wholeYear')
  return (
    <>
      <PageHead
        title={t('title')}
        sentence={
          <YearStep year={year} onYear={(next) => move({ year: next, open: undefined })}>
            {on}
          </YearStep>
        }
        actions={
          byUnit && (
            <>
              {view === 'matrix' && (
                <Button icon={<DownloadOutlined />} href={fileAddress(workbookOfObligations, { year })} download>
                  {t('workbook')}
                </Button>
              )}
              <Segmented
                value={view}
                aria-label={t('view.name')}
                options={(['matrix', 'calendar', 'list'] as const).map((one) => ({
                  value: one,
                  label: t(`view.${one}`),
                }))}
                onChange={(next) => move({ view: next, open: undefined })}
              />
            </>
          )
        }
      />
      <TabsWithCounts
        name={t('tab.name')}
        tabs={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
        value={tab}
        onChange={(next) => move({ tab: next, open: undefined, outcome: undefined, rule: undefined })}
      />
      {view === 'matrix' && <MatrixView year={year} tab={tab} search={search} move={move} />}
      {view === 'calendar' && <CalendarView year={year} tab={tab} search={search} move={move} />}
      {view === 'list' && <ListView year={year} tab={tab} search={search} move={move} />}
    </>
  )
}
