import { readFileSync } from 'node:fs'

/** A command line taken apart: the words before the options, and the options by camel-case name. */
export interface CommandLine {
  readonly words: string[]
  readonly options: Record<string, string | boolean | string[]>
}

/** A fault of the command line itself: answered with exit code 2. */
export class UsageError extends Error {}

const FLAGS = new Set(['json', 'help', 'draft', 'demo', 'behind-proxy', 'leave-unbound'])

/** Takes words and `--name value`, `--name=value`, `--flag` apart; a repeated option becomes a list. */
export function takeApart(argv: readonly string[]): CommandLine {
  const words: string[] = []
  const options: CommandLine['options'] = {}
  for (let at = 0; at < argv.length; at++) {
    const part = argv[at]!
    if (!part.startsWith('--')) {
      words.push(part)
      continue
    }
    const [name, inline] = splitOnce(part.slice(2))
    const key = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    if (FLAGS.has(name) && inline === undefined) {
      options[key] = true
      continue
    }
    const value = inline ?? argv[++at]
    if (value === undefined) throw new UsageError(`--${name} 需要一个值 / --${name} needs a value`)
    const before = options[key]
    options[key] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [String(before), value]
  }
  return { words, options }
}

function splitOnce(text: string): [string, string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}

/** The text of an option, or undefined; refuses a list where one value is meant. */
export function one(line: CommandLine, name: string): string | undefined {
  const value = line.options[name]
  if (value === undefined || value === true || value === false) return undefined
  if (Array.isArray(value)) throw new UsageError(`--${name} 只能给一次 / --${name} is given once`)
  return value
}

/** An option that must be there. */
export function must(line: CommandLine, name: string): string {
  const value = one(line, name)
  if (value === undefined) throw new UsageError(`缺 --${name} / --${name} is missing`)
  return value
}

/** Reads the JSON of `--input FILE` (`-` is standard input), or an empty object. */
export function inputOf(line: CommandLine): Record<string, unknown> {
  const path = one(line, 'input')
  if (path === undefined) return {}
  const value: unknown = JSON.parse(readFileSync(path === '-' ? 0 : path, 'utf8'))
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError('--input 须是一个 JSON 对象 / --input is one JSON object')
  return value as Record<string, unknown>
}
