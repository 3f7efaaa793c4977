import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { draftReminders, listReminders } from '../../../src/modules/notices/reminder.contract.ts'
import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import { useFormats } from '../../lib/session.tsx'
import { EmptyState, ErrorHere, LoadingRows } from '../../ui/messages.tsx'
import { PageBody, Panel, Tag } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-mark.tsx'
import { ReminderForm } from './reminder-form.tsx'
import './notices.css'

type Drafts = OutputOf<typeof draftReminders>
/** A festival ahead with what is proposed before it and what was sent. */
export type Festival = Drafts['items'][number]

/** Integrity reminders before the festivals: proposed, sent once to the groups chosen, never chased. */
export function RemindersView() {
  const { t } = useTranslation('notices')
  const { data, error, isPending, refetch } = useQueryOf(draftReminders, {})
  const [open, set] = useState<string>()
  const drafting = data?.items.find(({ festival, year }) => `${festival} ${year}` === open)
  return (
    <PageBody
      asideKind="source"
      aside={
        data &&
        drafting && (
          <ReminderForm key={open} festival={drafting} audiences={data.audiences} onClose={() => set(undefined)} />
        )
      }
    >
      <div className="reminders">
        <Panel title={t('reminders.ahead')} note={t('reminders.note')} flush>
          {error && <ErrorHere error={error} retry={() => void refetch()} />}
          {isPending && !error && <LoadingRows rows={3} />}
          {data && data.items.length === 0 && <EmptyState title={t('reminders.none')} why={t('reminders.noneWhy')} />}
          <ul>
            {data?.items.map((festival) => (
              <FestivalRow
                key={`${festival.festival} ${festival.year}`}
                festival={festival}
                onDraft={() => set(`${festival.festival} ${festival.year}`)}
              />
            ))}
          </ul>
        </Panel>
        <SentPanel audiences={data?.audiences ?? []} />
      </div>
    </PageBody>
  )
}

function FestivalRow({ festival, onDraft }: { festival: Festival; onDraft: () => void }) {
  const { t } = useTranslation('notices')
  const formats = useFormats()
  const { words, from, to, certain, sendFrom, sent } = festival
  const now = sendFrom <= formats.today
  return (
    <li className="reminder-row">
      <StateTag state={sent.length > 0 ? 'done' : now ? 'soon' : 'notdue'}>
        {t(sent.length > 0 ? 'reminders.sent' : now ? 'reminders.now' : 'reminders.later')}
      </StateTag>
      <span className="reminder-what">
        <b className="name">{words[formats.language]}</b>
        <span className="note">
          {t('reminders.off', { days: formats.range(from, to) })} {!certain && <Tag>{t('reminders.uncertain')}</Tag>}
        </span>
      </span>
      <span className="support">{t('reminders.from', { day: formats.day(sendFrom) })}</span>
      <Button size="small" onClick={onDraft}>
        {t(sent.length > 0 ? 'reminders.more' : 'reminders.draft')}
      </Button>
    </li>
  )
}

/** What was sent in the year: when, to whom, and the record that it made. */
function SentPanel({ audiences }: { audiences: Drafts['audiences'] }) {
  const { t } = useTranslation('notices')
  const formats = useFormats()
  const { data, error } = useQueryOf(listReminders, {})
  const units = useQueryOf(unitTree, {})
  const names = new Map(units.data?.items.map(({ unitId, name }) => [unitId, name ?? '']))
  const words = new Map(audiences.map((one) => [one.id, one.words[formats.language]]))
  return (
    <Panel title={t('reminders.sentTitle')} {...(data ? { count: data.total } : {})} flush>
      {error && <ErrorHere error={error} />}
      {data && data.items.length === 0 && (
        <EmptyState title={t('reminders.noneSent')} why={t('reminders.noneSentWhy')} />
      )}
      <ul>
        {data?.items.map((one) => (
          <li key={one.reminderId} className="reminder-sent">
            <span>
              <b className="name">{one.words?.[formats.language] ?? one.festival}</b>{' '}
              <span className="note">
                {t('reminders.to', {
                  day: formats.day(one.sentOn),
                  groups: [
                    ...one.unitIds.map((id) => names.get(id) ?? ''),
                    ...one.audiences.map((id) => words.get(id) ?? id),
                  ].join(t('comma')),
                })}
              </span>
            </span>
            <Link to="/activities/$activityId" params={{ activityId: one.activityId }}>
              {t('reminders.record')}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
