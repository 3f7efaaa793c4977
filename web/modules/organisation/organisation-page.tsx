import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src/core/access/actor.ts'
import { useSession } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { PageHead } from '../../ui/page.tsx'
import { AccountsView } from '../accounts/accounts-view.tsx'
import { HandoverView } from './handover-view.tsx'
import { MandatesView } from './mandates-view.tsx'
import type { OrganisationSearch } from './search.ts'
import { UnitsView } from './units-view.tsx'
import './organisation.css'

const accountReaders: readonly Role[] = ['office', 'system-admin', 'security-admin', 'audit-admin']
const keepers: readonly Role[] = ['office', 'system-admin']
const tabs = ['units', 'handover', 'mandates', 'accounts'] as const

/** Units, posts and persons as of a day; handovers; mandates; accounts. */
export function OrganisationPage() {
  const { t } = useTranslation('organisation')
  const navigate = useNavigate()
  const session = useSession()
  const search = useSearch({ strict: false }) as OrganisationSearch
  const has = (roles: readonly Role[]) => session?.roles.some((role) => roles.includes(role)) ?? false
  const shown = tabs.filter((tab) => tab !== 'accounts' || has(accountReaders))
  const tab = shown.find((one) => one === search.tab) ?? 'units'
  const go = (next: OrganisationSearch) => void navigate({ to: '/organisation', search: next, replace: true })
  const shared = { search, onSearch: go }
  return (
    <>
      <PageHead title={t('title')} />
      <TabsWithCounts
        name={t('views')}
        tabs={shown.map((key) => ({ key, label: t(`tab.${key}`) }))}
        value={tab}
        onChange={(key) => go(key === 'units' ? {} : { tab: key })}
      />
      {tab === 'units' && <UnitsView {...shared} keeps={has(keepers)} />}
      {tab === 'handover' && <HandoverView {...shared} />}
      {tab === 'mandates' && <MandatesView />}
      {tab === 'accounts' && <AccountsView />}
    </>
  )
}
