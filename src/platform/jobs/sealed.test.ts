import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { keyFile, SealBroken, sealerIn } from './sealed.ts'

function inFolder(work: (dir: string) => void): void {
  const dir = mkdtempSync(join(tmpdir(), 'luze-sealed-'))
  try {
    work(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const broken = (reason: SealBroken['reason']) => (error: unknown) =>
  error instanceof SealBroken && error.reason === reason

test('what is sealed opens by the key of the folder, for the same purpose and for no other', () =>
  inFolder((dir) => {
    const sealed = sealerIn(dir).seal('密码 Geheim', '1/a')
    assert.doesNotMatch(sealed, /Geheim|密码/)
    assert.notEqual(sealerIn(dir).seal('密码 Geheim', '1/a'), sealed, 'never twice the same')
    assert.equal(sealerIn(dir).open(sealed, '1/a'), '密码 Geheim')
    assert.throws(() => sealerIn(dir).open(sealed, '1/b'), broken('changed'))
    const last = sealed.at(-3) === 'A' ? 'B' : 'A'
    assert.throws(
      () => sealerIn(dir).open(`${sealed.slice(0, -3)}${last}${sealed.slice(-2)}`, '1/a'),
      broken('changed'),
    )
    assert.throws(() => sealerIn(dir).open('plain text', '1/a'), broken('changed'))
  }))

test('the key is for the owner of the folder alone, and one that is there is never replaced', () =>
  inFolder((dir) => {
    sealerIn(dir).seal('x', 'y')
    const path = join(dir, keyFile)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    const key = readFileSync(path, 'utf8')
    sealerIn(dir).seal('x', 'y')
    assert.equal(readFileSync(path, 'utf8'), key)
  }))

test('a key that is gone, exchanged or damaged is said to be so', () =>
  inFolder((dir) => {
    const path = join(dir, keyFile)
    const sealed = sealerIn(dir).seal('x', 'y')
    const key = readFileSync(path, 'utf8')
    rmSync(path)
    assert.throws(() => sealerIn(dir).open(sealed, 'y'), broken('key-absent'))
    sealerIn(dir).seal('other', 'y')
    assert.throws(() => sealerIn(dir).open(sealed, 'y'), broken('other-key'))
    writeFileSync(path, 'short')
    assert.throws(() => sealerIn(dir).open(sealed, 'y'), broken('key-unreadable'))
    assert.throws(() => sealerIn(dir).seal('x', 'y'), broken('key-unreadable'), 'and nothing is sealed by it')
    writeFileSync(path, key)
    assert.equal(sealerIn(dir).open(sealed, 'y'), 'x', 'put back it opens what it sealed')
  }))
