import { localPackProblems } from '../../core/catalogue/check-rules.ts'
import type { LocalPack, Rule } from '../../core/rules/rule.ts'
import { strictnessProblems } from '../../core/rules/strictness.ts'
import type { Context } from '../../platform/action/action.ts'
import { readPackText } from '../../platform/catalogue/pack-text.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { fill } from '../../platform/i18n/words.ts'
import { packsOn } from './laying.ts'
import type { RuleSettings } from './rule.facts.ts'

/** What is wrong in a pack, in which line of its text, in both languages. */
interface PackFault {
  readonly line: number
  readonly zh: string
  readonly en: string
}

interface Found {
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly values: Readonly<Record<string, unknown>>
}

/** Where the fields of a change stand in the text. */
function pathOf(index: number, field: string): PropertyKey[] {
  const own = ['every', 'count', 'from', 'rule'].includes(field)
  return ['changes', index, ...(own ? [field] : ['params', field])]
}

/** Changes that would make a shipped rule laxer, or that it cannot take. */
function laxer(pack: LocalPack, rules: { find(id: string): Rule | undefined }): Found[] {
  return pack.changes.flatMap((change, index) => {
    const rule = rules.find(change.rule)
    if (rule === undefined) return []
    return strictnessProblems(rule, change).map(({ code, field, base, said }) => ({
      path: pathOf(index, field),
      message: `pack-problem/${code}`,
      values: { rule: rule.words.zh, ruleEn: rule.words.en, field, base: base ?? '—', said: said ?? '—' },
    }))
  })
}

/** Own rules whose id another pack of the bureau already uses on the day. */
function takenIds(pack: LocalPack, settings: RuleSettings, from: string): Found[] {
  const others = packsOn(settings.packs, from).filter((one) => one.pack.id !== pack.id)
  const taken = new Set(others.flatMap((one) => one.pack.rules.map(({ id }) => id)))
  return pack.rules.flatMap(({ id }, index) =>
    taken.has(id) ? [{ path: ['rules', index, 'id'], message: 'pack-problem/own-id-taken', values: { rule: id } }] : [],
  )
}

function refuse(faults: readonly PackFault[]): never {
  const sorted = faults.toSorted((a, b) => a.line - b.line)
  const [first] = sorted
  throw new Refusal('rule/pack-problems', {
    count: faults.length,
    line: first!.line,
    says: first!.zh,
    saysEn: first!.en,
    problems: sorted.slice(0, 100),
  })
}

/** The pack that a text says, sound in itself and stricter only; every fault is refused at once with its line. */
export function readOwnPack(ctx: Context, text: string, settings: RuleSettings, from: string): LocalPack {
  const words = (message: string, values: Readonly<Record<string, unknown>>) => {
    const both = ctx.catalogues.words.messages.get(message)
    if (both === undefined) throw new Error(`${message} has no words`)
    return { zh: fill(both.zh, values), en: fill(both.en, values) }
  }
  const read = readPackText(text)
  if ('problems' in read) {
    return refuse(
      read.problems.map(({ line, path, says }) => {
        const message = path === '' ? 'pack-problem/unreadable' : 'pack-problem/not-of-vocabulary'
        return { line, ...words(message, { path, says }) }
      }),
    )
  }
  const pack = read.value
  const { catalogue } = ctx.catalogues
  const unsound = localPackProblems(pack, catalogue).map(({ path, code, values }): Found => {
    return { path, message: `rule-problem/${code}`, values }
  })
  const found = unsound.length > 0 ? unsound : [...laxer(pack, catalogue.rules), ...takenIds(pack, settings, from)]
  if (found.length === 0) return pack
  return refuse(found.map(({ path, message, values }) => ({ line: read.lineOf(path), ...words(message, values) })))
}
