import * as z from 'zod'
import { Both, Day, Id, Instant, Line, query, verb } from '../../core/contract.ts'
import { confidences, standings, strictnesses, visibilities } from '../../core/rules/rule.ts'

const RuleId = z
  .string()
  .min(1)
  .max(44)
  .regex(/^[a-z][a-z0-9-]*$/)
  .describe('id of a rule')

const Value = z.union([z.number(), Day])

/**
 * A named person says that source and article of a rule were seen: its badge goes, and a dormant rule becomes
 * an expectation. It never becomes a hard deadline by that (decision 10).
 */
export const confirmRule = verb('rule.confirm', {
  input: z.strictObject({
    rule: RuleId,
    source: Line(200).describe('the document in which it was seen'),
    article: Line(80).describe('where in it'),
    from: Day.optional().describe('first day from which a dormant rule is asked; today when absent'),
  }),
  output: z.object({ settingId: Id, rule: RuleId }),
  refusals: ['rule/unknown', 'rule/needs-no-confirmation', 'rule/documentation-only', 'rule/already-confirmed'],
})

/** Sets a number or day that a rule leaves to the bureau, or makes one stricter, from a day on. */
export const assignRule = verb('rule.assign', {
  input: z.strictObject({
    rule: RuleId,
    param: z.string().min(1).max(40).describe('name of the parameter'),
    value: Value,
    from: Day,
    source: Line(120).optional().describe('the document of the bureau that says so'),
  }),
  output: z.object({ settingId: Id, rule: RuleId, param: z.string(), value: Value, from: Day }),
  refusals: [
    'rule/unknown',
    'rule/documentation-only',
    'rule/unknown-parameter',
    'rule/parameter-type',
    'rule/parameter-range',
    'rule/parameter-looser',
    'rule/parameter-days',
    'rule/not-in-force',
    'rule/nothing-changed',
  ],
})

/** Takes a confirmation, a parameter or an own pack back: from now on it is as if it had never been said. */
export const withdrawRule = verb('rule.withdraw', {
  input: z.strictObject({ settingId: Id, reason: Line(200) }),
  output: z.object({ settingId: Id }),
  refusals: ['rule/setting-withdrawn'],
})

/** What a bureau's pack changes of the shipped rules, in one place. */
export const Difference = z.object({
  rule: RuleId,
  words: Both,
  from: Day,
  what: z.enum(['every', 'count', 'param', 'own-rule']),
  param: z.string().nullable(),
  base: z.union([z.string(), z.number()]).nullable().describe('as shipped; null where the source leaves it open'),
  local: z.union([z.string(), z.number()]).nullable().describe('as the pack says it'),
  source: z.string(),
})

/** Taken as it stands, blank lines and all: faults name its lines, and its digest is that of the file. */
const PackText = z
  .string()
  .min(1)
  .max(200_000)
  .regex(/^(?:[^\p{Cc}\p{Cf}]|[\n\r\t])*$/u)
  .describe('the pack as YAML')

/** Lays a bureau's own pack over the shipped rules from a day on; a pack of the same id follows the earlier one. */
export const importRule = verb('rule.import', {
  input: z.strictObject({
    text: PackText,
    from: Day.optional().describe('first day on which it holds; today when absent'),
    check: z.boolean().optional().describe('only look for faults and show the difference, write nothing'),
  }),
  output: z.object({
    settingId: Id.nullable(),
    pack: z.string(),
    title: z.string(),
    from: Day,
    differences: z.array(Difference),
  }),
  refusals: ['rule/pack-problems', 'rule/nothing-changed'],
})

const Person = z.object({ personId: Id.nullable(), name: z.string().nullable() })
const Said = { settingId: Id, at: Instant, by: Person, onBehalfOf: Person.nullable() }

/** How a rule stands in this bureau. */
export const RuleLine = z.object({
  rule: RuleId,
  words: Both,
  pack: z.object({ id: z.string(), title: Both }),
  own: z.boolean().describe('a rule of the bureau itself'),
  strictness: z.enum(strictnesses),
  confidence: z.enum(confidences),
  standing: z.enum(standings).describe('as shipped'),
  visibility: z.enum(visibilities),
  article: z.string().nullable().describe('null where none was seen'),
  says: Both,
  unconfirmed: z.boolean().describe('source and article wait for a named person'),
  confirmed: z.boolean(),
  active: z.boolean().describe('owes something in this bureau today'),
  expected: z.boolean().describe('never red'),
  unset: z.array(z.string()).describe('parameters that the source leaves to the bureau and that are not set today'),
  changed: z.boolean().describe('the bureau made it stricter or set a parameter'),
})

/** Every rule, active or not, with what the bureau laid over it. */
export const listRules = query('rule.list', {
  input: z.strictObject({
    pack: z.string().max(44).optional(),
    standing: z.enum(standings).optional(),
    active: z.boolean().optional(),
  }),
  output: z.object({
    on: Day,
    items: z.array(RuleLine),
    documentation: z
      .array(
        z.object({
          id: z.string(),
          part: z.string(),
          strictness: z.enum(strictnesses),
          confidence: z.enum(confidences),
          why: Both,
        }),
      )
      .describe('duties of the sources that are only read, and why no rule is made of them'),
  }),
})

const Param = z.object({
  param: z.string(),
  words: Both,
  type: z.enum(['number', 'day']),
  unit: z.string().nullable(),
  base: Value.nullable().describe('as the source says it'),
  value: Value.nullable().describe('as it stands today'),
  min: z.number().nullable(),
  max: z.number().nullable(),
  stricter: z.enum(['up', 'down', 'free']),
})

const Version = z.object({
  from: Day,
  to: Day.nullable(),
  article: z.string().nullable(),
  says: Both,
  current: z.boolean(),
  every: z.string().nullable(),
  partial: z.string(),
  ordinarilyIn: z.array(z.int()).nullable(),
  readings: z.array(z.object({ id: z.string(), says: Both })),
  params: z.array(Param),
})

/** One rule whole: its versions, readings and parameters, and what the bureau said of it, by whom and when. */
export const getRule = query('rule.get', {
  input: z.strictObject({ rule: RuleId }),
  output: z.object({
    ...RuleLine.shape,
    source: Both,
    url: z.string().nullable(),
    versions: z.array(Version),
    confirmation: z
      .object({ ...Said, source: z.string().nullable(), article: z.string().nullable(), from: Day.nullable() })
      .nullable(),
    assignments: z.array(
      z.object({ ...Said, param: z.string(), value: Value, from: Day, source: z.string().nullable() }),
    ),
    differences: z.array(Difference),
    maySet: z.boolean(),
  }),
})

/** The packs that the bureau laid over the shipped rules, newest first, each with its text. */
export const listOwnPacks = query('rule.packs', {
  input: z.strictObject({}),
  output: z.object({
    on: Day,
    items: z.array(
      z.object({
        ...Said,
        pack: z.string(),
        title: z.string(),
        from: Day,
        to: Day.nullable().describe('last day before the pack that follows it'),
        inForce: z.boolean(),
        digest: z.string().describe('SHA-256 of the text, hex'),
        text: z.string(),
        differences: z.array(Difference),
      }),
    ),
  }),
})
