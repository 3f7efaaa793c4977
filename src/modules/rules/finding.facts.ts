import type { ReadContext } from '../../platform/action/action.ts'
import type { Found, Sought } from '../../platform/db/words.ts'
import { rulesFor } from './rule.facts.ts'

/** Rules by their words or the regulation that they rest on, in the order of the library; under the rights of `rule.list`. */
export async function findRules(ctx: ReadContext, { words, limit }: Sought): Promise<Found> {
  ctx.unscoped('rules are the same for everybody in the bureau')
  const rules = await rulesFor(ctx.tx, ctx.org.orgId, ctx.catalogues.catalogue)
  const found = rules.filter((rule) => {
    const text = [rule.words.zh, rule.words.en, rule.source.zh, rule.source.en].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const hits = found.slice(0, limit).map(({ id, words: named, source }) => ({
    id,
    title: null,
    named,
    note: source.zh,
    on: null,
    no: null,
    year: null,
  }))
  return { total: found.length, hits }
}
