import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { type Finding, finding, nothingLeftOut, type Words } from '../../core/ledger/findings.ts'
import type { Hashes } from '../../core/ledger/hash.ts'
import { type JournalVerdict, openJournalCheck, openRecount } from '../../core/ledger/journal-export.ts'
import { type Packet, packetSchema } from '../../core/ledger/packet.ts'
import { verifyPacket } from '../../core/ledger/packet-check.ts'
import { packetTextIn } from '../evidence/evidence-html.ts'

/** Where a command writes its lines: answers and complaints. */
export type VerifyOutput = { readonly log: (line: string) => void; readonly error: (line: string) => void }

const native: Hashes = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  sm3: (bytes) => createHash('sm3').update(bytes).digest(),
}

const usage = `用法 / Usage: luze verify FILE [--journal EXPORT] [--json]
  FILE      证据文件 .html、证据包 .json 或日志导出 .jsonl
            an evidence file .html, a packet .json or a journal export .jsonl
  --journal 另按整本日志导出重新统计，查有无遗漏 / recount over a whole journal export as well, to find what was left out
  --json    以 JSON 回答 / answer in JSON`

type Answer = {
  readonly ok: boolean
  readonly findings: readonly Finding[]
  readonly checked: Readonly<Record<string, number>>
  readonly notProven: readonly Words[]
}

/**
 * `luze verify FILE [--journal EXPORT] [--json]`: checks an evidence file, a packet or a journal export with no database. Gives the exit code: 0 all
 * agrees, 1 something does not (one line each), 2 wrong usage or no such file.
 */
export async function verifyCommand(argv: readonly string[], out: VerifyOutput = console): Promise<number> {
  if (argv.includes('--help')) {
    out.log(usage)
    return 0
  }
  const asked = readArguments(argv)
  if (!asked) {
    out.error(usage)
    return 2
  }
  for (const file of [asked.file, asked.journal]) {
    if (file !== null && !(await isFile(file))) {
      out.error(`没有核对：找不到文件 ${file}。请查对路径。 / Not verified: no file ${file}. Check the path.`)
      return 2
    }
  }
  const answer = await answerFor(asked.file, asked.journal)
  if (asked.json) out.log(JSON.stringify(answer, null, 2))
  else printAnswer(answer, out)
  return answer.ok ? 0 : 1
}

type Asked = { readonly file: string; readonly journal: string | null; readonly json: boolean }

function readArguments(argv: readonly string[]): Asked | null {
  const rest = argv.filter((word) => word !== '--json')
  const at = rest.indexOf('--journal')
  const journal = at >= 0 ? rest[at + 1] : null
  if (journal === undefined || journal?.startsWith('--')) return null
  const files = at >= 0 ? rest.toSpliced(at, 2) : rest
  if (files.length !== 1 || files[0]!.startsWith('-')) return null
  return { file: files[0]!, journal, json: argv.includes('--json') }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
}

async function answerFor(file: string, journal: string | null): Promise<Answer> {
  if (await isJournalExport(file)) {
    const { verdict } = await checkJournal(file, null)
    return { ok: verdict.ok, findings: verdict.findings, checked: verdict.checked, notProven: [] }
  }
  const input = readPacket(await readFile(file, 'utf8'))
  const verdict = verifyPacket(input, native)
  const parsed = packetSchema.safeParse(input)
  if (journal === null || !parsed.success) return verdict
  const recount = await recountOver(journal, parsed.data)
  const findings = [...verdict.findings, ...recount.findings]
  const notProven = verdict.notProven.filter((limit) => limit !== nothingLeftOut || recount.findings.length > 0)
  return { ok: findings.length === 0, findings, checked: { ...verdict.checked, ...recount.checked }, notProven }
}

/** A journal export begins with a line of its own; anything else is taken for a packet. */
async function isJournalExport(file: string): Promise<boolean> {
  if (file.endsWith('.jsonl')) return true
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(200), 0, 200, 0)
    return buffer.toString('latin1', 0, bytesRead).includes('"luze-journal/')
  } finally {
    await handle.close()
  }
}

function readPacket(text: string): unknown {
  try {
    return JSON.parse(packetTextIn(text) ?? text)
  } catch {
    return null
  }
}

async function checkJournal(
  file: string,
  packet: Packet | null,
): Promise<{ verdict: JournalVerdict; recounts: ReturnType<typeof openRecount>[] }> {
  const check = openJournalCheck(native, packet ? [packet.checkpoint.size] : [])
  const recounts = (packet?.figures ?? []).map((figure) => openRecount(figure, packet!.asOf))
  for await (const line of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line === '') continue
    const entry = check.takeLine(line)
    if (entry) for (const recount of recounts) recount.take(entry)
  }
  return { verdict: check.finish(), recounts }
}

async function recountOver(
  file: string,
  packet: Packet,
): Promise<{ findings: Finding[]; checked: Record<string, number> }> {
  const { verdict, recounts } = await checkJournal(file, packet)
  const findings = [...verdict.findings]
  if (verdict.roots.get(packet.checkpoint.size) !== packet.checkpoint.root) findings.push(finding('journal/checkpoint'))
  packet.figures.forEach((figure, i) => {
    findings.push(...compareRecount(figure, recounts[i]!))
  })
  return { findings, checked: { entries: verdict.checked.entries } }
}

function compareRecount(
  figure: Packet['figures'][number],
  recount: ReturnType<typeof openRecount>,
): readonly Finding[] {
  const at = { figure: figure.no }
  try {
    const { value, idxs } = recount.result()
    if (value !== figure.value) return [finding('journal/recount', at, `${value ?? '–'} ≠ ${figure.value ?? '–'}`)]
    const listed = figure.stubs.map((stub) => stub.idx)
    return idxs.join() === listed.join() ? [] : [finding('journal/records', at)]
  } catch (error) {
    return [finding('figure/records', at, error instanceof Error ? error.message : '')]
  }
}

const counted: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  figures: ['项数字', 'figures'],
  stubs: ['条记录', 'records'],
  proofs: ['条存证', 'proofs'],
  entries: ['条日志', 'journal entries'],
  records: ['份记录', 'records'],
}

function printAnswer(answer: Answer, out: VerifyOutput): void {
  const numbers = Object.entries(answer.checked)
  const zh = numbers.map(([what, n]) => `${n} ${counted[what]![0]}`).join('，')
  const en = numbers.map(([what, n]) => `${n} ${counted[what]![1]}`).join(', ')
  if (answer.ok) out.log(`核对一致：${zh}。 / Verified: ${en}.`)
  for (const found of answer.findings) out.error(`[${found.code}] ${found.message.zh} / ${found.message.en}`)
  if (!answer.ok)
    out.error(`不符 ${answer.findings.length} 处（已查 ${zh}）。 / ${answer.findings.length} findings (${en} checked).`)
  if (answer.ok) for (const limit of answer.notProven) out.log(`- ${limit.zh}\n  ${limit.en}`)
}
