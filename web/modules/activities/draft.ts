import type { getActivity, recordActivity } from '../../../src/modules/activities/activity.contract.ts'
import type { InputOf, OutputOf } from '../../lib/client.ts'
import { activityKind, PRESENT } from './kinds.ts'

/** A person of the roster, as the preview answers. */
export type Listed = { personId: string; name: string | null; standing?: 'full' | 'probationary' | null }

/** What is typed, before it is a record. It lives in the open page only. */
export type Draft = {
  kind: string
  alsoKinds: readonly string[]
  happenedOn: string
  unitId: string
  title: string
  host: { personId?: string; name: string }
  hours: number | null
  /** Attendance by names, or bare numbers. */
  byNames: boolean
  /** Who did not come, and how he is excused; an empty status leaves a person out of the record. */
  away: Readonly<Record<string, string>>
  /** Persons whom a record being corrected names; null: everybody of the roster. */
  listed: readonly string[] | null
  /** Persons who came and are not on the roster of the day. */
  guests: readonly Listed[]
  /** Notes on persons that the record being corrected has. */
  notes: Readonly<Record<string, string>>
  expected: number | null
  voters: number | null
  present: number | null
  topics: readonly string[]
  audience: string
  content: string
  proof: string
  fields: Readonly<Record<string, string | number | boolean>>
}

/** Nothing typed yet, on a day. */
export function emptyDraft(day: string): Draft {
  return {
    kind: '',
    alsoKinds: [],
    happenedOn: day,
    unitId: '',
    title: '',
    host: { name: '' },
    hours: null,
    byNames: true,
    away: {},
    listed: null,
    guests: [],
    notes: {},
    expected: null,
    voters: null,
    present: null,
    topics: [],
    audience: '',
    content: '',
    proof: '',
    fields: {},
  }
}

/** The draft for the next record of a series: what repeats stays. */
export function nextDraft({ kind, unitId, happenedOn, hours, byNames, topics }: Draft): Draft {
  return { ...emptyDraft(happenedOn), kind, unitId, hours, byNames, topics }
}

/** How attendance is taken for the draft: by names, by numbers, or not at all. */
export function attendanceOf(draft: Draft): 'names' | 'numbers' | 'none' {
  const source = activityKind(draft.kind)?.attendance ?? 'roster'
  if (source === 'none') return 'none'
  return source === 'number' || !draft.byNames ? 'numbers' : 'names'
}

/** How a person stands in the draft; empty: not named by the record. */
export function statusOf(draft: Draft, personId: string): string {
  return draft.away[personId] ?? (draft.listed && !draft.listed.includes(personId) ? '' : PRESENT)
}

/** The guests whom the roster does not have. */
export function guestsOf(draft: Draft, roster: readonly Listed[]): readonly Listed[] {
  const known = new Set(roster.map(({ personId }) => personId))
  return draft.guests.filter(({ personId }) => !known.has(personId))
}

/** Who is present of the roster and the guests. */
export function presentIds(draft: Draft, roster: readonly Listed[]): string[] {
  return [...roster, ...guestsOf(draft, roster)]
    .filter(({ personId }) => statusOf(draft, personId) === PRESENT)
    .map(({ personId }) => personId)
}

const kept = <T extends string>(text: T): T | undefined => (text.trim() === '' ? undefined : (text.trim() as T))

function countsIn(draft: Draft, roster: readonly Listed[]) {
  const source = attendanceOf(draft)
  if (source === 'names') {
    const attendance = [...roster, ...guestsOf(draft, roster)].flatMap(({ personId }) => {
      const status = statusOf(draft, personId)
      const note = draft.notes[personId]
      return status ? [{ personId, status, ...(note ? { note } : {}) }] : []
    })
    return attendance.length > 0 ? { attendance } : {}
  }
  if (source === 'none' || draft.present === null) return {}
  const { present, expected, voters } = draft
  return {
    numbers: { present, ...(expected === null ? {} : { expected }), ...(voters === null ? {} : { voters }) },
  }
}

function hostIn({ host }: Draft) {
  if (host.personId) return { personId: host.personId }
  const name = kept(host.name)
  return name ? { name } : undefined
}

/** The draft as the verb takes it; empty fields are left out. */
export function inputOf(draft: Draft, roster: readonly Listed[]): InputOf<typeof recordActivity> {
  const input = {
    kind: draft.kind,
    happenedOn: draft.happenedOn,
    unitId: draft.unitId,
    alsoKinds: draft.alsoKinds.length > 0 ? [...draft.alsoKinds] : undefined,
    title: kept(draft.title),
    host: hostIn(draft),
    hours: draft.hours ?? undefined,
    topics: draft.topics.length > 0 ? [...draft.topics] : undefined,
    audience: kept(draft.audience),
    content: kept(draft.content),
    proof: kept(draft.proof),
    fields: Object.keys(draft.fields).length > 0 ? { ...draft.fields } : undefined,
    ...countsIn(draft, roster),
  }
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as InputOf<
    typeof recordActivity
  >
}

/** A record as a draft, for its correction. */
export function draftOf(record: OutputOf<typeof getActivity>): Draft {
  const { attendance, host } = record
  const away = attendance.filter(({ status }) => status !== PRESENT)
  return {
    ...emptyDraft(record.happenedOn),
    kind: record.kind,
    alsoKinds: record.alsoKinds,
    unitId: record.unitId,
    title: record.title ?? '',
    host: { ...(host?.personId ? { personId: host.personId } : {}), name: host?.name ?? '' },
    hours: record.hours,
    byNames: attendance.length > 0 || record.present === null,
    away: Object.fromEntries(away.map(({ personId, status }) => [personId, status])),
    listed: attendance.map(({ personId }) => personId),
    guests: attendance.map(({ personId, name }) => ({ personId, name })),
    notes: Object.fromEntries(attendance.flatMap(({ personId, note }) => (note ? [[personId, note]] : []))),
    expected: attendance.length > 0 ? null : record.expected,
    voters: attendance.length > 0 ? null : record.voters,
    present: attendance.length > 0 ? null : record.present,
    topics: record.topics,
    audience: record.audience ?? '',
    content: record.content ?? '',
    proof: record.proof ?? '',
    fields: record.fields,
  }
}

/** What a correction changes: the fields of `now` that differ from `before`, null where one was emptied. */
export function changesBetween(
  before: InputOf<typeof recordActivity>,
  now: InputOf<typeof recordActivity>,
): Record<string, unknown> {
  const empty: Record<string, unknown> = { alsoKinds: [], topics: [], attendance: [], fields: {} }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])] as (keyof typeof now)[]
  return Object.fromEntries(
    keys
      .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]))
      .map((key) => [key, now[key] ?? empty[key] ?? null]),
  )
}

const memory = new Map<string, Draft>()

/** The draft that the open page holds for a person; gone when the page is closed. */
export const keptDraft = {
  get: (person: string) => memory.get(person),
  set: (person: string, draft: Draft) => void memory.set(person, draft),
  drop: (person: string) => void memory.delete(person),
}
