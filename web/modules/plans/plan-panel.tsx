import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attendanceOfPlan, noticeOfPlan } from '../../../src/modules/plans/paper.contract.ts'
import { amendPlan, withdrawPlan } from '../../../src/modules/plans/plan.contract.ts'
import { call, fileAddress } from '../../lib/client.ts'
import { useFormats } from '../../lib/session.tsx'
import { Downloads } from '../../ui/downloads.tsx'
import { LoadingRows } from '../../ui/messages.tsx'
import { Facts, SidePanel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { type Act, ActDialog } from '../organisation/act-dialog.tsx'
import { given } from '../organisation/unit-acts.ts'
import { ConfirmVerb } from './confirm-verb.tsx'
import { type Plan, stateOfPlan, usePlanWords } from './plan-words.ts'

type PanelProps = {
  plan: Plan | undefined
  loading: boolean
  onConfirm: (plan: Plan) => void
  onClose: () => void
}

/** One plan: what, when, by whom; what kept it; moving, dropping, confirming. */
export function PlanPanel({ plan, loading, onConfirm, onClose }: PanelProps) {
  const { t } = useTranslation('plans')
  const words = usePlanWords()
  return (
    <SidePanel title={plan ? words.what(plan) : t('title')} onClose={onClose}>
      {!plan && (loading ? <LoadingRows rows={4} height={28} /> : <p className="note">{t('panel.elsewhere')}</p>)}
      {plan && <Body plan={plan} onConfirm={onConfirm} />}
    </SidePanel>
  )
}

function Body({ plan, onConfirm }: { plan: Plan; onConfirm: (plan: Plan) => void }) {
  const { t } = useTranslation('plans')
  const formats = useFormats()
  const words = usePlanWords()
  const [act, ask] = useState<Act>()
  const open = plan.state === 'planned' && plan.mayChange
  return (
    <>
      <p>
        <StateTag state={stateOfPlan(plan)}>{words.state(plan)}</StateTag>
      </p>
      <Facts
        rows={[
          [t('list.kind'), words.kind(plan)],
          [t('list.when'), plan.plannedOn ? formats.day(plan.plannedOn) : formats.monthOfYear(`${plan.month}-01`)],
          [t('list.unit'), plan.unitName ?? '—'],
          ...(plan.initiator ? [[t('panel.initiator'), plan.initiator.title] as const] : []),
          ...(plan.counterpart ? [[t('panel.counterpart'), plan.counterpart.title] as const] : []),
          ...(plan.topics.length > 0 ? [[t('panel.topics'), words.topics(plan)] as const] : []),
          ...(plan.reason ? [[t('panel.reason'), plan.reason] as const] : []),
        ]}
      />
      {plan.keptBy && (
        <p className="plan-kept">
          {t('panel.keptBy')}{' '}
          <Link to="/activities/$activityId" params={{ activityId: plan.keptBy.activityId }}>
            {formats.day(plan.keptBy.happenedOn)} {plan.keptBy.title ?? words.kind(plan)}
          </Link>
        </p>
      )}
      {open && (
        <div className="plan-verbs">
          <ConfirmVerb plan={plan} onConfirm={onConfirm} />
          {plan.item === 'activity' && (
            <Downloads
              size="small"
              name={t('panel.papers')}
              files={[
                {
                  key: 'notice',
                  name: t('panel.notice'),
                  href: fileAddress(noticeOfPlan, { planId: plan.planId }),
                  headed: (head) => fileAddress(noticeOfPlan, { planId: plan.planId, ...head }),
                },
                {
                  key: 'attendance',
                  name: t('panel.attendance'),
                  href: fileAddress(attendanceOfPlan, { planId: plan.planId }),
                },
              ]}
            />
          )}
          <Button size="small" onClick={() => ask(moved(plan, t))}>
            {t('panel.move')}
          </Button>
          <Button size="small" onClick={() => ask(dropped(plan, t))}>
            {t('panel.drop')}
          </Button>
        </div>
      )}
      {plan.item === 'activity' && open && <p className="note plan-kept">{t('panel.recordNote')}</p>}
      {act && <ActDialog key={act.title} act={act} onClose={() => ask(undefined)} />}
    </>
  )
}

type Say = ReturnType<typeof useTranslation<'plans'>>['t']

/** Another day, and the title where there is one. */
function moved({ planId, plannedOn, title, item }: Plan, t: Say): Act {
  return {
    title: t('panel.moveTitle'),
    fields: [
      { key: 'plannedOn', label: t('field.day'), type: 'day', initial: plannedOn ?? '' },
      ...(item === 'talk'
        ? []
        : [
            {
              key: 'title',
              label: t('field.title'),
              type: 'text',
              max: 200,
              initial: title ?? '',
              optional: true,
            } as const,
          ]),
      { key: 'reason', label: t('field.reason'), type: 'text', max: 200, optional: true },
    ],
    send: ({ plannedOn: day = '', title: words, reason }) =>
      call(amendPlan, { planId, plannedOn: day, ...given({ title: words, reason }) }),
  }
}

function dropped({ planId }: Plan, t: Say): Act {
  return {
    title: t('panel.dropTitle'),
    note: t('panel.dropNote'),
    fields: [{ key: 'reason', label: t('field.reason'), type: 'text', max: 200 }],
    verb: t('panel.drop'),
    send: ({ reason = '' }) => call(withdrawPlan, { planId, reason }),
  }
}
