import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { explain, missingFacts } from '../../core/rules/explain.ts'
import { type FactSeed, KIND, makeRule, makeWorld } from '../../core/rules/make.ts'
import { nothings } from '../../core/rules/nothing.ts'
import { outcomes, whys } from '../../core/rules/obligation.ts'
import { articleInEnglish, dayWords, type NameOf, traceSentences, wordsOf } from '../../core/rules/sentences.ts'
import { traceCodes } from '../../core/rules/trace.ts'
import { loadWords } from './words.ts'

const { messages } = loadWords()
const names: Readonly<Record<string, string | { zh: string; en: string }>> = {
  b1: { zh: '第一党支部', en: 'First branch' },
  p1: '甲某',
  ideology: { zh: '意识形态', en: 'ideology' },
  [KIND]: { zh: '活动', en: 'activities' },
}
const nameOf: NameOf = (_, id) => names[id]
const units = [{ unitId: 'b1', kind: 'branch', from: '2026-01-10' }]
const source = { zh: '某条例', en: 'Some regulations' }
const held = (on: string, more: object = {}) => ({ activity: KIND, unitId: 'b1', on, ...more }) as FactSeed

describe('The reasoning of an obligation', () => {
  const need = [{ count: 1, of: { activity: [KIND], by: 'own' as const, topics: ['ideology'] } }]
  const world = makeWorld({
    rules: [makeRule({ need, source, article: '第十六条' })],
    units,
    facts: [
      held('2026-01-12'),
      held('2026-01-20', { topics: ['ideology'] }),
      held('2026-02-03', { topics: ['ideology'] }),
    ],
  })

  it('reads aloud in Chinese: rule, version, who, window, days, what counted, what did not, the outcome', () => {
    const found = explain(world, 'monthly/b1/2026-01-01', '2026-02-05')!
    assert.deepEqual(
      traceSentences(found.trace, messages, nameOf).map(({ zh }) => zh),
      [
        '每月活动：依据《某条例》第十六条，每月一次。',
        '窗口首日2026年1月1日，适用自2000年1月1日起执行的一版。',
        '第一党支部自2026年1月10日起属于应办单位。',
        '窗口为一个月：2026年1月1日至2026年1月31日，应办日是最后一天。',
        '窗口 31 天，其中 22 天应办：2026年1月10日至2026年1月31日。',
        '达到一半天数，按整个窗口要求。',
        '要求 1 次（活动），已记 1 次。',
        '专题须是意识形态。',
        '2026年1月20日的活动记录计入，累计 1 次。',
        '2026年1月12日的活动记录没有计入：记录的专题不是这项要求的专题。',
        '结论：已办。2026年1月20日办成，不晚于应办日2026年1月31日。',
      ],
    )
  })

  it('and in English', () => {
    const found = explain(world, 'monthly/b1/2026-01-01', '2026-02-05')!
    assert.deepEqual(
      traceSentences(found.trace, messages, nameOf).map(({ en }) => en),
      [
        'Monthly activity, by Some regulations, article 16: Once a month.',
        'The window begins on 1 January 2026, so the version in force since 1 January 2000 applies.',
        'First branch has been obliged since 10 January 2026.',
        'The window is a month, 1 January 2026 to 31 January 2026; it is due on the last day.',
        '22 of the 31 days of the window are covered: 10 January 2026 to 31 January 2026.',
        'Half of the days or more are covered, so it is owed in full.',
        'Asked: 1 of activities; recorded: 1.',
        'Its topic must be ideology.',
        'Activity, 20 January 2026, counts: 1 so far.',
        'Activity, 12 January 2026, does not count: its topics are not the one that is asked for.',
        'So: done. It was done on 20 January 2026, not after the due day 31 January 2026.',
      ],
    )
  })

  it('tells who is listed where, the balance, the hours and the reading of an article', () => {
    const hours = [{ sum: 'hours' as const, amount: 90, of: { activity: [KIND], by: 'attended' as const } }]
    const days = [{ sum: 'days', amount: 12, of: { activity: [KIND], by: 'attended' as const } }]
    const rule = makeRule({
      who: { person: { member: ['full'] } },
      window: { years: 5, first: 2023 },
      need: [...hours, ...days],
      standing: 'expected',
      confidence: 'medium-high',
    })
    const facts = [
      { opening: 'monthly', on: '2025-12-31', pid: 'p1', amount: 40 },
      held('2026-03-01', { attended: ['p1'], hours: 8, countable: { days: 1 } }),
    ]
    const memberships = [{ pid: 'p1', branchId: 'b1' }]
    const made = makeWorld({ rules: [rule], units, memberships, facts })
    const said = traceSentences(explain(made, 'monthly/p1/2023-01-01', '2026-12-31')!.trace, messages, nameOf)
    const zh = said.map((one) => one.zh)
    assert.ok(zh.includes('来源待确认。'))
    assert.ok(zh.includes('甲某（第一党支部）自2000年1月1日起属于应办人员。'))
    assert.ok(zh.includes('以下 2 项达到一项即可。'))
    assert.ok(zh.includes('期初学时 40 计到2025年12月31日，这一天以前的记录不再另计。'))
    assert.ok(zh.includes('2026年3月1日的活动记录计 8 学时，累计 48 学时。'))
    assert.ok(
      said.every(({ zh, en }) => !/[{}]/.test(zh + en)),
      'every value is filled in',
    )
  })
})

describe('The words of the reasoning', () => {
  it('stand for every code, in both languages', () => {
    for (const code of traceCodes) wordsOf(messages, 'obligation-trace', code)
    for (const why of whys) wordsOf(messages, 'obligation-why', why)
    for (const outcome of outcomes) wordsOf(messages, 'obligation-outcome', outcome)
    for (const missing of missingFacts) wordsOf(messages, 'obligation-missing', missing)
    assert.throws(() => wordsOf(messages, 'obligation-trace', 'no-such-code'), /no words/)
  })

  it('and none stands that nothing says', () => {
    const known: Readonly<Record<string, readonly string[]>> = {
      'obligation-trace': traceCodes,
      'obligation-why': whys,
      'obligation-outcome': outcomes,
      'obligation-missing': missingFacts,
      'obligation-nothing': nothings,
    }
    const idle = [...messages.keys()].filter((key) => {
      const [heading, code] = key.split('/') as [string, string]
      return known[heading] !== undefined && !known[heading].includes(code)
    })
    assert.deepEqual(idle, [])
    for (const code of nothings) assert.ok(wordsOf(messages, 'obligation-nothing', code).en.length > 10)
  })

  it('write days and articles as they are said', () => {
    assert.deepEqual([dayWords('2026-03-05', 'zh'), dayWords('2026-03-05', 'en')], ['2026年3月5日', '5 March 2026'])
    assert.equal(articleInEnglish('第三十五条至第三十九条'), 'article 35 to article 39')
    assert.equal(articleInEnglish('第十一条、第十四条'), 'article 11, article 14')
    assert.equal(articleInEnglish('附件一'), '附件一')
  })
})
