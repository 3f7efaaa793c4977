import fc from 'fast-check'
import type pg from 'pg'
import type { ActiveRule, RuleInForce, SetMeasure, SetWindow } from '../../src/core/rules/world.ts'

/** A small bureau as rows of tables, drawn at random: numbers stand for units, posts and persons. */
export interface Drawn {
  readonly goLiveOn: string
  readonly on: string
  readonly size: number | null
  readonly rows: Readonly<Record<string, readonly Record<string, unknown>[]>>
  readonly rules: readonly ActiveRule[]
}

const MAX = '9223372036854775807'
const UNITS = 5
const POSTS = 4
const PERSONS = 5

/** A stable id: what it is, which bureau, which number. */
export const idOf = (what: number, org: number, n: number): string =>
  `00000000-0000-4000-8${String(what).padStart(3, '0')}-${String(org).padStart(6, '0')}${String(n).padStart(6, '0')}`
const unitId = (org: number, n: number) => idOf(1, org, n)
const postId = (org: number, n: number) => idOf(2, org, n)
const pidOf = (org: number, n: number) => idOf(3, org, n)

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

const rule = fc
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
type Activity = typeof activity extends fc.Arbitrary<infer T> ? T : never

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
  rules: fc.array(rule, { minLength: 1, maxLength: 4 }),
})
type Draw = typeof draw extends fc.Arbitrary<infer T> ? T : never

type Row = Record<string, unknown>
/** Indexes in steps, so that every version of an activity has an index of its own. */
const STEP = 1000
const idx = ([recorded, superseded]: readonly [number, string], n = 0) => ({
  recorded_idx: recorded * STEP + n,
  superseded_idx: superseded === MAX ? MAX : String(Number(superseded) * STEP),
})
const current = idx([0, MAX])

function organisationRows(org: number, drawn: Draw): Record<string, Row[]> {
  const root = { id: unitId(org, 0), version: 1, org_id: org, ...current }
  const units: Row[] = [{ ...root, kind: 'bureau' }]
  const unit_periods: Row[] = [
    {
      ...root,
      id: idOf(11, org, 0),
      unit_id: unitId(org, 0),
      parent_id: null,
      position: 1,
      valid_from: '2020-01-01',
      valid_to: '9999-12-31',
    },
  ]
  for (const [i, one] of drawn.units.entries()) {
    const n = i + 1
    units.push({ ...root, id: unitId(org, n), kind: one.kind })
    for (const [j, span] of one.spans.entries()) {
      // A parent of a smaller number: no ring can come of it.
      const parent = one.parents[j % 2]! % n
      unit_periods.push({
        org_id: org,
        id: idOf(11, org, n * 10 + j),
        version: 1,
        unit_id: unitId(org, n),
        parent_id: unitId(org, parent),
        position: n,
        valid_from: span.from,
        valid_to: span.to,
        ...idx(one.known),
      })
    }
  }
  const base = { org_id: org, version: 1 }
  return {
    units,
    unit_periods,
    posts: drawn.posts.map((one, n) => ({
      ...base,
      id: postId(org, n),
      unit_id: unitId(org, one.unit),
      kind: one.kind,
      position: n,
      valid_from: one.spans[0]!.from,
      valid_to: one.spans[0]!.to,
      ...idx(one.known),
    })),
    appointments: drawn.appointments.map((one, n) => ({
      ...base,
      id: idOf(12, org, n),
      post_id: postId(org, one.post),
      pid: pidOf(org, one.person),
      valid_from: one.spans[0]!.from,
      valid_to: one.spans[0]!.to,
      ...idx(one.known),
    })),
    memberships: drawn.memberships.flatMap((one, n) =>
      one.spans.map((span, j) => ({
        ...base,
        id: idOf(13, org, n * 10 + j),
        branch_id: unitId(org, one.units[j % 2]!),
        standing: one.standing,
        pid: pidOf(org, n),
        valid_from: span.from,
        valid_to: span.to,
        ...idx(one.known),
      })),
    ),
    person_classes: [...new Map(drawn.classes.map((one) => [one.person, one])).values()].map((one, n) => ({
      ...base,
      id: idOf(14, org, n),
      class: one.class,
      pid: pidOf(org, one.person),
      valid_from: one.spans[0]!.from,
      valid_to: one.spans[0]!.to,
      ...idx(one.known),
    })),
  }
}

