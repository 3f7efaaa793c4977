import { addDays, daysBetween } from '../calendar/days.ts'

/** Everything that can happen to a duty, in life order. `verified` is the acceptance that closes it (销号). */
export const dutyEvents = [
  'opened',
  'issued',
  'taken-on',
  'declined',
  'reported',
  'submitted',
  'returned',
  'verified',
  'extension-asked',
  'extended',
  'extension-refused',
  'suspended',
  'resumed',
  'transferred',
  'amended',
  'followed-up',
  'reopened',
  'withdrawn',
] as const
export type DutyEventName = (typeof dutyEvents)[number]

/** What a duty may be, folded from its events and never typed. */
export const dutyStatuses = [
  'draft',
  'issued',
  'taken-on',
  'declined',
  'in-progress',
  'submitted',
  'returned',
  'closed',
  'suspended',
  'withdrawn',
] as const
export type DutyStatus = (typeof dutyStatuses)[number]

/** Statuses in which somebody still owes the duty; a suspended one is not owed meanwhile. */
export const openStatuses: readonly DutyStatus[] = [
  'issued',
  'taken-on',
  'declined',
  'in-progress',
  'submitted',
  'returned',
]

/** One recorded event: its place in the duty's life (from 1), civil day, and the due day that it sets or asks for. */
export interface DutyEvent {
  readonly seq: number
  readonly event: DutyEventName
  /** Civil day `YYYY-MM-DD` on which it happened. */
  readonly onDay: string
  /** The due day from now on, where the event sets one; of `extension-asked` the day asked for; else null. */
  readonly dueOn: string | null
}

/** What the events of a duty say about it. Days are civil days; counts are events. */
export interface DutyFold {
  readonly status: DutyStatus
  /** Day and place of the event that made the status what it is. */
  readonly since: string
  readonly causedBy: number
  /** The due day in force; null where none is stated. */
  readonly dueOn: string | null
  /** Every due day that passed without a submission; nothing ever takes one away. */
  readonly missed: readonly string[]
  readonly submittedOn: string | null
  /** The submission that is awaiting acceptance or was accepted, as a place; null where none stands. */
  readonly submission: number | null
  readonly closedOn: string | null
  /** Closed after a due day had passed (逾期补办); stays true when the duty is reopened later. */
  readonly lateClosed: boolean
  readonly reopenedCount: number
  readonly extendedCount: number
  /** The day that the owner asks to have as due day, while nobody has decided. */
  readonly askedDueOn: string | null
  readonly lastSeq: number
  readonly lastOn: string
  readonly lastEvent: DutyEventName
}

const WORKING: readonly DutyStatus[] = ['taken-on', 'in-progress', 'returned']

/** From which statuses an event may follow; null stands for the beginning. */
const follows: Readonly<Record<DutyEventName, readonly (DutyStatus | null)[]>> = {
  opened: [null],
  issued: ['draft'],
  'taken-on': ['issued'],
  declined: ['issued'],
  reported: WORKING,
  submitted: WORKING,
  returned: ['submitted'],
  verified: ['submitted'],
  'extension-asked': ['issued', ...WORKING],
  extended: ['issued', ...WORKING, 'declined'],
  'extension-refused': ['issued', ...WORKING, 'declined'],
  suspended: openStatuses,
  resumed: ['suspended'],
  transferred: ['issued', 'declined', ...WORKING],
  amended: ['draft', 'suspended', ...openStatuses],
  'followed-up': openStatuses,
  reopened: ['closed'],
  withdrawn: ['draft', 'suspended', ...openStatuses],
}

const leadsTo: Readonly<Partial<Record<DutyEventName, DutyStatus>>> = {
  opened: 'draft',
  issued: 'issued',
  'taken-on': 'taken-on',
  declined: 'declined',
  reported: 'in-progress',
  submitted: 'submitted',
  returned: 'returned',
  verified: 'closed',
  suspended: 'suspended',
  transferred: 'issued',
  reopened: 'in-progress',
  withdrawn: 'withdrawn',
}

/** Claims that the event may happen to a duty in this state of its life (null: nothing has happened yet). */
export function mayFollow(fold: Pick<DutyFold, 'status' | 'askedDueOn'> | null, event: DutyEventName): boolean {
  if (!follows[event].includes(fold?.status ?? null)) return false
  const decides = event === 'extended' || event === 'extension-refused'
  return decides ? fold?.askedDueOn !== null : true
}

interface Life extends Omit<DutyFold, 'missed'> {
  missed: string[]
  /** Status before the suspension, and the day when it began. */
  paused: { status: DutyStatus; on: string } | null
  /** The day on which the extension under decision was asked for. */
  askedOn: string | null
}

/**
 * Folds the events of one duty, in order of `seq`, into what they say about it; null for no events. An event that
 * cannot follow those before it is a broken invariant and throws.
 */
export function foldDuty(events: readonly DutyEvent[]): DutyFold | null {
  let life: Life | null = null
  for (const event of events) {
    if (!mayFollow(life, event.event))
      throw new Error(`duty event ${event.seq} ${event.event} cannot follow ${life?.status ?? 'nothing'}`)
    life = step(life, event)
  }
  if (life === null) return null
  const { paused: _paused, askedOn: _askedOn, ...fold } = life
  return fold
}

