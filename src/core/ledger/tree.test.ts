import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hashes } from './hash.ts'
import {
  appendLeaf,
  consistencyPath,
  inclusionPath,
  nodesOf,
  proveConsistency,
  proveInclusion,
  rootOf,
  rootOfFrontier,
  verifyConsistency,
  verifyInclusion,
} from './tree.ts'

const hash = hashes.sha256
const leavesOf = (n: number, mark = 0): Uint8Array[] =>
  Array.from({ length: n }, (_, i) => hash(Uint8Array.of(0, mark, i >> 8, i & 255)))
const sizes = fc.integer({ min: 1, max: 130 })
const flip = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
const place = (n: number, share: number): number => Math.min(n - 1, Math.floor(share * n))
const share = fc.double({ min: 0, max: 1, noNaN: true })

/** The definition of RFC 9162 §2.1.1, written down as it stands there. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash(new Uint8Array(0))
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return hash(Uint8Array.of(1, ...rootByDefinition(leaves.slice(0, k)), ...rootByDefinition(leaves.slice(k))))
}

test('the folded root is the root of the definition, for every size up to 70', () => {
  for (let n = 0; n <= 70; n++) assert.deepEqual(rootOf(hash, leavesOf(n)), rootByDefinition(leavesOf(n)))
})

test('the tree gives the published roots of the certificate transparency vectors', () => {
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]
  const leaves = inputs.map((input) => hash(Buffer.from(`00${input}`, 'hex')))
  roots.forEach((root, i) => {
    assert.equal(Buffer.from(rootOf(hash, leaves.slice(0, i + 1))).toString('hex'), root)
  })
})

test('a frontier kept at some size goes on to the same root', () => {
  fc.assert(
    fc.property(sizes, share, (n, at) => {
      const leaves = leavesOf(n)
      let frontier: readonly Uint8Array[] = []
      leaves.slice(0, place(n, at)).forEach((leaf, i) => {
        frontier = appendLeaf(hash, frontier, i, leaf)
      })
      const kept = [...frontier]
      for (let i = place(n, at); i < n; i++) frontier = appendLeaf(hash, frontier, i, leaves[i]!)
      assert.deepEqual(rootOfFrontier(hash, frontier), rootByDefinition(leaves))
      assert.ok(kept.length <= 8)
    }),
  )
})

test('every leaf of a tree is shown to be in it, at any earlier size as well', () => {
  fc.assert(
    fc.property(sizes, share, share, (n, first, second) => {
      const leaves = leavesOf(n)
      const size = place(n, first) + 1
      const idx = place(size, second)
      const proof = proveInclusion(hash, nodesOf(hash, leaves), idx, size)
      assert.ok(verifyInclusion(hash, leaves[idx]!, idx, size, proof, rootOf(hash, leaves.slice(0, size))))
    }),
    { numRuns: 100 },
  )
})

test('an inclusion proof fails after a flip of any one bit of leaf, proof or root', () => {
  fc.assert(
    fc.property(sizes, share, fc.nat(), (n, at, where) => {
      const leaves = leavesOf(n)
      const idx = place(n, at)
      const parts = [leaves[idx]!, rootOf(hash, leaves), ...proveInclusion(hash, nodesOf(hash, leaves), idx, n)]
      const target = where % parts.length
      const [leaf, root, ...proof] = parts.map((part, i) =>
        i === target ? flip(part, Math.floor(where / parts.length) % 256) : part,
      )
      assert.equal(verifyInclusion(hash, leaf!, idx, n, proof, root!), false)
    }),
    { numRuns: 200 },
  )
})

test('an inclusion proof fails for another index, when cut short and when made longer', () => {
  fc.assert(
    fc.property(sizes, share, share, (n, at, other) => {
      const leaves = leavesOf(n)
      const idx = place(n, at)
      const root = rootOf(hash, leaves)
      const proof = proveInclusion(hash, nodesOf(hash, leaves), idx, n)
      const wrong = place(n, other)
      if (wrong !== idx) assert.equal(verifyInclusion(hash, leaves[idx]!, wrong, n, proof, root), false)
      for (let cut = 0; cut < proof.length; cut++) {
        assert.equal(verifyInclusion(hash, leaves[idx]!, idx, n, proof.toSpliced(cut, 1), root), false)
      }
      assert.equal(verifyInclusion(hash, leaves[idx]!, idx, n, [...proof, leaves[0]!], root), false)
      assert.equal(verifyInclusion(hash, leaves[idx]!, n, n, proof, root), false)
    }),
  )
})

test('an earlier tree is shown to be the beginning of a later one', () => {
  fc.assert(
    fc.property(sizes, share, (n, at) => {
      const leaves = leavesOf(n)
      const from = Math.floor(at * n)
      const proof = proveConsistency(hash, nodesOf(hash, leaves), from, n)
      const [old, now] = [rootOf(hash, leaves.slice(0, from)), rootOf(hash, leaves)]
      assert.ok(verifyConsistency(hash, from, n, proof, old, now))
      for (let cut = 0; cut < proof.length; cut++) {
        assert.equal(verifyConsistency(hash, from, n, proof.toSpliced(cut, 1), old, now), false)
      }
      assert.equal(verifyConsistency(hash, from, n, [...proof, old], old, now), false)
    }),
    { numRuns: 100 },
  )
})

test('a consistency proof fails after a flip of any one bit of proof or roots', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 130 }), share, fc.nat(), (n, at, where) => {
      const leaves = leavesOf(n)
      const from = 1 + place(n - 1, at)
      const parts = [
        rootOf(hash, leaves.slice(0, from)),
        rootOf(hash, leaves),
        ...proveConsistency(hash, nodesOf(hash, leaves), from, n),
      ]
      const target = where % parts.length
      const [old, now, ...proof] = parts.map((part, i) =>
        i === target ? flip(part, Math.floor(where / parts.length) % 256) : part,
      )
      assert.equal(verifyConsistency(hash, from, n, proof, old!, now!), false)
    }),
    { numRuns: 200 },
  )
})

test('a rewritten history is not consistent with a root that was kept, whatever proof the rewritten tree gives', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 130 }), share, share, (n, first, second) => {
      const from = 1 + place(n - 1, first)
      const honest = leavesOf(n)
      const rewritten = honest.with(place(from, second), hash(Uint8Array.of(9)))
      const proof = proveConsistency(hash, nodesOf(hash, rewritten), from, n)
      assert.equal(
        verifyConsistency(hash, from, n, proof, rootOf(hash, honest.slice(0, from)), rootOf(hash, rewritten)),
        false,
      )
    }),
    { numRuns: 100 },
  )
})

test('a shrunken tree, an empty tree and equal sizes are judged without a proof', () => {
  const leaves = leavesOf(5)
  const root = rootOf(hash, leaves)
  assert.equal(verifyConsistency(hash, 5, 4, [], root, rootOf(hash, leaves.slice(0, 4))), false)
  assert.ok(verifyConsistency(hash, 0, 5, [], rootOf(hash, []), root))
  assert.equal(verifyConsistency(hash, 0, 5, [], root, root), false)
  assert.ok(verifyConsistency(hash, 5, 5, [], root, root))
  assert.equal(verifyConsistency(hash, 5, 5, [], root, rootOf(hash, leavesOf(5, 1))), false)
  assert.throws(() => consistencyPath(5, 4))
  assert.throws(() => inclusionPath(5, 5))
})

test('proofs of a million leaves need at most twenty steps and one subtree list each', () => {
  assert.equal(inclusionPath(123_456, 1_000_000).length, 20)
  assert.ok(consistencyPath(777_777, 1_000_000).length <= 21)
})
