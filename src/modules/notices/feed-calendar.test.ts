import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { feedCalendar } from './feed-calendar.ts'

const feed = { org: 'demo', name: '履责：我的到期日', language: 'zh' as const, today: '2026-06-16' }
const days = [
  { id: 'branch-general-meeting/one/2026-04-01', title: '支部党员大会', dueOn: '2026-06-30' },
  { id: 'branch-general-meeting/one/2026-07-01', title: '支部党员大会', dueOn: '2026-09-30' },
]

/** The lines as they were before they were folded. */
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

test('each due day is one all-day event that leaves the day free', () => {
  const lines = unfolded(feedCalendar({ ...feed, days }))
  assert.deepEqual([lines[0], lines.at(-2), lines.at(-1)], ['BEGIN:VCALENDAR', 'END:VCALENDAR', ''])
  const of = (name: string) => lines.filter((line) => line.startsWith(name))
  assert.deepEqual(of('DTSTART'), ['DTSTART;VALUE=DATE:20260630', 'DTSTART;VALUE=DATE:20260930'])
  assert.deepEqual(of('SUMMARY'), ['SUMMARY:支部党员大会', 'SUMMARY:支部党员大会'])
  assert.deepEqual(of('TRANSP'), ['TRANSP:TRANSPARENT', 'TRANSP:TRANSPARENT'])
  assert.deepEqual([...new Set(of('DTSTAMP'))], ['DTSTAMP:20260615T160000Z'], 'the beginning of the day in Shanghai')
  assert.deepEqual(of('X-WR-CALNAME'), ['X-WR-CALNAME:履责：我的到期日'])
  assert.deepEqual(
    [...of('DESCRIPTION'), ...of('LOCATION'), ...of('ATTENDEE'), ...of('ORGANIZER'), ...of('METHOD')],
    [],
  )
})

test('an obligation keeps its identifier from day to day, and it differs between bureaus and says nothing', () => {
  const uids = (change: Partial<typeof feed>) =>
    unfolded(feedCalendar({ ...feed, ...change, days })).filter((line) => line.startsWith('UID'))
  assert.equal(new Set(uids({})).size, 2)
  assert.deepEqual(uids({ today: '2026-06-17', language: 'zh' }), uids({}))
  assert.equal(new Set([...uids({}), ...uids({ org: 'other' })]).size, 4)
  for (const uid of uids({})) assert.match(uid, /^UID:[0-9a-f]{40}@luze$/)
})

test('the day does not move with the time zone of the machine', () => {
  const kept = process.env['TZ']
  const texts = ['America/Los_Angeles', 'Asia/Shanghai', 'Pacific/Kiritimati'].map((zone) => {
    process.env['TZ'] = zone
    return feedCalendar({ ...feed, days })
  })
  if (kept === undefined) delete process.env['TZ']
  else process.env['TZ'] = kept
  assert.equal(new Set(texts).size, 1)
})

test('whatever the title, lines end with CRLF, are at most 75 bytes, and unfold to the title', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('支', '部', '，', ',', ';', '\\', 'a', ' ', '𠮷'), minLength: 1 }),
      (title) => {
        const text = feedCalendar({ ...feed, days: [{ id: 'x', title, dueOn: '2026-06-30' }] })
        assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/)
        for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
        const summary = unfolded(text).find((line) => line.startsWith('SUMMARY:'))!
        assert.equal(summary.slice(8).replace(/\\([,;\\])/g, '$1'), title)
      },
    ),
  )
})
