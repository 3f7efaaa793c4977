import { groupBy, type Holding, holdsPost, type Organisation, organisationOf, rowOn, unitOfPerson } from './history.ts'
import type { Span, Subject } from './obligation.ts'
import type { Who } from './rule.ts'
import { clip, covers, lastDayUpTo, union } from './spans.ts'

/** A subject without the unit under which it is listed, which depends on the day. */
export type Bearer = Pick<Subject, 'type' | 'id'>

/** A subject in a window: the days on which it is one, and what is not stated about it. */
export interface Covered extends Bearer {
  /** Disjoint and in order, at least one. */
  readonly days: readonly Span[]
  readonly first: string
  readonly missing: readonly 'person-class'[]
}

type PersonWho = Extract<Who, { person: unknown }>

type DaysByBearer = ReadonlyMap<string, readonly Span[]>

/** By rule, and by what it asks of the days: many rules speak of the same members. */
const eligible = new WeakMap<Organisation, { byWho: WeakMap<Who, DaysByBearer>; byDays: Map<string, DaysByBearer> }>()

/**
 * Everybody who may owe by a rule and the days on which he does, whatever the window: a unit the days on which it exists
 * with one of the kinds, a post those on which somebody holds it, a person those of his membership in one of the standings;
 * where no membership is asked, those on which he holds one of the posts; where only a class is asked, those on which he is
 * a member anywhere or holds any post.
 */
export function bearersOf(organisation: Organisation, who: Who): DaysByBearer {
  const known = eligible.get(organisation) ?? { byWho: new WeakMap(), byDays: new Map() }
  eligible.set(organisation, known)
  const before = known.byWho.get(who)
  if (before !== undefined) return before
  const key = daysAsked(who)
  const found = known.byDays.get(key) ?? daysByBearer(organisation, who)
  known.byDays.set(key, found)
  known.byWho.set(who, found)
  return found
}

/** On what of a rule the days of its bearers hang, as one text. */
function daysAsked(who: Who): string {
  if ('unit' in who) return JSON.stringify(['unit', who.unit])
  if ('post' in who) return JSON.stringify(['post', who.post])
  const { member, posts } = who.person
  return JSON.stringify(member ? ['member', member] : posts ? ['posts', posts] : ['anybody'])
}

/** Whether a rule speaks of units, posts or persons. */
export function bearerType(who: Who): Subject['type'] {
  return 'unit' in who ? 'unit' : 'post' in who ? 'post' : 'person'
}

function daysByBearer(organisation: Organisation, who: Who): DaysByBearer {
  const { history } = organisation
  if ('unit' in who) {
    const rows = history.units.filter(({ kind }) => who.unit.includes(kind))
    return joined(groupBy(rows, ({ unitId }) => unitId))
  }
  const holdings = [...organisation.holdingsOfPost.values()].flat()
  const held = (kinds: readonly string[]) => holdings.filter(({ kind }) => kinds.includes(kind))
  if ('post' in who) return joined(groupBy(held(who.post), ({ postId }) => postId))
  return joined(groupBy<Span & { pid: string }>(personDays(organisation, who, holdings, held), ({ pid }) => pid))
}

function personDays(
  { history }: Organisation,
  { person }: PersonWho,
  holdings: readonly Holding[],
  held: (kinds: readonly string[]) => readonly Holding[],
): readonly (Span & { pid: string })[] {
  if (person.member) return history.memberships.filter(({ standing }) => person.member!.includes(standing))
  if (person.posts) return held(person.posts)
  return [...history.memberships, ...holdings]
}

/** By id, so that what follows from them is in order. */
function joined(groups: DaysByBearer): DaysByBearer {
  const found = new Map<string, readonly Span[]>()
  for (const id of [...groups.keys()].sort()) {
    const spans = groups.get(id)!
    found.set(id, spans.length === 1 ? spans : union(spans))
  }
  return found
}

/**
 * The subjects of a rule in a window and the days of the window that each covers, by id; those of `only` where given. The
 * further conditions (`having`, `class`, `posts`, `except`) are judged on the first covered day. A person of whom no class
 * is stated on that day stays in, with the class missing.
 */
export function subjectsIn(
  organisation: Organisation,
  who: Who,
  window: Span,
  only?: ReadonlySet<string>,
): readonly Covered[] {
  const type = bearerType(who)
  const found: Covered[] = []
  const bearers = bearersOf(organisation, who)
  // Most are there all the time: these share one list of days.
  const whole: readonly Span[] = [window]
  const add = (id: string, spans: readonly Span[]) => {
    const [one] = spans
    const all = spans.length === 1 && one!.from <= window.from && one!.to >= window.to
    const covered = coveredDays(organisation, who, type, id, all ? whole : clip(spans, window))
    if (covered !== null) found.push(covered)
  }
  if (only === undefined) for (const [id, spans] of bearers) add(id, spans)
  else {
    for (const id of only) {
      const spans = bearers.get(id)
      if (spans !== undefined) add(id, spans)
    }
  }
  return found
}

const NOTHING: readonly never[] = []

