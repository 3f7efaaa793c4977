import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import files from '@fastify/static'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type * as z from 'zod'
import type { Actor } from '../../core/access/actor.ts'
import { NOTHING } from '../../core/access/scope.ts'
import type { Action, FileAnswer, FileHandler, Org, QueryHandler, Registry } from '../action/action.ts'
import { newUuid } from '../action/clock.ts'
import { ask, perform, type Stage } from '../action/perform.ts'
import { Refusal } from '../errors/refusal.ts'
import { fill, type Language } from '../i18n/words.ts'
import type { Log } from '../log/log.ts'
import { openapiOf } from './openapi.ts'
import { fromQuery } from './query.ts'

/** Knows who knocks; the accounts module provides it. */
export interface Doorkeeper {
  /** The session of a token, or null. `onBehalfOf` is the person for whom a mandate is used. */
  authenticate(token: string, onBehalfOf: string | null): Promise<{ org: Org; actor: Actor } | null>
  /** Whoever is not signed in: may ask open descriptors only. */
  guest(orgCode: string | null): Promise<{ org: Org; actor: Actor } | null>
  /** Records a refused act or a read of a restricted kind in a transaction of its own. */
  audit(event: {
    org: Org
    actor: Actor
    source: string
    event: string
    outcome: 'done' | 'refused' | 'failed'
    code?: string
  }): Promise<void>
}

/** What the HTTP surface stands on. */
export interface HttpParts {
  readonly registry: Registry
  readonly stage: Stage
  readonly doorkeeper: Doorkeeper
  readonly log: Log
  /** Whether browsers reach the server over TLS, its own or a proxy's. */
  readonly secure: boolean
  /** Certificate chain and key, where the server does TLS itself. */
  readonly tls: { cert: Buffer; key: Buffer } | null
  readonly trustProxy: boolean
  readonly webDir: string
  readonly version: string
}

const BODY_MAX = 8 * 1024 * 1024
/** Acts whose answer carries a session token, which a browser keeps as a cookie that no script can read. */
const TOKEN_VERBS = new Set(['session.open', 'account.redeem'])

/** The HTTP surface: every descriptor as a route, the API description, health, and the built web pages. */
export async function openHttp(parts: HttpParts): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    ...(parts.tls ? { https: { ...parts.tls, minVersion: 'TLSv1.2' } } : {}),
    bodyLimit: BODY_MAX,
    trustProxy: parts.trustProxy,
    logger: false,
    genReqId: () => newUuid(parts.stage.clock.now()).slice(-12),
  })
  await app.register(cookie)
  await app.register(compress, { threshold: 2048 })
  // The command line comes over the data folder's own socket and has no address.
  await app.register(rateLimit, { max: 3000, timeWindow: '1 minute', keyGenerator: sourceOf })
  await app.register(helmet, {
    enableCSPNonces: false,
    contentSecurityPolicy: false,
    strictTransportSecurity: parts.secure ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  })
  app.setErrorHandler((error, request, reply) => answerError(parts, error, request, reply))
  app.removeContentTypeParser('text/plain')
  for (const act of parts.registry.actions.values()) routeAction(app, parts, act)
  for (const read of parts.registry.queries.values()) routeQuery(app, parts, read)
  const description = JSON.stringify(openapiOf(parts.registry, parts.stage.catalogues.words, parts.version))
  app.get('/api/openapi.json', (_request, reply) => reply.type('application/json').send(description))
  app.get('/healthz', async (_request, reply) => {
    await parts.stage.pool.query('select 1')
    return reply.send({ ok: true })
  })
  await servePages(app, parts)
  return app
}

/** Where a request came from: the caller's address, or the data folder's socket. */
function sourceOf(request: FastifyRequest): string {
  return request.ip ?? 'socket'
}

function languageOf(request: FastifyRequest): Language {
  const wanted = request.headers['accept-language'] ?? ''
  return /^\s*en/i.test(wanted) ? 'en' : 'zh'
}

