import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ReadingModel } from '../../core/drafts/analyse.ts'
import { Gold, GoldMetrics, type GoldSlot, goldSlots } from '../../core/reading/gold.ts'
import { judgedPart } from '../../core/reading/judged.ts'
import type { Lexicon } from '../../core/reading/lexicon.ts'
import { readMarked } from '../../core/reading/marked.ts'
import { modelOf } from '../../core/reading/model.ts'
import { type Reading, read } from '../../core/reading/reading.ts'
import { type Match, percent, rates, type Score, type Share, score, total } from '../../core/reading/scoring.ts'
import { decode } from '../../core/text/decode.ts'
import { loadLexicon } from '../catalogue/lexicon.ts'
import { takeApart, UsageError } from './arguments.ts'
import { type OpenProgram, withSession } from './connect.ts'
import { changesOf, comparisonLines, isWorse, lossesOf } from './eval-compare.ts'
import { type BureauGold, fetchGold, leftLines } from './gold.ts'
import type { Out } from './read.ts'

const help = `用法：luze eval GOLD… [--lexicon FOLDER] [--json]
      luze eval --org ORG [--lexicon FOLDER] [--json]
按人工标注（GOLD.json，或 docs/annotation.md 所述的 GOLD.gold.txt）核对文件识读的准确程度；--org 用本单位核对完的全部文件；
--lexicon 指改过的词表文件夹，先与现行词表比较，再决定用不用。
Scores the reader against annotated documents (GOLD.json, or marked text GOLD.gold.txt), or with --org against all reviewed
documents of the bureau; with --lexicon a changed folder of words is compared with the present one.
`

/** An annotated document ready to be read and scored. */
interface Judged {
  readonly name: string
  readonly text: string
  readonly gold: Gold
  readonly slots: GoldSlot[]
}

