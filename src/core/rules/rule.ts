import * as z from 'zod'
import { idSchema, wordsSchema } from '../catalogue/words.ts'
import { Day } from '../contract.ts'

/**
 * The closed vocabulary of rules. A rule says who is obliged, in which window, by how many of which facts, and what
 * silence means; every number that a bureau may set stands as a parameter. What this vocabulary cannot say is no rule.
 */

/** How binding the words are: a deadline, an expectation with a reason field (一般), or the bureau's own addition. */
export const strictnesses = ['must', 'ordinarily', 'local'] as const

/** How well the source was seen (decision 10). */
export const confidences = ['high', 'medium-high', 'medium', 'low'] as const

/**
 * What a rule does in the product: `hard` deadlines turn red, `expected` ones never do, `dormant` ones wait for a named
 * person's confirmation, `documentation` ones are read only.
 */
export const standings = ['hard', 'expected', 'dormant', 'documentation'] as const

/** Classes of person that training and reporting rules speak of; dated, stated by the bureau. */
export const personClasses = ['division', 'section'] as const
export type PersonClass = (typeof personClasses)[number]

const kindsSchema = z.array(idSchema).min(1)

/** A number as it stands, or a parameter of the rule (`$hours`). */
const amountSchema = z.union([z.number().positive(), z.string().regex(/^\$[a-z][a-z-]*$/)])
const wholeSchema = z.union([z.int().positive(), z.string().regex(/^\$[a-z][a-z-]*$/)])

/** A further condition on the subject's unit (of a person: his branch), judged on the subject's first day in the window. */
export const havingSchema = z.strictObject({
  /** Somebody holds a post of one of these kinds in the unit. */
  posts: kindsSchema.optional(),
  /** A unit of one of these kinds stands directly below it. */
  units: kindsSchema.optional(),
})

/**
 * Who is obliged. `unit`: each unit of these kinds. `post`: each post of these kinds, whoever holds it. `person`: each
 * person who is a member of a branch in this standing, is of this class, or holds one of these posts (any that is given
 * must hold); `except` takes holders of other posts out.
 */
export const whoSchema = z.union([
  z.strictObject({ unit: kindsSchema, having: havingSchema.optional() }),
  z.strictObject({ post: kindsSchema }),
  z.strictObject({
    person: z
      .strictObject({
        member: z
          .array(z.enum(['full', 'probationary']))
          .min(1)
          .optional(),
        class: z.array(z.enum(personClasses)).min(1).optional(),
        posts: kindsSchema.optional(),
        except: kindsSchema.optional(),
      })
      .refine((person) => person.member ?? person.class ?? person.posts, 'says which persons'),
    having: havingSchema.optional(),
  }),
])

/** Days, months or working days after something. */
const spanSchema = z.union([
  z.strictObject({ days: wholeSchema }),
  z.strictObject({ working_days: wholeSchema }),
  z.strictObject({ months: wholeSchema }),
])

/** A pattern of facts: which records, how they stand to the subject, and what must be true of each. */
export const factSchema = z.union([
  z.strictObject({
    /** Records of one of these kinds, or records that count as one of them too. */
    activity: kindsSchema,
    /**
     * `own` held by the unit itself, `below` by it or a unit below it, `bureau` by any unit; for persons `attended` present
     * by name, `led` host of it. For a post the person is its holder on the day.
     */
    by: z.enum(['own', 'below', 'bureau', 'attended', 'led']),
    /** Kinds of unit that must have held it. */
    bodies: kindsSchema.optional(),
    /** One of these topics. */
    topics: kindsSchema.optional(),
    /** A countable field of the kind has one of these values; `$festival` stands for the festival of the window. */
    equals: z.record(idSchema, z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])).optional(),
    /** At least this share (numerator, denominator) of the expected were present. */
    present: z.tuple([z.int().positive(), z.int().positive()]).optional(),
    /** Where a vote was held, at least half of those entitled to vote were there (n/2, decision 11). */
    quorum: z.boolean().optional(),
  }),
  z.strictObject({
    /** Talks that keep a pair, of one of these kinds. */
    talk: kindsSchema,
    /**
     * The subject called the talk, was called, or either; on the day the other side held one of the posts `with`, and none
     * of the posts `without`.
     */
    by: z.enum(['initiator', 'counterpart', 'either']),
    with: kindsSchema.optional(),
    without: kindsSchema.optional(),
  }),
  z.strictObject({
    /** The person states that a report is sent; nothing of its content exists here. */
    statement: idSchema,
  }),
  z.strictObject({
    /** A responsibility list of the year was issued, by the bureau or by the unit itself. */
    list: z.enum(['bureau', 'own']),
  }),
])

