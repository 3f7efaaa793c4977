// A process of its own that works on the deliveries of a test database until it is killed.
import type pg from 'pg'
import { bureausOf } from '../../src/modules/accounts/accounts.ts'
import { registry } from '../../src/modules/index.ts'
import { deliver } from '../../src/modules/notices/notice.jobs.ts'
import { openStage } from '../../src/platform/action/stage.ts'
import { openJobs } from '../../src/platform/jobs/jobs.ts'
import { sealerIn } from '../../src/platform/jobs/sealed.ts'
import { openLog } from '../../src/platform/log/log.ts'

const {
  app,
  jobs: login,
  now,
  keys,
} = JSON.parse(process.argv[2]!) as { app: pg.PoolConfig; jobs: pg.ClientConfig; now: string; keys: string }
const { pgTypes } = await import('../../src/platform/db/parsers.ts')
const clock = { now: () => new Date(now) }
const stage = { ...openStage({ ...app, types: pgTypes }, registry, undefined, clock), secrets: sealerIn(keys) }
const idle = async () => undefined
const jobs = await openJobs(
  login,
  {
    daily: idle,
    morning: idle,
    opine: idle,
    tally: idle,
    deliver: async (job) => {
      const [org] = await bureausOf(stage, job.data.orgId)
      await deliver(stage, org!, job, { secretOf: (orgId, id) => jobs.secretOf(orgId, id), ownMachine: true })
    },
  },
  openLog(),
  { poll: 0.5, slowPoll: 60, supervise: 1 },
)
console.log('working')
