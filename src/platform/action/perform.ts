import { hash as hashOf } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type pg from 'pg'
import type * as z from 'zod'
import { type Actor, allows } from '../../core/access/actor.ts'
import { EVERYTHING, type Scope, scopeSettings } from '../../core/access/scope.ts'
import { canonicalText, type Json } from '../../core/ledger/canonical.ts'
import type { Statement } from '../db/batch.ts'
import {
  preambleOf,
  type Reads,
  type Runnable,
  statementOf,
  type Transaction,
  transact,
  transactReads,
} from '../db/pool.ts'
import { Remembered } from '../db/remembered.ts'
import { assert, Refusal } from '../errors/refusal.ts'
import type { FactView } from '../facts/facts.ts'
import type { Sealer } from '../jobs/sealed.ts'
import { type PartRow, type Prepared, partChanges, type RecordType, type Row } from '../journal/record.ts'
import { seal } from '../journal/seal.ts'
import { advanceTree } from '../journal/tree.ts'
import { type Collected, endsNothing } from '../journal/write.ts'
import type { Action, FileAnswer, FileHandler, Org, Plain, QueryHandler, ReadContext, Writing } from './action.ts'
import type { Catalogues } from './catalogues.ts'
import { type Clock, civilDay, newUuid } from './clock.ts'
import { type KeyRow, write, writtenTogether } from './together.ts'

/** What an act or a read runs on. */
export interface Stage {
  readonly pool: pg.Pool
  readonly catalogues: Catalogues
  readonly clock: Clock
  readonly facts: ReadonlyMap<string, FactView>
  readonly records: ReadonlyMap<string, RecordType>
  /** The office model's host where an administrator configured one; nobody acts on its address but the worker. */
  readonly officeModel?: { readonly host: string } | null
  /** What seals the secrets of channels: by a key of the data folder. */
  readonly secrets?: Sealer
}

/** One request: who asks, in which bureau, with which content. */
export interface Asked {
  readonly org: Org
  readonly actor: Actor
  readonly input: unknown
  /** The Idempotency-Key of the request, a uuid. */
  readonly key?: string | undefined
  /** Where the request came from: the address of the caller, for the audit and the guard at sign-in. */
  readonly source?: string | undefined
}

/** Parses input against a schema or refuses with the first fault in words. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input ?? {})
  if (result.success) return result.data
  const issues = result.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
    code: issue.code,
  }))
  const first = issues[0]!
  throw new Refusal('request/invalid', {
    count: issues.length,
    first: first.path === '' ? first.message : `${first.path}: ${first.message}`,
    issues,
  })
}

class Draft implements Writing {
  readonly prepared: Prepared[] = []
  readonly sides: Statement[] = []
  readonly indexed: ((firstIdx: number) => Plain)[] = []
  proves = false
  reason: string | null = null
  readonly org: Org
  readonly actor: Actor
  readonly today: string
  readonly now: string
  readonly catalogues: Catalogues
  readonly tx: Reads
  readonly facts: ReadonlyMap<string, FactView>
  readonly records: ReadonlyMap<string, RecordType>
  readonly source: string | null
  readonly officeModel: { readonly host: string } | null
  readonly secrets: Sealer | null
  private readonly at: Date

  constructor(stage: Stage, asked: Asked, tx: Reads) {
    this.org = asked.org
    this.actor = asked.actor
    this.at = stage.clock.now()
    this.today = civilDay(this.at)
    this.now = this.at.toISOString()
    this.catalogues = stage.catalogues
    this.tx = tx
    this.facts = stage.facts
    this.records = stage.records
    this.source = asked.source ?? null
    this.officeModel = stage.officeModel ?? null
    this.secrets = stage.secrets ?? null
  }

  newId(): string {
    return newUuid(this.at)
  }

  add(record: RecordType, row: Row & { id?: string }, parts?: readonly PartRow[]): string {
    const { id = this.newId(), ...rest } = row
    const changes = record.part && parts ? partChanges([], parts) : []
    this.prepared.push({
      record,
      id,
      version: 1,
      replaces: null,
      row: complete(record, rest),
      parts: record.part ? (parts ?? []) : null,
      partChanges: changes,
    })
    return id
  }

  revise: Writing['revise'] = (record, stored, changes, parts) => {
    this.prepared.push({
      record,
      id: stored.id,
      version: stored.version + 1,
      replaces: stored.version,
      row: complete(record, { ...stored, ...changes }),
      parts: record.part ? (parts?.after ?? []) : null,
      partChanges: record.part && parts ? partChanges(parts.before, parts.after) : [],
    })
  }

  side(statement: Runnable | Plain): void {
    this.sides.push('text' in statement ? statement : statementOf(statement))
  }

  atIndex(statement: (firstIdx: number) => Plain): void {
    this.indexed.push(statement)
  }

  because(reason: string): void {
    this.reason = reason
  }

  proveAfter(): void {
    this.proves = true
  }
}

/** All columns of the record, absent ones null, foreign ones a defect. */
function complete(record: RecordType, row: Row): Row {
  const whole: Row = {}
  for (const column of [...record.clear, ...record.sealed]) whole[column] = row[column] ?? null
  return whole
}

