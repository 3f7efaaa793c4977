import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KIND, makeRule } from './make.ts'
import { rulesInForce } from './resolve.ts'
import type { LocalChange, Rule } from './rule.ts'

const number = (more: object = {}) => ({ words: { zh: '数', en: 'Number' }, type: 'number', stricter: 'up', ...more })
const change = (from: string, more: Partial<LocalChange>): LocalChange => ({
  rule: 'monthly',
  from,
  source: 'own paper',
  ...more,
})
const hours = (param: object, more: object = {}) =>
  makeRule({
    window: { every: 'year' },
    need: [{ sum: 'hours', amount: '$hours', of: { activity: [KIND], by: 'attended' } }],
    params: { hours: number(param) },
    ...more,
  } as never)

/** First and last day of each version, how often it asks and how much. */
function versions(rule: Rule, changes: readonly LocalChange[] = []): unknown[] {
  const [active] = rulesInForce([rule], { confirmed: [], changes })
  return (active?.versions ?? []).map(({ from, to, window, need }) => [
    from,
    to,
    'every' in window ? window.every : null,
    need.map((measure) => ('count' in measure ? measure.count : measure.amount))[0],
  ])
}

describe('Rules that owe something', () => {
  it('are hard and expected ones, and dormant ones that a named person confirmed', () => {
    const rules = (['hard', 'expected', 'dormant', 'documentation'] as const).map((standing) =>
      makeRule({ id: standing, standing, confidence: 'medium' }),
    )
    const ids = (confirmed: readonly { rule: string }[]) =>
      rulesInForce(rules, { confirmed, changes: [] }).map(({ id, expected, unconfirmed }) => [
        id,
        expected,
        unconfirmed,
      ])
    assert.deepEqual(ids([]), [
      ['hard', false, true],
      ['expected', true, true],
    ])
    assert.deepEqual(ids([{ rule: 'dormant' }, { rule: 'documentation' }]), [
      ['hard', false, true],
      ['expected', true, true],
      ['dormant', true, false],
    ])
  })

  it('never turn red where the words are 一般', () => {
    const [rule] = rulesInForce([makeRule({ strictness: 'ordinarily' })], { confirmed: [], changes: [] })
    assert.equal(rule?.expected, true)
  })

  it('are asked from the day of the confirmation on, with the source and article that the person saw', () => {
    const confirmed = [{ rule: 'monthly', source: 'a paper', article: 'article 3', from: '2026-04-10' }]
    const [rule] = rulesInForce([makeRule({ standing: 'dormant' })], { confirmed, changes: [] })
    assert.deepEqual(
      [rule?.source.zh, rule?.versions[0]?.article, rule?.versions[0]?.from],
      ['a paper', 'article 3', '2026-04-10'],
    )
  })
})

describe('A parameter', () => {
  it('that is not set leaves its version out, and a rule without versions too', () => {
    assert.deepEqual(versions(hours({})), [])
    assert.deepEqual(versions(hours({}), [change('2026-03-01', { params: { hours: 50 } })]), [
      ['2026-03-01', '9999-12-31', 'year', 50],
    ])
  })

  it('stands as it was shipped until the bureau moves it', () => {
    assert.deepEqual(versions(hours({ value: 32 }), [change('2026-03-01', { params: { hours: 50 } })]), [
      ['2000-01-01', '2026-02-28', 'year', 32],
      ['2026-03-01', '9999-12-31', 'year', 50],
    ])
  })

  it('may stand in a window, and a festival of the window is none', () => {
    const window = { before: 'festivals', days: '$days', festivals: ['new-year'] }
    const need = [{ count: 1, of: { activity: [KIND], by: 'own', equals: { occasion: '$festival' } } }]
    const rule = makeRule({ window, need, params: { days: number({ value: 5 }) } } as never)
    const [version] = rulesInForce([rule], { confirmed: [], changes: [] })[0]!.versions
    assert.deepEqual(version?.window, { ...window, days: 5 })
    assert.deepEqual(version?.need, need)
  })
})

describe('A change of the bureau', () => {
  it('cuts the version on its day and goes on over the next one', () => {
    const rule = makeRule({
      versions: [
        { from: '2020-01-01', to: '2026-06-30', window: { every: 'year' } },
        { from: '2026-07-01', window: { every: 'quarter' } },
      ],
    })
    assert.deepEqual(versions(rule, [change('2026-03-15', { count: 2 }), change('2026-07-01', { every: 'month' })]), [
      ['2020-01-01', '2026-03-14', 'year', 1],
      ['2026-03-15', '2026-06-30', 'year', 2],
      ['2026-07-01', '9999-12-31', 'month', 2],
    ])
  })

  it('names its source on the versions that it made', () => {
    const [rule] = rulesInForce([makeRule()], { confirmed: [], changes: [change('2026-03-01', { count: 2 })] })
    assert.deepEqual(
      rule?.versions.map(({ localSource }) => localSource),
      [null, 'own paper'],
    )
  })

  it('never loosens a later version that asks more by itself', () => {
    const year = { window: { every: 'year' as const } }
    const rule = makeRule({
      versions: [
        { from: '2020-01-01', to: '2026-12-31', ...year },
        { from: '2027-01-01', window: { every: 'month' } },
      ],
    })
    assert.deepEqual(versions(rule, [change('2026-01-01', { every: 'quarter' })]).at(-1), [
      '2027-01-01',
      '9999-12-31',
      'month',
      1,
    ])
    const two = hours({ value: 32 })
    const later = {
      ...two,
      versions: [{ ...two.versions[0]!, to: '2026-12-31' }, hours({ value: 60 }, { from: '2027-01-01' }).versions[0]!],
    }
    assert.deepEqual(
      versions(later, [change('2026-01-01', { params: { hours: 50 } })]).map((one) => (one as unknown[])[3]),
      [32, 50, 60],
    )
  })

  it('of a rule that does not exist changes nothing', () => {
    assert.equal(versions(makeRule(), [{ ...change('2026-01-01', { count: 2 }), rule: 'other' }]).length, 1)
  })

  it('leaves on no day two versions', () => {
    const rule = makeRule({ versions: [{ from: '2020-01-01', to: '2026-06-30' }, { from: '2026-07-01' }] })
    const days = ['2019-01-01', '2020-01-01', '2026-06-30', '2026-07-01', '2026-07-02', '2030-01-01']
    const [active] = rulesInForce([rule], {
      confirmed: [],
      changes: days.map((from, i) => change(from, { count: i + 1 })),
    })
    const all = active!.versions
    assert.ok(all.every(({ from, to }, i) => from <= to && (i === 0 || all[i - 1]!.to < from)))
    assert.equal(all[0]!.from, '2020-01-01')
    assert.equal(all.at(-1)!.to, '9999-12-31')
  })
})