/** Enough of something: a number of records, or a sum of study hours or of a countable number of the records. */
export const measureSchema = z.union([
  z.strictObject({ count: wholeSchema, of: factSchema }),
  z.strictObject({
    sum: z.union([z.literal('hours'), idSchema]),
    amount: amountSchema,
    /** Another amount for holders of posts on the first day of the window, the first that fits. */
    amount_for: z.array(z.strictObject({ posts: kindsSchema, amount: amountSchema })).optional(),
    of: factSchema,
  }),
])

/** What begins a window that hangs on an event. */
export const eventSchema = z.union([
  /** An activity of the unit, such as a feedback received or an election held. */
  z.strictObject({
    activity: kindsSchema,
    equals: z.record(idSchema, z.union([z.string(), z.number(), z.boolean()])).optional(),
  }),
  /** Somebody takes up a post of one of these kinds; the subject is the person. */
  z.strictObject({ appointment: kindsSchema }),
])

/**
 * When it is owed.
 * `every` a calendar window. `years` a run of years from `first` on, then again. `by` a day of each year (`MM-DD`), due on
 * that day, counted late until the end of the year. `before: festivals` the days before each festival of the calendar.
 * `after` an event: from the day of the event to the end of the span; the record that is the event never counts for its
 * own window (an election is not the next one). `notice` from
 * and to as the bureau set them.
 */
export const windowSchema = z.union([
  z.strictObject({ every: z.enum(['month', 'quarter', 'half-year', 'year']) }),
  z.strictObject({ years: wholeSchema, first: wholeSchema }),
  z.strictObject({ by: z.string().regex(/^\d\d-\d\d$/) }),
  z.strictObject({ before: z.literal('festivals'), days: wholeSchema, festivals: kindsSchema }),
  z.strictObject({
    after: eventSchema,
    within: spanSchema,
    /** The window opens this long before the end rather than on the day of the event (a reminder before a term ends). */
    opens_before_end: spanSchema.optional(),
    /** Facts of this many days before the event count too (a talk held before the appointment takes effect). */
    lead_days: wholeSchema.optional(),
  }),
  z.strictObject({ notice: z.tuple([z.string().regex(/^\$/), z.string().regex(/^\$/)]) }),
])

/** What a window that the subject covers only in part asks for (decision 10). */
export const partials = ['owed-in-full', 'not-owed-under-half', 'floor-of-share'] as const

/** A number or day that the rule leaves to the bureau, or that the bureau may make stricter. */
export const paramSchema = z.strictObject({
  words: wordsSchema,
  /** As the source says it; absent where the source leaves it open: the rule then owes nothing until it is set. */
  value: z.union([z.number(), Day]).optional(),
  type: z.enum(['number', 'day']),
  unit: z.string().min(1).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  /** In which direction a bureau may move it: `up` or `down` is stricter; `free` where the source leaves it open. */
  stricter: z.enum(['up', 'down', 'free']),
})

/** A choice that the text leaves open and how it is read here, so that an office can contest it. */
export const readingSchema = z.strictObject({ id: idSchema, says: wordsSchema })

