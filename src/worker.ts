import type { Assembled } from './assemble.ts'
import { runDaily } from './daily.ts'
import { bureausOf } from './modules/accounts/accounts.ts'
import { opine } from './modules/duties/opinion.jobs.ts'
import { announceMorning, civilHour, deliver } from './modules/notices/notice.jobs.ts'
import { recountTallies } from './modules/obligations/tally.jobs.ts'
import { civilDay } from './platform/action/clock.ts'
import { type Given, type Jobs, openJobs } from './platform/jobs/jobs.ts'
import type { Log } from './platform/log/log.ts'

/** How often it is looked whether a day or an hour has begun; what it begins is sent once, however often one looks. */
const LOOK_MS = 5 * 60_000

/** Makes the morning's digests of every bureau whose hour has come; one that fails does not keep the others from theirs. */
async function runMorning(program: Assembled): Promise<void> {
  const results: PromiseSettledResult<boolean>[] = []
  for (const org of await bureausOf(program.stage))
    results.push(...(await Promise.allSettled([announceMorning(program.stage, org)])))
  const failed = results.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
}

async function runDelivery(program: Assembled, jobs: () => Jobs, job: Given<'deliver'>): Promise<void> {
  const [org] = await bureausOf(program.stage, job.data.orgId)
  if (org === undefined) return
  const outward = { secretOf: (orgId: number, id: string) => jobs().secretOf(orgId, id), ownMachine: false }
  await deliver(program.stage, org, job, outward)
}

async function runTally(program: Assembled, job: Given<'tally'>): Promise<void> {
  const [org] = await bureausOf(program.stage, job.data.orgId)
  if (org !== undefined) await recountTallies(program.stage, org)
}

async function runOpinion(program: Assembled, job: Given<'opine'>): Promise<void> {
  const [org] = await bureausOf(program.stage, job.data.orgId)
  if (org !== undefined) await opine(program.stage, org, job.data.documentId, program.officeModel)
}

/**
 * Starts what time and queues do: the day's ends, the morning's digests, messages over channels, second opinions, tallies of
 * bureaus whose rules have changed. Each is a job, so that
 * one that fails or is cut off comes again, and of several servers one does it. Returns how to stop.
 */
export async function startWorking(program: Assembled, log: Log): Promise<() => Promise<void>> {
  const workers = {
    daily: () => runDaily(program),
    morning: () => runMorning(program),
    deliver: (job: Given<'deliver'>) => runDelivery(program, () => jobs, job),
    opine: (job: Given<'opine'>) => runOpinion(program, job),
    tally: (job: Given<'tally'>) => runTally(program, job),
  }
  const jobs: Jobs = await openJobs(program.database.jobs, workers, log)
  const look = async () => {
    const now = program.stage.clock.now()
    const day = civilDay(now)
    const hour = civilHour(now)
    await jobs.send('daily', `daily ${day}`, { day })
    await jobs.send('morning', `morning ${day} ${hour}`, { day, hour })
  }
  const tried = () => look().catch((error: unknown) => log.warn('jobs/not-sent', { error }))
  await tried()
  const timer = setInterval(tried, LOOK_MS)
  return async () => {
    clearInterval(timer)
    await jobs.stop()
  }
}
