import { Input, Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shanghaiDay } from '../../../src/core/calendar/days.ts'
import type { DutyEventName } from '../../../src/core/duties/status.ts'
import { type getDuty, reportDuty } from '../../../src/modules/duties/duty.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useVerb } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { EmptyState, ErrorHere, VerbButton } from '../../ui/messages.tsx'
import { Panel } from '../../ui/page.tsx'
import type { StateName } from '../../ui/states.ts'
import { Timeline, type TimelineEvent } from '../../ui/timeline.tsx'
import type { duties as words } from '../../words/zh/duties.ts'

/** One duty with everything that happened to it. */
export type Duty = OutputOf<typeof getDuty>
type Happened = Duty['timeline'][number]
type Part = 'progress' | 'decisions'

const stateOfEvent: Record<DutyEventName, StateName> = {
  opened: 'planned',
  issued: 'done',
  'taken-on': 'done',
  declined: 'returned',
  reported: 'progress',
  submitted: 'awaiting',
  returned: 'returned',
  verified: 'done',
  'extension-asked': 'progress',
  extended: 'progress',
  'extension-refused': 'returned',
  suspended: 'excused',
  resumed: 'progress',
  transferred: 'planned',
  amended: 'planned',
  'followed-up': 'returned',
  reopened: 'progress',
  withdrawn: 'excused',
}

const parts: Record<Part, readonly DutyEventName[]> = {
  progress: ['taken-on', 'reported', 'submitted'],
  decisions: [
    'issued',
    'returned',
    'verified',
    'extension-asked',
    'extended',
    'extension-refused',
    'suspended',
    'resumed',
    'transferred',
    'amended',
    'followed-up',
    'reopened',
    'withdrawn',
    'declined',
  ],
}

type Column = keyof typeof words.changedColumn
/** The columns of which a change is said in words. */
const columnsSaid: readonly string[] = [
  'title',
  'kind',
  'layer',
  'measures',
  'milestones',
  'cadence',
  'common',
  'deadline',
  'lead_unit_id',
  'support_ids',
  'leader_post_id',
  'watcher_post_id',
] satisfies Column[]

/** By what a submission shows each measure, in the order of the measures. */
export function proofsOf(one: Happened | undefined): string[] {
  const shown = one?.detail?.['shownBy']
  return Array.isArray(shown) ? shown.map(String) : []
}

/** What an event says: its note, and the facts that it carries. */
function useEventText(duty: Duty) {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  return (one: Happened): string => {
    const { detail } = one
    const milestone = typeof detail?.['milestone'] === 'number' ? duty.timetable[detail['milestone']] : undefined
    const proofs = proofsOf(one)
    const columns = Object.keys((detail?.['changes'] as object | undefined) ?? {}).flatMap((column) =>
      columnsSaid.includes(column) ? t(`changedColumn.${column as Column}`) : [],
    )
    const due =
      one.dueOn === null
        ? undefined
        : t(one.event === 'extension-asked' ? 'course.askedTo' : 'course.dueTo', { day: formats.day(one.dueOn) })
    return [
      milestone && t('course.reached', { title: milestone.title }),
      columns.length > 0 && t('course.changed', { columns: columns.join(t('group.listComma')) }),
      due,
      one.note,
      proofs.length > 0 && t('course.proofs', { proofs: proofs.join(t('group.semicolon')) }),
    ]
      .filter(Boolean)
      .join(t('group.semicolon'))
  }
}

