import { registry } from './modules/index.ts'
import { type CommandLine, one, takeApart, UsageError } from './platform/cli/arguments.ts'
import { Declined, withSession } from './platform/cli/connect.ts'
import './platform/cli/pipe.ts'
import { Refusal } from './platform/errors/refusal.ts'
import { fill, loadWords } from './platform/i18n/words.ts'

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const complain = (text: string): void => void process.stderr.write(`${text}\n`)

/** Opens the program in this process, for commands run while no server holds the data folder. */
async function open(line: CommandLine) {
  const { assemble } = await import('./assemble.ts')
  const { readConfig } = await import('./platform/config/config.ts')
  const { openLog } = await import('./platform/log/log.ts')
  const config = readConfig({ data: one(line, 'data'), databaseUrl: one(line, 'databaseUrl') })
  return assemble(config, openLog(), line.words[0] ?? 'command')
}

const offline: Record<string, (argv: string[]) => Promise<number>> = {
  read: async (argv) => (await import('./platform/cli/read.ts')).readCommand(argv, streams),
  eval: async (argv) => (await import('./platform/cli/eval.ts')).evalCommand(argv, streams, open),
  paper: async (argv) => (await import('./platform/cli/paper.ts')).paperCommand(argv, streams, open, registry),
  verify: async (argv) => (await import('./platform/cli/verify.ts')).verifyCommand(argv),
  rules: async (argv) => (await import('./platform/cli/rules.ts')).rulesCommand(argv, streams, open),
}
const streams = {
  write: (text: string) => void process.stdout.write(text),
  error: (text: string) => void process.stderr.write(text),
}

const operator: Record<string, (line: CommandLine) => Promise<number | undefined>> = {
  serve: async (line) => (await import('./server.ts')).serveCommand(line),
  fsck: async (line) => (await import('./operate.ts')).fsckCommand(line, say),
  export: async (line) => (await import('./operate.ts')).exportCommand(line, say),
  login: async (line) => (await import('./platform/cli/login.ts')).loginCommand(line, open, say),
}

const BUSINESS = new Set(['import', 'fill', 'owed', 'explain', 'gold'])

async function business(name: string, line: CommandLine): Promise<void> {
  const documents = await import('./platform/cli/documents.ts')
  await withSession(line, open, async (session) => {
    if (name === 'import') return documents.importCommand(line, session, say)
    if (name === 'fill') return documents.fillCommand(line, session, say)
    if (name === 'gold') return (await import('./platform/cli/gold.ts')).goldCommand(line, session, say)
    const owed = await import('./platform/cli/owed.ts')
    if (name === 'owed') return owed.owedCommand(line, session, say)
    if (name === 'explain') return owed.explainCommand(line, session, say)
    const { derivedCommand } = await import('./platform/cli/derived.ts')
    const answer = await derivedCommand(name, line, registry, session)
    if ('json' in answer) return say(JSON.stringify(answer.json, null, 2))
    const out = one(line, 'out')
    if (out === undefined) throw new UsageError('这是文件，请用 --out 文件名 / This is a file: give --out FILE')
    return (await import('node:fs')).writeFileSync(out, answer.file)
  })
}

async function run(argv: string[]): Promise<number> {
  const [name = 'help', ...rest] = argv
  if (name in offline) return offline[name]!(rest)
  const line = takeApart(argv)
  const known = name in operator || BUSINESS.has(name) || registry.descriptors.some((one) => one.name === name)
  if (!known || line.options['help'] === true) return help(known || name === 'help')
  const operate = operator[name]
  if (operate) return (await operate(line)) ?? 0
  await business(name, line)
  return 0
}

async function help(asked: boolean): Promise<number> {
  const { helpText } = await import('./platform/cli/help.ts')
  ;(asked ? say : complain)(helpText(registry))
  return asked ? 0 : 2
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.exitCode = error instanceof UsageError ? 2 : 1
  if (error instanceof Refusal) {
    const words = loadWords().refusals.get(error.code)
    complain(words ? `${fill(words.zh, error.details)} / ${fill(words.en, error.details)}` : error.code)
  } else if (error instanceof UsageError || error instanceof Declined) complain(error.message)
  else complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
}
