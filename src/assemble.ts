import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { openDoorkeeper } from './modules/accounts/accounts.ts'
import { registry } from './modules/index.ts'
import type { Stage } from './platform/action/perform.ts'
import { openStage } from './platform/action/stage.ts'
import type { Config } from './platform/config/config.ts'
import { type Database, openDatabase } from './platform/db/open.ts'
import { openHttp } from './platform/http/server.ts'
import { sealerIn } from './platform/jobs/sealed.ts'
import type { Log } from './platform/log/log.ts'
import { hostOf, type OfficeModel } from './platform/outward/chat.ts'

const root = join(import.meta.dirname, '..')

/** The whole program over an open database, not yet listening. */
export interface Assembled {
  readonly database: Database
  readonly stage: Stage
  readonly http: FastifyInstance
  readonly officeModel: OfficeModel | null
  stop(): Promise<void>
}

/** The version that the package states. */
export function version(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version
}

/** Opens the database (embedded unless an address is given), the catalogues and the HTTP surface. */
export async function assemble(config: Config, log: Log, purpose: string): Promise<Assembled> {
  const database = await openDatabase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log, purpose })
  const officeModel = config.model && { host: hostOf(config.model) }
  const secrets = sealerIn(config.dataDir)
  const stage = { ...openStage(database.app as pg.PoolConfig, registry), officeModel, secrets }
  const http = await openHttp({
    registry,
    stage,
    doorkeeper: openDoorkeeper(stage),
    log,
    secure: config.tls !== null || config.behindProxy,
    tls: config.tls && { cert: readFileSync(config.tls.cert), key: readFileSync(config.tls.key) },
    trustProxy: config.behindProxy,
    webDir: join(root, 'web/dist'),
    version: version(),
  })
  const stop = async () => {
    await http.close()
    await stage.pool.end()
    await database.stop()
  }
  return { database, stage, http, officeModel: config.model, stop }
}
