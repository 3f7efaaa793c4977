import assert from 'node:assert/strict'
import { test } from 'node:test'
import { vocabularyOf } from '../../core/drafts/vocabulary.ts'
import type { Area, Grid } from '../../core/tables/grid.ts'
import { headerOf, headingKeyOf } from '../../core/tables/header.ts'
import { wordsOf } from '../../core/tables/layout.ts'
import { readWithTables } from '../../core/tables/reading.ts'
import { rowsOf } from '../../core/tables/rows.ts'
import { stackedTables } from '../../core/tables/stacked.ts'
import { layOutFile, takeTables } from '../../core/tables/take.ts'
import { plainDay, termOf } from '../../core/tables/terms.ts'
import { loadLexicon } from './lexicon.ts'

const lexicon = loadLexicon()

const gridOf = (rows: string[][], merges: Area[] = [], hiddenRows: number[] = [], name = '清单'): Grid => ({
  name,
  rows,
  merges,
  hiddenRows,
})
const area = (startRow: number, startColumn: number, endRow: number, endColumn: number): Area => ({
  startRow,
  startColumn,
  endRow,
  endColumn,
})
const fieldsOf = (grid: Grid) => headerOf(grid, lexicon)?.columns.map((one) => one.field)

/** Each item as `row field=words …`. */
function itemsOf(grid: Grid): string[] {
  const header = headerOf(grid, lexicon)
  assert.ok(header)
  return rowsOf(grid, header, lexicon).items.map(
    (item) => `${item.row + 1} ${item.cells.map((cell) => `${cell.field}=${cell.text}`).join(' ')}`,
  )
}

test('the heading is found below title lines, by aliases with blanks, line breaks and brackets', () => {
  const grid = gridOf(
    [
      ['甲局2026年责任清单'],
      ['填报单位：办公室'],
      ['序 号', '责任\n事项', '牵头单位（盖章）', '配合单位', '完成时限'],
      ['1', '抓好学习', '办公室', '', '6月底前'],
    ],
    [area(0, 0, 0, 4)],
  )
  const header = headerOf(grid, lexicon)
  assert.equal(header?.row, 2)
  assert.equal(header?.rows, 1)
  assert.deepEqual(fieldsOf(grid), ['seq', 'duty', 'lead', 'support', 'term'])
})

test('a heading of two rows is read together, and merged cells are read in every row that they cover', () => {
  const grid = gridOf(
    [
      ['序号', '类别', '重点任务', '责任分工', '', '', '时限'],
      ['', '', '', '责任领导', '牵头部门', '配合部门', ''],
      ['1', '学习', '抓好学习', '甲', '办公室', '各科室', '每季度'],
      ['2', '', '抓好培训', '', '人事科', '', '年底前'],
    ],
    [
      area(0, 0, 1, 0),
      area(0, 1, 1, 1),
      area(0, 2, 1, 2),
      area(0, 3, 0, 5),
      area(0, 6, 1, 6),
      area(2, 1, 3, 1),
      area(2, 3, 3, 3),
    ],
  )
  assert.equal(headerOf(grid, lexicon)?.rows, 2)
  assert.deepEqual(fieldsOf(grid), ['seq', 'category', 'duty', 'leader', 'lead', 'support', 'term'])
  assert.deepEqual(itemsOf(grid), [
    '3 seq=1 category=学习 duty=抓好学习 leader=甲 lead=办公室 support=各科室 term=每季度',
    '4 seq=2 category=学习 duty=抓好培训 leader=甲 lead=人事科 term=年底前',
  ])
})

