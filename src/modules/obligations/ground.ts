import { type RawBuilder, sql } from 'kysely'
import type { Calendar } from '../../core/calendar/calendar.ts'
import type { History } from '../../core/rules/obligation.ts'
import type { ActiveRule } from '../../core/rules/world.ts'
import type { Catalogues } from '../../platform/action/catalogues.ts'
import { calendarFor, calendarMark } from '../calendars/calendar.facts.ts'
import { datedOrganisation, organisationMark } from '../organisation/history.facts.ts'
import { type KnownAt, memberKinds } from '../organisation/organisation.facts.ts'
import { rulesFor, rulesMark } from '../rules/rule.facts.ts'
import type { Place } from './world.ts'

/*
 * What obligations rest on and what changes seldom is kept in memory between questions. Each question asks, in the packet in
 * which it reads its records, what was written last of all that; where it is not what is kept, the records are read again.
 * So nothing is ever answered from what has changed, and nothing has to be told to forget (decision 0039).
 */

/** The rules in force in a bureau, its calendar, and its organisation with all its days. */
export interface Ground {
  readonly rules: readonly ActiveRule[]
  readonly calendar: Calendar
  readonly history: History
}

interface Marks {
  readonly rules: string
  readonly calendar: string
  readonly organisation: string
}

interface Kept extends Ground {
  readonly marks: Marks
  /** The journal size at which the marks were last seen to be these; null where the bureau has no journal. */
  readonly size: number | null
  readonly rows: number
}

/** How many rows of organisations are kept in all; the one asked last is kept however large it is. */
export const KEPT_ROWS_MAX = 15_000

/** The grounds that are kept, by bureau; the one asked longest ago comes first. Catalogues that are read anew start empty. */
const kept = new WeakMap<Catalogues, Map<number, Kept>>()

function keptOf({ catalogues }: Place): Map<number, Kept> {
  const grounds = kept.get(catalogues) ?? new Map<number, Kept>()
  kept.set(catalogues, grounds)
  return grounds
}

function keep(place: Place, ground: Kept): void {
  const grounds = keptOf(place)
  grounds.delete(place.org.orgId)
  grounds.set(place.org.orgId, ground)
  let rows = [...grounds.values()].reduce((sum, one) => sum + one.rows, 0)
  for (const [orgId, one] of grounds) {
    if (rows <= KEPT_ROWS_MAX || grounds.size === 1) return
    grounds.delete(orgId)
    rows -= one.rows
  }
}

/** How far the journal of a bureau is, and the marks of its ground. */
export interface Head {
  readonly size: number | null
  /** Whether the transaction sees every record of the bureau. */
  readonly wide: boolean
  /** Null while the journal is as large as when the kept ground was last seen to stand: then nothing at all was written. */
  readonly marks: Marks | null
}

type HeadRow = Omit<Head, 'marks'> & { readonly [name in keyof Marks]: string | null }

/** Asks what was written last; the marks only where something was written since the ground was kept. */
export async function headNow(place: Place): Promise<Head> {
  const { orgId } = place.org
  const seen = usable(place)?.size ?? -1
  const mark = (text: RawBuilder<string>) => sql`case when h.size = ${seen}::bigint then null else ${text} end`
  const row = (await place.tx.first(sql<HeadRow>`select h.size, ${mark(rulesMark(orgId))} rules,
      ${mark(calendarMark(orgId))} calendar, ${mark(organisationMark(orgId))} organisation,
      coalesce(current_setting('app.units', true), '') = '*' and coalesce(current_setting('app.units_talks', true), '') = '*' wide
    from (select (select j.size from journal_heads j where j.org_id = ${orgId}) size offset 0) h`))!
  const { size, wide, rules, calendar, organisation } = row
  const marks = rules === null ? null : ({ rules, calendar, organisation } as Marks)
  return { size, wide, marks }
}

/** The kept ground of the bureau as it went live. */
function usable(place: Place): Kept | null {
  const before = keptOf(place).get(place.org.orgId)
  return before?.history.goLiveOn === place.org.goLiveOn ? before : null
}

/** The organisation that is kept of the bureau, whatever was written since. */
export function keptHistory(place: Place): History | null {
  return usable(place)?.history ?? null
}

function stands(before: Kept, { size, marks }: Head): boolean {
  if (marks === null) return size === before.size
  return (
    marks.rules === before.marks.rules &&
    marks.calendar === before.marks.calendar &&
    marks.organisation === before.marks.organisation
  )
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

/** Reads what is not kept. The head comes first, so that what is kept under its marks is at least as new as they say. */
async function refresh(place: Place, before: Kept | null, known: Head | null): Promise<[Kept, Head]> {
  const { org, catalogues, tx } = place
  const old = (name: keyof Marks) => (before && known?.marks?.[name] === before.marks[name] ? before : null)
  const [head, rules, calendar, history] = await Promise.all([
    known ?? headNow(place),
    old('rules')?.rules ?? rulesNow(place, null),
    old('calendar')?.calendar ?? calendarFor(tx, org.orgId, catalogues),
    old('organisation')?.history ?? historyNow(place, null),
  ])
  const { units, posts, appointments, memberships, classes } = history
  const rows = units.length + posts.length + appointments.length + memberships.length + classes.length
  const ground: Kept = { marks: head.marks!, size: head.size, rules, calendar, history, rows }
  keep(place, ground)
  return [ground, head]
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
 * before gives it. `read` only reads; it may run twice, and is told the head where that is known before it begins.
 */
export async function onGround<T>(
  place: Place,
  size: KnownAt,
  read: (ground: Ground, head: Head | null) => Promise<T>,
  known: Head | null = null,
): Promise<Rested<T>> {
  if (size !== null) {
    const [settled, history] = await Promise.all([rulesAndCalendar(place, size), historyNow(place, size)])
    const ground = { ...settled, history }
    return { ground, found: await read(ground, null), head: null }
  }
  const before = usable(place)
  // What was told of another ground than the one that is kept now is asked again.
  const told = known !== null && (known.marks !== null || known.size === before?.size) ? known : null
  if (before !== null) {
    const early = told === null || stands(before, told) ? read : async () => null
    const [head, found] = await Promise.all([told ?? headNow(place), early(before, told)])
    if (stands(before, head)) {
      keep(place, { ...before, size: head.size })
      return { ground: before, found: found ?? (await read(before, head)), head }
    }
    const [ground] = await refresh(place, before, head)
    return { ground, found: await read(ground, head), head }
  }
  const [ground, head] = await refresh(place, null, told)
  return { ground, found: await read(ground, head), head }
}
