import { Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPosts } from '../../../src/modules/organisation/post.contract.ts'
import { openPlan, type planItems } from '../../../src/modules/plans/plan.contract.ts'
import { call } from '../../lib/client.ts'
import { kindsHeld } from '../../lib/kinds.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import type { Unit } from '../activities/effects.ts'
import { activityKinds, useKindWords } from '../activities/kinds.ts'
import { type Act, ActDialog, type ActField } from '../organisation/act-dialog.tsx'
import { given } from '../organisation/unit-acts.ts'
import { talkKinds } from '../talks/kinds.ts'

type Item = (typeof planItems)[number]
type DialogProps = { items: readonly Item[]; units: readonly Unit[]; year: number; onClose: () => void }

/** Puts something into the plan of the year: an activity, a talk between two posts, something to read. */
export function PlanDialog({ items, units, year, onClose }: DialogProps) {
  const { t } = useTranslation('plans')
  const [item, choose] = useState<Item>(items[0] ?? 'activity')
  const act = useAct(item, units, year)
  return (
    <ActDialog key={item} act={act} onClose={onClose}>
      {items.length > 1 && (
        <Segmented
          aria-label={t('list.item')}
          value={item}
          options={items.map((one) => ({ value: one, label: t(`item.${one}`) }))}
          onChange={choose}
        />
      )}
    </ActDialog>
  )
}

function useAct(item: Item, units: readonly Unit[], year: number): Act {
  const { t } = useTranslation('plans')
  const { today } = useFormats()
  const fields = useFields(item, units)
  const on = {
    key: 'plannedOn',
    label: t('field.day'),
    type: 'day',
    ...(today.startsWith(`${year}`) ? { initial: today } : {}),
  } as const
  return {
    title: t('addTitle'),
    note: t(`note.${item}`),
    fields: [...fields, on],
    verb: t('addVerb'),
    send: ({ plannedOn = '', topics = '', ...rest }) =>
      call(openPlan, { item, plannedOn, ...given(rest), ...(topics ? { topics: topics.split(' ') } : {}) }),
  }
}

/** What each sort of plan asks for beside its day. */
function useFields(item: Item, units: readonly Unit[]): ActField[] {
  const { t } = useTranslation('plans')
  const words = useKindWords()
  const session = useSession()
  const posts = useQueryOf(listPosts, {}, { enabled: item === 'talk' }).data?.items ?? []
  const mine = new Set(session?.holdings.map(({ postId }) => postId))
  const callers = session?.roles.includes('office') ? posts : posts.filter(({ postId }) => mine.has(postId))
  const named = (list: typeof posts) =>
    list.map(({ postId, title, holders }) => ({
      value: postId,
      label: [title, ...holders.map(({ name }) => name ?? '')].join(' ').trim(),
    }))
  const held = new Set(session?.holdings.map(({ unitId }) => unitId))
  const own = units.length === 1 ? units[0] : units.find(({ unitId }) => held.has(unitId))
  const unit = {
    key: 'unitId',
    label: t('field.unit'),
    type: 'choice',
    choices: units.map(({ unitId, name }) => ({ value: unitId, label: name ?? '' })),
    // A branch secretary plans for his branch first, whatever stands below it.
    ...(own ? { initial: own.unitId } : {}),
  } as const
  const title = { key: 'title', label: t('field.title'), type: 'text', max: 200 } as const
  if (item === 'reading') return [unit, title]
  if (item === 'talk')
    return [
      {
        key: 'kind',
        label: t('field.kind'),
        type: 'choice',
        choices: talkKinds()
          .filter(({ shape }) => shape === 'pair')
          .map(({ id }) => ({ value: id, label: words.talk(id) })),
      },
      { key: 'initiatorPostId', label: t('panel.initiator'), type: 'choice', choices: named(callers) },
      { key: 'counterpartPostId', label: t('panel.counterpart'), type: 'choice', choices: named(posts) },
    ]
  return [
    {
      key: 'kind',
      label: t('field.kind'),
      type: 'choice',
      choices: activityKinds().map(({ id }) => ({ value: id, label: words.activity(id) })),
    },
    unit,
    { ...title, optional: true },
    {
      key: 'topics',
      label: t('field.topics'),
      type: 'several',
      optional: true,
      choices: kindsHeld().topics.map(({ id }) => ({ value: id, label: words.topic(id) })),
    },
  ]
}
