import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { fontEnvironment } from './fonts.ts'

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

// What a browser does of itself only costs time here, and some networks answer none of it.
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A browser that runs, or the reason why there is none, for tests that then skip. */
export type Found = { browser: Browser; close(): Promise<void> } | { why: string }

/** The browser of LUZE_BROWSER or of the system; else the one that a package unpacks into the temporary folder. */
async function candidates(): Promise<(() => Promise<string>)[]> {
  const own = process.env['LUZE_BROWSER']
  const there = own ? [own] : installed.filter((path) => existsSync(path))
  const packed = async () => (await import('@sparticuz/chromium')).default.executablePath()
  return [...there.map((path) => async () => path), ...(own ? [] : [packed])]
}

/** Starts a browser with a fresh profile: the system's, else the packaged one. Never throws. */
export async function startBrowser(): Promise<Found> {
  const folder = mkdtempSync(join(tmpdir(), 'luze-browser-'))
  const faults: string[] = []
  const env = { ...process.env, ...fontEnvironment(folder) } as Record<string, string>
  for (const candidate of await candidates()) {
    try {
      const executablePath = await candidate()
      const args = process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : flags
      const browser = await chromium.launch({ executablePath, args, env, headless: true, timeout: 60_000 })
      const close = async () => {
        await browser.close()
        rmSync(folder, { recursive: true, force: true })
      }
      return { browser, close }
    } catch (error) {
      faults.push(String(error instanceof Error ? error.message : error).split('\n')[0] ?? '')
    }
  }
  rmSync(folder, { recursive: true, force: true })
  return { why: `no browser starts here (${faults.join('; ')}); install Chromium to run the journeys` }
}
