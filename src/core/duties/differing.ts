/** The parts of a duty that two standings of a list are compared by, in the order of the list's columns. */
export const dutyParts = [
  'title',
  'leader',
  'lead',
  'support',
  'watcher',
  'deadline',
  'cadence',
  'measures',
  'milestones',
  'kind',
  'layer',
  'common',
] as const
export type DutyPart = (typeof dutyParts)[number]

/** A duty as far as the comparison of its parts needs it; days are civil days. */
export interface Compared {
  readonly title: string
  readonly kind: string
  readonly layer: string
  readonly common: boolean
  readonly leadUnitId: string | null
  readonly supportIds: readonly string[]
  readonly leaderPostId: string | null
  readonly watcherPostId: string | null
  readonly deadline: string | null
  readonly cadence: string | null
  readonly measures: readonly string[]
  readonly milestones: readonly { readonly title: string; readonly dueOn?: string | null }[]
}

/**
 * In which parts a duty differs from what it was. Where the two stand in lists of different years, the year itself is no
 * difference: 31 December of one year is the same term as 31 December of the next.
 */
export function differing(
  before: Compared,
  now: Compared,
  years: { before: number; now: number } = { before: 0, now: 0 },
): DutyPart[] {
  const moved = <T>(value: T): string =>
    JSON.stringify(value).replaceAll(new RegExp(`(?<!\\d)${years.before}(?=[年-])`, 'g'), String(years.now))
  const same: Record<DutyPart, (duty: Compared) => unknown> = {
    title: ({ title }) => title,
    leader: ({ leaderPostId }) => leaderPostId,
    lead: ({ leadUnitId }) => leadUnitId,
    support: ({ supportIds }) => supportIds.toSorted(),
    watcher: ({ watcherPostId }) => watcherPostId,
    deadline: ({ deadline }) => deadline,
    cadence: ({ cadence }) => cadence,
    measures: ({ measures }) => measures,
    milestones: ({ milestones }) => milestones.map(({ title, dueOn }) => [title, dueOn ?? null]),
    kind: ({ kind }) => kind,
    layer: ({ layer }) => layer,
    common: ({ common }) => common,
  }
  return dutyParts.filter((part) => moved(same[part](before)) !== JSON.stringify(same[part](now)))
}
