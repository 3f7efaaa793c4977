import { keepPreviousData, type QueryClient, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { listDuties } from '../../../src/modules/duties/duty.contract.ts'
import { type ApiError, call, type InputOf, type OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import type { DutiesSearch } from './search.ts'

const pageSize = 500

/** A duty in the list, with what this person may do with it. */
export type ListedDuty = OutputOf<typeof listDuties>['items'][number]

/** The filters of the address as the server takes them. */
export function filtersOf(search: DutiesSearch, year: number): InputOf<typeof listDuties> {
  return {
    year,
    ...(search.layer ? { layer: search.layer } : {}),
    ...(search.kind ? { kind: search.kind } : {}),
    ...(search.leader ? { leaderPostId: search.leader } : {}),
    ...(search.unit ? { leadUnitId: search.unit } : {}),
    ...(search.business === undefined ? {} : { business: search.business }),
    ...(search.from ? { dueFrom: search.from } : {}),
    ...(search.to ? { dueTo: search.to } : {}),
    ...(search.q ? { q: search.q } : {}),
  }
}

/** The rows that an address asks for. */
export function rowsOf(search: DutiesSearch, year: number): InputOf<typeof listDuties> {
  return {
    ...filtersOf(search, year),
    ...(search.view ? { view: search.view } : {}),
    ...(search.sort ? { sort: search.sort } : {}),
  }
}

/** How many rows stand under some filters, as it is read. */
export const countsRead = (filters: InputOf<typeof listDuties>) => ({ ...filters, counts: true, limit: 1 })

/**
 * All duties under the filters. The first page shows at once, the others together when the last has come, so that a long
 * list is there in the time of a short one and changes once.
 */
export function everyDuty(client: QueryClient, input: InputOf<typeof listDuties>) {
  const queryKey = [listDuties.name, 'every page', input]
  return queryOptions<ListedDuty[], ApiError>({
    queryKey,
    queryFn: async ({ signal }) => {
      const rows: ListedDuty[] = []
      let cursor: string | null | undefined
      do {
        const page = await call(listDuties, { ...input, limit: pageSize, ...(cursor ? { cursor } : {}) }, { signal })
        const first = cursor === undefined
        rows.push(...page.items)
        cursor = page.next
        // A list that is read again keeps all its rows until the new ones are complete.
        if (first && cursor && !client.getQueryData(queryKey)) client.setQueryData(queryKey, [...rows])
      } while (cursor)
      return rows
    },
  })
}

/** All duties under the filters, as a hook; what stood before stays until the others have come. */
export function useDuties(input: InputOf<typeof listDuties>) {
  return useQuery({ ...everyDuty(useQueryClient(), input), placeholderData: keepPreviousData })
}

/** How many duties stand under the filters, and in each saved view. */
export function useCounts(filters: InputOf<typeof listDuties>) {
  const { data } = useQueryOf(listDuties, countsRead(filters))
  return data?.counts ? { all: data.total, ...data.counts } : undefined
}

/** The numbers of duties as the page gets them. */
export type Counts = NonNullable<ReturnType<typeof useCounts>>
