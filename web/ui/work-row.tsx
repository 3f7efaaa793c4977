import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useLanguage } from '../lib/language.ts'
import { StateMark } from './state-mark.tsx'
import { type StateName, stateInk, stateWord } from './states.ts'

type RowProps = {
  state: StateName
  title: ReactNode
  note?: ReactNode
  /** When, at the right. */
  due?: ReactNode
  /** Whether the due words carry the state's colour. */
  pressing?: boolean
  verb: string
  /** The one filled button of the page. */
  first?: boolean
  /** Belongs under the row before it. */
  under?: boolean
  /** Whether the rows that it stands for are shown; only for a row that stands for several. */
  expanded?: boolean
  onVerb: () => void
}

/** One thing that waits: mark, title with its note, when, and one verb. */
export function WorkRow({ state, title, note, due, pressing, verb, first, under, expanded, onVerb }: RowProps) {
  const language = useLanguage()
  return (
    <li className="work-row" data-under={under || undefined}>
      <StateMark state={state} label={stateWord(state, language)} />
      <span className="work-what">
        <span className="work-title">{title}</span>
        {note && <span className="work-note">{note}</span>}
      </span>
      <span className="work-due" style={pressing ? { color: stateInk(state) } : undefined}>
        {due}
      </span>
      <span className="work-act">
        <Button size="small" type={first ? 'primary' : 'default'} aria-expanded={expanded} onClick={onVerb}>
          {verb}
        </Button>
      </span>
    </li>
  )
}

/** The list around work rows. */
export function WorkRows({ children }: { children: ReactNode }) {
  return <ul className="work-rows">{children}</ul>
}
