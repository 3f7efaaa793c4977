import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../src/core/access/actor.ts'
import type { Arrive } from '../../lib/arrival.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import { TabsWithCounts } from '../../ui/filters.tsx'
import { LoadingRows } from '../../ui/messages.tsx'
import { PageHead } from '../../ui/page.tsx'
import { CountsView } from './counts-view.tsx'
import { ListView, talkPages } from './list-view.tsx'
import { type TalksSearch, type TalkTab, talksSearch, talkTabs } from './search.ts'
import './talks.css'

const counters: readonly Role[] = ['secretary', 'team-member', 'office', 'discipline', 'supervision-reader']
const reminders: readonly Role[] = ['office', 'discipline', 'secretary']

const CoverageView = lazy(async () => ({ default: (await import('./coverage-view.tsx')).CoverageView }))
const PlansView = lazy(async () => ({ default: (await import('../plans/plans-view.tsx')).PlansView<TalksSearch> }))
const RemindersView = lazy(async () => ({ default: (await import('../notices/reminders-view.tsx')).RemindersView }))

/** Begins the read of the list, where the address shows it. */
export const arrive: Arrive = ({ session, search, client }) => {
  const asked = talksSearch.parse(search)
  const lists = session.roles.some((role) => role !== 'supervision-reader')
  if (lists && (asked.tab ?? 'list') === 'list') void client.prefetchInfiniteQuery(talkPages(asked, session.today))
}

/** Talks: the records that the reader may see, who has talked with whom, what is planned, festival reminders, numbers. */
export function TalksPage() {
  const { t } = useTranslation('talks')
  const navigate = useNavigate()
  const session = useSession()
  const { today } = useFormats()
  const search = useSearch({ strict: false }) as TalksSearch
  const has = (roles: readonly Role[]) => session?.roles.some((role) => roles.includes(role)) ?? false
  const lists = session?.roles.some((role) => role !== 'supervision-reader') ?? false
  const may: Record<TalkTab, boolean> = {
    list: lists,
    coverage: lists,
    plan: lists,
    reminders: has(reminders),
    counts: has(counters),
  }
  const tabs = talkTabs.filter((tab) => may[tab])
  const tab = tabs.find((one) => one === search.tab) ?? tabs[0] ?? 'list'
  const go = (next: TalksSearch) => void navigate({ to: '/talks', search: next, replace: true })
  const year = search.year ?? Number(today.slice(0, 4))
  const onYear = (next: number) => go({ tab, year: next })
  return (
    <>
      <PageHead title={t('title')} sentence={t('sentence')} />
      <TabsWithCounts
        name={t('views')}
        tabs={tabs.map((key) => ({ key, label: t(`tab.${key}`) }))}
        value={tab}
        onChange={(key) => go(key === 'list' ? {} : { tab: key })}
      />
      <Suspense fallback={<LoadingRows rows={6} />}>
        {tab === 'list' && (
          <ListView search={search} onSearch={(next) => go({ ...next, ...(search.tab ? { tab: search.tab } : {}) })} />
        )}
        {tab === 'coverage' && <CoverageView year={year} onYear={onYear} />}
        {tab === 'plan' && (
          <PlansView items={['talk']} year={year} search={search} move={(next) => go({ ...search, ...next })} />
        )}
        {tab === 'reminders' && <RemindersView />}
        {tab === 'counts' && <CountsView year={year} onYear={onYear} />}
      </Suspense>
    </>
  )
}
