import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { ReadingModel } from '../../core/drafts/analyse.ts'
import { Gold, GoldMetrics, goldSlots } from '../../core/reading/gold.ts'
import type { Lexicon } from '../../core/reading/lexicon.ts'
import { readMarked } from '../../core/reading/marked.ts'
import { modelOf } from '../../core/reading/model.ts'
import { read } from '../../core/reading/reading.ts'
import { type Match, percent, rates, type Score, type Share, score, total } from '../../core/reading/scoring.ts'
import { decode } from '../../core/text/decode.ts'
import { loadLexicon } from '../catalogue/lexicon.ts'
import type { Out } from './read.ts'

const help =
  '用法：luze eval GOLD… [--json]\n按人工标注（GOLD.json，或 docs/annotation.md 所述的 GOLD.gold.txt）核对文件识读的准确程度。\nScores the reader against annotated documents (GOLD.json, or marked text GOLD.gold.txt).\n'

/** Scores `read` against gold files; answers 0 when scored, 1 when a file cannot be used, 2 on wrong usage. */
export async function evalCommand(argv: readonly string[], out: Out): Promise<number> {
  const options = parse(argv)
  if (options === null) return usage(out)
  if (options.help) {
    out.write(help)
    return 0
  }
  if (options.files.length === 0) return usage(out)
  try {
    const lexicon = loadLexicon()
    const documents = options.files.map((file) => ({ file, score: scoreFile(file, lexicon) }))
    const all = total(documents.map((document) => document.score))
    if (options.json)
      out.write(`${JSON.stringify({ documents, total: all, rates: summary(all, documents.length) }, null, 2)}\n`)
    else out.write(print(documents, all))
    return 0
  } catch (error) {
    out.error(`无法核对：${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

function usage(out: Out): number {
  out.error(help)
  return 2
}

function parse(argv: readonly string[]): { files: string[]; json: boolean; help: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    })
    return { files: positionals, json: values.json === true, help: values.help === true }
  } catch {
    return null
  }
}

/**
 * Scores one gold file: a marked text, or JSON whose text is found beside or above it and its metrics in `metrics.json` of the
 * same folder.
 */
export function scoreFile(file: string, lexicon: Lexicon, model: ReadingModel | null = modelOf(lexicon)): Score {
  if (file.endsWith('.gold.txt')) {
    const { text, gold } = readMarked(readFileSync(file, 'utf8'), basename(file))
    return score(read(text, lexicon, model), gold, goldSlots(gold, {}, basename(file)), lexicon)
  }
  const gold = Gold.parse(JSON.parse(readFileSync(file, 'utf8')))
  const folder = dirname(file)
  const source = [join(folder, '..', gold.doc), join(folder, gold.doc)].find((path) => existsSync(path))
  if (!source) throw new Error(`找不到标注所指的文件 ${gold.doc}`)
  const beside = join(folder, 'metrics.json')
  const metrics = existsSync(beside) ? GoldMetrics.parse(JSON.parse(readFileSync(beside, 'utf8'))) : {}
  const reading = read(decode(readFileSync(source)).text, lexicon, model)
  return score(reading, gold, goldSlots(gold, metrics, basename(file, '.json')), lexicon)
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
  lines.push(`合计 ${documents.length} 份`, ...block(all))
  const { merges, splits, respans, adds, drops } = all.edits
  const per = (edits: number) => (edits / documents.length).toFixed(1)
  lines.push(
    `每份需改动  合并 ${per(merges)}  拆分 ${per(splits)}  改边界 ${per(respans)}  补录 ${per(adds)}  删除 ${per(drops)}`,
  )
  return `${lines.join('\n')}\n`
}

function block(one: Score): string[] {
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
