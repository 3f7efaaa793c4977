import * as z from 'zod'
import { Day, Month } from '../core/contract.ts'
import type { Company } from './company.ts'
import { type Stretch, workingDay } from './days.ts'
import { readDemoFile } from './year.ts'

const who = { kind: z.string(), by: z.string() }
const Talks = z.strictObject({
  seed: z.string(),
  pairs: z.array(z.strictObject({ ...who, during: z.tuple([Day, Day]), with: z.array(z.string()) })),
  numbers: z.array(z.strictObject({ ...who, month: Month, audience: z.string(), number: z.int() })),
  groups: z.array(z.strictObject({ ...who, on: Day, number: z.int() })),
  corrections: z.array(z.strictObject({ kind: z.string(), month: Month, number: z.int(), reason: z.string() })),
  withdrawals: z.array(z.strictObject({ ...who, with: z.string(), reason: z.string() })),
})

/** The talks of the demonstration as the catalogue tells them. */
export type TalkPlan = z.output<typeof Talks>

/** Reads the talks of the demonstration; throws where the file is not as it should be. */
export function readTalkPlan(): TalkPlan {
  return readDemoFile('talks.yaml', Talks)
}

/** One talk to be recorded: a pair, a number, or a group. */
export interface PlannedTalk {
  readonly kind: string
  readonly by: string
  /** A day, of a talk of which only the month is kept the month. */
  readonly on: string
  readonly with: string | null
  readonly audience: string | null
  readonly number: number | null
}

/** Every talk up to a day, in the order of days. */
export function talksUpTo(plan: TalkPlan, quiet: readonly Stretch[], today: string): PlannedTalk[] {
  const none = { with: null, audience: null, number: null }
  const pairs = plan.pairs.flatMap(({ kind, by, during, with: others }) =>
    others.map((other) => ({
      ...none,
      kind,
      by,
      with: other,
      on: workingDay(during, quiet, plan.seed, by, other, during[0]),
    })),
  )
  const numbers = plan.numbers.map(({ month, ...row }) => ({ ...none, ...row, on: month }))
  const groups = plan.groups.map((row) => ({ ...none, ...row }))
  return [...pairs, ...numbers, ...groups]
    .filter(({ on }) => on <= today.slice(0, on.length))
    .sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))
}

/** Records the talks up to today, each by whoever led it, and corrects what the plan says. */
export async function recordTalks(company: Company, plan: TalkPlan, quiet: readonly Stretch[]): Promise<void> {
  const kept = new Map<string, string>()
  for (const talk of talksUpTo(plan, quiet, company.today)) {
    const hand = await company.as(talk.by)
    const { talkId } = await hand.act('talk.record', {
      kind: talk.kind,
      ...(talk.on.length === 7 ? { month: talk.on } : { day: talk.on }),
      counterpartId: talk.with === null ? undefined : company.person(talk.with),
      audience: talk.audience ?? undefined,
      number: talk.number ?? undefined,
    })
    const key = talk.with === null ? `${talk.kind} ${talk.on}` : `${talk.kind} ${talk.by} ${talk.with}`
    if (!kept.has(key)) kept.set(key, talkId)
  }
  const clerk = await company.as(company.clerk)
  for (const { kind, month, number, reason } of plan.corrections) {
    const talkId = kept.get(`${kind} ${month}`)
    if (talkId !== undefined) await clerk.act('talk.amend', { talkId, number, reason })
  }
  for (const { kind, by, with: other, reason } of plan.withdrawals) {
    const talkId = kept.get(`${kind} ${by} ${other}`)
    if (talkId !== undefined) await (await company.as(by)).act('talk.withdraw', { talkId, reason })
  }
}
