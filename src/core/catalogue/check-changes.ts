import type { LocalChange, Rule, RuleVersion } from '../rules/rule.ts'
import type { RuleProblem } from './check-rules.ts'

const order = ['month', 'quarter', 'half-year', 'year']

type Say = (path: readonly PropertyKey[], code: string, values?: RuleProblem['values']) => void

/** What is wrong in the changes that a bureau lays over shipped rules: it may only ask for more, or set what is open. */
export function changeProblems(changes: readonly LocalChange[], known: ReadonlyMap<string, Rule>): RuleProblem[] {
  const found: RuleProblem[] = []
  for (const [index, change] of changes.entries()) {
    const at = ['changes', index]
    const say: Say = (path, code, values = {}) => void found.push({ path: [...at, ...path], code, values })
    const rule = known.get(change.rule)
    if (rule === undefined) {
      say(['rule'], 'unknown-rule', { rule: change.rule })
      continue
    }
    const before = changes.findIndex((one) => one.rule === change.rule && one.from === change.from)
    if (before !== index) say(['rule'], 'twice', { rule: change.rule })
    if (change.every === undefined && change.count === undefined && Object.keys(change.params ?? {}).length === 0)
      say([], 'no-change', { rule: change.rule })
    const versions = rule.versions.filter((version) => (version.to ?? '9999-12-31') >= change.from)
    if (versions.length === 0) say(['from'], 'not-in-force', { rule: change.rule, day: change.from })
    for (const version of versions) checkChange(change, version, say)
  }
  return found
}

function checkChange(change: LocalChange, version: RuleVersion, say: Say): void {
  const { rule, every, count, params = {} } = change
  if (every !== undefined) {
    const base = 'every' in version.window ? version.window.every : null
    if (base === null) say(['every'], 'no-rhythm', { rule })
    else if (order.indexOf(every) > order.indexOf(base)) say(['every'], 'looser', { rule, base, own: every })
  }
  if (count !== undefined) {
    const counts = version.need.flatMap((measure) => ('count' in measure ? [measure.count] : []))
    if (counts.length === 0) say(['count'], 'no-count', { rule })
    for (const base of counts)
      if (typeof base === 'number' && count < base) say(['count'], 'looser', { rule, base, own: count })
  }
  for (const [name, value] of Object.entries(params)) checkValue(rule, version, name, value, say)
}

function checkValue(rule: string, version: RuleVersion, name: string, value: number | string, say: Say): void {
  const param = version.params[name]
  const code = param === undefined ? 'unknown-param' : valueProblem(version, name, param, value)
  if (code !== null) say(['params', name], code, { rule, param: name, base: param?.value ?? '', own: value })
}

function valueProblem(
  version: RuleVersion,
  name: string,
  param: RuleVersion['params'][string],
  value: number | string,
): string | null {
  if (typeof value !== (param.type === 'day' ? 'string' : 'number')) return 'param-type'
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, value: base, stricter } = param
  if (typeof value === 'number' && (value < min || value > max)) return 'param-range'
  if (typeof value === 'number' && isCounted(version, name) && !Number.isInteger(value)) return 'param-whole'
  if (base === undefined || stricter === 'free') return null
  return (stricter === 'up' && value < base) || (stricter === 'down' && value > base) ? 'looser' : null
}

/** Whether a parameter counts days, months or records, so that it must be whole. */
function isCounted({ window, need }: RuleVersion, name: string): boolean {
  const places: string[] = []
  const walk = (value: unknown, place: string): void => {
    if (value === `$${name}`) places.push(place)
    else if (Array.isArray(value)) for (const one of value) walk(one, place)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, key)
  }
  walk({ window, need }, '')
  return places.some((place) => place !== 'amount')
}