async function knock(parts: HttpParts, request: FastifyRequest, open: boolean): Promise<{ org: Org; actor: Actor }> {
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? request.cookies[cookieName(parts)]
  // A cookie travels by itself, so an act under it must come from our own page (Origin check).
  if (bearer === undefined && request.method !== 'GET') checkOrigin(request)
  const onBehalfOf = request.headers['luze-on-behalf-of']
  const known =
    token === undefined
      ? null
      : await parts.doorkeeper.authenticate(token, typeof onBehalfOf === 'string' ? onBehalfOf : null)
  if (known !== null && !(open && request.method !== 'GET')) return known
  if (!open) throw new Refusal('session/required')
  const body = request.body as { org?: unknown } | undefined
  const guest = await parts.doorkeeper.guest(typeof body?.org === 'string' ? body.org : null)
  if (guest === null) throw new Refusal('record/not-found')
  return guest
}

function checkOrigin(request: FastifyRequest): void {
  const origin = request.headers.origin
  if (origin === undefined) {
    if (request.headers['sec-fetch-site'] !== undefined && request.headers['sec-fetch-site'] !== 'same-origin')
      throw new Refusal('request/foreign-origin')
    return
  }
  let host: string | null = null
  try {
    host = new URL(origin).host
  } catch {
    // An origin that is no address is foreign.
  }
  if (host !== request.host) throw new Refusal('request/foreign-origin')
}

function routeAction(app: FastifyInstance, parts: HttpParts, act: Action): void {
  const { name, open } = act.descriptor
  app.post(`/api/v1/${name}`, async (request, reply) => {
    if (!/^application\/json/.test(request.headers['content-type'] ?? '')) throw new Refusal('request/unsupported')
    const who = await knock(parts, request, open)
    const key = request.headers['idempotency-key']
    try {
      const asked = {
        ...who,
        input: request.body,
        source: sourceOf(request),
        key: typeof key === 'string' && /^[0-9a-f-]{36}$/i.test(key) ? key : undefined,
      }
      const answer = await perform(parts.stage, act, asked)
      return await sendAnswer(parts, reply, request, name, answer)
    } catch (error) {
      if (error instanceof Refusal) {
        await parts.doorkeeper.audit({
          ...who,
          source: sourceOf(request),
          event: name,
          outcome: 'refused',
          code: error.code,
        })
      }
      throw error
    }
  })
}

/** The account id of somebody who is not signed in. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Whoever is not signed in: holds and sees nothing. */
export function guestOf({ orgId }: Org): Actor {
  return {
    orgId,
    accountId: NOBODY,
    pid: null,
    name: '',
    holdings: [],
    scopes: { general: NOTHING, talks: NOTHING },
    onBehalfOf: null,
  }
}

function cookieName(parts: HttpParts): string {
  return parts.secure ? '__Host-luze' : 'luze'
}

async function sendAnswer(
  parts: HttpParts,
  reply: FastifyReply,
  request: FastifyRequest,
  name: string,
  answer: unknown,
) {
  reply.header('cache-control', 'no-store')
  const options = { path: '/', httpOnly: true, sameSite: 'strict' as const, secure: parts.secure }
  if (name === 'session.close') reply.clearCookie(cookieName(parts), options)
  const fromPage = request.headers.origin !== undefined
  if (TOKEN_VERBS.has(name) && fromPage) {
    const { token, ...rest } = answer as { token: string }
    reply.setCookie(cookieName(parts), token, options)
    return reply.send({ ...rest, token: '' })
  }
  return reply.send(answer ?? {})
}

function routeQuery(app: FastifyInstance, parts: HttpParts, read: QueryHandler | FileHandler): void {
  const { name, input, open, kind } = read.descriptor
  app.get(`/api/v1/${name}`, async (request, reply) => {
    const who = await knock(parts, request, open)
    const asked = { ...who, input: fromQuery(input as z.ZodType, request.query as Record<string, unknown>) }
    const result = await ask(parts.stage, read, asked)
    reply.header('cache-control', 'no-store')
    if (kind === 'file' || ('restricted' in read && read.restricted))
      await parts.doorkeeper.audit({ ...who, source: sourceOf(request), event: name, outcome: 'done' })
    return kind === 'file' ? sendFile(reply, result as FileAnswer) : reply.send(result)
  })
  if (read.descriptor.address !== null) routeAddress(app, parts, read as FileHandler, read.descriptor.address)
}

