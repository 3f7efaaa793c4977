import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { localPackProblems } from '../../core/catalogue/check-rules.ts'
import type { LocalPack, Rule } from '../../core/rules/rule.ts'
import { strictnessProblems } from '../../core/rules/strictness.ts'
import { fill, type Words } from '../i18n/words.ts'
import { readPackText } from './pack-text.ts'

/** What is wrong in a pack, in which line of its text, in both languages. */
export interface PackFault {
  readonly line: number
  readonly zh: string
  readonly en: string
}

/** A pack and where its parts stand in the text, or everything that is wrong with it, in order of lines. */
export type CheckedPack =
  | { readonly pack: LocalPack; readonly lineOf: (path: readonly PropertyKey[]) => number }
  | { readonly faults: readonly PackFault[] }

interface Found {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly values: Readonly<Record<string, unknown>>
}

/** Reads a bureau's own pack and checks it against the vocabulary, the catalogue and the rules that it changes. */
export function checkPackText(text: string, catalogue: Catalogue, words: Words): CheckedPack {
  const read = readPackText(text)
  if ('problems' in read) {
    const faults = read.problems.map(({ line, path, code, values }) => {
      return faultAt(words, line, `schema-problem/${code}`, { path: path === '' ? '—' : path, ...values })
    })
    return { faults }
  }
  const { value: pack, lineOf } = read
  const unsound = localPackProblems(pack, catalogue).map(({ path, code, values }): Found => {
    return { path, message: `rule-problem/${code}`, values }
  })
  const found = [...unsound, ...laxer(pack, catalogue)]
  if (found.length === 0) return { pack, lineOf }
  const faults = found.map(({ path, message, values }) => faultAt(words, lineOf(path), message, values))
  return { faults: faults.toSorted((a, b) => a.line - b.line) }
}

/** One fault in the words of a message. */
export function faultAt(words: Words, line: number, message: string, values: Found['values']): PackFault {
  const both = words.messages.get(message)
  if (both === undefined) throw new Error(`${message} has no words`)
  return { line, zh: fill(both.zh, values), en: fill(both.en, values) }
}

/** Changes that would make a rule laxer, or that it cannot take. */
function laxer(pack: LocalPack, { rules }: Catalogue): Found[] {
  const known = new Map<string, Rule>([...rules.rows, ...pack.rules].map((rule) => [rule.id, rule]))
  return pack.changes.flatMap((change, index) => {
    const rule = known.get(change.rule)
    if (rule === undefined) return []
    return strictnessProblems(rule, change).map(({ code, field, base, said }) => ({
      path: pathOf(index, field),
      message: `pack-problem/${code}`,
      values: { rule: rule.words.zh, ruleEn: rule.words.en, field, base: base ?? '—', said: said ?? '—' },
    }))
  })
}

/** Where the fields of a change stand in the text. */
function pathOf(index: number, field: string): PropertyKey[] {
  const own = ['every', 'count', 'from', 'rule'].includes(field)
  return ['changes', index, ...(own ? [field] : ['params', field])]
}
