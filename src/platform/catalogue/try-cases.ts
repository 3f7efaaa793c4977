import type { Calendar } from '../../core/calendar/calendar.ts'
import { calendarOf } from '../../core/calendar/year.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { obligationsOf } from '../../core/rules/engine.ts'
import { makeWorld, type WorldSeed } from '../../core/rules/make.ts'
import type { Obligation } from '../../core/rules/obligation.ts'
import { rulesInForce } from '../../core/rules/resolve.ts'
import type { LocalChange, Rule } from '../../core/rules/rule.ts'
import { strictnessProblems } from '../../core/rules/strictness.ts'
import type { ActiveRule, World } from '../../core/rules/world.ts'
import type { CaseFile, MadeBureau, RuleCase } from './rule-cases.ts'

/** One question of a case: a world without rules, the day, and what must come out. */
interface Trial {
  readonly says: string
  readonly world: World
  readonly params: LocalChange['params']
  readonly confirmed: boolean
  readonly subject: string
  readonly window: string
  readonly version: string
  readonly on: string
  readonly gives: string
  readonly owes: RuleCase['owes']
}

/** The questions of a file of cases, made once and asked of any form of its rule. */
export interface Trials {
  readonly file: CaseFile
  readonly trials: Trial[]
}

/** Days in the words of a case that does not hold: which case, on which day, what came out. */
export interface Miss {
  readonly says: string
  readonly wanted: string
  readonly found: string
}

type Row = Record<string, unknown>

/** Makes the questions of a file: its worlds, with every `{ not: […] }` replaced by what it leaves. */
export function trialsOf(file: CaseFile, bureau: MadeBureau, catalogue: Catalogue): Trials {
  const calendar = calendarOf(catalogue.calendar)
  return { file, trials: file.cases.flatMap((one) => trialsOfCase(one, file, bureau, catalogue, calendar)) }
}

function trialsOfCase(
  one: RuleCase,
  file: CaseFile,
  bureau: MadeBureau,
  catalogue: Catalogue,
  calendar: Calendar,
): Trial[] {
  const seed = seedOf(one, bureau)
  const facts = one.facts.flatMap((fact) => spread(fact, seed, catalogue))
  const world = (more: readonly Row[]): World =>
    makeWorld({
      ...seed,
      calendar,
      facts: [...facts, ...more].map((fact) => withBody(fact, seed)),
    } as unknown as WorldSeed)
  const plain = {
    says: one.says,
    params: { ...(one.unset ? {} : file.set), ...one.set },
    confirmed: one.confirmed ?? file.confirmed,
    subject: one.subject ?? file.subject,
    window: one.window ?? file.window,
    version: one.version ?? file.version,
    owes: one.owes,
  }
  const { asked, held, on = '', gives = 'none' } = one
  if (asked !== undefined) {
    const same = world([])
    return Object.entries(asked).map(([day, wanted]) => ({ ...plain, world: same, on: day, gives: wanted }))
  }
  if (held !== undefined) {
    return Object.entries(held).map(([day, wanted]) => ({
      ...plain,
      world: world(spread({ ...one.fact, on: day }, seed, catalogue)),
      on,
      gives: wanted,
    }))
  }
  const runs = one.each === undefined ? [[]] : spread(one.each, seed, catalogue).map((fact) => [fact])
  return runs.map((more) => ({ ...plain, world: world(more), on, gives }))
}

function seedOf({ also, gone, goLiveOn, excuses }: RuleCase, bureau: MadeBureau) {
  const rows = (name: keyof Omit<MadeBureau, 'goLiveOn'>): Row[] => [
    ...bureau[name].filter((row) => !Object.values(row).some((value) => gone.includes(String(value)))),
    ...(also[name] ?? []),
  ]
  return {
    goLiveOn: goLiveOn ?? bureau.goLiveOn,
    units: rows('units'),
    posts: rows('posts'),
    appointments: rows('appointments'),
    memberships: rows('memberships'),
    classes: rows('classes'),
    excuses,
  }
}

