import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../../lib/keys.ts'
import { PageBody, PageHead } from '../../ui/page.tsx'
import type { Move, ReportAddress } from './address.ts'
import { FigureDrawer, type Report } from './figure-drawer.tsx'
import { FigureList } from './figure-list.tsx'
import type { Phrase, Piece } from './figures.ts'
import { ReportText } from './report-text.tsx'
import { Steps } from './steps.tsx'
import './report-drawer.css'
import './reports.css'

type FrameProps = {
  report: Report & {
    title: string
    year: number
    pieces: readonly Piece[]
    dated: readonly Phrase[]
  }
  step: 'draft' | 'check' | 'freeze'
  /** When the figures were counted, or where the report stands in the journal. */
  stand: ReactNode
  actions: ReactNode
  mayBind: boolean
  address: ReportAddress
  move: Move
  /** Figures that would read differently today. */
  changed?: ReadonlySet<number> | undefined
  onEdit?: ((at: number) => void) | undefined
  /** A panel in place of the drawer. */
  panel?: ReactNode
  fault?: ReactNode
}

/** Closes whatever stands beside the text. */
const nothing = { panel: undefined, at: undefined, step: undefined, recount: undefined } as const

/** The three panes of a report: its figures, its text, the source of the figure that is open. */
export function ReportFrame(props: FrameProps) {
  const { report, address, move, changed } = props
  const { t } = useTranslation('reports')
  const slot = address.figure === undefined ? undefined : report.slots[address.figure - 1]
  const go = (step: 1 | -1) => {
    const count = report.slots.length
    const at = address.figure ?? (step === 1 ? 0 : 1)
    if (count > 0) move({ figure: ((at - 1 + step + count) % count) + 1, panel: undefined, records: undefined })
  }
  useKeys([
    { keys: 'J', label: t('drawer.next'), group: 'page', run: () => go(1) },
    { keys: 'K', label: t('drawer.previous'), group: 'page', run: () => go(-1) },
    ...(slot
      ? [
          {
            keys: 'Esc',
            label: t('bind.back'),
            group: 'page' as const,
            run: () => move(address.panel ? { panel: undefined } : { figure: undefined, records: undefined }),
          },
        ]
      : props.panel
        ? [{ keys: 'Esc', label: t('bind.back'), group: 'page' as const, run: () => move(nothing) }]
        : []),
  ])
  const drawer =
    props.panel ??
    (slot && <FigureDrawer report={report} slot={slot} mayBind={props.mayBind} address={address} move={move} />)
  const shared = { slots: report.slots, dated: report.dated, address, move, changed }
  return (
    <>
      <PageHead
        crumb={
          <>
            <Link to={'/reports' as never}>{t('list.title')}</Link> / {t('head.crumb', { year: report.year })}
          </>
        }
        title={report.title}
        sentence={
          <span className="report-stand">
            <Steps at={props.step} />
            <span className="note">{props.stand}</span>
          </span>
        }
        actions={props.actions}
      />
      {props.fault && <div className="report-fault">{props.fault}</div>}
      <PageBody mode="fill" asideKind="source" aside={drawer}>
        <div className="report-panes">
          <FigureList {...shared} />
          <ReportText {...shared} pieces={report.pieces} onEdit={props.onEdit} />
        </div>
      </PageBody>
    </>
  )
}
