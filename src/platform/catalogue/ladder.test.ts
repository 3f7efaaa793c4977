import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { isWorkday } from '../../core/calendar/calendar.ts'
import { addDays } from '../../core/calendar/days.ts'
import { calendarOf } from '../../core/calendar/year.ts'
import { ladderSchema, type Owed, readLine, rungOn, writeLine } from '../../core/notices/ladder.ts'
import { loadCatalogue } from './catalogue.ts'
import { loadLadder } from './ladder.ts'

const catalogue = loadCatalogue()
const calendar = calendarOf(catalogue.calendar)
const ladder = loadLadder(catalogue)

const duty: Owed = { noun: 'duty', dueOn: '2026-06-16', hard: true, personal: false }
const stageOn = (owed: Owed, today: string) => rungOn(ladder, owed, calendar, today)?.stage ?? null

describe('the ladder', () => {
  test('tells the owner three working days before, on the day, and then leader and watcher too', () => {
    // 2026-06-16 is a Tuesday; the three working days before it begin on Thursday the 11th.
    assert.deepEqual(
      ['2026-06-10', '2026-06-11', '2026-06-15', '2026-06-16', '2026-06-17'].map((day) => stageOn(duty, day)),
      [null, 'before', 'before', 'due', 'overdue'],
    )
    assert.deepEqual(rungOn(ladder, duty, calendar, '2026-06-16')?.to, ['owner'])
    assert.deepEqual(rungOn(ladder, duty, calendar, '2026-06-17')?.to, ['owner', 'leader', 'watcher'])
  })
  test('counts working days over festivals and make-up workdays', () => {
    // 19 to 21 June 2026 are days off; 2026-02-14 and 02-28 are worked Saturdays.
    assert.equal(stageOn({ ...duty, dueOn: '2026-06-22' }, '2026-06-15'), null)
    assert.equal(stageOn({ ...duty, dueOn: '2026-06-22' }, '2026-06-16'), 'before')
    assert.equal(stageOn({ ...duty, dueOn: '2026-02-14' }, '2026-02-14'), 'due')
  })
  test('tells what falls due on a day off as due on the last working day before it', () => {
    assert.deepEqual(
      ['2026-06-17', '2026-06-18', '2026-06-20', '2026-06-21'].map((day) =>
        stageOn({ ...duty, dueOn: '2026-06-20' }, day),
      ),
      ['before', 'due', 'due', 'overdue'],
    )
  })
  test('never climbs for an expectation and never past the person for what is personal', () => {
    const expected = { ...duty, noun: 'obligation', hard: false } as const
    assert.equal(stageOn(expected, '2026-06-16'), 'due')
    assert.equal(stageOn(expected, '2026-06-17'), null)
    const personal = { ...duty, noun: 'obligation', personal: true } as const
    assert.deepEqual(rungOn(ladder, personal, calendar, '2026-06-17')?.to, ['owner'])
  })
  test('lets a late line go from the inbox in the end', () => {
    assert.equal(stageOn(duty, addDays(duty.dueOn, 92)), 'overdue')
    assert.equal(stageOn(duty, addDays(duty.dueOn, 93)), null)
  })
  test('on every day, whatever is owed, nobody but the owner is told before it is late', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: -120, max: 60 }),
        fc.boolean(),
        fc.boolean(),
        (start, later, hard, personal) => {
          const dueOn = addDays('2025-01-02', start)
          const today = addDays(dueOn, later)
          const rung = rungOn(ladder, { noun: 'obligation', dueOn, hard, personal }, calendar, today)
          if (rung === null) return
          if (later <= 0 || personal) assert.deepEqual(rung.to, ['owner'])
          if (later > 0) assert.ok(hard)
          if (rung.stage === 'due') {
            for (let day = addDays(today, 1); day <= dueOn; day = addDays(day, 1))
              assert.equal(isWorkday(calendar, day).workday, false)
          }
        },
      ),
    )
  })
  test('cannot be changed so that more people are told, earlier', () => {
    const faults = (change: object) => ladderSchema.safeParse({ ...ladder, ...change }).success
    assert.equal(faults({}), true)
    assert.equal(faults({ due: { of: ['duty'], to: ['owner', 'leader'] } }), false)
    assert.equal(faults({ before: { of: ['duty'], to: ['watcher'], working_days: 3 } }), false)
    assert.equal(faults({ overdue: { ...ladder.overdue, hard_only: false } }), false)
    assert.equal(faults({ overdue: { ...ladder.overdue, to: ['owner', 'group'] } }), false)
    assert.equal(faults({ chase: { every: 'day' } }), false)
  })
})

test('a line is read as it was written', () => {
  const line = { noun: 'obligation', stage: 'overdue', part: 'leader', id: 'theme-party-day/x/2026-05-01' } as const
  assert.deepEqual(readLine(writeLine(line)), line)
})
