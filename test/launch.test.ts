import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

const bin = (name: string) => join(import.meta.dirname, '../bin', name)
const { NODE_TEST_CONTEXT: _, ...env } = process.env
let dir: string
before(() => {
  dir = mkdtempSync(join(tmpdir(), 'luze-launch-'))
})
after(() => rmSync(dir, { recursive: true }))

function put(name: string, text: string): string {
  const path = join(dir, name)
  writeFileSync(path, text)
  return path
}

function runTests(...files: string[]): { code: number | null; last: string; all: string } {
  const { status, stdout } = spawnSync(process.execPath, [bin('test.mjs'), ...files], { env, encoding: 'utf8' })
  return { code: status, last: stdout.trimEnd().split('\n').at(-1) ?? '', all: stdout }
}

/** The Nodes that a launcher may be started with here: the program's own and, where there is another, the system's. */
const nodes = [
  ...new Set([
    process.execPath,
    spawnSync('/usr/bin/env', ['-i', 'PATH=/usr/local/bin:/usr/bin:/bin', 'which', 'node'], {
      encoding: 'utf8',
    }).stdout.trim(),
  ]),
].filter((path) => path !== '')

test('a launched file gets its arguments and gives its exit code, whichever Node starts it', () => {
  const file = put('code.ts', 'const code: number = Number(process.argv[2]); if (import.meta.main) process.exit(code)')
  for (const node of nodes) assert.equal(spawnSync(node, [bin('run.mjs'), file, '7'], { env }).status, 7, node)
})

test('help that is asked for is an answer; a command that is none is a fault with the same words', () => {
  const luze = (...argv: string[]) => spawnSync(process.execPath, [bin('luze.mjs'), ...argv], { env, encoding: 'utf8' })
  for (const asked of [['help'], ['--help'], ['-h'], ['duty.list', '--help']]) {
    const { status, stdout, stderr } = luze(...asked)
    assert.deepEqual([status, stderr], [0, ''], asked.join(' '))
    assert.match(stdout, /^luze 命令 \[选项\] \/ luze COMMAND \[options\]\n/)
  }
  const { status, stdout, stderr } = luze('duty.lost')
  assert.deepEqual([status, stdout], [2, ''])
  assert.match(stderr, /^luze 命令 \[选项\]/)
})

test('a signal to the launcher reaches the program, whose exit code it takes', async () => {
  const file = put(
    'wait.ts',
    "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1000); console.log('up')",
  )
  for (const node of nodes) {
    const child = spawn(node, [bin('run.mjs'), file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => child.stdout.once('data', resolve))
    const code = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    assert.equal(await code, 5, node)
  }
})

test('the last line of a test run counts, and only a run without failure succeeds', () => {
  const head = "import { describe, test, after } from 'node:test'\n"
  const good = put('good.test.ts', `${head}test('a', () => {}); test('b', { skip: true }, () => {})`)
  const later = put('later.test.ts', `${head}describe('c', { skip: 'not here' }, () => { test('d', () => {}) })`)
  const bad = put(
    'bad.test.ts',
    `${head}test('outer', async (t) => { await t.test('inner', () => { throw new Error('no') }) })`,
  )
  // What is skipped, a test or a whole suite, is told but is no failure.
  const right = runTests(good, later)
  assert.deepEqual([right.code, right.last], [0, '1 passed, 0 failed'])
  assert.match(right.all, /2 files in .*, 2 skipped\n/)
  assert.match(right.all, /skipped: not here/)
  const both = runTests(good, bad)
  assert.deepEqual([both.code, both.last], [1, '1 passed, 1 failed'])
  assert.match(both.all, /✖ outer › inner/)
})

test('a test file that crashes, fails after its tests, or holds no test counts as failed', () => {
  const head = "import { test, after } from 'node:test'\n"
  for (const [name, text] of [
    ['crash.test.ts', "import './absent.ts'"],
    ['late.test.ts', `${head}test('a', () => {}); after(() => { throw new Error('late') })`],
    ['leave.test.ts', `${head}test('a', () => { process.exit(3) })`],
    ['none.test.ts', 'export {}'],
  ] as const) {
    const { code, last } = runTests(put(name, text))
    assert.equal(code, 1, name)
    assert.match(last, /^[01] passed, 1 failed$/, name)
  }
  assert.equal(runTests(join(dir, 'absent.test.ts')).code, 1)
})
