import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useKeys } from '../lib/keys.ts'
import { LoadingRows } from './messages.tsx'
import { type Editing, type Line, TableHead, TableLine } from './table-lines.tsx'
import { useWidths } from './table-widths.ts'

/** A column of a table; without a width it takes what is left. */
export type Column<R> = {
  key: string
  title: ReactNode
  /** Second line of the head, such as rhythm and strictness. */
  under?: ReactNode
  width?: number
  align?: 'right'
  /** 13 px, quieter. */
  support?: boolean
  /** By number, date or order of the organisation; never by merit. */
  sortable?: boolean
  render: (row: R) => ReactNode
  /** What stands in the cell while it is edited in place (F2, again for the next cell); null where the row may not be. */
  editor?: (row: R, close: () => void, next: () => void) => ReactNode | null
}

/** Rows under a group row: its name and its counts in words. */
export type Group<R> = { key: string; name: string; words?: ReactNode; rows: readonly R[] }

/** Which column orders the rows. */
export type Sort = { key: string; down: boolean }

export type TableProps<R> = {
  /** What the table holds, spoken. */
  name: string
  columns: readonly Column<R>[]
  rows?: readonly R[]
  groups?: readonly Group<R>[]
  rowKey: (row: R) => string
  /** The row in a few words, for the box that selects it. */
  rowName: (row: R) => string
  onOpen?: (row: R) => void
  /** Key of the row whose panel is open. */
  current?: string
  picked?: ReadonlySet<string>
  onPick?: (keys: ReadonlySet<string>) => void
  sort?: Sort
  onSort?: (sort: Sort) => void
  /** Left of the foot bar: counts in words. */
  counts?: ReactNode
  /** Verbs for the selected rows; they take the place of the counts. */
  verbs?: ReactNode
  loading?: boolean
  /** In place of rows when there are none. */
  empty?: ReactNode
  /** Cells are as high as what they say, instead of two lines. */
  tall?: boolean
  /** Under this name the widths that a person gives the columns are remembered on his PC; without it they stay. */
  widths?: string
}

const virtualFrom = 200

/** The rows in order with their group rows, without those of folded groups. */
function linesOf<R>(
  rows: readonly R[],
  groups: readonly Group<R>[] | undefined,
  folded: ReadonlySet<string>,
): Line<R>[] {
  if (!groups) return rows.map((row) => ({ row }))
  return groups.flatMap((group): Line<R>[] => [
    { group, folded: folded.has(group.key) },
    ...(folded.has(group.key) ? [] : group.rows.map((row) => ({ row }))),
  ])
}

/** The width below which the table scrolls sideways: its fixed columns and 240 for each free one. */
function leastWidth(columns: readonly { width?: number }[]): number {
  return columns.reduce((sum, column) => sum + (column.width ?? 240), 40)
}

/** Paper holds every row, so printing lifts the virtual list. */
function usePrinting(): boolean {
  const [printing, set] = useState(false)
  useEffect(() => {
    const before = () => flushSync(() => set(true))
    const after = () => set(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])
  return printing
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys)
  if (!next.delete(key)) next.add(key)
  return next
}

