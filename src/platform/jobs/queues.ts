import { createHash } from 'node:crypto'
import type { Plain } from '../action/action.ts'

/** The schema in which the queue keeps its own tables; its rows carry ids, days and hours only (decision 22). */
export const jobsSchema = 'jobs'

/** How a queue tries again: how often, after how many seconds at first and at most. Times double in between. */
export interface Retries {
  readonly times: number
  readonly firstSeconds: number
  readonly mostSeconds: number
}

/** Every queue of the program. Whoever works on one must bear to be given a job twice: a process may die in between. */
export const queues = {
  /** What time ends, once a day; data: the day. */
  daily: { times: 8, firstSeconds: 60, mostSeconds: 3600 },
  /** The morning's notices of the bureaus whose hour it is; data: day and hour. */
  morning: { times: 8, firstSeconds: 30, mostSeconds: 900 },
  /** One message over a channel; data: bureau and delivery. */
  deliver: { times: 10, firstSeconds: 30, mostSeconds: 3600 },
  /** The office model's opinion on a document; data: bureau and document. What failed is said, not tried again for long. */
  opine: { times: 2, firstSeconds: 30, mostSeconds: 120 },
  /** The monthly tallies of a bureau whose rules have changed; data: bureau. */
  tally: { times: 5, firstSeconds: 10, mostSeconds: 600 },
} as const satisfies Record<string, Retries>
export type Queue = keyof typeof queues

/** What each queue is told. */
export interface JobData {
  readonly daily: { readonly day: string }
  readonly morning: { readonly day: string; readonly hour: number }
  readonly deliver: { readonly orgId: number; readonly deliveryId: string }
  readonly opine: { readonly orgId: number; readonly documentId: string }
  readonly tally: { readonly orgId: number }
}

/**
 * The statement that sends a job, for `ctx.side`: the job exists exactly if the act is committed. A job of the same id is
 * sent once, however often this runs.
 */
export function jobStatement<Q extends Queue>(queue: Q, id: string, data: JobData[Q]): Plain {
  return { text: 'select jobs.send($1, $2, $3)', values: [queue, id, JSON.stringify(data)] }
}

/** Keeps a secret that only a job needs: the application may put it there and never reads it back. Null takes it away. */
export function secretStatement(orgId: number, id: string, secret: string | null): Plain {
  return { text: 'select jobs.keep_secret($1, $2, $3)', values: [orgId, id, secret] }
}

/** The id of the one job that a name stands for (a day, an hour): always the same, so that it is sent once. */
export function jobId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16]!, 16) % 4]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
