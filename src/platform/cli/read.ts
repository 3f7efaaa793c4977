import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { Reading } from '../../core/reading/reading.ts'
import { loadLexicon } from '../catalogue/lexicon.ts'
import { Refusal } from '../errors/refusal.ts'
import { fill, loadWords } from '../i18n/words.ts'
import { readText, takeIn } from '../office/take-in.ts'

/** Where a command writes: answers and complaints. */
export type Out = { write(text: string): void; error(text: string): void }

const help =
  '用法：luze read FILE [--json]\n识读一份文稿或清单（txt、md、docx、xlsx）：标题、责任条目、数字空位、引用文件、覆盖情况。不需要数据库。\nReads a text or a list without any database.\n'

/** Reads a file and prints what was found; answers 0 when read, 1 when declined, 2 on wrong usage. */
export async function readCommand(argv: readonly string[], out: Out): Promise<number> {
  const options = parse(argv)
  if (options?.help) {
    out.write(help)
    return 0
  }
  const file = options?.files[0]
  if (!options || !file || options.files.length !== 1) {
    out.error(help)
    return 2
  }
  try {
    const lexicon = loadLexicon()
    const { text, encoding, layout, taken } = await takeIn(basename(file), readFileSync(file), lexicon)
    const stop = taken.problems.find((one) => one.stops)
    if (stop !== undefined) {
      const place = stop.row === null ? stop.table : `${stop.table} 第 ${stop.row} 行`
      throw new Refusal(`table-problem/${stop.code}`, { ...stop.values, column: stop.column ?? '', place })
    }
    const { chars, ...reading } = readText(text, layout, lexicon)
    if (options.json) out.write(`${JSON.stringify({ chars, encoding, ...reading }, null, 2)}\n`)
    else out.write(print({ chars, ...reading }, encoding))
    return 0
  } catch (error) {
    out.error(`${complaint(error, file)}\n`)
    return 1
  }
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

function complaint(error: unknown, file: string): string {
  if (error instanceof Refusal) {
    const words = loadWords()
    const said = words.refusals.get(error.code) ?? words.messages.get(error.code)
    const place = error.details['place'] === undefined ? '' : `${error.details['place']}：`
    if (said !== undefined) return `${place}${fill(said.zh, error.details)} / ${fill(said.en, error.details)}`
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return `找不到文件 ${file}，请核对路径。`
  if (error instanceof Error && 'code' in error && error.code === 'EISDIR')
    return `${file} 是文件夹，请指明其中的一份文件。`
  return `读不了 ${file}：${error instanceof Error ? error.message : String(error)}`
}

const modes = { do: '要做', done: '已做', problem: '问题' } as const
const roles = { result: '结果', target: '目标', threshold: '要求', duration: '时长' } as const
const sources = {
  explicit: '',
  heading: '（推断：标题）',
  inherited: '（推断：上文）',
  default: '（推断：默认）',
} as const

function print(reading: Reading, encoding: string): string {
  const { coverage } = reading
  const lines = [`${reading.chars} 字，编码 ${encoding}`, '', `标题 ${reading.outline.length} 个`]
  for (const node of reading.outline) lines.push(`${'  '.repeat(node.level)}${node.marker} ${node.title}`)
  lines.push('', `责任条目 ${reading.duties.length} 条`)
  const kinds = new Map(loadLexicon().kinds.map((kind) => [kind.id, kind.label]))
  for (const [index, duty] of reading.duties.entries()) {
    const facts = [
      modes[duty.mode],
      kinds.get(duty.kind) ?? duty.kind,
      `${duty.subject.join('、')}${sources[duty.subjectSource]}`,
    ]
    if (duty.cadence) facts.push(`频次 ${duty.cadence}`)
    if (duty.deadline) facts.push(`时限 ${duty.deadline}`)
    if (duty.leadUnit) facts.push(`牵头 ${duty.leadUnit}`)
    if (duty.supportUnits.length > 0) facts.push(`配合 ${duty.supportUnits.join('、')}`)
    lines.push(`  ${index + 1}. ${duty.text.trim()}`, `     ${facts.join('　')}　[${duty.start}-${duty.end}]`)
  }
  lines.push('', `数字空位 ${reading.slots.length} 处`)
  for (const slot of reading.slots)
    lines.push(`  ${slot.phrase}　${roles[slot.role]}　${slot.metric ?? `未对应口径：${slot.why ?? ''}`}`)
  lines.push('', `引用文件 ${reading.cites.length} 处`, ...reading.cites.map((cite) => `  《${cite.title}》`))
  lines.push(
    '',
    `换年度时要改写的词语 ${reading.dated.length} 处`,
    ...reading.dated.map((phrase) => `  ${phrase.text}　${phrase.why}`),
  )
  lines.push(
    '',
    `共 ${coverage.clauses} 个分句：责任 ${coverage.duty}，原则 ${coverage.principle}，引文 ${coverage.quotation}，背景 ${coverage.background}，未定 ${coverage.undecided}`,
  )
  return `${lines.join('\n')}\n`
}
