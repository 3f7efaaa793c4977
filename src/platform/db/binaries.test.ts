import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { findBinaries } from './binaries.ts'

const packed = dirname(dirname(dirname(findBinaries('/nonexistent').initdb)))
const cache = join(import.meta.dirname, '../../../node_modules/.cache')
let dir: string

function bring(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}

/** The package as it lies when npm ran no install script: files, no links. */
before(() => {
  mkdirSync(cache, { recursive: true })
  dir = mkdtempSync(join(cache, 'luze-binaries-'))
  for (const part of ['native/bin', 'native/lib']) {
    mkdirSync(join(dir, part), { recursive: true })
    for (const entry of readdirSync(join(packed, part), { withFileTypes: true }))
      if (entry.isFile()) bring(join(packed, part, entry.name), join(dir, part, entry.name))
  }
  bring(join(packed, 'native/pg-symlinks.json'), join(dir, 'native/pg-symlinks.json'))
})
after(() => rmSync(dir, { recursive: true, force: true }))

const version = (program: string, env: Record<string, string>) =>
  spawnSync(program, ['--version'], { env, encoding: 'utf8' })

test('library links that the install script did not make are made beside the libraries', () => {
  assert.notEqual(version(join(dir, 'native/bin/initdb'), {}).status, 0)
  const found = findBinaries(join(dir, 'private'), dir)
  assert.deepEqual(found.env, {})
  assert.equal(existsSync(join(dir, 'private')), false)
  assert.match(version(found.initdb, found.env).stdout, /PostgreSQL\) 18/)
  assert.match(version(found.postgres, found.env).stdout, /PostgreSQL\) 18/)
})

test('where the packages may not be written, the links lie in a private folder', (t) => {
  const root = process.getuid?.() === 0
  if (root && spawnSync('setpriv', ['--version']).status !== 0) return t.skip('setpriv is absent')
  for (const name of readdirSync(join(dir, 'native/lib')))
    if (/\.so(\.\d+)?$/.test(name) && existsSync(join(packed, 'native/lib', name)))
      if (!['libcrypto.so.1.1'].includes(name) && /^lib(ecpg|icu|pgtypes|pq)/.test(name))
        rmSync(join(dir, 'native/lib', name), { force: true })
  chmodSync(join(dir, 'native/lib'), 0o555)
  const script = `import { findBinaries } from ${JSON.stringify(join(import.meta.dirname, 'binaries.ts'))}
    console.log(JSON.stringify(findBinaries(${JSON.stringify(join(dir, 'private'))}, ${JSON.stringify(dir)})))`
  mkdirSync(join(dir, 'private'))
  chmodSync(join(dir, 'private'), 0o777)
  chmodSync(dir, 0o755)
  const args = ['--input-type=module', '-e', script]
  const child = root
    ? spawnSync(process.execPath, args, { encoding: 'utf8', uid: 65534, gid: 65534, cwd: '/' })
    : spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (/EACCES/.test(child.stderr + String(child.error))) return t.skip('another user cannot reach this checkout')
  const found = JSON.parse(child.stdout)
  assert.ok(found.env.LD_LIBRARY_PATH.startsWith(join(dir, 'private')))
  assert.match(version(found.initdb, found.env).stdout, /PostgreSQL\) 18/)
  chmodSync(join(dir, 'native/lib'), 0o755)
})
