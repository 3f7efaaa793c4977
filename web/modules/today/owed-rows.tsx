import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listPlans } from '../../../src/modules/plans/plan.contract.ts'
import { call } from '../../lib/client.ts'
import { useFormats, useHolder } from '../../lib/session.tsx'
import { stateOf } from '../obligations/stand.ts'
import { draftOfPlan } from '../plans/planned-draft.ts'
import type { OwedGroup, OwedLine } from './owed.ts'
import type { Row } from './row.ts'

const keeping = ['branch-secretary', 'branch-officer', 'department-head'] as const

/** The one verb of something owed: record it, confirm what was planned, record the talk, or read its reasons. */
function useActing() {
  const navigate = useNavigate()
  const { today } = useFormats()
  const roles = useHolder()?.roles ?? []
  const keeps = roles.some((role) => (keeping as readonly string[]).includes(role))
  // The line knows its plan by its number only; the plan itself fills the record form.
  const confirm = async ({ plan, subject, dueOn }: OwedLine) => {
    const year = Number((plan?.plannedOn ?? dueOn).slice(0, 4))
    const plans = await call(listPlans, { year, item: 'activity', unitId: subject.id, limit: 500 }).catch(
      () => undefined,
    )
    const whole = plans?.items.find(({ planId }) => planId === plan?.planId)
    const bare = {
      unitId: subject.id,
      ...(plan?.kind ? { kind: plan.kind } : {}),
      ...(plan ? { plan: plan.planId } : {}),
    }
    void navigate({ to: '/activities/new', search: whole ? draftOfPlan(whole, today) : bare })
  }
  return (line: OwedLine): { verb: 'record' | 'confirm' | 'talk' | 'reasons'; go: () => void } => {
    const { subject, activityKind, plan, talkKind } = line
    const own = subject.type === 'unit' && keeps
    if (own && plan?.kind) return { verb: 'confirm', go: () => void confirm(line) }
    if (own && activityKind)
      return {
        verb: 'record',
        go: () => void navigate({ to: '/activities/new', search: { kind: activityKind, unitId: subject.id } }),
      }
    if (talkKind && keeps) return { verb: 'talk', go: () => void navigate({ to: '/talks' }) }
    return {
      verb: 'reasons',
      go: () => void navigate({ to: '/obligations', search: { open: line.obligationId, view: 'list' } }),
    }
  }
}

/** Makes rows of what the rules ask, each with its one verb. */
export function useOwedRows() {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const session = useHolder()
  const actOn = useActing()
  const owedRow = (line: OwedLine): Row => {
    const state = stateOf(
      { ...line, plannedOn: line.plan?.plannedOn ?? (line.plan ? line.dueOn : null) },
      formats.today,
    )
    const { verb, go } = actOn(line)
    return {
      key: line.obligationId,
      state,
      title: line.words[formats.language],
      note: [
        line.subject.id === session?.personId ? undefined : (line.subject.name ?? t('row.erased')),
        line.plan?.plannedOn ? t('row.planned', { day: formats.day(line.plan.plannedOn) }) : undefined,
        line.of !== 'count' ? t('row.have', { counted: line.counted, needed: line.needed }) : undefined,
      ]
        .filter(Boolean)
        .join(t('sentence.comma')),
      due:
        line.outcome === 'open'
          ? t('row.due', { day: formats.day(line.dueOn), left: formats.daysLeft(line.dueOn) })
          : line.outcome === 'undetermined' || line.expected
            ? formats.day(line.dueOn)
            : formats.daysLeft(line.dueOn),
      pressing: state === 'soon' || state === 'late',
      verb: t(`verb.${verb}`),
      acts: verb !== 'reasons',
      day: line.dueOn,
      go,
    }
  }

  return {
    owedRow,
    /** A rule and window: the one thing itself, or a row that opens into those who owe it. */
    owed: (group: OwedGroup): Row => {
      const [line] = group.lines
      const first = line && owedRow(line)
      if (group.count === 1 && first) return first
      const names = group.lines.slice(0, 3).map(({ subject }) => subject.name ?? t('row.erased'))
      return {
        ...(first as Row),
        key: `${group.rule} ${group.windowFrom}`,
        note: t(group.count > names.length ? 'row.several' : 'row.all', {
          names: names.join(t('row.and')),
          count: group.count,
        }),
        verb: t('verb.unfold'),
        acts: false,
        count: group.count,
        lines: () => group.lines.map(owedRow),
        go: () => undefined,
      }
    },
  }
}
