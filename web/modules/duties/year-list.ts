import { getList } from '../../../src/modules/duties/list.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'

/** A list with its versions and amendments. */
export type YearList = OutputOf<typeof getList>

/** The list of a year; undefined while it is read and where there is none. */
export function useYearList(year: number): YearList | undefined {
  const { data, error } = useQueryOf(getList, { year }, { keep: false })
  return error ? undefined : data
}
