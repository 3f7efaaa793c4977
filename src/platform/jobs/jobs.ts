import pg from 'pg'
import type { Log } from '../log/log.ts'
import { type JobData, jobId, jobStatement, jobsSchema, type Queue } from './queues.ts'

/** A job as its worker is given it. `last`: it is not given out again, whatever comes of this time. */
export interface Given<Q extends Queue> {
  readonly id: string
  readonly data: JobData[Q]
  readonly last: boolean
}

/** What works on the queues; throwing puts the job back for a later time. */
export type Workers = { readonly [Q in Queue]: (job: Given<Q>) => Promise<void> }

/** The running queue. */
export interface Jobs {
  /** Sends a job that stands for `name` (a day, an hour): once, however often it is sent. */
  send<Q extends Queue>(queue: Q, name: string, data: JobData[Q]): Promise<void>
  /** The secret that was kept for jobs, or null. */
  secretOf(orgId: number, id: string): Promise<string | null>
  /** Gives out no more jobs, waits for those at work, ends the connections. */
  stop(): Promise<void>
}

/** How quickly things happen, in seconds; tests are in more of a hurry than a bureau. */
export interface Pace {
  readonly poll: number
  readonly slowPoll: number
  readonly supervise: number
}

const PACE: Pace = { poll: 3, slowPoll: 20, supervise: 30 }
const CONNECTIONS = 1
/** How long a stopping program waits for a job at work; the job is given out again later. */
const STOP_MS = 5_000

/**
 * Works on the queues under the login of the jobs, with one connection of its own. A job whose process died is given out
 * again once it has been silent for a minute.
 */
export async function openJobs(login: pg.ClientConfig, workers: Workers, log: Log, pace: Pace = PACE): Promise<Jobs> {
  const { PgBoss } = await import('pg-boss')
  const { types: _plain, ...plain } = login
  const pool = new pg.Pool({ ...plain, max: CONNECTIONS, idleTimeoutMillis: 60_000, application_name: 'luze-jobs' })
  pool.on('error', (error) => log.warn('jobs/connection', { error }))
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: jobsSchema,
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    superviseIntervalSeconds: pace.supervise,
    monitorIntervalSeconds: pace.supervise,
    maintenanceIntervalSeconds: 3600,
    queueCacheIntervalSeconds: 3600,
    bamIntervalSeconds: 3600,
    flowIntervalSeconds: 3600,
  })
  boss.on('error', (error) => log.warn('jobs/failed', { error }))
  await boss.start()
  for (const name of Object.keys(workers) as Queue[]) await workOn(boss, name, workers[name] as Worker, log, pace)
  return {
    send: async (queue, name, data) => {
      const { text, values } = jobStatement(queue, jobId(name), data)
      await pool.query(text, values)
    },
    secretOf: async (orgId, id) => {
      const { rows } = await pool.query('select secret from jobs.secrets where org_id = $1 and id = $2', [orgId, id])
      return (rows[0] as { secret: string } | undefined)?.secret ?? null
    },
    stop: async () => {
      await boss.stop({ graceful: true, timeout: STOP_MS, close: false })
      await pool.end()
    },
  }
}

type Worker = (job: Given<Queue>) => Promise<void>
type Boss = InstanceType<typeof import('pg-boss').PgBoss>

async function workOn(boss: Boss, name: Queue, worker: Worker, log: Log, pace: Pace): Promise<void> {
  const pollingIntervalSeconds = name === 'deliver' || name === 'opine' ? pace.poll : pace.slowPoll
  const options = { includeMetadata: true, batchSize: 1, pollingIntervalSeconds, heartbeatRefreshSeconds: 20 } as const
  await boss.work(name, options, async ([job]) => {
    if (job === undefined) return
    try {
      await worker({ id: job.id, data: job.data as JobData[Queue], last: job.retryCount >= job.retryLimit })
    } catch (error) {
      log.warn('jobs/again', { queue: name, job: job.id, time: job.retryCount + 1, error })
      // What is kept beside the job names no content: the error stands in the log of the server alone.
      throw new Error('failed')
    }
  })
}
