import type * as z from 'zod'
import type { Access, Actor } from '../../core/access/actor.ts'
import type { Label, Scope } from '../../core/access/scope.ts'
import type { Descriptor, FileQuery, Query, Verb } from '../../core/contract.ts'
import type { Reads, Runnable } from '../db/pool.ts'
import type { FactView } from '../facts/facts.ts'
import type { Sealer } from '../jobs/sealed.ts'
import type { Refold } from '../journal/fsck.ts'
import type { PartRow, RecordType, Row, Stored, StoredPart } from '../journal/record.ts'
import type { Catalogues } from './catalogues.ts'
import type { Stage } from './perform.ts'

/** The bureau in which an act takes place. */
export interface Org {
  readonly orgId: number
  readonly code: string
  readonly name: string
  readonly suite: 'sha256' | 'sm3'
  /** Records of days before this day enter as opening import (decision 7). */
  readonly goLiveOn: string
  readonly demo: boolean
}

/** What every act and read knows: bureau, person, civil day, catalogues, reads. */
export interface Context {
  readonly org: Org
  readonly actor: Actor
  /** The civil day in Asia/Shanghai. */
  readonly today: string
  /** The instant, RFC 3339 in UTC. */
  readonly now: string
  readonly catalogues: Catalogues
  readonly tx: Reads
  /** The views that figures read, by record type. */
  readonly facts: ReadonlyMap<string, FactView>
  /** The kinds of record, by type. */
  readonly records: ReadonlyMap<string, RecordType>
  /** The address of the caller; null inside the program. */
  readonly source: string | null
  /** Where second opinions come from, if an administrator configured it. */
  readonly officeModel: { readonly host: string } | null
  /** Seals what only a job may read; null where there is no data folder. */
  readonly secrets: Sealer | null
  /** A new public id (uuid version 7). */
  newId(): string
}

/** A statement as text and values. */
export interface Plain {
  readonly text: string
  readonly values: unknown[]
  /** Parsed and planned once per connection under this name. */
  readonly name?: string
  /** Said again it changes nothing more: of acts that are written together it is sent once. */
  readonly once?: boolean
}

/** A context in which a verb collects what is to be written; nothing is written before `run` has returned. */
export interface Writing extends Context {
  /** Prepares version 1 of a new record and returns its id. */
  add(record: RecordType, row: Row & { id?: string }, parts?: readonly PartRow[]): string
  /** Prepares the next version of a stored record: `changes` over what it says now. */
  revise(
    record: RecordType,
    stored: Stored,
    changes: Row,
    parts?: { before: readonly StoredPart[]; after: readonly PartRow[] },
  ): void
  /** Prepares a statement on an operational table (drafts, sessions): nothing that a figure reads. */
  side(statement: Runnable | Plain): void
  /** Prepares a statement that needs the journal index of the first entry of this act; written with the rows. */
  atIndex(statement: (firstIdx: number) => Plain): void
  /** Reason of the act, kept with it. */
  because(reason: string): void
  /** Brings the tree of the journal up to this act once it is committed, so that it can be proved. */
  proveAfter(): void
}

/** An act on its descriptor. `subject` loads and locks what the act is about; absent looks like not allowed. */
export interface Action<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType, S = unknown> {
  readonly descriptor: Verb<I, O>
  /**
   * The act locks nothing, ends nothing and prepares no side statement: it adds records. It reads in a read-only transaction,
   * and is written together with others of its sort that wait for the journal of the same bureau (decision 41).
   */
  readonly together?: boolean
  readonly subject?: (ctx: Context, input: z.output<I>) => Promise<S | null>
  readonly may: Access<S, z.output<I>>
  readonly run: (ctx: Writing, input: z.output<I>, subject: S) => Promise<z.input<O>>
}

/** Binds an act to its descriptor. */
export function action<I extends z.ZodType, O extends z.ZodType, S = undefined>(
  descriptor: Verb<I, O>,
  parts: Omit<Action<I, O, S>, 'descriptor'>,
): Action<I, O, S> {
  return { descriptor, ...parts }
}

/** A read under the actor's scope; `within` gives the condition and must be used, or the read is a defect. */
export interface ReadContext extends Context {
  readonly scope: Scope
  /** The scope as a condition on the columns of a query. */
  within(columns: {
    unit?: string
    units?: string
    people?: readonly string[]
  }): Runnable & { readonly condition: true }
  /** Says that the read answers nothing that belongs to a unit or a person. */
  unscoped(reason: string): void
}

