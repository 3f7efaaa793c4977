import { anyOf, anyone } from '../../core/access/actor.ts'
import { answer, type Module, type ReadContext } from '../../platform/action/action.ts'
import { type Found, type Sought, wordsOf } from '../../platform/db/words.ts'
import { findActivities } from '../activities/finding.facts.ts'
import { findCites, findDocuments } from '../documents/finding.facts.ts'
import { findDuties } from '../duties/finding.facts.ts'
import { findOrders } from '../notices/finding.facts.ts'
import { findByName, findUnits } from '../organisation/finding.facts.ts'
import { findPlans } from '../plans/finding.facts.ts'
import { findReports } from '../reports/finding.facts.ts'
import { findRules } from '../rules/finding.facts.ts'
import { findAnything, sought } from './search.contract.ts'

type Finder = (ctx: ReadContext, asked: Sought) => Promise<Found | null>

/** How each kind is found: by its own module, under the rights of its own list. */
const finders: Readonly<Record<(typeof sought)[number], Finder>> = {
  duty: findDuties,
  order: findOrders,
  activity: findActivities,
  plan: findPlans,
  document: findDocuments,
  cite: findCites,
  report: findReports,
  rule: findRules,
  unit: findUnits,
  person: findByName,
}

const LIMIT = 5

const finding = answer(findAnything, {
  may: anyOf(anyone),
  run: async (ctx, { q = '', kind, limit = LIMIT }) => {
    const words = wordsOf(q)
    const kinds = words.length === 0 ? [] : sought.filter((one) => kind === undefined || one === kind)
    const found = await Promise.all(
      kinds.map(async (one) => ({ kind: one, found: await finders[one](ctx, { words, limit }) })),
    )
    ctx.unscoped('each kind was read under the rights of its own list')
    return {
      q,
      parts: found.flatMap(({ kind: one, found: of }) =>
        of === null || of.total === 0 ? [] : [{ kind: one, total: of.total, hits: [...of.hits] }],
      ),
    }
  },
})

/** Search over what one may see. */
export const search: Module = { name: 'search', actions: [], queries: [finding], records: [] }
