import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReadingModel } from '../src/core/drafts/analyse.ts'
import { modelOf } from '../src/core/reading/model.ts'
import { read } from '../src/core/reading/reading.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

const lexicon = loadLexicon()

/** The duties of a text as `words ^lead/support !term`. */
function told(text: string, model: ReadingModel | null = modelOf(lexicon)): string[] {
  return read(text, lexicon, model).duties.map(
    ({ text: words, leadUnit, supportUnits, deadline, mode }) =>
      `${mode === 'problem' ? '? ' : ''}${words} ^${[leadUnit ?? '', ...supportUnits].join('/')} !${deadline ?? ''}`,
  )
}

const title = '青湾区水务局重点任务分工表\n\n为把年度任务落到人头，现分工如下。\n'
const rows = [
  ['1', '修订泵站巡查办法', '运行科', '各管理所', '4月底前'],
  ['2', '组织值班人员轮训', '人事科', '', '6月底前'],
  ['3', '每季度抽查一次工程档案', '档案室', '建设科', '11月底前'],
] as const
const heads = ['序号', '重点任务', '牵头科室', '配合科室', '完成时限'] as const
const expected = [
  '修订泵站巡查办法 ^运行科/各管理所 !4月底前',
  '组织值班人员轮训 ^人事科 !6月底前',
  '每季度抽查一次工程档案 ^档案室/建设科 !11月底前',
]

test('a table that lost its lines is read by bars, tabs or blanks between its cells', () => {
  const forms = {
    bars: [heads, ['---', '---', '---', '---', '---'], ...rows].map((row) => `| ${row.join(' | ')} |`),
    tabs: [heads, ...rows].map((row) => row.join('\t')),
    blanks: [heads, ...rows].map((row) => row.filter((cell) => cell !== '').join('　　')),
  }
  for (const [form, lines] of Object.entries(forms)) assert.deepEqual(told(title + lines.join('\n')), expected, form)
})

test('a table of which each cell stands in a line of its own is read by its numbers, or by its terms', () => {
  const numbered = [heads, ...rows].flat().filter((cell) => cell !== '')
  assert.deepEqual(told(title + numbered.join('\n')), expected)
  const without = [heads, ...rows].flatMap((row) => row.slice(1)).map((cell) => (cell === '' ? '无' : cell))
  assert.deepEqual(told(title + without.join('\n')), expected)
})

test('a column of shortcomings gives shortcomings, which nobody owns', () => {
  const text = `${title}问题表现|整改措施|责任单位|整改时限
值班记录不全|补录上年值班记录|运行科（办公室配合）|3月底前
物资账实不符|对三个仓库逐一盘点|物资站|5月底前`
  assert.deepEqual(told(text), [
    '? 值班记录不全 ^ !',
    '补录上年值班记录 ^运行科/办公室 !3月底前',
    '? 物资账实不符 ^ !',
    '对三个仓库逐一盘点 ^物资站 !5月底前',
  ])
})

test('the other cells are counted as background and no word is lost', () => {
  const text = title + [heads, ...rows].map((row) => row.join('\t')).join('\n')
  const { clauses, coverage, duties } = read(text, lexicon)
  assert.equal(coverage.duty, duties.length)
  const seen = clauses.map(({ start, end }) => text.slice(start, end)).join('')
  assert.deepEqual(seen.replace(/[\s，。]/g, ''), text.replace(/[\s，。]/g, ''))
})

test('lines of labels about one task are a card', () => {
  const text = `${title}
任务：修订泵站巡查办法
主责：运行科　协助：各管理所　时限：4月底前

任务：组织值班人员轮训
主责：人事科　时限：6月底前

任务：每季度抽查一次工程档案
主责：档案室　协助：建设科　时限：11月底前`
  assert.deepEqual(told(text), expected)
})

