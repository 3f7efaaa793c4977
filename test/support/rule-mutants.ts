import { addDays } from '../../src/core/calendar/days.ts'
import type { Catalogue } from '../../src/core/catalogue/catalogue.ts'
import { type Rule, ruleSchema } from '../../src/core/rules/rule.ts'

/** A rule with one number, day, list or condition changed, and what was changed. */
export interface Mutant {
  readonly says: string
  readonly rule: Rule
}

type Tree = Record<string, unknown>
type Path = readonly (string | number)[]

const swaps: Readonly<Record<string, readonly string[]>> = {
  every: ['month', 'quarter', 'half-year', 'year'],
  visibility: ['unit', 'talks', 'training', 'personal'],
  partial: ['owed-in-full', 'not-owed-under-half', 'floor-of-share'],
  silence: ['unmet', 'undetermined'],
  list: ['bureau', 'own'],
  stricter: ['up', 'down', 'free'],
}
const activityBy = ['own', 'below', 'bureau', 'attended', 'led']
const talkBy = ['initiator', 'counterpart', 'either']
/** Texts, which no case can tell apart; and what the table of strictness holds. */
const unread = new Set(['words', 'says', 'article', 'readings', 'source', 'id', 'strictness', 'confidence', 'standing'])

/** Every mutant of a rule that is still a rule, except those that the made catalogue cannot tell from the rule. */
export function mutantsOf(rule: Rule & { pack?: string }, catalogue: Catalogue): Mutant[] {
  const { pack: _, ...plain } = rule
  const found: Mutant[] = []
  const put = (says: string, changed: unknown): void => {
    const parsed = ruleSchema.safeParse(changed)
    if (parsed.success && JSON.stringify(parsed.data) !== JSON.stringify(plain)) found.push({ says, rule: parsed.data })
  }
  walk(plain as unknown as Tree, [], (path, value) => {
    for (const [says, other] of variants(path, value, plain, catalogue))
      put(`${path.join('.')}: ${says}`, replaced(plain, path, other))
  })
  return found
}

const DROP = Symbol('drop')

function walk(value: unknown, path: Path, visit: (path: Path, value: unknown) => void): void {
  if (path.length > 0) visit(path, value)
  if (Array.isArray(value)) for (const [index, one] of value.entries()) walk(one, [...path, index], visit)
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) {
      if (path.at(-2) !== 'params' && path.at(-1) !== 'params' && unread.has(key)) continue
      if (path.at(-2) === 'params' && (key === 'unit' || key === 'words' || key === 'type')) continue
      walk(inner, [...path, key], visit)
    }
}

function replaced(tree: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value
  const at = (tree as Tree)[key]
  const inner = rest.length === 0 ? value : replaced(at, rest, value)
  if (Array.isArray(tree)) return inner === DROP ? tree.filter((_, i) => i !== key) : tree.with(Number(key), inner)
  const { [key]: _, ...others } = tree as Tree
  return inner === DROP ? others : { ...(tree as Tree), [key]: inner }
}

/** What may stand in the place of a value instead. */
function variants(path: Path, value: unknown, rule: Rule, catalogue: Catalogue): [string, unknown][] {
  const key = String(path.at(-1))
  const parent = String(path.at(-2))
  if (typeof value === 'number') return [...numbers(value, isLeast(path, value, rule)), ...dropped(key)]
  if (typeof value === 'boolean')
    return [
      ['dropped', DROP],
      ['turned', !value],
    ]
  if (typeof value === 'string') return texts(key, parent, value, path, rule, catalogue)
  if (Array.isArray(value)) return [...lists(key, value, path, rule, catalogue), ...dropped(key)]
  const span = key === 'within' || key === 'opens_before_end' ? otherSpans(value as Tree) : []
  return [...span, ...dropped(key)]
}

/** The same number of another sort of days. */
function otherSpans(span: Tree): [string, unknown][] {
  const [sort, amount] = Object.entries(span)[0]!
  const others = ['days', 'working_days', 'months'].filter((one) => one !== sort)
  return others.map((one) => [`${one} for ${sort}`, { [one]: amount }])
}

function numbers(value: number, least: boolean): [string, unknown][] {
  return [['one more', value + 1], ...(least ? [] : [['one less', value - 1] as [string, unknown]])]
}

/** Whether nothing below a limit is ever taken, whatever the limit says: a whole number is at least 1. */
function isLeast(path: Path, value: number, rule: Rule): boolean {
  const amount = JSON.stringify(rule.versions).includes(`"amount":"$${String(path.at(-2))}"`)
  return path.at(-1) === 'min' && value === 1 && !amount
}

/** Conditions that may be left out altogether. */
const conditions = new Set([
  'having',
  'posts',
  'units',
  'member',
  'class',
  'except',
  'bodies',
  'topics',
  'equals',
  'present',
  'quorum',
  'with',
  'without',
  'opens_before_end',
  'amount_for',
  'ordinarily_in',
  'value',
  'lead_days',
])

function dropped(key: string): [string, unknown][] {
  return conditions.has(key) ? [['dropped', DROP]] : []
}

