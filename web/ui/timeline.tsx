import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../lib/language.ts'
import { useFormats } from '../lib/session.tsx'
import { Tag } from './page.tsx'
import { StateMark } from './state-mark.tsx'
import { type StateName, stateInk, stateWord } from './states.ts'

/** One event: when it happened (day or instant), who did what, and when it was recorded if that was later. */
export type TimelineEvent = {
  key: string
  /** Civil day or instant in UTC. */
  at: string
  state: StateName
  /** Who did what: 罗清和 送审. */
  who: ReactNode
  unit?: string
  /** An event that nobody did, such as a deadline passing. */
  system?: boolean
  text: ReactNode
  /** The day of recording of a late entry. */
  recordedOn?: string
}

/** The course of things, newest first, with the write-progress box on top. */
export function Timeline({ events, write }: { events: readonly TimelineEvent[]; write?: ReactNode }) {
  const { t } = useTranslation('ui')
  const language = useLanguage()
  const formats = useFormats()
  return (
    <>
      {write && <div className="timeline-write">{write}</div>}
      <ol className="timeline">
        {events.map((event) => (
          <li key={event.key}>
            <time dateTime={event.at}>{event.at.length > 10 ? formats.instant(event.at) : formats.day(event.at)}</time>
            <span className="timeline-mark">
              <StateMark state={event.state} label={stateWord(event.state, language)} />
            </span>
            <span className="timeline-who">
              <span style={event.system ? { color: stateInk(event.state) } : undefined}>{event.who}</span>
              <span className="note">{event.system ? t('timeline.system') : event.unit}</span>
            </span>
            <span className="timeline-text">
              {event.text}
              {event.recordedOn && <Tag>{t('timeline.lateEntry', { day: formats.day(event.recordedOn) })}</Tag>}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}
