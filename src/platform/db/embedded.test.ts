import assert from 'node:assert/strict'
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import pg from 'pg'
import { silentLog } from '../log/log.ts'
import { openEmbedded, ownerName } from './embedded.ts'
import { chooseIdentity } from './identity.ts'
import { processStart, waitUntil } from './process.ts'

interface Told {
  pid: number
  socketDir: string
  adopted: boolean
  refused?: string
}

const isRoot = process.getuid?.() === 0
const program = join(import.meta.dirname, '../../../test/support/hold-database.ts')
let dir: string
let migrations: string
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'luze-embedded-'))
  chmodSync(dir, 0o755)
  migrations = join(dir, 'migrations')
  mkdirSync(migrations)
  writeFileSync(
    join(migrations, '0001-notes.sql'),
    'create table notes (n int primary key); grant all on notes to luze_app;',
  )
})
after(() => rmSync(dir, { recursive: true, force: true }))

/** The programs of the test that runs: one that failed must not hold the folder of the next. */
const running = new Set<ChildProcess>()
afterEach(async () => {
  for (const child of running) await end(child, 'SIGTERM')
})

/** A program that opens the database of a data folder and stays until it is ended. */
async function open(
  dataDir: string,
  options: SpawnOptions = {},
): Promise<Told & { child: ChildProcess; log(): string }> {
  const child = spawn(process.execPath, [program, dataDir, migrations], {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  let log = ''
  child.stderr?.on('data', (part) => {
    log += part
  })
  const line = await new Promise<string>((resolve) => {
    child.stdout?.once('data', (part) => resolve(String(part)))
    child.once('exit', () => resolve(`{"refused":${JSON.stringify(log)},"pid":0}`))
  })
  return { ...(JSON.parse(line) as Told), child, log: () => log }
}

async function end(child: ChildProcess, name: NodeJS.Signals): Promise<number | null> {
  const code = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill(name)
  return await code
}

async function ask(socketDir: string, text: string): Promise<unknown> {
  const client = new pg.Client({ host: socketDir, user: ownerName, database: 'luze' })
  await client.connect()
  try {
    return Object.values((await client.query(text)).rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

test('kill -9 leaves the server running, and the next start takes it over with what was committed', async () => {
  const first = await open(join(dir, 'a'))
  assert.equal(first.adopted, false)
  await ask(first.socketDir, 'insert into notes values (7) returning n')
  await end(first.child, 'SIGKILL')
  assert.notEqual(processStart(first.pid), null, 'the server outlives its program')
  const second = await open(join(dir, 'a'))
  assert.deepEqual([second.adopted, second.pid], [true, first.pid])
  assert.equal(await ask(second.socketDir, 'select n from notes'), 7)
  assert.equal(await end(second.child, 'SIGTERM'), 0)
  assert.equal(processStart(first.pid), null, 'a server that was taken over is ended too')
})

test('SIGTERM and Ctrl-C end program and server cleanly', async () => {
  const first = await open(join(dir, 'a'))
  assert.equal(await end(first.child, 'SIGINT'), 130)
  assert.equal(processStart(first.pid), null)
  assert.equal(existsSync(join(dir, 'a/postgres/postmaster.pid')), false)
  assert.equal(existsSync(join(dir, 'a/luze.lock')), false)
})

test('a second program on the folder is refused and disturbs nothing', async () => {
  const first = await open(join(dir, 'a'))
  const second = await open(join(dir, 'a'))
  assert.equal(second.refused, 'data-folder/in-use')
  assert.equal(await ask(first.socketDir, 'select 1'), 1)
  await end(first.child, 'SIGTERM')
})

test('a postmaster file that names a stranger or nobody does not hinder the start', async () => {
  const path = join(dir, 'a/postgres/postmaster.pid')
  for (const pid of [process.pid, 4_194_000]) {
    writeFileSync(path, `${pid}\n${join(dir, 'a/postgres')}\n1\n5432\n${join(dir, 'a/run')}\n\n 1 1\nready\n`)
    const { child, adopted, refused } = await open(join(dir, 'a'))
    assert.deepEqual([adopted, refused], [false, undefined])
    await end(child, 'SIGTERM')
  }
})

test('a server that was killed is started again on the same socket, and nothing committed is lost', async () => {
  const { child, pid, socketDir, log } = await open(join(dir, 'a'))
  await ask(socketDir, 'insert into notes values (8) returning n')
  process.kill(pid, 'SIGKILL')
  const back = async () => (await ask(socketDir, 'select max(n) from notes').catch(() => null)) === 8
  assert.ok(await waitUntil(back, 20_000, 100), log())
  assert.match(log(), /database\/died/)
  assert.equal(await end(child, 'SIGTERM'), 0)
  assert.equal(existsSync(join(dir, 'a/postgres/postmaster.pid')), false)
})

test('both killed at once start again', async () => {
  const first = await open(join(dir, 'a'))
  await ask(first.socketDir, 'insert into notes values (9) returning n')
  const gone = end(first.child, 'SIGKILL')
  process.kill(first.pid, 'SIGKILL')
  await gone
  const second = await open(join(dir, 'a'))
  assert.deepEqual([second.adopted, second.refused], [false, undefined])
  assert.equal(await ask(second.socketDir, 'select max(n) from notes'), 9)
  await end(second.child, 'SIGTERM')
})

test('an orphan with settings of another release is ended and started with the new ones', async () => {
  const first = await open(join(dir, 'a'))
  await end(first.child, 'SIGKILL')
  const path = join(dir, 'a/postgres/postgresql.conf')
  writeFileSync(path, readFileSync(path, 'utf8').replace('112MB', '64MB'))
  const second = await open(join(dir, 'a'))
  assert.deepEqual([second.adopted, second.refused], [false, undefined])
  assert.equal(await ask(second.socketDir, 'show shared_buffers'), '112MB')
  await end(second.child, 'SIGTERM')
})

test('the server answers on no network address, syncs its commits and lets only its owner in', async () => {
  const { child, socketDir } = await open(join(dir, 'a'))
  assert.equal(await ask(socketDir, 'show listen_addresses'), '')
  assert.equal(await ask(socketDir, 'show fsync'), 'on')
  assert.equal(await ask(socketDir, 'show data_checksums'), 'on')
  assert.equal(await ask(socketDir, 'select lower(\'É\') collate "default"'), 'é')
  assert.equal(statSync(socketDir).mode & 0o777, 0o700)
  await end(child, 'SIGTERM')
})

test('a data folder whose path is too long for a socket gets one elsewhere and remembers it', async () => {
  const long = join(dir, 'b'.repeat(60), 'c'.repeat(60))
  const first = await open(long)
  assert.ok(first.socketDir.length < 60)
  assert.equal(statSync(first.socketDir).mode & 0o777, 0o700)
  await end(first.child, 'SIGTERM')
  const second = await open(long)
  assert.equal(second.socketDir, first.socketDir)
  await end(second.child, 'SIGTERM')
  rmSync(first.socketDir, { recursive: true })
})

test('an interrupted first start leaves no half cluster', async () => {
  const dataDir = join(dir, 'd')
  mkdirSync(join(dataDir, 'postgres.new/base'), { recursive: true })
  const { child, socketDir } = await open(dataDir)
  assert.equal(await ask(socketDir, 'select count(*)::int from notes'), 0)
  await end(child, 'SIGTERM')
  assert.equal(existsSync(join(dataDir, 'postgres.new')), false)
})

test('root keeps its files by a user namespace', { skip: !isRoot }, async (t) => {
  if (chooseIdentity(join(dir, 'none')).kind !== 'namespace') return t.skip('user namespaces are forbidden here')
  chmodSync(join(dir, 'a'), 0o700)
  assert.equal(lstatSync(join(dir, 'a/postgres')).uid, 0)
})

test('where namespaces are forbidden to root the server runs as another user, who keeps the cluster', {
  skip: !isRoot,
}, async () => {
  const dataDir = join(dir, 'e')
  mkdirSync(dataDir)
  for (const identity of [(cluster: string) => chooseIdentity(cluster, () => false), chooseIdentity]) {
    const server = await openEmbedded({ dataDir, log: silentLog, identity })
    const owner = statSync(join(dataDir, 'postgres')).uid
    assert.notEqual(owner, 0)
    assert.match(readFileSync(`/proc/${server.pid()}/status`, 'utf8'), new RegExp(`^Uid:\\t${owner}\\t`, 'm'))
    const client = new pg.Client({ host: server.socketDir, user: server.user, database: 'postgres' })
    await client.connect()
    await client.end()
    await server.stop()
  }
})

test('a cluster of root is handed over when namespaces are forbidden later', { skip: !isRoot }, async () => {
  chmodSync(join(dir, 'a'), 0o755)
  const server = await openEmbedded({
    dataDir: join(dir, 'a'),
    log: silentLog,
    identity: (cluster) => chooseIdentity(cluster, () => false),
  })
  await server.stop()
  assert.notEqual(statSync(join(dir, 'a/postgres/base')).uid, 0)
})

test('an ordinary user starts it as himself', { skip: !isRoot }, async (t) => {
  const who = { uid: 65534, gid: 65534, cwd: '/' }
  if (spawnSync(process.execPath, ['--check', program], who).status !== 0)
    return t.skip('another user cannot reach this checkout')
  const dataDir = join(dir, 'f')
  mkdirSync(dataDir)
  chownSync(dataDir, 65534, 65534)
  const { child, refused, pid } = await open(dataDir, who)
  assert.equal(refused, undefined)
  assert.equal(await end(child, 'SIGTERM'), 0)
  assert.equal(processStart(pid), null)
  const foreign = await open(dataDir.replace(/f$/, 'e'), who)
  assert.match(foreign.refused ?? '', /EACCES|foreign/)
})
