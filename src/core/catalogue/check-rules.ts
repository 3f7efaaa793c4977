import { type FestivalId, festivalIds } from '../calendar/calendar.ts'
import { addDays, lastDayOfMonth, OPEN_END } from '../calendar/days.ts'
import type { FactPattern, LocalPack, Measure, Rule, RuleVersion } from '../rules/rule.ts'
import type { Catalogue, Table } from './catalogue.ts'
import type { Field } from './fields.ts'
import type { ActivityKind } from './kinds.ts'

/** What is wrong in a rule: where, a code worded as `rule-problem/<code>`, and the values that the wording names. */
export interface RuleProblem {
  readonly path: readonly PropertyKey[]
  readonly code: string
  readonly values: Readonly<Record<string, string | number>>
}

/** The rows that rules may name. */
export type Vocabulary = Pick<
  Catalogue,
  'activityKinds' | 'unitKinds' | 'postKinds' | 'talkKinds' | 'topics' | 'audiences'
>

type ActivityPattern = Extract<FactPattern, { activity: unknown }>
type Say = (path: readonly PropertyKey[], code: string, values?: RuleProblem['values']) => void

/** What `by` may be for each sort of subject. */
const standsTo: Readonly<Record<'unit' | 'post' | 'person', readonly string[]>> = {
  unit: ['own', 'below', 'bureau'],
  post: ['own', 'below', 'bureau', 'attended', 'led'],
  person: ['own', 'below', 'bureau', 'attended', 'led'],
}

/** What a rule names and the catalogue does not hold, and what its parts say against each other; empty where it is sound. */
export function ruleProblems(rule: Rule, vocabulary: Vocabulary): RuleProblem[] {
  const found: RuleProblem[] = []
  const say: Say = (path, code, values = {}) => void found.push({ path, code, values })
  rule.versions.forEach((version, index) => {
    const at = ['versions', index]
    checkWho(version, vocabulary, say, at)
    checkWindow(version, vocabulary, say, at)
    version.need.forEach((measure, i) => {
      checkMeasure(rule, version, measure, vocabulary, say, [...at, 'need', i])
    })
    checkParams(version, say, at)
    checkReadings(version, say, at)
  })
  checkGaps(rule, say)
  return found
}

/**
 * The problems of a bureau's own pack: its own rules, and changes of rules that do not exist. Whether a change is stricter
 * is asked of `strictnessProblems`.
 */
export function localPackProblems(
  pack: LocalPack,
  catalogue: Vocabulary & { readonly rules: Table<Rule> },
): RuleProblem[] {
  const found: RuleProblem[] = []
  const known = new Map([...catalogue.rules.rows, ...pack.rules].map((rule) => [rule.id, rule]))
  pack.rules.forEach((rule, index) => {
    const at = ['rules', index]
    if (!rule.id.startsWith('own-')) found.push({ path: [...at, 'id'], code: 'own-id', values: { rule: rule.id } })
    if (rule.strictness !== 'local')
      found.push({ path: [...at, 'strictness'], code: 'own-strictness', values: { rule: rule.id } })
    if (rule.standing !== 'hard' && rule.standing !== 'expected')
      found.push({ path: [...at, 'standing'], code: 'own-standing', values: { rule: rule.id } })
    if (pack.rules.findIndex(({ id }) => id === rule.id) !== index)
      found.push({ path: [...at, 'id'], code: 'twice', values: { rule: rule.id } })
    for (const one of ruleProblems(rule, catalogue)) found.push({ ...one, path: [...at, ...one.path] })
  })
  pack.changes.forEach((change, index) => {
    const at = ['changes', index, 'rule']
    const first = pack.changes.findIndex(({ rule, from }) => rule === change.rule && from === change.from)
    if (!known.has(change.rule)) found.push({ path: at, code: 'unknown-rule', values: { rule: change.rule } })
    else if (first !== index) found.push({ path: at, code: 'twice', values: { rule: change.rule } })
  })
  pack.quotes.forEach((quote, index) => {
    if (!known.has(quote.rule))
      found.push({ path: ['quotes', index, 'rule'], code: 'unknown-rule', values: { rule: quote.rule } })
  })
  return found
}

function unknown(
  table: Table<{ readonly id: string }>,
  ids: readonly string[] | undefined,
  what: string,
  say: Say,
  at: readonly PropertyKey[],
): void {
  ids?.forEach((id, index) => {
    if (table.find(id) === undefined) say([...at, index], `unknown-${what}`, { id })
  })
}