test('repeated headings, notes, totals, hidden and empty rows are no items; a line across heads those below it', () => {
  const rows = [
    ['序号', '工作任务', '责任单位', '完成时间'],
    ['一、党组主体责任'],
    ['1', '抓好学习', '办公室', '6月'],
    ['序号', '工作任务', '责任单位', '完成时间'],
    [],
    ['2', '抓好培训', '人事科', '7月'],
    ['3', '旧事项', '人事科', '7月'],
    ['合计', '3项', '', ''],
    ['注：本表按季更新'],
    ['填表人：甲', '', '审核人：乙'],
  ]
  const grid = gridOf(rows, [area(1, 0, 1, 3)], [6])
  assert.deepEqual(itemsOf(grid), [
    '3 seq=1 duty=抓好学习 lead=办公室 term=6月',
    '6 seq=2 duty=抓好培训 lead=人事科 term=7月',
  ])
  const header = headerOf(grid, lexicon)
  assert.ok(header)
  const read = rowsOf(grid, header, lexicon)
  assert.deepEqual(read.skipped, { blank: 1, notes: 3, headings: 1, hidden: 1 })
  assert.equal(read.items[0]?.banner?.text, '一、党组主体责任')
})

test('who is responsible leads, or supports beside a column that leads; two columns for one field are asked about', () => {
  assert.deepEqual(fieldsOf(gridOf([['环节', '责任单位', '完成时限', '工作任务']])), [null, 'lead', 'term', 'duty'])
  assert.deepEqual(fieldsOf(gridOf([['工作任务', '牵头单位', '责任单位']])), ['duty', 'lead', 'support'])
  const doubled = takeTables([gridOf([['工作任务', '重点任务', '责任单位', '时限']])], lexicon, { strict: true })
  assert.deepEqual(
    doubled.problems.map(({ code, column, stops }) => [code, column, stops]),
    [
      ['asked', 'B', true],
      ['no-items', null, false],
    ],
  )
})

test('measures of their own under one duty are items headed by it', () => {
  const grid = gridOf(
    [
      ['重点任务', '工作措施', '责任单位'],
      ['抓好学习', '制定计划', '办公室'],
      ['', '每季检查', '督查室'],
      ['抓好培训', '办班两期', '人事科'],
    ],
    [area(1, 0, 2, 0)],
  )
  assert.deepEqual(itemsOf(grid), [
    '2 category=抓好学习 duty=制定计划 lead=办公室',
    '3 category=抓好学习 duty=每季检查 lead=督查室',
    '4 duty=抓好培训 measures=办班两期 lead=人事科',
  ])
})

test('a heading merged over columns whose cells are merged likewise is one column; cells of their own beside it are asked about', () => {
  const rows = [
    ['序号', '反馈问题', '', '整改措施', '责任单位', ''],
    ['1', '学习不深入', '', '制定计划', '办公室', ''],
    ['2', '台账不全', '', '补齐台账', '人事科', ''],
  ]
  const merged = rows.flatMap((_, row) => [area(row, 1, row, 2), area(row, 4, row, 5)])
  assert.deepEqual(fieldsOf(gridOf(rows, merged)), ['seq', 'problem', null, 'measures', 'lead', null])
  assert.deepEqual(takeTables([gridOf(rows, merged)], lexicon, { strict: true }).problems, [])
  const apart = rows.map((cells, row) => (row === 0 ? cells : cells.with(5, '供排水科')))
  const { problems } = takeTables([gridOf(apart, [area(0, 4, 0, 5)])], lexicon, { strict: true })
  assert.deepEqual(
    problems.filter(({ stops }) => stops).map(({ code, column }) => [code, column]),
    [['asked', 'F']],
  )
})

test('a row that was numbered beforehand and never filled in is empty; words without a heading above them are told', () => {
  const grid = gridOf([
    ['序号', '重点任务', '牵头单位', '完成时限'],
    ['1', '抓好学习', '办公室', '6月底前', '', '另见附件'],
    ['2', '', '', ''],
    ['3.', '', '', ''],
    ['待定', '', '', ''],
  ])
  const { tables, problems } = takeTables([grid], lexicon, { strict: true })
  assert.equal(tables[0]?.skipped.blank, 2)
  assert.deepEqual(
    problems.map(({ code, row, column, stops }) => [code, row, column, stops]),
    [
      ['beside', 2, 'F', false],
      ['no-duty', 5, null, true],
    ],
  )
})

