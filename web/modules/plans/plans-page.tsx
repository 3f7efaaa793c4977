import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/session.tsx'
import { PageHead } from '../../ui/page.tsx'
import { YearStep } from '../../ui/year-step.tsx'
import { PlansView } from './plans-view.tsx'
import type { PlansSearch } from './search.ts'

/** The plan of the year: what shall take place, month by month; a record keeps it. */
export function PlansPage() {
  const { t } = useTranslation('plans')
  const navigate = useNavigate()
  const { today } = useFormats()
  const search = useSearch({ strict: false }) as PlansSearch
  const year = search.year ?? Number(today.slice(0, 4))
  const move = (next: PlansSearch) => void navigate({ to: '/plans', search: { ...search, ...next }, replace: true })
  return (
    <>
      <PageHead
        title={t('title')}
        sentence={
          <YearStep year={year} onYear={(next) => move({ year: next, plan: undefined })}>
            {t('sentence')}
          </YearStep>
        }
      />
      <PlansView year={year} search={search} move={move} />
    </>
  )
}
