import { sql } from 'kysely'
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

async function marksNow({ org: { orgId }, tx }: Place): Promise<Marks> {
  const marks = await tx.first(sql<Marks>`select ${rulesMark(orgId)} rules, ${calendarMark(orgId)} calendar,
    ${organisationMark(orgId)} organisation`)
  return marks!
}

function same(a: Marks, b: Marks): boolean {
  return a.rules === b.rules && a.calendar === b.calendar && a.organisation === b.organisation
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

/** Reads what is not kept. The marks come first, so that what is kept under them is at least as new as they say. */
async function refresh(place: Place, stands: (name: keyof Marks) => Kept | null, known: Marks | null): Promise<Kept> {
  const { org, catalogues, tx } = place
  const [marks, rules, calendar, history] = await Promise.all([
    known ?? marksNow(place),
    stands('rules')?.rules ?? rulesNow(place, null),
    stands('calendar')?.calendar ?? calendarFor(tx, org.orgId, catalogues),
    stands('organisation')?.history ?? historyNow(place, null),
  ])
  const { units, posts, appointments, memberships, classes } = history
  const rows = units.length + posts.length + appointments.length + memberships.length + classes.length
  const ground: Kept = { marks, rules, calendar, history, rows }
  keep(place, ground)
  return ground
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

/**
 * Reads something that rests on the ground, in one round trip where the ground that is kept still stands. `read` only reads;
 * it may run twice.
 */
export async function onGround<T>(
  place: Place,
  size: KnownAt,
  read: (ground: Ground) => Promise<T>,
): Promise<{ readonly ground: Ground; readonly found: T }> {
  if (size !== null) {
    const [settled, history] = await Promise.all([rulesAndCalendar(place, size), historyNow(place, size)])
    const ground = { ...settled, history }
    return { ground, found: await read(ground) }
  }
  const before = keptOf(place).get(place.org.orgId)
  if (before !== undefined && before.history.goLiveOn === place.org.goLiveOn) {
    const [marks, found] = await Promise.all([marksNow(place), read(before)])
    if (same(marks, before.marks)) {
      keep(place, before)
      return { ground: before, found }
    }
    const ground = await refresh(place, (name) => (marks[name] === before.marks[name] ? before : null), marks)
    return { ground, found: await read(ground) }
  }
  const ground = await refresh(place, () => null, null)
  return { ground, found: await read(ground) }
}
