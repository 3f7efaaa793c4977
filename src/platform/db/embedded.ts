import { type ChildProcess, spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { Refusal } from '../errors/refusal.ts'
import type { Log } from '../log/log.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { assertReach, chooseIdentity, giveTree, type Identity, underIdentity } from './identity.ts'
import { commandLine, processStart, signal, waitUntil } from './process.ts'
import { hostAccess, serverSettings } from './settings.ts'
import { socketDir } from './socket-dir.ts'

/** Name of the embedded cluster's bootstrap user, who owns the schema. */
export const ownerName = 'luze_owner'
const port = 5432

/** A running embedded server; connect with `host: socketDir`. */
export interface EmbeddedServer {
  readonly socketDir: string
  readonly port: number
  readonly user: string
  /** True when a server that an earlier process had left running was taken over. */
  readonly adopted: boolean
  /** Process id of the postmaster, which changes when it had to be started again. */
  pid(): number
  /** Fast shutdown; open connections are ended, committed work is kept. */
  stop(): Promise<void>
}

/** What an embedded server is started with; `durable: false` is for tests and survives no crash. */
export interface EmbeddedOptions {
  /** Absolute folder, held by `lockDataFolder`; the cluster lies in its `postgres`. */
  dataDir: string
  log: Log
  connections?: number
  durable?: boolean
  /** Replaces the choice of the operating-system user, for tests of it. */
  identity?: (clusterDir: string) => Identity
}

interface Place {
  dataDir: string
  cluster: string
  sockets: string
  logDir: string
  who: Identity
  binaries: Binaries
}

interface Postmaster {
  pid: number
  ready: boolean
  leaving: boolean
}

/** The living postmaster of a cluster as postmaster.pid tells it; a file that a dead or foreign process left is removed. */
function readPostmaster(cluster: string): Postmaster | null {
  const path = join(cluster, 'postmaster.pid')
  let lines: string[]
  try {
    lines = readFileSync(path, 'utf8').split('\n')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const pid = Number(lines[0])
  if (Number.isInteger(pid) && pid > 0 && processStart(pid) !== null && runsCluster(pid, cluster)) {
    const status = lines[7]?.trim() ?? ''
    return { pid, ready: status === 'ready', leaving: status === 'stopping' }
  }
  // PostgreSQL would take a zombie, or a stranger who was given the number, for a living server.
  rmSync(path, { force: true })
  return null
}

function runsCluster(pid: number, cluster: string): boolean {
  const [program, ...args] = commandLine(pid)
  if (program === undefined || basename(program) !== 'postgres') return false
  if (args.includes(cluster)) return true
  try {
    // The folder may have been moved while its server ran.
    const there = statSync(`/proc/${pid}/cwd`)
    const here = statSync(cluster)
    return there.dev === here.dev && there.ino === here.ino
  } catch {
    return false
  }
}

async function run(place: Place, program: string, args: string[]): Promise<void> {
  const [command, all, options] = underIdentity(place.who, program, args)
  const child = spawn(command, all, {
    ...options,
    cwd: '/',
    env: { ...process.env, ...place.binaries.env, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-4000)
  })
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Refusal('database/not-started', { program: basename(program), said: said.trim() })
}

/** Makes the cluster in a folder beside it and renames it, so that an interrupted start leaves no half cluster. */
async function makeCluster(place: Place): Promise<void> {
  const half = `${place.cluster}.new`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  if (place.who.kind === 'other') chownSync(half, place.who.uid, place.who.gid)
  await run(place, place.binaries.initdb, [
    ...['-D', half, '-U', ownerName, '-E', 'UTF8', '--locale=C', '--locale-provider=builtin'],
    ...['--builtin-locale=C.UTF-8', '--data-checksums', '--auth=trust', '--wal-segsize=4', '--no-instructions'],
  ])
  renameSync(half, place.cluster)
}

function writeSettings(path: string, text: string, who: Identity): boolean {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false
  writeFileSync(path, text, { mode: 0o600 })
  if (who.kind === 'other') chownSync(path, who.uid, who.gid)
  return true
}

/** What one start wrote: first to start.log, then, in lines that carry its number, to the day's log. */
function startLog(place: Place, pid: number | undefined): string {
  const names = readdirSync(place.logDir).filter((name) => name.endsWith('.log'))
  const lines = names.flatMap((name) => readFileSync(join(place.logDir, name), 'utf8').split('\n'))
  return lines
    .filter((line) => line.includes(`[${pid}]`) || (line !== '' && !/^\d{4}-/.test(line)))
    .join('\n')
    .slice(-2000)
}

async function startOnce(place: Place, log: Log): Promise<number> {
  const [command, args, options] = underIdentity(place.who, place.binaries.postgres, ['-D', place.cluster])
  // A zombie's number in the socket's own lock file would hinder the start as well.
  for (const name of [`.s.PGSQL.${port}`, `.s.PGSQL.${port}.lock`]) rmSync(join(place.sockets, name), { force: true })
  const out = openSync(join(place.logDir, 'start.log'), 'w', 0o600)
  let child: ChildProcess
  try {
    // A session of its own keeps the terminal's Ctrl-C from ending the database before the program has finished.
    child = spawn(command, args, {
      ...options,
      cwd: '/',
      detached: true,
      env: { ...process.env, ...place.binaries.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', out, out],
    })
  } finally {
    closeSync(out)
  }
  let ended: unknown = null
  child.once('error', (error) => {
    ended = error
  })
  child.once('exit', (code, name) => {
    ended = `exit ${code ?? name}`
  })
  child.unref()
  const began = performance.now()
  let told = 0
  const up = await waitUntil(() => {
    const waited = Math.floor((performance.now() - began) / 10_000)
    if (waited > told) log.info('database/recovering', { seconds: waited * 10 })
    told = waited
    return ended !== null || readPostmaster(place.cluster)?.ready === true
  }, 1_800_000)
  if (!up || ended !== null)
    throw new Refusal('database/not-started', {
      program: 'postgres',
      ended: String(ended),
      said: startLog(place, child.pid),
    })
  return child.pid as number
}

const said = (error: unknown) => (error instanceof Refusal ? String(error.details.said) : '')

/** Starts the server; waits while processes of a killed predecessor still leave its shared memory. */
async function start(place: Place, log: Log): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(place, log)
    } catch (error) {
      if (attempt >= 20 || !/still in use|lock file/.test(said(error))) throw error
      await new Promise((resolve) => setTimeout(resolve, 250))
      readPostmaster(place.cluster)
    }
  }
}

