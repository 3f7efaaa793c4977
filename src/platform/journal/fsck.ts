import type pg from 'pg'
import { fromBase64url } from '../../core/ledger/base64url.ts'
import { canonicalText, type Json } from '../../core/ledger/canonical.ts'
import { commit, sameBytes } from '../../core/ledger/commitment.ts'
import { type Env, erasureSchema, leafHash, parseEnv } from '../../core/ledger/entry.ts'
import type { Suite } from '../../core/ledger/hash.ts'
import { microsOf } from '../../core/ledger/instant.ts'
import { appendLeaf, rootOfFrontier } from '../../core/ledger/tree.ts'
import type { PartRow, RecordType, Row } from './record.ts'
import { type ActStatement, clearOf, committedFields, type Ended, nativeHashes, partsInClear } from './seal.ts'

/** One thing that does not hold, in words that name the place. */
export interface Fault {
  readonly org: string
  readonly idx: number | null
  readonly says: string
}

/** What a check of one bureau went through and what it found. */
export interface FsckReport {
  readonly org: string
  readonly entries: number
  readonly commitments: number
  readonly erased: number
  readonly faults: readonly Fault[]
}

/** A further check that a module brings: refolds what it keeps beside its records. */
export type Refold = (client: pg.ClientBase, org: { orgId: number; code: string }) => Promise<Fault[]>

const PAGE = 2000

interface EntryRow {
  idx: number
  at: string
  act_id: string
  env: Buffer
  salts: (Buffer | null)[] | null
}

interface StoredRow extends Row {
  id: string
  version: number
  recorded_idx: number
  superseded_idx: number
}

/**
 * Recomputes every commitment from the tables, both ways: each entry has its row, each row its entry, every clear fact and
 * every commitment is as recorded, versions end where their successor begins, and the stored checkpoints are the roots
 * of the entries. Runs as the owner of the database, outside the application's scope.
 */
export async function fsck(
  client: pg.ClientBase,
  records: ReadonlyMap<string, RecordType>,
  refolds: readonly Refold[] = [],
): Promise<FsckReport[]> {
  await client.query('begin isolation level repeatable read read only')
  try {
    const { rows } = await client.query('select org_id, code, suite from orgs order by org_id')
    const reports: FsckReport[] = []
    for (const org of rows as { org_id: number; code: string; suite: Suite }[]) {
      const check = new Check(client, records, { orgId: org.org_id, code: org.code, suite: org.suite })
      reports.push(await check.run(refolds))
    }
    return reports
  } finally {
    await client.query('rollback')
  }
}

class Check {
  private readonly client: pg.ClientBase
  private readonly records: ReadonlyMap<string, RecordType>
  private readonly org: { orgId: number; code: string; suite: Suite }
  private readonly faults: Fault[] = []
  private readonly erased = new Set<string>()
  private readonly counts = new Map<string, number>()
  private frontier: readonly Uint8Array[] = []
  private commitments = 0

  constructor(
    client: pg.ClientBase,
    records: ReadonlyMap<string, RecordType>,
    org: { orgId: number; code: string; suite: Suite },
  ) {
    this.client = client
    this.records = records
    this.org = org
  }

  async run(refolds: readonly Refold[]): Promise<FsckReport> {
    const size = (
      (await this.query('select size from journal_heads where org_id = $1'))[0] as { size: number } | undefined
    )?.size
    if (size === undefined) this.fault(null, 'the bureau has no journal head')
    await this.readErasures()
    const roots = new Map(
      (
        (await this.query('select size, root from journal_checkpoints where org_id = $1')) as {
          size: number
          root: Buffer
        }[]
      ).map((row) => [row.size, row.root]),
    )
    let next = 0
    let lastAt = ''
    for (;;) {
      const page = (await this.query(
        `select e.idx, e.at, e.act_id, e.env, s.salts from journal_entries e left join journal_salts s on s.org_id = e.org_id and s.idx = e.idx
          where e.org_id = $1 and e.idx >= $2 order by e.idx limit ${PAGE}`,
        [next],
      )) as EntryRow[]
      if (page.length === 0) break
      const envs = page.map((entry) => this.envOf(entry))
      const rows = await this.rowsOf(page, envs)
      for (const [at, entry] of page.entries()) {
        if (entry.idx !== next) this.fault(entry.idx, `entry ${next} is missing`)
        if (entry.at < lastAt) this.fault(entry.idx, 'its time is before that of the entry before it')
        next = entry.idx + 1
        lastAt = entry.at
        this.frontier = appendLeaf(
          nativeHashes[this.org.suite],
          this.frontier,
          entry.idx,
          leafHash(nativeHashes[this.org.suite], entry.idx, microsOf(entry.at), entry.env),
        )
        const root = roots.get(next)
        if (root && !sameBytes(root, rootOfFrontier(nativeHashes[this.org.suite], this.frontier)))
          this.fault(entry.idx, `the checkpoint at size ${next} is not the root of the entries`)
        const env = envs[at]
        if (env) this.checkEntry(entry, env, rows)
      }
    }
    if (size !== undefined && next !== size) this.fault(null, `the head says ${size} entries, there are ${next}`)
    await this.checkBackwards(next)
    for (const refold of refolds) this.faults.push(...(await refold(this.client, this.org)))
    return {
      org: this.org.code,
      entries: next,
      commitments: this.commitments,
      erased: this.erased.size,
      faults: this.faults,
    }
  }