test('tables that stand under one another on a sheet are read each by its own heading, in their rows', () => {
  const grid = gridOf([
    ['整改清单'],
    ['序号', '存在问题', '整改措施', '责任单位', '整改时限'],
    ['1', '学习不深入', '制定计划', '办公室', '6月底前'],
    ['序号', '存在问题', '整改措施', '责任单位', '整改时限'],
    ['2', '台账不全', '补齐台账', '人事科', '7月底前'],
    [],
    ['责任清单'],
    ['类别', '重点任务', '牵头单位', '配合单位'],
    ['学习', '抓好培训', '人事科', '办公室'],
  ])
  const stacked = stackedTables(grid, lexicon)
  const { tables, problems } = takeTables(stacked, lexicon, { strict: true })
  assert.deepEqual(problems, [])
  assert.deepEqual(
    tables.map(({ name, list, headerRow, items }) => [name, list, headerRow, items.map(({ row }) => row + 1)]),
    [
      ['清单', 'problems', 2, [3, 5]],
      ['清单 #6', 'duties', 8, [9]],
    ],
  )
  assert.deepEqual(stackedTables(gridOf([['随记'], ['甲', '乙']]), lexicon).length, 1)
})

test('a rectification list gives problems', () => {
  const grid = gridOf([
    ['序号', '存在问题', '整改措施', '责任单位', '整改时限', '整改情况'],
    ['1', '制度不健全', '修订办法', '办公室', '3月底前', '已完成'],
  ])
  const taken = takeTables([grid], lexicon, { strict: true })
  assert.equal(taken.tables[0]?.list, 'problems')
  const { text, layout } = layOutFile([{ words: [], grid }], taken, true)
  const reading = readWithTables(text, layout, lexicon)
  assert.equal(reading.duties.length, 1)
  assert.equal(reading.duties[0]?.mode, 'problem')
  assert.equal(reading.duties[0]?.title, '制度不健全')
  assert.equal(reading.duties[0]?.leadUnit, '办公室')
})

test('every problem is told with table, row and column, and a row without a duty or with a failed formula stops', () => {
  const grid = gridOf([
    ['序号', '责任事项', '责任单位', '时限'],
    ['1', '', '办公室', '6月'],
    ['2', '抓好学习', '#REF!', '6月'],
    ['3', '字'.repeat(9000), '办公室', '6月'],
  ])
  const { problems } = takeTables([grid], lexicon, { strict: true })
  assert.deepEqual(
    problems.map(({ table, row, column, code, stops }) => [table, row, column, code, stops]),
    [
      ['清单', 2, null, 'no-duty', true],
      ['清单', 3, 'C', 'cell-error', true],
      ['清单', 4, 'B', 'cell-too-long', true],
    ],
  )
})

test('a mapping that a person gives goes before a remembered one, and that before the words of the lexicon', () => {
  const grid = gridOf([
    ['甲', '乙', '责任单位', '时限'],
    ['1', '抓好学习', '办公室', '6月'],
  ])
  assert.equal(takeTables([grid], lexicon, { strict: true }).problems[0]?.code, 'no-heading')
  const remembered = new Map([
    [headingKeyOf(['甲', '乙', '责任单位', '时限']), ['seq', 'duty', 'lead', 'term'] as const],
  ])
  const known = takeTables([grid], lexicon, { strict: true, remembered })
  assert.deepEqual(
    known.tables[0]?.columns.map(({ field, by }) => [field, by]),
    [
      ['seq', 'remembered'],
      ['duty', 'remembered'],
      ['lead', 'alias'],
      ['term', 'alias'],
    ],
  )
  const given = [{ table: '清单', headerRow: 1, headerRows: 1 as const, fields: [null, 'problem' as const, null] }]
  const said = takeTables([grid], lexicon, { strict: true, remembered, given })
  assert.deepEqual(
    said.tables[0]?.columns.map(({ field }) => field),
    [null, 'problem', null, 'term'],
  )
})

