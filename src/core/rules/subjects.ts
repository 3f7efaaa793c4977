import { groupBy, type Holding, holdsPost, type Organisation, organisationOf, unitOfPerson } from './history.ts'
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

const eligible = new WeakMap<Organisation, WeakMap<Who, ReadonlyMap<string, readonly Span[]>>>()

/**
 * Everybody who may owe by a rule and the days on which he does, whatever the window: a unit the days on which it exists
 * with one of the kinds, a post those on which somebody holds it, a person those of his membership in one of the standings;
 * where no membership is asked, those on which he holds one of the posts; where only a class is asked, those on which he is
 * a member anywhere or holds any post.
 */
export function bearersOf(organisation: Organisation, who: Who): ReadonlyMap<string, readonly Span[]> {
  const known = eligible.get(organisation) ?? new WeakMap<Who, ReadonlyMap<string, readonly Span[]>>()
  eligible.set(organisation, known)
  const found = known.get(who) ?? daysByBearer(organisation, who)
  known.set(who, found)
  return found
}

/** Whether a rule speaks of units, posts or persons. */
export function bearerType(who: Who): Subject['type'] {
  return 'unit' in who ? 'unit' : 'post' in who ? 'post' : 'person'
}

function daysByBearer(organisation: Organisation, who: Who): ReadonlyMap<string, readonly Span[]> {
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
function joined(groups: ReadonlyMap<string, readonly Span[]>): ReadonlyMap<string, readonly Span[]> {
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
  const wanted = only === undefined ? bearers : narrowed(bearers, only)
  for (const [id, spans] of wanted) {
    const covered = coveredDays(organisation, who, { type, id }, spans, window)
    if (covered !== null) found.push(covered)
  }
  return found
}

function narrowed(
  bearers: ReadonlyMap<string, readonly Span[]>,
  only: ReadonlySet<string>,
): [string, readonly Span[]][] {
  return [...only].flatMap((id): [string, readonly Span[]][] => {
    const spans = bearers.get(id)
    return spans === undefined ? [] : [[id, spans]]
  })
}

function coveredDays(
  organisation: Organisation,
  who: Who,
  { type, id }: Bearer,
  spans: readonly Span[],
  window: Span,
): Covered | null {
  const days = clip(spans, window)
  const first = days[0]?.from
  if (first === undefined) return null
  if ('having' in who && who.having !== undefined && !hasIt(organisation, { type, id }, who.having, first)) return null
  const missing = 'person' in who ? personFits(organisation, who.person, id, first) : []
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
  if (person.class === undefined) return []
  const stated = organisation.classes.get(pid)?.find((row) => covers(row, day))
  if (stated === undefined) return ['person-class']
  return person.class.includes(stated.class) ? [] : null
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
  return organisation.posts.get(id)?.find((row) => covers(row, day))?.unitId
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
  const branches = (organisation.memberships.get(id) ?? []).flatMap(({ branchId }) => [
    branchId,
    ...(organisation.units.get(branchId) ?? []).flatMap(({ parentId }) => parentId ?? []),
  ])
  const posts = (organisation.holdingsOfPerson.get(id) ?? []).map(({ unitId }) => unitId)
  return [...new Set([...branches, ...posts])]
}
