import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { Refusal } from '../errors/refusal.ts'

/** The login under which the application works: owns nothing, stands under row-level security. */
export const appRole = 'luze_app'
/** The login of the job queue: works in the schema of the jobs and nowhere else (decision 22). */
export const jobsRole = 'luze_jobs'

async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Makes the roles of the application and of the job queue where they are absent; several starters may do so at once. */
export async function ensureRoles(owner: pg.ClientConfig): Promise<void> {
  await withClient(owner, async (client) => {
    for (const role of [appRole, jobsRole]) {
      const there = await client.query('select 1 from pg_roles where rolname = $1', [role])
      if (there.rowCount !== 0) continue
      try {
        await client.query(`create role ${role} login nosuperuser nobypassrls nocreatedb nocreaterole noreplication`)
      } catch (error) {
        if (!['42710', '23505'].includes((error as { code?: string }).code ?? '')) throw error
      }
    }
  })
}

/** The password in a file, which is made with a random one if absent. */
function keptPassword(path: string): string {
  try {
    writeFileSync(path, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(path, 'utf8').trim()
}

/**
 * Gives a role on a server database its password, kept in a file of the data folder (0600); a password that the file
 * holds already and that works is left alone, so that a database administrator may have set it.
 */
export async function rolePassword(
  owner: pg.ClientConfig,
  place: { readonly dataDir: string; readonly file: 'app-password' | 'jobs-password'; readonly role: string },
  asRole: (password: string) => pg.ClientConfig,
): Promise<string> {
  const { role } = place
  const password = keptPassword(join(place.dataDir, place.file))
  const works = async () => {
    try {
      await withClient(asRole(password), async () => undefined)
      return true
    } catch (error) {
      if (!['28P01', '28000'].includes((error as { code?: string }).code ?? '')) throw error
      return false
    }
  }
  for (let attempt = 0; !(await works()); attempt++) {
    if (attempt === 3) throw new Refusal('database/app-password', { role, file: place.file })
    try {
      await withClient(owner, (client) =>
        client.query(`alter role ${role} login password ${pg.escapeLiteral(password)}`),
      )
    } catch (error) {
      // XX000: another starter is just changing the role; it sets the same password.
      if ((error as { code?: string }).code !== 'XX000') throw error
    }
  }
  return password
}

/** Refuses `database/app-role-too-strong` where a login of the program could step around row-level security. */
export async function assertWeakRole(login: pg.ClientConfig, role: string): Promise<void> {
  await withClient(login, async (client) => {
    const { rows } = await client.query<{ strong: boolean; owned: number }>(
      `select r.rolsuper or r.rolbypassrls as strong,
        (select count(*)::int from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p', 'v', 'm')) as owned
      from pg_roles r where r.rolname = current_user`,
    )
    if (rows[0]?.strong !== false || rows[0].owned > 0) throw new Refusal('database/app-role-too-strong', { role })
  })
}
