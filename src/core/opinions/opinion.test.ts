import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { answerOn } from './answer.ts'
import { type ComparedDraft, compare } from './comparison.ts'
import { type Part, partsOf } from './question.ts'

const text = '一、抓学习\n局党组开会，印发计划。各支部讲课，办公室记录。\n二、抓监督\n机关纪委检查，通报。'
const span = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length })
const said = ['局党组开会，', '印发计划。', '各支部讲课，', '办公室记录。', '机关纪委检查，', '通报。']
const heading = (words: string, bodyEnd: number) => ({
  level: 1,
  marker: words.slice(0, 2),
  title: words.slice(2),
  ...span(words),
  bodyEnd,
  parent: null,
})
const reading = {
  outline: [heading('一、抓学习', span('二、抓监督').start), heading('二、抓监督', text.length)],
  clauses: ['一、抓学习', ...said.slice(0, 4), '二、抓监督', ...said.slice(4)].map((words) => ({
    ...span(words),
    state: 'undecided' as const,
    outline: text.indexOf(words) < span('二、抓监督').start ? 0 : 1,
    duty: null,
  })),
}
const kinds = new Set(['study', 'talk'])
const parts = partsOf(text, reading, ['局党组', '机关纪委', '财务科'])
const [part] = parts as [Part, Part]
const range = (from: number, to: number, more: object = {}) => ({
  from,
  to,
  kind: 'study',
  mode: 'do',
  subject: null,
  ...more,
})
const answer = (...ranges: object[]) => answerOn(part, JSON.stringify({ ranges }), kinds)

describe('a question', () => {
  it('is one heading with its numbered clauses and the names that stand there', () => {
    assert.equal(parts.length, 2)
    assert.deepEqual(part.headings, ['抓学习'])
    assert.deepEqual(
      part.clauses.map(({ no, text: words }) => `${no}${words}`),
      said.slice(0, 4).map((words, at) => at + 1 + words),
    )
    assert.deepEqual(part.subjects, ['局党组'])
    assert.deepEqual(parts[1]?.subjects, ['机关纪委'])
  })
})

describe('an answer', () => {
  it('is runs of clauses with values from closed lists, alone or in a fence', () => {
    const whole = { ranges: [{ ...span('局党组开会，印发计划。'), kind: 'study', mode: 'do', subject: '局党组' }] }
    const json = JSON.stringify({ ranges: [range(1, 2, { subject: 1 })] })
    assert.deepEqual(answerOn(part, json, kinds), whole)
    assert.deepEqual(answerOn(part, `\`\`\`json\n${json}\n\`\`\``, kinds), whole)
    assert.deepEqual(answerOn(part, `<think>嗯</think>\n${json}`, kinds), whole)
    assert.deepEqual(answer(), { ranges: [] })
  })

  it('is refused whole for one fault, with the reason', () => {
    const faults: [string, ReturnType<typeof answer>][] = [
      ['not-json', answerOn(part, '我认为有两条。', kinds)],
      ['not-json', answerOn(part, 'x {"ranges":[]}', kinds)],
      ['shape', answerOn(part, '[]', kinds)],
      ['shape', answer(range(1, 1, { value: 12 }))],
      ['shape', answer(range(1, 1, { deadline: '6月底前' }))],
      ['shape', answer(range(1, 1, { subject: '局党组' }))],
      ['shape', answer(range(1.5, 2))],
      ['outside', answer(range(0, 1))],
      ['outside', answer(range(4, 5))],
      ['backwards', answer(range(2, 1))],
      ['overlap', answer(range(1, 2), range(2, 3))],
      ['out-of-order', answer(range(3, 4), range(1, 1))],
      ['unknown-kind', answer(range(1, 1, { kind: 'loyalty' }))],
      ['unknown-mode', answer(range(1, 1, { mode: 'maybe' }))],
      ['unknown-subject', answer(range(1, 1, { subject: 2 }))],
      ['unknown-subject', answer(range(1, 1, { subject: 0 }))],
    ]
    for (const [fault, got] of faults) assert.deepEqual(got, { fault })
  })

  it('never throws and never leaves the part, whatever the model says', () => {
    const value = fc.oneof(fc.integer({ min: -2, max: 6 }), fc.string(), fc.constant(null), fc.double())
    const ranges = fc.array(
      fc.record({
        from: value,
        to: value,
        kind: fc.constantFrom('study', 'x'),
        mode: fc.constantFrom('do', 'x'),
        subject: value,
      }),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          ranges.map((list) => JSON.stringify({ ranges: list })),
        ),
        (words) => {
          const got = answerOn(part, words, kinds)
          if ('fault' in got) return
          for (const one of got.ranges) {
            assert.ok(part.start <= one.start && one.start < one.end && one.end <= part.end)
            assert.ok(kinds.has(one.kind) && (one.subject === null || part.subjects.includes(one.subject)))
          }
        },
      ),
    )
  })
})

describe('an opinion beside the drafts', () => {
  const draft = (id: string, words: string, more: Partial<ComparedDraft> = {}): ComparedDraft => {
    return { id, ...span(words), state: 'open', kind: 'study', mode: 'do', subject: ['局党组'], ...more }
  }
  const theirs = (words: string, more: object = {}) => ({
    ...span(words),
    kind: 'study',
    mode: 'do' as const,
    subject: null,
    ...more,
  })
  const against = (drafts: ComparedDraft[], ...ranges: ReturnType<typeof theirs>[]) =>
    compare(drafts, ranges, reading.clauses, [part])
  const whats = (drafts: ComparedDraft[], ...ranges: ReturnType<typeof theirs>[]) =>
    against(drafts, ...ranges).differences.map(({ what, draftIds }) => [what, draftIds.join('+')])

  it('agrees where both see the same clauses with the same values', () => {
    assert.deepEqual(against([draft('a', '局党组开会，印发计划')], theirs('局党组开会，印发计划。')), {
      agreed: 1,
      differences: [],
    })
    assert.deepEqual(against([]), { agreed: 0, differences: [] })
  })

  it('names each difference and the drafts that it is about', () => {
    const [a, b] = [draft('a', '局党组开会'), draft('b', '印发计划')]
    assert.deepEqual(whats([a, b], theirs('局党组开会，印发计划。')), [['merge', 'a+b']])
    assert.deepEqual(whats([a], theirs('局党组开会，印发计划。')), [['border', 'a']])
    assert.deepEqual(whats([a], theirs('局党组开会，'), theirs('各支部讲课，')), [['missing', '']])
    assert.deepEqual(whats([a, b], theirs('局党组开会，')), [['extra', 'b']])
    assert.deepEqual(whats([a], theirs('局党组开会，', { kind: 'talk' })), [['kind', 'a']])
    assert.deepEqual(whats([a], theirs('局党组开会，', { mode: 'done' })), [['mode', 'a']])
    assert.deepEqual(whats([a], theirs('局党组开会，', { subject: '机关纪委' })), [['subject', 'a']])
    const long = draft('a', '局党组开会，印发计划')
    const [split] = against([long], theirs('局党组开会，'), theirs('印发计划。')).differences
    assert.deepEqual([split?.what, split?.at], ['split', [span('印发计划').start]])
  })

  it('says nothing of other parts, and does not bring up what a person rejected', () => {
    assert.deepEqual(against([draft('a', '机关纪委检查')]), { agreed: 0, differences: [] })
    const no = draft('a', '局党组开会', { state: 'rejected' })
    assert.deepEqual(against([no], theirs('局党组开会，')), { agreed: 0, differences: [] })
  })
})
