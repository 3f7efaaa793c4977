import type pg from 'pg'
import { toBase64url } from '../../core/ledger/base64url.ts'
import { leafHash } from '../../core/ledger/entry.ts'
import type { Suite } from '../../core/ledger/hash.ts'
import { microsOf } from '../../core/ledger/instant.ts'
import { journalEntryLine, journalHeaderLine } from '../../core/ledger/journal-export.ts'
import { appendLeaf, rootOfFrontier } from '../../core/ledger/tree.ts'
import { nativeHashes } from './seal.ts'

/** A file of an export as it is written, piece by piece. */
export interface ExportFile {
  readonly name: string
  readonly pieces: AsyncIterable<string>
}

const PAGE = 2000
/** Never exported: secrets that nobody may carry away, and what only this installation needs. */
const LEFT_OUT = new Set(['account_secrets', 'sessions', 'account_codes', 'idempotency_keys', 'schema_migrations'])

/**
 * Everything of the database in open formats (product rule 10): one JSON Lines file for each table, and for each bureau
 * its journal in the form that `luze verify` checks. Secrets of accounts and sessions stay behind.
 */
export async function* exportAll(client: pg.ClientBase): AsyncGenerator<ExportFile> {
  const { rows: orgs } = await client.query('select org_id, code, suite from orgs order by org_id')
  for (const org of orgs as { org_id: number; code: string; suite: Suite }[]) {
    yield { name: `journal-${org.code}.jsonl`, pieces: journalLines(client, org) }
  }
  const { rows: tables } = await client.query(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`,
  )
  for (const { name } of tables as { name: string }[]) {
    if (!LEFT_OUT.has(name)) yield { name: `tables/${name}.jsonl`, pieces: tableLines(client, name) }
  }
}

/** Rows as PostgreSQL itself writes them in JSON (numbers exact, bytes in hex), in the order of the key; within the caller's transaction. */
async function* tableLines(client: pg.ClientBase, table: string): AsyncGenerator<string> {
  const { rows: keys } = await client.query(
    `select a.attname as name from pg_index i join unnest(i.indkey::int2[]) with ordinality k(attnum, place) on true
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
      where i.indrelid = $1::regclass and i.indisprimary order by k.place`,
    [table],
  )
  const order = (keys as { name: string }[]).map((key) => `t."${key.name}"`).join(', ')
  await client.query(
    `declare rows_out no scroll cursor for select row_to_json(t)::text as line from "${table}" t order by ${order}`,
  )
  for (;;) {
    const { rows } = await client.query(`fetch ${PAGE} from rows_out`)
    if (rows.length === 0) break
    yield `${(rows as { line: string }[]).map((row) => row.line).join('\n')}\n`
  }
  await client.query('close rows_out')
}

async function* journalLines(
  client: pg.ClientBase,
  org: { org_id: number; code: string; suite: Suite },
): AsyncGenerator<string> {
  const hash = nativeHashes[org.suite]
  let frontier: readonly Uint8Array[] = []
  let size = 0
  let at = '1970-01-01T00:00:00.000000Z'
  const lines: string[] = []
  for (;;) {
    const { rows } = await client.query(
      'select idx, at, env from journal_entries where org_id = $1 and idx >= $2 order by idx limit $3',
      [org.org_id, size, PAGE],
    )
    if (rows.length === 0) break
    for (const entry of rows as { idx: number; at: string; env: Buffer }[]) {
      frontier = appendLeaf(hash, frontier, entry.idx, leafHash(hash, entry.idx, microsOf(entry.at), entry.env))
      lines.push(journalEntryLine(entry))
      at = entry.at
    }
    size += rows.length
  }
  const root = toBase64url(rootOfFrontier(hash, frontier))
  yield `${journalHeaderLine({ format: 'luze-journal/1', bureau: org.code, origin: org.code, suite: org.suite, size, root, at })}\n`
  for (let start = 0; start < lines.length; start += PAGE) yield `${lines.slice(start, start + PAGE).join('\n')}\n`
}
