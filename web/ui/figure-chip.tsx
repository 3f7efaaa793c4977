import { Popover } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../lib/session.tsx'

/** Bound to a metric, changed since the last look, not bound, left masked on purpose, its source open. */
export type FigureState = 'bound' | 'changed' | 'unbound' | 'masked' | 'open'

type ChipProps = {
  /** The figure as it stands in the text, with its unit: 1,200 余人次. */
  text: string
  state: FigureState
  /** The stop or comma after the figure: it must not open the next line. */
  tail?: string
  onOpen: () => void
  peek?: {
    /** Value at the last look. */
    last?: string
    /** What is counted, in one line, with the cut-off day. */
    definition: ReactNode
    change?: ReactNode
    records?: number
  }
}

/** A figure inside a text or table: shows on hover what it counts, opens its source on click. */
export function FigureChip({ text, state, tail, onOpen, peek }: ChipProps) {
  const { t } = useTranslation('ui')
  const { count } = useFormats()
  const kept = (chip: ReactNode) =>
    tail ? (
      <span className="keep">
        {chip}
        {tail}
      </span>
    ) : (
      chip
    )
  const chip = (
    <button
      type="button"
      className={`figure figure-${state}`}
      aria-label={t('figure.spoken', { text, state: t(`figure.${state}`) })}
      aria-expanded={state === 'open'}
      onClick={onOpen}
    >
      {text}
    </button>
  )
  if (!peek || state === 'open') return kept(chip)
  const content = (
    <div className="figure-peek">
      <div className="figure-peek-head">
        <b>{text}</b>
        {peek.last && <span>{t('figure.last', { value: peek.last })}</span>}
      </div>
      <p className="note">{peek.definition}</p>
      {peek.change && <p className="note">{peek.change}</p>}
      {peek.records !== undefined && (
        <button type="button" className="link" onClick={onOpen}>
          {t('figure.records', { count: peek.records, replace: { count: count(peek.records) } })}
        </button>
      )}
    </div>
  )
  return kept(
    <Popover content={content} trigger={['hover', 'focus']} mouseEnterDelay={0.3} placement="bottomLeft" arrow={false}>
      {chip}
    </Popover>,
  )
}