/**
 * Performs one act: parse, open the transaction, load and lock the subject, may, run, seal, lock the journal head, write
 * rows and entries, commit; then the tree, where the act asks for proof. The same key with the same content answers again.
 */
export async function perform(stage: Stage, act: Action, asked: Asked): Promise<unknown> {
  const input = parseInput(act.descriptor.input, asked.input)
  const hash =
    asked.key === undefined || act.descriptor.secret
      ? null
      : hashOf('sha256', canonicalText([act.descriptor.name, (asked.input ?? {}) as Json]), 'buffer')
  const one: One = { stage, act, asked, input, hash }
  const acting = act.together ? performTogether(one) : performAlone(one)
  // A key is kept with what was done under it, so the second act of one key cannot be written; whatever stopped it, the
  // key answers what was done first. Looking before each act would cost every act what only a repeated one needs.
  const done = await acting.catch(async (error: unknown) => {
    const earlier =
      hash === null
        ? null
        : await transact(stage.pool, preambleFor('read only', asked), (tx) => earlierAnswer(tx, asked, hash))
    if (earlier === null) throw error
    return { answer: earlier.answer, proves: false }
  })
  if (done.proves) await advanceTree(stage.pool, asked.org)
  return done.answer
}

const preambleFor = (mode: 'read only' | 'read write', { org, actor }: Asked) =>
  preambleOf(mode, org.orgId, scopeSettings(actor.scopes))

/** An act that is asked for, its input read, with the hash under which its key is kept. */
interface One {
  readonly stage: Stage
  readonly act: Action
  readonly asked: Asked
  readonly input: unknown
  readonly hash: Buffer | null
}

/** What an act answers and leaves to be written. */
interface Ran {
  readonly draft: Draft
  readonly answer: unknown
  readonly key: KeyRow | null
}

async function runAct({ stage, act, asked, input, hash }: One, tx: Reads): Promise<Ran> {
  const draft = new Draft(stage, asked, tx)
  const subject = act.subject ? await act.subject(draft, input) : undefined
  // Absent and not allowed look alike outside.
  if (subject === null || !allows(act.may, asked.actor, subject, input)) throw new Refusal('record/not-found')
  const answer = act.descriptor.output.parse(await act.run(draft, input, subject))
  const key = hash && keyRow(asked, act.descriptor.name, hash, answer)
  return { draft, answer, key }
}

async function performAlone(one: One): Promise<Done> {
  const { stage, asked } = one
  return transact(stage.pool, preambleFor('read write', asked), async (tx) => {
    const { draft, answer, key } = await runAct(one, tx)
    await write(tx, asked.org, draft.sides, [{ ...collected(one, draft), key }])
    return { answer, proves: draft.proves }
  })
}

/**
 * Goes by what is remembered, else reads in a transaction that can lock and write nothing; then waits to be written with
 * others. Alone where that failed.
 */
async function performTogether(one: One): Promise<Done> {
  const { stage, act, asked } = one
  const memory = new Remembered(stage.pool)
  // Whatever is refused by memory is read before anybody is told.
  const tried = await runAct(one, memory).catch(() => null)
  const ran = tried?.draft.prepared.length ? tried : null
  const { draft, answer, key } =
    ran ??
    (await transactReads(stage.pool, preambleFor('read only', asked), (tx) => runAct(one, tx), { packets: true }))
  const assumed = ran === null ? [] : memory.assumed
  assert(draft.sides.length === 0 && draft.prepared.every(endsNothing), `${act.descriptor.name} only adds records`)
  const written = await writtenTogether(stage.pool, asked.org, { ...collected(one, draft), key, assumed })
  return written ? { answer, proves: draft.proves } : performAlone(one)
}