test('several sheets make one text that holds every word once, and every item is found in it again', () => {
  const one = gridOf(
    [
      ['类别', '责任事项', '责任单位'],
      ['学习', '抓好学习', '办公室'],
      ['', '抓好《办法》宣讲', '宣传科、\n人事科'],
    ],
    [area(1, 0, 2, 0)],
    [],
    '党组',
  )
  const two = gridOf(
    [
      ['责任事项', '责任单位', '频次'],
      ['抓好培训', '人事科', '每月'],
    ],
    [],
    [],
    '部门',
  )
  const taken = takeTables([one, two], lexicon, { strict: true })
  const { text, layout } = layOutFile(
    [
      { words: ['党组'], grid: one },
      { words: ['部门'], grid: two },
    ],
    taken,
    true,
  )
  assert.equal(text.match(/学习/g)?.length, 2)
  const items = layout.tables.flatMap((table) => table.items.map((item) => ({ name: table.name, item })))
  assert.deepEqual(
    items.map(({ name, item }) => [
      name,
      item.row,
      wordsOf(text, item).get('category'),
      wordsOf(text, item).get('lead'),
    ]),
    [
      ['党组', 2, '学习', '办公室'],
      ['党组', 3, '学习', '宣传科、\n人事科'],
      ['部门', 2, undefined, '人事科'],
    ],
  )
  const reading = readWithTables(text, layout, lexicon)
  assert.deepEqual(
    reading.duties.map((duty) => [text.slice(duty.start, duty.end) === duty.text, duty.leadUnit, duty.cites.length]),
    [
      [true, '办公室', 0],
      [true, '宣传科', 1],
      [true, '人事科', 0],
    ],
  )
  assert.deepEqual(reading.duties[1]?.supportUnits, ['人事科'])
  assert.equal(reading.coverage.clauses, 7)
  assert.equal(reading.coverage.undecided, 0)
})

test('tables within a running text are read as lists, the text around them as text', () => {
  const grid = gridOf([
    ['责任事项', '责任单位', '完成时限'],
    ['抓好学习', '办公室', '6月底前'],
  ])
  const other = gridOf(
    [
      ['甲', '乙'],
      ['1', '2'],
    ],
    [],
    [],
    '表2',
  )
  const taken = takeTables([grid, other], lexicon, { strict: false })
  assert.equal(taken.tables.length, 1)
  const parts = [
    { words: ['甲局2026年工作要点', '一、抓好监督', '局党组每季度开展一次廉政风险排查。'], grid },
    { words: ['二、附则', '各科室每月报送一次进展情况。'], grid: other },
  ]
  const { text, layout } = layOutFile(parts, taken, false)
  const reading = readWithTables(text, layout, lexicon)
  const row = reading.duties.find((duty) => duty.text.startsWith('抓好学习'))
  assert.equal(row?.leadUnit, '办公室')
  assert.ok(reading.duties.some((duty) => duty.text.includes('风险排查')))
  assert.ok(reading.duties.some((duty) => duty.text.includes('报送一次')))
  for (const duty of reading.duties) assert.equal(text.slice(duty.start, duty.end), duty.text)
  for (const clause of reading.clauses) {
    if (clause.duty === null) continue
    const duty = reading.duties[clause.duty]
    assert.ok(duty && clause.start < duty.end && duty.start < clause.end)
  }
  assert.equal(reading.outline.length, 2)
})

test('days in figures and terms in words are read, a rhythm stays a rhythm', () => {
  for (const [said, day] of [
    ['2026-06-30', '2026-06-30'],
    ['2026/6/3', '2026-06-03'],
    ['2026.6.3', '2026-06-03'],
    ['2026年6月3日前', '2026-06-03'],
    ['2026年6月', '2026-06-30'],
    ['2026-06-30 00:00', '2026-06-30'],
    ['2026-02-30', null],
    ['2026-13-01', null],
    ['12', null],
  ] as const)
    assert.equal(plainDay(said), day, said)
  const vocabulary = vocabularyOf(lexicon)
  assert.deepEqual(termOf('4月底前', 2026, vocabulary).deadline, '2026-04-30')
  assert.deepEqual(termOf('每季度', 2026, vocabulary), {
    deadline: null,
    cadence: '每季度',
    words: '每季度',
    reckoned: false,
  })
  assert.equal(termOf('长期坚持', 2026, vocabulary).cadence, '长期坚持')
  assert.equal(termOf('', 2026, vocabulary).cadence, null)
})
