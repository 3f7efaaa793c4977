import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listRules } from '../../../src/modules/rules/rule.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { ListFrame } from '../../ui/list-frame.tsx'
import { PageHead, Tag } from '../../ui/page.tsx'
import type { Column, Group } from '../../ui/table.tsx'
import { RulePanel } from './rule-panel.tsx'
import { type RulesSearch, ruleStands } from './search.ts'
import './rules.css'

/** A rule as the library lists it. */
export type RuleRow = OutputOf<typeof listRules>['items'][number]

/** Whether a rule owes something here, waits for a confirmation, or is read only. */
export function standOf(rule: RuleRow): (typeof ruleStands)[number] {
  if (rule.active) return 'active'
  return rule.standing === 'documentation' ? 'documentation' : 'dormant'
}

function useColumns(): Column<RuleRow>[] {
  const { t } = useTranslation('rules')
  const { language } = useFormats()
  return [
    {
      key: 'rule',
      title: t('list.rule'),
      width: 190,
      render: ({ words }) => <b className="name">{words[language]}</b>,
    },
    {
      key: 'says',
      title: t('list.says'),
      support: true,
      render: ({ says }) => <span className="clamp">{says[language]}</span>,
    },
    { key: 'article', title: t('list.article'), width: 96, support: true, render: ({ article }) => article ?? '—' },
    { key: 'strict', title: t('list.strict'), width: 96, render: ({ strictness }) => t(`strictness.${strictness}`) },
    {
      key: 'stand',
      title: t('list.stand'),
      width: 178,
      render: (rule) => (
        <span className="rule-marks">
          <span>{t(`stand.${standOf(rule)}`)}</span>
          {rule.unconfirmed && <Tag>{t('unconfirmed')}</Tag>}
          {rule.unset.length > 0 && <Tag>{t('unset')}</Tag>}
          {rule.changed && <Tag>{t('changed')}</Tag>}
        </span>
      ),
    },
  ]
}

/** The rule library: every rule with its source, whether it is asked here, and what the bureau set or confirmed. */
export function RulesPage() {
  const { t } = useTranslation('rules')
  const navigate = useNavigate()
  const { language } = useFormats()
  const search = useSearch({ strict: false }) as RulesSearch
  const read = useQueryOf(listRules, {})
  const { data } = read
  const every = useColumns()
  // Beside an open rule its panel says what it asks and where it is written.
  const columns = search.rule ? every.filter(({ key }) => key !== 'article') : every
  const move = (next: RulesSearch) => void navigate({ to: '/rules', search: { ...search, ...next }, replace: true })
  const rows = data?.items.filter((rule) => !search.stand || standOf(rule) === search.stand) ?? []
  const packs = [...new Set(rows.map(({ pack }) => pack.id))]
  const groups = packs.map((id): Group<RuleRow> => {
    const own = rows.filter(({ pack }) => pack.id === id)
    return {
      key: id,
      name: own[0]?.pack.title[language] ?? id,
      words: t('list.count', { count: own.length }),
      rows: own,
    }
  })
  const active = data?.items.filter((rule) => rule.active).length ?? 0
  const waiting = data?.items.filter((rule) => rule.unconfirmed).length ?? 0
  return (
    <>
      <PageHead title={t('title')} sentence={data && t('sentence', { active, waiting })} />
      <ListFrame
        title={t('title')}
        read={read}
        bar={{
          filters: [
            {
              key: 'stand',
              label: t('list.stand'),
              value: search.stand ?? '',
              choices: ruleStands.map((one) => ({ value: one, label: t(`stand.${one}`) })),
            },
          ],
          onFilter: (_, value) => move({ stand: value === '' ? undefined : (value as RulesSearch['stand']) }),
          onClear: () => move({ stand: undefined }),
        }}
        aside={
          search.rule && <RulePanel key={search.rule} rule={search.rule} onClose={() => move({ rule: undefined })} />
        }
        columns={columns}
        groups={groups}
        rowKey={({ rule }) => rule}
        rowName={({ rule }) => rule}
        onOpen={({ rule }) => move({ rule })}
        {...(search.rule ? { current: search.rule } : {})}
        counts={t('list.count', { count: rows.length })}
        empty={{ title: t('empty') }}
      />
    </>
  )
}
