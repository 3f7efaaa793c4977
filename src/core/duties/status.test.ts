import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, daysBetween } from '../calendar/days.ts'
import { type DutyEvent, type DutyEventName, dutyEvents, foldDuty, mayFollow, standingOn } from './status.ts'

function life(...steps: [DutyEventName, string, string?][]): DutyEvent[] {
  return steps.map(([event, onDay, dueOn], index) => ({ seq: index + 1, event, onDay, dueOn: dueOn ?? null }))
}

function folded(...steps: [DutyEventName, string, string?][]) {
  return foldDuty(life(...steps))!
}

const issued: [DutyEventName, string, string?][] = [
  ['opened', '2026-02-01', '2026-05-31'],
  ['issued', '2026-02-10', '2026-05-31'],
  ['taken-on', '2026-02-14'],
]

test('a duty without events says nothing', () => {
  assert.equal(foldDuty([]), null)
})

test('a duty goes from draft to closed and each status names the event that made it so', () => {
  const fold = folded(...issued, ['reported', '2026-03-20'], ['submitted', '2026-05-30'], ['verified', '2026-06-03'])
  assert.equal(fold.status, 'closed')
  assert.equal(fold.causedBy, 6)
  assert.equal(fold.since, '2026-06-03')
  assert.equal(fold.closedOn, '2026-06-03')
})

test('a follow-up order changes neither status nor the day of the last progress, and shows that a day was missed', () => {
  const before = folded(...issued, ['reported', '2026-03-20'])
  const after = folded(...issued, ['reported', '2026-03-20'], ['followed-up', '2026-06-10'])
  assert.deepEqual([after.status, after.since, after.lastOn], [before.status, before.since, before.lastOn])
  assert.deepEqual([after.lastSeq, after.missed], [before.lastSeq + 1, ['2026-05-31']])
  assert.equal(mayFollow(folded(...issued, ['suspended', '2026-03-01']), 'followed-up'), false)
})

test('a duty submitted in time is not late although it is accepted after its due day', () => {
  const fold = folded(...issued, ['submitted', '2026-05-31'], ['verified', '2026-06-09'])
  assert.deepEqual(fold.missed, [])
  assert.equal(fold.lateClosed, false)
})

test('a late duty stays marked late after it is closed, reopened and closed again', () => {
  const late = folded(...issued, ['submitted', '2026-06-12'], ['verified', '2026-06-13'])
  assert.equal(late.lateClosed, true)
  assert.deepEqual(late.missed, ['2026-05-31'])
  const again = folded(
    ...issued,
    ['submitted', '2026-06-12'],
    ['verified', '2026-06-13'],
    ['reopened', '2026-07-01', '2026-07-31'],
    ['submitted', '2026-07-20'],
    ['verified', '2026-07-21'],
  )
  assert.equal(again.lateClosed, true)
  assert.equal(again.reopenedCount, 1)
  assert.equal(standingOn({ ...again, wasMissed: true }, '2027-01-01', 14).mark, 'made-good-late')
})

test('an extension asked for in time leaves no mark, one asked for afterwards does', () => {
  const inTime = folded(
    ...issued,
    ['extension-asked', '2026-05-28', '2026-06-30'],
    ['extended', '2026-06-02', '2026-06-30'],
  )
  assert.equal(inTime.dueOn, '2026-06-30')
  assert.deepEqual(inTime.missed, [])
  const afterwards = folded(
    ...issued,
    ['extension-asked', '2026-06-02', '2026-06-30'],
    ['extended', '2026-06-03', '2026-06-30'],
  )
  assert.deepEqual(afterwards.missed, ['2026-05-31'])
  assert.equal(afterwards.extendedCount, 1)
})

test('an extension is decided only when one is asked for', () => {
  assert.equal(mayFollow(folded(...issued), 'extended'), false)
  assert.equal(mayFollow(folded(...issued, ['extension-asked', '2026-05-01', '2026-06-30']), 'extended'), true)
})

test('time stands still while a duty is suspended, and it goes on where it stood', () => {
  const fold = folded(...issued, ['reported', '2026-03-01'], ['suspended', '2026-05-01'], ['resumed', '2026-06-10'])
  assert.equal(fold.status, 'in-progress')
  assert.equal(fold.dueOn, '2026-07-10')
  assert.deepEqual(fold.missed, [])
})

test('a submission returned after the due day leaves the duty late', () => {
  const fold = folded(...issued, ['submitted', '2026-05-30'], ['returned', '2026-06-02'])
  assert.deepEqual(fold.missed, ['2026-05-31'])
  assert.equal(fold.submission, null)
})

test('whoever takes over takes the duty on anew', () => {
  assert.equal(folded(...issued, ['transferred', '2026-03-01']).status, 'issued')
})

test('the standing of a day: due soon from the fourteenth day before, late from the day after', () => {
  const state = { ...folded(...issued), wasMissed: false }
  assert.equal(standingOn(state, '2026-05-16', 14).mark, 'in-progress')
  assert.equal(standingOn(state, '2026-05-17', 14).mark, 'due-soon')
  assert.equal(standingOn(state, '2026-05-31', 14).soonDays, 0)
  const late = standingOn(state, '2026-06-16', 14)
  assert.equal(late.mark, 'late')
  assert.equal(late.lateDays, 16)
  assert.equal(late.wasLate, true)
})

test('a duty that waits for acceptance since before its due day is awaiting, not late', () => {
  const waiting = { ...folded(...issued, ['submitted', '2026-05-30']), wasMissed: false }
  assert.equal(standingOn(waiting, '2026-06-20', 14).mark, 'awaiting')
  const submittedLate = { ...folded(...issued, ['submitted', '2026-06-05']), wasMissed: true }
  assert.equal(standingOn(submittedLate, '2026-06-20', 14).mark, 'late')
})

test('an event that cannot follow is a broken invariant', () => {
  assert.throws(() => folded(...issued, ['verified', '2026-03-01']))
})

test('whatever happens in any possible order, missed days are never taken away', () => {
  const choices = fc.array(
    fc.record({
      pick: fc.nat(),
      gap: fc.integer({ min: 0, max: 40 }),
      due: fc.option(fc.integer({ min: 0, max: 90 })),
    }),
    {
      maxLength: 25,
    },
  )
  fc.assert(
    fc.property(choices, (steps) => {
      const events: DutyEvent[] = [{ seq: 1, event: 'opened', onDay: '2026-01-01', dueOn: '2026-02-01' }]
      let missed: readonly string[] = []
      for (const { pick, gap, due } of steps) {
        const fold = foldDuty(events)!
        const possible = dutyEvents.filter((event) => mayFollow(fold, event))
        if (possible.length === 0) break
        const onDay = addDays(fold.lastOn, gap)
        const event = possible[pick % possible.length]!
        events.push({ seq: events.length + 1, event, onDay, dueOn: due === null ? null : addDays(onDay, due) })
        const next = foldDuty(events)!
        assert.deepEqual(next.missed.slice(0, missed.length), missed)
        assert.ok(next.reopenedCount >= fold.reopenedCount)
        assert.ok(next.causedBy <= next.lastSeq)
        missed = next.missed
      }
    }),
  )
})

test('days between and days after agree', () => {
  fc.assert(
    fc.property(fc.integer({ min: -4000, max: 4000 }), (days) => {
      assert.equal(daysBetween('2026-03-01', addDays('2026-03-01', days)), days)
    }),
  )
})
