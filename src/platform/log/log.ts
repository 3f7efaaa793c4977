/** What a log line may carry: numbers, codes, ids and paths of the program; never names or words that a person typed. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined | Error | unknown>>

/** One method per level; `event` is a stable `noun/what` that an operator can search for. */
export interface Log {
  info(event: string, facts?: LogFacts): void
  warn(event: string, facts?: LogFacts): void
  error(event: string, facts?: LogFacts): void
}

function errorFacts(error: Error): Record<string, unknown> {
  const { code, constraint, table } = error as Error & { code?: unknown; constraint?: unknown; table?: unknown }
  // Data exceptions of PostgreSQL (class 22) quote the value that was typed.
  const message =
    typeof code === 'string' && code.startsWith('22') ? error.message.replace(/"[^"]*"/g, '"…"') : error.message
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  return { name: error.name, message, code, constraint, table, stack: frames.slice(0, 8).map((line) => line.trim()) }
}

/** Writes one JSON object per line, `at` in UTC, to `write` (stderr by default). Errors lose PostgreSQL's detail. */
export function openLog(write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const put = (level: string, event: string, facts: LogFacts = {}) => {
    const line: Record<string, unknown> = { at: new Date().toISOString(), level, event }
    for (const [key, value] of Object.entries(facts)) line[key] = value instanceof Error ? errorFacts(value) : value
    write(`${JSON.stringify(line)}\n`)
  }
  return {
    info: (event, facts) => put('info', event, facts),
    warn: (event, facts) => put('warn', event, facts),
    error: (event, facts) => put('error', event, facts),
  }
}

/** A log that says nothing. */
export const silentLog: Log = { info() {}, warn() {}, error() {} }
