import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src/core/access/actor.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { PageBody, PageHead } from '../../ui/page.tsx'
import { YearStep } from '../../ui/year-step.tsx'
import { PlansView } from '../plans/plans-view.tsx'
import { HoursView } from './hours-view.tsx'
import { PersonsView } from './persons-view.tsx'
import { type StudySearch, type StudyTab, studyTabs } from './search.ts'
import './study.css'

const readers: readonly Role[] = ['office', 'branch-secretary']

/** Study and training: my hours, those of whom I may see them, and what is to be read. */
export function StudyPage() {
  const { t } = useTranslation('study')
  const navigate = useNavigate()
  const session = useSession()
  const formats = useFormats()
  const search = useSearch({ strict: false }) as StudySearch
  const year = search.year ?? Number(formats.today.slice(0, 4))
  const may: Record<StudyTab, boolean> = {
    own: session?.personId != null,
    persons: session?.roles.some((role) => readers.includes(role)) ?? false,
    reading: true,
  }
  const tabs = studyTabs.filter((tab) => may[tab])
  const tab = tabs.find((one) => one === search.tab) ?? tabs[0] ?? 'reading'
  const move = (next: StudySearch) => void navigate({ to: '/study', search: { ...search, ...next }, replace: true })
  return (
    <>
      <PageHead
        title={t('title')}
        sentence={
          <YearStep year={year} onYear={(next) => move({ year: next, rule: undefined, person: undefined })}>
            {t('asOf', { day: formats.day(formats.today) })}
          </YearStep>
        }
      />
      <TabsWithCounts
        name={t('views')}
        tabs={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
        value={tab}
        onChange={(key) =>
          void navigate({
            to: '/study',
            search: { tab: key, ...(search.year ? { year: search.year } : {}) },
            replace: true,
          })
        }
      />
      {tab === 'own' && (
        <PageBody>
          <div className="study-body">
            <HoursView year={year} rule={search.rule} onRule={(rule) => move({ rule })} />
          </div>
        </PageBody>
      )}
      {tab === 'persons' && <PersonsView year={year} search={search} move={move} />}
      {tab === 'reading' && <PlansView items={['reading']} year={year} search={search} move={move} />}
    </>
  )
}
