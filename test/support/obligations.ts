import fc from 'fast-check'
import type { ActiveRule, RuleInForce, SetMeasure, SetWindow } from '../../src/core/rules/world.ts'

/** The index of a row that was not superseded. */
export const MAX = '9223372036854775807'
const UNITS = 5
const POSTS = 4
const PERSONS = 5

const unitKinds = ['branch', 'branch', 'subgroup', 'department', 'leading-group'] as const
const postKinds = ['secretary', 'branch-secretary', 'branch-committee-member'] as const
const kinds = ['theme-party-day', 'branch-general-meeting', 'training-course', 'integrity-reminder'] as const
const topics = ['ideology', 'conduct'] as const

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values)
const some = <T>(values: readonly T[], max = 2) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: max })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const unit = fc.nat(UNITS - 1)
const person = fc.nat(PERSONS - 1)

/** A civil day, by number from 2025-07-01 on; half of them lie near the ends of months. */
const dayAt = (n: number) => new Date(Date.UTC(2025, 6, 1 + n)).toISOString().slice(0, 10)
const edges = [
  '2025-12-31',
  '2026-01-01',
  '2026-01-31',
  '2026-02-01',
  '2026-03-31',
  '2026-04-01',
  '2026-06-30',
  '2026-07-01',
  '2026-12-31',
]
const day = fc.oneof(
  pick(...edges),
  fc.nat(560).map(dayAt),
  fc.nat(160).map((n) => dayAt(n + 184)),
)

/** Up to `max` periods of one thing that share no day: cut at sorted days. */
function periods(max: number): fc.Arbitrary<{ from: string; to: string }[]> {
  const cuts = fc.uniqueArray(day, { minLength: 0, maxLength: max * 2 })
  return fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: cuts }).map((cuts) => {
    const sorted = cuts.toSorted()
    if (sorted.length === 0) return [{ from: '2020-01-01', to: '9999-12-31' }]
    const found: { from: string; to: string }[] = []
    for (let i = 0; i < sorted.length; i += 2) found.push({ from: sorted[i]!, to: sorted[i + 1] ?? '9999-12-31' })
    return found
  })
}

/** When a version was written and when it ended: mostly both long ago and never. */
const known = fc.oneof(
  { weight: 4, arbitrary: fc.constant([0, MAX] as const) },
  { weight: 1, arbitrary: fc.nat(8).map((n) => [n, MAX] as const) },
  { weight: 1, arbitrary: fc.nat(6).map((n) => [n, String(n + 2)] as const) },
)

/** Mostly no further condition, else mostly one: a pattern that asks for everything is met by nothing. */
function rarely<T extends object>(one: fc.Arbitrary<T>, weight = 1) {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant({} as Partial<T>) },
    { weight, arbitrary: one as fc.Arbitrary<Partial<T>> },
  )
}

const patternOf = fc
  .tuple(
    fc.record({ activity: some(kinds, 3), by: pick('own', 'own', 'below', 'bureau', 'attended', 'led') }),
    rarely(fc.record({ bodies: some(['branch', 'department', 'leading-group']) })),
    rarely(fc.record({ topics: some(topics) }), 2),
    rarely(
      fc.record({
        equals: pick<Record<string, string | number | boolean | string[]>>(
          { occasion: '$festival' },
          { special: true },
          { days: 2 },
          { occasion: ['qingming', 'other'] },
        ),
      }),
      2,
    ),
    rarely(fc.record({ present: pick<[number, number]>([1, 2], [2, 3]) }), 2),
    rarely(fc.record({ quorum: fc.constant(true) }), 2),
  )
  .map((parts) => Object.assign({}, ...parts))

const factPattern = fc.oneof(
  { weight: 8, arbitrary: patternOf },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.record({ talk: some(['heart-to-heart', 'political']), by: pick('initiator', 'counterpart', 'either') }),
        rarely(fc.record({ with: some(postKinds, 3) }), 3),
        rarely(fc.record({ without: some(postKinds, 1) }), 3),
      )
      .map((parts) => Object.assign({}, ...parts)),
  },
  { weight: 1, arbitrary: fc.constant({ statement: 'personal-matters' }) },
  { weight: 1, arbitrary: fc.record({ list: pick('bureau' as const, 'own' as const) }) },
)

const measure = fc.oneof(
  { weight: 3, arbitrary: fc.record({ count: pick(1, 1, 2, 3), of: factPattern }) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        sum: pick('hours', 'hours', 'days'),
        amount: pick(2, 4.5, 8),
        amount_for: fc.array(fc.record({ posts: some(postKinds), amount: pick(1, 6) }), { minLength: 1, maxLength: 2 }),
        of: factPattern,
      },
      { requiredKeys: ['sum', 'amount', 'of'] },
    ),
  },
) as fc.Arbitrary<SetMeasure>