function coveredDays(
  organisation: Organisation,
  who: Who,
  type: Bearer['type'],
  id: string,
  days: readonly Span[],
): Covered | null {
  const first = days[0]?.from
  if (first === undefined) return null
  if ('having' in who && who.having !== undefined && !hasIt(organisation, { type, id }, who.having, first)) return null
  const missing = 'person' in who ? personFits(organisation, who.person, id, first) : NOTHING
  return missing === null ? null : { type, id, days, first, missing }
}

/** The facts that are missing about a person; null where he is not meant. */
function personFits(
  organisation: Organisation,
  person: PersonWho['person'],
  pid: string,
  day: string,
): readonly 'person-class'[] | null {
  if (person.posts && !holdsPost(organisation, pid, person.posts, day)) return null
  if (person.except && holdsPost(organisation, pid, person.except, day)) return null
  if (person.class === undefined) return NOTHING
  const stated = rowOn(organisation.classes.get(pid), day)
  if (stated === undefined) return ['person-class']
  return person.class.includes(stated.class) ? NOTHING : null
}

function hasIt(
  organisation: Organisation,
  bearer: Bearer,
  { posts, units }: NonNullable<Extract<Who, { unit: unknown }>['having']>,
  day: string,
): boolean {
  return (
    (!posts || hasPosts(organisation, bearer, posts, day)) && (!units || hasUnits(organisation, bearer, units, day))
  )
}

/** Whether somebody holds a post of one of these kinds in the unit of a subject on a day. */
export function hasPosts(organisation: Organisation, bearer: Bearer, kinds: readonly string[], day: string): boolean {
  const unitId = unitOf(organisation, bearer, day)
  const holdings = unitId === undefined ? [] : (organisation.holdingsOfUnit.get(unitId) ?? [])
  return holdings.some((row) => kinds.includes(row.kind) && covers(row, day))
}

/** Whether a unit of one of these kinds stands right below the unit of a subject on a day. */
export function hasUnits(organisation: Organisation, bearer: Bearer, kinds: readonly string[], day: string): boolean {
  const unitId = unitOf(organisation, bearer, day)
  const units = unitId === undefined ? [] : (organisation.below.get(unitId) ?? [])
  return units.some((row) => kinds.includes(row.kind) && covers(row, day))
}

/** The unit of a subject on a day: itself, the unit of the post, or the unit of the person. */
export function unitOf(organisation: Organisation, { type, id }: Bearer, day: string): string | undefined {
  if (type === 'unit') return id
  if (type === 'person') return unitOfPerson(organisation, id, day)
  return rowOn(organisation.posts.get(id), day)?.unitId
}

/**
 * The unit under which somebody stands on a day, or stood first or last if not on that day; null where the organisation
 * knows nothing of him.
 */
export function unitOfSubject(
  { history }: { history: Organisation['history'] },
  bearer: Bearer,
  day: string,
): string | null {
  const organisation = organisationOf(history)
  if (bearer.type === 'unit') return organisation.units.has(bearer.id) ? bearer.id : null
  return unitOf(organisation, bearer, day) ?? everyUnitOf(organisation, bearer).at(-1) ?? null
}

/**
 * The unit under which a subject is listed in a window as seen on a day: its unit on the last covered day that is not after
 * that day, so that who was moved stands where he is now; on the first covered day before that.
 */
export function listedUnder(organisation: Organisation, covered: Covered, on: string): string {
  if (covered.type === 'unit') return covered.id
  const day = lastDayUpTo(covered.days, on)
  return unitOf(organisation, covered, day) ?? covered.id
}

/** The persons who act for a subject on a day: the person himself, or whoever holds the post; nobody for a unit. */
export function personsOf(organisation: Organisation, { type, id }: Bearer, day: string): readonly string[] {
  if (type === 'person') return [id]
  if (type === 'unit') return []
  return (organisation.holdingsOfPost.get(id) ?? []).filter((row) => covers(row, day)).map(({ pid }) => pid)
}

/** Everybody who ever acts for a subject. */
export function everyPersonOf(organisation: Organisation, { type, id }: Bearer): readonly string[] {
  if (type === 'person') return [id]
  return type === 'unit' ? [] : [...new Set((organisation.holdingsOfPost.get(id) ?? []).map(({ pid }) => pid))]
}

/** Every unit that is ever the unit of a subject. */
export function everyUnitOf(organisation: Organisation, { type, id }: Bearer): readonly string[] {
  if (type === 'unit') return [id]
  if (type === 'post') return [...new Set((organisation.posts.get(id) ?? []).map(({ unitId }) => unitId))]
  const found: string[] = []
  const add = (unitId: string | null) => {
    if (unitId !== null && !found.includes(unitId)) found.push(unitId)
  }
  for (const { branchId } of organisation.memberships.get(id) ?? NOTHING) {
    add(branchId)
    for (const { parentId } of organisation.units.get(branchId) ?? NOTHING) add(parentId)
  }
  for (const { unitId } of organisation.holdingsOfPerson.get(id) ?? NOTHING) add(unitId)
  return found
}
