import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../lib/session.tsx'

type StepProps = {
  year: number
  onYear: (year: number) => void
  /** The last year that can be looked at; the next one when absent. */
  last?: number
  /** What is said beside the year. */
  children?: ReactNode
}

/** The year that a page shows, with the one before and the one after. */
export function YearStep({ year, onYear, last, children }: StepProps) {
  const { t } = useTranslation('ui')
  const { today } = useFormats()
  const end = last ?? Number(today.slice(0, 4)) + 1
  return (
    <span className="year-step">
      <button type="button" aria-label={t('year.previous')} title={t('year.previous')} onClick={() => onYear(year - 1)}>
        <LeftOutlined />
      </button>
      <b>{t('year.this', { year })}</b>
      <button
        type="button"
        aria-label={t('year.next')}
        title={t('year.next')}
        disabled={year >= end}
        onClick={() => onYear(year + 1)}
      >
        <RightOutlined />
      </button>
      {children && <span className="note">{children}</span>}
    </span>
  )
}
