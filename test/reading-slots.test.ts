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

test('a topic, a body, a part or a total alone goes on with what the figure before it counts', () => {
  assert.deepEqual(bound('全年局党组专题研究防汛安全4次、泵站改造3次。'), [
    ['leading-group.topic-studies', { topic: '防汛安全' }],
    ['leading-group.topic-studies', { topic: '泵站改造' }],
  ])
  const metrics = (text: string) => bound(text).map(([metric]) => metric)
  assert.deepEqual(metrics('办公室完成整改5个、水政科4个、财务科2个。'), Array(3).fill('problems.closed'))
  assert.deepEqual(metrics('全年新修订制度3项，累计已达19项。'), Array(2).fill('rules.issued'))
  assert.deepEqual(metrics('已办结责任事项40项，其中供水类22项办结18项，排水类31项办结22项。'), [
    'duties.closed',
    'duties.total',
    'duties.closed',
    'duties.total',
    'duties.closed',
  ])
})

test('brackets hold parts, and blanks of a form divide', () => {
  const metrics = (text: string) => bound(text).map(([metric]) => metric)
  assert.deepEqual(metrics('讲党课6次（书记2次、班子成员4次）。'), Array(3).fill('branch.lectures'))
  assert.deepEqual(metrics('谈心谈话：36人次　　提醒谈话：5人次'), [
    'talks.heart.attendances',
    'talks.reminder.attendances',
  ])
})

test('figures behind 分别 and 依次 belong to the names in their order', () => {
  const metrics = (text: string) => bound(text).map(([metric]) => metric)
  assert.deepEqual(metrics('全年党员大会、支委会、党小组会分别召开4次、12次、24次。'), [
    'branch.general-meetings',
    'branch.committee-meetings',
    null,
  ])
  assert.deepEqual(metrics('主题党日、党课、谈心谈话与计划一致，依次为12次、4次、60次。'), [
    'branch.theme-days',
    'branch.lectures',
    'talks.heart.attendances',
  ])
})

test('a figure with words of its own does not count what its neighbour counts', () => {
  const metrics = (text: string) => bound(text).map(([metric]) => metric)
  assert.deepEqual(metrics('召开党组会议30次、局务会22次。'), ['leading-group.meetings', null])
  assert.deepEqual(metrics('提醒谈话9人次，诫勉2人。'), ['talks.reminder.attendances', null])
  assert.deepEqual(metrics('开展集体约谈2场，约谈31人。'), ['talks.group.sessions', null])
  assert.deepEqual(metrics('专题研究防汛安全4次，比去年多1次。'), ['leading-group.topic-studies', null])
})

test('how a value is led to says whether it was reached or is aimed at', () => {
  const last = (text: string) => read(text, lexicon, null).slots.at(-1)?.metric
  assert.equal(last('力争供水量增长4%，水费收缴率不低于98%。'), 'indicator.target')
  assert.equal(last('要求各水厂供水量达到3亿立方米，同比增长4%。'), 'indicator.actual')
  assert.equal(last('争取改造资金3亿元。'), null)
  assert.equal(last('全年发文数量下降12%。'), null)
})

test('places, runs and sentences full of 某 are figures, numbers of items are none', () => {
  const units = (text: string) => read(text, lexicon, null).slots.map(({ phrase, role }) => [phrase, role])
  assert.deepEqual(units('水质考核位列全市第2。'), [['水质考核位列全市第2', 'result']])
  assert.deepEqual(units('对连续两季度末位的泵站通报。'), [['对连续两季度末位的泵站通报', 'duration']])
  assert.equal(units('党组会开了某次，调研某次，宣讲某场，培训泵工某人。').length, 4)
  assert.deepEqual(units('贯彻省纪委*次全会精神，第5、6项由水政科牵头。'), [])
})

test('Chinese numerals are figures where a text writes its numbers so, and names are none', () => {
  const values = (text: string) => read(text, lexicon, null).slots.map(({ value, metric }) => [value, metric])
  assert.deepEqual(values('泵站支部党课十四堂，主题党日二百零六次，谈心谈话一千五百余人次，约谈站长两人次。'), [
    [14, 'branch.lectures'],
    [206, 'branch.theme-days'],
    [1500, 'talks.heart.attendances'],
    [2, 'talks.summons.attendances'],
  ])
  assert.deepEqual(values('落实三会一课和八项规定，讲三个问题，第三次会议一次性通过。'), [])
  assert.deepEqual(values('培训泵工近两百人，党课安排三次。'), [
    [200, 'training.persons'],
    [3, 'branch.lectures'],
  ])
})

test('几 stands for every number of a text that masks its numbers so', () => {
  const count = (text: string) => read(text, lexicon, null).slots.length
  assert.equal(count('泵站支委会开了十几次，约谈站长几人，记下问题几个，整改几项，党课几堂。'), 5)
  assert.equal(count('讲几个问题，抓几项工作。'), 0)
})
