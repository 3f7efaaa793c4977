import { join } from 'node:path'
import * as z from 'zod'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import { idSchema } from '../../core/catalogue/words.ts'
import { Day } from '../../core/contract.ts'
import { localChangeSchema } from '../../core/rules/rule.ts'
import { shippedCatalogue } from './catalogue.ts'
import { packIds, RULES, yamlFiles } from './rules.ts'
import { parseRow, readYaml } from './yaml.ts'

const Plain = z.record(z.string(), z.unknown())
const Rows = z.array(Plain)

/**
 * What an obligation is expected to be: `none`, an outcome, or an outcome with what was counted of what was needed
 * (`unmet 1/2`).
 */
const Gives = z
  .string()
  .regex(/^(none|(upcoming|open|met|late|unmet|excused|undetermined)( [\d.]+\/[\d.]+)?)$/, 'an outcome, or none')

const byDay = z.record(Day, Gives)

/**
 * One case. It asks about one subject and one window (those of the file unless it names its own) on a day: `on` with
 * `gives`, or `asked` for several days. `held` tries the record `fact` on several days. `each` tries a record once for
 * every value that a `{ not: […] }` in it leaves; in `facts` all these stand together. `owes` lists every subject that owes
 * anything in the window, with how much where that matters.
 */
export const caseSchema = z
  .strictObject({
    says: z.string().min(8),
    /** From where the answer is known: an article, a reading of the rule, a decision of the project, or arithmetic. */
    oracle: z.string().regex(/^(article|arithmetic|decision \d+|reading [a-z][a-z-]*)$/),
    subject: z.string().optional(),
    window: z
      .string()
      .regex(/^\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d$/)
      .optional(),
    version: Day.optional(),
    set: localChangeSchema.shape.params,
    /** Leaves out what the file sets. */
    unset: z.boolean().optional(),
    confirmed: z.boolean().optional(),
    goLiveOn: Day.optional(),
    /** Rows that stand beside those of the made bureau, by list. */
    also: z.record(z.string(), Rows).default({}),
    /** Ids of units and persons of the made bureau that are not there. */
    gone: z.array(z.string()).default([]),
    facts: Rows.default([]),
    excuses: Rows.default([]),
    fact: Plain.optional(),
    each: Plain.optional(),
    on: Day.optional(),
    gives: Gives.optional(),
    asked: byDay.optional(),
    held: byDay.optional(),
    owes: z.union([z.array(z.string()), z.record(z.string(), z.number())]).optional(),
  })
  .refine(
    ({ gives, asked, held, owes }) => [gives, asked, held, owes].filter((one) => one !== undefined).length === 1,
    'one of gives, asked, held, owes',
  )
  .refine(({ asked, on }) => (asked === undefined) === (on !== undefined), 'on, unless asked names the days')
  .refine(({ held, fact }) => (held === undefined) === (fact === undefined), 'held and fact stand together')
export type RuleCase = z.infer<typeof caseSchema>

/** The cases of one rule, and what the rule shows of itself. */
export const caseFileSchema = z.strictObject({
  rule: idSchema,
  version: Day,
  expected: z.boolean(),
  unconfirmed: z.boolean().default(false),
  visibility: z.enum(['unit', 'talks', 'training', 'personal']).default('unit'),
  ordinarily_in: z.tuple([z.int(), z.int()]).optional(),
  subject: z.string(),
  window: z.string().regex(/^\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d$/),
  set: localChangeSchema.shape.params,
  /** Whether a named person confirmed the rule, which a dormant one needs. */
  confirmed: z.boolean().default(false),
  /** Values that a bureau may give a parameter, and values that it may not. */
  limits: z
    .record(
      z.string(),
      z.strictObject({ taken: z.array(z.union([z.number(), Day])), refused: z.array(z.union([z.number(), Day])) }),
    )
    .default({}),
  cases: z.array(caseSchema).min(3),
})
export type CaseFile = z.infer<typeof caseFileSchema> & { readonly file: string }

/** The made bureau of the cases. */
export const bureauSchema = z.strictObject({
  goLiveOn: Day,
  units: Rows,
  posts: Rows,
  appointments: Rows,
  memberships: Rows,
  classes: Rows,
})
export type MadeBureau = z.infer<typeof bureauSchema>

/**
 * Reads the cases of every pack and the bureau on which they are tried.
 * @throws CatalogueError naming file and row
 */
export function readCases(dir: string = shippedCatalogue): { bureau: MadeBureau; files: CaseFile[] } {
  const bureau = parseRow(bureauSchema, readYaml(dir, `${RULES}/bureau.yaml`), `${RULES}/bureau.yaml`, 0)
  const files = packIds(dir).flatMap((pack) =>
    yamlFiles(dir, join(RULES, pack, 'cases')).map((file) => ({
      ...parseRow(caseFileSchema, readYaml(dir, file), file, 0),
      file,
    })),
  )
  return { bureau, files }
}

/** The oracles of a file that its rule does not have: readings that no version states, an article that was not seen. */
export function unknownOracles({ rule: id, cases }: CaseFile, { rules }: Pick<Catalogue, 'rules'>): string[] {
  const versions = rules.find(id)?.versions ?? []
  const readings = versions.flatMap((version) => version.readings.map((reading) => `reading ${reading.id}`))
  const known = ['arithmetic', ...readings, ...(versions.some(({ article }) => article !== null) ? ['article'] : [])]
  return cases
    .map(({ oracle }) => oracle)
    .filter((oracle) => !known.includes(oracle) && !oracle.startsWith('decision '))
}
