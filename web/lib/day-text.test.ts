// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { daysBetween, shanghaiDay } from '../../src/core/calendar/days.ts'
import { daysInMonth, readDay, shiftDay, shiftMonth } from './day-text.ts'
import { formatCount, formatPercent, makeFormats } from './format.ts'

const today = '2026-06-16'

test('a day can be typed in the ways of the office', () => {
  for (const text of [
    '2026年6月30日',
    '6月30日',
    '6.30',
    '6-30',
    '6/30',
    '2026-06-30',
    '20260630',
    '30 Jun',
    '30 June 2026',
  ])
    assert.equal(readDay(text, today), '2026-06-30', text)
})

test('what names no day is not a day', () => {
  for (const text of ['', '2026年13月1日', '2.30', '6月', '20260631', '30 Foo'])
    assert.equal(readDay(text, today), undefined, text)
})

test('months and days are counted over the turn of the year and in leap years', () => {
  assert.equal(daysInMonth('2028-02'), 29)
  assert.equal(shiftMonth('2026-12', 1), '2027-01')
  assert.equal(shiftMonth('2026-01', -1), '2025-12')
  assert.equal(shiftDay('2026-12-31', 1), '2027-01-01')
})

test('the year is said only when it is not this one', () => {
  const zh = makeFormats('zh', today)
  const en = makeFormats('en', today)
  assert.equal(zh.day('2026-06-30'), '6月30日')
  assert.equal(zh.day('2025-06-30'), '2025年6月30日')
  assert.equal(en.day('2026-06-30'), '30 Jun')
  assert.equal(en.day('2025-06-30'), '30 Jun 2025')
  assert.equal(zh.range('2026-06-19', '2026-06-21'), '6月19日至6月21日')
  assert.equal(zh.heading(today), '6月16日 星期二')
  assert.equal(en.heading(today), 'Tuesday 16 June')
})

test('the days that are left are said in words', () => {
  const zh = makeFormats('zh', today)
  const en = makeFormats('en', today)
  assert.equal(zh.daysLeft('2026-06-18'), '还有2天')
  assert.equal(zh.daysLeft(today), '今天到期')
  assert.equal(zh.daysLeft('2026-05-31'), '逾期16天')
  assert.equal(en.daysLeft('2026-06-17'), '1 day left')
  assert.equal(en.daysLeft('2026-06-05'), '11 days late')
})

test('instants are shown in Shanghai', () => {
  assert.equal(makeFormats('zh', today).instant('2026-06-12T08:20:00Z'), '6月12日 16:20')
  assert.equal(makeFormats('zh', today).time('2026-06-12T01:41:00Z'), '9:41')
  assert.equal(shanghaiDay(new Date('2026-06-15T16:00:00Z')), '2026-06-16')
  assert.equal(daysBetween('2026-05-31', today), 16)
})

test('counts carry a comma, shares one decimal', () => {
  assert.equal(formatCount(1286), '1,286')
  assert.equal(formatCount(999), '999')
  assert.equal(formatPercent(31 / 43), '72.1%')
})
