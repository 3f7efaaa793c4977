import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { vocabularyOf } from '../../core/drafts/vocabulary.ts'
import type { Order } from '../../core/duties/owner.ts'
import { headerOf } from '../../core/tables/header.ts'
import { itemOf, type ListItem } from '../../core/tables/item.ts'
import { wordsOf } from '../../core/tables/layout.ts'
import { listCells, listColumns, type SheetItem } from '../../core/tables/list-sheet.ts'
import { type Holder, rollOf } from '../../core/tables/names.ts'
import { layOutFile, takeTables } from '../../core/tables/take.ts'
import { loadWords } from '../i18n/words.ts'
import { readXlsx, writeXlsx } from '../office/xlsx.ts'
import { loadCatalogue } from './catalogue.ts'
import { loadLexicon } from './lexicon.ts'

const lexicon = loadLexicon()
const catalogue = loadCatalogue()
const { messages } = loadWords()
const headings = listColumns.map(({ field }) => messages.get(`column/${field}`)?.zh ?? '')

const piece = fc.constantFrom(
  ...[
    '甲',
    '办公室',
    '抓好',
    '学习',
    '、',
    '，',
    '；',
    '（',
    '）',
    '(',
    '：',
    ' ',
    '/',
    '=',
    '+',
    '-',
    '@',
    '2026-01-01 ',
    '— ',
  ],
  ...[
    '1.',
    '①',
    '每季度',
    '合计',
    '注：',
    '__',
    '_x0041_',
    '&',
    '<',
    '"',
    '\u2028',
    '\u3000',
    '𠮷',
    '🙂',
    'a',
    '#',
    '同志',
    '《',
    '》',
  ],
)
const words = (max: number) =>
  fc
    .array(piece, { minLength: 1, maxLength: 9 })
    .map((parts) => parts.join('').slice(0, max).toWellFormed().trim())
    .filter((text) => text !== '')
const title = words(40).map((text) => text.replace(/[《》]/g, ''))
const cite = title.filter((text) => text.trim() !== '' && text === text.trim())
const day = fc
  .integer({ min: 0, max: 3000 })
  .map((days) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))

const id = (sort: string, n: number) => `${sort}-${n}`
const order: fc.Arbitrary<{ order: Order; holders: Holder[] }> = fc
  .record({
    units: fc.array(fc.record({ name: words(12), parent: fc.nat(5), kind: fc.nat(100) }), {
      minLength: 1,
      maxLength: 6,
    }),
    posts: fc.array(fc.record({ title: fc.option(words(12), { nil: null }), unit: fc.nat(5), kind: fc.nat(100) }), {
      maxLength: 6,
    }),
    holders: fc.array(fc.record({ post: fc.nat(5), name: words(6) }), { maxLength: 4 }),
  })
  .map(({ units, posts, holders }) => ({
    order: {
      units: units.map((unit, n) => ({
        unitId: id('u', n),
        parentId: unit.parent < n ? id('u', unit.parent) : null,
        kind: catalogue.unitKinds.rows[unit.kind % catalogue.unitKinds.rows.length]!.id,
        name: unit.name,
      })),
      posts: posts.map((post, n) => ({
        postId: id('p', n),
        unitId: id('u', post.unit % units.length),
        kind: catalogue.postKinds.rows[post.kind % catalogue.postKinds.rows.length]!.id,
        title: post.title,
      })),
      charges: [],
    },
    holders: holders.flatMap(({ post, name }) => (post < posts.length ? [{ postId: id('p', post), name }] : [])),
  }))

const some = <T>(all: readonly T[]) =>
  all.length === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...all), { nil: null })

const list = order.chain(({ order, holders }) => {
  const units = order.units.map((unit) => unit.unitId)
  const posts = order.posts.map((post) => post.postId)
  const item = fc
    .record({
      title: words(300),
      kind: fc.constantFrom(...catalogue.dutyKinds.rows.map((kind) => kind.id)),
      layer: some(catalogue.dutyLayers.rows.map((layer) => layer.id)),
      leadUnitId: some(units),
      supportUnitIds: fc.uniqueArray(fc.constantFrom(...units), { maxLength: 3 }),
      leaderPostId: some(posts),
      watcherPostId: some(posts),
      deadline: fc.option(day, { nil: null }),
      cadence: fc.option(words(60), { nil: null }),
      measures: fc.array(words(300), { maxLength: 4 }),
      milestones: fc.array(
        fc.record({ title: words(200), dueOn: fc.option(day, { nil: null }) }, { noNullPrototype: true }),
        { maxLength: 3 },
      ),
      cites: fc.uniqueArray(cite, { maxLength: 2 }),
      common: fc.boolean(),
    })
    .map((one) => ({ ...one, supportUnitIds: one.supportUnitIds.filter((unit) => unit !== one.leadUnitId) }))
  return fc.record({
    order: fc.constant(order),
    holders: fc.constant(holders),
    items: fc.array(item, { minLength: 1, maxLength: 8 }),
  })
})

