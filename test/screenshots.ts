import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { startBrowser } from './journeys/support/browser.ts'
import { settled } from './journeys/support/page-checks.ts'
import { startServer } from './journeys/support/server.ts'

// Takes the pictures of the manual anew: on a demonstration of its own, signed in as its people, in both languages.
const folder = join(import.meta.dirname, '../docs/user/pictures')
const size = { width: 1366, height: 768 }
const bytesMax = 120 * 1024
/** Wanted sharpness of a picture, and what it may fall to so that it stays small. */
const qualities = [80, 70, 60, 50, 40, 30]

/** What the server answers to the person of a window. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
type Ask = (query: string) => Promise<any>

interface Scene {
  readonly name: string
  /** User name of who looks. */
  readonly who: string
  readonly path: string | ((ask: Ask) => Promise<string>)
  /** What is clicked before the picture is taken, as a selector. */
  readonly click?: string
}

const year = new Date().getFullYear()
const scenes: readonly Scene[] = [
  { name: 'today', who: 'zhouya', path: '/today' },
  { name: 'decide', who: 'shenws', path: '/today' },
  { name: 'branch', who: 'menghj', path: '/today' },
  {
    name: 'review',
    who: 'zhouya',
    path: async (ask) => {
      const { items } = await ask('document.list?limit=10')
      return `/documents/${items[0].id}/review`
    },
  },
  { name: 'duties', who: 'zhouya', path: '/duties' },
  {
    name: 'duty',
    who: 'zhouya',
    path: async (ask) => {
      const { items } = await ask(`duty.list?limit=200&year=${year}`)
      const said = items.find(({ status }: { status: string }) => status === 'submitted') ?? items[0]
      return `/duties/${said.no}?year=${said.year}`
    },
  },
  {
    name: 'obligations',
    who: 'zhouya',
    path: '/obligations',
    click: '.owed-mark',
  },
  {
    name: 'record',
    who: 'menghj',
    path: async (ask) => {
      const { holdings } = await ask('session.current')
      const held = holdings.find((one: { unitId: string | null }) => one.unitId !== null)
      return `/activities/new?kind=theme-party-day${held ? `&unitId=${held.unitId}` : ''}`
    },
  },
  {
    name: 'report',
    who: 'zhouya',
    path: async (ask) => {
      const { items } = await ask('report.list?limit=20&state=draft')
      return `/reports/${items[0].id}`
    },
    click: '.figure',
  },
]
const languages = ['zh', 'en'] as const

/** Waits until the page shows its rows instead of the bars that stand for them. */
async function whole(page: Page): Promise<void> {
  await settled(page)
  await page.waitForFunction(() => document.querySelector('.loading') === null)
  await settled(page)
}

/** The picture of a window as WebP, as sharp as the bound on its size lets it be. */
async function pictureOf(context: BrowserContext, page: Page): Promise<Buffer> {
  const devtools = await context.newCDPSession(page)
  for (const quality of qualities) {
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality })
    const bytes = Buffer.from(data, 'base64')
    if (bytes.length <= bytesMax) return bytes
  }
  throw new Error(`a picture of ${page.url()} does not fit into ${bytesMax} bytes`)
}

const found = await startBrowser()
if ('why' in found) throw new Error(found.why)
const server = await startServer()
const wanted = process.argv.slice(2)
try {
  mkdirSync(folder, { recursive: true })
  const taken = scenes.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  for (const who of new Set(taken.map((scene) => scene.who))) {
    const context = await found.browser.newContext({
      viewport: size,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      baseURL: server.address,
    })
    context.setDefaultTimeout(120_000)
    const page = await context.newPage()
    await page.goto('/sign-in')
    const data = { name: who, password: server.password }
    // The server takes what comes from its own pages only, so the page itself asks.
    const status = await page.evaluate(async (body) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }
      return (await fetch('/api/v1/session.open', { method: 'POST', headers, body: JSON.stringify(body) })).status
    }, data)
    if (status !== 200) throw new Error(`${who} is not signed in: ${status}`)
    const ask: Ask = async (query) => (await context.request.get(`/api/v1/${query}`)).json()
    for (const { name, path, click } of taken.filter((scene) => scene.who === who)) {
      const address = typeof path === 'string' ? path : await path(ask)
      for (const language of languages) {
        await page.evaluate((one) => localStorage.setItem('luze.language', one), language)
        await page.goto(address)
        await whole(page)
        if (click) await page.locator(click).first().click()
        await whole(page)
        await page.mouse.move(0, 0)
        const bytes = await pictureOf(context, page)
        writeFileSync(join(folder, `${name}.${language}.webp`), bytes)
        process.stdout.write(`${name}.${language}.webp ${Math.round(bytes.length / 1024)} KB\n`)
      }
    }
    await context.close()
  }
  const known = new Set(scenes.flatMap(({ name }) => languages.map((one) => `${name}.${one}.webp`)))
  if (existsSync(folder)) for (const file of readdirSync(folder)) if (!known.has(file)) rmSync(join(folder, file))
} finally {
  await found.close()
  await server.stop()
}
