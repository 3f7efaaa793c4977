import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { Lexicon } from '../../core/reading/lexicon.ts'

/** The folder of the shipped vocabulary. */
export const lexiconFolder = join(import.meta.dirname, '../../../catalogue/lexicon')

/** Loads the vocabulary of the reader from a folder of YAML files, checks it and freezes it; throws with file and row when a row is wrong. */
export function loadLexicon(folder: string = lexiconFolder): Lexicon {
  const merged: Record<string, unknown> = {}
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.yaml')) continue
    const sections: unknown = parse(readFileSync(join(folder, file), 'utf8'))
    if (typeof sections !== 'object' || sections === null) throw new Error(`${file}: no sections`)
    for (const [name, rows] of Object.entries(sections)) {
      if (name in merged) throw new Error(`${file}: section ${name} stands in two files`)
      merged[name] = rows
    }
  }
  const parsed = Lexicon.safeParse(merged)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new Error(`catalogue/lexicon: ${issue?.path.join('.')}: ${issue?.message}`)
  }
  return deepFreeze(parsed.data)
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner)
    Object.freeze(value)
  }
  return value
}
