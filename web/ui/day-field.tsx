import { CalendarOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Input, Popover } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readDay, shiftDay, shiftMonth } from '../lib/day-text.ts'
import { useFormats } from '../lib/session.tsx'
import { MonthGrid } from './month-grid.tsx'

type FieldProps = {
  id?: string
  /** A civil day, or empty. */
  value: string
  onChange: (day: string) => void
  /** Spoken name where no label points here. */
  label?: string
  disabled?: boolean
  /** False where the form is about one year: a day of it shows without the year. */
  year?: boolean
}

/** A field for a day: typed as the office writes it (6.30 is enough) or picked from the month; arrows move by a day. */
export function DayField({ id, value, onChange, label, disabled, year = true }: FieldProps) {
  const { t } = useTranslation('ui')
  const formats = useFormats()
  const shown = value ? formats.day(value, { year }) : ''
  const [text, write] = useState(shown)
  const [open, setOpen] = useState(false)
  const [month, setMonth] = useState((value || formats.today).slice(0, 7))
  useEffect(() => write(shown), [shown])
  const wrong = text.trim() !== '' && readDay(text, formats.today) === undefined

  function take() {
    const day = text.trim() === '' ? '' : readDay(text, formats.today)
    if (day === undefined) return
    write(day ? formats.day(day, { year }) : '')
    if (day !== value) onChange(day)
  }

  const grid = (
    <div className="day-pick">
      <div className="day-pick-head">
        <button type="button" aria-label={t('calendar.previous')} onClick={() => setMonth(shiftMonth(month, -1))}>
          <LeftOutlined />
        </button>
        <b>{formats.monthOfYear(month)}</b>
        <button type="button" aria-label={t('calendar.next')} onClick={() => setMonth(shiftMonth(month, 1))}>
          <RightOutlined />
        </button>
      </div>
      <MonthGrid
        month={month}
        selected={value}
        onPick={(day) => {
          onChange(day)
          setOpen(false)
        }}
      />
    </div>
  )
  return (
    <Popover content={grid} trigger="click" open={open} onOpenChange={setOpen} arrow={false} placement="bottomLeft">
      <Input
        {...(id ? { id } : {})}
        className="day-field"
        aria-label={label}
        aria-invalid={wrong}
        disabled={disabled ?? false}
        status={wrong ? 'error' : ''}
        value={text}
        suffix={<CalendarOutlined className="day-icon" />}
        onChange={({ target }) => write(target.value)}
        onBlur={take}
        onPressEnter={take}
        onKeyDown={(event) => {
          const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
          if (event.key === 'Escape') setOpen(false)
          if (step === undefined || !value) return
          event.preventDefault()
          onChange(shiftDay(value, step))
        }}
      />
    </Popover>
  )
}
