import assert from 'node:assert/strict'
import { test } from 'node:test'
import { read } from '../src/core/reading/reading.ts'
import { plainOf } from '../src/core/text/plain.ts'
import { loadLexicon } from '../src/platform/catalogue/lexicon.ts'

const lexicon = loadLexicon()
const shape = (text: string) => read(text, lexicon).outline.map((node) => `${node.level} ${node.marker}${node.title}`)
const body = '各水厂每季度检修一次泵站，年底前清理完库区的漂浮物，把台账交给水政科备查。'

test('a table of contents and an agenda are no outline', () => {
  const parts = `第一部分　抓供水\n${body}\n第二部分　抓排水\n${body}`
  assert.deepEqual(shape(`水务方案\n目　录\n第一部分　抓供水……1\n第二部分　抓排水……3\n\n${parts}`), [
    '1 第一部分抓供水',
    '1 第二部分抓排水',
  ])
  const items = `议题一：审定清淤方案\n${body}\n议题二：通报水质\n${body}`
  assert.deepEqual(shape(`水务会议纪要\n会议议题：\n1.审定清淤方案\n2.通报水质\n${items}`), [
    '1 议题一：审定清淤方案',
    '1 议题二：通报水质',
  ])
})

test('attachments and what is attached do not come into the outline of the paper', () => {
  const text = `水务通知\n${body}\n一、抓供水\n${body}\n二、抓排水\n${body}\n附件：1.泵站清单\n　　　2.水质表\n\n附件1\n\n泵站检修提纲\n\n一、检修范围\n${body}\n二、检修办法\n${body}`
  assert.deepEqual(shape(text), ['1 一、抓供水', '1 二、抓排水', '1 一、检修范围', '1 二、检修办法'])
})

test('a dash below the title begins no list', () => {
  const text = `守好一河水\n——在全市水务工作会上的讲话\n同志们：\n${body}\n一、抓供水\n${body}\n二、抓排水\n${body}`
  assert.deepEqual(shape(text), ['1 一、抓供水', '1 二、抓排水'])
})

test('a bracket with owners is no part of a title, a period is', () => {
  const text = `水务方案\n一、抓供水（责任单位：水政科；完成时限：6月底前）\n${body}\n二、清查阶段（4月至6月）\n${body}`
  assert.deepEqual(shape(text), ['1 一、抓供水', '1 二、清查阶段（4月至6月）'])
})

test('a number in a line of its own has its title in the next', () => {
  const text = `水务动态\n${body}\n01\n抓供水的那些事\n${body}\n02\n抓排水的那些事\n${body}`
  assert.deepEqual(shape(text), ['1 01抓供水的那些事', '1 02抓排水的那些事'])
})

test('a title broken behind a comma is one', () => {
  const text = `水务讲话\n${body}\n一、抓供水，\n守住全城的水龙头\n${body}\n二、抓排水，\n守住低处的人家\n${body}`
  assert.deepEqual(shape(text), ['1 一、抓供水，守住全城的水龙头', '1 二、抓排水，守住低处的人家'])
})

test('titles in brackets stand over lines, and over text where each is another', () => {
  const text = `水务简报\n【要闻】\n市局检修泵站\n${body}\n县局清理库区\n${body}\n【支部动态】\n水厂支部上大坝\n${body}`
  assert.deepEqual(shape(text), [
    '1 【要闻】',
    '2 市局检修泵站',
    '2 县局清理库区',
    '1 【支部动态】',
    '2 水厂支部上大坝',
  ])
  const fields = `水务整改\n一、泵站失修\n【整改措施】${body}\n【整改成效】${body}\n二、库区有网箱\n【整改措施】${body}\n【整改成效】${body}`
  assert.deepEqual(shape(fields), ['1 一、泵站失修', '1 二、库区有网箱'])
})

test('what stands before a dash is the title of its item', () => {
  const text = `水务承诺\n一、守规矩\n1）泵站不插手——不打招呼，不递条子，不替亲友说情。\n2）库区不伸手——不在水面养鱼，不借用船只。\n二、讲良心\n${body}`
  assert.deepEqual(shape(text), ['1 一、守规矩', '2 1）泵站不插手', '2 2）库区不伸手', '1 二、讲良心'])
})

test('page numbers between the lines of a sentence go with its line ends', () => {
  const line = '水务局每季度开展一次泵站检修并把检修的台账按时报送'
  const plain = plainOf(`${Array.from({ length: 7 }, () => line).join('\n')}\n第 1 页 共 2 页\n${line}\n备查。\n`)
  assert.equal(plain.text, `${line.repeat(8)}备查。\n`)
})

test('a dot closes a sentence where a text was typed without full stops', () => {
  assert.equal(plainOf('1.检修泵站.每月一次,计3.5天.').text, '1.检修泵站。每月一次，计3.5天。')
  assert.equal(plainOf('1.检修泵站.清理库区。').text, '1.检修泵站.清理库区。')
})

test('the title below the frame of a page is no duty', () => {
  const page = `公文汇编\n\n当前位置: 首页 > 讲话\n\n\n\n开展节水活动动员会讲话\n\n时间:2031-05-06|点击:|\n\n开展节水活动动员会讲话\n\n同志们：\n${body}`
  assert.ok(!read(page, lexicon, null).duties.some(({ text }) => text.includes('动员会讲话')))
})

test('the papers that a page gathers have outlines of their own', () => {
  const one = `水务局机关党支部2031年工作计划\n一、抓供水\n${body}\n二、抓排水\n${body}`
  const two = `泵站党支部2032年工作总结\n一、检修情况\n${body}\n二、下步打算\n各水厂补齐台账。`
  assert.deepEqual(shape(`第一篇：${one}\n第二篇：${two}`), [
    '1 一、抓供水',
    '1 二、抓排水',
    '1 一、检修情况',
    '1 二、下步打算',
  ])
})

test('lines right below the last numbered title stand under it', () => {
  const text = `水务计划\n${body}\n一、抓供水\n${body}\n二、分季安排\n第一季度：检修泵站\n1.逐台检修水泵；\n2.清洗蓄水池。\n第二季度：清理管网\n1.清理主干管；\n2.检查闸阀。`
  assert.deepEqual(shape(text), ['1 一、抓供水', '1 二、分季安排', '2 第一季度：检修泵站', '2 第二季度：清理管网'])
})
