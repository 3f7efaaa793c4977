import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Words } from '../../core/catalogue/words.ts'
import type { Rule } from '../../core/rules/rule.ts'
import { packsOn } from './laying.ts'
import type { RuleSettings } from './rule.facts.ts'

/** A rule with the pack in which it stands. */
export interface LibraryRule {
  readonly rule: Rule
  readonly pack: { readonly id: string; readonly title: Words; readonly url: string | null }
  /** True for a rule of the bureau itself. */
  readonly own: boolean
}

/** Every rule that the program ships, with its regulation. */
export function shippedRules(catalogue: Catalogue): readonly LibraryRule[] {
  return catalogue.rules.rows.map((rule) => {
    const { id, title, url } = catalogue.packs.get(rule.pack)
    return { rule, pack: { id, title, url: url ?? null }, own: false }
  })
}

/** The rules of the bureau's own packs that hold on a day. */
export function ownRules(settings: RuleSettings, day: string): readonly LibraryRule[] {
  return packsOn(settings.packs, day).flatMap(({ pack }) => {
    // The title of an own pack is in the language of the bureau.
    const title = { zh: pack.title, en: pack.title }
    return pack.rules.map((rule) => ({ rule, pack: { id: pack.id, title, url: null }, own: true }))
  })
}

/** Claims that a rule waits for a named person who saw source and article (decision 10); own rules never do. */
export function waitsForConfirmation({ standing, confidence, strictness }: Rule): boolean {
  if (strictness === 'local') return false
  return standing === 'dormant' || (standing === 'expected' && confidence !== 'high')
}
