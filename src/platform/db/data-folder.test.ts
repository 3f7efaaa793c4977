import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { Refusal } from '../errors/refusal.ts'
import { folderHolder, lockDataFolder } from './data-folder.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'luze-folder-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const inUse = (error: unknown) => error instanceof Refusal && error.code === 'data-folder/in-use'

/** A process that takes the lock, says so and stays. */
async function holder() {
  const script = `import { lockDataFolder } from ${JSON.stringify(join(import.meta.dirname, 'data-folder.ts'))}
    try { lockDataFolder(${JSON.stringify(dir)}, 'serve'); console.log('held') } catch (error) { console.log(error.code) }
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = await new Promise<string>((resolve) => child.stdout.once('data', (part) => resolve(String(part).trim())))
  const kill = () =>
    new Promise((resolve) => {
      child.once('exit', resolve)
      child.kill('SIGKILL')
    })
  return { pid: child.pid, said, kill }
}

test('a second holder is refused and told who holds the folder', async () => {
  const other = await holder()
  assert.equal(other.said, 'held')
  assert.throws(
    () => lockDataFolder(dir),
    (error) => inUse(error) && (error as Refusal).details.pid === other.pid,
  )
  assert.equal(folderHolder(dir)?.purpose, 'serve')
  await other.kill()
})

test('what a killed holder left is taken over, and given back on release', async () => {
  const other = await holder()
  await other.kill()
  assert.equal(folderHolder(dir), null)
  const lock = lockDataFolder(dir)
  assert.throws(() => lockDataFolder(dir), inUse)
  lock.release()
  assert.equal(existsSync(join(dir, 'luze.lock')), false)
})

test('a living process that was given the number of a dead holder does not hold the folder', () => {
  const lock = lockDataFolder(dir)
  const path = join(dir, 'luze.lock')
  const own = JSON.parse(readFileSync(path, 'utf8'))
  writeFileSync(path, JSON.stringify({ ...own, started: '1' }))
  lock.release()
  assert.equal(existsSync(path), true, 'only an own lock is released')
  writeFileSync(path, 'half a li')
  lockDataFolder(dir).release()
})

test('of many that start at once after a kill exactly one holds the folder', async () => {
  const dead = await holder()
  await dead.kill()
  const all = await Promise.all([holder(), holder(), holder(), holder()])
  assert.deepEqual(all.map(({ said }) => said).sort(), [...Array(3).fill('data-folder/in-use'), 'held'])
  await Promise.all(all.map(({ kill }) => kill()))
})

test('the holder tells where it answers', () => {
  const lock = lockDataFolder(dir)
  lock.announce('http://127.0.0.1:8620')
  assert.equal(folderHolder(dir)?.address, 'http://127.0.0.1:8620')
  lock.release()
})
