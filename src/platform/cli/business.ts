import { writeFileSync } from 'node:fs'
import type { Registry } from '../action/action.ts'
import { type CommandLine, one, UsageError } from './arguments.ts'
import { type OpenProgram, withSession } from './connect.ts'

const composed = new Set(['import', 'fill', 'owed', 'explain', 'gold'])

/** Claims that a name is a command that acts or asks for somebody: one composed of several, or one act or read by its name. */
export function isBusiness(name: string, registry: Registry): boolean {
  return composed.has(name) || registry.descriptors.some((one) => one.name === name)
}

/** Runs such a command for the account of the command line, in the running server or in this process. */
export async function businessCommand(
  name: string,
  line: CommandLine,
  registry: Registry,
  open: OpenProgram,
  say: (text: string) => void,
): Promise<void> {
  const documents = await import('./documents.ts')
  await withSession(line, open, async (session) => {
    if (name === 'import') return documents.importCommand(line, session, say)
    if (name === 'fill') return documents.fillCommand(line, session, say)
    if (name === 'gold') return (await import('./gold.ts')).goldCommand(line, session, say)
    const owed = await import('./owed.ts')
    if (name === 'owed') return owed.owedCommand(line, session, say)
    if (name === 'explain') return owed.explainCommand(line, session, say)
    const { derivedCommand } = await import('./derived.ts')
    const answer = await derivedCommand(name, line, registry, session)
    if ('json' in answer) return say(JSON.stringify(answer.json, null, 2))
    const out = one(line, 'out')
    if (out === undefined) throw new UsageError('这是文件，请用 --out 文件名 / This is a file: give --out FILE')
    return writeFileSync(out, answer.file)
  })
}
