import { Button, InputNumber, Radio, Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/session.tsx'
import { attendanceOf, type Draft, guestsOf, type Listed, statusOf } from './draft.ts'
import { activityKind, awayUnsaid, PRESENT, reasonsAway, useKindWords } from './kinds.ts'
import { NamesDialog } from './names-dialog.tsx'

type FieldProps = { draft: Draft; roster: readonly Listed[]; onChange: (change: Partial<Draft>) => void }

/** One person: pressed is present; pressing again makes him absent. */
function Chip({ person, status, mark, onFlip }: { person: Listed; status: string; mark?: string; onFlip: () => void }) {
  const { t } = useTranslation('activities')
  const { language } = useFormats()
  const here = status === PRESENT
  const tail = here ? mark : status ? t('attend.awayShort') : t('attend.unlisted')
  const name = person.name ?? t('record.erased')
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={here}
      aria-label={t('attend.chip', {
        name,
        stand: here ? [...(mark ? [mark] : []), t('attend.here')].join(language === 'en' ? ', ' : '，') : (tail ?? ''),
      })}
      onClick={onFlip}
    >
      {name}
      {tail && <small>{tail}</small>}
    </button>
  )
}

/** Why those stay away: the reason switch under the chips. */
function Reasons({ people, draft, onChange }: FieldProps & { people: readonly Listed[] }) {
  const words = useKindWords()
  const { t } = useTranslation('activities')
  return (
    <div className="chip-reasons">
      {people.map(({ personId, name }) => (
        <span key={personId} className="chip-reason">
          <span>{name}</span>
          <Radio.Group
            size="small"
            optionType="button"
            aria-label={t('attend.reasons', { name })}
            value={statusOf(draft, personId)}
            options={reasonsAway().map((status) => ({ value: status, label: words.status(status) }))}
            onChange={({ target }) => onChange({ away: { ...draft.away, [personId]: target.value } })}
          />
        </span>
      ))}
    </div>
  )
}

/** Who was there: everybody of the roster until somebody is taken out. */
export function RosterField({ draft, roster, onChange, choice }: FieldProps & { choice: ReactNode }) {
  const { t } = useTranslation('activities')
  const [pasting, paste] = useState(false)
  const known = new Set(roster.map(({ personId }) => personId))
  const guests = guestsOf(draft, roster)
  const people = [...roster, ...guests]
  const away = people.filter(({ personId }) => ![PRESENT, ''].includes(statusOf(draft, personId)))
  const present = people.filter(({ personId }) => statusOf(draft, personId) === PRESENT).length
  const flip = (personId: string) => {
    if (!known.has(personId)) return onChange({ guests: guests.filter((guest) => guest.personId !== personId) })
    const status = statusOf(draft, personId) === PRESENT ? awayUnsaid() : PRESENT
    onChange({ away: { ...draft.away, [personId]: status } })
  }
  const all = () => onChange({ away: {}, listed: null })
  return (
    <div className="roster">
      <div className="roster-head">
        <span>{t('attend.expected', { count: people.length })}</span>
        <span>{t('attend.present', { count: present })}</span>
        <span>{t('attend.away', { count: people.length - present })}</span>
        <span className="bar-space" />
        {choice}
        <Button size="small" onClick={() => paste(true)}>
          {t('attend.paste')}
        </Button>
        <Button size="small" onClick={all}>
          {t('attend.all')}
        </Button>
      </div>
      <fieldset className="chips">
        <legend className="unseen">{t('field.attendance')}</legend>
        {people.map((person) => (
          <Chip
            key={person.personId}
            person={person}
            status={statusOf(draft, person.personId)}
            {...(known.has(person.personId)
              ? person.standing === 'probationary'
                ? { mark: t('attend.probationary') }
                : {}
              : { mark: t('attend.guest') })}
            onFlip={() => flip(person.personId)}
          />
        ))}
      </fieldset>
      {away.length > 0 && <Reasons people={away} draft={draft} roster={roster} onChange={onChange} />}
      <NamesDialog open={pasting} draft={draft} roster={roster} onChange={onChange} onClose={() => paste(false)} />
    </div>
  )
}

/** Bare numbers, where nobody is named. */
function NumbersField({ draft, onChange }: FieldProps) {
  const { t } = useTranslation('activities')
  const parts = ['present', 'expected', ...(activityKind(draft.kind)?.mayVote ? (['voters'] as const) : [])] as const
  return (
    <div className="form-line">
      {parts.map((part) => (
        <label key={part} className="form-inline" htmlFor={`activity-${part}`}>
          <span>{t(`field.${part}`)}</span>
          <InputNumber
            id={`activity-${part}`}
            min={0}
            max={100_000}
            precision={0}
            controls={false}
            value={draft[part]}
            onChange={(value) => onChange({ [part]: value ?? null })}
          />
        </label>
      ))}
    </div>
  )
}

/** Attendance as the kind of activity takes it. */
export function AttendanceField(props: FieldProps) {
  const { t } = useTranslation('activities')
  const formats = useFormats()
  const { draft, roster, onChange } = props
  const source = attendanceOf(draft)
  const kind = activityKind(draft.kind)
  if (source === 'none') return <p className="note form-alone">{t('note.none')}</p>
  const choice = kind && kind.attendance !== 'number' && (
    <Segmented
      size="small"
      aria-label={t('attend.how')}
      value={draft.byNames ? 'names' : 'numbers'}
      options={[
        { value: 'names', label: t('attend.names') },
        { value: 'numbers', label: t('attend.numbers') },
      ]}
      onChange={(value) => onChange({ byNames: value === 'names' })}
    />
  )
  if (source === 'numbers')
    return (
      <>
        <NumbersField {...props} />
        <div className="form-line">
          {choice}
          <span className="note">{t('note.numbers')}</span>
        </div>
      </>
    )
  if (roster.length === 0 && draft.guests.length === 0)
    return (
      <div className="form-line">
        <span className="note form-alone">
          {draft.unitId && kind ? t('note.noRoster', { day: formats.day(draft.happenedOn) }) : t('effect.empty')}
        </span>
        {draft.unitId && choice}
      </div>
    )
  return <RosterField {...props} choice={choice} />
}
