import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayOfTerm } from './term.ts'

const cases: [string, string | null][] = [
  ['八月底前', '2026-08-31'],
  ['6月30日前', '2026-06-30'],
  ['十一月十五日前', '2026-11-15'],
  ['2月底前', '2026-02-28'],
  ['2027年2月前', '2027-02-28'],
  ['5月中旬前', '2026-05-20'],
  ['上半年', '2026-06-30'],
  ['第三季度末', '2026-09-30'],
  ['年内', '2026-12-31'],
  ['年底前', '2026-12-31'],
  ['2026年底前', '2026-12-31'],
  ['10个工作日内', null],
  ['汛期前', null],
  ['*月底前', null],
  ['2月30日前', null],
  ['3个月内', null],
]

for (const [words, day] of cases) {
  test(`the term ${words} ends on ${day ?? 'no day'}`, () => {
    assert.equal(dayOfTerm(words, 2026), day)
  })
}