/** What a version of a rule asks. */
export const versionSchema = z.strictObject({
  from: Day,
  /** The last day; open when absent. */
  to: Day.optional(),
  /** Article as it may be shown; null where it was not seen (decision 10). */
  article: z.string().min(1).nullable(),
  /** The duty in our own words. */
  says: wordsSchema,
  who: whoSchema,
  window: windowSchema,
  /** Any one of these is enough. */
  need: z.array(measureSchema).min(1),
  partial: z.enum(partials).default('not-owed-under-half'),
  /**
   * What an empty record means once the window is over: `unmet`, or `undetermined` where the module that would hold the
   * facts does not exist yet or where the pair of a talk may have been emptied.
   */
  silence: z.enum(['unmet', 'undetermined']).default('unmet'),
  /** The part of the window in which it ordinarily falls, as months (Q4: [10, 12]); shown, never counted. */
  ordinarily_in: z.tuple([z.int().min(1).max(12), z.int().min(1).max(12)]).optional(),
  params: z.record(z.string().regex(/^[a-z][a-z-]*$/), paramSchema).default({}),
  readings: z.array(readingSchema).default([]),
})

/** Who sees what is owed by a person: everybody over the unit, the pair rule of talks, or the person and one handler. */
export const visibilities = ['unit', 'talks', 'training', 'personal'] as const

/** One rule of a pack with its versions in time. */
export const ruleSchema = z
  .strictObject({
    id: idSchema,
    words: wordsSchema,
    strictness: z.enum(strictnesses),
    confidence: z.enum(confidences),
    standing: z.enum(standings),
    visibility: z.enum(visibilities).default('unit'),
    /** Where the rule is written: the pack's regulation unless another is named here. */
    source: wordsSchema.optional(),
    versions: z.array(versionSchema).min(1),
  })
  .refine(({ versions }) => {
    const sorted = [...versions].sort((a, b) => (a.from < b.from ? -1 : 1))
    return sorted.every(
      (v, i) => (v.to ?? '9999-12-31') >= v.from && (i === 0 || (sorted[i - 1]!.to ?? '9999-12-31') < v.from),
    )
  }, 'two versions apply on one day')
export type Rule = z.infer<typeof ruleSchema>
export type RuleVersion = z.infer<typeof versionSchema>
export type Who = z.infer<typeof whoSchema>
export type Window = z.infer<typeof windowSchema>
export type Measure = z.infer<typeof measureSchema>
export type FactPattern = z.infer<typeof factSchema>
export type RuleEvent = z.infer<typeof eventSchema>
export type Standing = (typeof standings)[number]

/** A regulation as a pack: what it is called and when it holds; facts only, never its sentences. */
export const packSchema = z.strictObject({
  id: idSchema,
  title: wordsSchema,
  issuer: wordsSchema,
  issued_on: Day.nullable(),
  effective_from: Day,
  effective_to: Day.optional(),
  /** Official page that a person checked; absent where none was. */
  url: z.url().optional(),
  note: wordsSchema.optional(),
})
export type Pack = z.infer<typeof packSchema>

/**
 * A change that a bureau lays over a shipped rule: only what makes it stricter or sets what was left to it. It stands from
 * `from` on; windows that began before stay with the shipped version.
 */
export const localChangeSchema = z.strictObject({
  rule: idSchema,
  from: Day,
  /** The bureau's own document, and where in it. */
  source: z.string().trim().min(2).max(120),
  every: z.enum(['month', 'quarter', 'half-year', 'year']).optional(),
  count: z.int().positive().optional(),
  params: z.record(z.string(), z.union([z.number(), Day])).optional(),
})
export type LocalChange = z.infer<typeof localChangeSchema>

/**
 * A bureau's own pack: changes of shipped rules, and rules of its own (`own-…`, strictness local). It may quote: the
 * words are compared with the official texts that the bureau keeps, and are nowhere shown (decision 11).
 */
export const localPackSchema = z.strictObject({
  id: idSchema.refine((id) => id.startsWith('own-'), 'an own id starts with own-'),
  title: z.string().trim().min(2).max(120),
  changes: z.array(localChangeSchema).default([]),
  rules: z.array(ruleSchema).default([]),
  quotes: z
    .array(
      z.strictObject({ rule: idSchema, document: z.string().trim().min(2), text: z.string().trim().min(4).max(400) }),
    )
    .default([]),
})
export type LocalPack = z.infer<typeof localPackSchema>
