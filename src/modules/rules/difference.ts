import type * as z from 'zod'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { LocalPack } from '../../core/rules/rule.ts'
import { differences } from '../../core/rules/strictness.ts'
import type { Difference } from './rule.contract.ts'

/** What a pack that holds from a day on changes of the shipped rules, place by place, with the words of each rule. */
export function differencesOf(catalogue: Catalogue, pack: LocalPack, holdsFrom: string): z.input<typeof Difference>[] {
  return differences([...catalogue.rules.rows, ...pack.rules], pack).map(({ from, ...one }) => {
    const rule = catalogue.rules.find(one.rule) ?? pack.rules.find(({ id }) => id === one.rule)
    return { ...one, words: rule!.words, from: from < holdsFrom ? holdsFrom : from }
  })
}
