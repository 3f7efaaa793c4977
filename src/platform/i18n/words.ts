import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'

export type Language = 'zh' | 'en'

const Both = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) })
const RefusalWords = Both.extend({ status: z.number().int().min(400).max(503) })
const WordsFile = z.strictObject({
  verbs: z.record(z.string(), Both).default({}),
  refusals: z.record(z.string(), RefusalWords).default({}),
  messages: z.record(z.string(), Both).default({}),
})

/** What the program says of its own: names of verbs and reads, refusals with their HTTP status, other messages. */
export interface Words {
  readonly verbs: ReadonlyMap<string, { zh: string; en: string }>
  readonly refusals: ReadonlyMap<string, { zh: string; en: string; status: number }>
  readonly messages: ReadonlyMap<string, { zh: string; en: string }>
}

/** Reads `catalogue/words/*.yaml`; one code or name that stands twice is an error that names both. */
export function loadWords(dir = join(import.meta.dirname, '../../../catalogue/words')): Words {
  const verbs = new Map<string, { zh: string; en: string }>()
  const refusals = new Map<string, { zh: string; en: string; status: number }>()
  const messages = new Map<string, { zh: string; en: string }>()
  for (const name of readdirSync(dir).sort()) {
    if (!name.endsWith('.yaml')) continue
    const file = WordsFile.parse(parse(readFileSync(join(dir, name), 'utf8')) ?? {})
    const put = <T>(into: Map<string, T>, rows: Record<string, T>) => {
      for (const [key, value] of Object.entries(rows)) {
        if (into.has(key)) throw new Error(`catalogue/words/${name}: ${key} is worded twice`)
        into.set(key, value)
      }
    }
    put(verbs, file.verbs)
    put(refusals, file.refusals)
    put(messages, file.messages)
  }
  return { verbs, refusals, messages }
}

/** Fills `{name}` in a wording; a fact that is missing stays visible as its name, so that a test can find it. */
export function fill(template: string, facts: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = facts[key]
    return value === undefined || value === null ? whole : String(value)
  })
}
