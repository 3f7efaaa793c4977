/** What can happen to a follow-up order (督办单), in life order. */
export const orderEvents = ['drafted', 'confirmed', 'answered', 'closed', 'withdrawn'] as const
export type OrderEventName = (typeof orderEvents)[number]

/** What an order may be, folded from its events and never typed. */
export const orderStatuses = ['draft', 'issued', 'answered', 'closed', 'withdrawn'] as const
export type OrderStatus = (typeof orderStatuses)[number]

/** How an order stands today; the reason for its colour. */
export const orderMarks = [
  'draft',
  'running',
  'due',
  'late',
  'answered',
  'answered-late',
  'closed',
  'closed-late',
  'withdrawn',
] as const
export type OrderMark = (typeof orderMarks)[number]

/** One recorded event: its place from 1 and its civil day. */
export interface OrderEvent {
  readonly seq: number
  readonly event: OrderEventName
  readonly onDay: string
}

/** What the events of an order say about it. */
export interface OrderFold {
  readonly status: OrderStatus
  /** Day and place of the event that made the status what it is. */
  readonly since: string
  readonly causedBy: number
  readonly issuedOn: string | null
  /** Day of the first answer; a later one adds to it. */
  readonly answeredOn: string | null
  readonly lastSeq: number
}

const follows: Readonly<Record<OrderEventName, readonly (OrderStatus | null)[]>> = {
  drafted: [null],
  confirmed: ['draft'],
  answered: ['issued', 'answered'],
  closed: ['answered'],
  withdrawn: ['draft', 'issued', 'answered'],
}

const leadsTo: Readonly<Record<OrderEventName, OrderStatus>> = {
  drafted: 'draft',
  confirmed: 'issued',
  answered: 'answered',
  closed: 'closed',
  withdrawn: 'withdrawn',
}

/** Claims that the event may happen to an order in this state (null: nothing has happened yet). */
export function mayFollowOrder(fold: OrderFold | null, event: OrderEventName): boolean {
  return follows[event].includes(fold?.status ?? null)
}

/** Folds the events of one order, in order of `seq`; null for none. An event that cannot follow is a broken invariant and throws. */
export function foldOrder(events: readonly OrderEvent[]): OrderFold | null {
  let fold: OrderFold | null = null
  for (const event of events) {
    if (!mayFollowOrder(fold, event.event))
      throw new Error(`order event ${event.seq} ${event.event} cannot follow ${fold?.status ?? 'nothing'}`)
    fold = step(fold, event)
  }
  return fold
}

function step(before: OrderFold | null, { seq, event, onDay }: OrderEvent): OrderFold {
  const status = leadsTo[event]
  const same = before?.status === status ? before : null
  return {
    status,
    since: same?.since ?? onDay,
    causedBy: same?.causedBy ?? seq,
    issuedOn: event === 'confirmed' ? onDay : (before?.issuedOn ?? null),
    answeredOn: before?.answeredOn ?? (event === 'answered' ? onDay : null),
    lastSeq: seq,
  }
}

/** How an order stands on a day: late while no answer came by its day, and late for ever where the answer came after it. */
export function markOfOrder(fold: Pick<OrderFold, 'status' | 'answeredOn'>, dueOn: string, today: string): OrderMark {
  const { status, answeredOn } = fold
  if (status === 'draft' || status === 'withdrawn') return status
  if (status === 'issued') return today > dueOn ? 'late' : today === dueOn ? 'due' : 'running'
  const late = answeredOn !== null && answeredOn > dueOn
  return late ? `${status}-late` : status
}
