import { type RawBuilder, sql } from 'kysely'
import { LATE_AFTER_DAYS } from '../../core/figures/late.ts'
import type { FactView } from '../../platform/facts/facts.ts'
import type { RecordType } from '../../platform/journal/record.ts'

export { expectedInOrder } from './roster.ts'

/**
 * How an activity stands in its table and in the journal. Clear is what figures read; the attendance is in the clear
 * only for kinds with a figure over distinct persons, as the row itself says since the catalogue may change later.
 */
export const activityRecord: RecordType = {
  type: 'activity',
  table: 'activities',
  clear: [
    'kind',
    'also_kinds',
    'happened_on',
    'unit_id',
    'body',
    'hours',
    'expected',
    'voters',
    'present',
    'topics',
    'audience',
    'countable',
    'counts_persons',
    'opening',
    'withdrawn',
    'first_idx',
  ],
  sealed: ['title', 'host_pid', 'host_name', 'content', 'proof', 'fields'],
  names: { happened_on: 'on', unit_id: 'unit' },
  json: ['countable', 'fields'],
  part: {
    name: 'attendance',
    table: 'attendance',
    owner: 'activity_id',
    key: 'pid',
    status: 'status',
    note: 'note',
  },
  partInClear: (row) => row['counts_persons'] === true,
  personal: [{ of: 'host_pid', by: 'pid', fields: ['host_pid'] }],
}

/**
 * Claims in SQL that a record of day `happenedOn` came late, by the civil day (Asia/Shanghai) of its first entry
 * `enteredAt`; what happened before the go-live day is an opening import and never late (decision 7).
 */
export function cameLate(happenedOn: string, enteredAt: string, opening: string): RawBuilder<boolean> {
  return sql<boolean>`(not ${sql.ref(opening)} and (${sql.ref(enteredAt)} at time zone 'Asia/Shanghai')::date - ${sql.ref(happenedOn)} > ${sql.lit(LATE_AFTER_DAYS)})`
}

/** What figures read of activities and attendance; a record that also counts as other kinds is taken once. */
export const activityFacts: FactView = {
  type: 'activity',
  view: 'activity_facts',
  key: 'activity_id',
  columns: { kind: 'kind', on: 'happened_on', unit: 'unit_id', topics: 'topics' },
  also: 'also_kinds',
  fields: {
    audience: 'audience',
    body: 'body',
    hours: 'hours',
    expected: 'expected',
    voters: 'voters',
    present: 'present',
  },
  countable: 'countable',
  part: { name: 'attendance', view: 'attendance_facts', owner: 'activity_id', key: 'pid', status: 'status' },
}
