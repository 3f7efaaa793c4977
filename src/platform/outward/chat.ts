import { request as plainRequest, type RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isIP } from 'node:net'
import * as z from 'zod'
import type { Silence } from '../../core/opinions/answer.ts'
import { addressOf, Unreachable } from './reach.ts'

/** The office model as an administrator configured it. The key is known to the program's configuration alone. */
export interface OfficeModel {
  /** Address to which `/chat/completions` is added, such as `http://10.0.0.8:8000/v1`. */
  readonly url: string
  /** The model's name at that address. */
  readonly name: string
  readonly key: string | null
  /** How long it has for one answer, in seconds. */
  readonly seconds: number
}

/** One call: the words of the answer or why there are none, and how many bytes went out and came in. */
export interface Called {
  readonly words: string | null
  readonly silence: Silence | null
  readonly bytesOut: number
  readonly bytesIn: number
}

/** One message of a chat. */
export interface Message {
  readonly role: 'system' | 'user'
  readonly content: string
}

const OUT_MAX = 64 * 1024
const IN_MAX = 256 * 1024
const TOKENS_MAX = 4000

const Completion = z.looseObject({
  choices: z.array(z.looseObject({ message: z.looseObject({ content: z.string() }) })).min(1),
})

/** Host and port of the configured address, for people and the audit. */
export const hostOf = ({ url }: Pick<OfficeModel, 'url'>): string => new URL(url).host

/**
 * Asks the model once (OpenAI's chat completions): to the configured host only, whose name is resolved once; no redirect
 * is followed, nothing is tried again. Whatever goes wrong is an answer too: it says why in one word of `opinionSilences`.
 */
export async function askModel(model: OfficeModel, messages: readonly Message[]): Promise<Called> {
  const target = new URL(`${model.url.replace(/\/+$/, '')}/chat/completions`)
  const body = JSON.stringify({ model: model.name, messages, temperature: 0, max_tokens: TOKENS_MAX, stream: false })
  const bytes = Buffer.byteLength(body)
  const none = (silence: Silence, bytesOut = 0, bytesIn = 0): Called => ({ words: null, silence, bytesOut, bytesIn })
  if (bytes > OUT_MAX) return none('too-long')
  try {
    const address = await addressOf(target.hostname, { ownMachine: true })
    const { status, text, bytesIn, whole } = await send(target, address, body, model)
    if (status >= 300 && status < 400) return none('redirect', bytes, bytesIn)
    if (status >= 400 && status < 500) return none('refused', bytes, bytesIn)
    if (status < 200 || status >= 300) return none('answer', bytes, bytesIn)
    if (!whole) return none('too-large', bytes, bytesIn)
    const words = wordsOf(text)
    return words === null ? none('no-words', bytes, bytesIn) : { words, silence: null, bytesOut: bytes, bytesIn }
  } catch (error) {
    if (error instanceof Unreachable) return none(error.reason)
    return none(silenceOf(error as Error), bytes)
  }
}

function wordsOf(text: string): string | null {
  try {
    const parsed = Completion.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data.choices[0]!.message.content : null
  } catch {
    return null
  }
}

interface Received {
  readonly status: number
  readonly text: string
  readonly bytesIn: number
  readonly whole: boolean
}

function send(target: URL, address: string, body: string, { key, seconds }: OfficeModel): Promise<Received> {
  const family = isIP(address)
  const pinned = (_host: string, options: { all?: boolean }, done: (...answer: unknown[]) => void) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family)
  const options = {
    method: 'POST',
    agent: false,
    lookup: pinned,
    signal: AbortSignal.timeout(seconds * 1000),
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      accept: 'application/json',
      'user-agent': 'luze',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
  }
  return new Promise((resolve, reject) => {
    const request = (target.protocol === 'https:' ? tlsRequest : plainRequest)(target, options as RequestOptions)
    request.on('error', reject)
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let bytesIn = 0
      const done = (whole: boolean) =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8'), bytesIn, whole })
      response.on('error', reject)
      response.on('data', (part: Buffer) => {
        bytesIn += part.length
        if (bytesIn <= IN_MAX) parts.push(part)
        else {
          done(false)
          request.destroy()
        }
      })
      response.on('end', () => done(true))
      response.on('aborted', () => reject(new Error('cut off')))
    })
    request.end(body)
  })
}

function silenceOf(error: Error & { code?: string }): Silence {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout'
  if (/CERT|SSL|TLS|EPROTO/.test(error.code ?? '')) return 'security'
  return 'no-connection'
}
