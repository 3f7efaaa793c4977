import { sql } from 'kysely'
import type { Calendar } from '../../core/calendar/calendar.ts'
import type { History } from '../../core/rules/obligation.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import { compiledOnce } from '../../platform/db/compiled.ts'
import { type Written, writtenFrom, wroteSince } from '../../platform/journal/written.ts'
import { calendarFor, calendarMark, calendarTables } from '../calendars/calendar.facts.ts'
import { datedOrganisation, organisationMark, organisationTables } from '../organisation/history.facts.ts'
import { type KnownAt, memberKinds } from '../organisation/organisation.facts.ts'
import { rulesFor, rulesMark, rulesTables } from '../rules/rule.facts.ts'
import { Bounded, forEach } from './bounded.ts'
import type { Place } from './world.ts'

/*
 * What obligations rest on and what changes seldom is kept in memory between questions. Each question asks, in the packet in
 * which it reads its records, what was written since; where that is of it, it is read again. So nothing is ever answered from what
 * has changed, and nothing has to be told to forget (decisions 0039, 0045).
 */

/** The rules in force in a bureau, its calendar, and its organisation with all its days. */
export interface Ground {
  readonly rules: readonly ActiveRule[]
  readonly calendar: Calendar
  readonly history: History
}

const PARTS = ['rules', 'calendar', 'organisation'] as const
type Part = (typeof PARTS)[number]

const typesOf: Readonly<Record<Part, ReadonlySet<string>>> = {
  rules: new Set(Object.keys(rulesTables)),
  calendar: new Set(Object.keys(calendarTables)),
  organisation: new Set(Object.keys(organisationTables)),
}

/** Types of the records on which the ground rests. */
export const GROUND_TYPES: ReadonlySet<string> = new Set(PARTS.flatMap((part) => [...typesOf[part]]))

/** The newest version of whatever each part is made of. */
type Marks = Readonly<Record<Part, string>>

interface Kept extends Ground {
  readonly marks: Marks
  /** The journal size at which it was last seen to stand; null where the bureau has no journal. */
  readonly size: number | null
}

/** How many rows of organisations are kept in all; the one asked last is kept however large it is. */
export const KEPT_ROWS_MAX = 15_000

const grounds = forEach<Catalogues, Bounded<number, Kept>>(() => new Bounded(KEPT_ROWS_MAX, true))

function keep({ catalogues, org }: Place, ground: Kept): void {
  const { units, posts, appointments, memberships, classes } = ground.history
  const rows = units.length + posts.length + appointments.length + memberships.length + classes.length
  grounds(catalogues).put(org.orgId, ground, rows)
}

/** How far the journal of a bureau is, and what was written last. */
export type Head = Written

/** Asks what was written from the smallest of some sizes on, which may be of what is kept; of none, how far the journal is. */
export function headNow(place: Place, sizes: readonly (number | null | undefined)[] = []): Promise<Head> {
  const known = [usable(place)?.size, ...sizes].filter((size) => size !== null && size !== undefined)
  return writtenFrom(place.tx, place.org.orgId, known.length === 0 ? Number.MAX_SAFE_INTEGER : Math.min(...known))
}

const marksOf = compiledOnce<{ orgId: number }, Marks>(({ orgId }) => {
  const org = orgId as number
  return sql<Marks>`select ${rulesMark(org)} rules, ${calendarMark(org)} calendar, ${organisationMark(org)} organisation`
})

async function marksNow({ tx, org: { orgId } }: Place): Promise<Marks> {
  return (await tx.first(marksOf({ orgId })))!
}

/** The kept ground of the bureau as it went live. */
function usable({ catalogues, org }: Place): Kept | null {
  const before = grounds(catalogues).get(org.orgId)
  return before?.history.goLiveOn === org.goLiveOn ? before : null
}

/** The organisation that is kept of the bureau, whatever was written since. */
export function keptHistory(place: Place): History | null {
  return usable(place)?.history ?? null
}

/** The parts that have changed; null where the entries do not say so. */
function changedParts({ size }: Kept, head: Head): Part[] | null {
  const wrote = PARTS.map((part) => [part, wroteSince(head, size, typesOf[part])] as const)
  return wrote.some(([, one]) => one === null) ? null : wrote.flatMap(([part, one]) => (one ? [part] : []))
}

