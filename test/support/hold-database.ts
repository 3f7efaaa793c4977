// A process of its own that holds an open database until a signal ends it; tests kill it in various ways.
import { openDatabase } from '../../src/platform/db/open.ts'
import { stopOnSignals } from '../../src/platform/db/process.ts'
import { Refusal } from '../../src/platform/errors/refusal.ts'
import { openLog } from '../../src/platform/log/log.ts'

const [dataDir, migrations] = process.argv.slice(2)
try {
  const database = await openDatabase({ dataDir: dataDir as string, migrations: migrations as string, log: openLog() })
  stopOnSignals(() => database.stop())
  const { socketDir, adopted } = database.server as { socketDir: string; adopted: boolean }
  console.log(JSON.stringify({ pid: database.server?.pid(), socketDir, adopted }))
  setInterval(() => undefined, 60_000)
} catch (error) {
  console.log(JSON.stringify({ refused: error instanceof Refusal ? error.code : String(error), pid: 0 }))
  process.exitCode = 1
}
