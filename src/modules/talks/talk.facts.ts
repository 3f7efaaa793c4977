import type { FactView } from '../../platform/facts/facts.ts'
import type { RecordType } from '../../platform/journal/record.ts'

/** The talk as figures know it: kind, month, number and audience, no person and no day (decision 6). */
export const talkRecord: RecordType = {
  type: 'talk',
  table: 'talks',
  clear: ['kind', 'month', 'number', 'audience', 'opening', 'withdrawn', 'first_idx'],
  sealed: ['shape'],
}

const pair = ['held_on', 'unit_id', 'initiator_pid', 'counterpart_pid'] as const

/** Day and persons of a talk whose kind keeps them. Its entry says nothing in the clear; it is emptied as a whole. */
export const talkPairRecord: RecordType = {
  type: 'talk-pair',
  table: 'talk_pairs',
  clear: [],
  sealed: ['talk_id', 'shape', ...pair],
  personal: [
    { of: 'initiator_pid', by: 'pid', fields: pair },
    { of: 'counterpart_pid', by: 'pid', fields: pair },
  ],
}

/** The columns that go when the cycle of a pair has run out. */
export const emptiedOfPair: readonly string[] = pair

/** What figures read of talks: per bureau and by whole months. */
export const talkFacts: FactView = {
  type: 'talk',
  view: 'talk_facts',
  key: 'talk_id',
  columns: { kind: 'kind', month: 'month' },
  fields: { number: 'number', audience: 'audience' },
}
