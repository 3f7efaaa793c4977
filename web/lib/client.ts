import type { output, input as ZodInput, ZodType } from 'zod'
import type { Descriptor, FileQuery } from '../../src/core/contract.ts'
import { lineRestored, signedInAgain } from './connection.ts'
import { takeEarly } from './early.ts'
import { currentLanguage, languageTag } from './language.ts'
import { actFor, currentPrincipal } from './principal.ts'

/** A verb or a read, as a contract declares it. */
export type Callable = Descriptor<'verb' | 'query', ZodType, ZodType>
/** What is sent. */
export type InputOf<D extends { input: ZodType }> = ZodInput<D['input']>
/** What is answered. */
export type OutputOf<D extends { output: ZodType }> = output<D['output']>

/** A refusal or fault that the server answered (RFC 9457); `title` is the sentence for the person. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(status: number, code: string, title: string, details: Readonly<Record<string, unknown>>) {
    super(title)
    this.status = status
    this.code = code
    this.details = details
  }
}

/** How a call is made. */
export type CallOptions = {
  signal?: AbortSignal
  /** Throw when nobody is signed in, instead of asking for the password on top of the page. */
  throwSignedOut?: boolean
}

const prefix = '/api/v1/'

/** The query string of a read: scalars as they are, lists as repeated keys, objects as JSON. */
export function queryString(values: unknown): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries((values ?? {}) as Record<string, unknown>)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined || one === null) continue
      params.append(key, typeof one === 'object' ? JSON.stringify(one) : String(one))
    }
  }
  const text = params.toString()
  return text && `?${text}`
}

/** The address of a file that the server makes, for a link with `download`. */
export function fileAddress<D extends FileQuery>(descriptor: D, values: InputOf<D>): string {
  return `${prefix}${descriptor.name}${queryString(values)}`
}

/**
 * Calls the server and answers its typed output. A broken line and a lapsed session are waited out, so what was typed
 * is sent in the end, once: the same Idempotency-Key goes with each attempt. Throws ApiError on refusal.
 */
export async function call<D extends Callable>(
  descriptor: D,
  values: InputOf<D>,
  options: CallOptions = {},
): Promise<OutputOf<D>> {
  const key = descriptor.kind === 'verb' ? newKey() : undefined
  for (;;) {
    const answer = await attempt(descriptor, values, key, options.signal)
    if (!answer) {
      await lineRestored(options.signal)
      continue
    }
    if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as OutputOf<D>
    if (answer.status === 401 && !options.throwSignedOut) {
      await signedInAgain(options.signal)
      continue
    }
    const refusal = await refusalOf(answer)
    // A mandate that was revoked or ran out meanwhile: nothing was done for the leader, and nothing more will be.
    if (refusal.code === 'mandate/not-in-force') actFor(null)
    throw refusal
  }
}

/** A key that names one intent of a person; also on plain http, where randomUUID is absent. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** One attempt; undefined when the server was not reached. */
async function attempt(
  descriptor: Callable,
  values: unknown,
  key: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Response | undefined> {
  const principal = currentPrincipal()
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': languageTag[currentLanguage()],
    ...(principal === null ? {} : { 'luze-on-behalf-of': principal }),
  }
  const shared = { headers, credentials: 'same-origin' as const, ...(signal ? { signal } : {}) }
  try {
    const address = prefix + descriptor.name + queryString(values)
    const early = key || principal !== null ? undefined : await takeEarly(address)
    if (early) return fromGateway(early) ? undefined : early
    const answer = key
      ? await fetch(prefix + descriptor.name, {
          ...shared,
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(values ?? {}),
        })
      : await fetch(address, shared)
    return fromGateway(answer) ? undefined : answer
  } catch (error) {
    if (signal?.aborted) throw error
    return undefined
  }
}

/** Whether a proxy answered because the server behind it did not. */
function fromGateway(answer: Response): boolean {
  const own = answer.headers.get('content-type')?.includes('json') ?? false
  return !own && [502, 503, 504].includes(answer.status)
}

async function refusalOf(answer: Response): Promise<ApiError> {
  const problem = (await answer.json().catch(() => ({}))) as {
    code?: string
    title?: string
    details?: Record<string, unknown>
  }
  return new ApiError(
    answer.status,
    problem.code ?? `http/${answer.status}`,
    problem.title ?? '',
    problem.details ?? {},
  )
}
