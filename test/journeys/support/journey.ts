import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, type TestContext, type TestOptions } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { accounts as en } from '../../../web/words/en/accounts.ts'
import { accounts as zh } from '../../../web/words/zh/accounts.ts'
import { startBrowser } from './browser.ts'
import { type Server, startServer } from './server.ts'

/** The office PC of the design, and a large screen. */
export const screens = { office: { width: 1366, height: 768 }, large: { width: 1920, height: 1080 } } as const

/** One person's browser window on the server. */
export interface Visit {
  context: BrowserContext
  page: Page
  /** What the page complained of since the start: console errors, faults of scripts, breaches of its policy. */
  complaints: string[]
  /** Signs in on the sign-in page by user name. */
  signIn(name: string): Promise<void>
}

/** What `test` takes. */
export type Step = [name: string, options: TestOptions, work: (t: TestContext) => Promise<void>]

/** A file of journeys: steps that follow each other on one server in one browser. */
export interface Journey {
  /** The server; only inside steps. */
  server: Server
  /** Opens a window of its own, as another person on another PC would. */
  visit(options?: { screen?: keyof typeof screens; language?: 'zh' | 'en' }): Promise<Visit>
  /**
   * One step of the story, to be given to `test`. After a failed one the rest is skipped, since it stands on it, unless
   * it `standsAlone`.
   */
  step(name: string, work: () => Promise<void>, options?: { standsAlone?: boolean }): Step
}

const stepTimeout = 120_000

/** Opens browser and server for this test file; where no browser starts every step skips and says so. */
export async function openJourney(): Promise<Journey> {
  const found = await startBrowser()
  if ('why' in found) {
    const none = () => Promise.reject(new Error(found.why))
    return { server: {} as Server, visit: none, step: (name) => [name, { skip: found.why }, none] }
  }
  const server = await startServer().catch(async (error) => {
    await found.close()
    throw error
  })
  const pages: Page[] = []
  after(async () => {
    await found.close()
    await server.stop()
  })
  let broken: string | undefined
  const step: Journey['step'] = (name, work, { standsAlone = false } = {}) => [
    name,
    { timeout: stepTimeout },
    async (t) => {
      if (broken !== undefined && !standsAlone) return t.skip(`the step “${broken}” failed`)
      try {
        await work()
      } catch (error) {
        broken ??= name
        for (const [no, page] of pages.entries()) if (!page.isClosed()) await tellOf(page, `${name} ${no}`)
        throw error
      }
    },
  ]
  const visit: Journey['visit'] = async ({ screen = 'office', language = 'zh' } = {}) => {
    const context = await found.browser.newContext({
      viewport: screens[screen],
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      acceptDownloads: true,
      reducedMotion: 'reduce',
      baseURL: server.address,
    })
    context.setDefaultTimeout(30_000)
    await context.addInitScript(
      `localStorage.getItem('luze.language') ?? localStorage.setItem('luze.language', '${language}')`,
    )
    const page = await context.newPage()
    pages.push(page)
    return { context, page, complaints: complaintsOf(page), signIn: (name) => signIn(page, server, name) }
  }
  return { server, visit, step }
}

/** Where a failed step left a window: its address and what it said, and a picture where LUZE_SHOTS names a folder. */
async function tellOf(page: Page, step: string): Promise<void> {
  const said = await page
    .locator('main')
    .ariaSnapshot({ timeout: 5000 })
    .catch(() => '')
  process.stderr.write(`at ${page.url()}\n${said.slice(0, 3000)}\n`)
  await shoot(page, `failed ${step}`).catch(() => undefined)
}

/** Takes a picture into the folder of LUZE_SHOTS; nothing without it. */
export async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['LUZE_SHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name.replace(/[^\p{L}\p{N}-]+/gu, '-')}.png`) })
}

/** Asks or does something through the interface of the program, as the person of a window. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
export async function call({ context }: Visit, name: string, data?: object): Promise<any> {
  const url = `/api/v1/${name}`
  const answer = data
    ? await context.request.post(url, { data, headers: { 'idempotency-key': crypto.randomUUID() } })
    : await context.request.get(url)
  assert.equal(answer.status(), 200, `${name}: ${await answer.text()}`)
  return answer.json()
}

/** Collects what a page complains of. The answer 401 to a load before signing in is how the page learns of it. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    // Every page asks who is there; the answer may be nobody.
    if (message.type() !== 'error' || /\/(session\.current|kind\.list)$/.test(message.location().url)) return
    complaints.push(`${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  return complaints
}

/** Signs in on the page for it, in either language. */
async function signIn(page: Page, server: Server, name: string): Promise<void> {
  if (!page.url().includes('/sign-in')) await page.goto('/sign-in')
  // The language is on the page once its words have come, and the form with them.
  await page.locator('input[type=password]').waitFor()
  const { signIn: words } = (await page.locator('html').getAttribute('lang')) === 'en' ? en : zh
  await page.getByLabel(words.name, { exact: true }).fill(name)
  await page.getByLabel(words.password, { exact: true }).fill(server.password)
  await page.getByRole('button', { name: words.verb, exact: true }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  await page.getByRole('navigation').first().waitFor()
}
