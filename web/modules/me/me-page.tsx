import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { PageHead } from '../../ui/page.tsx'
import { KeptView } from './kept-view.tsx'
import { OwnSettings } from './own-settings.tsx'
import { RecordsView } from './records-view.tsx'
import { type MeSearch, meTabs } from './search.ts'
import './me.css'

/** One's own page: what one did and attended, what the system keeps about one, one's own settings. */
export function MePage() {
  const { t } = useTranslation('me')
  const navigate = useNavigate()
  const session = useSession()
  const search = useSearch({ strict: false }) as MeSearch
  // An administrator is no person of the bureau; somebody who acts for a leader is himself again only at his own page.
  const own = session?.personId != null && session.onBehalfOf === null
  const tabs = own ? meTabs : (['settings'] as const)
  const tab = tabs.find((one) => one === search.tab) ?? tabs[0]
  return (
    <>
      <PageHead title={t('title')} sentence={session?.person.name} />
      <TabsWithCounts
        name={t('views')}
        tabs={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
        value={tab}
        onChange={(key) => void navigate({ to: '/me', search: key === 'records' ? {} : { tab: key }, replace: true })}
      />
      {tab === 'records' && <RecordsView />}
      {tab === 'kept' && <KeptView />}
      {tab === 'settings' && <OwnSettings own={own} />}
    </>
  )
}
