import { type CommandLine, one } from './arguments.ts'
import { bodyOf, Declined } from './connect.ts'
import type { Out } from './read.ts'
import type { CliAnswer, CliSession } from './session.ts'

interface Told {
  readonly rule: string
  readonly words: { readonly zh: string; readonly en: string }
  readonly from: string
  readonly what: 'every' | 'count' | 'param' | 'own-rule'
  readonly param: string | null
  readonly base: string | number | null
  readonly local: string | number | null
}

/** Every fault of a refused pack with its line, before the sentence that declines the whole. */
function printFaults({ body }: CliAnswer, file: string, out: Out): void {
  const problems = (body?.details?.problems ?? []) as { line: number; zh: string; en: string }[]
  for (const { line, zh, en } of problems) out.error(`${file}:${line}  ${zh} / ${en}\n`)
}

function differenceLine({ rule, words, from, what, param, base, local }: Told): string {
  if (what === 'own-rule') return `  ${from} 起 / from ${from}  ${words.zh}（${rule}）本局自定 / the bureau's own`
  const place = param ?? { every: '周期 / every', count: '次数 / count', param: '' }[what]
  return `  ${from} 起 / from ${from}  ${words.zh}（${rule}）${place}: ${base ?? '—'} → ${local ?? '—'}`
}

/** Imports a pack as the user of the command line and prints what it changes beside the shipped rules. */
export async function importPack(
  { file, text }: { file: string; text: string },
  line: CommandLine,
  session: CliSession,
  out: Out,
): Promise<void> {
  const from = one(line, 'from')
  const answer = await session.verb('rule.import', { text, ...(from === undefined ? {} : { from }) })
  if (answer.status !== 200) {
    printFaults(answer, file, out)
    throw new Declined(answer)
  }
  const body = bodyOf(answer)
  if (line.options['json'] === true) return out.write(`${JSON.stringify(body, null, 2)}\n`)
  out.write(`已导入 / imported: ${body.title}（${body.pack}）  ${body.from} 起 / from ${body.from}\n`)
  for (const one of body.differences as Told[]) out.write(`${differenceLine(one)}\n`)
}