function sendFile(reply: FastifyReply, file: FileAnswer) {
  reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.fileName)}`)
  reply.header('content-security-policy', "default-src 'none'; sandbox")
  return reply.type(file.mediaType).send(Buffer.from(file.bytes))
}

/** How often one caller may ask by secret addresses in a minute; a calendar program asks a few times a day. */
const ADDRESS_ASKED_MAX = 120

/**
 * A file by an address whose secret stands for whoever asks. A secret that stands for nobody looks like a page that does
 * not exist; nothing but the asker's own program may keep the answer, and asks again whether it still holds.
 */
function routeAddress(app: FastifyInstance, parts: HttpParts, read: FileHandler, address: string): void {
  const [folder, ending] = address.split('{secret}') as [string, string]
  const limit = { rateLimit: { max: ADDRESS_ASKED_MAX, timeWindow: '1 minute' } }
  app.get(`${folder}*`, { config: limit }, async (request, reply) => {
    const name = (request.params as { '*': string })['*']
    const secret = name.endsWith(ending) ? name.slice(0, name.length - ending.length) : ''
    const bearer = (await read.bearer?.(parts.stage, secret)) ?? null
    const event = read.descriptor.name
    if (bearer === null || bearer.actor === null) {
      const asked = { source: sourceOf(request), event, outcome: 'refused', code: 'record/not-found' } as const
      if (bearer !== null) await parts.doorkeeper.audit({ ...bearer, actor: guestOf(bearer.org), ...asked })
      throw new Refusal('record/not-found')
    }
    const file = (await ask(parts.stage, read, bearer)) as FileAnswer
    await parts.doorkeeper.audit({ ...bearer, source: sourceOf(request), event, outcome: 'done' })
    const etag = `"${createHash('sha256').update(file.bytes).digest('base64url')}"`
    reply.header('cache-control', 'private, no-cache').header('etag', etag)
    if (request.headers['if-none-match']?.includes(etag)) return reply.status(304).send()
    return sendFile(reply, file)
  })
}

async function answerError(parts: HttpParts, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const refusal = asRefusal(error)
  const language = languageOf(request)
  let { code, details } = refusal ?? { code: 'server/defect', details: {} as Record<string, unknown> }
  if (refusal === null) {
    details = { incident: request.id }
    parts.log.error('request failed', {
      incident: request.id,
      route: request.routeOptions.url ?? '',
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
  const words = parts.stage.catalogues.words.refusals.get(code)
  if (words === undefined) {
    parts.log.error('refusal without words', { code })
    code = 'server/defect'
  }
  const wording = words ?? parts.stage.catalogues.words.refusals.get('server/defect')!
  return reply
    .status(wording.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        status: wording.status,
        code,
        title: fill(wording[language], { incident: request.id, ...details }),
        details,
      }),
    )
}

function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (statusCode === 413) return new Refusal('request/too-large', { max: '8 MB' })
  if (statusCode === 415) return new Refusal('request/unsupported')
  if (statusCode === 429) return new Refusal('request/too-many', { seconds: 60 })
  if (statusCode === 400) return new Refusal('request/invalid', { count: 1, first: 'JSON' })
  // Class 08 and 57P0x: the database is gone or going; the pool says so without a code.
  if (code !== undefined && /^(08|57P|ECONN|ENOENT)/.test(code)) return new Refusal('server/unavailable')
  if (error instanceof Error && /timeout exceeded when trying to connect|Connection terminated/.test(error.message))
    return new Refusal('server/unavailable')
  return null
}

async function servePages(app: FastifyInstance, parts: HttpParts): Promise<void> {
  const index = join(parts.webDir, 'index.html')
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || request.url.startsWith('/api/') || !existsSync(index)) {
      return answerError(parts, new Refusal('record/not-found'), request, reply)
    }
    const nonce = randomBytes(16).toString('base64')
    const html = readFileSync(index, 'utf8').replaceAll('__CSP_NONCE__', nonce)
    return reply
      .header('cache-control', 'no-store')
      .header(
        'content-security-policy',
        `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      )
      .type('text/html; charset=utf-8')
      .send(html)
  })
  if (existsSync(parts.webDir)) {
    await app.register(files, {
      root: join(parts.webDir, 'assets'),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
    })
  }
}
