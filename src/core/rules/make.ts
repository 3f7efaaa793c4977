import type { Calendar } from '../calendar/calendar.ts'
import { OPEN_END } from '../calendar/days.ts'
import { calendarOf } from '../calendar/year.ts'
import type {
  ActivityFact,
  Excuse,
  Fact,
  History,
  ListFact,
  OpeningFact,
  StatementFact,
  TalkFact,
} from './obligation.ts'
import { type RuleSettings, rulesInForce } from './resolve.ts'
import { type Rule, type RuleVersion, ruleSchema } from './rule.ts'
import type { ActiveRule, World } from './world.ts'

/** Rows of a made world: what a row leaves out is filled in, an open period among it. */
type Seed<Row, Given extends keyof Row> = Pick<Row, Given> & Partial<Row>

type Units = History['units'][number]
type Posts = History['posts'][number]
type Appointments = History['appointments'][number]
type Memberships = History['memberships'][number]
type Classes = History['classes'][number]

/** Facts of a made world, told apart by what they name first: `activity`, `talk`, `statement`, `list`, `opening`. */
export type FactSeed =
  | (Seed<Omit<ActivityFact, 'type' | 'kinds'>, 'on' | 'unitId'> & { readonly activity: string | readonly string[] })
  | (Seed<Omit<TalkFact, 'type' | 'kind'>, 'on' | 'initiator' | 'counterpart'> & { readonly talk: string })
  | (Seed<Omit<StatementFact, 'type'>, 'on' | 'statement' | 'pid'> & { readonly statement: string })
  | (Seed<Omit<ListFact, 'type'>, 'on'> & { readonly list: number })
  | (Seed<Omit<OpeningFact, 'type' | 'rule'>, 'on' | 'pid' | 'amount'> & { readonly opening: string })

/** A made world as plain data, so that cases in YAML may hold it as it is. */
export interface WorldSeed {
  /** 2020-01-01 where it is left out. */
  readonly goLiveOn?: string
  /** Rules as a pack holds them (then `settings` are laid over them), or as they are in force. */
  readonly rules?: readonly (Rule | ActiveRule)[]
  readonly settings?: Partial<RuleSettings>
  readonly units?: readonly Seed<Units, 'unitId' | 'kind'>[]
  readonly posts?: readonly Seed<Posts, 'postId' | 'unitId' | 'kind'>[]
  readonly appointments?: readonly Seed<Appointments, 'postId' | 'pid'>[]
  readonly memberships?: readonly Seed<Memberships, 'pid' | 'branchId'>[]
  readonly classes?: readonly Seed<Classes, 'pid' | 'class'>[]
  readonly facts?: readonly (Fact | FactSeed)[]
  readonly excuses?: readonly Seed<Excuse, 'rule' | 'subject' | 'windowFrom'>[]
  readonly calendar?: Calendar
}

/** Kinds of unit that hold members in a made world. */
export const MEMBER_KINDS = ['branch', 'subgroup']

/** The kind of activity that a made rule asks for unless told otherwise. */
export const KIND = 'gathering'

const ALWAYS = { from: '2000-01-01', to: OPEN_END }

/** A world for tests and cases out of a few rows; the bureau itself is the unit `bureau`. */
export function makeWorld(seed: WorldSeed = {}): World {
  const given = seed.rules ?? []
  const raw = given.filter((rule): rule is Rule => 'standing' in rule)
  const inForce = given.filter((rule): rule is ActiveRule => !('standing' in rule))
  const { confirmed = [], changes = [] } = seed.settings ?? {}
  return {
    rules: [...inForce, ...rulesInForce(raw, { confirmed, changes })],
    history: makeHistory(seed),
    facts: (seed.facts ?? []).map((fact, i) => ('type' in fact ? fact : makeFact(withBody(seed, fact), i))),
    excuses: (seed.excuses ?? []).map((excuse) => ({ until: null, reason: 'a reason', ...excuse })),
    calendar: seed.calendar ?? makeCalendar(),
  }
}

/** A record states the kind of the unit that held it, as the product stores it. */
function withBody(seed: WorldSeed, fact: FactSeed): FactSeed {
  if (!('activity' in fact)) return fact
  const unit = seed.units?.find(({ unitId }) => unitId === fact.unitId)
  return { body: unit?.kind ?? 'bureau', ...fact }
}

