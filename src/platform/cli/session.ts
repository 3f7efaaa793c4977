import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FastifyInstance } from 'fastify'

/** What a command gets back: status, JSON or bytes. */
export interface CliAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: commands read answers by name.
  readonly body: any
  readonly bytes: Buffer
}

/** How a request of a command reaches the program: a running server's socket, or the program opened for the time of the command. */
export type Send = (
  method: 'GET' | 'POST',
  path: string,
  headers: Record<string, string>,
  body?: string,
) => Promise<{ status: number; type: string; bytes: Buffer }>

/** Through the socket of the running server. */
export function sendOverSocket(socketPath: string): Send {
  return (method, path, headers, body) =>
    new Promise((resolve, reject) => {
      const outgoing = request({ socketPath, method, path, headers }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            type: String(incoming.headers['content-type']),
            bytes: Buffer.concat(chunks),
          }),
        )
      })
      outgoing.on('error', reject)
      outgoing.end(body)
    })
}

/** Straight into a program that this process has opened. */
export function sendInto(http: FastifyInstance): Send {
  return async (method, url, headers, payload) => {
    const response = await http.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
    return { status: response.statusCode, type: String(response.headers['content-type']), bytes: response.rawPayload }
  }
}

/** A signed-in user of the command line. */
export class CliSession {
  private readonly send: Send
  private token: string | null = null
  private onBehalfOf: string | undefined

  constructor(send: Send, onBehalfOf?: string) {
    this.send = send
    this.onBehalfOf = onBehalfOf
  }

  withToken(token: string): this {
    this.token = token
    return this
  }

  async verb(name: string, input: unknown): Promise<CliAnswer> {
    const headers = { ...this.headers(), 'content-type': 'application/json', 'idempotency-key': randomUUID() }
    return answerOf(await this.send('POST', `/api/v1/${name}`, headers, JSON.stringify(input)))
  }

  async query(name: string, input: Record<string, unknown>): Promise<CliAnswer> {
    const query = new URLSearchParams()
    for (const [key, value] of Object.entries(input)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        query.append(key, typeof one === 'object' ? JSON.stringify(one) : String(one))
      }
    }
    return answerOf(await this.send('GET', `/api/v1/${name}?${query}`, this.headers()))
  }

  private headers(): Record<string, string> {
    return {
      'accept-language': /^en/i.test(process.env['LUZE_LANG'] ?? '') ? 'en' : 'zh',
      ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
      ...(this.onBehalfOf === undefined ? {} : { 'luze-on-behalf-of': this.onBehalfOf }),
    }
  }
}

function answerOf(response: { status: number; type: string; bytes: Buffer }): CliAnswer {
  return {
    status: response.status,
    bytes: response.bytes,
    body: /json/.test(response.type) ? JSON.parse(response.bytes.toString('utf8')) : undefined,
  }
}

const keep = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'luze', 'sessions.json')

/** The token that `luze login` kept for a data folder; readable by its owner alone. */
export function keptToken(dataDir: string): string | null {
  if (!existsSync(keep)) return null
  return (JSON.parse(readFileSync(keep, 'utf8')) as Record<string, string>)[dataDir] ?? null
}

/** Keeps a token for a data folder, or forgets it. */
export function keepToken(dataDir: string, token: string | null): void {
  const all = existsSync(keep) ? (JSON.parse(readFileSync(keep, 'utf8')) as Record<string, string>) : {}
  if (token === null) delete all[dataDir]
  else all[dataDir] = token
  mkdirSync(dirname(keep), { recursive: true, mode: 0o700 })
  writeFileSync(keep, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 })
}
