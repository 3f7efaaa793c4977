import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { decode } from '../../core/text/decode.ts'
import { ReadingRefusal } from '../../core/text/refusal.ts'
import { loadWords } from '../i18n/words.ts'
import { readDocx } from '../office/docx.ts'
import { type CommandLine, must, one, UsageError } from './arguments.ts'
import { bodyOf, Declined } from './connect.ts'
import type { CliSession } from './session.ts'

function year(line: CommandLine): number {
  const value = Number(must(line, 'year'))
  if (!Number.isInteger(value)) throw new UsageError('--year 须是四位年份 / --year is a year of four digits')
  return value
}

function fileOf(line: CommandLine): string {
  const path = line.words[1]
  if (path === undefined) throw new UsageError('缺文件名 / A file name is missing')
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`没有这个文件：${path} / There is no such file: ${path}`)
  return path
}

/** `luze import FILE --org ORG --year Y`: a document or list into drafts for review; of tables the mapping is shown first. */
export async function importCommand(
  line: CommandLine,
  session: CliSession,
  say: (text: string) => void,
): Promise<void> {
  const path = fileOf(line)
  const file = { fileName: basename(path), content: readFileSync(path).toString('base64') }
  const json = line.options['json'] === true
  const shown = bodyOf(await session.verb('document.explain', file)) as Explained
  if (!json) sayTables(shown, say)
  const document = bodyOf(await session.verb('document.import', { ...file, year: year(line) }))
  const drafts = bodyOf(await session.verb('draft.open', { documentId: document.id }))
  if (json) return say(JSON.stringify({ document, drafts, tables: shown.tables, problems: shown.problems }, null, 2))
  say(`已导入 / imported: ${basename(path)}  ${document.encoding ?? ''}`)
  say(`文件编号 / document: ${document.id}`)
  say(`责任条目草稿 / drafts: ${drafts.drafts ?? drafts.count ?? ''}`)
  const { listed = 0, changed = 0, missing = 0 } = drafts as { listed?: number; changed?: number; missing?: number }
  if (listed > 0) say(`清单里已有的 / in the list already: ${listed}`)
  if (changed + missing > 0) {
    say(`改动清单事项，待逐条确认 / changes of the list, each to be confirmed: ${changed}`)
    say(`清单有、文件没有，待确认取消 / in the list and not in the file, to be confirmed: ${missing}`)
  }
}

interface Explained {
  tables: {
    table: string
    headerRow: number
    items: number
    columns: { column: string; heading: string; field: string | null; by: string | null }[]
  }[]
  problems: { table: string; row: number | null; zh: string; en: string }[]
}

/** What the columns of a file's tables mean, and every problem by row. */
function sayTables(shown: Explained, say: (text: string) => void): void {
  const { messages } = loadWords()
  for (const table of shown.tables) {
    say(
      `${table.table}：表头第 ${table.headerRow} 行，${table.items} 条 / heading in row ${table.headerRow}, ${table.items} items`,
    )
    for (const { column, heading, field } of table.columns) {
      if (heading === '') continue
      const meant = field === null ? { zh: '不导入', en: 'left out' } : messages.get(`column/${field}`)
      say(`  ${column} ${heading.replace(/\s+/g, '')} → ${meant?.zh ?? field} / ${meant?.en ?? field}`)
    }
  }
  for (const { table, row, zh, en } of shown.problems) {
    const place = row === null ? table : `${table} 第 ${row} 行`
    say(`  ! ${place}：${zh} / ${en}`)
  }
}

function textOf(path: string): string {
  const bytes = readFileSync(path)
  if (extname(path).toLowerCase() === '.docx') return readDocx(bytes).text
  try {
    return decode(bytes).text
  } catch (error) {
    if (error instanceof ReadingRefusal)
      throw new Declined({ status: 422, body: { title: error.message, code: error.code }, bytes: Buffer.alloc(0) })
    throw error
  }
}

interface SlotView {
  no: number
  phrase: string
  state: string
  value: number | null
  printed: string | null
  metric: string | null
  why: string | null
  sentence: { zh: string } | null
  truth: { zh: string } | null
  counted?: { zh: string } | null
}

/** `luze fill FILE --org ORG --year Y`: the text with every figure from records; frozen unless `--draft`. */
export async function fillCommand(line: CommandLine, session: CliSession, say: (text: string) => void): Promise<void> {
  const path = fileOf(line)
  const isDraft = line.options['draft'] === true
  if (isDraft && one(line, 'evidence') !== undefined)
    throw new UsageError('草稿没有存证文件，请去掉 --evidence 或 --draft / A draft has no evidence file')
  const opened = bodyOf(
    await session.verb('report.open', {
      title: one(line, 'title') ?? basename(path, extname(path)),
      text: textOf(path),
      year: year(line),
      ...(one(line, 'from') === undefined ? {} : { from: one(line, 'from') }),
      ...(one(line, 'to') === undefined ? {} : { to: one(line, 'to') }),
    }),
  )
  const frozen = isDraft
    ? null
    : bodyOf(await session.verb('report.freeze', { draftId: opened.id, leaveUnbound: true }))
  const which: Record<string, string> = frozen
    ? { reportId: frozen.reportId as string }
    : { draftId: opened.id as string }
  const view = bodyOf(await session.query(frozen ? 'report.get' : 'report.draft', which))
  const out = one(line, 'out')
  if (out !== undefined) await save(session, 'report.docx', which, out)
  const evidence = one(line, 'evidence')
  if (evidence !== undefined) await save(session, 'report.evidence', which, evidence)
  if (line.options['json'] === true) return say(JSON.stringify({ ...which, ...view }, null, 2))
  printFill(view, say, { isDraft, reportId: which['reportId'] ?? null })
}

async function save(session: CliSession, name: string, input: Record<string, string>, path: string): Promise<void> {
  const answer = await session.query(name, input)
  if (answer.status !== 200) throw new Declined(answer)
  writeFileSync(path, answer.bytes)
}

function printFill(
  view: { slots: SlotView[]; dated: { text: string; why: string }[]; text: string; asOf?: number },
  say: (text: string) => void,
  how: { isDraft: boolean; reportId: string | null },
): void {
  if (how.isDraft) say('草稿，未定稿 / draft, nothing frozen')
  else say(`已定稿 / frozen: ${how.reportId}  日志第 ${view.asOf} 条 / journal size ${view.asOf}`)
  say('')
  say('数字 / figures')
  for (const slot of view.slots) {
    if (slot.state !== 'filled') continue
    say(`  ${slot.no}. ${slot.phrase} → ${slot.printed}  [${slot.metric}]`)
    if (slot.truth) say(`     ${slot.truth.zh}`)
    if (slot.counted) say(`     ${slot.counted.zh}`)
  }
  const open = view.slots.filter((slot) => slot.state !== 'filled')
  if (open.length > 0) say('未填 / left masked')
  for (const slot of open)
    say(`  ${slot.no}. ${slot.phrase}  ${slot.sentence?.zh ?? slot.why ?? '未绑定口径 / not bound'}`)
  if (view.dated.length > 0) say('须人工改写的年度用语 / dated phrases to rewrite')
  for (const phrase of view.dated) say(`  ${phrase.text}  ${phrase.why}`)
}