/** A read on its descriptor. */
export interface QueryHandler<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly descriptor: Query<I, O>
  readonly may: Access<undefined, z.output<I>>
  readonly label?: Label
  /** A read of a restricted kind: that it was asked goes to the audit (decision 5). */
  readonly restricted?: boolean
  /**
   * Judges by records that the actor may not open, of which he is told day, kind and amount at most (stubs, decision 17).
   * The row policies let the whole bureau through, so the read itself limits whom it speaks of, by `within` or by rule.
   */
  readonly stubs?: boolean
  readonly run: (ctx: ReadContext, input: z.output<I>) => Promise<z.input<O>>
}

/** Binds a read to its descriptor. */
export function answer<I extends z.ZodType, O extends z.ZodType>(
  descriptor: Query<I, O>,
  parts: Omit<QueryHandler<I, O>, 'descriptor'>,
): QueryHandler<I, O> {
  return { descriptor, ...parts }
}

/** Bytes with their media type and the name that a person sees when saving them. */
export interface FileAnswer {
  readonly bytes: Uint8Array
  readonly mediaType: string
  readonly fileName: string
}

/** Who a secret address stands for, and what is asked by it. */
export interface Bearer {
  readonly org: Org
  readonly actor: Actor
  readonly input: unknown
}

/** A secret that names a bureau and stands for nobody there. */
export interface Tried {
  readonly org: Org
  readonly actor: null
}

/** A file on its descriptor. */
export interface FileHandler<I extends z.ZodType = z.ZodType> {
  readonly descriptor: FileQuery<I>
  readonly may: Access<undefined, z.output<I>>
  readonly label?: Label
  /** As for a read. */
  readonly stubs?: boolean
  /** Whom the secret of the descriptor's address stands for; the bureau alone where for nobody there, null where for none. */
  readonly bearer?: (stage: Stage, secret: string) => Promise<Bearer | Tried | null>
  readonly run: (ctx: ReadContext, input: z.output<I>) => Promise<FileAnswer>
}

/** Binds a file to its descriptor. */
export function fileAnswer<I extends z.ZodType>(
  descriptor: FileQuery<I>,
  parts: Omit<FileHandler<I>, 'descriptor'>,
): FileHandler<I> {
  return { descriptor, ...parts }
}

/** What one module brings: its acts and reads, its kinds of record. */
export interface Module {
  readonly name: string
  // biome-ignore lint/suspicious/noExplicitAny: subjects differ from act to act; the pipeline only passes them on.
  readonly actions: readonly Action<any, any, any>[]
  // biome-ignore lint/suspicious/noExplicitAny: inputs and outputs differ from read to read.
  readonly queries: readonly (QueryHandler<any, any> | FileHandler<any>)[]
  readonly records: readonly RecordType[]
  /** The views that figures read; see `FactView`. */
  readonly facts?: readonly FactView[]
  /** Checks of what the module keeps beside its records, for fsck. */
  readonly refolds?: readonly Refold[]
}

/** Everything that can be asked of the program, by name. */
export interface Registry {
  readonly modules: readonly Module[]
  readonly actions: ReadonlyMap<string, Action>
  readonly queries: ReadonlyMap<string, QueryHandler | FileHandler>
  readonly records: ReadonlyMap<string, RecordType>
  readonly facts: ReadonlyMap<string, FactView>
  readonly refolds: readonly Refold[]
  readonly descriptors: readonly Descriptor[]
}

/** Builds the registry; two of one name are a defect of the program. */
export function registryOf(modules: readonly Module[]): Registry {
  const actions = new Map<string, Action>()
  const queries = new Map<string, QueryHandler | FileHandler>()
  const records = new Map<string, RecordType>()
  const once = <T>(map: Map<string, T>, name: string, value: T) => {
    if (map.has(name)) throw new Error(`declared twice: ${name}`)
    map.set(name, value)
  }
  for (const module of modules) {
    for (const act of module.actions) once(actions, act.descriptor.name, act)
    for (const read of module.queries) once(queries, read.descriptor.name, read)
    for (const record of module.records) once(records, record.type, record)
  }
  for (const { descriptor } of [...actions.values(), ...queries.values()]) {
    // Unknown fields are refused at the edge, so every input is a strict object.
    const def = descriptor.input.def as { type?: string; catchall?: { def?: { type?: string } } }
    if (def.type === 'object' && def.catchall?.def?.type !== 'never')
      throw new Error(`${descriptor.name}: input is z.strictObject`)
  }
  const descriptors = [...actions.values(), ...queries.values()].map((handler) => handler.descriptor)
  const facts = new Map(modules.flatMap((module) => module.facts ?? []).map((view) => [view.type, view]))
  const refolds = modules.flatMap((module) => module.refolds ?? [])
  return { modules, actions, queries, records, facts, refolds, descriptors }
}