function checkWho({ who }: RuleVersion, vocabulary: Vocabulary, say: Say, version: readonly PropertyKey[]): void {
  const at = [...version, 'who']
  const { unitKinds, postKinds } = vocabulary
  if ('unit' in who) unknown(unitKinds, who.unit, 'unit', say, [...at, 'unit'])
  if ('post' in who) unknown(postKinds, who.post, 'post', say, [...at, 'post'])
  if ('person' in who) {
    unknown(postKinds, who.person.posts, 'post', say, [...at, 'person', 'posts'])
    unknown(postKinds, who.person.except, 'post', say, [...at, 'person', 'except'])
  }
  if ('having' in who && who.having !== undefined) {
    unknown(postKinds, who.having.posts, 'post', say, [...at, 'having', 'posts'])
    unknown(unitKinds, who.having.units, 'unit', say, [...at, 'having', 'units'])
    if (!who.having.posts && !who.having.units) say([...at, 'having'], 'empty')
  }
}

function checkWindow(rule: RuleVersion, vocabulary: Vocabulary, say: Say, version: readonly PropertyKey[]): void {
  const { window, who } = rule
  const at = [...version, 'window']
  if ('by' in window) {
    const [month, day] = window.by.split('-')
    const real = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1
    if (!real || `2027-${window.by}` > lastDayOfMonth(`2027-${month}`)) say([...at, 'by'], 'no-day', { day: window.by })
  }
  if ('before' in window) {
    window.festivals.forEach((id, index) => {
      if (!festivalIds.includes(id as FestivalId)) say([...at, 'festivals', index], 'unknown-festival', { id })
    })
  }
  if (!('after' in window)) return
  const { after } = window
  if ('appointment' in after) {
    unknown(vocabulary.postKinds, after.appointment, 'post', say, [...at, 'after', 'appointment'])
    return
  }
  if (!('unit' in who)) say([...at, 'after'], 'event-of-unit')
  unknown(vocabulary.activityKinds, after.activity, 'activity', say, [...at, 'after', 'activity'])
  checkEquals({ activity: after.activity, equals: after.equals }, rule, vocabulary, say, [...at, 'after'])
}

function checkMeasure(
  rule: Rule,
  version: RuleVersion,
  measure: Measure,
  vocabulary: Vocabulary,
  say: Say,
  at: readonly PropertyKey[],
): void {
  const pattern = measure.of
  if ('sum' in measure) {
    if (!('activity' in pattern)) say([...at, 'sum'], 'nothing-to-add')
    else checkSum(measure.sum, kindsOf(pattern.activity, vocabulary), say, [...at, 'sum'])
    measure.amount_for?.forEach(({ posts }, index) => {
      unknown(vocabulary.postKinds, posts, 'post', say, [...at, 'amount_for', index, 'posts'])
    })
  }
  if ('activity' in pattern) checkActivity(pattern, version, vocabulary, say, [...at, 'of'])
  if ('talk' in pattern) {
    unknown(vocabulary.postKinds, pattern.with, 'post', say, [...at, 'of', 'with'])
    unknown(vocabulary.postKinds, pattern.without, 'post', say, [...at, 'of', 'without'])
    pattern.talk.forEach((id, index) => {
      const kind = vocabulary.talkKinds.find(id)
      if (kind === undefined) say([...at, 'of', 'talk', index], 'unknown-talk', { id })
      else if (kind.shape !== 'pair') say([...at, 'of', 'talk', index], 'talk-without-pair', { id })
    })
    if (rule.visibility !== 'talks') say(['visibility'], 'visibility', { visibility: 'talks' })
    if ('unit' in version.who) say([...at, 'of'], 'of-persons')
  }
  if ('statement' in pattern) {
    if (pattern.statement !== 'personal-matters')
      say([...at, 'of', 'statement'], 'unknown-statement', { id: pattern.statement })
    if (rule.visibility !== 'personal') say(['visibility'], 'visibility', { visibility: 'personal' })
    if (!('person' in version.who)) say([...at, 'of'], 'of-persons')
  }
}

function kindsOf(ids: readonly string[], { activityKinds }: Vocabulary): ActivityKind[] {
  return ids.flatMap((id) => activityKinds.find(id) ?? [])
}

function checkSum(name: string, kinds: readonly ActivityKind[], say: Say, at: readonly PropertyKey[]): void {
  if (name === 'hours') return
  for (const kind of kinds) {
    const field = kind.fields.find(({ id }) => id === name)
    if (field?.type !== 'number' || !field.countable) say(at, 'no-number', { field: name, kind: kind.id })
  }
}

