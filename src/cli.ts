import { registry } from './modules/index.ts'
import { type CommandLine, one, takeApart, UsageError } from './platform/cli/arguments.ts'
import { businessCommand, isBusiness } from './platform/cli/business.ts'
import { Declined } from './platform/cli/connect.ts'
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

async function run(argv: string[]): Promise<number> {
  const [first = 'help', ...rest] = argv
  const name = first === '--help' || first === '-h' ? 'help' : first
  if (name in offline) return offline[name]!(rest)
  const line = takeApart(argv)
  const known = name in operator || isBusiness(name, registry)
  if (!known || line.options['help'] === true) return help(known || name === 'help')
  const operate = operator[name]
  if (operate) return (await operate(line)) ?? 0
  await businessCommand(name, line, registry, open, say)
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
