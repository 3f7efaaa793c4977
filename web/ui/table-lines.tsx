import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Group, TableProps } from './table.tsx'
import { leastColumn } from './table-widths.ts'

/** A line of the body: a group row or a row. */
export type Line<R> = { row: R } | { group: Group<R>; folded: boolean }

/** The cell that is being edited. */
export type Editing = { row: string; column: string } | undefined

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
  onResize,
}: TableProps<R> & { allKeys: readonly string[]; onResize?: (key: string, width: number) => void }) {
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
              data-free={column.width === undefined || undefined}
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
              {onResize && column.width !== undefined && (
                <Grip
                  name={typeof column.title === 'string' ? column.title : column.key}
                  width={column.width}
                  onResize={(width) => onResize(column.key, width)}
                />
              )}
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

/** The edge of a column: dragged, or moved by the arrow keys, it gives the column another width. */
function Grip({ name, width, onResize }: { name: string; width: number; onResize: (width: number) => void }) {
  const { t } = useTranslation('ui')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between columns that moves is no hr
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={t('table.width', { name })}
      aria-valuenow={width}
      aria-valuemin={leastColumn}
      aria-valuemax={600}
      tabIndex={0}
      className="th-grip"
      onKeyDown={({ key }) => {
        if (key === 'ArrowLeft') onResize(width - 16)
        if (key === 'ArrowRight') onResize(width + 16)
      }}
      onPointerDown={(event) => {
        event.preventDefault()
        const grip = event.currentTarget
        const from = event.clientX
        grip.setPointerCapture(event.pointerId)
        const move = (next: PointerEvent) => onResize(width + next.clientX - from)
        const end = () => {
          grip.removeEventListener('pointermove', move)
          grip.removeEventListener('pointerup', end)
        }
        grip.addEventListener('pointermove', move)
        grip.addEventListener('pointerup', end)
      }}
    />
  )
}

type LineProps<R> = {
  line: Line<R>
  at: number
  span: number
  table: TableProps<R>
  active: string | undefined
  /** Takes the row's height, where rows differ in it. */
  measure?: (element: Element | null) => void
  editing: Editing
  onEdit: (editing: Editing) => void
  onFold: (key: string) => void
  onPickOne: (key: string) => void
}

/** Whether a press was meant for something inside the row, or selected text. */
function meantInside(target: EventTarget): boolean {
  const inside = target instanceof Element && target.closest('a, button, input, label') !== null
  return inside || (getSelection()?.toString() ?? '') !== ''
}

/** The next column that can be edited in place, around the row. */
function editorAfter<R>(columns: TableProps<R>['columns'], key: string): string {
  const editable = columns.filter(({ editor }) => editor !== undefined)
  const at = editable.findIndex((column) => column.key === key)
  return editable[(at + 1) % editable.length]?.key ?? key
}

/** One line of the body; drawn again only when something of it changes. */
export const TableLine = memo(LineOfTable) as typeof LineOfTable

function LineOfTable<R>(props: LineProps<R>) {
  const { line, at, span, table, active, measure, editing, onEdit, onFold, onPickOne } = props
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
      ref={measure}
      data-index={measure && at}
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
      {table.columns.map((column) => {
        const isEdited = editing?.row === key && editing.column === column.key
        const next = () => onEdit({ row: key, column: editorAfter(table.columns, column.key) })
        const editor = isEdited ? column.editor?.(line.row, () => onEdit(undefined), next) : null
        return (
          <td
            key={column.key}
            className={[column.align === 'right' ? 'right' : '', column.support ? 'support' : ''].join(' ').trim()}
          >
            {editor ?? <div className="clamp">{column.render(line.row)}</div>}
          </td>
        )
      })}
    </tr>
  )
}
