import { z } from 'zod'
import { roles } from '../access/actor.ts'
import { fieldSchema } from './fields.ts'
import { aliasesSchema, exampleSchema, idSchema, wordsSchema } from './words.ts'

/** Groups under which activity kinds are shown; a group carries no behaviour. */
export const activityGroups = [
  'study',
  'meeting',
  'branch-life',
  'education',
  'research',
  'oversight',
  'rules',
  'other',
] as const

/**
 * Who is expected at an activity: `roster` everybody of the unit (for a Party organisation its members), `body` the
 * holders of `posts` in the unit, `number` a bare number that the recorder types, `none` no attendance at all.
 */
export const attendanceSources = ['roster', 'body', 'number', 'none'] as const

/** A kind of activity. `bodies` are unit kinds that hold it; `may_vote` asks for the number entitled to vote. */
export const activityKindSchema = z
  .strictObject({
    id: idSchema,
    words: wordsSchema,
    also: aliasesSchema,
    group: z.enum(activityGroups),
    bodies: z.array(idSchema).min(1),
    attendance: z.enum(attendanceSources),
    posts: z.array(idSchema).default([]),
    may_vote: z.boolean().default(false),
    /** A metric counts distinct persons of this kind, so its journal entries carry per-bureau random person ids. */
    counts_persons: z.boolean().default(false),
    /** Somebody reports on his duty there: shown with the leader in whose line the unit stands. */
    duty_report: z.boolean().default(false),
    /** Reminders sent before a festival are recorded as this kind; the festival stands in this field of it. */
    reminds: idSchema.optional(),
    fields: z.array(fieldSchema).default([]),
    example: exampleSchema,
  })
  .refine((kind) => (kind.attendance === 'body') === kind.posts.length > 0, 'attendance body, and only it, names posts')
  .refine(
    (kind) => new Set(kind.fields.map((field) => field.id)).size === kind.fields.length,
    'a field id stands twice',
  )
export type ActivityKind = z.infer<typeof activityKindSchema>

/**
 * What a talk record keeps. `pair`: day and the two persons. `number`: month, audience and how many, no person.
 * `group`: who called it (a post or body), day and how many.
 */
export const talkShapes = ['pair', 'number', 'group'] as const

/**
 * Kinds of pair whose talks are looked at for coverage: the secretary with each member of the leading group, each leader
 * with the heads in his line, the secretary with the heads of lower units, a branch committee with each member.
 */
export const pairTypes = ['secretary-members', 'leader-heads', 'secretary-heads', 'committee-members'] as const

/** A kind of talk. `masked_below` hides smaller numbers from all but the secretary and the discipline body. */
export const talkKindSchema = z
  .strictObject({
    id: idSchema,
    words: wordsSchema,
    also: aliasesSchema,
    shape: z.enum(talkShapes),
    /** Months after which the pair is emptied while the number stays. */
    pair_months: z.int().min(12).max(60).optional(),
    masked_below: z.int().min(2).optional(),
    /** For which kinds of pair such a talk is looked at; nothing for talks that hang on an event. */
    covers: z.array(z.enum(pairTypes)).default([]),
    example: exampleSchema,
  })
  .refine(
    (kind) => (kind.shape === 'pair') === (kind.pair_months !== undefined),
    'a pair, and only it, has pair_months',
  )
  .refine((kind) => kind.shape === 'number' || kind.masked_below === undefined, 'only numbers are masked')
  .refine((kind) => kind.shape === 'pair' || kind.covers.length === 0, 'only talks with a pair are looked at by pair')
export type TalkKind = z.infer<typeof talkKindSchema>

/** A group of people that a talk or course is for. `includes` are narrower rows, which count for this one too. */
export const audienceSchema = z.strictObject({
  id: idSchema,
  words: wordsSchema,
  also: aliasesSchema,
  includes: z.array(idSchema).default([]),
})
export type Audience = z.infer<typeof audienceSchema>

/**
 * A kind of duty; `due_soon_days` is from how many days before its term on it is shown as due soon (14 when absent).
 * `business` is work of the trade, beside which Party work is looked at together (dual duty).
 */
export const dutyKindSchema = z.strictObject({
  id: idSchema,
  words: wordsSchema,
  also: aliasesSchema,
  due_soon_days: z.int().min(1).max(90).optional(),
  business: z.boolean().default(false),
  example: exampleSchema,
})
export type DutyKind = z.infer<typeof dutyKindSchema>

/** A layer of the responsibility list, in the order of `rank`, and which of the two responsibilities it stands under. */
export const dutyLayerSchema = z.strictObject({
  id: idSchema,
  words: wordsSchema,
  also: aliasesSchema,
  rank: z.int().min(1),
  responsibility: z.enum(['primary', 'oversight']),
})
export type DutyLayer = z.infer<typeof dutyLayerSchema>

/**
 * A kind of unit. `line` tells Party organisations from administrative units; `parents` are the kinds that it may
 * stand under (none for the root); `members` says whether Party membership is held here.
 */
export const unitKindSchema = z.strictObject({
  id: idSchema,
  words: wordsSchema,
  also: aliasesSchema,
  line: z.enum(['party', 'administration']),
  parents: z.array(idSchema),
  members: z.boolean().default(false),
})
export type UnitKind = z.infer<typeof unitKindSchema>

/** A kind of post: its role, the kinds of unit that have it, and whether one person holds it at a time. */
export const postKindSchema = z.strictObject({
  id: idSchema,
  words: wordsSchema,
  also: aliasesSchema,
  role: z.enum(roles).describe('what the post lets its holder do; rights know roles, never kinds of post'),
  units: z.array(idSchema).min(1),
  single: z.boolean(),
})
export type PostKind = z.infer<typeof postKindSchema>

/** How one expected person stood to an activity; `counts_as` is what figures read. */
export const attendanceStatusSchema = z.strictObject({
  id: idSchema,
  words: wordsSchema,
  counts_as: z.enum(['present', 'excused', 'absent']),
})
export type AttendanceStatus = z.infer<typeof attendanceStatusSchema>

/** A topic that records and figures share. A topic without a row is its own words. */
export const topicSchema = z.strictObject({ id: idSchema, words: wordsSchema, also: aliasesSchema })
export type Topic = z.infer<typeof topicSchema>

/** A business indicator, known by its Chinese name; `units` are those in which its values are printed. */
export const indicatorSchema = z.strictObject({
  id: idSchema,
  words: wordsSchema,
  also: aliasesSchema,
  units: z.array(z.string().min(1)).min(1),
})
export type Indicator = z.infer<typeof indicatorSchema>