/** Scores `read` against gold; answers 0 when scored, 1 when something cannot be used, 2 on wrong usage. */
export async function evalCommand(argv: readonly string[], out: Out, open?: OpenProgram): Promise<number> {
  const options = parse(argv)
  if (options === null) return usage(out)
  if (options.help) {
    out.write(help)
    return 0
  }
  const wanted = options.org !== undefined || options.files.length > 0
  if (!wanted || (options.org !== undefined && open === undefined)) return usage(out)
  try {
    const bureau = options.org === undefined ? null : await withSession(takeApart(argv), open!, (one) => fetchGold(one))
    const documents = [...options.files.map(judgedFile), ...(bureau?.documents ?? []).map(judgedText)]
    if (bureau !== null && !options.json) for (const line of leftLines(bureau)) out.write(`${line}\n`)
    if (documents.length === 0) throw new Error('没有核对完的文件 / no document is reviewed to the end')
    report(documents, { json: options.json, lexicon: options.lexicon, left: bureau?.left }, out)
    return 0
  } catch (error) {
    out.error(`无法核对：${error instanceof Error ? error.message : String(error)}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

function usage(out: Out): number {
  out.error(help)
  return 2
}

type Asked = { json: boolean; lexicon: string | undefined; left?: BureauGold['left'] | undefined }

function report(documents: readonly Judged[], { json, lexicon: folder, left }: Asked, out: Out): void {
  const present = loadLexicon()
  const scores = documents.map((document) => ({ file: document.name, score: scoreOf(document, present) }))
  const all = total(scores.map((one) => one.score))
  const beside = left === undefined ? {} : { left }
  if (folder === undefined) {
    if (json)
      out.write(
        `${JSON.stringify({ documents: scores, total: all, rates: summary(all, documents.length), ...beside }, null, 2)}\n`,
      )
    else out.write(print(scores, all))
    return
  }
  const changed = loadLexicon(folder)
  const changes = changesOf(all, total(documents.map((document) => scoreOf(document, changed))))
  const losses = documents.flatMap((document) =>
    lossesOf(document.name, document.text, document.gold, partOf(document, present), partOf(document, changed)),
  )
  if (json) out.write(`${JSON.stringify({ changes, worse: changes.filter(isWorse), losses, ...beside }, null, 2)}\n`)
  else out.write(`${comparisonLines(changes, losses, documents.length).join('\n')}\n`)
}

function parse(
  argv: readonly string[],
): { files: string[]; json: boolean; help: boolean; org?: string; lexicon?: string } | null {
  try {
    const text = { type: 'string' } as const
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        org: text,
        lexicon: text,
        data: text,
        as: text,
        'database-url': text,
      },
    })
    return {
      files: positionals,
      json: values.json === true,
      help: values.help === true,
      ...(values.org === undefined ? {} : { org: values.org }),
      ...(values.lexicon === undefined ? {} : { lexicon: values.lexicon }),
    }
  } catch {
    return null
  }
}

/** Reads a gold file: a marked text, or JSON whose text is found beside or above it and its metrics in `metrics.json` of the same folder. */
function judgedFile(file: string): Judged {
  const name = basename(file)
  if (file.endsWith('.gold.txt')) return judgedText({ name, marked: readFileSync(file, 'utf8') })
  const gold = Gold.parse(JSON.parse(readFileSync(file, 'utf8')))
  const folder = dirname(file)
  const source = [join(folder, '..', gold.doc), join(folder, gold.doc)].find((path) => existsSync(path))
  if (!source) throw new Error(`找不到标注所指的文件 ${gold.doc}`)
  const beside = join(folder, 'metrics.json')
  const metrics = existsSync(beside) ? GoldMetrics.parse(JSON.parse(readFileSync(beside, 'utf8'))) : {}
  const { text } = decode(readFileSync(source))
  return { name, text, gold, slots: goldSlots(gold, metrics, basename(file, '.json')) }
}

function judgedText({ name, marked }: { name: string; marked: string }): Judged {
  const { text, gold } = readMarked(marked, name)
  return { name, text, gold, slots: goldSlots(gold, {}, name) }
}

/** What is read of a document with some words, as far as its gold speaks of it. */
function partOf({ text, gold }: Judged, lexicon: Lexicon, model: ReadingModel | null = modelOf(lexicon)): Reading {
  return judgedPart(read(text, lexicon, model), gold)
}

function scoreOf(document: Judged, lexicon: Lexicon, model: ReadingModel | null = modelOf(lexicon)): Score {
  return score(partOf(document, lexicon, model), document.gold, document.slots, lexicon)
}

/** Scores one gold file. */
export function scoreFile(file: string, lexicon: Lexicon, model: ReadingModel | null = modelOf(lexicon)): Score {
  return scoreOf(judgedFile(file), lexicon, model)
}

/** The percentages that people compare, from summed counts. */
export function summary(all: Score, documents: number) {
  return {
    outline: rates(all.outline),
    outlineStart: rates(all.outlineStart),
    span: rates(all.span),
    covered: percent(all.covered),
    kind: percent(all.kind),
    kindEither: percent(all.kindEither),
    subject: percent(all.subject),
    subjectExplicit: percent(all.subjectExplicit),
    cadence: percent(all.cadence),
    mode: percent(all.mode),
    deadline: percent(all.deadline),
    units: percent(all.units),
    recipient: percent(all.recipient),
    slot: rates(all.slot),
    binding: rates(all.binding),
    editsPerDocument: Object.values(all.edits).reduce((sum, edits) => sum + edits, 0) / documents,
  }
}

function print(documents: readonly { file: string; score: Score }[], all: Score): string {
  const lines: string[] = []
  for (const { file, score: one } of documents) lines.push(`${basename(file)}`, ...block(one), '')
  lines.push(`合计 ${documents.length} 份`, ...block(all, documents.length))
  return `${lines.join('\n')}\n`
}

function block(one: Score, size = 1): string[] {
  const { merges, splits, respans, adds, drops } = one.edits
  const per = (edits: number) => (edits / size).toFixed(size === 1 ? 0 : 1)
  return [
    matchLine('标题（起点、层级、上级、文字）', one.outline),
    matchLine('责任条目边界', one.span),
    shareLine('标注条目已覆盖', one.covered),
    shareLine('类别', one.kind),
    shareLine('类别（含第二选择）', one.kindEither),
    shareLine('责任主体', one.subject),
    shareLine('责任主体（原文写明的）', one.subjectExplicit),
    shareLine('频次', one.cadence),
    shareLine('已做、要做', one.mode),
    shareLine('时限', one.deadline),
    shareLine('责任单位', one.units),
    shareLine('对象', one.recipient),
    matchLine('数字空位', one.slot),
    matchLine('数字口径', one.binding),
    shareLine('只含原则的条目', one.principleRows),
    `  每份需改动  合并 ${per(merges)}  拆分 ${per(splits)}  改边界 ${per(respans)}  补录 ${per(adds)}  删除 ${per(drops)}`,
  ]
}

function matchLine(name: string, match: Match): string {
  const { precision, recall, f1 } = rates(match)
  return `  ${name}  准 ${precision.toFixed(1)}  全 ${recall.toFixed(1)}  F1 ${f1.toFixed(1)}（对 ${match.matched}，提出 ${match.proposed}，标注 ${match.gold}）`
}

function shareLine(name: string, share: Share): string {
  const value = percent(share)
  return `  ${name}  ${value === null ? '—' : `${value.toFixed(1)}%`}（${share.right}/${share.of}）`
}
