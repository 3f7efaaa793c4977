// The bare floor: node:http and pg with prepared statements as the owner of the tables, no sign-in, no checks, no row
// policies, no journal. It answers what the product answers over the same rows. Arguments: host and port of the database.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { newUuid } from '../src/platform/action/clock.ts'
import { ownerName } from '../src/platform/db/embedded.ts'
import * as sql from './floor-sql.ts'

const [host, port] = process.argv.slice(2)
const pool = new pg.Pool({
  host: host as string,
  port: Number(port),
  database: 'luze',
  user: ownerName,
  max: 12,
  pipeline: true,
} as pg.PoolConfig)

type Row = Record<string, unknown>

async function all(name: string, text: string, values: unknown[]): Promise<Row[]> {
  return (await pool.query({ name, text, values })).rows as Row[]
}

const dayMs = 86_400_000

function shown(row: Row): Row {
  const { lead_unit_id, lead_name, leader_post_id, leader_title, leader_name, late, ...rest } = row
  const left = row['dueOn'] === null ? null : Math.floor((Date.parse(row['dueOn'] as string) - Date.now()) / dayMs)
  return {
    ...rest,
    supportUnits: row['supportUnits'] ?? [],
    leadUnit: { id: lead_unit_id, name: lead_name },
    leader: leader_post_id === null ? null : { postId: leader_post_id, title: leader_title ?? '', holder: leader_name },
    watcher: null,
    mark: left !== null && left < 0 ? 'late' : 'in-time',
    lateDays: left !== null && left < 0 ? -left : 0,
    soonDays: left !== null && left >= 0 ? left : null,
    wasLate: late,
  }
}

async function list(params: URLSearchParams): Promise<Row> {
  const unit = params.get('leadUnitId')
  const [rows, total] = await Promise.all([
    all('list', sql.listPage, [unit, Number(params.get('limit'))]),
    all('total', sql.listTotal, [unit]),
  ])
  return { items: rows.map(shown), total: total[0]!['n'], next: null, counts: null }
}

async function duty(params: URLSearchParams): Promise<Row> {
  const id = params.get('id')
  const [rows, events, amendments] = await Promise.all([
    all('duty', sql.dutyRow, [id]),
    all('events', sql.dutyEvents, [id]),
    all('amendments', sql.dutyAmendments, [id]),
  ])
  return { ...shown(rows[0]!), timeline: events, amendments, timetable: [], missed: [], next: null, may: {} }
}

async function year(params: URLSearchParams): Promise<Row> {
  const values = [params.get('unit'), Number(params.get('year'))]
  const [counts, rows] = await Promise.all([all('counts', sql.yearCounts, values), all('first', sql.yearFirst, values)])
  const { total, ...views } = counts[0]!
  return { items: rows.map(shown), total, next: null, counts: views }
}

interface Recorded {
  kind: string
  happenedOn: string
  unitId: string
  title: string
  content: string
  topics: string[]
  attendance: { personId: string; status: string }[]
}

// Unique over runs on kept data.
let nextIdx = Date.now() * 1000

async function record(body: Recorded): Promise<Row> {
  const client = await pool.connect()
  const present = body.attendance.filter((one) => one.status === 'present').length
  const id = newUuid(new Date())
  const idx = nextIdx++
  const values = [
    idx,
    id,
    1,
    body.kind,
    body.happenedOn,
    body.unitId,
    'branch',
    null,
    body.attendance.length,
    null,
    present,
  ]
  try {
    await Promise.all([
      client.query('begin'),
      client.query({
        name: 'activity',
        text: sql.insertActivity,
        values: [...values, body.topics, body.title, body.content],
      }),
      client.query({
        name: `attendance-${body.attendance.length}`,
        text: sql.insertAttendance(body.attendance.length),
        values: [id, idx, ...body.attendance.flatMap((one) => [one.personId, one.status])],
      }),
      client.query('commit'),
    ])
  } finally {
    client.release()
  }
  return { activityId: id, version: 1, expected: body.attendance.length, voters: null, present, mark: null }
}

async function bodyOf(request: IncomingMessage): Promise<Recorded> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as Recorded
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://floor')
  const answering =
    request.method === 'POST'
      ? bodyOf(request).then(record)
      : url.pathname === '/list'
        ? list(url.searchParams)
        : url.pathname === '/duty'
          ? duty(url.searchParams)
          : year(url.searchParams)
  answering.then(
    (answer) => {
      const text = JSON.stringify(answer)
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
        .end(text)
    },
    (error: unknown) => response.writeHead(500).end(String(error)),
  )
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.on('SIGTERM', () => process.exit(0))
