import assert from 'node:assert/strict'
import { test } from 'node:test'
import chineseDays from 'chinese-days'
import { HolidayUtil } from 'lunar-typescript'
import { festivalIds, festivalsOf, isWorkday, stateOf } from '../../core/calendar/calendar.ts'
import { addDays, weekdayOf, yearOf } from '../../core/calendar/days.ts'
import { calendarOf } from '../../core/calendar/year.ts'
import { loadCatalogue } from './catalogue.ts'

const catalogue = loadCatalogue()
const calendar = calendarOf(catalogue.calendar)

function daysOfYears(from: number, to: number): string[] {
  const days = []
  for (let day = `${from}-01-01`; yearOf(day) <= to; day = addDays(day, 1)) days.push(day)
  return days
}

function isWorkdayByLunar(day: string): boolean {
  const arranged = HolidayUtil.getHoliday(day)
  return arranged === null ? weekdayOf(day) <= 5 : arranged.isWork()
}

test('two lists made by others say of every day what the files say', () => {
  for (const day of daysOfYears(2024, 2026)) {
    const { workday } = isWorkday(calendar, day)
    assert.equal(workday, chineseDays.isWorkday(day), `${day} by chinese-days`)
    assert.equal(workday, isWorkdayByLunar(day), `${day} by lunar-typescript`)
  }
})

test('two lists made by others name the same festival days off', () => {
  const named: Record<string, RegExp> = {
    'new-year': /New Year|元旦/,
    'spring-festival': /Spring/,
    qingming: /Tomb/,
    'labour-day': /Labou?r/,
    'dragon-boat': /Dragon/,
    'mid-autumn': /Mid-autumn/,
    'national-day': /National/,
  }
  for (const year of [2024, 2025, 2026]) {
    for (const { id, day, from, to } of festivalsOf(calendar, year)) {
      assert.match(chineseDays.getDayDetail(day).name, named[id]!, `${id} ${day}`)
      for (let at = from; at <= to; at = addDays(at, 1)) {
        const target = HolidayUtil.getHoliday(at)?.getTarget()
        const shared = festivalsOf(calendar, year).filter((other) => other.from === from)
        assert.ok(
          shared.some((one) => one.day === target),
          `${at} belongs to ${id}`,
        )
      }
    }
  }
})

test('each year says how well it is known and where from', () => {
  assert.deepEqual(
    [2024, 2025, 2026, 2027].map((year) => stateOf(calendar, year)),
    ['unverified', 'unverified', 'announced', 'not-announced'],
  )
  assert.ok([...calendar.years.values()].every(({ source }) => source.zh.length > 8 && source.en.length > 8))
})

test('2026 is what the notice says', () => {
  const off = [3, 9, 3, 5, 3, 3, 7]
  festivalsOf(calendar, 2026).forEach(({ id, from, to }, index) => {
    assert.equal(id, festivalIds[index])
    assert.equal((Date.parse(to) - Date.parse(from)) / 86_400_000 + 1, off[index], id)
  })
  assert.equal(daysOfYears(2026, 2026).filter((day) => isWorkday(calendar, day).workday).length, 248)
})

test('a reminder before a festival can name each of them', () => {
  const choices = catalogue.activityKinds.rows
    .flatMap(({ fields }) => fields)
    .flatMap((field) => (field.type === 'choice' && field.id === 'occasion' ? (field.choices ?? []) : []))
    .map(({ id }) => id)
  assert.deepEqual(
    choices.filter((id) => id !== 'other'),
    [...festivalIds],
  )
})
