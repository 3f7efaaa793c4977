import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getActivity } from '../../../src/modules/activities/activity.contract.ts'
import {
  attendanceOfActivity,
  minutesOfActivity,
  pageOfActivity,
} from '../../../src/modules/activities/paper.contract.ts'
import { fileAddress } from '../../lib/client.ts'
import { isAbsent, useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { Downloads } from '../../ui/downloads.tsx'
import type { HeadTyped } from '../../ui/head-dialog.tsx'
import { ErrorHere, LoadingRows, NoRight } from '../../ui/messages.tsx'
import { Facts, PageBody, PageHead, Panel } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { CorrectionForm } from './correction-form.tsx'
import { History } from './history.tsx'
import { activityKind, PRESENT, useKindWords } from './kinds.ts'
import { type Activity, Marks, useJoined } from './record-parts.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'
import './activities.css'

function Summary({ record }: { record: Activity }) {
  const { t } = useTranslation('activities')
  const formats = useFormats()
  const words = useKindWords()
  const joined = useJoined()
  const { host, expected, present, voters } = record
  const said = (value: string | null) => (value ? <span lang="zh-CN">{value}</span> : t('record.none'))
  const own = Object.entries(record.fields).map(([id, value]) => [words.field(record.kind, id), value, id] as const)
  const field = (id: string, value: string | number | boolean) => {
    const kind = activityKind(record.kind)?.fields.find((one) => one.id === id)
    if (typeof value === 'boolean') return t(value ? 'record.yes' : 'record.no')
    if (kind?.type !== 'choice') return String(value)
    return 'list' in kind ? words.audience(String(value)) : words.choice(record.kind, id, String(value))
  }
  return (
    <Panel title={t('record.summary')}>
      <Facts
        rows={[
          [t('field.kind'), words.activity(record.kind)],
          ...(record.alsoKinds.length > 0
            ? [[t('record.also'), joined(record.alsoKinds.map(words.activity))] as const]
            : []),
          [t('field.day'), `${formats.day(record.happenedOn, { year: true })} ${formats.weekday(record.happenedOn)}`],
          [t('field.unit'), record.unitName],
          [t('field.title'), said(record.title)],
          [
            t('changed.hostName'),
            host ? (
              <>
                {host.name ?? t('record.erased')}
                {!host.personId && <span className="note">{t('record.hostOutside')}</span>}
              </>
            ) : (
              t('record.none')
            ),
          ],
          ...(record.hours === null ? [] : [[t('field.hoursEach'), record.hours] as const]),
          ...(expected === null ? [] : [[t('field.expected'), t('effect.people', { count: expected })] as const]),
          ...(present === null ? [] : [[t('field.present'), t('effect.people', { count: present })] as const]),
          ...(voters === null ? [] : [[t('field.voters'), t('effect.people', { count: voters })] as const]),
          ...(record.topics.length > 0 ? [[t('field.topics'), joined(record.topics.map(words.topic))] as const] : []),
          ...own.map(([name, value, id]) => [name, field(id, value)] as const),
          ...(record.content ? [[t('record.content'), said(record.content)] as const] : []),
          [t('record.proof'), said(record.proof)],
        ]}
      />
    </Panel>
  )
}

function Attendance({ record }: { record: Activity }) {
  const { t } = useTranslation('activities')
  const words = useKindWords()
  const { attendance, attendanceWhole } = record
  const here = attendance.filter(({ status }) => status === PRESENT)
  const away = attendance.filter(({ status }) => status !== PRESENT)
  if (attendance.length === 0)
    return (
      <Panel title={t('record.attendance')}>
        <p className="note">
          {attendanceWhole
            ? t(record.present === null ? 'record.notCounted' : 'record.nobody')
            : t('record.attendanceMine')}
        </p>
      </Panel>
    )
  return (
    <Panel title={t('record.attendance')} {...(attendanceWhole ? {} : { note: t('record.attendanceMine') })}>
      {here.length > 0 && (
        <>
          <p className="note">{t('record.here', { count: here.length })}</p>
          <ul className="attended">
            {here.map(({ personId, name }) => (
              <li key={personId}>{name ?? t('record.erased')}</li>
            ))}
          </ul>
        </>
      )}
      {away.length > 0 && (
        <>
          <p className="note attended-away">{t('record.away', { count: away.length })}</p>
          <ul>
            {away.map(({ personId, name, status, note }) => (
              <li key={personId} className="effect-line">
                <span>{name ?? t('record.erased')}</span>
                <span className="note">
                  {words.status(status)}
                  {note && <span lang="zh-CN"> {note}</span>}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}

function EntryPanel({ record }: { record: Activity }) {
  const { t } = useTranslation('activities')
  const formats = useFormats()
  return (
    <Panel title={t('record.entry')}>
      <p>{formats.instant(record.recordedAt)}</p>
      <p className="note">
        {t('record.entryNo', { entry: formats.count(record.entry) })} ·{' '}
        {t('record.version', { version: record.version })}
      </p>
      {record.mark && <p className="note">{t(`record.${record.mark}`)}</p>}
    </Panel>
  )
}

/** The papers of a record, for those who see its whole attendance. */
function papersOf(record: Activity) {
  const { activityId } = record
  if (!record.attendanceWhole || record.withdrawn) return []
  const takes = activityKind(record.kind)?.attendance !== 'none'
  return [
    { key: 'page' as const, href: fileAddress(pageOfActivity, { activityId }) },
    {
      key: 'minutes' as const,
      href: fileAddress(minutesOfActivity, { activityId }),
      asks: 'number' as const,
      headed: (head: HeadTyped) => fileAddress(minutesOfActivity, { activityId, ...head }),
    },
    ...(takes ? [{ key: 'sheet' as const, href: fileAddress(attendanceOfActivity, { activityId }) }] : []),
  ]
}

/** One record: what it says, who was there, how it came to be, and its correction. */
export function ActivityPage() {
  const { t } = useTranslation('activities')
  const navigate = useNavigate()
  const formats = useFormats()
  const words = useKindWords()
  const { activityId = '' } = useParams({ strict: false }) as { activityId?: string }
  const { edit = false } = useSearch({ strict: false }) as { edit?: boolean }
  const { data: record, error, refetch } = useQueryOf(getActivity, { activityId }, { keep: false })
  const [taking, take] = useState(false)
  const show = (editing: boolean) =>
    void navigate({
      to: '/activities/$activityId',
      params: { activityId },
      search: editing ? { edit: true } : {},
      replace: true,
    })
  if (isAbsent(error)) return <NoRight />
  if (error) return <ErrorHere error={error} retry={() => void refetch()} />
  if (!record) return <LoadingRows />
  const title = record.title ?? words.activity(record.kind)
  const papers = papersOf(record).map((paper) => ({ ...paper, name: t(`paper.${paper.key}`) }))
  const crumb = (
    <>
      <Link to="/activities">{t('title')}</Link> / {words.activity(record.kind)}
    </>
  )
  if (edit && record.mayChange) return <CorrectionForm record={record} crumb={crumb} onDone={() => show(false)} />
  return (
    <>
      <PageHead
        title={title}
        crumb={crumb}
        sentence={
          <>
            {[formats.day(record.happenedOn), record.unitName].filter(Boolean).join(' · ')} <Marks {...record} />
          </>
        }
        actions={
          <>
            <Downloads name={t('paper.download')} files={papers} />
            {record.mayChange && <Button onClick={() => take(true)}>{t('record.withdraw')}</Button>}
            {record.mayChange && <Button onClick={() => show(true)}>{t('record.correct')}</Button>}
          </>
        }
      />
      <PageBody
        asideKind="duty"
        aside={
          <>
            <Attendance record={record} />
            <EntryPanel record={record} />
          </>
        }
      >
        {record.withdrawn && (
          <Panel>
            <StateTag state="excused">{t('record.withdrawn')}</StateTag>
          </Panel>
        )}
        <Summary record={record} />
        <History record={record} />
      </PageBody>
      <WithdrawDialog open={taking} activityId={activityId} onClose={() => take(false)} />
    </>
  )
}
