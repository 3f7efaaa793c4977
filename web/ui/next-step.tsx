import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Panel } from './page.tsx'
import { StateMark } from './state-mark.tsx'

/** One link of the chain of who waits for whom. */
export type ChainLink = { key: string; stand: 'done' | 'current' | 'ahead'; text: ReactNode; waited?: string }

const marks = { done: 'done', current: 'awaiting', ahead: 'notdue' } as const

/** What has to happen next and who does it: the chain, the checklist, the opinion, two equal buttons. */
export function NextStep({
  title,
  chain,
  children,
  buttons,
  note,
}: {
  title: ReactNode
  chain: readonly ChainLink[]
  /** Checklist of the measure and box of opinion. */
  children?: ReactNode
  /** The verbs, of one width; the filled one first. */
  buttons?: ReactNode
  /** Who may do it, said also to those who may not. */
  note?: ReactNode
}) {
  const { t } = useTranslation('ui')
  return (
    <Panel title={title} edge>
      <ol className="chain">
        {chain.map((link) => (
          <li key={link.key} data-stand={link.stand}>
            <StateMark state={marks[link.stand]} label={t(`next.${link.stand}`)} />
            <span>{link.text}</span>
            {link.waited && <span>{link.waited}</span>}
          </li>
        ))}
      </ol>
      {children && <div className="next-body">{children}</div>}
      {buttons && <div className="next-buttons">{buttons}</div>}
      {note && <p className="note next-note">{note}</p>}
    </Panel>
  )
}
