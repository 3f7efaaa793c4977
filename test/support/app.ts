import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import type { Actor } from '../../src/core/access/actor.ts'
import type { Module, Org, Registry } from '../../src/platform/action/action.ts'
import { registryOf } from '../../src/platform/action/action.ts'
import type { Clock } from '../../src/platform/action/clock.ts'
import type { Stage } from '../../src/platform/action/perform.ts'
import { loadCatalogues, openStage } from '../../src/platform/action/stage.ts'
import { type Doorkeeper, openHttp } from '../../src/platform/http/server.ts'
import { sealerIn } from '../../src/platform/jobs/sealed.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { testDatabase } from './database.ts'

/** What an HTTP answer was: status, JSON body, raw bytes. */
export interface Answer<T = never> {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers by name.
  body: [T] extends [never] ? any : T
  raw: Buffer
}

/** Calls as one actor over HTTP injection. */
export interface Caller {
  verb(name: string, input?: unknown, options?: { key?: string; onBehalfOf?: string }): Promise<Answer>
  /** As `verb`, and fails the test with the refusal's words unless the answer is 200. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers by name.
  must(name: string, input?: unknown): Promise<any>
  query(name: string, input?: Record<string, unknown>): Promise<Answer>
}

/** A whole server on a database of its own. `clock.set` moves its time. */
export interface TestApp {
  http: FastifyInstance
  stage: Stage
  registry: Registry
  clock: Clock & { set(instant: string): void }
  /** Connection as owner of the database, outside every scope. */
  owner: pg.Client
  org: Org
  /** Calls as this actor, without a password: for tests of everything but the accounts. */
  as(actor: Actor): Caller
  /** Calls with a session token, or as nobody. */
  withToken(token: string | null): Caller
  /** The folder of the key by which secrets of channels are sealed. */
  readonly keys: string
  close(): Promise<void>
}

/** Opens a server over a fresh clone of the migrated database with one empty bureau (org 1, code `demo`). */
export async function openTestApp(
  name: string,
  options: { modules: readonly Module[]; doorkeeper?: (stage: Stage) => Doorkeeper; now?: string },
): Promise<TestApp> {
  // What can be wrong in the program is told before a connection is open, which would keep a failed test running.
  const registry = registryOf(options.modules)
  const catalogues = loadCatalogues()
  const database = await testDatabase(name)
  const owner = new pg.Client(database.owner)
  await owner.connect()
  let now = new Date(options.now ?? '2026-06-16T02:00:00Z')
  const clock = {
    now: () => now,
    set: (instant: string) => {
      now = new Date(instant)
    },
  }
  const keys = mkdtempSync(join(tmpdir(), 'luze-keys-'))
  const stage = {
    ...openStage(database.app as pg.PoolConfig, registry, catalogues, clock),
    secrets: sealerIn(keys),
  }
  const org: Org = {
    orgId: 1,
    code: 'demo',
    name: '临澜市城乡水务局',
    suite: 'sha256',
    goLiveOn: '2025-01-01',
    demo: true,
  }
  await owner.query(
    'insert into orgs (org_id, id, code, name, suite, go_live_on, demo) values ($1, $2, $3, $4, $5, $6, true)',
    [org.orgId, randomUUID(), org.code, org.name, org.suite, org.goLiveOn],
  )
  await owner.query('insert into journal_heads (org_id) values ($1)', [org.orgId])
  const actors = new Map<string, Actor>()
  const real = options.doorkeeper?.(stage)
  const doorkeeper: Doorkeeper = {
    authenticate: async (token, onBehalfOf) => {
      const actor = actors.get(token)
      if (actor) return { org, actor }
      return real ? real.authenticate(token, onBehalfOf) : null
    },
    guest: async (code) => (real ? real.guest(code) : null),
    audit: async (event) => real?.audit(event),
  }
  const http = await openHttp({
    registry,
    stage,
    doorkeeper,
    log: process.env['LUZE_TEST_LOG'] ? (await import('../../src/platform/log/log.ts')).openLog() : silentLog,
    secure: false,
    tls: null,
    trustProxy: false,
    webDir: join(import.meta.dirname, '../../web/dist'),
    version: 'test',
  }).catch(async (error: unknown) => {
    await owner.end()
    throw error
  })
  const withToken = (token: string | null) => callerOf(http, token)
  return {
    http,
    stage,
    keys,
    registry,
    clock,
    owner,
    org,
    as: (actor) => {
      const token = `test-${randomUUID()}`
      actors.set(token, actor)
      return withToken(token)
    },
    withToken,
    close: async () => {
      rmSync(keys, { recursive: true, force: true })
      await http.close()
      await stage.pool.end()
      await owner.end()
      await database.drop()
    },
  }
}

function callerOf(http: FastifyInstance, token: string | null): Caller {
  const authorization = token === null ? {} : { authorization: `Bearer ${token}` }
  const verb: Caller['verb'] = async (name, input = {}, options = {}) => {
    const response = await http.inject({
      method: 'POST',
      url: `/api/v1/${name}`,
      headers: {
        ...authorization,
        'content-type': 'application/json',
        ...(options.key ? { 'idempotency-key': options.key } : {}),
        ...(options.onBehalfOf ? { 'luze-on-behalf-of': options.onBehalfOf } : {}),
      },
      payload: JSON.stringify(input),
    })
    return answerOf(response)
  }
  return {
    verb,
    must: async (name, input) => {
      const answer = await verb(name, input)
      if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body
    },
    query: async (name, input = {}) => {
      const query = new URLSearchParams()
      for (const [key, value] of Object.entries(input)) {
        if (value === undefined) continue
        for (const one of Array.isArray(value) ? value : [value]) query.append(key, String(one))
      }
      return answerOf(await http.inject({ method: 'GET', url: `/api/v1/${name}?${query}`, headers: authorization }))
    },
  }
}

function answerOf(response: { statusCode: number; rawPayload: Buffer; headers: Record<string, unknown> }): Answer {
  const json = /json/.test(String(response.headers['content-type']))
  return {
    status: response.statusCode,
    body: json ? JSON.parse(response.rawPayload.toString('utf8')) : undefined,
    raw: response.rawPayload,
  }
}