  private fault(idx: number | null, says: string): void {
    this.faults.push({ org: this.org.code, idx, says })
  }

  private async query(text: string, values: unknown[] = []): Promise<unknown[]> {
    return (await this.client.query(text, [this.org.orgId, ...values])).rows
  }

  private async readErasures(): Promise<void> {
    for (const row of (await this.query('select fields from erasures where org_id = $1')) as { fields: unknown }[]) {
      const fields = erasureSchema.shape.fields.safeParse(row.fields)
      if (!fields.success) this.fault(null, 'an erasure names its fields in no readable form')
      else for (const [idx, place] of fields.data) this.erased.add(`${idx}/${place}`)
    }
  }

  private envOf(entry: EntryRow): Env | null {
    try {
      return parseEnv(entry.env)
    } catch (error) {
      this.fault(entry.idx, `its envelope is not readable: ${error instanceof Error ? error.message : ''}`)
      return null
    }
  }

  /** Rows, part rows and acts that the entries of a page speak of. */
  private async rowsOf(page: readonly EntryRow[], envs: readonly (Env | null)[]) {
    const from = page[0]!.idx
    const to = page.at(-1)!.idx
    const types = new Set(envs.flatMap((env) => (env ? [env.t] : [])))
    const rows = new Map<string, StoredRow>()
    const parts = new Map<string, (PartRow & { recorded_idx: number; superseded_idx: number; version: number })[]>()
    for (const type of types) {
      const record = this.records.get(type)
      if (!record) continue
      const ids: string[] = []
      for (const row of (await this.query(
        `select * from ${record.table} where org_id = $1 and recorded_idx between $2 and $3`,
        [from, to],
      )) as StoredRow[]) {
        if (rows.has(`${type}/${row.recorded_idx}`))
          this.fault(row.recorded_idx, `two rows of ${record.table} claim this entry`)
        rows.set(`${type}/${row.recorded_idx}`, row)
        ids.push(row.id)
      }
      if (record.part) {
        const p = record.part
        const found = (await this.query(
          `select ${p.owner} as owner, ${p.key} as key, ${p.status} as status, ${p.note} as note, version, recorded_idx, superseded_idx from ${p.table} where org_id = $1 and ${p.owner} = any($2)`,
          [ids],
        )) as (PartRow & { owner: string; recorded_idx: number; superseded_idx: number; version: number })[]
        for (const row of found) parts.set(row.owner, [...(parts.get(row.owner) ?? []), row])
      }
    }
    const acts = new Map(
      (
        (await this.query('select * from acts where org_id = $1 and id = any($2)', [
          [...new Set(page.map((entry) => entry.act_id))],
        ])) as Row[]
      ).map((row) => [row['id'] as string, row]),
    )
    return { rows, parts, acts }
  }