type Seed = ReturnType<typeof seedOf>

/** The kind of unit that holds an activity stands in its record. */
function withBody(fact: Row, { units }: Seed): Row {
  if (!('activity' in fact)) return fact
  const kind = fact['unitId'] === 'bureau' ? 'bureau' : units.find(({ unitId }) => unitId === fact['unitId'])?.['kind']
  return { body: kind ?? 'bureau', ...fact }
}

/** A record once for every value that each `{ not: […] }` in it leaves of all that there are. */
function spread(fact: Row, seed: Seed, catalogue: Catalogue): Row[] {
  const all: Readonly<Record<string, readonly string[]>> = {
    activity: catalogue.activityKinds.ids,
    talk: catalogue.talkKinds.rows.filter(({ shape }) => shape === 'pair').map(({ id }) => id),
    initiator: seed.appointments.map(({ pid }) => String(pid)),
    counterpart: seed.appointments.map(({ pid }) => String(pid)),
    unitId: ['bureau', ...seed.units.map(({ unitId }) => String(unitId))],
    topics: catalogue.topics.ids,
  }
  let rows: Row[] = [fact]
  for (const [name, value] of Object.entries(fact)) {
    const left = notOf(value)
    if (left !== null)
      rows = rows.flatMap((row) =>
        without(all[name]!, left).map((id) => ({ ...row, [name]: name === 'topics' ? [id] : id })),
      )
  }
  const { countable } = fact
  for (const [name, value] of Object.entries((countable ?? {}) as Row)) {
    const left = notOf(value)
    if (left === null) continue
    const field = catalogue.activityKinds.find(String(fact['activity']))?.fields.find(({ id }) => id === name)
    const choices = field?.type === 'choice' ? (field.choices ?? []).map(({ id }) => id) : []
    rows = rows.flatMap((row) =>
      without(choices, left).map((id) => ({ ...row, countable: { ...(row['countable'] as Row), [name]: id } })),
    )
  }
  return rows
}

function notOf(value: unknown): readonly string[] | null {
  const is = typeof value === 'object' && value !== null && 'not' in value
  return is ? (value as { not: string[] }).not : null
}

function without(all: readonly string[], left: readonly string[]): string[] {
  return all.filter((id) => !left.includes(id))
}

/** Asks the questions of a rule and gives those that come out otherwise, with what it shows of itself and its limits. */
export function missesOf({ file, trials }: Trials, rule: Rule): Miss[] {
  const inForce = laying(rule)
  const misses = [...shownOtherwise(file, rule), ...limitsOtherwise(file, rule)]
  for (const trial of trials) {
    const [found, wanted] = [answerOf(trial, inForce(trial)), wantedOf(trial)]
    if (found !== wanted) misses.push({ says: `${trial.says} (${trial.on})`, wanted, found })
  }
  return misses
}

/** Claims that a form of the rule breaks a case; asks first what lately told another form apart. */
export function breaks(asked: Trials, rule: Rule): boolean {
  const { file, trials } = asked
  const inForce = laying(rule)
  const at = trials.findIndex((trial) => answerOf(trial, inForce(trial)) !== wantedOf(trial))
  if (at > 0) trials.unshift(...trials.splice(at, 1))
  return at >= 0 || shownOtherwise(file, rule).length > 0 || limitsOtherwise(file, rule).length > 0
}

/** The rule with the parameters of a question, laid once for each set of them. */
function laying(rule: Rule): (trial: Trial) => readonly ActiveRule[] {
  const laid = new Map<string, readonly ActiveRule[]>()
  return ({ params, confirmed }) => {
    const key = JSON.stringify([params, confirmed])
    const rules = laid.get(key) ?? inForceWith(rule, params, confirmed)
    laid.set(key, rules)
    return rules
  }
}

