import type { Page } from 'playwright-core'

const kinds = ['keydown', 'click'] as const

/** Key presses and clicks of a person on a page, beside the words that he typed. */
export type Acts = { keys: number; clicks: number }

/** Counts key presses and clicks from now on, also over loads of the page; words that are put in at once count as none. */
export async function countFromNow(page: Page): Promise<void> {
  const script = `if (!window.luzeActs) {
    window.luzeActs = true
    for (const kind of ${JSON.stringify(kinds)})
      window.addEventListener(kind, (event) => {
        if (!event.isTrusted) return
        const key = 'luze.' + kind
        sessionStorage.setItem(key, String(Number(sessionStorage.getItem(key) ?? 0) + 1))
      }, { capture: true })
  }`
  await page.addInitScript(script)
  await page.evaluate(script)
  await counted(page)
}

/** What was pressed and clicked since the last answer. */
export async function counted(page: Page): Promise<Acts> {
  const [keys, clicks] = await page.evaluate(
    (names) =>
      names.map((name) => {
        const number = Number(sessionStorage.getItem(`luze.${name}`) ?? 0)
        sessionStorage.removeItem(`luze.${name}`)
        return number
      }),
    kinds as unknown as string[],
  )
  return { keys: keys ?? 0, clicks: clicks ?? 0 }
}