function activityRows(org: number, n: number, one: Activity, body: string): { activities: Row[]; attendance: Row[] } {
  const id = idOf(20, org, n)
  const row: Row = {
    org_id: org,
    id,
    version: 1,
    kind: one.kind,
    also_kinds: one.also.filter((kind) => kind !== one.kind),
    happened_on: one.on,
    unit_id: unitId(org, one.unit),
    body,
    hours: one.hours ?? null,
    expected: one.numbers?.expected ?? null,
    voters: one.numbers?.voters ?? null,
    present: one.numbers?.present ?? null,
    topics: one.topics,
    countable: one.countable,
    counts_persons: false,
    opening: false,
    withdrawn: false,
    first_idx: null,
    host_pid: one.host === undefined ? null : pidOf(org, one.host),
    fields: {},
    ...idx(one.known, 2 * n),
  }
  const attendance = one.attended.map(([p, status]) => ({
    org_id: org,
    activity_id: id,
    pid: pidOf(org, p),
    version: 1,
    status,
    ...current,
  }))
  const { corrected } = one
  if (corrected === undefined || one.known[1] !== MAX) return { activities: [row], attendance }
  const at = (one.known[0] + 1 + corrected.at) * STEP + 2 * n + 1
  const second = {
    ...row,
    version: 2,
    happened_on: corrected.on ?? one.on,
    withdrawn: corrected.withdrawn,
    first_idx: 0,
    recorded_idx: at,
  }
  return { activities: [{ ...row, superseded_idx: String(at) }, second], attendance }
}

/** The rows of a drawn bureau under its own number. */
export function rowsOf(org: number, drawn: Draw): Drawn {
  const base = { org_id: org, version: 1 }
  const acts = drawn.activities.map((one, n) =>
    activityRows(org, n, one, one.unit === 0 ? 'bureau' : drawn.units[one.unit - 1]!.kind),
  )
  const talks = drawn.talks.filter(({ a, b }) => a !== b)
  const ruleId = (n: number) => `rule-${n % drawn.rules.length}`
  const statements = [...new Map(drawn.statements.map((one) => [`${one.person} ${one.year}`, one])).values()]
  const openings = [...new Map(drawn.openings.map((one) => [`${one.person} ${ruleId(one.rule)}`, one])).values()]
  const excused = (persons: boolean) => {
    const mine = drawn.excuses.filter((one) => (one.subject === 2) === persons)
    return [
      ...new Map(mine.map((one) => [`${ruleId(one.rule)} ${one.subject} ${one.n} ${one.from}`, one])).values(),
    ].map((one, n) => ({ one, n, until_on: one.until === undefined || one.until < one.from ? null : one.until }))
  }
  return {
    goLiveOn: drawn.goLiveOn,
    on: drawn.on,
    size: drawn.size === null ? null : drawn.size * STEP,
    rules: drawn.rules.map((one, n) => ({ ...one, id: `rule-${n}` })),
    rows: {
      ...organisationRows(org, drawn),
      activities: acts.flatMap(({ activities }) => activities),
      attendance: acts.flatMap(({ attendance }) => attendance),
      talks: talks.map((one, n) => ({
        ...base,
        id: idOf(30, org, n),
        kind: one.kind,
        shape: 'pair',
        month: one.on.slice(0, 7),
        number: 1,
        opening: false,
        withdrawn: false,
        ...idx(one.known),
      })),
      talk_pairs: talks.map((one, n) => ({
        ...base,
        id: idOf(31, org, n),
        talk_id: idOf(30, org, n),
        shape: 'pair',
        held_on: one.on,
        initiator_pid: pidOf(org, one.a),
        counterpart_pid: pidOf(org, one.b),
        ...idx(one.known),
      })),
      statements: statements.map((one, n) => ({
        ...base,
        id: idOf(40, org, n),
        statement: 'personal-matters',
        year: one.year,
        withdrawn: false,
        stated_on: one.on,
        pid: pidOf(org, one.person),
        ...current,
      })),
      opening_hours: openings.map((one, n) => ({
        ...base,
        id: idOf(41, org, n),
        rule: ruleId(one.rule),
        covers_to: one.on,
        withdrawn: false,
        amount: one.amount,
        pid: pidOf(org, one.person),
        ...current,
      })),
      duty_lists: [...new Map(drawn.lists.map((one) => [one.year, one])).values()].map((one, n) => ({
        ...base,
        id: idOf(42, org, n),
        year: one.year,
        version_no: 1,
        issued_on: one.on,
        ...current,
      })),
      excuses: excused(false).map(({ one, n, until_on }) => ({
        ...base,
        id: idOf(50, org, n),
        rule: ruleId(one.rule),
        subject_type: one.subject === 0 ? 'unit' : 'post',
        subject_id: one.subject === 0 ? unitId(org, one.n + 1) : postId(org, one.n),
        unit_id: unitId(org, 0),
        window_from: one.from,
        until_on,
        withdrawn: false,
        ...current,
      })),
      person_excuses: excused(true).map(({ one, n, until_on }) => ({
        ...base,
        id: idOf(51, org, n),
        rule: ruleId(one.rule),
        pid: pidOf(org, one.n),
        window_from: one.from,
        until_on,
        withdrawn: false,
        ...current,
      })),
    },
  }
}

/** Bureaus at random. */
export const bureaus: fc.Arbitrary<Draw> = draw

/** Writes rows as they are, as the owner of the database and without regard to keys between tables. */
export async function insertRows(owner: pg.Client, rows: Drawn['rows']): Promise<void> {
  for (const [table, list] of Object.entries(rows)) {
    if (list.length === 0) continue
    const columns = Object.keys(list[0]!).join(', ')
    await owner.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(list)],
    )
  }
}
