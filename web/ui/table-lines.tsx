import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Group, TableProps } from './table.tsx'

/** A line of the body: a group row or a row. */
export type Line<R> = { row: R } | { group: Group<R>; folded: boolean }

/** A tick box drawn by the style sheet; light enough for a thousand rows. */
export function TickBox({
  label,
  ticked,
  some = false,
  idle = false,
  onTick,
}: {
  label: string
  ticked: boolean
  some?: boolean
  /** There is nothing to tick, such as while the rows are still coming. */
  idle?: boolean
  onTick: () => void
}) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = some
  }, [some])
  return (
    <input
      ref={box}
      type="checkbox"
      className="tick"
      aria-label={label}
      checked={ticked}
      disabled={idle}
      onChange={onTick}
    />
  )
}

/** The sticky head: names, second lines, order, the box for all rows. */
export function TableHead<R>({
  columns,
  picked,
  onPick,
  sort,
  onSort,
  allKeys,
}: TableProps<R> & { allKeys: readonly string[] }) {
  const { t } = useTranslation('ui')
  const all = allKeys.length > 0 && allKeys.every((key) => picked?.has(key))
  return (
    <thead>
      <tr className={columns.some((column) => column.under) ? 'head-two' : ''}>
        {onPick && (
          <th scope="col" className="tick-cell">
            <TickBox
              label={t('table.pickAll')}
              ticked={all}
              some={!all && (picked?.size ?? 0) > 0}
              idle={allKeys.length === 0}
              onTick={() => onPick(new Set(all ? [] : allKeys))}
            />
          </th>
        )}
        {columns.map((column) => {
          const sorted = sort?.key === column.key ? (sort.down ? 'descending' : 'ascending') : undefined
          const name = (
            <>
              {column.title}
              {sorted && <span aria-hidden="true"> {sort?.down ? '↓' : '↑'}</span>}
            </>
          )
          return (
            <th
              key={column.key}
              scope="col"
              style={{ width: column.width }}
              className={column.align === 'right' ? 'right' : ''}
              aria-sort={sorted}
            >
              {column.sortable && onSort ? (
                <button
                  type="button"
                  className="plain"
                  onClick={() => onSort({ key: column.key, down: sorted === 'ascending' })}
                >
                  {name}
                </button>
              ) : (
                name
              )}
              {column.under && <span className="head-under">{column.under}</span>}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

type LineProps<R> = {
  line: Line<R>
  at: number
  span: number
  table: TableProps<R>
  active: string | undefined
  onFold: (key: string) => void
  onPickOne: (key: string) => void
}

/** Whether a press was meant for something inside the row, or selected text. */
function meantInside(target: EventTarget): boolean {
  const inside = target instanceof Element && target.closest('a, button, input, label') !== null
  return inside || (getSelection()?.toString() ?? '') !== ''
}

/** One line of the body. */
export function TableLine<R>({ line, at, span, table, active, onFold, onPickOne }: LineProps<R>) {
  const { t } = useTranslation('ui')
  if ('group' in line) {
    const { group, folded } = line
    return (
      <tr className="group-row" aria-rowindex={at + 2}>
        <th colSpan={span} scope="rowgroup">
          <button
            type="button"
            className="group-fold"
            aria-expanded={!folded}
            aria-label={t(folded ? 'table.unfold' : 'table.fold', { name: group.name })}
            onClick={() => onFold(group.key)}
          >
            <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" data-folded={folded || undefined}>
              <path d="M1.5 3.2 5 6.8l3.5-3.6" fill="none" stroke="currentColor" strokeWidth="1.3" />
            </svg>
          </button>
          <span className="group-name">{group.name}</span>
          {group.words && <span className="note">{group.words}</span>}
        </th>
      </tr>
    )
  }
  const key = table.rowKey(line.row)
  const picked = table.picked?.has(key) ?? false
  const open = table.onOpen
  return (
    <tr
      data-key={key}
      aria-rowindex={at + 2}
      aria-selected={table.picked ? picked : undefined}
      data-current={key === table.current || key === active || undefined}
      data-opens={open ? true : undefined}
      tabIndex={-1}
      onClick={(event) => open && !meantInside(event.target) && open(line.row)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.target !== event.currentTarget || !open) return
        event.preventDefault()
        open(line.row)
      }}
    >
      {table.onPick && (
        <td className="tick-cell">
          <TickBox
            label={t('table.pick', { name: table.rowName(line.row) })}
            ticked={picked}
            onTick={() => onPickOne(key)}
          />
        </td>
      )}
      {table.columns.map((column) => (
        <td
          key={column.key}
          className={[column.align === 'right' ? 'right' : '', column.support ? 'support' : ''].join(' ').trim()}
        >
          <div className="clamp">{column.render(line.row)}</div>
        </td>
      ))}
    </tr>
  )
}