test('who has a task may stand before it in brackets or behind a dash, where several lines do so', () => {
  const before = `${title}【运行科】修订泵站巡查办法。\n【人事科】组织值班人员轮训。\n【档案室】每季度抽查一次工程档案。`
  assert.deepEqual(told(before), [
    '修订泵站巡查办法 ^运行科 !',
    '组织值班人员轮训 ^人事科 !',
    '每季度抽查一次工程档案 ^档案室 !',
  ])
  const behind = `${title}①修订泵站巡查办法——运行科、各管理所，4月底前；\n②组织值班人员轮训——人事科，6月底前。`
  assert.deepEqual(told(behind), expected.slice(0, 2))
  const named = `${title}运行科——修订泵站巡查办法。\n人事科——组织值班人员轮训。`
  const { duties } = read(named, lexicon)
  assert.deepEqual(
    duties.map(({ subject }) => subject.join()),
    ['运行科', '人事科'],
  )
})

test('bars and dashes that divide no tasks stay as they are', () => {
  for (const text of [
    '春季工作安排\n首页|新闻|公告\n运行科修订泵站巡查办法。',
    '春季工作安排\n守住底线——这是每名干部的本分。\n运行科修订泵站巡查办法。',
  ])
    assert.deepEqual(
      told(text).filter((duty) => duty.includes('巡查')),
      ['运行科修订泵站巡查办法 ^ !'],
    )
})

/** Lines that divide three numbered tasks, with what each then says. */
const divisions: readonly (readonly [line: string, units: readonly string[], terms?: readonly string[]])[] = [
  ['除第2项由人事科负责外，其余各项均由运行科负责。', ['运行科', '人事科', '运行科']],
  [
    '以上任务，第1、3项由运行科负责，第2项由人事科负责，均于6月底前完成。',
    ['运行科', '人事科', '运行科'],
    ['6月底前', '6月底前', '6月底前'],
  ],
  [
    '责任单位及时限：1—2项，运行科，4月；3项，档案室牵头、建设科配合，11月。',
    ['运行科', '运行科', '档案室/建设科'],
    ['4月', '4月', '11月'],
  ],
  [
    '上述任务除第3项由档案室负责、11月底完成外，其余均由运行科负责，5月底完成。',
    ['运行科', '运行科', '档案室'],
    ['5月底', '5月底', '11月底'],
  ],
  [
    '分工：1、3项由运行科承办；2项由人事科承办，办公室协助。\n时间：第2项3月底完成，其余未写明时间的均在6月20日前完成。',
    ['运行科', '人事科/办公室', '运行科'],
    ['6月20日前', '3月底', '6月20日前'],
  ],
  ['本方案各项任务由运行科牵头，各管理所具体落实。', ['运行科/各管理所', '运行科/各管理所', '运行科/各管理所']],
]

test('a line may divide tasks by their numbers, by the rest and by terms', () => {
  const tasks = '1.修订泵站巡查办法。\n2.组织值班人员轮训。\n3.每季度抽查一次工程档案。\n'
  for (const [line, units, terms = ['', '', '']] of divisions)
    assert.deepEqual(
      told(title + tasks + line, null).map((duty) => duty.slice(duty.indexOf('^'))),
      units.map((unit, at) => `^${unit} !${terms[at]}`),
      line,
    )
})

test('a line for a whole part reaches the sections in which nobody was named', () => {
  const text = `${title}一、制度\n（一）管住设备\n修订泵站巡查办法。\n（二）管住人员\n组织值班人员轮训。\n本部分责任单位：运行科；配合单位：人事科。\n二、档案\n每季度抽查一次工程档案。`
  assert.deepEqual(told(text), [
    '修订泵站巡查办法 ^运行科/人事科 !',
    '组织值班人员轮训 ^运行科/人事科 !',
    '每季度抽查一次工程档案 ^ !',
  ])
})

test('what has come of a measure belongs to the units of its line', () => {
  const text = `关于巡察整改情况的报告
一、反馈问题整改情况
1.关于值班管理松散的问题
整改措施：修订值班办法，组织值班人员轮训。
责任单位：运行科；整改时限：2031年9月底前。
整改结果：印发值班办法2项，轮训值班人员36人次。`
  const { duties } = read(text, lexicon)
  assert.ok(duties.length >= 3)
  for (const { leadUnit, mode } of duties) assert.equal(`${leadUnit} ${mode === 'problem'}`, '运行科 false')
})
