import { useMemo, useState } from 'react'
import type { Column } from './table.tsx'

const memory = 'luze.widths.'

/** No column is made narrower than this. */
export const leastColumn = 48

function remembered(name: string): Readonly<Record<string, number>> {
  try {
    return JSON.parse(localStorage.getItem(memory + name) ?? '{}')
  } catch {
    return {}
  }
}

/** The columns with the widths that a person gave them, and how he gives them; without a name they stay as they are. */
export function useWidths<R>(name: string | undefined, columns: readonly Column<R>[]) {
  const [widths, set] = useState(() => (name === undefined ? {} : remembered(name)))
  const resize = (key: string, width: number) =>
    set((was) => {
      const next = { ...was, [key]: Math.max(leastColumn, Math.round(width)) }
      try {
        localStorage.setItem(memory + name, JSON.stringify(next))
      } catch {
        // A browser that keeps nothing keeps the widths for this visit.
      }
      return next
    })
  const sized = useMemo(
    () =>
      columns.map((column) => {
        const width = widths[column.key]
        return width === undefined || column.width === undefined ? column : { ...column, width }
      }),
    [columns, widths],
  )
  return { columns: sized, resize }
}
