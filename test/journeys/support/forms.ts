import type { Locator, Page } from 'playwright-core'

/** Chooses from a list that is searched by typing, as a person does: opens it, types, clicks what is found. */
export async function choose(page: Page, field: Locator, text: string): Promise<void> {
  await field.click()
  await field.fill(text)
  await page.getByTitle(text, { exact: true }).last().click()
}

/** Types a day into a field for days and takes it. */
export async function typeDay(field: Locator, day: string): Promise<void> {
  await field.fill(day)
  await field.press('Enter')
}

/** Chooses files by clicking what opens the choice. */
export async function chooseFile(page: Page, button: Locator, path: string): Promise<void> {
  const asked = page.waitForEvent('filechooser')
  await button.click()
  await (await asked).setFiles(path)
}

/** The first whole number in what an element says. */
export async function numberIn(element: Locator): Promise<number> {
  return Number(/[\d,]+/.exec(await element.innerText())?.[0].replaceAll(',', ''))
}

/** Clicks into running text right before some words of it, as one puts a cursor there. */
export async function clickBefore(page: Page, text: Locator, words: string): Promise<void> {
  const point = await text.evaluate((element, sought) => {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.textContent?.indexOf(sought) ?? -1
      if (at === -1) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      const { left, top, height } = range.getBoundingClientRect()
      return { x: left + 1, y: top + height / 2 }
    }
    throw new Error(`no such words: ${sought}`)
  }, words)
  await page.mouse.click(point.x, point.y)
}
