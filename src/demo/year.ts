import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { Day, Month } from '../core/contract.ts'
import { monthBefore, monthsFrom, workingDay } from './days.ts'
import { draw, drawBetween, drawOne } from './draw.ts'

const Range = z.tuple([z.int(), z.int()])
const Stretch = z.tuple([Day, Day])

// What is not named here is a field of the kind's own.
const shared = {
  kind: z.string(),
  unit: z.string().optional(),
  alsoKinds: z.array(z.string()).optional(),
  topics: z.array(z.string()).optional(),
  host: z.string().optional(),
  hours: z.number().optional(),
  audience: z.string().optional(),
  proof: z.string().optional(),
  away: z.number().optional(),
  present: Range.optional(),
  expected: z.int().optional(),
  retired: z.boolean().optional(),
}
const Shared = z.looseObject(shared)
const Row = z.tuple([Day, z.string()]).rest(z.looseObject({ unit: z.string().optional() }))
const Monthly = z.strictObject({
  ...shared,
  units: z.array(z.string()),
  from: Month,
  to: Month,
  only: z.array(z.int()).optional(),
  window: Range,
  missed: z.number(),
  lapses: z.array(z.strictObject({ unit: z.string(), month: z.string().regex(/^month-\d$/) })).default([]),
  titles: z.record(z.string(), z.array(z.string())),
  together: z.strictObject({ kind: z.string(), title: z.string(), months: z.array(z.int()) }).optional(),
  lecture: z
    .strictObject({ month: z.int(), titles: z.array(z.string()), leaders: z.record(z.string(), z.string()) })
    .optional(),
})
const Occasion = { kind: z.string(), on: Day }
const Activities = z.strictObject({
  seed: z.string(),
  quiet: z.array(Stretch),
  reasons: z.array(z.string()),
  series: z.array(Shared.extend({ rows: z.array(Row) })),
  monthly: z.array(Monthly),
  corrections: z.array(
    z.strictObject({
      ...Occasion,
      reason: z.string(),
      day: Day.optional(),
      title: z.string().optional(),
      topics: z.array(z.string()).optional(),
      absent: z.int().optional(),
      note: z.string().optional(),
    }),
  ),
  withdrawals: z.array(z.strictObject({ ...Occasion, reason: z.string() })),
})

/** The activities of the demonstration as the catalogue tells them. */
export type ActivityPlan = z.output<typeof Activities>

/** Folder of the demonstration's data. */
export const demoFolder = join(import.meta.dirname, '../../catalogue/demo')

/** Reads one file of the demonstration and checks its shape. */
export function readDemoFile<T extends z.ZodType>(name: string, schema: T): z.output<T> {
  return schema.parse(parse(readFileSync(join(demoFolder, name), 'utf8')))
}

/** Reads the activities of the demonstration; throws where the file is not as it should be. */
export function readActivityPlan(): ActivityPlan {
  return readDemoFile('activities.yaml', Activities)
}

/** One activity to be recorded. `present` stands where nobody is named; `away` is the share of those who are excused. */
export interface Planned {
  readonly kind: string
  readonly alsoKinds: readonly string[]
  readonly on: string
  readonly unit: string
  readonly title: string
  readonly topics: readonly string[]
  readonly host: string | null
  readonly hours: number | null
  readonly audience: string | null
  readonly proof: string | null
  readonly numbers: { present: number; expected?: number } | null
  readonly away: number
  readonly retired: boolean
  readonly fields: Readonly<Record<string, unknown>>
}

/** Everything up to a day, in the order of days. `secretaryOf` names the secretary of a branch on a day. */
export function plannedUpTo(
  plan: ActivityPlan,
  today: string,
  secretaryOf: (branch: string, day: string) => string,
): Planned[] {
  const rows = plan.series.flatMap(({ rows: own, ...series }) =>
    own.map(([on, title, differs]) => planOne(plan.seed, on, title, Shared.parse({ ...series, ...differs }))),
  )
  const lapsed = (rhythm: Rhythm) => (unit: string, month: string) =>
    rhythm.lapses.some((one) => one.unit === unit && monthBefore(today, Number(one.month.slice(6))) === month)
  const rhythms = plan.monthly.flatMap((rhythm) => expand(plan, rhythm, secretaryOf, lapsed(rhythm)))
  return [...rows, ...rhythms]
    .filter((one) => one.on <= today)
    .sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1))
}

function planOne(seed: string, on: string, title: string, said: z.output<typeof Shared>): Planned {
  const { kind, unit, alsoKinds, topics, host, hours, audience, proof, away, present, expected, retired, ...fields } =
    said
  if (unit === undefined) throw new Error(`${kind} of ${on} names no unit`)
  const numbers =
    present === undefined
      ? null
      : { present: drawBetween(...present, seed, kind, on), ...(expected === undefined ? {} : { expected }) }
  return {
    kind,
    alsoKinds: alsoKinds ?? [],
    on,
    unit,
    title,
    topics: topics ?? [],
    host: host ?? null,
    hours: hours ?? null,
    audience: audience ?? null,
    proof: proof ?? null,
    numbers,
    away: away ?? 0,
    retired: retired ?? false,
    fields,
  }
}

type Rhythm = z.output<typeof Monthly>

function expand(
  plan: ActivityPlan,
  rhythm: Rhythm,
  secretaryOf: (branch: string, day: string) => string,
  lapsed: (unit: string, month: string) => boolean,
): Planned[] {
  const { seed, quiet } = plan
  const { kind, hours, away, proof, retired } = rhythm
  return rhythm.units.flatMap((unit) =>
    monthsFrom(rhythm.from, rhythm.to).flatMap((month) => {
      const number = Number(month.slice(5))
      const special = instead(rhythm, unit, number)
      const held = rhythm.only?.includes(number) ?? (special !== null || draw(seed, kind, unit, month) >= rhythm.missed)
      if (!held || lapsed(unit, month)) return []
      const [first, last] = rhythm.window.map((day) => `${month}-${String(day).padStart(2, '0')}`) as [string, string]
      const on = workingDay([first, last], quiet, seed, kind, unit, month)
      const title = drawOne(special?.titles ?? rhythm.titles[String(number)] ?? [], seed, unit, month)
      const one = planOne(seed, on, title, { kind, unit, hours, away, proof, retired, host: secretaryOf(unit, on) })
      return [special === null ? one : { ...one, alsoKinds: [kind], ...special.differs(title) }]
    }),
  )
}

/** What differs in a month in which the day is held together with a general meeting, or is the lecture of the year. */
function instead({ lecture, together }: Rhythm, unit: string, month: number) {
  const leader = lecture?.leaders[unit]
  if (lecture?.month === month && leader !== undefined) {
    const differs = (title: string): Partial<Planned> => ({
      kind: 'party-lecture',
      title,
      host: leader,
      fields: { lecturer: 'leader' },
    })
    return { titles: lecture.titles, differs }
  }
  if (!together?.months.includes(month)) return null
  const differs = (title: string): Partial<Planned> => ({ kind: together.kind, title: `${together.title}：${title}` })
  return { titles: undefined, differs }
}