function texts(
  key: string,
  parent: string,
  value: string,
  path: Path,
  rule: Rule,
  catalogue: Catalogue,
): [string, unknown][] {
  if (/^\d{4}-\d\d-\d\d$/.test(value))
    return [['a day later', addDays(value, 1)], ['a day earlier', addDays(value, -1)], ...dropped(key)]
  if (/^\d\d-\d\d$/.test(value)) {
    const [month, day] = value.split('-').map(Number) as [number, number]
    const written = (m: number, d: number) => `${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`
    return [
      ['a day earlier', written(month, day - 1)],
      ['a month later', written(month + 1, day - 3)],
    ]
  }
  if (parent === 'equals') return otherChoices(path, value, rule, catalogue)
  const by =
    parent === 'of' && key === 'by' ? ('talk' in (at(rule, path.slice(0, -1)) as Tree) ? talkBy : activityBy) : null
  const others = by ?? swaps[key] ?? []
  return others
    .filter((one) => one !== value && !sameByNature(path, one, value, rule, catalogue))
    .map((one) => [`${one} for ${value}`, one])
}

function at(tree: unknown, path: Path): unknown {
  return path.reduce((inner: unknown, key) => (inner as Tree)[key], tree)
}

/** Changes that change nothing: below the root is the whole bureau, and below a unit that never has any below it nothing. */
function sameByNature(path: Path, one: string, value: string, rule: Rule, catalogue: Catalogue): boolean {
  const key = path.at(-1)
  const version = rule.versions[Number(path[1])]
  if (key !== 'by' || version === undefined || !('unit' in version.who)) return false
  const { unit: kinds } = version.who
  const same = (...names: string[]) => names.includes(one) && names.includes(value)
  const root = kinds.every((id) => catalogue.unitKinds.get(id).parents.length === 0)
  const leaf = catalogue.unitKinds.rows.every(({ parents }) => !parents.some((id) => kinds.includes(id)))
  return (root && same('below', 'bureau')) || (leaf && same('own', 'below'))
}

function otherChoices(path: Path, value: string, rule: Rule, catalogue: Catalogue): [string, unknown][] {
  const name = String(path.at(-1))
  const pattern = at(rule, path.slice(0, -2)) as { activity: string[] }
  const field = catalogue.activityKinds.find(pattern.activity[0]!)?.fields.find(({ id }) => id === name)
  const choices = field?.type === 'choice' ? (field.choices ?? []).map(({ id }) => id) : []
  return choices
    .filter((one) => one !== value)
    .flatMap((one): [string, unknown][] => [
      [`${one} for ${value}`, one],
      [`${one} too`, [value, one]],
    ])
}

/** A list without each of its members, and with each other row of its sort. */
function lists(
  key: string,
  value: readonly unknown[],
  path: Path,
  rule: Rule,
  catalogue: Catalogue,
): [string, unknown][] {
  if (key === 'present' || key === 'ordinarily_in' || key === 'notice' || key === 'readings') return []
  const less =
    value.length < 2
      ? []
      : value.map((one, i): [string, unknown] => [`without ${shown(one)}`, value.filter((_, j) => j !== i)])
  const all = rowsOf(key, path, rule, catalogue)
  const more = all
    .filter((id) => !value.includes(id))
    .map((id): [string, unknown] => [`with ${id} too`, [...value, id]])
  return [...less, ...more]
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value).slice(0, 40)
}

function rowsOf(key: string, path: Path, rule: Rule, catalogue: Catalogue): readonly string[] {
  const version = rule.versions[Number(path[1])]
  if (key === 'unit') return unitsThatMay(version, catalogue)
  if (key === 'units') return catalogue.unitKinds.ids
  if (key === 'bodies') return catalogue.unitKinds.ids
  if (path.includes('having')) return postsOfSubject(version, catalogue)
  if (['post', 'posts', 'except', 'with', 'without', 'appointment'].includes(key)) return catalogue.postKinds.ids
  if (key === 'activity') return catalogue.activityKinds.ids
  if (key === 'talk') return catalogue.talkKinds.rows.filter(({ shape }) => shape === 'pair').map(({ id }) => id)
  if (key === 'topics') return catalogue.topics.ids
  if (key === 'member') return ['full', 'probationary']
  if (key === 'class') return ['division', 'section']
  if (path.at(-2) === 'equals') {
    const pattern = at(rule, path.slice(0, -2)) as { activity: string[] }
    const field = catalogue.activityKinds.find(pattern.activity[0]!)?.fields.find(({ id }) => id === key)
    return field?.type === 'choice' ? (field.choices ?? []).map(({ id }) => id) : []
  }
  return []
}

/** Kinds of post that can stand in the unit of which a condition speaks: a person's is his branch. */
function postsOfSubject(version: Rule['versions'][number] | undefined, catalogue: Catalogue): string[] {
  const units = version !== undefined && 'unit' in version.who ? version.who.unit : ['branch']
  return catalogue.postKinds.rows.filter((post) => post.units.some((id) => units.includes(id))).map(({ id }) => id)
}

/** Kinds of unit in which the posts of a condition can stand; all where there is no such condition. */
function unitsThatMay(version: Rule['versions'][number] | undefined, catalogue: Catalogue): readonly string[] {
  const posts = version !== undefined && 'having' in version.who ? version.who.having?.posts : undefined
  if (posts === undefined) return catalogue.unitKinds.ids
  return posts.flatMap((id) => catalogue.postKinds.get(id).units)
}
