/** What a talk of a kind keeps, the number below which it is not shown, and the months after which its pair is emptied. */
export type TalkKind = {
  id: string
  shape: 'pair' | 'number' | 'group'
  maskedBelow: number | null
  months: number | null
}

/** The kinds of talk of the catalogue; kinds.test.ts of the activities compares. */
export const talkKinds: readonly TalkKind[] = [
  { id: 'heart-to-heart', shape: 'pair', maskedBelow: null, months: 24 },
  { id: 'political', shape: 'pair', maskedBelow: null, months: 24 },
  { id: 'pre-office', shape: 'pair', maskedBelow: null, months: 24 },
  { id: 'appointment', shape: 'pair', maskedBelow: null, months: 24 },
  { id: 'duty-talk-down', shape: 'pair', maskedBelow: null, months: 24 },
  { id: 'reminder', shape: 'number', maskedBelow: 5, months: null },
  { id: 'summons', shape: 'number', maskedBelow: 5, months: null },
  { id: 'admonition', shape: 'number', maskedBelow: 5, months: null },
  { id: 'group-summons', shape: 'group', maskedBelow: null, months: null },
  { id: 'group-political', shape: 'group', maskedBelow: null, months: null },
  { id: 'group-integrity', shape: 'group', maskedBelow: null, months: null },
]

/** The closed list of audiences, by id. */
export const audiences = [
  'staff',
  'party-officials',
  'members',
  'new-members',
  'leaders',
  'middle-managers',
  'section-officials',
  'unit-heads',
  'young-officials',
  'new-officials',
  'party-workers',
  'workers',
] as const

/** Finds a kind by its id. */
export function talkKind(id: string): TalkKind | undefined {
  return talkKinds.find((kind) => kind.id === id)
}
