import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Gold } from './gold.ts'
import { judgedPart } from './judged.ts'
import { Unwritable, writeMarked } from './mark.ts'
import { readMarked } from './marked.ts'
import type { Reading } from './reading.ts'

const tuning = join(import.meta.dirname, '../../../catalogue/gold/tuning')

test('what is written is read again as the same, for every tuning document', () => {
  for (const file of readdirSync(tuning)) {
    const marked = readMarked(readFileSync(join(tuning, file), 'utf8'), file)
    assert.deepEqual(readMarked(writeMarked(marked), file), marked, file)
  }
})

const words = fc.stringMatching(/^[局党组支部一二 A-Z“”、]{1,6}$/).filter((text) => text.trim() !== '')
const names = fc.array(words, { maxLength: 3 })
const head = fc.record(
  {
    kind: fc.constantFrom('study', 'talk', 'target'),
    mode: fc.constantFrom('do' as const, 'done' as const, 'problem' as const),
    subject: names,
    subjectSource: fc.constantFrom('explicit', 'heading', 'inherited', 'default'),
    recipient: words,
    cadence: fc.option(words),
    deadline: fc.option(words),
    leadUnit: fc.option(words),
    supportUnits: names,
    targets: fc.array(
      fc.record(
        {
          indicator: words,
          role: fc.constantFrom('baseline', 'stretch', 'rank'),
          op: fc.constantFrom('>=', '<=', '=', 'top'),
          value: fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((number) => Math.round(number * 100) / 100 + 0),
          unit: fc.option(words).map((unit) => unit ?? ''),
        },
        { noNullPrototype: true },
      ),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: ['kind', 'mode', 'cadence'], noNullPrototype: true },
)
type Head = Partial<Omit<Gold['duties'][number], 'start' | 'end'>>

/** What the reader gives where a document is silent: names and their source go together, units and supports too. */
function completed(said: Head): Head {
  const { subject = [], subjectSource, leadUnit, supportUnits = [], ...rest } = said
  return {
    ...rest,
    subject: subjectSource === undefined ? [] : subject,
    ...(subjectSource === undefined ? {} : { subjectSource }),
    ...(leadUnit === undefined ? {} : { leadUnit, supportUnits }),
  }
}

/** Spans that lie inside one another or apart, over a text of 40 signs. */
const spans = fc.array(fc.tuple(fc.nat(39), fc.nat(40)), { maxLength: 12 }).map((pairs) =>
  pairs
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .reduce<{ start: number; end: number }[]>((kept, span) => {
      const crosses = kept.some((other) => other.start < span.start && other.end > span.start && other.end < span.end)
      if (!crosses) kept.push(span)
      return kept
    }, []),
)

test('reading what was written gives the same again, whatever the duties say and however spans lie in one another', () => {
  const text = '局党组每季度召开一次会议，\n办公室年底前印发清单*份。'.padEnd(40, '甲')
  fc.assert(
    fc.property(
      spans,
      fc.array(head, { minLength: 12, maxLength: 12 }),
      fc.array(fc.nat(4)),
      (places, heads, sorts) => {
        const gold: Gold = { doc: 'x', outline: [], duties: [], principles: [], slots: [] }
        for (const [index, span] of places.entries()) {
          const sort = sorts[index % Math.max(sorts.length, 1)] ?? 0
          if (sort === 1) gold.principles.push(span)
          else if (sort === 2) gold.unjudged = [...(gold.unjudged ?? []), span]
          else if (sort === 3)
            gold.slots.push({
              ...span,
              phrase: text.slice(span.start, span.end),
              metric: index % 2 ? null : 'study.topic.sessions',
              params: index % 3 ? { topic: '党章', role: 'stretch' } : {},
              role: index % 5 ? 'result' : 'target',
            })
          else gold.duties.push({ ...span, ...completed(heads[index]!) } as Gold['duties'][number])
        }
        const marked = { text, gold }
        assert.deepEqual(readMarked(writeMarked(marked), 'x'), marked)
        const some: Gold = { ...gold, judges: ['duties'] }
        assert.deepEqual(readMarked(writeMarked({ text, gold: some }, '不外传'), 'x'), { text, gold: some })
      },
    ),
  )
})

test('what the marks cannot express is refused and not bent', () => {
  const bare: Gold = { doc: 'x', outline: [], duties: [], principles: [], slots: [] }
  const why = (text: string, gold: Partial<Gold>, note?: string) => {
    try {
      writeMarked({ text, gold: { ...bare, ...gold } }, note)
      return null
    } catch (error) {
      assert.ok(error instanceof Unwritable)
      return error.why
    }
  }
  const duty = { start: 0, end: 2, kind: 'study', mode: 'do' as const, subject: [], cadence: null, deadline: null }
  assert.equal(why('一⟦二', {}), 'marks-in-text')
  assert.equal(
    why('一二三', {
      principles: [
        { start: 0, end: 2 },
        { start: 1, end: 3 },
      ],
    }),
    'crossing',
  )
  assert.equal(why('一二三', { principles: [{ start: 1, end: 1 }] }), 'nothing')
  assert.equal(why('一二三', { principles: [{ start: 1, end: 9 }] }), 'nothing')
  assert.equal(why('一二三', { duties: [{ ...duty, cadence: '每|月' }] }), 'value')
  assert.equal(why('一二三', { duties: [{ ...duty, subject: ['甲+乙'], subjectSource: 'explicit' }] }), 'value')
  assert.equal(why('一二三', {}, '一\n二'), 'value')
  assert.equal(why('一二三', { duties: [duty] }), null)
})

test('what nobody judged is left out of a reading before it is scored', () => {
  const reading = {
    outline: [{ start: 0, end: 2 }],
    duties: [
      { start: 0, end: 10 },
      { start: 10, end: 20 },
    ],
    slots: [{ numStart: 3, numEnd: 4 }],
  } as unknown as Reading
  const bare: Gold = { doc: 'x', outline: [], duties: [], principles: [], slots: [] }
  assert.deepEqual(judgedPart(reading, bare), reading)
  const part = judgedPart(reading, { ...bare, judges: ['duties'], unjudged: [{ start: 9, end: 16 }] })
  assert.deepEqual([part.outline.length, part.slots.length], [0, 0])
  assert.deepEqual(
    part.duties.map(({ start }) => start),
    [0],
  )
})
