import type * as z from 'zod'

/** A fault against a schema: where, a code worded as `schema-problem/<code>`, and the values that the wording names. */
export interface SchemaFault {
  readonly path: readonly PropertyKey[]
  readonly code: 'unknown-keys' | 'missing' | 'type' | 'value' | 'form' | 'size' | 'other'
  readonly values: Readonly<Record<string, string>>
}

type Issue = z.core.$ZodIssue

/**
 * Faults as whoever writes the text can mend them. Where a place may be one of several things, the faults of the one that
 * was meant are told: of that which knows most of the keys that stand there.
 */
export function schemaFaults(issues: readonly Issue[], at: readonly PropertyKey[] = []): SchemaFault[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...issue.path]
    if (issue.code === 'invalid_union') return meant(issue.errors, path)
    return [{ path, ...faultOf(issue) }]
  })
}

function meant(branches: readonly (readonly Issue[])[], path: readonly PropertyKey[]): SchemaFault[] {
  const best = branches.toSorted((a, b) => strangeness(a) - strangeness(b))[0]
  if (best === undefined) return [{ path, code: 'other', values: { says: '' } }]
  const whole = branches.map((branch) =>
    branch.find((issue) => issue.code === 'invalid_type' && issue.path.length === 0),
  )
  if (whole.every((issue) => issue?.code === 'invalid_type')) {
    const expected = [...new Set(whole.map((issue) => (issue?.code === 'invalid_type' ? issue.expected : '')))].join(
      ' / ',
    )
    return [{ path, code: whole.every(isMissing) ? 'missing' : 'type', values: { expected } }]
  }
  return schemaFaults(best, path)
}

/** How far a branch is from what stands there: another sort of thing, unknown keys, keys that are missing, other faults. */
function strangeness(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + 10 * issue.keys.length
    if (issue.code === 'invalid_type' && issue.path.length === 0) return sum + 100
    if (isMissing(issue)) return sum + 4
    return sum + 1
  }, 0)
}

/** Nothing stands in the place at all. */
function isMissing(issue: Issue | undefined): boolean {
  return issue?.code === 'invalid_type' && issue.message.endsWith('received undefined')
}

function faultOf(issue: Issue): Pick<SchemaFault, 'code' | 'values'> {
  const values = { says: issue.message }
  if (issue.code === 'unrecognized_keys') return { code: 'unknown-keys', values: { keys: issue.keys.join(', ') } }
  if (issue.code === 'invalid_type') {
    return { code: isMissing(issue) ? 'missing' : 'type', values: { expected: issue.expected } }
  }
  if (issue.code === 'invalid_value') return { code: 'value', values: { choices: issue.values.map(String).join(', ') } }
  if (issue.code === 'too_small' || issue.code === 'too_big') return { code: 'size', values }
  if (issue.code === 'invalid_format')
    return { code: 'form', values: { says: issue.format === 'date' ? 'YYYY-MM-DD' : (issue.pattern ?? issue.format) } }
  return { code: 'other', values }
}
