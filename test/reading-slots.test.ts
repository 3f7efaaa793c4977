import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '../src/core/reading/reading.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

const lexicon = loadLexicon()
const bound = (text: string) => read(text, lexicon, null).slots.map(({ metric, params }) => [metric, params])

test('a part counts what the whole counts, and says of whom or of what', () => {
  assert.deepEqual(bound('全年约谈干部9人次，其中库区主任4人次、泵站站长5人次。'), [
    ['talks.summons.attendances', { audience: '干部' }],
    ['talks.summons.attendances', { audience: '库区主任' }],
    ['talks.summons.attendances', { audience: '泵站站长' }],
  ])
  assert.deepEqual(bound('中心组集体学习11次，其中围绕党规党纪学习5次。')[1], [
    'study.topic.sessions',
    { topic: 'party-rules' },
  ])
})

test('a clause that says only that something was held takes what the clause before names', () => {
  assert.deepEqual(bound('抓好闸门工人业务培训，全年举办6期。'), [['training.sessions', { audience: '闸门工人' }]])
})

test('a course is for the people whom it leads or whose name stands before what it teaches', () => {
  const audience = (text: string) => read(text, lexicon, null).slots[0]?.params['audience']
  assert.equal(audience('面向泵站站长举办安全用电培训班3期。'), '泵站站长')
  assert.equal(audience('举办新任股长履职能力培训班2期。'), '新任股长')
  assert.equal(audience('把调度员全部轮训一遍，培训80人次。'), '调度员')
  assert.equal(audience('对巡查拖拉的泵站站长约谈3人次。'), '泵站站长')
})

test('the name of an indicator ends before the words that lead to its value', () => {
  const indicator = (text: string) => read(text, lexicon, null).slots.at(-1)?.params['indicator']
  assert.equal(indicator('投诉工单回复率只有61%。'), '投诉工单回复率')
  assert.equal(indicator('我局在全省水质考核中列第5位。'), '全省水质考核')
  assert.equal(indicator('供水量增长4%以上、总量居全市前3位。'), '供水量')
})

test('a share of nothing named, what is left and what is amiss are counted by no metric', () => {
  const metric = (text: string) => read(text, lexicon, null).slots.at(-1)?.metric
  assert.equal(metric('水质纳入年度考核，分值占比提高到12%。'), null)
  assert.equal(metric('督查发现问题8个，还有2个没有销号。'), null)
  assert.equal(metric('全年有4次主题党日没有开成。'), null)
  assert.equal(metric('水质考核较上年前移3位。'), null)
})
