import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src/core/access/actor.ts'
import { useSession } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { PageHead } from '../../ui/page.tsx'
import { CalendarView } from './calendar-view.tsx'
import { ChannelsView } from './channels-view.tsx'
import { DigestView } from './digest-view.tsx'
import { FeedsView } from './feeds-view.tsx'
import { type SettingsSearch, type SettingsTab, settingsTabs } from './search.ts'
import '../organisation/dialogs.css'
import './settings.css'

const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

/** Settings of the bureau: the civil calendar, the morning digest, ways out of the product, calendar feeds. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const navigate = useNavigate()
  const session = useSession()
  const search = useSearch({ strict: false }) as SettingsSearch
  const has = (roles: readonly Role[]) => session?.roles.some((role) => roles.includes(role)) ?? false
  const may: Record<SettingsTab, boolean> = {
    calendar: true,
    digest: has(['office']),
    channels: has(administrators),
    feeds: has(['system-admin']),
  }
  const tabs = settingsTabs.filter((tab) => may[tab])
  const tab = tabs.find((one) => one === search.tab) ?? 'calendar'
  const go = (next: SettingsSearch) => void navigate({ to: '/settings', search: next, replace: true })
  return (
    <>
      <PageHead title={t('title')} />
      <TabsWithCounts
        name={t('views')}
        tabs={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
        value={tab}
        onChange={(key) => go(key === 'calendar' ? {} : { tab: key })}
      />
      {tab === 'calendar' && (
        <CalendarView year={search.year} imports={has(['office'])} onYear={(year) => go(year ? { year } : {})} />
      )}
      {tab === 'digest' && <DigestView />}
      {tab === 'channels' && <ChannelsView opens={has(['system-admin'])} />}
      {tab === 'feeds' && <FeedsView />}
    </>
  )
}
