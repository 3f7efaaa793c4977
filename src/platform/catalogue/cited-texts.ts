import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { decode } from '../../core/text/decode.ts'
import { readDocx } from '../office/docx.ts'

/** Official texts that a bureau keeps in a folder: by title, which is the name of the file. */
export interface CitedTexts {
  /** The text of a title, or null where no file has that name. */
  find(title: string): string | null
}

/** Titles are the same whatever brackets, blanks and width of signs they are written with. */
function bare(title: string): string {
  return title.normalize('NFKC').replace(/[\s《》〈〉“”"'‘’()[\]]/g, '')
}

/** Reads the `.txt`, `.md` and `.docx` files of a folder. */
export function readTexts(dir: string): CitedTexts {
  const texts = new Map<string, string>()
  for (const name of readdirSync(dir).sort()) {
    const extension = extname(name).toLowerCase()
    if (!['.txt', '.md', '.docx'].includes(extension)) continue
    const bytes = readFileSync(join(dir, name))
    const text = extension === '.docx' ? readDocx(bytes).text : decode(bytes).text
    texts.set(bare(name.slice(0, -extension.length)), text)
  }
  return { find: (title) => texts.get(bare(title)) ?? null }
}

/** The articles of a citation that do not begin a paragraph of the text, as they are written there. */
export function missingArticles(article: string, text: string): string[] {
  const cited = article.match(/第[〇零一二三四五六七八九十百千]+条/g) ?? []
  return cited.filter((one) => !new RegExp(`(^|\\n)[\\s#*]*${one}`).test(text))
}

/** Claims that the words stand in the text, whatever line breaks, blanks and width of signs lie between. */
export function contains(text: string, quote: string): boolean {
  const plain = (one: string) => one.normalize('NFKC').replace(/\s/g, '')
  return plain(text).includes(plain(quote))
}
