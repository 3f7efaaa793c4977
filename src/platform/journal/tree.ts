import type pg from 'pg'
import { leafHash } from '../../core/ledger/entry.ts'
import type { Hash } from '../../core/ledger/hash.ts'
import { microsOf } from '../../core/ledger/instant.ts'
import {
  appendLeaf,
  inclusionPath,
  nodeHash,
  proveInclusion,
  type ReadNode,
  rootOfFrontier,
} from '../../core/ledger/tree.ts'
import type { Org } from '../action/action.ts'
import { preambleOf, type Transaction, transact } from '../db/pool.ts'
import { assert } from '../errors/refusal.ts'
import { nativeHashes } from './seal.ts'
import { insertInto } from './write.ts'

const PAGE = 2000

/** A point of the journal: its size and the root of the tree over all entries below it. */
export interface Checkpoint {
  readonly size: number
  readonly root: Buffer
  readonly at: string
}

/**
 * Brings the tree of a bureau up to the present size of its journal and returns the checkpoint there. It takes no lock:
 * entries below a committed head size never change (decision 4). Two runs at once write the same nodes.
 */
export async function advanceTree(pool: pg.Pool, org: Pick<Org, 'orgId' | 'suite'>): Promise<Checkpoint> {
  for (;;) {
    const reached = await transact(pool, preambleOf('read write', org.orgId, {}), (tx) => advanceOnce(tx, org))
    if (reached.done) return reached.checkpoint
  }
}

async function advanceOnce(
  tx: Transaction,
  org: Pick<Org, 'orgId' | 'suite'>,
): Promise<{ done: boolean; checkpoint: Checkpoint }> {
  const hash = nativeHashes[org.suite]
  // No checkpoint is older than the entries in it, even where the clock went back.
  const text = 'select size, greatest(now(), last_at) as at from journal_heads where org_id = $1'
  const head = (await tx.send({ text, values: [org.orgId] })).rows[0] as { size: number; at: string }
  const last = (
    await tx.send({
      text: 'select size, root, frontier, at from journal_checkpoints where org_id = $1 order by size desc limit 1',
      values: [org.orgId],
    })
  ).rows[0] as { size: number; root: Buffer; frontier: Buffer[]; at: string } | undefined
  const from = last?.size ?? 0
  if (last && from === head.size) return { done: true, checkpoint: last }
  const upTo = Math.min(head.size, from + PAGE * 5)
  let frontier: readonly Uint8Array[] = last?.frontier ?? []
  const nodes: unknown[][] = []
  for (const leaf of await leavesOf(tx, org.orgId, from, upTo, hash)) {
    nodes.push(...nodesAdded(hash, org.orgId, frontier, leaf.idx, leaf.hash))
    frontier = appendLeaf(hash, frontier, leaf.idx, leaf.hash)
  }
  for (const statement of insertInto('journal_nodes', ['org_id', 'level', 'pos', 'hash'], nodes)) {
    await tx.send({
      ...statement,
      text: `${statement.text} on conflict do nothing`,
      ...(statement.name ? { name: `${statement.name}-c` } : {}),
    })
  }
  const root = Buffer.from(rootOfFrontier(hash, frontier))
  await tx.send({
    text: 'insert into journal_checkpoints (org_id, size, root, frontier, at) values ($1, $2, $3, $4, $5) on conflict (org_id, size) do nothing',
    values: [org.orgId, upTo, root, frontier.map((h) => Buffer.from(h)), head.at],
  })
  const saved = await tx.send({
    text: 'select at from journal_checkpoints where org_id = $1 and size = $2',
    values: [org.orgId, upTo],
  })
  const { at } = saved.rows[0] as { at: string }
  return { done: upTo === head.size, checkpoint: { size: upTo, root, at } }
}

async function leavesOf(
  tx: Transaction,
  orgId: number,
  from: number,
  upTo: number,
  hash: Hash,
): Promise<{ idx: number; hash: Uint8Array }[]> {
  const { rows } = await tx.send({
    text: 'select idx, at, env from journal_entries where org_id = $1 and idx >= $2 and idx < $3 order by idx',
    values: [orgId, from, upTo],
  })
  const entries = rows as { idx: number; at: string; env: Buffer }[]
  assert(entries.length === upTo - from, `journal of bureau ${orgId} is gapless from ${from} to ${upTo}`)
  return entries.map((entry) => ({ idx: entry.idx, hash: leafHash(hash, entry.idx, microsOf(entry.at), entry.env) }))
}

/** The complete nodes that a new leaf adds: itself, and each parent whose right child it completes. */
function nodesAdded(
  hash: Hash,
  orgId: number,
  frontier: readonly Uint8Array[],
  idx: number,
  leaf: Uint8Array,
): unknown[][] {
  const rows: unknown[][] = [[orgId, 0, idx, Buffer.from(leaf)]]
  let below = leaf
  let pos = idx
  for (let level = 0; pos % 2 === 1; level++) {
    below = nodeHash(hash, frontier[frontier.length - 1 - level]!, below)
    pos = (pos - 1) / 2
    rows.push([orgId, level + 1, pos, Buffer.from(below)])
  }
  return rows
}

async function readNodes(
  tx: Transaction,
  orgId: number,
  addresses: readonly (readonly [number, number])[],
): Promise<ReadNode> {
  const { rows } = await tx.send({
    text: 'select level, pos, hash from journal_nodes where org_id = $1 and (level, pos) in (select * from unnest($2::int[], $3::bigint[]))',
    values: [orgId, addresses.map(([level]) => level), addresses.map(([, pos]) => pos)],
  })
  const nodes = new Map(
    (rows as { level: number; pos: number; hash: Buffer }[]).map((row) => [`${row.level}/${row.pos}`, row.hash]),
  )
  return (level, pos) => {
    const node = nodes.get(`${level}/${pos}`)
    assert(node, `tree node ${level}/${pos} is stored`)
    return node
  }
}

/** Inclusion proofs of entries in the tree of `size`, read from the stored nodes in one query. */
export async function proofsOf(
  tx: Transaction,
  org: Pick<Org, 'orgId' | 'suite'>,
  indexes: readonly number[],
  size: number,
): Promise<Map<number, readonly Uint8Array[]>> {
  const wanted = new Map<string, [number, number]>()
  for (const idx of indexes)
    for (const step of inclusionPath(idx, size))
      for (const node of step) wanted.set(`${node.level}/${node.pos}`, [node.level, node.pos])
  const read = await readNodes(tx, org.orgId, [...wanted.values()])
  const hash = nativeHashes[org.suite]
  return new Map(indexes.map((idx) => [idx, proveInclusion(hash, read, idx, size)]))
}
