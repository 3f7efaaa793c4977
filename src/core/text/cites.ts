import type { Lexicon } from '../reading/lexicon.ts'
import { Chars } from './chars.ts'

/** A cited title as it stands, without its outer marks; offsets include the marks. */
export type Cite = { title: string; start: number; end: number }

const marks = new Chars('《》\n')

/** The cited titles 《…》 of a text; titles nested in a title belong to it. */
export function citesIn(text: string): Cite[] {
  const cites: Cite[] = []
  let depth = 0
  let start = 0
  for (
    let index = marks.next(text, 0, text.length);
    index < text.length;
    index = marks.next(text, index + 1, text.length)
  ) {
    const char = text.charAt(index)
    if (char === '\n') depth = 0
    else if (char === '《') {
      if (depth === 0) start = index
      depth++
    } else if (depth > 0) {
      depth--
      if (depth === 0 && index > start + 1) {
        cites.push({ title: text.slice(start + 1, index), start, end: index + 1 })
      }
    }
  }
  return cites
}

/** The key under which titles of one document meet: without issuer, year, redactions, joining words and fillers. */
export function citeKey(title: string, lexicon: Pick<Lexicon, 'cite_ignored'>): string {
  let key = title.trim()
  for (const { pattern } of [...lexicon.cite_ignored].reverse()) key = key.replace(new RegExp(pattern, 'gu'), '')
  key = key.replace(/(?:19|20)\d{0,2}年?/g, '')
  for (const { pattern } of lexicon.cite_ignored) key = key.replace(new RegExp(pattern, 'gu'), '')
  return key === '' ? title.trim() : key
}