async function end(pid: number): Promise<void> {
  const gone = () => processStart(pid) === null
  for (const [name, limitMs] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    signal(pid, name)
    if (await waitUntil(gone, limitMs, 5)) return
  }
}

/** Takes over a server that an earlier process left, if it has today's settings; else ends it. */
async function adopt(place: Place, settingsChanged: boolean, log: Log): Promise<number | null> {
  const found = readPostmaster(place.cluster)
  if (found === null) return null
  const sameProgram = commandLine(found.pid)[0] === place.binaries.postgres
  if (!found.leaving && !settingsChanged && sameProgram) {
    await waitUntil(() => readPostmaster(place.cluster)?.ready !== false, 60_000)
    if (readPostmaster(place.cluster)?.ready && existsSync(join(place.sockets, `.s.PGSQL.${port}`))) return found.pid
  }
  log.info('database/ending-orphan', { pid: found.pid })
  await end(found.pid)
  return null
}

function preparePlace(options: EmbeddedOptions): Place {
  const { dataDir } = options
  const cluster = join(dataDir, 'postgres')
  const who = (options.identity ?? chooseIdentity)(cluster)
  const binaries = findBinaries(join(dataDir, 'lib'))
  assertReach(who, dataDir, binaries.postgres)
  giveTree(cluster, who)
  const logDir = join(dataDir, 'log')
  mkdirSync(logDir, { recursive: true, mode: 0o700 })
  giveTree(logDir, who)
  return { dataDir, cluster, sockets: socketDir(dataDir, who), logDir, who, binaries }
}

/** Starts again a postmaster that was killed from outside, at most five times in five minutes. */
function watch(place: Place, log: Log, current: { pid: number; stopping: boolean }): NodeJS.Timeout {
  const restarts: number[] = []
  let busy = false
  const look = async () => {
    if (busy || current.stopping || processStart(current.pid) !== null) return
    const now = performance.now()
    while (restarts.length > 0 && now - (restarts[0] as number) > 300_000) restarts.shift()
    if (restarts.length >= 5) return
    restarts.push(now)
    busy = true
    log.error('database/died', { pid: current.pid })
    try {
      readPostmaster(place.cluster)
      const pid = await start(place, log)
      if (current.stopping) await end(pid)
      else current.pid = pid
    } catch (error) {
      log.error('database/not-restarted', { error })
    } finally {
      busy = false
    }
  }
  return setInterval(() => void look(), 500).unref()
}

/**
 * Starts the packed PostgreSQL on a data folder whose lock the caller holds, making the cluster on first use and taking
 * over what an earlier process left running. Refusals `database/not-started`, `database/no-binaries`,
 * `data-folder/foreign`, `data-folder/out-of-reach` say what stands in the way.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { log } = options
  const place = preparePlace(options)
  if (!existsSync(join(place.cluster, 'PG_VERSION'))) {
    log.info('database/making', { dir: place.cluster, identity: place.who.kind })
    await makeCluster(place)
  }
  const settings = serverSettings({
    socketDir: place.sockets,
    port,
    logDir: place.logDir,
    connections: options.connections ?? 40,
    durable: options.durable ?? true,
  })
  const changed = writeSettings(join(place.cluster, 'postgresql.conf'), settings, place.who)
  writeSettings(join(place.cluster, 'pg_hba.conf'), hostAccess, place.who)
  const orphan = await adopt(place, changed, log)
  const current = { pid: orphan ?? (await start(place, log)), stopping: false }
  log.info(orphan === null ? 'database/started' : 'database/adopted', { pid: current.pid, identity: place.who.kind })
  const timer = watch(place, log, current)
  // A program that ends without stop() takes the server along; only kill -9 leaves an orphan.
  const onExit = () => signal(current.pid, 'SIGINT')
  process.once('exit', onExit)
  return {
    socketDir: place.sockets,
    port,
    user: ownerName,
    adopted: orphan !== null,
    pid: () => current.pid,
    async stop() {
      if (current.stopping) return
      current.stopping = true
      clearInterval(timer)
      process.off('exit', onExit)
      await end(current.pid)
      log.info('database/stopped', { pid: current.pid })
    },
  }
}

/** Where the embedded server of a data folder answers while another process holds the folder, or null. */
export function runningServer(dataDir: string): Pick<EmbeddedServer, 'socketDir' | 'port' | 'user'> | null {
  try {
    const lines = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')
    const sockets = lines[4]?.trim()
    return sockets ? { socketDir: sockets, port: Number(lines[3]), user: ownerName } : null
  } catch {
    return null
  }
}
