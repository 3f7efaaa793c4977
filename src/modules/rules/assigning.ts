import type { LocalChange, Rule } from '../../core/rules/rule.ts'
import { type ProblemCode, strictnessProblems } from '../../core/rules/strictness.ts'
import { Refusal } from '../../platform/errors/refusal.ts'
import type { Assigned } from './rule.facts.ts'

/** How each fault of a parameter is refused. A change that sets one parameter can have no other. */
const REFUSED: Partial<Record<ProblemCode, string>> = {
  'not-in-force': 'rule/not-in-force',
  'unknown-param': 'rule/unknown-parameter',
  'param-type': 'rule/parameter-type',
  'param-whole': 'rule/parameter-type',
  'param-range': 'rule/parameter-range',
  'param-laxer': 'rule/parameter-looser',
  'days-reversed': 'rule/parameter-days',
  'days-before-change': 'rule/parameter-days',
}

/**
 * Refuses a value that a parameter cannot take: of another type, out of its range, or looser than the source says it, in
 * any version that holds from the day on. Values set from the same day are judged together, as first and last day are.
 */
export function checkAssignable(rule: Rule, set: readonly Assigned[], name: string, change: LocalChange): void {
  const together = set.filter((one) => one.rule === rule.id && one.from === change.from)
  const params = { ...Object.fromEntries(together.map(({ param, value }) => [param, value])), ...change.params }
  const [problem] = strictnessProblems(rule, { ...change, params })
  if (problem === undefined) return
  const words = rule.versions.map((version) => version.params[name]?.words).find((one) => one !== undefined)
  throw new Refusal(REFUSED[problem.code] ?? 'rule/parameter-type', {
    rule: rule.words.zh,
    ruleEn: rule.words.en,
    param: words?.zh ?? name,
    paramEn: words?.en ?? name,
    value: change.params?.[name] ?? '',
    base: problem.base ?? '',
    from: change.from,
  })
}
