import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { silentLog } from '../log/log.ts'
import { type Given, type Jobs, openJobs, type Workers } from './jobs.ts'
import { prepareJobs } from './prepare.ts'
import { jobId, jobStatement, secretStatement } from './queues.ts'

const pace = { poll: 0.5, slowPoll: 0.5, supervise: 1 }

let database: TestDatabase
let owner: pg.Client
let app: pg.Client
let jobs: Jobs | null = null
before(async () => {
  database = await testDatabase('jobs')
  owner = new pg.Client(database.owner)
  app = new pg.Client(database.app)
  await Promise.all([owner.connect(), app.connect()])
})
after(async () => {
  await jobs?.stop()
  await Promise.all([owner.end(), app.end()])
  await database.drop()
})

const send = (id: string, orgId = 1) => {
  const { text, values } = jobStatement('deliver', id, { orgId, deliveryId: id })
  return app.query(text, values)
}
const idle = async () => undefined
const work = (deliver: Workers['deliver']) =>
  openJobs(database.jobs, { daily: idle, morning: idle, opine: idle, tally: idle, deliver }, silentLog, pace)

async function until(claim: () => boolean | Promise<boolean>): Promise<void> {
  for (let times = 0; !(await claim()); times++) {
    assert.ok(times < 150, 'in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function states(): Promise<string[]> {
  const { rows } = await owner.query(`select state::text from jobs.job where name = 'deliver' order by created_on`)
  return rows.map((row) => row.state)
}

test('a job exists exactly if the act is committed, and once', async () => {
  const id = jobId('one')
  await app.query('begin')
  await send(id)
  await app.query('rollback')
  assert.deepEqual(await states(), [])
  await app.query('begin')
  await send(id)
  await send(id)
  await app.query('commit')
  assert.deepEqual(await states(), ['created'])
})

test('the application sends and does nothing else to the queue', async () => {
  await assert.rejects(app.query('select * from jobs.job'), /permission denied/)
  await assert.rejects(app.query('delete from jobs.queue'), /permission denied/)
  await assert.rejects(app.query(`select jobs.send('none', $1, '{}')`, [jobId('x')]), /no queue/)
})

test('a secret is put away by the application, read by the jobs alone, and by no bureau for another', async () => {
  const put = async (orgId: number, secret: string | null) => {
    const { text, values } = secretStatement(orgId, jobId('s'), secret)
    await app.query(`begin; set local app.org_id = '1'`)
    try {
      await app.query(text, values)
      await app.query('commit')
    } catch (error) {
      await app.query('rollback')
      throw error
    }
  }
  await put(1, 'hidden')
  await assert.rejects(put(2, 'hidden'), /another bureau/)
  await assert.rejects(app.query('select * from jobs.secrets'), /permission denied/)
  jobs = await work(idle)
  assert.equal(await jobs.secretOf(1, jobId('s')), 'hidden')
  await put(1, null)
  assert.equal(await jobs.secretOf(1, jobId('s')), null)
  await until(async () => (await states()).every((state) => state === 'completed'))
  await jobs.stop()
  jobs = null
})

test('a job that fails is given out again, later each time, and says when it is the last', async () => {
  await owner.query(
    `update jobs.queue set retry_delay = 1, retry_delay_max = 1, retry_limit = 2 where name = 'deliver'`,
  )
  const seen: Given<'deliver'>[] = []
  jobs = await work(async (job) => {
    seen.push(job)
    throw new Error('张三')
  })
  await send(jobId('fails'), 7)
  await until(async () => (await states()).at(-1) === 'failed')
  assert.deepEqual(
    seen.map((job) => [job.data.orgId, job.last]),
    [
      [7, false],
      [7, false],
      [7, true],
    ],
  )
  const { rows } = await owner.query('select output::text from jobs.job where id = $1', [jobId('fails')])
  assert.doesNotMatch(rows[0].output, /张三/, 'no words of an error are kept')
  await jobs.stop()
  jobs = null
})

test('preparing again changes nothing, and another version of the program prepares anew', async () => {
  const functions = async () =>
    (await owner.query(`select xmin from pg_proc where pronamespace = 'jobs'::regnamespace and proname = 'send'`)).rows
  const before = await functions()
  await prepareJobs(database.owner)
  assert.deepEqual(await functions(), before)
  await owner.query(`comment on schema jobs is 'older'`)
  await Promise.all([prepareJobs(database.owner), prepareJobs(database.owner)])
  assert.notDeepEqual(await functions(), before)
  const { rows } = await owner.query(`select retry_limit from jobs.queue where name = 'deliver'`)
  assert.equal(rows[0].retry_limit, 10)
})