function inForceWith(rule: Rule, params: LocalChange['params'], confirmed: boolean): readonly ActiveRule[] {
  const changes = Object.keys(params ?? {}).length === 0 ? [] : [changeOf(rule, params)]
  return rulesInForce([rule], { confirmed: confirmed ? [{ rule: rule.id }] : [], changes })
}

const day = (window: string, part: 0 | 1): string => window.split('..')[part]!

/** What a rule answers to a question, in the form of `wantedOf`. */
function answerOf({ world, subject, window, on, gives, owes }: Trial, rules: readonly ActiveRule[]): string {
  const from = day(window, 0)
  const only = owes === undefined ? { subjects: [subject] } : {}
  const found = obligationsOf({ ...world, rules }, { from, to: from }, on, only).filter(
    (one) => one.window.from === from,
  )
  if (owes !== undefined) return told(found, !Array.isArray(owes))
  if (found.length !== 1) return found.length === 0 ? 'none' : 'several'
  return `${shown(found[0]!)} ${outcomeOf(found[0]!, gives.includes('/'))}`
}

function shown({ window, version, dueOn }: Obligation): string {
  return `${window.from}..${window.to}${dueOn === window.to ? '' : ` due ${dueOn}`} by ${version}`
}

function outcomeOf({ outcome, counted, needed }: Obligation, withNumbers: boolean): string {
  return withNumbers ? `${outcome} ${counted}/${needed}` : outcome
}

function told(found: readonly Obligation[], withNumbers: boolean): string {
  return found
    .map(({ subject, needed }) => (withNumbers ? `${subject.id} ${needed}` : subject.id))
    .sort()
    .join(', ')
}

function wantedOf({ window, version, gives, owes }: Trial): string {
  if (owes !== undefined) {
    const list = Array.isArray(owes) ? owes : Object.entries(owes).map(([id, needed]) => `${id} ${needed}`)
    return list.toSorted().join(', ')
  }
  return gives === 'none' ? 'none' : `${window} by ${version} ${gives}`
}

/** What the rule says of itself beside what its cases say of it. */
function shownOtherwise(file: CaseFile, rule: Rule): Miss[] {
  const settings = { confirmed: file.confirmed ? [{ rule: rule.id }] : [], changes: [] }
  const changes = Object.keys(file.set ?? {}).length === 0 ? [] : [changeOf(rule, file.set)]
  const [active] = rulesInForce([rule], { ...settings, changes })
  const found = JSON.stringify({
    expected: active?.expected,
    unconfirmed: active?.unconfirmed,
    visibility: active?.visibility,
    ordinarily: active?.versions.at(-1)?.ordinarilyIn ?? null,
  })
  const wanted = JSON.stringify({
    expected: file.expected,
    unconfirmed: file.unconfirmed,
    visibility: file.visibility,
    ordinarily: file.ordinarily_in ?? null,
  })
  return found === wanted ? [] : [{ says: 'what the rule shows of itself', wanted, found }]
}

function changeOf(rule: Rule, params: LocalChange['params'], from = '2000-01-01'): LocalChange {
  return { rule: rule.id, from, source: 'own', params }
}

/** Values that a bureau may set and the rule refuses, or the other way round. */
function limitsOtherwise(file: CaseFile, rule: Rule): Miss[] {
  const from = rule.versions.at(-1)!.from
  return Object.entries(file.limits).flatMap(([param, { taken, refused }]) => {
    const takes = (value: number | string) =>
      strictnessProblems(rule, changeOf(rule, { [param]: value }, from)).length === 0
    const miss = (value: number | string, wanted: string): Miss => ({
      says: `${param} may be ${value}`,
      wanted,
      found: wanted === 'taken' ? 'refused' : 'taken',
    })
    return [
      ...taken.filter((value) => !takes(value)).map((value) => miss(value, 'taken')),
      ...refused.filter(takes).map((value) => miss(value, 'refused')),
    ]
  })
}
