import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** An account of the demonstration: user name; person and post in words. */
export type Account = { name: string; post: string }

/** The program on a scratch folder with the demonstration bureau in it. */
export interface Server {
  address: string
  password: string
  accounts: readonly Account[]
  /** Folder of this run, for what a journey downloads. */
  folder: string
  /** Runs `luze …` against this server; throws nothing, gives exit code and output. */
  luze(...argv: string[]): Promise<{ code: number; out: string; err: string }>
  stop(): Promise<void>
}

/** Starts the real program on a scratch folder and any free port; the launcher builds the pages where they are stale. */
export async function startServer(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'luze-journey-'))
  const data = join(folder, 'data')
  const child = spawn(
    process.execPath,
    [join(root, 'bin/luze.mjs'), 'serve', '--demo', '--data', data, '--port', '0'],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  // A run that is broken off must leave no server behind.
  const leave = () => {
    child.kill('SIGTERM')
    process.exit(1)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, leave)
  const stop = async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, leave)
    await ended(child)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const address = await addressOf(child)
    const note = JSON.parse(readFileSync(join(data, 'demo.json'), 'utf8')) as Pick<Server, 'password' | 'accounts'>
    return { address, password: note.password, accounts: note.accounts, folder, luze: luzeOn(data), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function luzeOn(data: string): Server['luze'] {
  return (...argv) =>
    new Promise((resolve) => {
      const env = { ...process.env, LUZE_DATA: data }
      execFile(process.execPath, [join(root, 'src/cli.ts'), ...argv], { env, timeout: 120_000 }, (error, out, err) =>
        resolve({ code: error ? Number(error.code ?? 1) : 0, out, err }),
      )
    })
}

/** Where the server answers, once it says so. */
function addressOf(child: ChildProcess): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the server is not ready after three minutes: ${said}`)), 180_000)
    const hear = (text: Buffer) => {
      said += text
      const address = /Luze is ready: (http:\S+)/.exec(said)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address)
    }
    child.stdout!.on('data', hear)
    child.stderr!.on('data', hear)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
  })
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 30_000)
  await gone
  clearTimeout(timer)
}
