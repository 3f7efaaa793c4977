import type { ReactNode } from 'react'
import { useLanguage } from '../lib/language.ts'
import { type Shape, type StateName, stateInk, states, stateWord } from './states.ts'

const line = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const
const ring = <circle cx="8" cy="8" r="6.2" {...line} strokeWidth="1.6" />
const cut = { className: 'cut', strokeLinecap: 'round', strokeLinejoin: 'round', strokeWidth: 1.9 } as const

/** The drawings on a 16 grid; lines of class `cut` show the ground through a filled shape. */
const drawings: Record<Exclude<Shape, 'word'>, ReactNode> = {
  disc: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.7 8.3 7.1 10.6 11.3 5.7" {...cut} />
    </>
  ),
  half: (
    <>
      {ring}
      <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4Z" fill="currentColor" />
    </>
  ),
  triangle: (
    <>
      <path d="M8 1.7 14.9 14H1.1Z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      <path d="M8 6.1v3.5M8 11.9v.1" {...cut} strokeWidth={1.7} />
    </>
  ),
  square: (
    <>
      <rect x="1.2" y="1.2" width="13.6" height="13.6" rx="1.4" fill="currentColor" />
      <path d="M4.7 8.3 7.1 10.6 11.3 5.7" {...cut} />
    </>
  ),
  bar: (
    <>
      {ring}
      <path d="M5.2 8h5.6" {...line} strokeWidth="1.6" />
    </>
  ),
  // Seven dashes: 7 × (3.3 + 2.09) is the circumference of r 6.
  dashed: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2.2" strokeDasharray="3.3 2.09" />,
  diamond: (
    <>
      <path d="M8 1.1 14.9 8 8 14.9 1.1 8Z" {...line} strokeWidth="1.5" />
      <path d="M6.5 6.7a1.55 1.55 0 1 1 2.3 1.4c-.5.3-.8.6-.8 1.1M8 11.2v.05" {...line} strokeWidth="1.4" />
    </>
  ),
  dot: (
    <>
      {ring}
      <circle cx="8" cy="8" r="2.5" fill="currentColor" />
    </>
  ),
  play: (
    <>
      {ring}
      <path d="M6.5 5.4 10.8 8l-4.3 2.6Z" fill="currentColor" />
    </>
  ),
  hands: (
    <>
      {ring}
      <path d="M8 4.6V8.2l2.3 1.4" {...line} strokeWidth="1.5" />
    </>
  ),
  back: (
    <>
      {ring}
      <path d="M11 8H5.4M7.5 5.8 5.2 8l2.3 2.2" {...line} strokeWidth="1.5" />
    </>
  ),
  thin: <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.2" />,
}

type MarkProps = {
  state: StateName
  /** Edge in px: 14 in text, 13 in matrices. */
  size?: number
  /** Spoken name; without it the mark is decoration beside a word. */
  label?: string
}

/** The mark of a state; a state without a drawing shows its word. */
export function StateMark({ state, size = 14, label }: MarkProps) {
  const language = useLanguage()
  const { shape } = states[state]
  if (shape === 'word') return <span className="note">{label ?? stateWord(state, language)}</span>
  const shared = { className: 'mark', width: size, height: size, viewBox: '0 0 16 16' }
  const style = { color: `var(--st-${state})` }
  if (!label)
    return (
      <svg {...shared} style={style} aria-hidden="true">
        {drawings[shape]}
      </svg>
    )
  return (
    <svg {...shared} style={style} role="img" aria-label={label}>
      <title>{label}</title>
      {drawings[shape]}
    </svg>
  )
}

type TagProps = {
  state: StateName
  /** The word when it says more than the table, such as 逾期16天. */
  children?: ReactNode
  /** Date and cause, shown on hover and spoken. */
  cause?: string
}

/** Mark and word of a state, without a box; the same in prose and in tables. */
export function StateTag({ state, children, cause }: TagProps) {
  const language = useLanguage()
  const word = children ?? stateWord(state, language)
  return (
    <span className="state-tag" style={{ color: stateInk(state) }} title={cause}>
      {states[state].shape !== 'word' && <StateMark state={state} />}
      <span>{word}</span>
      {cause && <span className="unseen">{cause}</span>}
    </span>
  )
}
