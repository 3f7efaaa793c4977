// The load generator, a process of its own: N connections that each ask again as soon as they are answered. It reads its
// orders from a file, warms up, says `warm`, waits for a line on stdin, asks the given number of times and prints counts.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { createInterface } from 'node:readline'
import type { Asked, LoadAnswer, Orders } from './orders.ts'

const orders = JSON.parse(readFileSync(process.argv[2] as string, 'utf8')) as Orders
const agent = new Agent({ keepAlive: true, maxSockets: orders.clients, scheduling: 'fifo' })
let sent = 0

/** Every thousand requests come from another address, since a server may limit what one address asks in a minute. */
function address(): string {
  const part = process.pid * 64 + Math.floor(sent++ / 1000)
  return `10.${(part >> 16) & 255}.${(part >> 8) & 255}.${part & 255}`
}

function ask(asked: Asked): Promise<{ status: number; bytes: number }> {
  return new Promise((resolve, reject) => {
    const id = randomUUID()
    const body = asked.body?.replaceAll('$uuid', id)
    const headers: Record<string, string> = { ...asked.headers, 'x-forwarded-for': address() }
    if (body !== undefined) {
      headers['content-type'] = 'application/json'
      headers['content-length'] = String(Buffer.byteLength(body))
      headers['idempotency-key'] = id
    }
    const request = httpRequest(
      {
        host: orders.host,
        port: orders.port,
        path: asked.path,
        method: body === undefined ? 'GET' : 'POST',
        agent,
        headers,
      },
      (response) => {
        let bytes = 0
        let refused = ''
        response.on('data', (piece: Buffer) => {
          bytes += piece.length
          if (response.statusCode !== 200) refused += piece.toString('utf8')
        })
        response.on('end', () => {
          if (refused !== '' && !firstRefusal) firstRefusal = `${response.statusCode} ${refused.slice(0, 300)}`
          resolve({ status: response.statusCode ?? 0, bytes })
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

let firstRefusal = ''
let next = 0

async function rounds(count: number, secondsMax: number): Promise<LoadAnswer> {
  const times: number[] = []
  let left = count
  let failed = 0
  let bytes = 0
  const began = performance.now()
  const client = async () => {
    while (left > 0 && performance.now() - began < secondsMax * 1000) {
      left--
      const from = performance.now()
      const answer = await ask(orders.asked[next++ % orders.asked.length]!)
      times.push(performance.now() - from)
      bytes += answer.bytes
      if (answer.status !== 200) failed++
    }
  }
  await Promise.all(Array.from({ length: orders.clients }, client))
  const seconds = (performance.now() - began) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { requests: times.length, failed, bytes, seconds, medianMs: at(0.5), p95Ms: at(0.95), refusal: firstRefusal }
}

await rounds(orders.warmUp, orders.secondsMax)
process.stdout.write('warm\n')
const lines = createInterface({ input: process.stdin })
lines.once('line', async () => {
  process.stdout.write(`${JSON.stringify(await rounds(orders.requests, orders.secondsMax))}\n`)
  process.exit(0)
})