/** A table: rows of 44, sticky head, group rows, foot bar with counts or bulk verbs, virtual from 200 rows. */
export function Table<R>(given: TableProps<R>) {
  const { t } = useTranslation('ui')
  const { columns, resize } = useWidths(given.widths, given.columns)
  // Rows that stay in view while others scroll in are not drawn again, so what they are given stays the same.
  const props = useMemo(() => ({ ...given, columns }), [given, columns])
  const { rows = [], groups, rowKey, picked, onPick } = props
  const [editing, edit] = useState<Editing>()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const scroller = useRef<HTMLDivElement>(null)
  const printing = usePrinting()
  const lines = useMemo(() => linesOf(rows, groups, folded), [rows, groups, folded])
  const virtual = lines.length >= virtualFrom && !printing
  const virtualizer = useVirtualizer({
    count: lines.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (lines[at] && 'group' in lines[at] ? 32 : 44),
    overscan: 8,
    getItemKey: (at) => {
      const line = lines[at]
      return line === undefined ? at : 'group' in line ? `group ${line.group.key}` : rowKey(line.row)
    },
  })
  const moving = useMoving(props, lines, scroller, (at) => virtual && virtualizer.scrollToIndex(at), edit)
  const shown = virtual ? virtualizer.getVirtualItems().map(({ index }) => index) : lines.map((_, at) => at)
  const before = virtual ? (virtualizer.getVirtualItems()[0]?.start ?? 0) : 0
  const after = virtual ? virtualizer.getTotalSize() - (virtualizer.getVirtualItems().at(-1)?.end ?? 0) : 0
  const span = columns.length + (onPick ? 1 : 0)
  const onFold = useCallback((key: string) => setFolded((was) => toggled(was, key)), [])
  const onPickOne = useCallback((key: string) => picked && onPick?.(toggled(picked, key)), [picked, onPick])
  const allKeys = useMemo(() => lines.flatMap((line) => ('row' in line ? [rowKey(line.row)] : [])), [lines, rowKey])
  return (
    <section className="panel table-panel">
      {/* The region scrolls, so it must be reachable by key. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by keyboard */}
      <section className="table-scroll" ref={scroller} aria-label={props.name} tabIndex={0}>
        <table
          className={given.tall ? 'table table-tall' : 'table'}
          aria-rowcount={lines.length + 1}
          style={{ minWidth: leastWidth(columns) }}
        >
          <TableHead {...props} allKeys={allKeys} {...(given.widths ? { onResize: resize } : {})} />
          <tbody>
            {before > 0 && <Spacer height={before} span={span} />}
            {shown.map((at) => {
              const line = lines[at]
              return (
                line && (
                  <TableLine
                    key={'group' in line ? `group ${line.group.key}` : rowKey(line.row)}
                    line={line}
                    at={at}
                    span={span}
                    table={props}
                    active={moving.active}
                    {...(given.tall && virtual ? { measure: virtualizer.measureElement } : {})}
                    editing={editing}
                    onEdit={edit}
                    onFold={onFold}
                    onPickOne={onPickOne}
                  />
                )
              )
            })}
            {after > 0 && <Spacer height={after} span={span} />}
          </tbody>
        </table>
        {props.loading && lines.length === 0 && <LoadingRows />}
        {!props.loading && lines.length === 0 && props.empty && <div className="table-empty">{props.empty}</div>}
      </section>
      {picked && picked.size > 0 ? (
        <div className="table-foot table-foot-picked" role="status">
          <b>{t('table.picked', { count: picked.size })}</b>
          {props.verbs}
          <button type="button" className="plain" onClick={() => onPick?.(new Set())}>
            {t('table.unpick')}
          </button>
        </div>
      ) : (
        props.counts && <div className="table-foot note">{props.counts}</div>
      )}
    </section>
  )
}

function Spacer({ height, span }: { height: number; span: number }) {
  return (
    <tr className="table-space">
      <td colSpan={span} style={{ height }} />
    </tr>
  )
}

/** J and K move, Enter opens, F2 edits, X selects, Esc clears the selection. */
function useMoving<R>(
  { columns, rowKey, onOpen, picked, onPick }: TableProps<R>,
  lines: readonly Line<R>[],
  scroller: { current: HTMLDivElement | null },
  reveal: (at: number) => void,
  onEdit: (editing: Editing) => void,
) {
  const { t } = useTranslation(['ui', 'shell'])
  const [active, setActive] = useState<string>()
  const keyAt = (at: number) => {
    const line = lines[at]
    return line && 'row' in line ? rowKey(line.row) : undefined
  }
  const place = lines.findIndex((_, at) => active !== undefined && keyAt(at) === active)
  const row = lines[place]
  const move = (step: 1 | -1) => {
    let at = place === -1 && step === -1 ? lines.length - 1 : place + step
    while (lines[at] && keyAt(at) === undefined) at += step
    const key = keyAt(at)
    if (key === undefined) return
    setActive(key)
    reveal(at)
    requestAnimationFrame(() => {
      const element = scroller.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
      element?.focus({ preventScroll: true })
      element?.scrollIntoView({ block: 'nearest' })
    })
  }
  const pickable = picked && onPick
  const firstEditor = columns.find(({ editor }) => editor !== undefined)
  useKeys([
    { keys: 'J', label: t('table.next'), group: 'page', run: () => move(1) },
    { keys: 'K', label: t('table.previous'), group: 'page', run: () => move(-1) },
    ...(onOpen
      ? [
          {
            keys: 'Enter',
            label: t('table.open'),
            group: 'page' as const,
            run: () => row && 'row' in row && onOpen(row.row),
          },
        ]
      : []),
    ...(firstEditor
      ? [
          {
            keys: 'F2',
            label: t('table.edit'),
            group: 'page' as const,
            run: () => active && onEdit({ row: active, column: firstEditor.key }),
          },
        ]
      : []),
    ...(pickable
      ? [
          {
            keys: 'X',
            label: t('table.mark'),
            group: 'page' as const,
            run: () => active && onPick(toggled(picked, active)),
          },
          ...(picked.size > 0
            ? [{ keys: 'Esc', label: t('shell:keys.closeWhat'), group: 'page' as const, run: () => onPick(new Set()) }]
            : []),
        ]
      : []),
  ])
  return { active }
}
