import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { reports as en } from '../../web/words/en/reports.ts'
import { reports as zh } from '../../web/words/zh/reports.ts'
import { openJourney, shoot, type Visit } from './support/journey.ts'
import { assertAccessible, settled } from './support/page-checks.ts'

// The year's report by the clerk, in either language: edited, checked, frozen, a figure challenged and proved, withdrawn.
const journey = await openJourney()
const year = new Date().getFullYear() - 1
const TEXT = `全市水务系统工作报告
一年来，局党组召开中心组学习会议*次，召开支委会*次。
${year}年，走访用水大户*次。`

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Fills `{{name}}` in words of the page. */
const said = (words: string, values: Record<string, string | number>) =>
  words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))

for (const [language, words] of [
  ['zh', zh],
  ['en', en],
] as const) {
  let visit: Visit
  let draftId: string
  const step = (name: string, work: () => Promise<void>) => journey.step(`${name} (${language})`, work)

  test(
    ...step('a paragraph of the draft is written anew and what a person bound stays bound', async () => {
      visit = await journey.visit({ language })
      await visit.signIn('zhouya')
      const { page, context } = visit
      const opened = await context.request.post('/api/v1/report.open', {
        data: { title: `报告 ${language}`, text: TEXT, year },
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
      assert.equal(opened.status(), 200, await opened.text())
      draftId = (await opened.json()).id
      await page.goto(`/reports/${draftId}`)
      await settled(page)
      await button(page, said(words.edit.line, { words: `${year}年，走访用水大户` })).click()
      const text = page.getByLabel(words.edit.text)
      assert.match(await text.inputValue(), /走访用水大户\*次/)
      await text.fill('全年，走访用水大户*次，开展宣讲*场。')
      await shoot(page, `report-edit-${language}`)
      await assertAccessible(page, `editing, ${language}`)
      await button(page, words.edit.verb).click()
      await page.getByText('开展宣讲').first().waitFor()
    }),
  )

  test(
    ...step('the check says what wants a decision; what fell short stands beside it with its rule', async () => {
      const { page } = visit
      await button(page, words.head.toCheck).click()
      await page.getByText(said(words.check.wanted, { count: 1 })).waitFor()
      await assertAccessible(page, `check, ${language}`)
      await button(page, said(words.check.goto, { no: 3 })).click()
      await button(page, words.drawer.leave).click()
      await page.getByLabel(words.leave.reason).fill('另行统计')
      await button(page, words.leave.verb).click()
      await page.getByText(words.drawer.left).waitFor()
      await page.keyboard.press('Escape')
      await page.getByText(words.check.ready).waitFor()
      await button(page, words.short.title).click()
      await page.getByRole('heading', { name: words.short.duties }).waitFor()
      await shoot(page, `report-short-${language}`)
      await assertAccessible(page, `shortfalls, ${language}`)
      await page.keyboard.press('Escape')
    }),
  )

  test(
    ...step('frozen, a figure is challenged: its records are opened, counted again, and taken along', async () => {
      const { page } = visit
      await page.goto(`/reports/${draftId}?step=check`)
      await button(page, words.head.freeze).click()
      await page.getByRole('dialog').getByRole('button', { name: words.confirm.verb, exact: true }).click()
      await page.waitForURL('**/reports/frozen/**')
      const frozen = page.url()
      await page.getByRole('region', { name: words.head.text }).getByRole('button').first().click()
      const record = page.getByRole('complementary').getByRole('link').first()
      await record.click()
      await page.waitForURL('**/activities/**')
      await page.goto(frozen)
      await button(page, words.head.recount).click()
      await page.getByText(said(words.recount.equal, { count: '§' }).split('§')[1]!.slice(0, 12)).waitFor()
      const saved = page.waitForEvent('download')
      await page.getByRole('link', { name: words.head.evidenceOpen, exact: true }).click()
      const html = readFileSync(await (await saved).path(), 'utf8')
      assert.ok(html.includes('"restricted":{"by":"周予安"'), 'the internal file names who took it out')
    }),
  )

  test(
    ...step('withdrawn with a reason it stays readable and leaves the others', async () => {
      const { page } = visit
      await button(page, words.withdraw.verb).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: words.withdraw.verb, exact: true }).click()
      await dialog.getByText(words.withdraw.empty.slice(0, 8)).waitFor()
      await dialog.getByLabel(words.withdraw.reason).fill('口径有误')
      await dialog.getByRole('button', { name: words.withdraw.verb, exact: true }).click()
      await page.getByText('口径有误').waitFor()
      await assertAccessible(page, `withdrawn, ${language}`)
      await page.goto('/reports?state=withdrawn')
      await page.getByText(`报告 ${language}`).waitFor()
      assert.deepEqual(visit.complaints, [])
    }),
  )
}
