import { useNavigate } from '@tanstack/react-router'
import { Fragment, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween } from '../../../src/core/calendar/days.ts'
import type { Formats } from '../../lib/format.ts'
import { shanghaiDay } from '../../lib/format.ts'
import { useFormats, useSession } from '../../lib/session.tsx'
import type { StateName } from '../../ui/states.ts'
import { WorkRow, WorkRows } from '../../ui/work-row.tsx'
import { stateOfMark } from '../duties/marks.tsx'
import { stateOf } from '../obligations/stand.ts'
import type { Duty, MyDuty } from './duties.ts'
import type { useDrafts, useReviews } from './office.ts'
import type { OwedGroup, OwedLine } from './owed.ts'

/** One row of the workbench. */
export type Row = {
  key: string
  state: StateName
  title: ReactNode
  note?: ReactNode
  due?: string
  pressing?: boolean
  verb: string
  /** Whether the reader is asked to act, not only to look. */
  acts: boolean
  /** The civil day by which rows of several sorts are ordered. */
  day?: string
  /** How many things the row stands for. */
  count?: number
  /** The things themselves, where the row stands for several. */
  lines?: readonly Row[]
  go: () => void
}

const keeping = ['branch-secretary', 'branch-officer', 'department-head'] as const

/** Makes rows of duties, reviews and report drafts, each with its one verb. */
export function useRows() {
  const { t } = useTranslation('today')
  const formats = useFormats()
  const navigate = useNavigate()
  const session = useSession()
  const roles = session?.roles ?? []
  const keeps = roles.some((role) => (keeping as readonly string[]).includes(role))
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

  /** The one verb of something owed: record it, confirm what was planned, record the talk, or read its reasons. */
  function actOn(line: OwedLine): { verb: 'record' | 'confirm' | 'talk' | 'reasons'; go: () => void } {
    const { subject, activityKind, plan, talkKind } = line
    const own = subject.type === 'unit' && keeps
    if (own && plan?.kind)
      return {
        verb: 'confirm',
        go: () =>
          void navigate({
            to: '/activities/new',
            search: { plan: plan.planId },
          }),
      }
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

  return {
    titleOf,
    open,
    owedRow,
    /** A rule and window: the one thing itself, or a row that opens into those who owe it. */
    owed: (group: OwedGroup): Row => {
      const lines = group.lines.map(owedRow)
      const [first] = lines
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
        lines,
        go: () => undefined,
      }
    },
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
    review: ({ document, left, all }: ReturnType<typeof useReviews>['open'][number]): Row => ({
      key: document.id,
      state: 'progress',
      title: t('row.review', { title: document.title ?? document.fileName ?? '' }),
      note: left > 0 ? t('row.reviewNote', { all, left }) : t('row.reviewDone', { all }),
      due: waited(shanghaiDay(new Date(document.importedAt))),
      verb: t(left > 0 ? 'verb.review' : 'verb.assign'),
      acts: true,
      go: () => void navigate({ to: '/documents/$id/review', params: { id: document.id } }),
    }),
    report: (draft: ReturnType<typeof useDrafts>['drafts'][number]): Row => ({
      key: draft.id,
      state: 'progress',
      title: t('row.report', { title: draft.title }),
      note: formats.range(draft.from, draft.to),
      due: waited(shanghaiDay(new Date(draft.at))),
      verb: t('verb.report'),
      acts: true,
      go: () => void navigate({ to: '/reports/$draftId', params: { draftId: draft.id } }),
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

/** How many things rows stand for. */
export function countOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { count = 1 }) => sum + count, 0)
}

/** The rows of a panel; `first` is the row with the one filled button of the page, `whole` unfolds every row. */
export function RowList({ rows, first, whole }: { rows: readonly Row[]; first?: Row | undefined; whole?: boolean }) {
  const { t } = useTranslation('today')
  const [unfolded, unfold] = useState<ReadonlySet<string>>(new Set())
  const flip = (key: string) => {
    const next = new Set(unfolded)
    if (!next.delete(key)) next.add(key)
    unfold(next)
  }
  const shown = (row: Row) => {
    const { key: _, go, acts: _acts, day: _day, count: _count, lines, ...words } = row
    const isOpen = lines !== undefined && (whole === true || unfolded.has(row.key))
    return (
      <Fragment key={row.key}>
        <WorkRow
          {...words}
          verb={isOpen ? t('verb.fold') : words.verb}
          first={row === first}
          {...(lines ? { expanded: isOpen } : {})}
          onVerb={lines ? () => flip(row.key) : go}
        />
        {isOpen &&
          lines.map(({ key, go: act, acts: _a, day: _d, count: _c, lines: _l, ...inner }) => (
            <WorkRow key={key} {...inner} title={inner.note} note={undefined} under onVerb={act} />
          ))}
      </Fragment>
    )
  }
  return <WorkRows>{rows.map(shown)}</WorkRows>
}
