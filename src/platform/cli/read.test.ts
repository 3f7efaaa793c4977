import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { Reading, read } from '../../core/reading/reading.ts'
import { percent, rates, total } from '../../core/reading/scoring.ts'
import { loadLexicon } from '../catalogue/lexicon.ts'
import { writeXlsx } from '../office/xlsx.ts'
import { evalCommand, scoreFile } from './eval.ts'
import { readCommand } from './read.ts'

const root = join(import.meta.dirname, '../../..')
const documents = join(root, 'catalogue/demo/documents')
const lexicon = loadLexicon()
const plan = readFileSync(join(documents, '2026-work-points.txt'), 'utf8')
const review = readFileSync(join(documents, '2025-year-review.txt'), 'utf8')

function sink() {
  const said = { text: '', errors: '' }
  const out = {
    write: (text: string) => {
      said.text += text
    },
    error: (text: string) => {
      said.errors += text
    },
  }
  return { said, out }
}

function checkShape(text: string, reading: Reading): void {
  Reading.parse(reading)
  let last = 0
  for (const [index, clause] of reading.clauses.entries()) {
    assert.ok(clause.start >= last && clause.end > clause.start && clause.end <= text.length, `clause ${index}`)
    assert.equal(clause.state === 'duty', clause.duty !== null)
    last = clause.end
  }
  for (const duty of reading.duties) assert.equal(text.slice(duty.start, duty.end), duty.text)
  for (const slot of reading.slots) {
    assert.ok(slot.start <= slot.numStart && slot.numStart < slot.numEnd && slot.numEnd <= slot.end)
    assert.equal(text.slice(slot.start, slot.end), slot.phrase)
  }
  for (const node of reading.outline) {
    assert.ok(node.start < node.end && node.end <= Math.max(node.bodyEnd, node.end) && node.bodyEnd <= text.length)
    const parent = node.parent === null ? null : reading.outline[node.parent]
    if (parent) assert.ok(parent.start < node.start && node.bodyEnd <= parent.bodyEnd && parent.level < node.level)
  }
  const { clauses, ...states } = reading.coverage
  assert.equal(clauses, reading.clauses.length)
  assert.equal(
    Object.values(states).reduce((sum, count) => sum + count, 0),
    clauses,
  )
}

test('any text is read into nested spans, with one state for every clause', () => {
  const pieces = [
    '一、',
    '（一）',
    '1.',
    '一是',
    '要',
    '局党组',
    '每季度',
    '召开',
    '会议',
    '*',
    '***',
    '12',
    '次',
    '人（次）',
    '%',
    '《',
    '》',
    '“',
    '”',
    '，',
    '。',
    '；',
    '：',
    '\n',
    '（责任单位：',
    '）',
    '存在的问题',
    '有的',
    '不够',
    '同比增长',
    '警示教育',
    '6月底前',
    '确保',
    ' ',
    'x',
    '\r\n',
    '去年',
    '😀',
  ]
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      if (text.trim() === '') return
      checkShape(text, read(text, lexicon))
    }),
    { numRuns: 400 },
  )
})

test('duties never overlap and stand in text order', () => {
  for (const text of [plan, review]) {
    const reading = read(text, lexicon)
    checkShape(text, reading)
    for (const [index, duty] of reading.duties.entries()) assert.ok(duty.start >= (reading.duties[index - 1]?.end ?? 0))
  }
})

test('a wrapped text gives the same rows as the text in one line', () => {
  const wrap = (text: string) => text.replace(/[^\n]{30}/g, '$&\n')
  const flat = read(plan, lexicon)
  const wrapped = read(wrap(plan), lexicon)
  const clean = (duties: Reading['duties']) => duties.map((duty) => duty.text.replaceAll('\n', ''))
  const shared = clean(wrapped.duties).filter((text) => clean(flat.duties).includes(text))
  assert.ok(shared.length >= flat.duties.length * 0.8, `${shared.length} of ${flat.duties.length}`)
})

const dutyWith = (reading: Reading, words: string) => {
  const duty = reading.duties.find((one) => one.text.includes(words))
  assert.ok(duty, words)
  return duty
}

test('work points give owners, rhythm, deadline and named units', () => {
  const reading = read(plan, lexicon)
  const study = dutyWith(reading, '集体学习1次')
  assert.equal(study.kind, 'study')
  assert.equal(study.cadence, '每季度至少1次')
  assert.deepEqual(study.cadenceRule, { period: 'quarter', min: 1, anchor: null })
  assert.equal(study.leadUnit, '局办公室')
  assert.deepEqual(study.supportUnits, ['机关党委'])
  assert.equal(study.deadline, '12月底前')
  assert.equal(dutyWith(reading, '宣讲不少于6场').deadline, '6月底前')
  assert.deepEqual(dutyWith(reading, '谈心谈话1次').subject, ['主要负责同志'])
  assert.deepEqual(dutyWith(reading, '任前廉政谈话').recipient, ['新任站长、所长'])
  assert.equal(dutyWith(reading, '廉洁提醒短信').cadenceRule?.anchor, 'holiday')
  assert.deepEqual(dutyWith(reading, '工程变更管理办法').cites, ['临澜市城乡水务局工程变更管理办法'])
  const tap = dutyWith(reading, '普及率')
  assert.deepEqual(
    tap.targets.map(({ role, op, value }) => [role, op, value]),
    [
      ['baseline', '>=', 96.5],
      ['stretch', '>=', 97],
    ],
  )
})

