import { getDuty, listDuties } from '../../../src/modules/duties/duty.contract.ts'
import { getList, listLists } from '../../../src/modules/duties/list.contract.ts'
import { listPosts } from '../../../src/modules/organisation/post.contract.ts'
import { unitTree } from '../../../src/modules/organisation/unit.contract.ts'
import type { Arrival, Arrive } from '../../lib/arrival.ts'
import { countsRead, everyDuty, filtersOf, rowsOf } from './duty-reads.ts'
import { dutiesSearch, dutySearch } from './search.ts'

function beginOrder({ begin }: Arrival): void {
  begin(unitTree, {})
  begin(listPosts, {})
}

/** Begins the reads of the responsibility list. */
export const arriveAtList: Arrive = (at) => {
  const search = dutiesSearch.parse(at.search)
  const year = search.year ?? Number(at.session.today.slice(0, 4))
  if (!search.against && !search.version) {
    void at.client.prefetchQuery(everyDuty(at.client, rowsOf(search, year)))
    at.begin(listDuties, countsRead(filtersOf(search, year)))
  }
  at.begin(getList, { year })
  at.begin(listLists, { limit: 50 })
  beginOrder(at)
}

/** Begins the reads of the page of one duty. */
export const arriveAtDuty: Arrive = (at) => {
  const year = dutySearch.parse(at.search).year ?? Number(at.session.today.slice(0, 4))
  const no = Number(at.path.split('/').at(-1))
  if (no > 0) at.begin(getDuty, { no, year })
  beginOrder(at)
}
