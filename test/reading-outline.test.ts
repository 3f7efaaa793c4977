import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '../src/core/reading/reading.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

const lexicon = loadLexicon()
const shape = (text: string) => read(text, lexicon).outline.map((node) => `${node.level} ${node.marker}${node.title}`)
const body = '各水厂每季度检修一次泵站，年底前清理完库区的漂浮物，把台账交给水政科备查。'

test('what stands outside is told by where numbers go on, not by the usual order of signs', () => {
  const text = `水务工作要点\n${body}\n1、抓供水\n（一）管好泵站\n${body}\n（二）管好水源\n${body}\n2、抓排水\n（一）清淤\n${body}`
  assert.deepEqual(shape(text), ['1 1、抓供水', '2 （一）管好泵站', '2 （二）管好水源', '1 2、抓排水', '2 （一）清淤'])
})

test('one sign written in two ways is two', () => {
  const text = `水务工作要点\n${body}\n1、抓供水\n1.管好泵站\n${body}\n2.管好水源\n${body}\n2、抓排水\n1.清淤\n${body}`
  assert.deepEqual(shape(text), ['1 1、抓供水', '2 1.管好泵站', '2 2.管好水源', '1 2、抓排水', '2 1.清淤'])
})

test('chapters, sections and articles are lists of their own', () => {
  const text = `水务章程\n${body}\n第一章　总则\n第一节　范围\n${body}\n第二节　原则\n${body}\n第二章　职责\n${body}`
  assert.deepEqual(shape(text), ['1 第一章总则', '2 第一节范围', '2 第二节原则', '1 第二章职责'])
})

test('lines without numbers are headings over numbered lists', () => {
  const text = `水务工作报告\n${body}\n上半年工作情况\n一、抓供水\n${body}\n二、抓排水\n${body}\n下半年工作打算\n一、清淤\n${body}\n二、植树\n${body}`
  assert.deepEqual(shape(text), [
    '1 上半年工作情况',
    '2 一、抓供水',
    '2 二、抓排水',
    '1 下半年工作打算',
    '2 一、清淤',
    '2 二、植树',
  ])
})

test('months are headings of a list that is appended', () => {
  const text = `水务方案\n${body}\n一、抓供水\n${body}\n二、抓排水\n${body}\n附：水务任务清单\n3月\n1.检修泵站（责任单位：水政科）。\n5月\n1.清淤一遍库区（责任单位：水政科）。\n`
  assert.deepEqual(shape(text), ['1 一、抓供水', '1 二、抓排水', '1 3月', '1 5月'])
  const terms = read(text, lexicon, null).duties.map(({ deadline }) => deadline)
  assert.deepEqual(terms.slice(-2), ['3月', '5月'])
})

test('a name before a colon is no heading, it says whose the task is', () => {
  const reading = read(
    `水务工作要点\n一、督办事项\n1.水政科：6月底前清理库区网箱。\n2.工会：“七一”前办好书画展。\n`,
    lexicon,
  )
  assert.deepEqual(
    reading.outline.map((node) => node.title),
    ['督办事项'],
  )
  assert.deepEqual(
    reading.duties.map((duty) => duty.subject),
    [['水政科'], ['工会']],
  )
})

test('paragraphs may begin with their headings while numbers stand within them', () => {
  const text = [
    '水务动员讲话',
    `稳住闸门，看清汛情。${body}${body}`,
    `清理河道，摸清底数。${body}这里要过三关。一是过排查关。水政科6月底前排查围堰。二是过清理关。工程科年底前清理网箱。`,
    `管好队伍，备足物资。${body}${body}`,
  ].join('\n')
  assert.deepEqual(shape(text), [
    '1 稳住闸门，看清汛情',
    '1 清理河道，摸清底数',
    '2 一是过排查关',
    '2 二是过清理关',
    '1 管好队伍，备足物资',
  ])
})

test('paragraphs that each begin with another title before a colon have headings, labels are none', () => {
  const text = (titles: readonly string[]) =>
    `水务计划\n${body}\n一、抓供水\n${titles.map((title) => `${title}：${body}`).join('\n')}\n二、抓排水\n${body}`
  assert.deepEqual(shape(text(['严把检修关口', '丰富巡查形式', '推进管网更新'])), [
    '1 一、抓供水',
    '2 严把检修关口',
    '2 丰富巡查形式',
    '2 推进管网更新',
    '1 二、抓排水',
  ])
  assert.deepEqual(shape(text(['反馈问题', '整改措施', '整改情况'])), ['1 一、抓供水', '1 二、抓排水'])
})
