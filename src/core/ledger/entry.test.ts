import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromBase64url, toBase64url } from './base64url.ts'
import { canonicalBytes, canonicalText, type Json } from './canonical.ts'
import { commit } from './commitment.ts'
import { type EntryDraft, leafHash, parseEnv, sealEnv } from './entry.ts'
import { hashes } from './hash.ts'
import { instantOf, microsOf, shanghaiDayOf } from './instant.ts'

const hash = hashes.sha256
const salt = new Uint8Array(32).fill(7)
const draft: EntryDraft = {
  suite: 'sha256',
  type: 'activity',
  id: '01900000-0000-7000-8000-000000000001',
  version: 1,
  clear: { kind: 'study', on: '2025-03-05', hours: 1.5 },
  parts: {
    attendance: [
      ['b', 'present'],
      ['a', 'absent'],
    ],
  },
  ended: [['attendance', 'c', 1]],
  fields: [
    ['title', '理论学习'],
    ['host', null],
  ],
}

test('canonical JSON has one text per value', () => {
  assert.equal(
    canonicalText({ b: 1, a: [true, null, 'x"\n'], '€': 0.1, 好: -0 }),
    '{"a":[true,null,"x\\"\\n"],"b":1,"€":0.1,"好":0}',
  )
  assert.equal(canonicalText({ '\ufb33': 1, '\u{1f600}': 2 }), '{"\u{1f600}":2,"\ufb33":1}')
  assert.equal(canonicalText([1e21, 1e-7, 5e-324, 0.1 + 0.2]), '[1e+21,1e-7,5e-324,0.30000000000000004]')
})

test('canonical JSON refuses what is not plain JSON', () => {
  const bad: unknown[] = [
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    { a: undefined },
    [undefined],
    new Date(),
    1n,
    '\ud800',
    Array(1),
  ]
  for (const value of bad) assert.throws(() => canonicalBytes(value as Json))
})

test('canonical JSON reads back as the same value and does not depend on the order of keys', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const text = canonicalText(value as Json)
      assert.equal(canonicalText(JSON.parse(text)), text)
      assert.equal(canonicalText(reverseKeys(value) as Json), text)
    }),
  )
})

function reverseKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reverseKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reverseKeys(member)]),
  )
}

test('base64url goes there and back and refuses every other spelling', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      assert.equal(toBase64url(bytes), Buffer.from(bytes).toString('base64url'))
      assert.deepEqual(fromBase64url(toBase64url(bytes)), new Uint8Array(bytes))
    }),
  )
  for (const text of ['A', 'AB', 'AA==', 'A+', 'A/', ' AA', 'é', 'AAB']) assert.throws(() => fromBase64url(text), text)
})

test('a commitment depends on salt, field and value, and needs a whole salt', () => {
  const made = [
    commit(hash, salt, 'title', 'a'),
    commit(hash, salt, 'title', 'b'),
    commit(hash, salt, 'host', 'a'),
    commit(hash, new Uint8Array(32), 'title', 'a'),
  ].map(toBase64url)
  assert.equal(new Set(made).size, 4)
  assert.throws(() => commit(hash, new Uint8Array(31), 'title', 'a'))
  assert.deepEqual(commit(hash, salt, 'title', 'a'), hash(Buffer.concat([salt, Buffer.from('["title","a"]')])))
})

test('a sealed entry reads back, with part rows sorted and one commitment per field', () => {
  const env = parseEnv(sealEnv(hash, draft, [salt, salt]))
  assert.deepEqual(env.p, {
    attendance: [
      ['a', 'absent'],
      ['b', 'present'],
    ],
  })
  assert.deepEqual(env.f, ['title', 'host'])
  assert.equal(env.c[0], toBase64url(commit(hash, salt, 'title', '理论学习')))
  assert.deepEqual(env.e, [['attendance', 'c', 1]])
})

test('an entry cannot be sealed with missing salts, a doubled part row, a doubled field or a bad id', () => {
  assert.throws(() => sealEnv(hash, draft, [salt]))
  assert.throws(() =>
    sealEnv(
      hash,
      {
        ...draft,
        parts: {
          attendance: [
            ['a', 'present'],
            ['a', 'absent'],
          ],
        },
      },
      [salt, salt],
    ),
  )
  assert.throws(() =>
    sealEnv(
      hash,
      {
        ...draft,
        fields: [
          ['title', 1],
          ['title', 2],
        ],
      },
      [salt, salt],
    ),
  )
  assert.throws(() => sealEnv(hash, { ...draft, id: '7' }, [salt, salt]))
  assert.throws(() => sealEnv(hash, { ...draft, clear: { hours: undefined as never } }, [salt, salt]))
})

test('an entry in another spelling of the same JSON is refused', () => {
  const text = new TextDecoder().decode(sealEnv(hash, draft, [salt, salt]))
  const spellings = [
    ` ${text}`,
    `\ufeff${text}`,
    text.replace('1.5', '1.50'),
    text.replace('"v":1', '"v":1,"v":1'),
    text.replace('"s":', '"x":1,"s":'),
  ]
  for (const spelling of spellings)
    assert.throws(() => parseEnv(new TextEncoder().encode(spelling)), spelling.slice(0, 40))
  assert.throws(() => parseEnv(Uint8Array.of(0xff)))
})

test('a leaf depends on index, time and content, and its bytes are laid out as documented', () => {
  const env = sealEnv(hash, draft, [salt, salt])
  const head = Buffer.alloc(17)
  head.writeBigUInt64BE(258n, 1)
  head.writeBigUInt64BE(1_700_000_000_123_456n, 9)
  assert.deepEqual(leafHash(hash, 258, 1_700_000_000_123_456n, env), hash(Buffer.concat([head, env])))
})

test('instants keep microseconds, and only one spelling is taken', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 253402300799999999n }), (micros) => {
      assert.equal(microsOf(instantOf(micros)), micros)
    }),
  )
  const bad = [
    '2025-01-01T00:00:00Z',
    '2025-02-30T00:00:00.000000Z',
    '2025-01-01T24:00:00.000000Z',
    '2025-01-01T00:00:00.000000+08:00',
    '1969-12-31T23:59:59.999999Z',
  ]
  for (const at of bad) assert.throws(() => microsOf(at), at)
  assert.throws(() => instantOf(-1n))
  assert.equal(shanghaiDayOf('2025-03-05T16:00:00.000000Z'), '2025-03-06')
  assert.equal(shanghaiDayOf('2025-03-05T15:59:59.999999Z'), '2025-03-05')
})
