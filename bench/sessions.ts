import { createHash } from 'node:crypto'
import type pg from 'pg'
import { civilDay } from '../src/platform/action/clock.ts'
import { secretHash } from '../src/platform/http/token.ts'
import type { Asked } from './orders.ts'

/** The four requests that are measured, each for the product and for the floor. */
export interface Case {
  readonly name: string
  readonly what: string
  /** At most so many times what the floor costs. */
  readonly aim: number
  /** Requests of one run with one client. */
  readonly requests: number
  readonly product: readonly Asked[]
  readonly floor: readonly Asked[]
}

/** Signs somebody in without a password: a session of today under a token that follows from the person. */
async function signIn(client: pg.Client, person: number): Promise<Readonly<Record<string, string>>> {
  const token = `1.${createHash('sha256').update(`bench ${person}`).digest('base64url')}`
  await client.query(
    `insert into sessions (org_id, token_hash, account_id, opened_at, seen_at, expires_at) values (1, $1, bench.id(11, $2), now(), now(), now() + interval '12 hours')
      on conflict (org_id, token_hash) do update set seen_at = now(), expires_at = excluded.expires_at, ended_at = null`,
    [secretHash(token), person],
  )
  return { authorization: `Bearer ${token}` }
}

const api = (name: string, input: Readonly<Record<string, string>> = {}) =>
  `/api/v1/${name}?${new URLSearchParams(input)}`
const bare = (path: string, input: Readonly<Record<string, string>>): Asked => ({
  path: `${path}?${new URLSearchParams(input)}`,
  headers: {},
})

/** The cases over the loaded bureau: forty heads of section, forty secretaries of branches, twenty heads of subordinate units. */
export async function casesOf(client: pg.Client): Promise<Case[]> {
  return [await listCase(client), await dutyCase(client), await recordCase(client), await yearCase(client)]
}

async function listCase(client: pg.Client): Promise<Case> {
  const { rows } = await client.query('select p, section_id from bench.people where k = 0 and d < 40 order by d')
  const product: Asked[] = []
  const floor: Asked[] = []
  for (const row of rows as { p: number; section_id: string }[]) {
    const input = { leadUnitId: row.section_id, limit: '50' }
    product.push({
      path: api('duty.list', { ...input, view: 'open', sort: 'due' }),
      headers: await signIn(client, row.p),
    })
    floor.push(bare('/list', input))
  }
  const what = "one section's open duties by due day with their total, asked by its head (`duty.list`)"
  return { name: 'list', what, aim: 2, requests: 1500, product, floor }
}

async function dutyCase(client: pg.Client): Promise<Case> {
  const { rows } = await client.query(
    'select p.p, x.id from bench.people p join bench.duties x on x.d = p.d where p.k = 0 and p.d < 40 order by md5(x.id::text) limit 1000',
  )
  const product: Asked[] = []
  const floor: Asked[] = []
  const heads = new Map<number, Readonly<Record<string, string>>>()
  for (const row of rows as { p: number; id: string }[]) {
    const headers = heads.get(row.p) ?? (await signIn(client, row.p))
    heads.set(row.p, headers)
    product.push({ path: api('duty.get', { id: row.id }), headers })
    floor.push(bare('/duty', { id: row.id }))
  }
  return {
    name: 'duty',
    what: 'one duty with names and everything that happened to it (`duty.get`)',
    aim: 2,
    requests: 1500,
    product,
    floor,
  }
}

async function recordCase(client: pg.Client): Promise<Case> {
  const { rows } = await client.query(
    `select p.p, p.branch_id, array(select m.pid::text from bench.people m where m.d = p.d and m.k < 15 order by m.k limit 12) as members
      from bench.people p where p.k = 1 and p.d < 40 order by p.d`,
  )
  const product: Asked[] = []
  const floor: Asked[] = []
  for (const row of rows as { p: number; branch_id: string; members: string[] }[]) {
    const body = JSON.stringify({
      kind: 'branch-general-meeting',
      happenedOn: civilDay(new Date()),
      unitId: row.branch_id,
      title: '第四季度党员大会',
      topics: ['party-building'],
      content:
        '会议传达了上级部署，逐项核对本季度工作进度，明确了分工和完成时限，与会人员结合岗位职责作了发言，会后形成纪要。',
      attendance: row.members.map((personId, index) => ({
        personId,
        status: index === 3 ? 'excused-duty' : 'present',
      })),
    })
    product.push({ path: '/api/v1/activity.record', headers: await signIn(client, row.p), body })
    floor.push({ path: '/record', headers: {}, body })
  }
  const what = 'record an activity with 12 attendance rows, validated and journalled (`activity.record`)'
  return { name: 'record', what, aim: 3, requests: 800, product, floor }
}

async function yearCase(client: pg.Client): Promise<Case> {
  const { rows } = await client.query(
    `select p.p, p.unit_id from bench.posts p where p.kind = 'subordinate-head' order by p.n limit 20`,
  )
  const product: Asked[] = []
  const floor: Asked[] = []
  for (const row of rows as { p: number; unit_id: string }[]) {
    const headers = await signIn(client, row.p)
    product.push({ path: api('duty.list', { year: '2026', counts: 'true', sort: 'due', limit: '1' }), headers })
    floor.push(bare('/year', { unit: row.unit_id, year: '2026' }))
  }
  const what =
    'the year of a subtree of some fifty units: ten counts, the total and the most urgent duty (`duty.list` with counts, asked by the head of the subordinate unit)'
  return { name: 'year', what, aim: 2, requests: 300, product, floor }
}