const having = pick<Record<string, string[]>>(
  { posts: ['branch-secretary', 'branch-committee-member'] },
  { units: ['subgroup'] },
  { posts: ['secretary'], units: ['branch', 'subgroup'] },
)
const who = fc.oneof(
  fc.record({ unit: pick(['branch'], ['branch', 'subgroup'], ['department', 'leading-group', 'branch']) }),
  fc.record({ unit: pick(['branch'], ['branch', 'department']), having }),
  fc.record({ post: some(postKinds) }),
  fc
    .tuple(
      pick<Record<string, unknown>>(
        { member: ['full'] },
        { member: ['full', 'probationary'] },
        { class: ['division'] },
        { posts: ['branch-secretary', 'secretary'] },
        { member: ['full'], posts: ['branch-secretary', 'branch-committee-member'] },
        { member: ['full', 'probationary'], class: ['section', 'division'] },
      ),
      rarely(fc.record({ except: some(postKinds, 1) })),
      rarely(fc.record({ having })),
    )
    .map(([person, except, more]) => ({ person: { ...person, ...except }, ...more })),
) as fc.Arbitrary<RuleInForce['who']>

const window = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ every: pick('month' as const, 'quarter' as const, 'half-year' as const, 'year' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ by: pick('01-31', '06-30') }) },
  { weight: 1, arbitrary: fc.constant({ years: 2, first: 2025 }) },
  {
    weight: 1,
    arbitrary: fc.constant({
      before: 'festivals' as const,
      days: 10,
      festivals: ['qingming', 'labour-day', 'national-day'],
    }),
  },
  { weight: 1, arbitrary: fc.constant({ notice: ['2026-02-10', '2026-05-20'] as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ after: fc.constant({ activity: ['training-course'] }), within: fc.constant({ months: 3 }) }),
  },
) as fc.Arbitrary<SetWindow>

/** Persons and posts attend and lead, units hold: now and then the other way round, which nothing meets by rows. */
function fitting(one: RuleInForce['who'], measures: readonly SetMeasure[], turned: boolean): readonly SetMeasure[] {
  return measures.map((measured) => {
    const pattern = measured.of
    if (turned || !('activity' in pattern)) return measured
    const holds = pattern.by === 'own' || pattern.by === 'below'
    const personal = pattern.by === 'attended' || pattern.by === 'led'
    if ('unit' in one && personal)
      return { ...measured, of: { ...pattern, by: pattern.by === 'led' ? 'below' : 'own' } }
    if (!('unit' in one) && holds)
      return { ...measured, of: { ...pattern, by: pattern.by === 'own' ? 'attended' : 'led' } }
    return measured
  })
}

const version = fc
  .record({
    who,
    window,
    need: fc.array(measure, { minLength: 1, maxLength: 2 }),
    partial: pick('owed-in-full' as const, 'not-owed-under-half' as const, 'floor-of-share' as const),
    silence: pick('unmet' as const, 'unmet' as const, 'undetermined' as const),
    turned: pick(false, false, false, false, true),
  })
  .map(({ turned, need, ...one }) => ({ ...one, need: fitting(one.who, need, turned) }))

const words = { zh: '例', en: 'sample' }

/** What a version of a rule says beside its days. */
type Said = Pick<RuleInForce, 'who' | 'window' | 'need' | 'partial' | 'silence'>

const ruleOf = (
  version: fc.Arbitrary<
    Omit<RuleInForce, 'from' | 'to' | 'article' | 'says' | 'ordinarilyIn' | 'readings' | 'localSource'>
  >,
) =>
  fc
    .record({
      versions: fc.array(version, { minLength: 1, maxLength: 2 }),
      expected: fc.boolean(),
      change: pick('2026-04-01', '2026-05-15'),
    })
    .map(
      ({ versions, expected, change }): Omit<ActiveRule, 'id'> => ({
        words,
        strictness: 'must',
        expected,
        unconfirmed: false,
        visibility: 'unit',
        source: words,
        versions: versions.map((one, i) => ({
          ...one,
          from: i === 0 ? '2020-01-01' : change,
          to:
            i === versions.length - 1
              ? '9999-12-31'
              : new Date(Date.parse(change) - 86_400_000).toISOString().slice(0, 10),
          article: null,
          says: words,
          ordinarilyIn: null,
          readings: [],
          localSource: null,
        })),
      }),
    )

/** What tallies answer: units that owe a number of their own records in windows of the calendar. */
const monthly: fc.Arbitrary<Said> = fc.record({
  who: fc.oneof(
    fc.record({ unit: pick(['branch'], ['branch', 'department', 'leading-group']) }),
    fc.record({ unit: pick(['branch'], ['branch', 'department']), having }),
  ) as fc.Arbitrary<RuleInForce['who']>,
  window: fc.record({ every: pick('month' as const, 'quarter' as const, 'half-year' as const, 'year' as const) }),
  need: fc.array(
    fc.record({
      count: pick(1, 1, 2),
      of: patternOf.map((pattern) => ({ ...pattern, by: 'own' as const })),
    }) as fc.Arbitrary<SetMeasure>,
    { minLength: 1, maxLength: 1 },
  ),
  partial: pick('owed-in-full' as const, 'not-owed-under-half' as const, 'floor-of-share' as const),
  silence: pick('unmet' as const, 'unmet' as const, 'undetermined' as const),
})

