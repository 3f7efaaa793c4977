import { type Actor, anyOf, businessRoles, type Ground, holds, role, roleOver } from '../../core/access/actor.ts'

/** What rights on a duty are judged by. */
export interface OwnedDuty {
  readonly leadUnitId: string | null
  readonly supportIds: readonly string[]
  readonly leaderPostId: string | null
  readonly watcherPostId: string | null
  /** Stands under the responsibility of oversight (监督责任), which the discipline body carries. */
  readonly oversight: boolean
}

const lead = (duty: OwnedDuty) => [duty.leadUnitId]

/** Holds the post that answers for the duty. */
const leader: Ground<OwnedDuty> = {
  says: 'holder of the responsible post',
  test: (actor, duty) => duty.leaderPostId !== null && actor.holdings.some((held) => held.postId === duty.leaderPostId),
}
const watcher: Ground<OwnedDuty> = {
  says: 'holder of the watching post',
  test: (actor, duty) =>
    duty.watcherPostId !== null && actor.holdings.some((held) => held.postId === duty.watcherPostId),
}
const discipline: Ground<OwnedDuty> = {
  says: 'discipline, for duties of oversight',
  test: (actor, duty) => duty.oversight && holds(actor, 'discipline'),
}
const owners: Ground<OwnedDuty>[] = [
  role('office'),
  roleOver('department-head', 'its lead unit', lead),
  roleOver('branch-secretary', 'its lead unit', lead),
  leader,
  discipline,
]

/** The Party office keeps drafts, lists, owners and terms. */
export const mayKeepLists = anyOf(role('office'))
/** Reviews are read where they are worked on, and by the reader for supervision. */
export const mayReadReviews = anyOf(role('office', 'supervision-reader'))
/** Whoever owes a duty takes it on, declines, submits, asks for more time; the office does it for all. */
export const mayAnswerFor = anyOf<OwnedDuty>(...owners)
/** Supporting units and watchers report as well. */
export const mayReport = anyOf<OwnedDuty>(
  ...owners,
  roleOver('department-head', 'a supporting unit', (duty) => duty.supportIds),
  roleOver('branch-secretary', 'a supporting unit', (duty) => duty.supportIds),
  watcher,
)
/** Who accepts, returns and decides on more time: the office, the secretary, the responsible post; never who asked. */
export const mayAccept = anyOf<OwnedDuty>(role('office', 'secretary'), leader)
/** Who moves, suspends, resumes, reopens and amends. */
export const mayDirect = anyOf<OwnedDuty>(role('office', 'secretary'))
/** Every business role reads the duties of its scope; the three administrators have no business page. */
export const mayReadDuties = anyOf<unknown>(role(...businessRoles))
/** Instructions and the sheets of leaders: who gives them, who keeps them, who supervises. */
export const mayReadInstructions = anyOf<unknown>(role('office', 'secretary', 'team-member', 'supervision-reader'))

/** Sees duties that are not issued yet and everything of the review. */
export function seesDrafts(actor: Actor): boolean {
  return holds(actor, 'office') || holds(actor, 'secretary')
}

/** The post by which the actor acts on a duty: the one that answers for it, else his first one. */
export function actingPost(actor: Actor, duty: OwnedDuty): string | null {
  const units = [duty.leadUnitId, ...duty.supportIds].filter((id): id is string => id !== null)
  const responsible = actor.holdings.find((held) => held.postId !== null && held.postId === duty.leaderPostId)
  const over = actor.holdings.find(
    (held) =>
      (held.role === 'department-head' || held.role === 'branch-secretary') &&
      held.units !== 'all' &&
      units.some((unit) => held.units.includes(unit)),
  )
  const keeping = actor.holdings.find(
    (held) => held.role === 'office' || held.role === 'secretary' || held.role === 'discipline',
  )
  return (over ?? responsible ?? keeping ?? actor.holdings[0])?.postId ?? null
}
