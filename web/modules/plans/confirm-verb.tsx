import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/session.tsx'
import type { Plan } from './plan-words.ts'

/** The one verb of a plan: an activity opens the record form filled in, a talk or a reading asks for the day. */
export function ConfirmVerb({ plan, onConfirm }: { plan: Plan; onConfirm: (plan: Plan) => void }) {
  const { t } = useTranslation('plans')
  const { today } = useFormats()
  const navigate = useNavigate()
  const { planId, kind, unitId, plannedOn, title, topics } = plan
  const open = () =>
    void navigate({
      to: '/activities/new',
      search: {
        plan: planId,
        unitId,
        day: plannedOn && plannedOn <= today ? plannedOn : today,
        ...(kind ? { kind } : {}),
        ...(title ? { title } : {}),
        ...(topics.length > 0 ? { topics } : {}),
      },
    })
  return (
    <Button size="small" onClick={() => (plan.item === 'activity' ? open() : onConfirm(plan))}>
      {t(`verb.${plan.item}`)}
    </Button>
  )
}
