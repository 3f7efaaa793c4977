import type { ComponentProps, ReactNode } from 'react'
import { FilterBar } from './filters.tsx'
import { EmptyState, ErrorHere, NoResult } from './messages.tsx'
import { PageBody } from './page.tsx'
import { PrintFrame } from './print-frame.tsx'
import { Table, type TableProps } from './table.tsx'

type FrameProps<R> = Omit<TableProps<R>, 'name' | 'loading' | 'empty'> & {
  /** What the list holds: spoken, and the title on paper. */
  title: string
  /** How the reading of the rows stands. */
  read: { error: unknown; isPending: boolean; refetch: () => unknown }
  /** Text, filters, grouping, and what else stands above the rows. */
  bar?: ComponentProps<typeof FilterBar>
  /** The panel of the row that is open. */
  aside?: ReactNode
  asideKind?: ComponentProps<typeof PageBody>['asideKind']
  /** Second line on paper. */
  under?: ReactNode
  /** What is missing where there are no rows, why it is worth having, one verb. */
  empty: ComponentProps<typeof EmptyState>
}

/** The filters in force in words, for paper and for a list that they leave empty. */
function filtersInWords({ text, filters = [] }: ComponentProps<typeof FilterBar>): string {
  const chosen = filters.flatMap(
    ({ value, choices }) => choices.find((one) => value !== '' && one.value === value) ?? [],
  )
  return [...(text?.value ? [text.value] : []), ...chosen.map(({ label }) => label)].join('、')
}

/** A list under the head of a page: filters, rows or what stands in their place, the open row at the right, paper. */
export function ListFrame<R>({ title, read, bar, aside, asideKind = 'record', under, empty, ...table }: FrameProps<R>) {
  const filtered = bar ? filtersInWords(bar) : ''
  return (
    <>
      {bar && <FilterBar {...bar} />}
      <PageBody mode="fill" asideKind={asideKind} aside={aside}>
        {read.error ? (
          <ErrorHere error={read.error} retry={() => void read.refetch()} />
        ) : (
          <PrintFrame kind="list" title={title} under={under} filters={filtered}>
            <Table
              {...table}
              name={title}
              loading={read.isPending}
              empty={
                filtered && bar?.onClear ? (
                  <NoResult filters={filtered} onClear={bar.onClear} />
                ) : (
                  <EmptyState {...empty} />
                )
              }
            />
          </PrintFrame>
        )}
      </PageBody>
    </>
  )
}