  private checkEntry(entry: EntryRow, env: Env, found: Awaited<ReturnType<Check['rowsOf']>>): void {
    this.counts.set(env.t, (this.counts.get(env.t) ?? 0) + 1)
    const record = this.records.get(env.t)
    if (!record) {
      this.fault(entry.idx, `no record type ${env.t} is known`)
      return
    }
    const row = found.rows.get(`${env.t}/${entry.idx}`)
    if (!row) {
      this.fault(entry.idx, `the row of this ${env.t} is gone`)
      return
    }
    if (row.id !== env.id || row.version !== env.v) this.fault(entry.idx, `the row is another ${env.t} than the entry`)
    if (canonicalText(clearOf(record, row)) !== canonicalText(env.d))
      this.fault(entry.idx, `a clear fact of ${record.table} was changed`)
    const parts = record.part ? (found.parts.get(row.id) ?? []) : []
    const state = parts.filter((part) => part.recorded_idx <= entry.idx && part.superseded_idx > entry.idx)
    const ended = parts
      .filter((part) => part.superseded_idx === entry.idx)
      .map((part): Ended => [part.key, part.version])
    const clear = partsInClear(record, row, state, ended)
    if (canonicalText([env.p ?? null, env.e ?? null] as Json) !== canonicalText(clear))
      this.fault(entry.idx, `rows of ${record.part?.table ?? record.table} differ from the entry`)
    const act = found.acts.get(entry.act_id)
    if (!act) this.fault(entry.idx, 'the act of this entry is gone')
    else
      this.checkCommitments(
        entry,
        env,
        record,
        committedFields({ record, row, parts: record.part ? state : null }, statementOf(act), ended),
      )
  }

  private checkCommitments(entry: EntryRow, env: Env, record: RecordType, fields: readonly [string, Json][]): void {
    const values = new Map(fields)
    const hash = nativeHashes[this.org.suite]
    for (const [place, name] of env.f.entries()) {
      this.commitments++
      const salt = entry.salts?.[place] ?? null
      const erased = this.erased.has(`${entry.idx}/${place}`)
      const value = values.get(name) ?? null
      if (salt === null) {
        if (!erased) this.fault(entry.idx, `the salt of ${name} is gone and no erasure names it`)
        else if (value !== null) this.fault(entry.idx, `${name} was erased and is filled again`)
      } else if (erased) this.fault(entry.idx, `${name} was erased and its salt is still there`)
      else if (!sameBytes(commit(hash, salt, name, value), fromBase64url(env.c[place]!)))
        this.fault(entry.idx, `${name} of ${record.table} was changed`)
      values.delete(name)
    }
    for (const [name, value] of values)
      if (value !== null && !name.includes('/'))
        this.fault(entry.idx, `${name} of ${record.table} stands in no commitment`)
  }

  /** Rows that no entry took, versions that end elsewhere than at their successor. */
  private async checkBackwards(size: number): Promise<void> {
    for (const [type, record] of this.records) {
      const [count] = (await this.query(`select count(*)::bigint as n from ${record.table} where org_id = $1`)) as {
        n: number
      }[]
      if (count!.n !== (this.counts.get(type) ?? 0))
        this.fault(null, `${record.table} holds ${count!.n} rows for ${this.counts.get(type) ?? 0} entries`)
      const wrong = (await this.query(
        `select a.recorded_idx from ${record.table} a left join ${record.table} b on b.org_id = a.org_id and b.id = a.id and b.version = a.version + 1
          where a.org_id = $1 and (a.superseded_idx <> coalesce(b.recorded_idx, 9223372036854775807) or a.recorded_idx >= $2) limit 20`,
        [size],
      )) as { recorded_idx: number }[]
      for (const row of wrong)
        this.fault(row.recorded_idx, `a version of ${record.table} ends elsewhere than where its successor begins`)
      if (record.part) {
        const orphans = (await this.query(
          `select p.recorded_idx from ${record.part.table} p where p.org_id = $1 and not exists (select 1 from ${record.table} a where a.org_id = p.org_id and a.id = p.${record.part.owner} and a.recorded_idx = p.recorded_idx)
            or p.org_id = $1 and p.superseded_idx <> 9223372036854775807 and not exists (select 1 from ${record.table} a where a.org_id = p.org_id and a.id = p.${record.part.owner} and a.recorded_idx = p.superseded_idx) limit 20`,
        )) as { recorded_idx: number }[]
        for (const row of orphans)
          this.fault(row.recorded_idx, `a row of ${record.part.table} begins or ends at no entry of its record`)
      }
    }
  }
}

function statementOf(act: Row): ActStatement {
  return {
    id: act['id'] as string,
    verb: act['verb'] as string,
    account: act['by_account_id'] as string,
    by: act['by_pid'] as string | null,
    onBehalfOf: act['on_behalf_pid'] as string | null,
    mandate: act['mandate_id'] as string | null,
    reason: act['reason'] as string | null,
  }
}
