import { createHash } from 'node:crypto'
import pg from 'pg'
import type { PgBoss } from 'pg-boss'
import { appRole, jobsRole } from '../db/roles.ts'
import { jobsSchema, queues } from './queues.ts'

type Boss = Pick<PgBoss, 'createQueue' | 'updateQueue' | 'insert'>

/**
 * Brings the schema of the job queue forward, as the owner: the queue's tables, one queue for each row of `queues`, the two
 * functions by which the application sends, and the rights of both logins. Does nothing where all of it stands already.
 */
export async function prepareJobs(owner: pg.ClientConfig): Promise<void> {
  const { types: _plain, ...login } = owner
  const client = new pg.Client(login)
  await client.connect()
  try {
    const wanted = await jobsFingerprint()
    if ((await stands(client)) === wanted) return
    // Two starters at once: the second waits and finds everything done.
    await client.query('select pg_advisory_lock(720156)')
    if ((await stands(client)) === wanted) return
    await prepare(client)
    await client.query(`comment on schema ${jobsSchema} is ${pg.escapeLiteral(wanted)}`)
  } finally {
    await client.end()
  }
}

async function stands(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ says: string | null }>(
    `select obj_description(oid, 'pg_namespace') says from pg_namespace where nspname = $1`,
    [jobsSchema],
  )
  return rows[0]?.says ?? null
}

/** Names everything that `prepare` makes: another version of the queue, or other queues, are prepared anew. */
export async function jobsFingerprint(): Promise<string> {
  const { default: pack } = await import('pg-boss/package.json', { with: { type: 'json' } })
  const made = JSON.stringify([pack.version, queues, functionsOf('', ''), grants])
  return `luze ${createHash('sha256').update(made).digest('hex').slice(0, 16)}`
}

async function prepare(client: pg.Client): Promise<void> {
  const { PgBoss } = await import('pg-boss')
  const captured: string[] = []
  const db = { executeSql: async (text: string, values?: unknown[]) => client.query(text, values) }
  const boss = new PgBoss({ db, schema: jobsSchema, supervise: false, schedule: false })
  boss.on('error', () => undefined)
  await boss.start()
  try {
    for (const [name, row] of Object.entries(queues)) await openQueue(boss, name, row)
    // The queue writes the statement itself, so that a job sent by the application is the same as one of its own.
    const listen = {
      executeSql: async (text: string) => {
        captured.push(text)
        return { rows: [] }
      },
    }
    const [first] = Object.keys(queues) as [string]
    await boss.insert(first, [{ data: {} }], { db: listen, returnId: false })
    const insert = captured[0]
    if (insert === undefined) throw new Error('the job queue wrote no statement')
    await client.query(functionsOf(insert, first))
    await client.query(grants)
  } finally {
    await boss.stop({ graceful: false, close: false })
  }
}

/** A job is alive while its process says so every 20 seconds; one that fell silent is given out again. */
async function openQueue(boss: Boss, name: string, row: (typeof queues)[keyof typeof queues]): Promise<void> {
  const options = {
    retryLimit: row.times,
    retryDelay: row.firstSeconds,
    retryBackoff: true,
    retryDelayMax: row.mostSeconds,
    expireInSeconds: 1800,
    heartbeatSeconds: 60,
    retentionSeconds: 14 * 86_400,
    deleteAfterSeconds: 7 * 86_400,
  }
  await boss.createQueue(name, options)
  await boss.updateQueue(name, options)
}

function functionsOf(insert: string, name: string): string {
  const body = insert
    .replaceAll(`'${name}'`, '$1')
    .replaceAll('$1::text::json', `json_build_array(json_build_object('id', $2, 'data', $3))`)
  return `
create or replace function jobs.send(text, uuid, jsonb) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $luze$
begin
  if not exists (select from jobs.queue where name = $1) then raise exception 'no queue %', $1; end if;
  ${body};
end $luze$;
create table if not exists jobs.secrets (org_id int not null, id uuid not null, secret text not null, primary key (org_id, id));
create or replace function jobs.keep_secret(int, uuid, text) returns void language plpgsql security definer
  set search_path = pg_catalog, pg_temp as $luze$
begin
  if $1 is distinct from nullif(current_setting('app.org_id', true), '')::int then raise exception 'another bureau'; end if;
  delete from jobs.secrets where org_id = $1 and id = $2;
  if $3 is not null then insert into jobs.secrets values ($1, $2, $3); end if;
end $luze$`
}

const grants = `
revoke all on schema jobs from public;
revoke all on function jobs.send(text, uuid, jsonb), jobs.keep_secret(int, uuid, text) from public;
grant usage on schema jobs to ${appRole}, ${jobsRole};
grant execute on function jobs.send(text, uuid, jsonb), jobs.keep_secret(int, uuid, text) to ${appRole};
grant select, insert, update, delete on all tables in schema jobs to ${jobsRole};
revoke insert, update, delete on jobs.secrets from ${jobsRole};
grant usage on all sequences in schema jobs to ${jobsRole};
grant execute on function jobs.send(text, uuid, jsonb) to ${jobsRole}`
