import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormats, useSession } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { PageHead } from '../../ui/page.tsx'
import { CountsView } from './counts-view.tsx'
import { ListView } from './list-view.tsx'
import type { TalksSearch } from './search.ts'
import './talks.css'

const counters: readonly string[] = ['secretary', 'team-member', 'office', 'discipline', 'supervision-reader']

/** Talks: the records that the reader may see, and their numbers by kind and month. */
export function TalksPage() {
  const { t } = useTranslation('talks')
  const navigate = useNavigate()
  const session = useSession()
  const { today } = useFormats()
  const search = useSearch({ strict: false }) as TalksSearch
  const counts = session?.roles.some((role) => counters.includes(role)) ?? false
  const lists = session?.roles.some((role) => role !== 'supervision-reader') ?? false
  const tab = (search.tab ?? (lists ? 'list' : 'counts')) === 'counts' && counts ? 'counts' : 'list'
  const go = (next: TalksSearch) => void navigate({ to: '/talks', search: next, replace: true })
  const tabs = [
    ...(lists ? [{ key: 'list' as const, label: t('tab.list') }] : []),
    ...(counts ? [{ key: 'counts' as const, label: t('tab.counts') }] : []),
  ]
  return (
    <>
      <PageHead title={t('title')} sentence={t('sentence')} />
      <TabsWithCounts name={t('views')} tabs={tabs} value={tab} onChange={(key) => go({ tab: key })} />
      {tab === 'counts' ? (
        <CountsView year={search.year ?? Number(today.slice(0, 4))} onYear={(year) => go({ tab: 'counts', year })} />
      ) : (
        <ListView search={search} onSearch={(next) => go({ ...next, ...(search.tab ? { tab: search.tab } : {}) })} />
      )}
    </>
  )
}
