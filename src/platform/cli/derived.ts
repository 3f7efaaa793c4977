import type * as z from 'zod'
import type { Registry } from '../action/action.ts'
import { fromQuery } from '../http/query.ts'
import type { Words } from '../i18n/words.ts'
import { type CommandLine, inputOf } from './arguments.ts'
import { bodyOf, Declined } from './connect.ts'
import type { CliSession } from './session.ts'

const GENERAL = new Set(['json', 'help', 'data', 'as', 'org', 'onBehalfOf', 'input', 'out', 'databaseUrl'])

/** Runs `luze noun.verb --field value …` for any descriptor; the answer is JSON, a file goes to `--out`. */
export async function derivedCommand(
  name: string,
  line: CommandLine,
  registry: Registry,
  session: CliSession,
): Promise<{ json: unknown } | { file: Buffer }> {
  const descriptor = registry.descriptors.find((one) => one.name === name)!
  const given = Object.fromEntries(Object.entries(line.options).filter(([key]) => !GENERAL.has(key)))
  const input = { ...inputOf(line), ...fromQuery(descriptor.input as z.ZodType, given) }
  if (descriptor.kind === 'verb') return { json: bodyOf(await session.verb(name, input)) }
  const answer = await session.query(name, input)
  if (descriptor.kind === 'query') return { json: bodyOf(answer) }
  if (answer.status !== 200) throw new Declined(answer)
  return { file: answer.bytes }
}

/** One line for each descriptor, in both languages. */
export function derivedHelp(registry: Registry, words: Words): string {
  return registry.descriptors
    .map(({ name }) => {
      const wording = words.verbs.get(name)
      return `  ${name.padEnd(28)} ${wording ? `${wording.zh} / ${wording.en}` : ''}`
    })
    .sort()
    .join('\n')
}
