import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { closePlan } from '../../../src/modules/plans/plan.contract.ts'
import { recordTalk } from '../../../src/modules/talks/talk.contract.ts'
import { call } from '../../lib/client.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import type { Act } from '../organisation/act-dialog.tsx'
import { type Plan, usePlanWords } from './plan-words.ts'

/**
 * The dialog that confirms a planned talk or reading. Whoever called the talk himself records it in the same step: day and
 * pair are typed once.
 */
export function useConfirmPlan() {
  const { t } = useTranslation('plans')
  const formats = useFormats()
  const session = useSession()
  const words = usePlanWords()
  const [act, ask] = useState<Act>()
  const confirm = (plan: Plan) => {
    const { planId, plannedOn, kind, item } = plan
    const initial = plannedOn && plannedOn <= formats.today ? plannedOn : formats.today
    const on = { key: 'on', label: t('confirm.on'), type: 'day', initial } as const
    const calls = session?.holdings.some(({ postId }) => postId !== null && postId === plan.initiator?.postId) ?? false
    if (item === 'talk' && calls && kind !== null)
      ask({
        title: t('confirm.talk', { what: words.what(plan) }),
        note: t('confirm.talkNote'),
        fields: [on, { key: 'person', label: t('confirm.person'), type: 'person' }],
        verb: t('confirm.talkVerb'),
        send: async ({ on: day = '', person = '' }) => {
          await call(recordTalk, { kind, day, counterpartId: person })
          return call(closePlan, { planId, keptOn: day })
        },
      })
    else
      ask({
        title: t(item === 'talk' ? 'confirm.talk' : 'confirm.reading', { what: words.what(plan) }),
        note: t(item === 'talk' ? 'confirm.otherTalk' : 'confirm.readingNote'),
        fields: [on],
        verb: t(`verb.${item}`),
        send: ({ on: keptOn = '' }) => call(closePlan, { planId, keptOn }),
      })
  }
  return { act, confirm, end: () => ask(undefined) }
}
