import * as z from 'zod'
import { strictnessSchema } from '../../core/catalogue/rules.ts'
import { localPackSchema, packSchema, ruleSchema } from '../../core/rules/rule.ts'
import { caseFileSchema } from './rule-cases.ts'

const schemas: Readonly<Record<string, [z.ZodType, title: string]>> = {
  rule: [ruleSchema, 'A rule of a pack'],
  pack: [packSchema, 'A regulation as a pack'],
  'local-pack': [localPackSchema, 'A pack of a bureau of its own'],
  strictness: [z.array(strictnessSchema), 'How each duty binds'],
  cases: [caseFileSchema, 'Cases of a rule'],
}

/** JSON Schemas by which an editor helps whoever writes rules, as the text of their files under `catalogue/rules`. */
export function ruleSchemas(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, [schema, title]]) => {
      const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'ref' })
      return [`catalogue/rules/${name}.schema.json`, `${JSON.stringify({ title, ...json }, null, 2)}\n`]
    }),
  )
}
