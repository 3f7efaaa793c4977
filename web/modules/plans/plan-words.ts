import { useTranslation } from 'react-i18next'
import type { listPlans } from '../../../src/modules/plans/plan.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useFormats } from '../../lib/session.tsx'
import type { StateName } from '../../ui/states.ts'
import { useKindWords } from '../activities/kinds.ts'

/** One line of a plan. */
export type Plan = OutputOf<typeof listPlans>['items'][number]

/** What a plan looks like: one whose time is over is unknown, not late, since nothing obliges to keep it. */
export function stateOfPlan({ state, overdue }: Pick<Plan, 'state' | 'overdue'>): StateName {
  if (state === 'kept') return 'done'
  if (state === 'dropped') return 'excused'
  return overdue ? 'unknown' : 'planned'
}

/** What is planned, when and how it stands, in words. */
export function usePlanWords() {
  const { t } = useTranslation('plans')
  const formats = useFormats()
  const words = useKindWords()
  return {
    kind: ({ item, kind }: Plan) =>
      kind === null ? t('item.reading') : item === 'talk' ? words.talk(kind) : words.activity(kind),
    when: ({ plannedOn }: Plan) => (plannedOn ? formats.day(plannedOn) : t('someDay')),
    what: ({ title, initiator, counterpart }: Plan) =>
      title ??
      (initiator && counterpart ? t('pair', { one: initiator.title, other: counterpart.title }) : t('untitled')),
    topics: ({ topics }: Plan) => topics.map(words.topic).join(t('comma')),
    state: (plan: Plan) =>
      plan.state === 'planned' && plan.overdue
        ? t('overdue')
        : plan.state === 'kept' && plan.keptOn
          ? t('keptOn', { day: formats.day(plan.keptOn) })
          : t(`state.${plan.state}`),
  }
}
