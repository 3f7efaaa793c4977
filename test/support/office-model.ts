import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How our own model behaves towards one call; `say` is what it says, the rest is how it misbehaves. */
export interface Behaviour {
  /** The words of the answer, from the clauses that were asked about. */
  readonly say?: (asked: Asked) => string
  readonly status?: number
  readonly location?: string
  /** Answers after this time, or never where it is infinite. */
  readonly afterMs?: number
  /** The whole body, in place of a completion. */
  readonly body?: string
}

/** One call as it arrived. */
export interface Asked {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly bytes: number
  readonly model: string
  /** The numbered clauses of the question. */
  readonly clauses: readonly string[]
  readonly subjects: readonly string[]
  readonly whole: string
}

const lines = (text: string, heading: string, until?: string) =>
  (text.split(`${heading}\n`)[1] ?? '')
    .split(until === undefined ? '\u0000' : `\n${until}`)[0]!
    .split('\n')
    .filter((line) => /^\d+ /.test(line))
    .map((line) => line.replace(/^\d+ /, ''))

function askedOf(request: IncomingMessage, body: string): Asked {
  const { model, messages } = JSON.parse(body) as { model: string; messages: { content: string }[] }
  const question = messages[1]!.content
  return {
    path: request.url ?? '',
    headers: request.headers,
    bytes: Buffer.byteLength(body),
    model,
    clauses: lines(question, '分句：'),
    subjects: lines(question, '主体：', '分句：'),
    whole: body,
  }
}

/** A small model server on this machine, whose behaviour a test sets and whose calls it counts. */
export async function startOfficeModel() {
  const got: Asked[] = []
  let behave: (asked: Asked) => Behaviour = () => ({ say: () => '{"ranges":[]}' })
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      const asked = askedOf(request, body)
      got.push(asked)
      const { say, status = 200, location, afterMs = 0, body: whole } = behave(asked)
      const said =
        whole ?? JSON.stringify({ choices: [{ message: { role: 'assistant', content: say?.(asked) ?? '' } }] })
      const answer = () => {
        response.writeHead(status, {
          'content-type': 'application/json',
          ...(location === undefined ? {} : { location }),
        })
        response.end(said)
      }
      if (Number.isFinite(afterMs)) setTimeout(answer, afterMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    host: `127.0.0.1:${port}`,
    got,
    behave: (as: Behaviour | ((asked: Asked) => Behaviour)) => {
      behave = typeof as === 'function' ? as : () => as
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(resolve))
    },
  }
}
