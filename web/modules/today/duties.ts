import { listDuties, myDuties } from '../../../src/modules/duties/duty.contract.ts'
import type { OutputOf } from '../../lib/client.ts'
import { useQueryOf } from '../../lib/queries.ts'
import type { Part } from './address.ts'

/** A duty that asks something of the reader. */
export type MyDuty = OutputOf<typeof myDuties>['items'][number]
/** A duty in a list. */
export type Duty = OutputOf<typeof listDuties>['items'][number]

/** How many rows a panel shows before 全部. */
export const FEW = 5
/** How many rows a list that is shown whole reads at once. */
export const MANY = 200

type Ask = MyDuty['asks']
const decisions: readonly Ask[] = ['verify', 'decide-extension', 'arbitrate']

/** What the workbench asks of the duties. */
export function dutyReads(year: number, open: Part | undefined) {
  const read = (view: 'due-soon' | 'late' | 'stale', whole: boolean) =>
    ({ year, view, sort: 'due', limit: whole ? MANY : 2 * FEW }) as const
  return {
    mine: { limit: 500 },
    soon: read('due-soon', open === 'soon'),
    late: read('late', open === 'late'),
    stale: read('stale', open === 'stale'),
    before: { year: year - 1, view: 'open', limit: 1 },
  } as const
}

/** The duties of the scope as the workbench needs them: what asks something, what is due soon, late, without progress. */
export function useDuties(year: number, enabled: boolean, decides: boolean, open: Part | undefined) {
  const asked = dutyReads(year, open)
  const mine = useQueryOf(myDuties, asked.mine, { enabled })
  const soon = useQueryOf(listDuties, asked.soon, { enabled })
  const late = useQueryOf(listDuties, asked.late, { enabled })
  const stale = useQueryOf(listDuties, asked.stale, { enabled })
  const before = useQueryOf(listDuties, asked.before, { enabled })
  const reads = [mine, soon, late, stale, before]
  const items = mine.data?.items ?? []
  return {
    // Who decides finds what he owes himself in a list of its own.
    waiting: items.filter(({ asks }) => decisions.includes(asks) || (asks === 'take-on' && !decides)),
    own: items.filter(({ asks }) => asks === 'work' || (asks === 'take-on' && decides)),
    asksOf: new Map(items.map((duty) => [duty.id, duty.asks])),
    soon: soon.data,
    late: late.data,
    stale: stale.data,
    before: before.data?.total ?? 0,
    ready: !enabled || reads.every((read) => read.data !== undefined || read.error),
    error: reads.find((read) => read.error)?.error ?? undefined,
    retry: () => {
      for (const read of reads) if (read.error) void read.refetch()
    },
  }
}

/** The duties of a scope that somebody holds. */
export type Duties = ReturnType<typeof useDuties>
