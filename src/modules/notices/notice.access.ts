import { type Actor, and, anyOf, anyone, businessRoles, type Ground, holds, role } from '../../core/access/actor.ts'

/** Everybody reads his own inbox, and nobody another's. */
export const mayReadOwn = anyOf<unknown>(anyone)
/** The Party office sets the hour and may make the digests of the morning. */
export const mayAnnounce = anyOf<unknown>(role('office'))
/** Whoever reminds of integrity: the Party office, the discipline body, the secretary. */
export const mayRemind = anyOf<unknown>(role('office', 'discipline', 'secretary'))
/** A channel out of the product is opened and closed by the system administrator alone. */
export const mayKeepChannels = anyOf<unknown>(role('system-admin'))
/** Whether a channel is open is known to those who administer; its secret to nobody. */
export const mayReadChannels = anyOf<unknown>(role('system-admin', 'security-admin', 'audit-admin'))
/** A person gives and takes back his own mail address. */
export const mayGiveAddress = anyOf<unknown>({ says: 'a person, his own', test: (actor) => actor.pid !== null })

/** What rights on a follow-up order are judged by. */
export interface JudgedOrder {
  readonly unitId: string | null
  readonly leaderPostId: string | null
  readonly approverPostId: string
}

const approver: Ground<JudgedOrder> = {
  says: 'holder of the approving post',
  test: (actor, order) => actor.holdings.some((held) => held.postId === order.approverPostId),
}

/** Claims that the actor answers for what the order asks: the head over its unit, or the holder of the post. */
function answersFor(actor: Actor, order: JudgedOrder): boolean {
  if (order.unitId === null) return actor.holdings.some((held) => held.postId === order.leaderPostId)
  return holds(actor, 'department-head', [order.unitId]) || holds(actor, 'branch-secretary', [order.unitId])
}

const owing: Ground<JudgedOrder> = {
  says: 'whoever owes the answer: head over the unit, or holder of the post',
  test: answersFor,
}

/** The Party office drafts. */
export const mayDraftOrders = anyOf<unknown>(role('office'))
/** The approver gives it; the office under his mandate acts as he does. */
export const mayConfirmOrder = anyOf<JudgedOrder>(approver)
export const mayAnswerOrder = anyOf<JudgedOrder>(owing)
/** Office and approver close. */
export const mayCloseOrder = anyOf<JudgedOrder>(role('office'), approver)
/** The office takes back its draft; what was given is taken back by the approver. */
export const mayWithdrawOrder = anyOf<JudgedOrder & { readonly status: string }>(
  and(
    role<JudgedOrder & { readonly status: string }, unknown>('office'),
    'while it is a draft',
    (_, order) => order.status === 'draft',
  ),
  approver,
)
/** Whoever sees the duty sees what it was followed up with; drafts are seen by office, secretary and approver. */
export const mayReadOrders = anyOf<unknown>(role(...businessRoles))
