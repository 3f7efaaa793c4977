import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { daysBetween } from '../../../src/core/calendar/days.ts'
import type { Formats } from '../../lib/format.ts'
import { useFormats } from '../../lib/session.tsx'
import { stateOfMark } from '../duties/marks.tsx'
import type { Duty, MyDuty } from './duties.ts'
import type { Row } from './row.ts'

/** Makes rows of duties, each with its one verb. */
export function useDutyRows() {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const navigate = useNavigate()
  const thisYear = Number(formats.today.slice(0, 4))
  const titleOf = (duty: Duty | MyDuty) => {
    const title = duty.title ?? t('row.erased')
    const { no, year } = duty
    return (
      <span lang="zh-CN">
        {year === thisYear ? t('row.duty', { no, title }) : t('row.dutyOfYear', { no, year, title })}
      </span>
    )
  }
  // A unit or a post, never a person, stands beside what is late.
  const noteOf = (duty: Duty) => <span lang="zh-CN">{duty.leadUnit?.name ?? duty.leader?.title}</span>
  const open = (duty: Duty | MyDuty) => () =>
    void navigate({ to: '/duties/$no', params: { no: String(duty.no) }, search: { year: duty.year } })

  const waited = (since: string) => (since >= formats.today ? t('row.today') : formats.waited(since))
  return {
    titleOf,
    /** A duty that waits for the reader since its last event. */
    waiting: (duty: MyDuty): Row => ({
      key: duty.id,
      state: duty.asks === 'arbitrate' ? 'returned' : duty.asks === 'take-on' ? stateOfMark[duty.mark] : 'awaiting',
      title: titleOf(duty),
      note: (
        <>
          {t('row.asked', { unit: duty.leadUnit?.name ?? duty.leader?.title ?? '', ask: t(`ask.${duty.asks}`) })}
          {duty.said && t('row.said', { said: duty.said })}
        </>
      ),
      due: waited(duty.lastOn),
      verb: t(`verb.${duty.asks}`),
      acts: true,
      go: open(duty),
    }),
    /** A duty that the reader himself has to do something for. */
    mine: (duty: MyDuty): Row => ({
      key: duty.id,
      state: stateOfMark[duty.mark],
      title: titleOf(duty),
      note: t(`ask.${duty.asks}`),
      due: duty.dueOn ? t('row.due', { day: formats.day(duty.dueOn), left: formats.daysLeft(duty.dueOn) }) : '',
      pressing: duty.mark === 'due-soon' || duty.mark === 'late',
      verb: t(`verb.${duty.asks}`),
      acts: true,
      ...(duty.dueOn ? { day: duty.dueOn } : {}),
      go: open(duty),
    }),
    /** A duty that is due soon, late or without progress. */
    duty: (duty: Duty, asks: MyDuty['asks'] | undefined): Row => ({
      key: duty.id,
      state: stateOfMark[duty.mark],
      title: titleOf(duty),
      note: noteOf(duty),
      due: dueOf(duty, formats, (key, values) => t(`row.${key}`, values)),
      pressing: duty.mark === 'due-soon' || duty.mark === 'late',
      verb: t(`verb.${asks ?? 'see'}`),
      acts: asks !== undefined && asks !== 'watch',
      ...(duty.dueOn ? { day: duty.dueOn } : {}),
      go: open(duty),
    }),
  }
}

function dueOf(
  duty: Duty,
  formats: Formats,
  say: (key: 'due' | 'still', values: Record<string, string | number>) => string,
): string {
  if (duty.mark === 'late' && duty.dueOn) return formats.daysLeft(duty.dueOn)
  if (duty.mark === 'due-soon' && duty.dueOn)
    return say('due', { day: formats.day(duty.dueOn), left: formats.daysLeft(duty.dueOn) })
  return say('still', { days: daysBetween(duty.lastOn, formats.today) })
}