function checkActivity(
  pattern: ActivityPattern,
  version: RuleVersion,
  vocabulary: Vocabulary,
  say: Say,
  at: readonly PropertyKey[],
): void {
  const { who } = version
  const kinds = kindsOf(pattern.activity, vocabulary)
  unknown(vocabulary.activityKinds, pattern.activity, 'activity', say, [...at, 'activity'])
  unknown(vocabulary.unitKinds, pattern.bodies, 'unit', say, [...at, 'bodies'])
  unknown(vocabulary.topics, pattern.topics, 'topic', say, [...at, 'topics'])
  const subject = 'unit' in who ? 'unit' : 'post' in who ? 'post' : 'person'
  if (!standsTo[subject].includes(pattern.by)) say([...at, 'by'], 'by-of-persons', { by: pattern.by })
  const holds = (unit: string) => kinds.some(({ bodies }) => bodies.includes(unit))
  if (pattern.by === 'own' && 'unit' in who && kinds.length > 0)
    for (const unit of who.unit) if (!holds(unit)) say([...at, 'by'], 'never-holds', { unit })
  pattern.bodies?.forEach((unit, index) => {
    if (kinds.length > 0 && !holds(unit)) say([...at, 'bodies', index], 'never-holds', { unit })
  })
  kinds.forEach(({ id, attendance, may_vote }, index) => {
    const named = attendance === 'roster' || attendance === 'body'
    if (pattern.by === 'attended' && !named) say([...at, 'activity', index], 'no-names', { kind: id })
    if (pattern.present && attendance === 'none') say([...at, 'present'], 'no-numbers', { kind: id })
    if (pattern.quorum && !may_vote) say([...at, 'quorum'], 'no-vote', { kind: id })
  })
  if (pattern.present && pattern.present[0] > pattern.present[1]) say([...at, 'present'], 'share')
  checkEquals(pattern, version, vocabulary, say, at)
}

function checkEquals(
  { activity, equals = {} }: { activity: readonly string[]; equals?: ActivityPattern['equals'] },
  { window }: RuleVersion,
  vocabulary: Vocabulary,
  say: Say,
  at: readonly PropertyKey[],
): void {
  for (const [name, value] of Object.entries(equals)) {
    for (const kind of kindsOf(activity, vocabulary)) {
      const field = kind.fields.find(({ id }) => id === name)
      const path = [...at, 'equals', name]
      if (field === undefined || !field.countable) say(path, 'no-field', { field: name, kind: kind.id })
      else if (value === '$festival') {
        const asked = 'before' in window ? window.festivals : ['$festival']
        for (const id of asked) if (!takes(field, id, vocabulary)) say(path, 'no-choice', { field: name, value: id })
      } else {
        const values = Array.isArray(value) ? value : [value]
        for (const one of values)
          if (!takes(field, one, vocabulary)) say(path, 'no-choice', { field: name, value: String(one) })
      }
    }
  }
}

function takes(field: Field, value: string | number | boolean, { audiences }: Vocabulary): boolean {
  if (field.type === 'boolean') return typeof value === 'boolean'
  if (field.type === 'number') return typeof value === 'number' && value >= field.min && value <= field.max
  if (field.type !== 'choice') return false
  return (
    field.choices?.some(({ id }) => id === value) ?? (typeof value === 'string' && audiences.find(value) !== undefined)
  )
}

/** Parameters that a version uses, by the places where they stand; `$festival` is none. */
function usedParams(version: RuleVersion): Map<string, string[]> {
  const used = new Map<string, string[]>()
  const walk = (value: unknown, place: string): void => {
    if (typeof value === 'string' && value.startsWith('$') && value !== '$festival')
      used.set(value.slice(1), [...(used.get(value.slice(1)) ?? []), place])
    else if (Array.isArray(value)) for (const one of value) walk(one, place)
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) if (key !== 'equals') walk(inner, key)
  }
  walk({ window: version.window, need: version.need }, '')
  return used
}

function checkParams(version: RuleVersion, say: Say, at: readonly PropertyKey[]): void {
  const used = usedParams(version)
  for (const name of used.keys())
    if (!(name in version.params)) say([...at, 'params'], 'unknown-param', { param: name })
  for (const [name, param] of Object.entries(version.params)) {
    const path = [...at, 'params', name]
    const places = used.get(name)
    if (places === undefined) say(path, 'idle-param', { param: name })
    const type = places?.includes('notice') ? 'day' : 'number'
    if (param.type !== type) say([...path, 'type'], 'param-type', { param: name })
    const { value, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = param
    if (value === undefined) {
      if (param.stricter !== 'free') say([...path, 'stricter'], 'open-is-free', { param: name })
      continue
    }
    if (typeof value !== (type === 'day' ? 'string' : 'number')) say([...path, 'value'], 'param-type', { param: name })
    if (typeof value === 'number' && (value < min || value > max))
      say([...path, 'value'], 'param-range', { param: name })
  }
}

function checkReadings({ readings }: RuleVersion, say: Say, at: readonly PropertyKey[]): void {
  readings.forEach(({ id }, index) => {
    if (readings.findIndex((one) => one.id === id) !== index)
      say([...at, 'readings', index, 'id'], 'twice', { rule: id })
  })
}

/** Days between two versions on which none applies. */
function checkGaps({ versions }: Rule, say: Say): void {
  const sorted = versions.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  sorted.forEach((version, index) => {
    const next = sorted[index + 1]
    if (next === undefined) return
    const to = version.to ?? OPEN_END
    if (addDays(to, 1) !== next.from)
      say(['versions', versions.indexOf(next), 'from'], 'gap', { from: to, to: next.from })
  })
}
