import type { LocalPack } from '../../core/rules/rule.ts'
import type { Context } from '../../platform/action/action.ts'
import { checkPackText, faultAt, type PackFault } from '../../platform/catalogue/pack-faults.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import { packsOn } from './laying.ts'
import type { RuleSettings } from './rule.facts.ts'

/** How many faults an answer carries; more are no help to whoever mends the first. */
const TOLD_MAX = 100

function refuse(problems: readonly PackFault[]): never {
  const [first] = problems
  const told = { count: problems.length, line: first!.line, says: first!.zh, saysEn: first!.en }
  throw new Refusal('rule/pack-problems', { ...told, problems: problems.slice(0, TOLD_MAX) })
}

/** The pack that a text says, sound in itself and stricter only; every fault is refused at once with its line. */
export function readOwnPack(ctx: Context, text: string, settings: RuleSettings, from: string): LocalPack {
  const { catalogue, words } = ctx.catalogues
  const checked = checkPackText(text, catalogue, words)
  if ('faults' in checked) return refuse(checked.faults)
  const { pack, lineOf } = checked
  const others = packsOn(settings.packs, from).filter((one) => one.pack.id !== pack.id)
  const taken = new Set(others.flatMap((one) => one.pack.rules.map(({ id }) => id)))
  const faults = pack.rules.flatMap(({ id }, index) =>
    taken.has(id) ? [faultAt(words, lineOf(['rules', index, 'id']), 'pack-problem/own-id-taken', { rule: id })] : [],
  )
  return faults.length > 0 ? refuse(faults) : pack
}