test('a review gives done rows, bound figure slots and the phrases to rewrite', () => {
  const reading = read(review, lexicon)
  const metrics = reading.slots.flatMap((slot) => (slot.metric === null || slot.role !== 'result' ? [] : [slot.metric]))
  for (const metric of [
    'study.central-group.sessions',
    'publicity.talks',
    'training.attendances',
    'leading-group.meetings',
    'decisions.items',
    'talks.group.sessions',
    'talks.reminder.attendances',
    'talks.integrity.attendances',
    'talks.heart.attendances',
    'reminders.sent',
    'problems.found',
    'problems.closed',
    'problems.closed-rate',
    'branch.general-meetings',
    'branch.committee-meetings',
    'branch.theme-days',
    'research.visits',
    'research.reports',
    'risk.points',
    'risk.measures',
    'warning.sessions',
    'warning.attendances',
    'branch.lectures',
  ])
    assert.ok(metrics.includes(metric), metric)
  assert.equal(dutyWith(reading, '中心组学习会议').mode, 'done')
  assert.equal(dutyWith(reading, '每月更新一次').mode, 'do')
  assert.equal(dutyWith(reading, '值班记录不规范').mode, 'problem')
  assert.ok(reading.slots.filter((slot) => slot.metric === null).every((slot) => slot.why !== null))
  const dated = reading.dated.map((phrase) => phrase.text)
  for (const phrase of ['2026年1月16日', '去年', '攻坚之年']) assert.ok(dated.includes(phrase), phrase)
  assert.ok(reading.clauses.some((clause) => clause.state === 'quotation'))
})

test('names, ordinals, years and masked bodies are no figure slots', () => {
  const text =
    '一、学习\n*局党组落实“3+*”模式，推进***行动，印发《*局202*年要点》，学习第四卷，保持第一种形态，于2031年3月2日开会。'
  assert.deepEqual(read(text, lexicon).slots, [])
})

test('the read command prints Chinese by default and the contract shape with --json', async () => {
  const file = join(documents, '2026-work-points.txt')
  const human = sink()
  assert.equal(await readCommand([file], human.out), 0)
  assert.match(human.said.text, /责任条目 \d+ 条/)
  const json = sink()
  assert.equal(await readCommand([file, '--json'], json.out), 0)
  const answer = JSON.parse(json.said.text)
  assert.equal(answer.encoding, 'utf-8')
  assert.equal(answer.chars, plan.length)
  const wrong = sink()
  assert.equal(await readCommand([], wrong.out), 2)
  assert.equal(await readCommand([file, '--nonsense'], wrong.out), 2)
  assert.equal(await readCommand([join(documents, 'none.txt')], wrong.out), 1)
  assert.match(wrong.said.errors, /找不到文件/)
})

const gold = ['000.json', '004.json'].map((file) => join(root, '../shared/gold', file))
const skip = gold.every((file) => existsSync(file))
  ? false
  : 'the annotated seed documents are not beside this checkout'

test('the seed documents are read as well as the figures in docs/reading.md say', { skip }, async () => {
  const all = total(gold.map((file) => scoreFile(file, lexicon)))
  assert.equal(rates(all.outline).f1, 100)
  assert.equal(rates(all.slot).f1, 100)
  assert.equal(rates(all.binding).f1, 100)
  assert.ok(rates(all.span).f1 >= 81.5)
  assert.ok((percent(all.covered) ?? 0) >= 95)
  assert.ok((percent(all.kind) ?? 0) >= 93)
  const { said, out } = sink()
  assert.equal(await evalCommand(gold, out), 0)
  assert.match(said.text, /每份需改动/)
  assert.equal(await evalCommand([], out), 2)
  assert.equal(await evalCommand(['none.json'], out), 1)
})

test('a list in a workbook is read row by row, and a row at fault is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'luze-read-'))
  try {
    const path = join(folder, '清单.xlsx')
    const heading = ['序号', '责任事项', '牵头单位', '完成时限']
    writeFileSync(path, await writeXlsx([{ name: '清单', rows: [heading, [1, '抓好学习', '办公室', '每季度']] }]))
    const good = sink()
    assert.equal(await readCommand([path, '--json'], good.out), 0)
    const { duties, encoding } = JSON.parse(good.said.text)
    assert.equal(encoding, 'xlsx')
    assert.equal(duties[0].leadUnit, '办公室')
    writeFileSync(path, await writeXlsx([{ name: '清单', rows: [heading, [1, '', '办公室', '每季度']] }]))
    const bad = sink()
    assert.equal(await readCommand([path], bad.out), 1)
    assert.match(bad.said.errors, /清单 第 2 行：/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
