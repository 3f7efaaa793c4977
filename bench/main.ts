// npm run bench: measures the program beside a bare floor over generated data; see docs/performance.md.
import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { benchFigures } from './figures.ts'
import { benchJournal } from './journal.ts'
import { dataFolder, fullSizes, loadData, type Sizes } from './load-data.ts'
import { databaseMemory, machineLine, postmasterOf, residentOf } from './machine.ts'
import { benchObligations, obligationsSection, writeObligations } from './obligations.ts'
import { type Measured, sectionOf, shortNumber, writePage } from './page.ts'
import { ownerOf, runLoad, startFloor, startProduct } from './processes.ts'
import { benchReading } from './reading.ts'
import { type Pair, pairOf } from './rounds.ts'
import { casesOf } from './sessions.ts'
import { benchStart } from './start.ts'

const usage = `npm run bench -- [options]
  --attendance 10M      rows of attendance (default 1M)
  --fresh               make the data anew
  --quick               a tenth of data and requests: to see that it runs; writes no document
  --only obligations    what is owed over 100 bureaus of 100 branches; writes its own section of the document
  --only PARTS          of load, figures, journal, reading, start; writes no document
  --cases record,duty   only these requests of the load; writes no document
  --clients 1,10,50     numbers of clients
  --share 0.5           part of the requests of a whole run
  --dry                 write no document`

const { values } = parseArgs({
  options: {
    attendance: { type: 'string', default: '1M' },
    fresh: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    cases: { type: 'string' },
    clients: { type: 'string', default: '1,10,50' },
    share: { type: 'string', default: '1' },
    dry: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const say = (text: string) => console.log(text)
const parts = new Set(values.only?.split(',') ?? ['load', 'figures', 'journal', 'reading', 'start'])
const share = values.quick ? 0.1 : Number(values.share)

function sizesAsked(): Sizes {
  const found = /^(\d+)([kM]?)$/.exec(values.attendance)
  if (found === null) throw new Error(`--attendance ${values.attendance}: a number, with k or M`)
  const attendance = Number(found[1]) * (found[2] === 'M' ? 1_000_000 : found[2] === 'k' ? 1000 : 1)
  if (!values.quick) return { ...fullSizes, attendance }
  return { ...fullSizes, duties: 10_000, activities: 50_000, talks: 2000, attendance: attendance / 10 }
}

/** Product and floor on every case with every number of clients; then a mixed load, after which memory is read. */
async function measureLoad(dir: string): Promise<Pick<Measured, 'pairs' | 'memory' | 'figures'>> {
  const product = await startProduct(dir)
  const client = new pg.Client(ownerOf(dir))
  await client.connect()
  const floor = await startFloor(dir)
  const programs = { product, floor, postmaster: postmasterOf(dir) }
  const idleNode = residentOf(product.pid)
  const pairs: Pair[] = []
  try {
    const figures = parts.has('figures') ? await benchFigures(dir, client) : null
    if (!parts.has('load')) return { pairs, memory: null, figures }
    const wanted = values.cases?.split(',')
    const cases = (await casesOf(client)).filter((one) => wanted?.includes(one.name) ?? true)
    for (const one of cases) {
      for (const clients of values.clients.split(',').map(Number)) {
        const pair = await pairOf(programs, one, clients, share)
        pairs.push(pair)
        say(
          `  ${one.name}, ${clients} clients: ${pair.product.perSecond.toFixed(0)} per s, floor ${pair.floor.perSecond.toFixed(0)}`,
        )
      }
    }
    await floor.stop()
    const asked = cases.flatMap((one) => one.product.slice(0, 20))
    const { host, port } = product
    await runLoad(
      { host, port, clients: 50, warmUp: 50, requests: 2000 * share, secondsMax: 30, asked },
      () => undefined,
    )
    const memory = { idleNode, node: residentOf(product.pid), database: databaseMemory(programs.postmaster) }
    return { pairs, memory, figures }
  } finally {
    await client.end()
    await floor.stop()
    await product.stop()
  }
}

async function attempt<T>(part: string, work: () => Promise<T> | T): Promise<T | null> {
  if (!parts.has(part)) return null
  say(part)
  try {
    return await work()
  } catch (error) {
    say(`  skipped: ${error instanceof Error ? error.message : String(error)}`)
    return null
  }
}

async function main(): Promise<void> {
  const sizes = sizesAsked()
  const machine = machineLine()
  if (values.fresh) rmSync(dataFolder(sizes), { recursive: true, force: true })
  const reading = await attempt('reading', () => benchReading())
  const start = await attempt('start', benchStart)
  const journal = await attempt('journal', () => benchJournal(share))
  say(`data with ${shortNumber(sizes.attendance)} rows of attendance`)
  const { dir, seconds } = await loadData(sizes, say)
  say('load')
  const load = await measureLoad(dir)
  const on = new Date().toISOString().slice(0, 10)
  const measured: Measured = { on, machine, sizes, loadSeconds: seconds, reading, start, journal, ...load }
  say(`\n${sectionOf(measured)}`)
  if (values.quick || values.dry || values.only !== undefined || values.cases !== undefined) return
  writePage(measured)
  say('\nwritten to docs/performance.md')
}

async function mainObligations(): Promise<void> {
  const bench = await benchObligations(
    values.quick ? { bureaus: 3, branches: 30 } : { bureaus: 100, branches: 100 },
    say,
  )
  say(`\n${obligationsSection(bench, new Date().toISOString().slice(0, 10), machineLine())}`)
  if (!values.quick && !values.dry) writeObligations(bench, machineLine())
}

if (values.help) say(usage)
else if (values.only === 'obligations') await mainObligations()
else await main()