/** What was done: the answer, and whether the journal's tree is to reach it. */
interface Done {
  readonly answer: unknown
  readonly proves: boolean
}

async function earlierAnswer(tx: Transaction, asked: Asked, hash: Buffer): Promise<{ answer: unknown } | null> {
  const rows = (
    await tx.send({
      text: 'select request_hash, answer from idempotency_keys where org_id = $1 and account_id = $2 and key = $3',
      values: [asked.org.orgId, asked.actor.accountId, asked.key],
      name: 'idempotency-read',
    })
  ).rows as { request_hash: Buffer; answer: unknown }[]
  const row = rows[0]
  if (row === undefined) return null
  if (!row.request_hash.equals(hash)) throw new Refusal('request/key-reused')
  return { answer: row.answer }
}

function keyRow({ org, actor, key }: Asked, verb: string, hash: Buffer, answer: unknown): KeyRow {
  return [org.orgId, actor.accountId, key as string, verb, hash, JSON.stringify(answer)]
}

/** Seals what an act prepared. */
function collected({ stage, act, asked: { org, actor } }: One, draft: Draft): Collected {
  const statement = {
    id: newUuid(stage.clock.now()),
    verb: act.descriptor.name,
    account: actor.accountId,
    by: actor.pid,
    onBehalfOf: actor.onBehalfOf?.pid ?? null,
    mandate: actor.onBehalfOf?.mandateId ?? null,
    reason: draft.reason,
  }
  const sealed = draft.prepared.map((one) => seal(one, statement, org.suite))
  return { act: statement, prepared: draft.prepared, sealed, indexed: draft.indexed }
}

/** Performs one read under the actor's scope, in a read-only transaction. */
export async function ask(stage: Stage, read: QueryHandler | FileHandler, asked: Asked): Promise<unknown> {
  const input = parseInput(read.descriptor.input, asked.input)
  if (!allows(read.may, asked.actor, undefined, input)) throw new Refusal('record/not-found')
  const { scopes } = asked.actor
  const opened = 'stubs' in read && read.stubs ? { general: EVERYTHING, talks: EVERYTHING } : scopes
  const preamble = preambleOf('read only', asked.org.orgId, scopeSettings(opened))
  const scope = asked.actor.scopes[read.label ?? 'general']
  return transactReads(stage.pool, preamble, async (tx) => {
    let scoped = false
    const draft = new Draft(stage, asked, tx)
    const ctx: ReadContext = {
      org: draft.org,
      actor: draft.actor,
      today: draft.today,
      now: draft.now,
      catalogues: draft.catalogues,
      tx,
      facts: stage.facts,
      records: stage.records,
      source: draft.source,
      officeModel: draft.officeModel,
      secrets: draft.secrets,
      newId: () => draft.newId(),
      scope,
      within: (columns) => {
        scoped = true
        return conditionOf(scope, columns) as unknown as ReturnType<ReadContext['within']>
      },
      unscoped: () => {
        scoped = true
      },
    }
    const result = await read.run(ctx, input)
    assert(scoped, `${read.descriptor.name} used its scope`)
    return read.descriptor.kind === 'file' ? (result as FileAnswer) : result
  })
}

/** The scope as an SQL condition; column names come from the program, values are bound. */
export function conditionOf(
  scope: Scope,
  columns: { unit?: string; units?: string; people?: readonly string[] },
): RawBuilder<boolean> {
  if (scope.units === 'all') return sql<boolean>`true`
  const parts: RawBuilder<boolean>[] = []
  if (columns.unit) parts.push(sql<boolean>`${sql.ref(columns.unit)} = any(${scope.units as string[]}::uuid[])`)
  if (columns.units) parts.push(sql<boolean>`${sql.ref(columns.units)} && ${scope.units as string[]}::uuid[]`)
  if (scope.pid !== null) {
    for (const person of columns.people ?? []) parts.push(sql<boolean>`${sql.ref(person)} = ${scope.pid}::uuid`)
  }
  if (parts.length === 0) return sql<boolean>`false`
  return sql<boolean>`(${sql.join(parts, sql` or `)})`
}