const numbers = fc
  .record({ expected: fc.nat(9), present: fc.nat(9), voters: fc.nat(9) })
  .map(({ expected, present, voters }) => ({
    expected,
    present: Math.min(present, expected),
    voters: Math.min(voters, expected),
  }))

const activity = fc.record({
  kind: pick(...kinds),
  also: fc.uniqueArray(fc.constantFrom(...kinds), { maxLength: 2 }),
  on: day,
  unit,
  hours: maybe(pick(0.5, 1, 2.25, 4)),
  numbers: maybe(numbers),
  topics: fc.uniqueArray(fc.constantFrom(...topics), { maxLength: 2 }),
  countable: fc.record(
    {
      occasion: pick('qingming', 'labour-day', 'other'),
      special: fc.boolean(),
      days: pick(1, 2, 0.5),
      'vote-held': fc.boolean(),
      'voters-present': fc.nat(6),
    },
    { requiredKeys: [] },
  ),
  host: maybe(person),
  attended: fc.uniqueArray(fc.tuple(person, pick('present', 'present', 'absent')), {
    maxLength: 3,
    selector: ([p]) => p,
  }),
  known,
  corrected: maybe(fc.record({ at: fc.nat(6), on: maybe(day), withdrawn: fc.boolean() })),
})
/** An activity as it is drawn. */
export type Activity = typeof activity extends fc.Arbitrary<infer T> ? T : never

const draw = fc.record({
  goLiveOn: pick('2025-01-01', '2026-02-01'),
  on: day,
  size: pick(null, null, 3, 6),
  units: fc.array(
    fc.record({
      kind: pick(...unitKinds),
      spans: periods(2),
      parents: fc.array(fc.nat(UNITS - 1), { minLength: 2, maxLength: 2 }),
      known,
    }),
    { minLength: UNITS - 1, maxLength: UNITS - 1 },
  ),
  posts: fc.array(fc.record({ kind: pick(...postKinds), unit, spans: periods(1), known }), {
    minLength: POSTS,
    maxLength: POSTS,
  }),
  appointments: fc.array(fc.record({ post: fc.nat(POSTS - 1), person, spans: periods(1), known }), { maxLength: 6 }),
  memberships: fc.array(
    fc.record({
      spans: periods(2),
      units: fc.array(unit, { minLength: 2, maxLength: 2 }),
      standing: pick('full', 'probationary'),
      known,
    }),
    { minLength: PERSONS, maxLength: PERSONS },
  ),
  classes: fc.array(fc.record({ person, class: pick('division', 'section'), spans: periods(1), known }), {
    maxLength: 4,
  }),
  activities: fc.array(activity, { minLength: 12, maxLength: 40, size: 'max' }),
  talks: fc.array(fc.record({ kind: pick('heart-to-heart', 'political'), on: day, a: person, b: person, known }), {
    maxLength: 8,
    size: 'max',
  }),
  statements: fc.array(fc.record({ person, on: day, year: pick(2025, 2026) }), { maxLength: 3 }),
  openings: fc.array(fc.record({ person, rule: fc.nat(3), on: day, amount: pick(1, 3.5) }), { maxLength: 3 }),
  lists: fc.array(fc.record({ year: pick(2025, 2026), on: day }), { maxLength: 2 }),
  excuses: fc.array(
    fc.record({
      rule: fc.nat(3),
      subject: fc.nat(2),
      n: fc.nat(3),
      from: pick('2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-07-01'),
      until: maybe(day),
    }),
    { maxLength: 4 },
  ),
  rules: fc.array(ruleOf(version), { minLength: 1, maxLength: 4 }),
})
/** A bureau as it is drawn. */
export type Draw = typeof draw extends fc.Arbitrary<infer T> ? T : never

/** Bureaus at random. */
export const bureaus: fc.Arbitrary<Draw> = draw

/** Bureaus at random whose rules tallies may answer; nothing is recorded of a day after the one asked about. */
export const talliedBureaus: fc.Arbitrary<Draw> = fc
  .tuple(draw, fc.array(ruleOf(monthly), { minLength: 2, maxLength: 5 }))
  .map(([drawn, rules]) => {
    const past = ({ on: day }: { on: string }) => day <= drawn.on
    const activities = drawn.activities.filter(past).map((one) => ({
      ...one,
      corrected: one.corrected?.on !== undefined && !past({ on: one.corrected.on }) ? undefined : one.corrected,
    }))
    return { ...drawn, rules, activities, size: null }
  })
