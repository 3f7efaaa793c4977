import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import type { z } from 'zod'

/** The catalogue cannot be used: which file, which row, and why. An operator reads this, never a user of the bureau. */
export class CatalogueError extends Error {
  readonly file: string
  readonly row: string
  constructor(file: string, row: string, problem: string) {
    super(`${file}: ${row}: ${problem}`)
    this.name = 'CatalogueError'
    this.file = file
    this.row = row
  }
}

/** Reads one YAML file of the catalogue as plain data; throws CatalogueError. */
export function readYaml(dir: string, file: string): unknown {
  let text: string
  try {
    text = readFileSync(join(dir, file), 'utf8')
  } catch {
    throw new CatalogueError(file, 'file', 'cannot be read')
  }
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true })
  const error = document.errors[0]
  if (error !== undefined) throw new CatalogueError(file, 'yaml', error.message)
  return document.toJS({ maxAliasCount: 0 })
}

/** How a row is called in a message: its id, number or column where it has one, and its place in the file. */
export function rowName(value: unknown, index: number): string {
  const row = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const name = row.id ?? row.number ?? row.year ?? (row.table === undefined ? undefined : `${row.table}.${row.column}`)
  return name === undefined ? `row ${index + 1}` : `row ${index + 1} (${String(name)})`
}

/** Checks one row against its schema; throws CatalogueError with every fault of the row. */
export function parseRow<T>(schema: z.ZodType<T>, value: unknown, file: string, index: number): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => {
    const path = issue.path.map(String).join('.')
    return path === '' ? issue.message : `${path}: ${issue.message}`
  })
  throw new CatalogueError(file, rowName(value, index), issues.join('; '))
}
