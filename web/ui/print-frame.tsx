import type { ReactNode } from 'react'

/** What paper says around a page: title, version and date, filters in force; list landscape or document portrait. */
export function PrintFrame({
  kind,
  title,
  under,
  filters,
  foot,
  children,
}: {
  kind: 'list' | 'document'
  title: string
  /** Version and date, in the second line. */
  under?: ReactNode
  filters?: ReactNode
  /** Version, journal index and time of printing, at the end. */
  foot?: ReactNode
  children: ReactNode
}) {
  return (
    <div className={`print-frame print-${kind}`}>
      <div className="print-only">
        <div className="print-title">{title}</div>
        {under && <div className="print-under">{under}</div>}
        {filters && <div className="print-filters">{filters}</div>}
      </div>
      {children}
      {foot && <div className="print-only print-foot">{foot}</div>}
    </div>
  )
}
