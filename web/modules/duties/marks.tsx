import { useTranslation } from 'react-i18next'
import type * as z from 'zod'
import type { DutyRow as RowShape } from '../../../src/modules/duties/duty.contract.ts'
import { useFormats } from '../../lib/session.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { type StateName, stateInk } from '../../ui/states.ts'

/** A duty in a list. */
export type DutyRow = z.output<typeof RowShape>
/** What a reader sees of a duty today. */
export type DutyMark = DutyRow['mark']

/** Each mark as a state of the one table of states. */
export const stateOfMark: Record<DutyMark, StateName> = {
  draft: 'notdue',
  'not-taken-on': 'notdue',
  declined: 'returned',
  'in-progress': 'progress',
  awaiting: 'awaiting',
  returned: 'returned',
  'due-soon': 'soon',
  late: 'late',
  done: 'done',
  'made-good-late': 'goodlate',
  suspended: 'excused',
  withdrawn: 'excused',
}

type Marked = Pick<DutyRow, 'mark' | 'status' | 'dueOn' | 'soonDays' | 'milestones' | 'milestonesDone'>

/** Mark and word of a duty: how late, how soon, how many steps; one that is submitted, returned or declined says both. */
export function DutyState({ duty }: { duty: Marked }) {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  const { mark, dueOn } = duty
  const word = () => {
    const also = duty.status === 'submitted' || duty.status === 'returned' || duty.status === 'declined'
    const both = (one: string) => (also ? t('also', { one, other: t(`status.${duty.status}`) }) : one)
    if (mark === 'late' && dueOn) return both(formats.daysLeft(dueOn))
    if (mark === 'due-soon' && duty.soonDays !== null)
      return both(duty.soonDays === 0 ? t('soonToday') : t('soonDays', { days: duty.soonDays }))
    if (mark === 'in-progress' && duty.milestones > 0)
      return t('steps', { state: t(`mark.${mark}`), done: duty.milestonesDone, all: duty.milestones })
    return t(`mark.${mark}`)
  }
  return (
    <StateTag state={stateOfMark[mark]} {...(dueOn ? { cause: t('dueCause', { day: formats.day(dueOn) }) } : {})}>
      {word()}
    </StateTag>
  )
}

/** The ink of a due day: that of the state where it is late or soon. */
export function dueInk(mark: DutyMark): string | undefined {
  return mark === 'late' || mark === 'due-soon' ? stateInk(stateOfMark[mark]) : undefined
}

/** A post as a list shows it: who holds it, else its title and that it is vacant. */
export function PostText({ post }: { post: DutyRow['leader'] }) {
  const { t } = useTranslation('duties')
  if (!post) return null
  return (
    <span lang="zh-CN" title={post.title}>
      {post.holder ?? t('vacant', { title: post.title })}
    </span>
  )
}

/** Names of units that break only between names. */
export function UnitNames({ units }: { units: DutyRow['supportUnits'] }) {
  return (
    <span lang="zh-CN">
      {units.map((unit, at) => (
        <span key={unit.id} className="keep">
          {unit.name}
          {at < units.length - 1 && '、'}
        </span>
      ))}
    </span>
  )
}
