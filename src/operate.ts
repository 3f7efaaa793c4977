import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { Zip, ZipDeflate } from 'fflate'
import pg from 'pg'
import { registry } from './modules/index.ts'
import { type CommandLine, one, UsageError } from './platform/cli/arguments.ts'
import { readConfig } from './platform/config/config.ts'
import { joinDatabase } from './platform/db/open.ts'
import { exportAll } from './platform/journal/export.ts'
import { fsck } from './platform/journal/fsck.ts'
import { openLog } from './platform/log/log.ts'

/** Runs `work` as the owner of the database: beside a running server, or with the database started for the time of it. */
async function asOwner<T>(line: CommandLine, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const config = readConfig({ data: one(line, 'data'), databaseUrl: one(line, 'databaseUrl') })
  const database = await joinDatabase({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    log: openLog(),
    purpose: line.words[0] ?? 'operate',
  })
  const client = new pg.Client(database.owner)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
    await database.stop()
  }
}

/** `luze fsck`: recomputes everything that the journal commits to; exit code 1 where something does not hold. */
export async function fsckCommand(line: CommandLine, say: (text: string) => void): Promise<number> {
  const reports = await asOwner(line, (client) => fsck(client, registry.records, registry.refolds))
  if (line.options['json'] === true) say(JSON.stringify(reports, null, 2))
  else {
    for (const report of reports) {
      say(
        `${report.org}: 日志 ${report.entries} 条，承诺 ${report.commitments} 个，已抹除 ${report.erased} 个，问题 ${report.faults.length} 处 / ${report.entries} entries, ${report.commitments} commitments, ${report.erased} erased, ${report.faults.length} faults`,
      )
      for (const fault of report.faults) say(`  ${fault.idx === null ? '' : `#${fault.idx} `}${fault.says}`)
    }
  }
  return reports.some((report) => report.faults.length > 0) ? 1 : 0
}

/** `luze export F`: everything in open formats as one zip of JSON Lines files. */
export async function exportCommand(line: CommandLine, say: (text: string) => void): Promise<undefined> {
  const path = line.words[1]
  if (path === undefined) throw new UsageError('缺导出文件名 / The name of the export file is missing')
  const out = createWriteStream(path, { mode: 0o600 })
  const finished = once(out, 'close')
  const zip = new Zip((error, chunk, final) => {
    if (error) out.destroy(error)
    else out.write(chunk)
    if (final) out.end()
  })
  let files = 0
  await asOwner(line, async (client) => {
    await client.query('begin isolation level repeatable read read only')
    for await (const file of exportAll(client)) {
      const entry = new ZipDeflate(file.name, { level: 6 })
      zip.add(entry)
      for await (const piece of file.pieces) {
        entry.push(Buffer.from(piece, 'utf8'))
        if (out.writableNeedDrain) await once(out, 'drain')
      }
      entry.push(new Uint8Array(0), true)
      files++
    }
    await client.query('rollback')
  })
  zip.end()
  await finished
  say(`已导出 ${files} 个文件 / exported ${files} files: ${path}`)
}
