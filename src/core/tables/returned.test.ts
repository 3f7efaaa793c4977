import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { columnFields } from './header.ts'
import type { ListItem } from './item.ts'
import type { Layout } from './layout.ts'
import { judgeChange } from './proposal.ts'
import { comparedItem, type Given, givenOutIn, givenOutMark, matchRows, type RowBack, rowDiffers } from './returned.ts'

const title = fc
  .array(fc.constantFrom(...'抓好水价公示检查学习教育安全管网'), { minLength: 1, maxLength: 8 })
  .map((all) => all.join(''))
const unit = fc.option(fc.constantFrom('u1', 'u2'), { nil: null })
const said = fc.record({
  title,
  kind: fc.constantFrom('study', 'other'),
  layer: fc.constantFrom('body', 'leader'),
  common: fc.boolean(),
  leadUnitId: unit,
  supportIds: fc.subarray(['u3', 'u4']),
  leaderPostId: fc.option(fc.constant('p1'), { nil: null }),
  watcherPostId: fc.constant(null),
  deadline: fc.option(fc.constantFrom('2026-06-30', '2026-12-31'), { nil: null }),
  cadence: fc.option(fc.constant('每季度'), { nil: null }),
  measures: fc.subarray(['有记录', '有台账']),
  milestones: fc.constant([]),
  cites: fc.subarray(['供水条例']),
})
type Said = Omit<Given, 'id' | 'no'>
const dutiesOf = (all: readonly Said[]) => all.map((one, at): Given => ({ ...one, id: `d${at}`, no: at + 1 }))
const list = fc.array(said, { minLength: 1, maxLength: 8 }).map(dutiesOf)

function rowOf(duty: Said, no: number | null): RowBack & { no: number | null } {
  const { supportIds, milestones: _none, ...rest } = duty
  const item: ListItem = {
    ...rest,
    supportUnitIds: [...supportIds],
    measures: [...duty.measures],
    cites: [...duty.cites],
    milestones: [],
    subject: [],
    deadlineText: null,
    unresolved: [],
  }
  return { item, inferred: {}, words: new Map(), fields: columnFields, no }
}

test('rows that say their duties word for word are the same duties, in whatever order and under whatever numbers', () => {
  const shuffled = list.chain((all) =>
    fc.record({
      all: fc.constant(all),
      rows: fc.shuffledSubarray(all, { minLength: 1 }),
      numbers: fc.array(fc.option(fc.integer({ min: 1, max: 9 }), { nil: null }), { minLength: 8, maxLength: 8 }),
    }),
  )
  fc.assert(
    fc.property(shuffled, ({ all, rows, numbers }) => {
      const back = rows.map((duty, at) => rowOf(duty, numbers[at] ?? null))
      const found = matchRows(all, back)
      assert.equal(found.size, rows.length)
      for (const [at, { duty, same }] of found) {
        assert.ok(same)
        assert.deepEqual(rowDiffers(rows[at]!, duty), [])
      }
    }),
  )
})

test('a duty stands for one row, and a row that is taken for a duty bears its words or its number', () => {
  fc.assert(
    fc.property(list, fc.array(fc.tuple(said, fc.integer({ min: 1, max: 9 })), { maxLength: 8 }), (all, others) => {
      const rows = others.map(([one, no]) => rowOf(one, no))
      const found = matchRows(all, rows)
      assert.equal(new Set([...found.values()].map(({ duty }) => duty.id)).size, found.size)
      for (const [at, { duty, same }] of found)
        assert.equal(
          same,
          rowDiffers(duty, comparedItem({ ...rows[at]!.item, layer: rows[at]!.item.layer! })).length === 0,
        )
    }),
  )
})

test('a row changes nothing that it leaves as it was given out, whatever became of the duty since', () => {
  fc.assert(
    fc.property(said, said, said, (then, since, wanted) => {
      const was: Given = { ...then, id: 'd', no: 1 }
      const now: Given = { ...since, id: 'd', no: 1 }
      const row = { ...rowOf(wanted, 1).item, layer: wanted.layer }
      const { differs, overtaken, hindrance } = judgeChange(was, { ...now, status: 'issued' }, row)
      const meant = rowDiffers(was, comparedItem(row))
      for (const part of differs) assert.ok(meant.includes(part))
      for (const part of overtaken) assert.ok(rowDiffers(was, now).includes(part))
      if (overtaken.length > 0) assert.notEqual(hindrance, null)
    }),
  )
})

test('the mark of a list is read above its items alone, and two different ones are none', () => {
  const mark = givenOutMark({ org: 'demo', year: 2026, size: 57, day: '2026-11-22', whole: true })
  const other = givenOutMark({ org: 'demo', year: 2026, size: 58, day: '2026-11-22', whole: true })
  const head = `责任清单\n截至某日 ${mark}\n序号\t责任事项\n`
  const layout = (text: string, start: number): Layout => ({
    tables: [
      {
        name: 'x',
        span: [0, text.length],
        fields: [],
        items: [{ row: 4, mode: 'do', span: [start, text.length], cells: [] }],
      },
    ],
    tablesOnly: true,
  })
  const text = `${head}1\t${other}`
  const { start, end, ...given } = givenOutIn(text, layout(text, head.length))!
  assert.deepEqual(given, { org: 'demo', year: 2026, size: 57, day: '2026-11-22', whole: true })
  assert.equal(text.slice(start, end), `截至某日 ${mark}`)
  const two = `${head.replace(mark, `${mark}${other}`)}1\t抓好学习`
  assert.equal(givenOutIn(two, layout(two, two.indexOf('1\t'))), null)
  assert.equal(givenOutIn(mark, null), null)
})
