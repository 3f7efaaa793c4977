import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/session.tsx'
import type { Plan } from './plan-words.ts'
import { draftOfPlan } from './planned-draft.ts'

/** The one verb of a plan: an activity opens the record form filled in, a talk or a reading asks for the day. */
export function ConfirmVerb({ plan, onConfirm }: { plan: Plan; onConfirm: (plan: Plan) => void }) {
  const { t } = useTranslation('plans')
  const { today } = useFormats()
  const navigate = useNavigate()
  const open = () => void navigate({ to: '/activities/new', search: draftOfPlan(plan, today) })
  return (
    <Button size="small" onClick={() => (plan.item === 'activity' ? open() : onConfirm(plan))}>
      {t(`verb.${plan.item}`)}
    </Button>
  )
}
