import type { ReactNode } from 'react'
import type { StateName } from '../../ui/states.ts'

/** One row of the workbench. */
export type Row = {
  key: string
  state: StateName
  title: ReactNode
  note?: ReactNode
  due?: string
  pressing?: boolean
  verb: string
  /** Whether the reader is asked to act, not only to look. */
  acts: boolean
  /** The civil day by which rows of several sorts are ordered. */
  day?: string
  /** How many things the row stands for. */
  count?: number
  /** The things themselves, where the row stands for several; made when it is unfolded. */
  lines?: () => readonly Row[]
  go: () => void
}

/** How many things rows stand for. */
export function countOf(rows: readonly Row[]): number {
  return rows.reduce((sum, { count = 1 }) => sum + count, 0)
}