function step(before: Life | null, event: DutyEvent): Life {
  const life = before ?? born(event)
  const status = event.event === 'resumed' ? life.paused!.status : (leadsTo[event.event] ?? life.status)
  const moved: Life = {
    ...life,
    missed: missedBy(life, event),
    status,
    ...(status === life.status && before !== null ? {} : { since: event.onDay, causedBy: event.seq }),
    lastSeq: event.seq,
    // A follow-up order (督办) is no progress: a duty that stands still goes on standing still.
    lastOn: event.event === 'followed-up' ? life.lastOn : event.onDay,
    lastEvent: event.event,
    paused:
      event.event === 'suspended'
        ? { status: life.status, on: event.onDay }
        : event.event === 'resumed'
          ? null
          : life.paused,
  }
  if (event.event === 'resumed') return { ...moved, dueOn: event.dueOn ?? shifted(life, event.onDay) }
  return { ...moved, ...consequence(moved, event) }
}

function born(event: DutyEvent): Life {
  return {
    status: 'draft',
    since: event.onDay,
    causedBy: event.seq,
    dueOn: null,
    missed: [],
    submittedOn: null,
    submission: null,
    closedOn: null,
    lateClosed: false,
    reopenedCount: 0,
    extendedCount: 0,
    askedDueOn: null,
    lastSeq: event.seq,
    lastOn: event.onDay,
    lastEvent: event.event,
    paused: null,
    askedOn: null,
  }
}

/** A due day is missed when it passes while the duty is owed and nothing is submitted; the event shows that it passed. */
function missedBy(life: Life, event: DutyEvent): string[] {
  const due = life.dueOn
  if (due === null || !openStatuses.includes(life.status) || life.missed.includes(due)) return life.missed
  // An extension asked for in time takes the old day away, however long the decision took.
  if (event.event === 'extended' && life.askedOn !== null && life.askedOn <= due) return life.missed
  const inTime = event.onDay <= due || (life.status === 'submitted' && event.event !== 'returned')
  return inTime ? life.missed : [...life.missed, due]
}

function consequence(life: Life, event: DutyEvent): Partial<Life> {
  switch (event.event) {
    case 'opened':
    case 'issued':
    case 'amended':
      return event.dueOn === null ? {} : { dueOn: event.dueOn }
    case 'submitted':
      return { submittedOn: event.onDay, submission: event.seq }
    case 'returned':
      return { submittedOn: null, submission: null }
    case 'verified':
      return { closedOn: event.onDay, lateClosed: life.lateClosed || life.missed.length > 0 }
    case 'extension-asked':
      return { askedDueOn: event.dueOn, askedOn: event.onDay }
    case 'extension-refused':
      return { askedDueOn: null, askedOn: null }
    case 'extended':
      return {
        dueOn: event.dueOn ?? life.askedDueOn,
        askedDueOn: null,
        askedOn: null,
        extendedCount: life.extendedCount + 1,
      }
    case 'transferred':
      return event.dueOn === null ? {} : { dueOn: event.dueOn }
    case 'reopened':
      return {
        closedOn: null,
        submittedOn: null,
        submission: null,
        reopenedCount: life.reopenedCount + 1,
        // A day that was met before cannot be missed now.
        dueOn: event.dueOn ?? (life.dueOn !== null && life.dueOn >= event.onDay ? life.dueOn : null),
      }
    default:
      return {}
  }
}

/** Time does not run while a duty is suspended: a due day that was still ahead moves by the days of the suspension. */
function shifted(life: Life, resumedOn: string): string | null {
  if (life.dueOn === null || life.paused === null || life.dueOn < life.paused.on) return life.dueOn
  return addDays(life.dueOn, Math.max(0, daysBetween(life.paused.on, resumedOn)))
}

/** What a reader sees of a duty on a day: one state token of the design, and how late. */
export const dutyMarks = [
  'draft',
  'not-taken-on',
  'declined',
  'in-progress',
  'awaiting',
  'returned',
  'due-soon',
  'late',
  'done',
  'made-good-late',
  'suspended',
  'withdrawn',
] as const
export type DutyMark = (typeof dutyMarks)[number]

/** State as of a day. `lateDays` counts from the due day in force; 0 when it is not late. */
export interface DutyStanding {
  readonly mark: DutyMark
  readonly lateDays: number
  /** Days left to the due day, when it lies within the days that count as soon; else null. */
  readonly soonDays: number | null
  /** True for ever once a due day has passed without a submission. */
  readonly wasLate: boolean
}

const plainMarks: Readonly<Record<DutyStatus, DutyMark>> = {
  draft: 'draft',
  issued: 'not-taken-on',
  'taken-on': 'in-progress',
  declined: 'declined',
  'in-progress': 'in-progress',
  submitted: 'awaiting',
  returned: 'returned',
  closed: 'done',
  suspended: 'suspended',
  withdrawn: 'withdrawn',
}

/** What a standing is computed from; a stored state row has the same fields. */
export type Standable = Pick<DutyFold, 'status' | 'dueOn' | 'submittedOn' | 'lateClosed'> & {
  readonly wasMissed: boolean
}

/** Computes the standing on a day (design §5: late before due soon). `soonDaysMax` comes with the duty's kind. */
export function standingOn(state: Standable, today: string, soonDaysMax: number): DutyStanding {
  const { status, dueOn } = state
  const owed = openStatuses.includes(status) && dueOn !== null
  const waitsInTime = owed && status === 'submitted' && state.submittedOn !== null && state.submittedOn <= dueOn
  const late = owed && !waitsInTime && today > dueOn
  const left = owed && !waitsInTime && !late ? daysBetween(today, dueOn) : null
  const soonDays = left !== null && left <= soonDaysMax ? left : null
  const plain = status === 'closed' && state.lateClosed ? 'made-good-late' : plainMarks[status]
  const mark = late ? 'late' : soonDays !== null && status !== 'submitted' ? 'due-soon' : plain
  return { mark, lateDays: late ? daysBetween(dueOn, today) : 0, soonDays, wasLate: state.wasMissed || late }
}
