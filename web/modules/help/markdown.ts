/** Words of a line: plain, code, strong, words of a button, a link, a picture. */
export type Words =
  | { sort: 'plain'; text: string }
  | { sort: 'code'; text: string }
  | { sort: 'strong'; text: string }
  | { sort: 'button'; text: string }
  | { sort: 'link'; text: string; to: string }
  | { sort: 'picture'; text: string; to: string }

/** One piece of a page of the manual. */
export type Block =
  | { sort: 'heading'; level: number; id: string; place: string | null; words: Words[] }
  | { sort: 'text'; words: Words[] }
  | { sort: 'list'; ordered: boolean; items: Words[][] }
  | { sort: 'table'; head: Words[][]; rows: Words[][][] }
  | { sort: 'code'; text: string }

const inline = /`([^`]+)`|\*\*(.+?)\*\*|\*([^*\s][^*]*)\*|(!?)\[([^\]]*)\]\(([^)\s]+)\)/g

/** The words of a line, in order. */
export function wordsOf(line: string): Words[] {
  const found: Words[] = []
  let end = 0
  for (const match of line.matchAll(inline)) {
    if (match.index > end) found.push({ sort: 'plain', text: line.slice(end, match.index) })
    const [whole, code, strong, button, bang, text, to] = match
    if (code !== undefined) found.push({ sort: 'code', text: code })
    else if (strong !== undefined) found.push({ sort: 'strong', text: strong })
    else if (button !== undefined) found.push({ sort: 'button', text: button })
    else found.push({ sort: bang ? 'picture' : 'link', text: text ?? '', to: to ?? '' })
    end = match.index + whole.length
  }
  if (end < line.length) found.push({ sort: 'plain', text: line.slice(end) })
  return found
}

/** What a line says without its marks. */
export const plainOf = (words: readonly Words[]): string => words.map(({ text }) => text).join('')

/** The anchor of a heading, as code hosts make it too. */
function anchorOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-')
}

/** The address of a route as a heading names it: what differs from record to record is left out. */
export const placeOf = (route: string): string => route.replaceAll(/\$\w*/g, '…').replace(/\/$/, '') || '/'

// Lines of one paragraph meet without a space between two Chinese characters.
function join(lines: readonly string[]): string {
  return lines.reduce((text, line) => {
    const next = line.trim()
    const wide = /[\p{Script=Han}，。；：、（）“”《》]/u
    return text === '' ? next : wide.test(text.at(-1)!) || wide.test(next[0] ?? '') ? text + next : `${text} ${next}`
  }, '')
}

const cellsOf = (line: string): Words[][] =>
  line
    .trim()
    .replaceAll(/^\||\|$/g, '')
    .split('|')
    .map((cell) => wordsOf(cell.trim()))

const item = /^(?:-|\d+\.) /

function headingOf(line: string): Block {
  const [, marks, text] = /^(#+) (.*)$/.exec(line)!
  const words = wordsOf(text!)
  const place = words.find((one) => one.sort === 'code' && one.text.startsWith('/'))?.text ?? null
  return { sort: 'heading', level: marks!.length, id: anchorOf(plainOf(words)), place, words }
}

function listOf(lines: readonly string[]): Block {
  const items: string[][] = []
  for (const line of lines) {
    if (item.test(line)) items.push([line.replace(item, '')])
    else items.at(-1)?.push(line)
  }
  return { sort: 'list', ordered: /^\d/.test(lines[0]!), items: items.map((one) => wordsOf(join(one))) }
}

/** The pieces of a page. It reads what the manual uses: headings, paragraphs, flat lists, tables, code, links, pictures. */
export function blocksOf(page: string): Block[] {
  const lines = page.split('\n')
  const blocks: Block[] = []
  const take = (while_: (line: string) => boolean): string[] => {
    const taken: string[] = []
    while (lines.length > 0 && while_(lines[0]!)) taken.push(lines.shift()!)
    return taken
  }
  while (lines.length > 0) {
    const line = lines[0]!
    if (line.trim() === '' || line.startsWith('<!--')) lines.shift()
    else if (line.startsWith('#')) blocks.push(headingOf(lines.shift()!))
    else if (line.startsWith('```')) {
      lines.shift()
      blocks.push({ sort: 'code', text: take((one) => !one.startsWith('```')).join('\n') })
      lines.shift()
    } else if (line.startsWith('|')) {
      const [head, , ...rows] = take((one) => one.startsWith('|'))
      blocks.push({ sort: 'table', head: cellsOf(head!), rows: rows.map(cellsOf) })
    } else if (item.test(line)) blocks.push(listOf(take((one) => item.test(one) || /^ {2}/.test(one))))
    else
      blocks.push({
        sort: 'text',
        words: wordsOf(join(take((one) => one.trim() !== '' && !/^(#|```|\|)/.test(one) && !item.test(one)))),
      })
  }
  return blocks
}
