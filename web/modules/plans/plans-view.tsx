import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPlans, planItems, planStates } from '../../../src/modules/plans/plan.contract.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import type { Filter } from '../../ui/filters.tsx'
import { ListFrame } from '../../ui/list-frame.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import type { Column, Group } from '../../ui/table.tsx'
import { ActDialog } from '../organisation/act-dialog.tsx'
import { ConfirmVerb } from './confirm-verb.tsx'
import { useMayPlan } from './may-plan.ts'
import { PlanDialog } from './plan-dialog.tsx'
import { PlanPanel } from './plan-panel.tsx'
import { type Plan, stateOfPlan, usePlanWords } from './plan-words.ts'
import type { PlansSearch } from './search.ts'
import { SeveralDialog } from './several-dialog.tsx'
import { useConfirmPlan } from './use-confirm.ts'
import './plans.css'

type Item = (typeof planItems)[number]

function useColumns(items: readonly Item[], onConfirm: (plan: Plan) => void): Column<Plan>[] {
  const { t } = useTranslation('plans')
  const words = usePlanWords()
  return [
    { key: 'when', title: t('list.when'), width: 96, render: (plan) => words.when(plan) },
    {
      key: 'what',
      title: t('list.what'),
      render: (plan) => (
        <>
          <b className="name">{words.what(plan)}</b>{' '}
          {plan.topics.length > 0 && <span className="note">{words.topics(plan)}</span>}
        </>
      ),
    },
    ...(items.length === 1 && items[0] === 'reading'
      ? []
      : [{ key: 'kind', title: t('list.kind'), width: 176, support: true, render: words.kind } as Column<Plan>]),
    { key: 'unit', title: t('list.unit'), width: 148, support: true, render: ({ unitName }) => unitName },
    {
      key: 'state',
      title: t('list.state'),
      width: 150,
      render: (plan) => <StateTag state={stateOfPlan(plan)}>{words.state(plan)}</StateTag>,
    },
    {
      key: 'act',
      title: t('list.act'),
      width: 128,
      render: (plan) => plan.state === 'planned' && plan.mayChange && <ConfirmVerb plan={plan} onConfirm={onConfirm} />,
    },
  ]
}

/** Plans by the months of the year; the same list stands on the page of the plan, under study and under talks. */
export function PlansView<S extends PlansSearch>({
  items = planItems,
  year,
  search,
  move,
}: {
  /** What is shown: activities, talks, things to read. */
  items?: readonly Item[]
  year: number
  search: S
  move: (next: PlansSearch) => void
}) {
  const { t } = useTranslation('plans')
  const formats = useFormats()
  const one = items.length === 1 ? items[0] : search.item
  const read = useQueryOf(listPlans, {
    year,
    limit: 500,
    ...(one ? { item: one } : {}),
    ...(search.state ? { state: search.state } : {}),
    ...(search.unit ? { unitId: search.unit } : {}),
  })
  const rows = (read.data?.items ?? []).filter(({ item }) => items.includes(item))
  const { units, kinds } = useMayPlan()
  const { act, confirm, end } = useConfirmPlan()
  const [adding, add] = useState(false)
  const [several, addSeveral] = useState(false)
  // Beside an open plan its panel says kind and verbs; who may change none has no column of verbs.
  const all = useColumns(items, confirm)
  const acts = !search.plan && rows.some(({ mayChange }) => mayChange)
  const columns = all.filter(({ key }) => (key !== 'act' || acts) && (key !== 'kind' || !search.plan))
  const groups = [...Map.groupBy(rows, ({ month }) => month)].map(
    ([month, planned]): Group<Plan> => ({
      key: month,
      name: formats.monthOfYear(`${month}-01`),
      words: t('list.count', { count: planned.length }),
      rows: planned,
    }),
  )
  const filters: Filter[] = [
    ...(items.length > 1
      ? [
          {
            key: 'item',
            label: t('list.item'),
            value: search.item ?? '',
            choices: items.map((item) => ({ value: item, label: t(`item.${item}`) })),
          },
        ]
      : []),
    {
      key: 'state',
      label: t('list.state'),
      value: search.state ?? '',
      choices: planStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
    },
  ]
  const may = items.filter((item) => kinds.includes(item))
  return (
    <>
      <ListFrame
        title={t('caption', { year })}
        read={read}
        bar={{
          filters,
          onFilter: (key, value) => move({ [key]: value || undefined }),
          onClear: () => move({ item: undefined, state: undefined, unit: undefined }),
          extra: may.length > 0 && (
            <>
              {may.includes('activity') && <Button onClick={() => addSeveral(true)}>{t('several.open')}</Button>}
              <Button onClick={() => add(true)}>{t('add')}</Button>
            </>
          ),
        }}
        aside={
          search.plan && (
            <PlanPanel
              key={search.plan}
              plan={rows.find(({ planId }) => planId === search.plan)}
              loading={read.isPending}
              onConfirm={confirm}
              onClose={() => move({ plan: undefined })}
            />
          )
        }
        columns={columns}
        groups={groups}
        rowKey={({ planId }) => planId}
        rowName={({ title, planId }) => title ?? planId}
        onOpen={({ planId }) => move({ plan: planId })}
        {...(search.plan ? { current: search.plan } : {})}
        counts={
          read.data &&
          t('list.counts', { count: rows.length, kept: rows.filter(({ state }) => state === 'kept').length })
        }
        empty={{ title: t(`none.${one ?? 'all'}`), why: t(`noneWhy.${one ?? 'all'}`) }}
      />
      {adding && <PlanDialog items={may} units={units} year={year} onClose={() => add(false)} />}
      {several && <SeveralDialog units={units} onClose={() => addSeveral(false)} />}
      {act && <ActDialog key={act.title} act={act} onClose={end} />}
    </>
  )
}
