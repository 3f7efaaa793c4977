import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CommandLine, must, one } from './arguments.ts'
import { bodyOf, Declined } from './connect.ts'
import type { CliSession } from './session.ts'

interface Listed {
  readonly id: string
  readonly title: string | null
  readonly year: number
  readonly why: { readonly zh: string; readonly en: string } | null
}

/** The reviewed documents and the bound reports of a bureau as marked texts, and what does not count with the reason. */
export interface BureauGold {
  readonly documents: readonly { readonly name: string; readonly marked: string }[]
  readonly left: readonly { readonly name: string; readonly zh: string; readonly en: string }[]
}

/** A name for the file of a document: year, title without signs that file systems mind, the end of its id. */
function nameOf({ id, title, year }: Listed): string {
  const bare = (title ?? '').replace(/[^\p{L}\p{N}]+/gu, '').slice(0, 40)
  return `${year}-${bare}-${id.slice(-6)}`
}

/** Fetches the gold of the user's bureau; throws `Declined` where he may not have it. */
export async function fetchGold(session: CliSession, year?: string): Promise<BureauGold> {
  const asked = year === undefined ? {} : { year }
  type Item = Omit<Listed, 'id'> & { documentId: string; draftId: string }
  const listed = async (name: string) => (bodyOf(await session.query(name, asked)) as { items: Item[] }).items
  const documents: { name: string; marked: string }[] = []
  const left: { name: string; zh: string; en: string }[] = []
  const take = async (item: Listed, name: string, input: Record<string, string>) => {
    const answer = await session.query(name, input)
    if (answer.status === 409) return void left.push({ name: item.title ?? item.id, ...answer.body.details })
    if (answer.status !== 200) throw new Declined(answer)
    documents.push({ name: nameOf(item), marked: answer.bytes.toString('utf8') })
  }
  for (const { documentId, ...item } of await listed('gold.list')) {
    if (item.why !== null) left.push({ name: item.title ?? documentId, ...item.why })
    else await take({ ...item, id: documentId }, 'gold.get', { documentId })
  }
  for (const { draftId, ...item } of await listed('gold.reports'))
    await take({ ...item, id: draftId }, 'gold.report', { draftId })
  return { documents, left }
}

/** What is left out and why, one line each. */
export function leftLines({ left }: BureauGold): string[] {
  if (left.length === 0) return []
  return [
    `未计入 ${left.length} 份 / left out: ${left.length}`,
    ...left.map(({ name, zh, en }) => `  ${name}：${zh} / ${en}`),
  ]
}

/** `luze gold --org ORG --out FOLDER`: every reviewed document of the bureau as a marked text, readable by its owner alone. */
export async function goldCommand(line: CommandLine, session: CliSession, say: (text: string) => void): Promise<void> {
  const folder = must(line, 'out')
  const gold = await fetchGold(session, one(line, 'year'))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = gold.documents.map(({ name, marked }) => {
    const path = join(folder, `${name}.gold.txt`)
    writeFileSync(path, marked, { mode: 0o600 })
    return path
  })
  if (line.options['json'] === true) return say(JSON.stringify({ files, left: gold.left }, null, 2))
  for (const path of files) say(path)
  say(
    `标注文本 ${files.length} 份，含原文和人名，不出本单位 / marked texts: ${files.length}; they name people and stay in the office`,
  )
  for (const said of leftLines(gold)) say(said)
}
