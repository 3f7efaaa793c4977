import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Assembled } from './assemble.ts'
import { enterBureau } from './demo/demonstration.ts'
import { createBureau, openFirstAdministrator } from './modules/accounts/accounts.ts'
import { registry } from './modules/index.ts'
import { civilDay } from './platform/action/clock.ts'
import { openStage } from './platform/action/stage.ts'
import { demoNote } from './platform/cli/connect.ts'
import type { Config } from './platform/config/config.ts'

/** What a bureau shall be called: its code in commands, its name on paper. */
export interface Named {
  readonly code?: string | undefined
  readonly name?: string | undefined
}

/**
 * Prepares an empty data folder: the invented bureau with `--demo`, else a bureau with a one-time link for its system
 * administrator. A filled folder is left as it is. Returns lines to print; `{address}` stands for the server's address.
 */
export async function prepareFirstStart(program: Assembled, config: Config, named: Named = {}): Promise<string[]> {
  const owner = new pg.Client(program.database.owner)
  await owner.connect()
  try {
    const { rows } = await owner.query('select demo from orgs order by org_id limit 1')
    const [bureau] = rows as { demo: boolean }[]
    if (bureau !== undefined) return bureau.demo ? linesOfFilledDemo(config.dataDir) : []
    return config.demo ? await startDemo(program, owner, config.dataDir) : await startBureau(program, owner, named)
  } finally {
    await owner.end()
  }
}

async function startBureau(
  { stage }: Assembled,
  owner: pg.Client,
  { code = 'bureau', name = '本局' }: Named,
): Promise<string[]> {
  const goLiveOn = civilDay(stage.clock.now())
  const org = await createBureau(owner, { code, name, goLiveOn })
  const slip = await openFirstAdministrator(stage, org)
  return [
    '首次启动：请系统管理员在 14 天内打开下面的链接，设置自己的口令。链接只显示这一次。',
    'First start: within 14 days the system administrator opens this link and sets a password. It is shown this once.',
    `  {address}/first-use#${slip!.token}`,
  ]
}

async function startDemo({ stage, database }: Assembled, owner: pg.Client, dataDir: string): Promise<string[]> {
  // A thousand acts need not each wait for the disk: what a crash cuts short is loaded anew.
  const app: pg.PoolConfig = { ...(database.app as pg.PoolConfig) }
  app.options = [app.options, '-c synchronous_commit=off'].filter(Boolean).join(' ')
  const loading = openStage(app, registry, stage.catalogues, stage.clock)
  const { note, shown } = await enterBureau({ stage: loading, registry }, owner).finally(() => loading.pool.end())
  writeFileSync(join(dataDir, 'demo.json'), `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 })
  return [
    '演示单位是虚构的：临澜市城乡水务局。打开下面的地址，用任一账号登录，口令相同。',
    'The bureau is invented. Open this address and sign in with any of the accounts; they share one password.',
    '  {address}',
    ...shown.map(({ zh, en, person, name }) => `  ${name}　${zh} ${person} / ${en}`),
    `  口令 / password: ${note.password}`,
    `  全部账号见 / all accounts: ${join(dataDir, 'demo.json')}`,
  ]
}

function linesOfFilledDemo(dataDir: string): string[] {
  if (demoNote(dataDir) !== null)
    return [`演示账号和口令见 / demonstration accounts and password: ${join(dataDir, 'demo.json')}`]
  return [
    `演示数据没有装完：请停止服务，删除 ${dataDir} 后重新启动。`,
    `The demonstration was not loaded to its end: stop the server, remove ${dataDir} and start again.`,
  ]
}
