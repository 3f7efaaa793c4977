import * as z from 'zod'
import { type Calendar, workingDaysBetween } from '../calendar/calendar.ts'
import { addDays } from '../calendar/days.ts'
import { idSchema } from '../catalogue/words.ts'

/** What a notice can be about, beside reminders: what is owed and dated. A milestone is a day within the time of a duty. */
export const owedNouns = ['duty', 'milestone', 'obligation', 'order'] as const
export type OwedNoun = (typeof owedNouns)[number]

/** Where a notice stands on the ladder. `given` a new follow-up order, `confirm` one that waits for its approver. */
export const stages = ['before', 'due', 'overdue', 'given', 'confirm', 'reminder'] as const
export type Stage = (typeof stages)[number]

/** By what a person is told. */
export const parts = ['owner', 'leader', 'watcher', 'approver', 'group'] as const
export type Part = (typeof parts)[number]

const idsSchema = z.array(idSchema).min(1)

/** Before the due day and on it the owner alone is told; nobody else can be named there. */
const earlySchema = z.strictObject({ of: z.array(z.enum(owedNouns)).min(1), to: z.tuple([z.literal('owner')]) })

/**
 * The ladder of reminders as data (product rule 2, capability D2): who is told how early, and who once it is late. The
 * shape itself keeps to the rule: what is not late is told to nobody but the owner, what is late to at most the owner,
 * the leader and the watcher, and an expectation never to anybody else.
 */
export const ladderSchema = z.strictObject({
  /** The hour of the morning in Asia/Shanghai, unless the bureau sets another. */
  hour: z.int().min(5).max(11),
  before: earlySchema.extend({ working_days: z.int().min(1).max(20) }),
  due: earlySchema,
  overdue: z.strictObject({
    of: z.array(z.enum(owedNouns)).min(1),
    to: z.array(z.enum(['owner', 'leader', 'watcher'])).min(1),
    /** Expectations (一般) are told to nobody once their day is over. */
    hard_only: z.literal(true),
    /** For so many days it stays a line of the inbox; the lists show it for ever. */
    days: z.int().min(7).max(366),
  }),
  reminders: z.strictObject({
    /** A draft is offered so many days before the first day off. */
    days_before: z.int().min(5).max(60),
  }),
  /** Whose post heads a unit of a kind: the first of these that somebody holds. */
  heads: z.record(idSchema, idsSchema),
  /** Which audiences the bureau's own roster can reach: everybody, members of branches, or holders of posts. */
  groups: z.array(
    z.strictObject({
      audience: idSchema,
      reach: z.union([z.enum(['everybody', 'members']), z.strictObject({ posts: idsSchema })]),
    }),
  ),
})
export type Ladder = z.infer<typeof ladderSchema>

/** Something owed, as far as the ladder looks at it. */
export interface Owed {
  readonly noun: OwedNoun
  readonly dueOn: string
  /** False for an expectation, which never turns red. */
  readonly hard: boolean
  /** True where nobody but the person himself may be told. */
  readonly personal: boolean
}

/** What is told on a day about something owed, and to whom; null: nothing. */
export interface Rung {
  readonly stage: 'before' | 'due' | 'overdue'
  readonly to: readonly Part[]
}

/**
 * The rung on which something owed stands on a day. A due day that is not worked is told as due on the last working day
 * before it, since nothing is told on days that are not worked.
 */
export function rungOn(ladder: Ladder, owed: Owed, calendar: Calendar, today: string): Rung | null {
  const { dueOn, noun } = owed
  if (today > dueOn) {
    const { overdue } = ladder
    if (!overdue.of.includes(noun) || !owed.hard || today > addDays(dueOn, overdue.days)) return null
    return { stage: 'overdue', to: owed.personal ? ['owner'] : overdue.to }
  }
  const left = workingDaysBetween(calendar, today, dueOn).days
  if (left === 0) return ladder.due.of.includes(noun) ? { stage: 'due', to: ladder.due.to } : null
  if (left > ladder.before.working_days || !ladder.before.of.includes(noun)) return null
  return { stage: 'before', to: ladder.before.to }
}

/** The name of a line: what it is about, on which rung, and as what the person is told. */
export interface LineName {
  readonly noun: OwedNoun | 'reminder'
  readonly stage: Stage
  readonly part: Part
  readonly id: string
}

/** A line's name as it is kept; the same on every day on which the line stands. */
export function writeLine({ noun, stage, part, id }: LineName): string {
  return `${noun} ${stage} ${part} ${id}`
}

/** The name of a kept line. */
export function readLine(line: string): LineName {
  const [noun, stage, part, id] = line.split(' ') as [LineName['noun'], Stage, Part, string]
  return { noun, stage, part, id }
}
