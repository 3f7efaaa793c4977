// node bin/run.mjs bench/web.ts: measures the pages in a browser; see docs/performance.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { startBrowser } from '../test/journeys/support/browser.ts'
import { type Server, startServer } from '../test/journeys/support/server.ts'
import { machineLine } from './machine.ts'
import { ownerOf } from './processes.ts'

const file = join(import.meta.dirname, '../docs/performance.md')
const { values } = parseArgs({
  options: { dry: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
})
const rounds = Number(values.rounds)
const LONG_LIST = 10_000

/** A page, what shows that it is of use, and what is clicked or pressed on it. */
interface Case {
  name: string
  path: string
  shows: string
  acts: readonly { name: string; on?: string; key?: string }[]
}

const cases: readonly Case[] = [
  {
    name: 'today',
    path: '/today',
    shows: '.work-row',
    acts: [{ name: 'open all of a part', on: '.today-sentence a' }],
  },
  {
    name: 'responsibility list',
    path: '/duties',
    shows: '.table tbody tr[data-key]',
    acts: [
      { name: 'select a row', on: '.table tbody .tick' },
      { name: 'next row', key: 'j' },
      { name: 'a saved view', on: '.tabs-one:nth-child(2)' },
    ],
  },
  {
    name: 'one duty',
    path: '/duties/19',
    shows: '.timeline li',
    acts: [{ name: 'only decisions', on: '.ant-segmented-item:nth-child(3)' }],
  },
  {
    name: 'what is owed',
    path: '/obligations',
    shows: '.owed-mark',
    acts: [{ name: 'explain a mark', on: '.owed-mark' }],
  },
  {
    name: 'record',
    path: '/activities/new?kind=theme-party-day&unitId=UNIT',
    shows: '.chips .chip',
    acts: [{ name: 'mark one absent', on: '.chips .chip' }],
  },
  {
    name: 'activities',
    path: '/activities',
    shows: '.table tbody tr[data-key]',
    acts: [{ name: 'next row', key: 'j' }],
  },
  { name: 'talks', path: '/talks', shows: '.table tbody tr[data-key]', acts: [] },
  { name: 'search', path: '/search?q=%E4%BE%9B%E6%B0%B4', shows: '.hit', acts: [] },
]

const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN

/** Notes when the first useful thing was painted, and how long each click or key took until a changed page was painted. */
function watcher(shows: string): string {
  return `(() => {
    const seek = () => document.querySelector(${JSON.stringify(shows)})
      ? requestAnimationFrame(() => setTimeout(() => performance.mark('useful')))
      : requestAnimationFrame(seek)
    seek()
    for (const kind of ['click', 'keydown'])
      addEventListener(kind, (event) => {
        const changed = new MutationObserver(() => {
          changed.disconnect()
          requestAnimationFrame(() => setTimeout(() => performance.measure('answered', { start: event.timeStamp, end: performance.now() })))
        })
        changed.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
      }, { capture: true })
  })()`
}

/** What signing in leaves in a browser; windows that begin with it have nothing else of the server. */
async function signIn(browser: Browser, server: Server) {
  const context = await browser.newContext({ baseURL: server.address })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.evaluate(
    async ([name, password]) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
      const body = JSON.stringify({ name, password })
      const answer = await fetch('/api/v1/session.open', { method: 'POST', headers, body })
      if (!answer.ok) throw new Error(await answer.text())
    },
    ['zhouya', server.password],
  )
  const units = await (await context.request.get('/api/v1/unit.tree')).json()
  const state = await context.storageState()
  await context.close()
  const branch: string = units.items.find(({ holdsMembers }: { holdsMembers: boolean }) => holdsMembers).unitId
  return { state, branch }
}

/** Opens a page; milliseconds from the start of the navigation to the first useful paint. */
async function useful(page: Page, { path, shows }: Pick<Case, 'path' | 'shows'>): Promise<number> {
  await page.addInitScript(watcher(shows))
  await page.goto(path, { waitUntil: 'commit' })
  await page.waitForFunction(() => performance.getEntriesByName('useful').length > 0, undefined, { timeout: 60_000 })
  return page.evaluate(() => performance.getEntriesByName('useful')[0]!.startTime)
}

