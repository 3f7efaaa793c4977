import assert from 'node:assert/strict'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Height of a page that the browser of an office PC shows without scrolling, in pixels. */
export const foldHeight = 620

/** Fails with what axe finds against WCAG 2 A and AA: rule, place and reason. */
export async function assertAccessible(page: Page, where: string): Promise<void> {
  // Pages have no frames, so one run in the page itself finds everything, and sooner.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    runOnly: { type: 'tag', values: levels },
    resultTypes: ['violations'],
  })
  const { violations } = await axe.analyze()
  const said = violations.map(({ id, help, nodes }) => {
    const places = nodes
      .slice(0, 4)
      .map(({ html, failureSummary }) => `    ${html.slice(0, 200)}\n      ${failureSummary}`)
    return `  ${id}: ${help} (${nodes.length})\n${places.join('\n')}`
  })
  assert.equal(violations.length, 0, `${where}: ${violations.length} faults of accessibility\n${said.join('\n')}`)
}

/** Fails where the window or the main part must be scrolled sideways. */
export async function assertNoSideScroll(page: Page, where: string): Promise<void> {
  const wide = await page.evaluate(() =>
    [document.documentElement, document.body, document.querySelector('main')].flatMap((box) =>
      box && box.scrollWidth > box.clientWidth + 1 ? [`${box.tagName} ${box.scrollWidth} > ${box.clientWidth}`] : [],
    ),
  )
  assert.deepEqual(wide, [], `${where} scrolls sideways`)
}

/** Waits until a change within the page is drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))))
}

/** Waits until the page has asked for everything, drawn it, and shows its one h1. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
}
