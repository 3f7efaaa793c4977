import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** Seconds from the command to the line that says that the server answers. */
export interface StartBench {
  /** New folder: database made, schema, demonstration bureau entered. */
  readonly firstSeconds: number
  readonly secondSeconds: number
}

/** Starts the program twice on a scratch folder, as a user does. Packages and web pages are there before. */
export async function benchStart(): Promise<StartBench> {
  const dir = mkdtempSync(join(tmpdir(), 'luze-start-'))
  try {
    const firstSeconds = await startOnce(dir)
    const secondSeconds = await startOnce(dir)
    return { firstSeconds, secondSeconds }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function startOnce(dir: string): Promise<number> {
  const began = performance.now()
  const args = ['bin/luze.mjs', 'serve', '--demo', '--data', dir, '--port', '0']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let seconds = 0
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGTERM'), 180_000)
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      said = (said + part).slice(-4000)
    })
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      if (seconds > 0 || !/https?:\/\//.test(part)) return
      seconds = (performance.now() - began) / 1000
      child.kill('SIGTERM')
    })
    child.once('exit', () => {
      clearTimeout(timer)
      if (seconds > 0) resolve(seconds)
      else reject(new Error(`the program did not start: ${said}`))
    })
  })
}
