import { en } from '../../../web/words/en.ts'
import { zh } from '../../../web/words/zh.ts'

/** The words of the pages in both languages, as a story names what it looks for. */
export const words = { zh, en } as const

/** Fills `{{name}}` in words of the pages. */
export function said(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? `{{${name}}}`))
}