/** One click or key on a page that has come to rest; milliseconds until the changed page was painted. */
async function answered(page: Page, act: Case['acts'][number]): Promise<number> {
  await page.evaluate(() => performance.clearMeasures('answered'))
  if (act.on) await page.locator(act.on).first().click()
  else await page.keyboard.press(act.key ?? 'j')
  await page.waitForFunction(() => performance.getEntriesByName('answered').length > 0, undefined, { timeout: 10_000 })
  return page.evaluate(() => performance.getEntriesByName('answered')[0]!.duration)
}

type Result = { name: string; firstKb: number; cold: number; warm: number; acts: { name: string; ms: number }[] }

/** One page: what its first load brings, how soon it is of use with an empty and a filled cache, how soon clicks are answered. */
async function measure(context: () => Promise<BrowserContext>, one: Case): Promise<Result> {
  const cold: number[] = []
  const warm: number[] = []
  const acts = new Map<string, number[]>()
  let firstKb = 0
  for (let round = 0; round < rounds; round++) {
    const fresh = await context()
    const page = await fresh.newPage()
    const loads: Promise<number>[] = []
    page.on('requestfinished', (request) => {
      if (request.url().includes('/api/')) return
      loads.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
    })
    cold.push(await useful(page, one))
    await page.waitForLoadState('networkidle')
    firstKb = (await Promise.all(loads)).reduce((sum, bytes) => sum + bytes, 0) / 1024
    for (const act of one.acts) {
      const all = acts.get(act.name) ?? []
      acts.set(act.name, [...all, await answered(page, act)])
      await page.waitForLoadState('networkidle')
    }
    const again = await fresh.newPage()
    warm.push(await useful(again, one))
    await fresh.close()
  }
  const found = [...acts].map(([name, all]) => ({ name, ms: median(all) }))
  return { name: one.name, firstKb, cold: median(cold), warm: median(warm), acts: found }
}

