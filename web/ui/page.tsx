import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

type HeadProps = {
  title: string
  /** Where the page stands, above the title. */
  crumb?: ReactNode
  /** The counted sentence or the state beside the title. */
  sentence?: ReactNode
  actions?: ReactNode
  /** Name in the browser's tab when it differs from the title. */
  tab?: string
}

/** The head of a page with its one h1; names the browser's tab. */
export function PageHead({ title, crumb, sentence, actions, tab }: HeadProps) {
  const { t } = useTranslation('shell')
  const name = t('title', { page: tab ?? title })
  useEffect(() => {
    document.title = name
  }, [name])
  return (
    <header className="page-head">
      {crumb && <div className="page-crumb note">{crumb}</div>}
      <div className="page-line">
        <h1>{title}</h1>
        {sentence && <div className="page-sentence">{sentence}</div>}
        {actions && <div className="page-actions">{actions}</div>}
      </div>
    </header>
  )
}

type BodyProps = {
  children: ReactNode
  /** The column at the right and its width by role; below 1200 px it goes under the main one. */
  aside?: ReactNode
  asideKind?: 'column' | 'duty' | 'record' | 'explain' | 'source'
  /** `scroll`: the body scrolls as one; `fill`: its panels take the height and scroll inside. */
  mode?: 'scroll' | 'fill'
}

/** What stands under the head: panels, and a right column where the page has one. */
export function PageBody({ children, aside, asideKind = 'column', mode = 'scroll' }: BodyProps) {
  return (
    <div className={`page-body page-${mode}`} data-aside={aside ? asideKind : undefined}>
      <div className="page-main">{children}</div>
      {aside && <aside className="page-aside">{aside}</aside>}
    </div>
  )
}

type PanelProps = {
  title?: ReactNode
  /** Number after the title. */
  count?: ReactNode
  note?: ReactNode
  /** One link or control at the right of the head. */
  extra?: ReactNode
  /** Accent edge: what the reader is asked to do. */
  edge?: boolean
  /** Rows reach the edges. */
  flush?: boolean
  foot?: ReactNode
  /** Which part of the page it is, for whoever looks for its rows. */
  part?: string
  children: ReactNode
}

/** A white panel with a hairline; its title is an h2. */
export function Panel({ title, count, note, extra, edge, flush, foot, part, children }: PanelProps) {
  return (
    <section className={`panel${edge ? ' panel-edge' : ''}`} data-part={part}>
      {title && (
        <div className="panel-head">
          <h2>{title}</h2>
          {count !== undefined && <span className="panel-count">{count}</span>}
          {note && <span className="note">{note}</span>}
          {extra && <span className="panel-extra">{extra}</span>}
        </div>
      )}
      <div className={flush ? 'panel-flush' : 'panel-body'}>{children}</div>
      {foot && <div className="panel-foot">{foot}</div>}
    </section>
  )
}

/** A panel at the right of a page that opens on a cell, figure or record; narrows the page, never covers it. */
export function SidePanel({
  title,
  note,
  onClose,
  foot,
  children,
}: {
  title: ReactNode
  note?: ReactNode
  onClose: () => void
  foot?: ReactNode
  children: ReactNode
}) {
  const { t } = useTranslation('ui')
  return (
    <section className="panel panel-edge side-panel">
      <div className="panel-head">
        <h2>{title}</h2>
        {note && <span className="note">{note}</span>}
        <button type="button" className="side-close" aria-label={t('close')} title={t('close')} onClick={onClose}>
          <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
            <path d="M2.5 2.5l11 11M13.5 2.5l-11 11" fill="none" stroke="currentColor" strokeWidth="1.4" />
          </svg>
        </button>
      </div>
      <div className="side-body">{children}</div>
      {foot && <div className="side-foot">{foot}</div>}
    </section>
  )
}

/** Label and value lines of a summary, label 68 wide. */
export function Facts({ rows }: { rows: readonly (readonly [label: ReactNode, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([label, value], at) => (
        // The rows of a summary never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: order is fixed
        <div key={at}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A boxed word: 补记, a kind; `inferred` for what the product guessed and a person has not confirmed. */
export function Tag({ children, inferred }: { children: ReactNode; inferred?: boolean }) {
  return <span className={inferred ? 'tag tag-inferred' : 'tag'}>{children}</span>
}
