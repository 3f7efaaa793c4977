import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { modules } from '../src/modules/index.ts'
import { action, type Module } from '../src/platform/action/action.ts'
import { perform } from '../src/platform/action/perform.ts'
import { type Keyed, writtenTogether } from '../src/platform/action/together.ts'
import { fsck } from '../src/platform/journal/fsck.ts'
import { type Answer, type Caller, openTestApp, type TestApp } from './support/app.ts'
import { makeSmallBureau, type SmallBureau } from './support/small-bureau.ts'

let app: TestApp
let bureau: SmallBureau
let office: Caller

before(async () => {
  const doorkeeper = () => ({
    authenticate: async () => ({ org: app.org, actor: bureau.actor('冯乐山', 'office', 'all') }),
    guest: async () => null,
    audit: async () => undefined,
  })
  app = await openTestApp('together', { modules, doorkeeper, now: '2026-06-16T02:00:00Z' })
  bureau = await makeSmallBureau(app)
  office = app.as(bureau.actor('冯乐山', 'office', 'all'))
  await app.owner.query(
    `insert into orgs (org_id, id, code, name, suite, go_live_on) values (2, $1, 'second', '第二局', 'sha256', '2025-01-01')`,
    [randomUUID()],
  )
  await app.owner.query('insert into journal_heads (org_id) values (2)')
})
after(() => app.close())

const study = (title: string) => ({
  kind: 'central-group-study',
  happenedOn: '2026-06-01',
  unitId: bureau.unit['leading-group'],
  title,
  numbers: { expected: 7, present: 6 },
})

/** An act without records, as its own and nobody else's. */
const bare = (org: number): Keyed => ({
  act: {
    id: randomUUID(),
    verb: 'activity.record',
    account: randomUUID(),
    by: null,
    onBehalfOf: null,
    mandate: null,
    reason: null,
  },
  prepared: [],
  sealed: [],
  indexed: [],
  key: [org, randomUUID(), randomUUID(), 'activity.record', Buffer.alloc(32), '{}'],
})

const second = () => ({ ...app.org, orgId: 2 })

/** Titles in the order of the journal, from an entry on. */
async function titlesFrom(size: number): Promise<string[]> {
  const { rows } = await app.owner.query(
    'select title from activities where org_id = 1 and recorded_idx >= $1 order by recorded_idx',
    [size],
  )
  return (rows as { title: string }[]).map(({ title }) => title)
}
const sizeNow = async () =>
  Number((await app.owner.query('select size from journal_heads where org_id = 1')).rows[0].size)

/** Does something while another connection holds the journal head of bureau 1, as another process would. */
async function whileHeld<T>(work: () => Promise<T>): Promise<T> {
  const { host, port, user, password, database } = app.owner as pg.Client & pg.ClientConfig
  const other = new pg.Client({ host, port, user, password, database } as pg.ClientConfig)
  await other.connect()
  try {
    await other.query('begin')
    await other.query('select 1 from journal_heads where org_id = 1 for no key update')
    const done = await work()
    await other.query('commit')
    return done
  } finally {
    await other.end()
  }
}

const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
/** The transactions that wrote activities from an entry on, each once. */
const transactionsFrom = async (size: number) =>
  Number(
    (await app.owner.query('select count(distinct xmin::text) n from activities where recorded_idx >= $1', [size]))
      .rows[0].n,
  )
const faults = async () => {
  const reports = await fsck(app.owner, app.registry.records, app.registry.refolds)
  // The small bureau was written without entries.
  return reports.flatMap((report) => report.faults).filter(({ says }) => !says.includes('rows for'))
}

