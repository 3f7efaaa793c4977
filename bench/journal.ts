import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import * as z from 'zod'
import type { Actor } from '../src/core/access/actor.ts'
import { anyOf, anyone } from '../src/core/access/actor.ts'
import { EVERYTHING } from '../src/core/access/scope.ts'
import { verb } from '../src/core/contract.ts'
import { registry } from '../src/modules/index.ts'
import { unitPeriodRecord, unitRecord } from '../src/modules/organisation/unit.ts'
import { action, type Org } from '../src/platform/action/action.ts'
import { civilDay } from '../src/platform/action/clock.ts'
import { perform, type Stage } from '../src/platform/action/perform.ts'
import { openStage } from '../src/platform/action/stage.ts'
import { openDatabase } from '../src/platform/db/open.ts'
import { fsck } from '../src/platform/journal/fsck.ts'
import { advanceTree } from '../src/platform/journal/tree.ts'
import { silentLog } from '../src/platform/log/log.ts'

/** How fast a bureau's journal takes entries and is gone through; all per second. */
export interface JournalBench {
  readonly small: readonly { clients: number; perSecond: number }[]
  readonly batchedEntries: number
  readonly activities: number
  readonly tree: number
  readonly fsck: number
  readonly entries: number
}

const BATCH = 300

const Append = verb('bench.append', {
  input: z.strictObject({ count: z.int() }),
  output: z.strictObject({ id: z.uuid() }),
})
/** The smallest records there are: units without a place, as many as asked for in one act. */
const append = action(Append, {
  may: anyOf(anyone),
  run: async (ctx, input) => {
    let id = ''
    for (let n = 0; n < input.count; n++) id = ctx.add(unitRecord, { kind: 'department' })
    return { id }
  },
})
/** A unit with its place, so that activities may be recorded there. */
const place = action(verb('bench.place', { input: z.strictObject({}), output: z.strictObject({ id: z.uuid() }) }), {
  may: anyOf(anyone),
  run: async (ctx) => {
    const id = ctx.add(unitRecord, { kind: 'department' })
    ctx.add(unitPeriodRecord, {
      unit_id: id,
      position: 1,
      valid_from: '2020-01-01',
      valid_to: '9999-12-31',
      name: '一科',
    })
    return { id }
  },
})

const org: Org = { orgId: 1, code: 'bench', name: '量测局', suite: 'sha256', goLiveOn: '2020-01-01', demo: false }
const office: Actor = {
  orgId: 1,
  accountId: randomUUID(),
  pid: null,
  name: '',
  holdings: [{ role: 'office', postId: null, units: 'all' }],
  scopes: { general: EVERYTHING, talks: EVERYTHING },
  onBehalfOf: null,
}

async function perSecond(clients: number, count: number, once: () => Promise<unknown>): Promise<number> {
  let left = count
  const began = performance.now()
  const client = async () => {
    while (left-- > 0) await once()
  }
  await Promise.all(Array.from({ length: clients }, client))
  return (count * 1000) / (performance.now() - began)
}

/** Writes a bureau through the pipeline in a database of its own, builds its tree and checks it. */
export async function benchJournal(share: number): Promise<JournalBench> {
  const dir = mkdtempSync(join(tmpdir(), 'luze-journal-'))
  const database = await openDatabase({ dataDir: dir, log: silentLog, purpose: 'bench' })
  const stage = openStage(database.app as pg.PoolConfig, registry)
  const owner = new pg.Client(database.owner)
  await owner.connect()
  try {
    return await measure(stage, owner, share)
  } finally {
    await owner.end()
    await stage.pool.end()
    await database.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function measure(stage: Stage, owner: pg.Client, share: number): Promise<JournalBench> {
  const pids = Array.from({ length: 12 }, () => randomUUID())
  await owner.query(
    'insert into orgs (org_id, id, code, name, suite, go_live_on, demo) values (1, $1, $2, $3, $4, $5, false)',
    [randomUUID(), ...[org.code, org.name, org.suite, org.goLiveOn]],
  )
  await owner.query('insert into journal_heads (org_id) values (1)')
  await owner.query(
    'insert into person_ids (org_id, pid, person_id) select 1, p, gen_random_uuid() from unnest($1::uuid[]) p',
    [pids],
  )
  const one = () => perform(stage, append, { org, actor: office, input: { count: 1 } })
  const { id: unitId } = (await perform(stage, place, { org, actor: office, input: {} })) as { id: string }
  await perSecond(10, 200, one)
  await owner.query('analyze')
  const small = []
  for (const clients of [1, 10])
    small.push({ clients, perSecond: await perSecond(clients, Math.round(2000 * share), one) })
  const batch = () => perform(stage, append, { org, actor: office, input: { count: BATCH } })
  const batchedEntries = BATCH * (await perSecond(1, Math.round(10 * share), batch))
  const record = registry.actions.get('activity.record')!
  const input = {
    ...{
      kind: 'topic-study',
      happenedOn: civilDay(stage.clock.now()),
      unitId,
      title: '专题学习',
      hours: 2,
      topics: ['conduct'],
    },
    attendance: pids.map((personId) => ({ personId, status: 'present' })),
  }
  const activities = await perSecond(10, Math.round(3000 * share), () =>
    perform(stage, record, { org, actor: office, input }),
  )
  await owner.query('vacuum (analyze)')
  const began = performance.now()
  const { size } = await advanceTree(stage.pool, org)
  const built = performance.now()
  const [report] = await fsck(owner, registry.records, registry.refolds)
  const checked = performance.now()
  if (report!.faults.length > 0) throw new Error(`fsck: ${report!.faults[0]!.says}`)
  const rate = (ms: number) => (size * 1000) / ms
  return { small, batchedEntries, activities, tree: rate(built - began), fsck: rate(checked - built), entries: size }
}