function makeHistory(seed: WorldSeed): History {
  const bureau: Units = { ...ALWAYS, unitId: 'bureau', parentId: null, kind: 'bureau' }
  const units = (seed.units ?? []).map((unit) => ({ ...ALWAYS, parentId: 'bureau', ...unit }))
  return {
    bureauId: 'bureau',
    goLiveOn: seed.goLiveOn ?? '2020-01-01',
    units: units.some(({ unitId }) => unitId === 'bureau') ? units : [bureau, ...units],
    posts: (seed.posts ?? []).map((post) => ({ ...ALWAYS, ...post })),
    appointments: (seed.appointments ?? []).map((appointment, i) => ({
      ...ALWAYS,
      appointmentId: `appointment-${i + 1}`,
      ...appointment,
    })),
    memberships: (seed.memberships ?? []).map((membership) => ({ ...ALWAYS, standing: 'full', ...membership })),
    classes: (seed.classes ?? []).map((row) => ({ ...ALWAYS, ...row })),
    memberKinds: MEMBER_KINDS,
  }
}

/** A fact out of the few things that matter; `i` numbers it where it has no id of its own. */
export function makeFact(seed: FactSeed, i = 0): Fact {
  const id = seed.id ?? `fact-${String(i + 1).padStart(4, '0')}`
  if ('talk' in seed) {
    const { talk, on, initiator, counterpart } = seed
    return { type: 'talk', id, on, kind: talk, initiator, counterpart }
  }
  if ('statement' in seed) return { year: Number(seed.on.slice(0, 4)), ...seed, type: 'statement', id }
  if ('list' in seed) return { type: 'list', id, on: seed.on, year: seed.list, unitId: seed.unitId ?? null }
  if ('opening' in seed)
    return { type: 'opening', id, on: seed.on, pid: seed.pid, rule: seed.opening, amount: seed.amount }
  return makeActivity({ ...seed, id })
}

/** An activity held by a unit; nothing but kind, unit and day is stated unless it is given. */
export function makeActivity(seed: Extract<FactSeed, { activity: unknown }>): ActivityFact {
  const { activity, ...rest } = seed
  return {
    id: 'fact',
    body: seed.unitId,
    hours: null,
    expected: null,
    voters: null,
    present: null,
    topics: [],
    countable: {},
    hostPid: null,
    attended: [],
    ...rest,
    type: 'activity',
    kinds: typeof activity === 'string' ? [activity] : activity,
  }
}

type VersionSeed = Partial<RuleVersion>

/**
 * A rule with one version from 2000 on, or several where `versions` is given: one activity of each branch each month unless
 * told otherwise. Parts of a version may stand beside the parts of the rule.
 */
export function makeRule(
  seed: Partial<Omit<Rule, 'versions'>> & VersionSeed & { versions?: readonly VersionSeed[] } = {},
): Rule {
  const { id, words, strictness, confidence, standing, visibility, source, versions, ...version } = seed
  const base = {
    from: '2000-01-01',
    article: null,
    says: { zh: '每月一次', en: 'Once a month' },
    who: { unit: ['branch'] },
    window: { every: 'month' },
    need: [{ count: 1, of: { activity: [KIND], by: 'own' } }],
    ...version,
  }
  return ruleSchema.parse({
    id: id ?? 'monthly',
    words: words ?? { zh: '每月活动', en: 'Monthly activity' },
    strictness: strictness ?? 'must',
    confidence: confidence ?? 'high',
    standing: standing ?? 'hard',
    visibility: visibility ?? 'unit',
    ...(source === undefined ? {} : { source }),
    versions: (versions ?? [{}]).map((one) => ({ ...base, ...one })),
  })
}

/** The days off of 2026 as they were announced; every other year is not announced. */
export function makeCalendar(): Calendar {
  return calendarOf([
    {
      year: 2026,
      state: 'announced',
      source: { zh: '通知', en: 'Notice' },
      festivals: [
        { id: 'new-year', day: '2026-01-01', from: '2026-01-01', to: '2026-01-03' },
        { id: 'spring-festival', day: '2026-02-17', from: '2026-02-15', to: '2026-02-23' },
        { id: 'qingming', day: '2026-04-05', from: '2026-04-04', to: '2026-04-06' },
        { id: 'labour-day', day: '2026-05-01', from: '2026-05-01', to: '2026-05-05' },
        { id: 'dragon-boat', day: '2026-06-19', from: '2026-06-19', to: '2026-06-21' },
        { id: 'mid-autumn', day: '2026-09-25', from: '2026-09-25', to: '2026-09-27' },
        { id: 'national-day', day: '2026-10-01', from: '2026-10-01', to: '2026-10-07' },
      ],
      worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    },
  ])
}