describe('acts that only add records', () => {
  it('are written in the order in which they came, as many as wait in one transaction', async () => {
    const acts = Array.from({ length: 20 }, () => bare(2))
    const written = acts.map((act) => writtenTogether(app.stage.pool, second(), act))
    assert.deepEqual(new Set(await Promise.all(written)), new Set([true]))
    const { rows } = await app.owner.query(
      'select key, xmin::text as xmin from idempotency_keys where org_id = 2 order by ctid',
    )
    assert.deepEqual(
      (rows as { key: string }[]).map(({ key }) => key),
      acts.map(({ key }) => key?.[2]),
    )
    assert.equal(new Set((rows as { xmin: string }[]).map(({ xmin }) => xmin)).size, 2)
  })

  it('of one request each wait for the head in one transaction and keep the journal gapless', async () => {
    const from = await sizeNow()
    const answers = await whileHeld(async () => {
      const sent = Array.from({ length: 12 }, (_, index) => office.must('activity.record', study(`第${index}次`)))
      await soon(300)
      return sent
    })
    await Promise.all(answers)
    assert.equal((await titlesFrom(from)).length, 12)
    assert.ok((await transactionsFrom(from)) <= 3)
    assert.deepEqual(await faults(), [])
  })

  it('stand in the journal each as an act of its own', async () => {
    const from = await sizeNow()
    await Promise.all(Array.from({ length: 12 }, (_, index) => office.must('activity.record', study(`单${index}`))))
    const { rows } = await app.owner.query(
      `select e.idx, a.first_idx, a.entries from journal_entries e join acts a on a.org_id = e.org_id and a.id = e.act_id
        where e.org_id = 1 and e.idx >= $1 order by e.idx`,
      [from],
    )
    assert.equal(new Set((rows as { first_idx: string }[]).map((row) => row.first_idx)).size, 12)
    for (const row of rows as { idx: string; first_idx: string; entries: number }[])
      assert.deepEqual([row.first_idx, row.entries], [row.idx, 1])
  })

  it('do not fall with one among them that the database refuses', async () => {
    const from = await sizeNow()
    const key = randomUUID()
    const first = await office.verb('activity.record', study('先前'), { key })
    const answers = await whileHeld(async () => {
      const sent: Promise<Answer>[] = []
      for (let index = 0; index < 9; index++)
        sent.push(
          index === 4
            ? office.verb('activity.record', study('先前'), { key })
            : office.verb('activity.record', study(index === 6 ? '零\u0000' : `次${index}`)),
        )
      await soon(200)
      return sent
    })
    const done = await Promise.all(answers)
    assert.deepEqual(
      done.map(({ status }) => status === 200),
      [true, true, true, true, true, true, false, true, true],
    )
    assert.deepEqual(done[4]!.body, first.body)
    assert.deepEqual((await titlesFrom(from)).sort(), ['先前', '次0', '次1', '次2', '次3', '次5', '次7', '次8'])
    assert.deepEqual(await faults(), [])
  })

  it('of one bureau do not wait for another', async () => {
    await whileHeld(async () => {
      const waits = office.must('activity.record', study('等'))
      await soon(50)
      let first = 'none'
      await Promise.race([
        waits.then(() => {
          first = 'held'
        }),
        writtenTogether(app.stage.pool, second(), bare(2)).then((written) => {
          assert.ok(written)
          first = 'other'
        }),
      ])
      assert.equal(first, 'other')
      return { waits }
    }).then(({ waits }) => waits)
  })

  it('are written though whoever asked is gone, and hinder nobody behind', async () => {
    const from = await sizeNow()
    const address = await app.http.listen({ port: 0, host: '127.0.0.1' })
    const gone = new AbortController()
    const lost = await whileHeld(async () => {
      const sent = fetch(`${address}/api/v1/activity.record`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer somebody' },
        body: JSON.stringify(study('走了')),
        signal: gone.signal,
      }).catch(() => 'gone')
      await soon(80)
      gone.abort()
      return sent
    })
    assert.equal(lost, 'gone')
    await office.must('activity.record', study('还在'))
    assert.ok((await titlesFrom(from)).includes('还在'))
  })

  it('and acts that lock do not hinder each other', async () => {
    const kept = await office.must('activity.record', study('待改'))
    const change = (title: string) =>
      office.verb('activity.amend', { ...kept, activityId: kept.activityId, title, reason: '改' })
    const some = Array.from({ length: 24 }, (_, index) =>
      index % 3 === 0 ? change(`改${index}`) : office.verb('activity.record', study(`同时${index}`)),
    )
    for (const { status } of await Promise.all(some)) assert.ok([200, 400].includes(status))
    assert.deepEqual(await faults(), [])
  })

  it('are told when the connection breaks under them, and nothing is written twice', async () => {
    const from = await sizeNow()
    const answers = await whileHeld(async () => {
      const sent = Array.from({ length: 4 }, (_, index) => office.verb('activity.record', study(`断${index}`)))
      await soon(120)
      await app.owner.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock' and pid <> pg_backend_pid()`,
      )
      return sent
    })
    const told = (await Promise.all(answers)).map(({ status }) => status)
    assert.equal(told.filter((status) => status === 200).length, (await titlesFrom(from)).length)
    assert.ok(told.includes(503), `${told}`)
    await office.must('activity.record', study('又通'))
  })

  it('are held to it: a lock is refused by the database, a correction by the pipeline', async () => {
    const recording = modules
      .flatMap((module: Module) => [...module.actions])
      .find(({ descriptor }) => descriptor.name === 'activity.record')!
    const asked = {
      org: app.org,
      actor: bureau.actor('冯乐山', 'office', 'all'),
      input: study('试'),
    }
    const locking = action(recording.descriptor, {
      ...recording,
      run: async (ctx) => {
        await ctx.tx.all(sqlLock)
        return {}
      },
    })
    await assert.rejects(perform(app.stage, locking, asked), /read-only transaction/)
    const siding = action(recording.descriptor, {
      ...recording,
      run: async (ctx, input, subject) => {
        ctx.side({ text: 'select 1', values: [] })
        return recording.run(ctx, input, subject)
      },
    })
    await assert.rejects(perform(app.stage, siding, asked), /only adds records/)
  })
})

const sqlLock = {
  compile: () => ({ sql: 'select 1 from journal_heads for no key update', parameters: [] }),
}