/** The events of a duty as lines, newest first, with the due days that passed between them. */
function useLines(duty: Duty, part: Part | undefined): TimelineEvent[] {
  const { t } = useTranslation('duties')
  const formats = useFormats()
  const textOf = useEventText(duty)
  const lines = duty.timeline
    .filter((one) => part === undefined || parts[part].includes(one.event))
    .map((one): TimelineEvent & { on: string } => {
      const recorded = shanghaiDay(new Date(one.recordedAt))
      const who = one.by
        ? one.onBehalfOf
          ? t('course.onBehalf', { by: one.by, principal: one.onBehalfOf })
          : one.by
        : ''
      return {
        key: String(one.seq),
        on: one.onDay,
        at: recorded === one.onDay ? one.recordedAt : one.onDay,
        state: stateOfEvent[one.event],
        who: `${who} ${t(`event.${one.event}`)}`.trim(),
        ...(one.post ? { unit: one.post.title } : {}),
        text: <span lang="zh-CN">{textOf(one)}</span>,
        ...(one.lateEntry ? { recordedOn: recorded } : {}),
      }
    })
  if (part === 'progress') return lines
  const passed = new Set(duty.missed)
  if (duty.mark === 'late' && duty.dueOn) passed.add(duty.dueOn)
  for (const day of passed) {
    const line = {
      key: `late ${day}`,
      on: day,
      at: day,
      state: 'late' as const,
      who: t('course.late'),
      system: true,
      text: t('course.lateText', { day: formats.day(day) }),
    }
    const at = lines.findIndex((one) => one.on <= day)
    lines.splice(at === -1 ? lines.length : at, 0, line)
  }
  return lines
}

/** The box in which progress is written, with the day of the event and the step that it reaches. */
function WriteProgress({ duty }: { duty: Duty }) {
  const { t } = useTranslation('duties')
  const { today } = useFormats()
  const [text, write] = useState('')
  const [on, setOn] = useState(today)
  const [step, setStep] = useState(-1)
  const report = useVerb(reportDuty, {
    touches: ['duty', 'list'],
    onDone: () => {
      write('')
      setOn(today)
      setStep(-1)
    },
  })
  const send = () => {
    if (text.trim() === '' || report.isPending) return
    report.mutate({
      id: duty.id,
      text: text.trim(),
      ...(on && on !== today ? { onDay: on } : {}),
      ...(step >= 0 ? { milestone: step } : {}),
    })
  }
  const steps = duty.timetable.map((one, value) => ({ value, label: one.title }))
  return (
    <>
      <div className="course-write">
        <Input
          lang="zh-CN"
          aria-label={t('course.write')}
          placeholder={t('course.write')}
          maxLength={2000}
          value={text}
          onChange={({ target }) => write(target.value)}
          onPressEnter={(event) => !event.nativeEvent.isComposing && send()}
        />
        {steps.length > 0 && (
          <Select
            aria-label={t('course.milestone')}
            className="course-step"
            value={step}
            options={[{ value: -1, label: t('course.noMilestone') }, ...steps]}
            onChange={setStep}
          />
        )}
        <span className="course-day">
          <DayField label={t('course.on')} value={on} onChange={(day) => setOn(day || today)} />
        </span>
        <VerbButton loading={report.isPending} disabled={text.trim() === ''} onClick={send}>
          {t('course.do')}
        </VerbButton>
      </div>
      {report.error && <ErrorHere error={report.error} />}
    </>
  )
}

/** The course of a duty, newest first, with the box for progress on top. */
export function DutyCourse({
  duty,
  part,
  onPart,
}: {
  duty: Duty
  part: Part | undefined
  onPart: (part: Part | undefined) => void
}) {
  const { t } = useTranslation('duties')
  const lines = useLines(duty, part)
  return (
    <Panel
      title={t('course.title')}
      count={lines.length}
      note={t('course.note')}
      extra={
        <Segmented
          size="small"
          aria-label={t('course.which')}
          value={part ?? 'all'}
          options={(['all', 'progress', 'decisions'] as const).map((value) => ({ value, label: t(`course.${value}`) }))}
          onChange={(value) => onPart(value === 'all' ? undefined : (value as Part))}
        />
      }
    >
      {lines.length === 0 && !duty.may.report ? (
        <EmptyState title={t('course.empty')} />
      ) : (
        <Timeline events={lines} {...(duty.may.report ? { write: <WriteProgress duty={duty} /> } : {})} />
      )}
    </Panel>
  )
}
