import { readFileSync } from 'node:fs'

/** Start time of a living process in clock ticks since boot; null when it is gone or only a zombie. */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command in parentheses may itself hold spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null)
  } catch {
    return null
  }
}

/** Arguments of a process; empty when it is gone. */
export function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)
  } catch {
    return []
  }
}

/** Random name of the running kernel's boot, so that a pid of before a restart is never believed. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** Asks `claim` every `everyMs` until it holds; false when `limitMs` passed first. */
export async function waitUntil(claim: () => boolean | Promise<boolean>, limitMs: number, everyMs = 10) {
  const end = performance.now() + limitMs
  for (;;) {
    if (await claim()) return true
    if (performance.now() > end) return false
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/**
 * On SIGINT, SIGTERM or SIGHUP runs `stop` once and ends the process: code 0 for SIGTERM after a clean stop, else
 * 128 + signal number; a second signal ends it at once. Returns a function that takes the handlers off again.
 */
export function stopOnSignals(stop: () => Promise<void>): () => void {
  let stopping = false
  const handler = (name: NodeJS.Signals) => {
    const code = exitCodes[name as keyof typeof exitCodes]
    if (stopping) process.exit(code)
    stopping = true
    stop().then(
      () => process.exit(name === 'SIGTERM' ? 0 : code),
      () => process.exit(1),
    )
  }
  const names = Object.keys(exitCodes) as NodeJS.Signals[]
  for (const name of names) process.on(name, handler)
  return () => {
    for (const name of names) process.off(name, handler)
  }
}
