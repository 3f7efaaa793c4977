import { useTranslation } from 'react-i18next'
import type { dutyViews } from '../../../src/modules/duties/duty.contract.ts'
import { useFormats } from '../../lib/session.tsx'
import { ProgressBar } from '../../ui/coverage-line.tsx'
import { type CountedTab, type Filter, FilterBar, TabsWithCounts } from '../../ui/filters.tsx'
import type { Counts } from './duty-reads.ts'
import { holderOf, kindIds, layerIds, type Order, useKindNames } from './names.ts'
import { type DutiesSearch, type Grouping, groupings } from './search.ts'

type View = (typeof dutyViews)[number] | 'all'

/** Saved views that stand only while they hold something. */
const whenHeld: readonly View[] = ['draft', 'unowned']

/** Saved views with their numbers, and how far the list is. */
export function ViewTabs({
  counts,
  view,
  onView,
}: {
  counts: Counts | undefined
  view: View
  onView: (view: View) => void
}) {
  const { t } = useTranslation('duties')
  const order: View[] = [
    'all',
    'due-soon',
    'late',
    'awaiting',
    'made-good-late',
    'not-taken-on',
    'stale',
    'closed',
    'draft',
    'unowned',
  ]
  const tabs = order.flatMap((key): CountedTab<View>[] =>
    whenHeld.includes(key) && key !== view && !counts?.[key]
      ? []
      : [{ key, label: t(`tabs.${key}`), ...(counts ? { count: counts[key] } : {}) }],
  )
  return (
    <TabsWithCounts
      name={t('tabs.name')}
      tabs={tabs}
      value={view}
      onChange={onView}
      extra={counts && counts.all > 0 && <Progress counts={counts} />}
    />
  )
}

function Progress({ counts }: { counts: Counts }) {
  const { t } = useTranslation('duties')
  const late = counts['made-good-late']
  const rest = counts.all - counts.open - counts.closed - counts.draft
  return (
    <>
      <span className="note">{t('progress', { done: counts.closed, all: counts.all })}</span>
      <span className="list-progress">
        <ProgressBar
          parts={[
            { key: 'done', count: counts.closed - late, color: 'var(--st-done)' },
            { key: 'goodlate', count: late, color: 'var(--st-goodlate)' },
            { key: 'open', count: counts.open - counts.late + counts.draft, color: 'var(--accent-edge)' },
            { key: 'late', count: counts.late, color: 'var(--st-late)' },
            { key: 'rest', count: rest, color: '#c9c8c2' },
          ]}
        />
      </span>
    </>
  )
}

/** Stretches of a year by which due days are filtered. */
const stretches = {
  quarter1: ['01-01', '03-31'],
  quarter2: ['04-01', '06-30'],
  quarter3: ['07-01', '09-30'],
  quarter4: ['10-01', '12-31'],
  half1: ['01-01', '06-30'],
  half2: ['07-01', '12-31'],
} as const

/** The filters of the list with what they may be. */
export function useListFilters(search: DutiesSearch, year: number, order: Order): Filter[] {
  const { t } = useTranslation('duties')
  const names = useKindNames()
  const formats = useFormats()
  const due = search.from || search.to ? `${search.from ?? ''}~${search.to ?? ''}` : ''
  const dueChoices = Object.entries(stretches).map(([key, [from, to]]) => ({
    value: `${year}-${from}~${year}-${to}`,
    label: t(`filter.${key as keyof typeof stretches}`),
  }))
  if (due !== '' && !dueChoices.some((choice) => choice.value === due))
    dueChoices.push({ value: due, label: formats.range(search.from ?? `${year}-01-01`, search.to ?? `${year}-12-31`) })
  const leaders = order.leading.map((post) => ({ value: post.postId, label: `${holderOf(post)}　${post.title}` }))
  const chosen = search.leader ? order.post(search.leader) : undefined
  if (chosen && !leaders.some((one) => one.value === chosen.postId))
    leaders.push({ value: chosen.postId, label: `${holderOf(chosen)}　${chosen.title}` })
  return [
    {
      key: 'layer',
      label: t('filter.layer'),
      value: search.layer ?? '',
      choices: layerIds().map((value) => ({ value, label: names.layer(value) })),
    },
    { key: 'leader', label: t('filter.leader'), value: search.leader ?? '', choices: leaders },
    { key: 'unit', label: t('filter.unit'), value: search.unit ?? '', choices: order.unitChoices },
    { key: 'due', label: t('filter.due'), value: due, every: t('filter.dueAll'), choices: dueChoices },
    {
      key: 'kind',
      label: t('filter.kind'),
      value: search.kind ?? '',
      choices: kindIds().map((value) => ({ value, label: names.kind(value) })),
    },
  ]
}

/** The filters in force, in words. */
export function filtersInForce(filters: readonly Filter[], q: string | undefined): string[] {
  const chosen = filters.flatMap((filter) => {
    const label = filter.choices.find((choice) => choice.value === filter.value)?.label
    return filter.value === '' || label === undefined ? [] : `${filter.label}：${label}`
  })
  return q ? [...chosen, q] : chosen
}

/** The change of the address that a filter asks for. */
export function filterChange(key: string, value: string): Partial<DutiesSearch> {
  if (key !== 'due') return { [key]: value === '' ? undefined : value }
  const [from, to] = value.split('~')
  return { from: from || undefined, to: to || undefined }
}

/** The bar of filters and grouping above the list. */
export function ListFilters({
  filters,
  q,
  group,
  onChange,
  onClear,
}: {
  filters: readonly Filter[]
  q: string
  group: Grouping
  onChange: (change: Partial<DutiesSearch>) => void
  onClear: () => void
}) {
  const { t } = useTranslation('duties')
  return (
    <FilterBar
      text={{ value: q, hint: t('filter.hint'), onChange: (text) => onChange({ q: text.trim() || undefined }) }}
      filters={filters}
      onFilter={(key, value) => onChange(filterChange(key, value))}
      onClear={onClear}
      group={{
        value: group,
        choices: groupings.map((value) => ({ value, label: t(`group.${value}`) })),
        onChange: (value) => onChange({ group: value === 'layer' ? undefined : (value as Grouping) }),
      }}
    />
  )
}
