import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runningServer } from '../src/platform/db/embedded.ts'
import { embeddedLogins } from '../src/platform/db/open.ts'
import type { LoadAnswer, Orders } from './orders.ts'

const root = join(import.meta.dirname, '..')

/** A program under measurement: its process, and where it answers. */
export interface Running {
  readonly pid: number
  readonly host: string
  readonly port: number
  stop(): Promise<void>
}

/** Starts a Node program and waits until a line of its output holds an address. */
async function startProgram(args: readonly string[], limitMs = 60_000): Promise<Running> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-4000)
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await new Promise<URL>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time: ${said}`)), limitMs)
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const found = /https?:\/\/[^\s]+/.exec(line)?.[0]
      if (found === undefined) return
      clearTimeout(timer)
      resolve(new URL(found))
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)))
  }).catch((error: unknown) => {
    child.kill('SIGTERM')
    throw error
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return { pid: child.pid as number, host: address.hostname, port: Number(address.port), stop }
}

/** Starts the product on a data folder by its launcher, which becomes the server; behind a proxy, so that each simulated address has its own limit of requests. */
export function startProduct(dataDir: string): Promise<Running> {
  return startProgram(['bin/luze.mjs', 'serve', '--data', dataDir, '--port', '0', '--behind-proxy'])
}

/** How the owner of the database of a running product connects. */
export function ownerOf(dataDir: string) {
  const server = runningServer(dataDir)
  if (server === null) throw new Error(`no database runs in ${dataDir}`)
  return embeddedLogins(server, 'luze').owner
}

/** Starts the bare floor beside the product, on the same database. */
export function startFloor(dataDir: string): Promise<Running> {
  const { host, port } = ownerOf(dataDir)
  return startProgram(['bench/floor.ts', String(host), String(port)])
}

/** Runs the load generator; `around` is called when it is warm and again when it is done. */
export async function runLoad(orders: Orders, around: () => void): Promise<LoadAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'luze-load-'))
  const file = join(folder, 'orders.json')
  writeFileSync(file, JSON.stringify(orders))
  const child = spawn(process.execPath, ['bench/load.ts', file], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    return await answersOf(child, around)
  } finally {
    child.kill('SIGTERM')
    rmSync(folder, { recursive: true, force: true })
  }
}

function answersOf(child: ChildProcess, around: () => void): Promise<LoadAnswer> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the load generator ended with ${code}`)))
    createInterface({ input: child.stdout! }).on('line', (line) => {
      around()
      if (line === 'warm') child.stdin!.write('go\n')
      else resolve(JSON.parse(line) as LoadAnswer)
    })
  })
}
