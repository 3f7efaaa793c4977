import { createHmac } from 'node:crypto'
import { request as plainRequest, type RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { isIP } from 'node:net'
import { addressOf, Undelivered } from './reach.ts'

/** How long the other side has for everything. */
const TIME_MS = 10_000

/** What is posted: which message it is, to whom by his number in the bureau, how many lines, and where Luze is. */
export interface Posted {
  readonly id: string
  readonly event: 'digest' | 'test'
  readonly bureau: string
  readonly recipient: string | null
  readonly items: number
  readonly address: string
}

/**
 * The signature of a message: HMAC-SHA256 in hex over `<seconds>.<id>.<body>`, so that neither time nor id nor body can be
 * exchanged. The receiver refuses what is older than five minutes and what he has had under this id.
 */
export function signatureOf(secret: string, seconds: number, id: string, body: string): string {
  return createHmac('sha256', secret).update(`${seconds}.${id}.${body}`).digest('hex')
}

/** Posts a signed message to the one address that was configured; follows nothing, reads nothing of the answer but its status. */
export async function post(
  url: string,
  secret: string,
  message: Posted,
  options: { readonly now: Date; readonly ownMachine: boolean },
): Promise<void> {
  const target = new URL(url)
  const address = await addressOf(target.hostname, options)
  const body = JSON.stringify(message)
  const seconds = Math.floor(options.now.getTime() / 1000)
  const status = await send(target, address, body, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'luze',
    'luze-id': message.id,
    'luze-signature': `t=${seconds},v1=${signatureOf(secret, seconds, message.id, body)}`,
  })
  if (status >= 300 && status < 400) throw new Undelivered('redirect')
  if (status < 200 || status >= 300) throw new Undelivered('answer')
}

function send(target: URL, address: string, body: string, headers: RequestOptions['headers']): Promise<number> {
  const family = isIP(address)
  const pinned = (_host: string, options: { all?: boolean }, done: (...answer: unknown[]) => void) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family)
  const options = { method: 'POST', headers, agent: false, lookup: pinned, signal: AbortSignal.timeout(TIME_MS) }
  return new Promise((resolve, reject) => {
    const request = (target.protocol === 'https:' ? tlsRequest : plainRequest)(target, options as RequestOptions)
    request.on('error', (error) => reject(new Undelivered(reasonOf(error))))
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    request.end(body)
  })
}

function reasonOf(error: Error & { code?: string }): Undelivered['reason'] {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return 'timeout'
  if (/CERT|SSL|TLS|EPROTO/.test(error.code ?? '')) return 'security'
  return 'no-connection'
}
