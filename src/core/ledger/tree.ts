import { joinBytes, sameBytes } from './commitment.ts'
import type { Hash } from './hash.ts'

/** Address of a complete subtree: it covers the leaves from `pos`·2^`level` on, 2^`level` of them. */
export type Node = { readonly level: number; readonly pos: number }

/** Gives the hash of a complete subtree: from memory, or from nodes that were fetched beforehand. */
export type ReadNode = (level: number, pos: number) => Uint8Array

const ONE = Uint8Array.of(1)

/** Hash of an inner node: H(0x01 ‖ left ‖ right) (RFC 9162 §2.1.1). */
export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(joinBytes(ONE, left, right))
}

/** The frontier after one more leaf: hashes of the complete subtrees of the first `size` + 1 leaves, largest first, at most 53 of them. */
export function appendLeaf(
  hash: Hash,
  frontier: readonly Uint8Array[],
  size: number,
  leaf: Uint8Array,
): readonly Uint8Array[] {
  const grown = [...frontier]
  let node = leaf
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) node = nodeHash(hash, grown.pop()!, node)
  grown.push(node)
  return grown
}

/** Root of the tree that a frontier stands for; of no leaves at all it is the hash of nothing (RFC 9162 §2.1.1). */
export function rootOfFrontier(hash: Hash, frontier: readonly Uint8Array[]): Uint8Array {
  return frontier.length === 0 ? hash(new Uint8Array(0)) : foldNodes(hash, frontier)
}

/** Root over leaf hashes, in order. */
export function rootOf(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  let frontier: readonly Uint8Array[] = []
  leaves.forEach((leaf, size) => {
    frontier = appendLeaf(hash, frontier, size, leaf)
  })
  return rootOfFrontier(hash, frontier)
}

/** Complete subtrees over leaf hashes in memory, as a reader for the proofs; missing addresses throw. */
export function nodesOf(hash: Hash, leaves: readonly Uint8Array[]): ReadNode {
  const levels = [leaves]
  for (let below = leaves; below.length > 1; ) {
    const above: Uint8Array[] = []
    for (let i = 0; i + 1 < below.length; i += 2) above.push(nodeHash(hash, below[i]!, below[i + 1]!))
    levels.push(above)
    below = above
  }
  return (level, pos) => {
    const node = levels[level]?.[pos]
    if (!node) throw new Error(`tree: no complete node ${level}/${pos}`)
    return node
  }
}

/** Which complete subtrees an inclusion proof of leaf `idx` in a tree of `size` needs: one list per proof step, each folded to one hash. */
export function inclusionPath(idx: number, size: number): readonly (readonly Node[])[] {
  requireIndex(idx, size)
  const path: (readonly Node[])[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (idx < middle) {
      path.push(completeNodes(middle, end))
      end = middle
    } else {
      path.push(completeNodes(start, middle))
      start = middle
    }
  }
  return path.reverse()
}

/** Inclusion proof of leaf `idx` in the tree of the first `size` leaves (RFC 9162 §2.1.3.1). Throws when `idx` lies outside the tree. */
export function proveInclusion(hash: Hash, read: ReadNode, idx: number, size: number): readonly Uint8Array[] {
  return inclusionPath(idx, size).map((nodes) => foldRead(hash, read, nodes))
}

/** Whether the proof shows that `leaf` is leaf `idx` of the tree of `size` with this root (RFC 9162 §2.1.3.2); never throws. */
export function verifyInclusion(
  hash: Hash,
  leaf: Uint8Array,
  idx: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(idx) || !isSize(size) || idx >= size) return false
  let fn = idx
  let sn = size - 1
  let node = leaf
  for (const step of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      node = nodeHash(hash, step, node)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      node = nodeHash(hash, node, step)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && sameBytes(node, root)
}

/** Which complete subtrees a consistency proof between two sizes needs, in the shape of `inclusionPath`. */
export function consistencyPath(from: number, to: number): readonly (readonly Node[])[] {
  if (!isSize(from) || !isSize(to) || from > to)
    throw new Error('tree: a consistency proof goes from a smaller size to a larger')
  const path: (readonly Node[])[] = []
  if (from === 0 || from === to) return path
  let start = 0
  let end = to
  let whole = true
  while (end !== from) {
    const middle = start + splitOf(end - start)
    if (from <= middle) {
      path.push(completeNodes(middle, end))
      end = middle
    } else {
      path.push(completeNodes(start, middle))
      start = middle
      whole = false
    }
  }
  if (!whole) path.push(completeNodes(start, end))
  return path.reverse()
}

/** Consistency proof that the tree of `from` leaves is the beginning of the tree of `to` leaves (RFC 9162 §2.1.4.1). */
export function proveConsistency(hash: Hash, read: ReadNode, from: number, to: number): readonly Uint8Array[] {
  return consistencyPath(from, to).map((nodes) => foldRead(hash, read, nodes))
}

/** Whether the proof shows that the tree (`from`, `oldRoot`) is the beginning of the tree (`to`, `newRoot`) (RFC 9162 §2.1.4.2); never throws. */
export function verifyConsistency(
  hash: Hash,
  from: number,
  to: number,
  proof: readonly Uint8Array[],
  oldRoot: Uint8Array,
  newRoot: Uint8Array,
): boolean {
  if (!isSize(from) || !isSize(to) || from > to) return false
  if (from === to) return proof.length === 0 && sameBytes(oldRoot, newRoot)
  if (from === 0) return proof.length === 0 && sameBytes(oldRoot, hash(new Uint8Array(0)))
  let fn = from - 1
  let sn = to - 1
  while (fn % 2 === 1) {
    fn = half(fn)
    sn = half(sn)
  }
  const steps = fn === 0 ? [oldRoot, ...proof] : proof
  const first = steps[0]
  if (!first) return false
  let old = first
  let now = first
  for (const step of steps.slice(1)) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      old = nodeHash(hash, step, old)
      now = nodeHash(hash, step, now)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else {
      now = nodeHash(hash, now, step)
    }
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && sameBytes(old, oldRoot) && sameBytes(now, newRoot)
}

/** The complete subtrees that make up the leaves from `start` to before `end`, left to right; `start` is where a subtree of that span may begin. */
export function completeNodes(start: number, end: number): readonly Node[] {
  const nodes: Node[] = []
  for (let at = start; at < end; ) {
    let level = 0
    let span = 1
    while (at % (span * 2) === 0 && at + span * 2 <= end) {
      span *= 2
      level += 1
    }
    nodes.push({ level, pos: at / span })
    at += span
  }
  return nodes
}

/** One hash of neighbouring subtrees, largest first, as a tree's right edge is folded. */
export function foldNodes(hash: Hash, parts: readonly Uint8Array[]): Uint8Array {
  return parts.reduceRight((right, left) => nodeHash(hash, left, right))
}

function foldRead(hash: Hash, read: ReadNode, nodes: readonly Node[]): Uint8Array {
  return foldNodes(
    hash,
    nodes.map((node) => read(node.level, node.pos)),
  )
}

function splitOf(count: number): number {
  let k = 1
  while (k * 2 < count) k *= 2
  return k
}

function half(n: number): number {
  return Math.floor(n / 2)
}

function isSize(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0
}

function requireIndex(idx: number, size: number): void {
  if (!isSize(idx) || !isSize(size) || idx >= size) throw new Error(`tree: leaf ${idx} is outside a tree of ${size}`)
}