async function historyNow({ org, catalogues, tx }: Place, size: KnownAt): Promise<History> {
  return {
    bureauId: String(org.orgId),
    goLiveOn: org.goLiveOn,
    memberKinds: [...memberKinds(catalogues.catalogue)],
    ...(await datedOrganisation(tx, org.orgId, size)),
  }
}

async function rulesNow({ org, catalogues, tx }: Place, size: KnownAt): Promise<readonly ActiveRule[]> {
  return rulesFor(tx, org.orgId, catalogues.catalogue, size)
}

/** Reads the parts that have changed. Head and marks come first, so that what is kept under them is at least as new as they say. */
async function refresh(
  place: Place,
  before: Kept | null,
  changed: readonly Part[],
  head: Head | Promise<Head>,
): Promise<Kept> {
  const { org, catalogues, tx } = place
  const old = (part: Part) => (changed.includes(part) ? null : before)
  const [{ size }, marks, rules, calendar, history] = await Promise.all([
    head,
    marksNow(place),
    old('rules')?.rules ?? rulesNow(place, null),
    old('calendar')?.calendar ?? calendarFor(tx, org.orgId, catalogues),
    old('organisation')?.history ?? historyNow(place, null),
  ])
  const ground: Kept = { marks, size, rules, calendar, history }
  keep(place, ground)
  return ground
}

/** Says of the kept ground that it still stands where nothing of it was written, so that little is asked the next time. */
export function seenToStand(place: Place, head: Head): void {
  const before = usable(place)
  if (before !== null && changedParts(before, head)?.length === 0) keep(place, { ...before, size: head.size })
}

/** What is kept, brought to what it is now. */
async function brought(place: Place, before: Kept, head: Head): Promise<Kept> {
  const said = changedParts(before, head)
  let changed = said ?? []
  if (said === null) {
    const marks = await marksNow(place)
    changed = PARTS.filter((part) => marks[part] !== before.marks[part])
  }
  if (changed.length > 0) return refresh(place, before, changed, head)
  keep(place, { ...before, size: head.size })
  return before
}

/** The rules that owe something in the bureau, and its calendar, without its organisation. */
export async function rulesAndCalendar(place: Place, size: KnownAt): Promise<Pick<Ground, 'rules' | 'calendar'>> {
  const { org, catalogues, tx } = place
  const [rules, calendar] = await Promise.all([rulesNow(place, size), calendarFor(tx, org.orgId, catalogues, size)])
  return { rules, calendar }
}

/** The ground of a bureau as known at a journal size. */
export async function groundOf(place: Place, size: KnownAt): Promise<Ground> {
  return (await onGround(place, size, async () => null)).ground
}

/** What was read, the ground on which it rests, and how far the journal was before it was read; as known earlier there is none. */
export interface Rested<T> {
  readonly ground: Ground
  readonly found: T
  readonly head: Head | null
}

/**
 * Reads something that rests on the ground, in one round trip where the ground that is kept still stands; whoever asked for the head
 * before gives it. `read` only reads; it may run twice, and may wait for the head once it has sent what it asks whatever that says.
 * `sizes` are those of what else is kept and may answer.
 */
export async function onGround<T>(
  place: Place,
  size: KnownAt,
  read: (ground: Ground, head: Promise<Head> | null) => Promise<T>,
  { known = null, sizes = [] }: { known?: Head | null; sizes?: readonly (number | null | undefined)[] } = {},
): Promise<Rested<T>> {
  if (size !== null) {
    const [settled, history] = await Promise.all([rulesAndCalendar(place, size), historyNow(place, size)])
    const ground = { ...settled, history }
    return { ground, found: await read(ground, null), head: null }
  }
  const before = usable(place)
  const asked = known === null ? headNow(place, sizes) : Promise.resolve(known)
  if (before === null) {
    const [head, ground] = await Promise.all([asked, refresh(place, null, PARTS, asked)])
    return { ground, found: await read(ground, asked), head }
  }
  const doubtful = known !== null && changedParts(before, known)?.length !== 0
  const [head, found] = await Promise.all([asked, doubtful ? null : read(before, asked)])
  const ground = await brought(place, before, head)
  const stands =
    ground.rules === before.rules && ground.calendar === before.calendar && ground.history === before.history
  return { ground, found: found !== null && stands ? found : await read(ground, asked), head }
}
