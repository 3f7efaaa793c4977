import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '../../../test/support/database.ts'
import { asOwner } from '../../../test/support/server.ts'
import { openPool, preambleOf, type Transaction, transact, transactReads } from './pool.ts'

const BUREAUS = 5
let database: TestDatabase
let pool: pg.Pool

before(async () => {
  database = await testDatabase('pool')
  await asOwner(database.owner, async (owner) => {
    for (let org = 1; org <= BUREAUS; org++)
      await owner.query('insert into journal_heads (org_id, size) values ($1, 1)', [org])
  })
  pool = openPool(database.app as pg.PoolConfig, 6)
})
after(async () => {
  await pool.end()
  await database.drop()
})

/** Every head that the connection may see, asked without any condition: the row policies alone answer. */
const seen = async (tx: Transaction): Promise<number[]> =>
  ((await tx.send('select org_id from journal_heads')).rows as { org_id: number }[]).map((row) => row.org_id)

test('the row policies alone show the bureau of the transaction, whatever fails around it', async () => {
  let random = 7
  const draw = (n: number) => {
    random = (random * 1103515245 + 12345) % 2147483648
    return random % n
  }
  const outcomes = { right: 0, refused: 0 }
  const round = async () => {
    const org = 1 + draw(BUREAUS)
    const fault = draw(10)
    const good = preambleOf('read only', org, { 'app.units': '*' })
    const preamble =
      fault === 0
        ? [...good, 'select 1 / 0']
        : fault === 1
          ? [good[0]!, "set local statement_timeout = '1ms'", 'select pg_sleep(0.02)', ...good.slice(1)]
          : good
    try {
      const orgs = await transactReads(pool, preamble, seen)
      assert.deepEqual(orgs, [org], 'exactly the own bureau')
      outcomes.right++
    } catch (error) {
      if ((error as { code?: string }).code === 'ERR_ASSERTION') throw error
      outcomes.refused++
    }
  }
  for (let batch = 0; batch < 60; batch++) await Promise.all(Array.from({ length: 20 }, round))
  assert.ok(outcomes.right > 800 && outcomes.refused > 100, JSON.stringify(outcomes))
})

test('nothing of a scope stays on a connection', async () => {
  await transact(pool, preambleOf('read write', 3, { 'app.units': '*' }), seen)
  const bare = await pool.query('select org_id from journal_heads')
  assert.equal(bare.rowCount, 0)
})

test('a remembered scope would be caught: with a session setting the same question answers for another bureau', async () => {
  const client = await pool.connect()
  try {
    await client.query("set app.org_id = '2'")
    const { rows } = await client.query('select org_id from journal_heads')
    assert.deepEqual(rows, [{ org_id: 2 }], 'which is why no code sets one')
    await client.query('reset app.org_id')
  } finally {
    client.release()
  }
})

test('a failure inside the pipeline is reported as itself, and nothing is committed', async () => {
  const act = transact(pool, preambleOf('read write', 1, { 'app.units': '*' }), async (tx) => {
    const sent = [
      tx.send('update journal_heads set size = 99 where org_id = 1'),
      tx.send('select 1 / 0'),
      tx.send('select 1'),
    ]
    await Promise.allSettled(sent)
  })
  await assert.rejects(act, /division by zero/)
  assert.deepEqual(
    await transactReads(
      pool,
      preambleOf('read only', 1, {}),
      async (tx) => (await tx.send('select size from journal_heads')).rows,
    ),
    [{ size: 1 }],
  )
})

test('a killed backend is a refusal of that request and of no other', async () => {
  const act = transactReads(pool, preambleOf('read only', 1, {}), async (tx) => {
    const { pid } = (await tx.send('select pg_backend_pid() as pid')).rows[0] as { pid: number }
    await asOwner(database.owner, (owner) => owner.query('select pg_terminate_backend($1)', [pid]))
    return seen(tx)
  })
  await assert.rejects(act)
  assert.deepEqual(await transactReads(pool, preambleOf('read only', 2, {}), seen), [2])
})
