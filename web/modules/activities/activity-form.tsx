import { Input, InputNumber, Select } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { kindsHeld } from '../../lib/kinds.ts'
import { useFormats } from '../../lib/session.tsx'
import { DayField } from '../../ui/day-field.tsx'
import { AttendanceField } from './attendance-field.tsx'
import type { Draft, Listed } from './draft.ts'
import { bodiesFor, type Unit } from './effects.ts'
import { HostField } from './host-field.tsx'
import { KindField } from './kind-field.tsx'
import { activityKind, useKindWords } from './kinds.ts'
import { OwnFields } from './own-fields.tsx'

type FormProps = {
  draft: Draft
  units: readonly Unit[]
  roster: readonly Listed[]
  onChange: (change: Partial<Draft>) => void
  /** Save bar and message, at the end. */
  children: ReactNode
}

/** One numbered row: label, control, note. */
function Row({
  no,
  label,
  field,
  optional,
  note,
  children,
}: {
  no: number
  label: string
  field?: string
  optional?: boolean
  note?: ReactNode
  children: ReactNode
}) {
  const { t } = useTranslation('ui')
  const words = (
    <>
      {no}. {label}
      {optional && <span className="note"> {t('optional')}</span>}
    </>
  )
  return (
    <div className="form-row">
      {field ? (
        <label className="form-label" htmlFor={field}>
          {words}
        </label>
      ) : (
        <span className="form-label">{words}</span>
      )}
      <div className="form-control">
        {children}
        {note && <p className="note">{note}</p>}
      </div>
    </div>
  )
}

/** Topics, own fields of the kind and points: what figures take, none of it asked for. */
function MoreField({ draft, onChange }: Pick<FormProps, 'draft' | 'onChange'>) {
  const { t } = useTranslation('activities')
  const words = useKindWords()
  const base = useId()
  const [open, unfold] = useState(draft.content !== '')
  return (
    <>
      <div className="form-line">
        <label className="form-inline form-grow" htmlFor={`${base}topics`}>
          <span>{t('field.topics')}</span>
          <Select
            id={`${base}topics`}
            mode="tags"
            className="field-grow"
            placeholder={t('hint.topics')}
            maxCount={12}
            showSearch={{ optionFilterProp: 'label' }}
            value={[...draft.topics]}
            options={kindsHeld().topics.map(({ id }) => ({ value: id, label: words.topic(id) }))}
            onChange={(topics: string[]) => onChange({ topics })}
          />
        </label>
      </div>
      <div className="form-line">
        <OwnFields draft={draft} onChange={onChange} />
        {!open && (
          <button type="button" className="link" onClick={() => unfold(true)}>
            {t('addContent')}
          </button>
        )}
      </div>
      {open && (
        <Input.TextArea
          aria-label={t('field.content')}
          rows={3}
          maxLength={4000}
          placeholder={t('hint.content')}
          value={draft.content}
          onChange={({ target }) => onChange({ content: target.value })}
        />
      )}
    </>
  )
}

function UnitField({ draft, units, roster, onChange }: Omit<FormProps, 'children'>) {
  const { t } = useTranslation('activities')
  const formats = useFormats()
  const day = formats.day(draft.happenedOn || formats.today)
  const bodies = bodiesFor(draft.kind, units)
  const note = activityKind(draft.kind)?.attendance === 'body' ? 'note.body' : 'note.roster'
  return (
    <>
      <Select
        id="activity-unit"
        className="field-medium"
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('hint.unit')}
        value={draft.unitId || null}
        options={bodies.map(({ unitId, name }) => ({ value: unitId, label: name }))}
        onChange={(unitId: string) => onChange({ unitId, away: {}, listed: null, guests: [] })}
      />
      {roster.length > 0 && <span className="note">{t(note, { day, count: roster.length })}</span>}
    </>
  )
}

/** The record form: one column of eight numbered rows. */
export function ActivityForm({ draft, units, roster, onChange, children }: FormProps) {
  const { t } = useTranslation('activities')
  const shared = { draft, roster, onChange }
  return (
    <section className="panel form">
      <Row no={1} label={t('field.kind')} field="activity-kind">
        <div className="form-line">
          <KindField draft={draft} units={units} onChange={onChange} />
        </div>
      </Row>
      <Row no={2} label={t('field.day')} field="activity-day" note={t('note.day')}>
        <div className="form-line">
          <span className="field-day">
            <DayField id="activity-day" value={draft.happenedOn} onChange={(happenedOn) => onChange({ happenedOn })} />
          </span>
          <label className="form-inline" htmlFor="activity-hours">
            <span>{t('field.hoursEach')}</span>
            <InputNumber
              id="activity-hours"
              className="field-number"
              min={0.25}
              max={400}
              step={1}
              controls={false}
              value={draft.hours}
              onChange={(hours) => onChange({ hours: hours ?? null })}
            />
          </label>
        </div>
      </Row>
      <Row no={3} label={t('field.unit')} field="activity-unit">
        <div className="form-line">
          <UnitField {...shared} units={units} />
        </div>
      </Row>
      <Row no={4} label={t('field.title')} field="activity-title">
        <Input
          id="activity-title"
          maxLength={200}
          value={draft.title}
          onChange={({ target }) => onChange({ title: target.value })}
        />
      </Row>
      <Row no={5} label={t('field.host')} field="activity-host">
        <div className="form-line">
          <HostField {...shared} />
        </div>
      </Row>
      <Row no={6} label={t('field.attendance')}>
        <AttendanceField {...shared} />
      </Row>
      <Row no={7} label={t('field.proof')} field="activity-proof" optional note={t('note.proof')}>
        <Input
          id="activity-proof"
          className="field-long"
          maxLength={200}
          placeholder={t('hint.proof')}
          value={draft.proof}
          onChange={({ target }) => onChange({ proof: target.value })}
        />
      </Row>
      <Row no={8} label={t('field.more')} optional note={t('note.more')}>
        <MoreField draft={draft} onChange={onChange} />
      </Row>
      {children}
    </section>
  )
}