test('every heading of the printed list is read back as its own field', () => {
  const header = headerOf({ name: 'x', rows: [headings], merges: [], hiddenRows: [] }, lexicon)
  assert.deepEqual(
    header?.columns.map(({ field }) => field),
    listColumns.map(({ field }) => field),
  )
})

test('a list that is written and read again is the same list', async () => {
  await fc.assert(
    fc.asyncProperty(list, async ({ order, holders, items }) => {
      const roll = rollOf(order, holders, (kind) => catalogue.postKinds.find(kind)?.words.zh ?? kind)
      const sheetWords = {
        kind: (one: string) => catalogue.dutyKinds.get(one).words.zh,
        layer: (one: string) => catalogue.dutyLayers.get(one).words.zh,
        common: '共性',
        own: '个性',
      }
      const cells = items.map((item, at) => listCells({ ...item, no: at + 1, progress: '' }, roll, sheetWords))
      const bytes = await writeXlsx([
        { name: '2026年责任清单', rows: [['责任清单'], headings, ...cells], print: { heading: 1, footer: '&P' } },
      ])
      const grids = await readXlsx(bytes)
      const taken = takeTables(grids, lexicon, { strict: true })
      assert.deepEqual(
        taken.problems.filter((one) => one.stops),
        [],
      )
      const { text, layout } = layOutFile(
        grids.map((grid) => ({ words: [], grid })),
        taken,
        true,
      )
      const read = layout.tables.flatMap((table) =>
        table.items.map((row) => {
          const place = {
            roll,
            catalogue,
            vocabulary: vocabularyOf(lexicon),
            year: 2026,
            fields: table.fields,
            mode: row.mode,
          }
          return itemOf(wordsOf(text, row), place)
        }),
      )
      assert.deepEqual(
        read.map(({ item: { subject: _s, deadlineText: _d, unresolved, ...item } }) => ({ ...item, unresolved })),
        items.map((item): Omit<ListItem, 'subject' | 'deadlineText'> => ({ ...item, unresolved: [] })),
      )
      for (const { inferred } of read) assert.deepEqual(inferred, {})
    }),
    { numRuns: 120 },
  )
})

test('a list is set for print: A4 across, one page wide, its heading held and repeated, no cell a formula', async () => {
  const { unzipSync, strFromU8 } = await import('fflate')
  const item: SheetItem = {
    no: 1,
    title: '=1+1',
    kind: catalogue.dutyKinds.rows[0]!.id,
    layer: null,
    leadUnitId: null,
    supportUnitIds: [],
    leaderPostId: null,
    watcherPostId: null,
    deadline: null,
    cadence: null,
    measures: [],
    milestones: [],
    cites: [],
    common: false,
    progress: '',
  }
  const roll = rollOf({ units: [], posts: [], charges: [] }, [], (kind) => kind)
  const cells = listCells(item, roll, { kind: (one) => one, layer: (one) => one, common: '共', own: '个' })
  const widths = listColumns.map(({ width }) => width)
  const bytes = await writeXlsx([
    { name: "2026年'清单", rows: [['清单'], headings, cells], widths, print: { heading: 1, footer: '第 &P 页' } },
  ])
  const parts = unzipSync(bytes)
  const sheet = strFromU8(parts['xl/worksheets/sheet1.xml']!)
  assert.match(sheet, /paperSize="9"/)
  assert.match(sheet, /orientation="landscape"/)
  assert.match(sheet, /fitToWidth="1" fitToHeight="0"/)
  assert.match(sheet, /ySplit="2"[^>]*state="frozen"/)
  assert.doesNotMatch(sheet, /<f[ >]/)
  assert.match(
    strFromU8(parts['xl/workbook.xml']!),
    /Print_Titles"[^>]*>(?:'|&apos;)2026年(?:''|&apos;&apos;)清单(?:'|&apos;)!\$1:\$2</,
  )
})