/** Makes the year's list ten thousand duties long: copies of its rows, which nothing here opens one by one. */
async function lengthen(dataDir: string): Promise<void> {
  const client = new pg.Client(ownerOf(dataDir))
  await client.connect()
  const { rows } =
    await client.query(`select d.* from duties d join duty_states s on s.org_id = d.org_id and s.duty_id = d.id
    where d.superseded_idx = 9223372036854775807 and d.list_id is not null and d.title is not null and s.status <> 'withdrawn'
      and d.year = (select max(year) from duty_lists where version_no > 0)`)
  const copied = async (table: string, key: string, set: string) => {
    const { rows: columns } = await client.query(
      `select column_name as name from information_schema.columns where table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
      [table],
    )
    const names = columns.map(({ name }) => name as string)
    const values = names.map((name) => (name === key ? 'c.id' : name === 'no' ? 'c.no' : `t.${name}`)).join(', ')
    await client.query(
      `insert into ${table} (${names.join(', ')}) select ${values} from copies c join ${table} t on t.${key} = c.was ${set}`,
    )
  }
  await client.query(
    `create temp table copies as select gen_random_uuid() as id, ids.id as was, 1000 + n as no
    from generate_series(1, ${LONG_LIST - rows.length}) n
    join (select id, row_number() over () as at from unnest($1::uuid[]) id) ids on ids.at = 1 + n % ${rows.length}`,
    [rows.map(({ id }) => id)],
  )
  await copied('duties', 'id', 'and t.superseded_idx = 9223372036854775807')
  await copied('duty_states', 'duty_id', '')
  await copied('duty_units', 'duty_id', '')
  await client.query('analyze duties; analyze duty_states; analyze duty_units')
  await client.end()
}

/** Frames while the long list is scrolled end to end: the middle and the slowest twentieth, in milliseconds. */
async function scrolling(page: Page): Promise<{ median: number; p95: number }> {
  const frames = (await page.evaluate(`new Promise((done) => {
    const box = document.querySelector('.table-scroll')
    const frames = []
    let last = performance.now()
    const step = () => {
      const now = performance.now()
      frames.push(now - last)
      last = now
      box.scrollTop += 400
      frames.length < 240 ? requestAnimationFrame(step) : done(frames.slice(5))
    }
    requestAnimationFrame(step)
  })`)) as number[]
  const sorted = frames.toSorted((a, b) => a - b)
  return { median: median(frames), p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0 }
}

/** The responsibility list with ten thousand rows: first rows, all rows, keys, the box for all, scrolling. */
async function measureLong(context: () => Promise<BrowserContext>): Promise<string[]> {
  const row = { path: '/duties', shows: '.table tbody tr[data-key]' }
  const fresh = await context()
  const page = await fresh.newPage()
  const first = await useful(page, row)
  await page.waitForFunction(
    (rows) => Number(document.querySelector('.table')?.getAttribute('aria-rowcount')) > rows,
    LONG_LIST,
    { timeout: 60_000 },
  )
  const all = await page.evaluate(() => performance.now())
  await page.waitForLoadState('networkidle')
  const drawn = await page.locator('.table tbody tr').count()
  const next = await answered(page, { name: '', key: 'j' })
  const one = await answered(page, { name: '', on: '.table tbody .tick' })
  const every = await answered(page, { name: '', on: '.table thead .tick' })
  const frames = await scrolling(page)
  await fresh.close()
  return [
    `| first rows, empty cache | ${ms(first)} | ≤ 1,500 ms |`,
    `| all rows there | ${ms(all)} |  |`,
    `| rows in the page at once | ${drawn} |  |`,
    `| next row by key | ${ms(next)} | ≤ 100 ms |`,
    `| select a row | ${ms(one)} | ≤ 100 ms |`,
    `| select all rows | ${ms(every)} | ≤ 100 ms |`,
    `| a frame while scrolling, median | ${frames.median.toFixed(1)} ms |  |`,
    `| a frame while scrolling, 95 % | ${frames.p95.toFixed(1)} ms | ≤ 50 ms |`,
  ]
}

const ms = (value: number) => `${Math.round(value).toLocaleString('en')} ms`

function sectionOf(results: readonly Result[], long: readonly string[], machine: string): string {
  const rows = results.map(
    ({ name, firstKb, cold, warm, acts }) =>
      `| ${name} | ${firstKb.toFixed(0)} KB | ${ms(cold)} | ${ms(warm)} | ${acts.map((act) => `${act.name} ${ms(act.ms)}`).join('; ')} |`,
  )
  return `### The pages in a browser

${new Date().toISOString().slice(0, 10)}. ${machine}. The demonstration bureau, headless Chromium on the machine of the server, the middle of ${rounds} rounds.

| page | first load, compressed (≤ 400 KB) | of use, empty cache (≤ 1,500 ms) | of use, again | clicks and keys answered (≤ 100 ms) |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

| responsibility list of ${LONG_LIST.toLocaleString('en')} rows | measured | aim |
| --- | --- | --- |
${long.join('\n')}`
}

const found = await startBrowser()
if ('why' in found) throw new Error(found.why)
const machine = machineLine()
const server = await startServer()
try {
  const { state, branch } = await signIn(found.browser, server)
  const window = { viewport: { width: 1366, height: 768 }, baseURL: server.address, storageState: state }
  const context = () => found.browser.newContext(window)
  const results: Result[] = []
  for (const one of cases) {
    results.push(await measure(context, { ...one, path: one.path.replace('UNIT', branch) }))
    console.log(JSON.stringify(results.at(-1)))
  }
  await lengthen(join(server.folder, 'data'))
  const section = sectionOf(results, await measureLong(context), machine)
  console.log(`\n${section}`)
  const between = /(<!-- measured web -->\n)[\s\S]*?(<!-- end web -->)/
  const text = readFileSync(file, 'utf8')
  if (!values.dry)
    writeFileSync(
      file,
      text.replace(between, (_, from: string, to: string) => `${from}${section}\n${to}`),
    )
} finally {
  await found.close()
  await server.stop()
}
