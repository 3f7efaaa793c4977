import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { strToU8, zipSync } from 'fflate'
import type { Page } from 'playwright-core'
import { reports as en } from '../../web/words/en/reports.ts'
import { ui as uiEn } from '../../web/words/en/ui.ts'
import { reports as zh } from '../../web/words/zh/reports.ts'
import { ui as uiZh } from '../../web/words/zh/ui.ts'
import { choose, chooseFile } from './support/forms.ts'
import { openJourney, shoot, type Visit } from './support/journey.ts'
import { assertAccessible, settled } from './support/page-checks.ts'

// The year's report by the clerk, in either language: edited, checked, frozen, a figure challenged and proved, withdrawn.
const journey = await openJourney()
const year = new Date().getFullYear() - 1
const TEXT = `全市水务系统工作报告
一年来，局党组召开中心组学习会议*次，召开支委会*次。
${year}年，走访用水大户*次。`

/** Last year's speech, and its file as an office program writes it. */
const OLD = TEXT.replaceAll('*', '12')
const speech = zipSync({
  '[Content_Types].xml': strToU8('<Types/>'),
  'word/document.xml': strToU8(
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${TEXT.replaceAll(
      '*',
      '12',
    )
      .split('\n')
      .map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`)
      .join('')}</w:body></w:document>`,
  ),
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Fills `{{name}}` in words of the page. */
const said = (words: string, values: Record<string, string | number>) =>
  words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]))

for (const [language, words, shared] of [
  ['zh', zh, uiZh],
  ['en', en, uiEn],
] as const) {
  let visit: Visit
  let draftId: string
  const step = (name: string, work: () => Promise<void>) => journey.step(`${name} (${language})`, work)

  test(
    ...step(
      'a new report begins from a file, or from what was issued last year; own words give way only when asked',
      async () => {
        visit = await journey.visit({ language })
        await visit.signIn('zhouya')
        const { page } = visit
        const text = page.getByLabel(words.make.text, { exact: true })
        const title = page.getByLabel(words.make.name, { exact: true })
        const chosen = page.getByRole('button', { name: words.make.choose })
        const file = join(journey.server.folder, `${year}年讲话.docx`)
        writeFileSync(file, speech)
        writeFileSync(join(journey.server.folder, '损坏.docx'), 'PK')
        await page.goto('/reports/new')
        await settled(page)
        await chooseFile(page, chosen, join(journey.server.folder, '损坏.docx'))
        await page.getByRole('alert').waitFor()
        assert.equal(await text.inputValue(), '')
        await chooseFile(page, chosen, file)
        await page
          .getByText(said(words.make.read, { name: `${year}年讲话`, format: 'docx', count: OLD.length }))
          .waitFor()
        assert.match(await text.inputValue(), /召开中心组学习会议12次，召开支委会12次。\n/)
        assert.equal(await title.inputValue(), `${year + 1}年讲话`)
        assert.equal(await page.getByRole('alert').count(), 0)
        await assertAccessible(page, `a new report, ${language}`)

        const issued = `${year}年管党治党工作总结`
        const known = page.getByRole('combobox', { name: words.make.known })
        await choose(page, known, issued)
        await page.getByText(said(words.make.brought, { name: issued, count: '§' }).split('§')[0]!).waitFor()
        assert.equal(await title.inputValue(), `${year + 1}年管党治党工作总结`)
        await text.fill('自己写的一句。')
        await choose(page, known, `${year}年管党治党工作要点`)
        const asked = page.getByRole('dialog', { name: words.make.replaceTitle })
        await asked.getByRole('button', { name: shared.lookAgain }).click()
        assert.equal(await text.inputValue(), '自己写的一句。')
        await choose(page, known, `${year}年管党治党工作要点`)
        await asked.getByRole('button', { name: words.make.replace, exact: true }).click()
        await asked.waitFor({ state: 'hidden' })
        assert.doesNotMatch(await text.inputValue(), /自己写的一句/)
        await shoot(page, `report-new-${language}`)
        await chooseFile(page, chosen, file)
        await page
          .getByText(said(words.make.read, { name: `${year}年讲话`, format: 'docx', count: OLD.length }))
          .waitFor()
        await button(page, words.make.verb).click()
        await page.getByRole('region', { name: words.head.text }).getByText('走访用水大户').waitFor()
        await visit.context.close()
      },
    ),
  )

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
