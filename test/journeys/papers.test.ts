import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { readDocx } from '../../src/platform/office/docx.ts'
import { readXlsx } from '../../src/platform/office/xlsx.ts'
import { typeDay } from './support/forms.ts'
import { call, openJourney, shoot, type Visit } from './support/journey.ts'
import { assertAccessible, settled } from './support/page-checks.ts'
import { said, words } from './support/words.ts'

// What leaves the screen and what enters it at once: files of the pages, pages on paper, a year's plan from a table, and
// the one sentence that a leader states about his yearly report.
const journey = await openJourney()

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** Clicks what gives a file; its name and bytes. */
async function fileFrom(page: Page, click: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const coming = page.waitForEvent('download')
  await click()
  const file = await coming
  const path = join(journey.server.folder, `${Date.now()} ${file.suggestedFilename()}`)
  await file.saveAs(path)
  return { name: file.suggestedFilename(), bytes: readFileSync(path) }
}

/** What a page prints: the elements that show on paper, and how many pages it takes. */
async function onPaper(page: Page): Promise<{ shows(selector: string): Promise<boolean>; sheets: number }> {
  await page.emulateMedia({ media: 'print' })
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const shows = (selector: string) => page.locator(selector).first().isVisible()
  return { shows, sheets: pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0 }
}

for (const language of ['zh', 'en'] as const) {
  const { duties, activities, obligations, plans, me } = words[language]
  const step = (name: string, work: () => Promise<void>) => journey.step(`${name} (${language})`, work)
  let clerk: Visit

  test(
    ...step('the responsibility list leaves as a document and as a table, with every duty in both', async () => {
      clerk = await journey.visit({ language })
      await clerk.signIn('zhouya')
      const { page } = clerk
      await page.goto('/duties')
      await settled(page)
      const year = Number((await call(clerk, 'session.current')).today.slice(0, 4))
      const { items: all } = await call(clerk, `duty.list?year=${year}&limit=500`)
      const items = all.filter(({ listId }: { listId: string | null }) => listId !== null)
      assert.ok(items.length > 10)
      const open = () => button(page, new RegExp(`${duties.paper.download}$`)).click()
      const take = (name: string) =>
        fileFrom(page, async () => {
          await open()
          await page.getByRole('link', { name, exact: true }).click()
        })
      const paper = await take(duties.paper.list)
      assert.match(paper.name, /\.docx$/)
      const { paragraphs, tables } = readDocx(paper.bytes)
      const text = [...paragraphs, ...tables.flat(2)].join('\n').replaceAll(/\s/g, '')
      await page.keyboard.press('Escape')
      const book = await take(duties.paper.workbook)
      assert.match(book.name, /\.xlsx$/)
      const cells = new Set((await readXlsx(book.bytes)).flatMap(({ rows }) => rows.flat()))
      for (const { title } of items) {
        assert.ok(text.includes(title.replaceAll(/\s/g, '')), `the document has ${title}`)
        assert.ok(cells.has(title), `the table has ${title}`)
      }
    }),
  )

  test(
    ...step('the ledger of activities and the matrix leave as tables, by the filters in force', async () => {
      const { page } = clerk
      const { items, total } = await call(clerk, 'activity.list?kind=theme-party-day&limit=500')
      await page.goto('/activities?kind=theme-party-day')
      await settled(page)
      const ledger = await fileFrom(page, () => page.getByRole('link', { name: activities.list.workbook }).click())
      const rows = (await readXlsx(ledger.bytes)).flatMap((sheet) => sheet.rows)
      const titles = items.map(({ title }: { title: string | null }) => title).filter(Boolean)
      assert.equal(items.length, total)
      for (const title of titles)
        assert.ok(
          rows.some((row) => row.includes(title)),
          `the ledger has ${title}`,
        )
      await page.goto('/obligations')
      await settled(page)
      const matrix = await fileFrom(page, () => page.getByRole('link', { name: obligations.workbook }).click())
      const names = new Set((await readXlsx(matrix.bytes)).flatMap((sheet) => sheet.rows.flat()))
      for (const name of await page.locator('.owed-matrix tbody th').allInnerTexts())
        assert.ok(names.has(name.trim()), `the table has ${name}`)
    }),
  )

  test(
    ...step('pages print as papers: their table with its title, without the screen around it', async () => {
      const { page } = clerk
      for (const [address, table] of [
        ['/duties', '.duty-list table'],
        ['/obligations', '.owed-matrix'],
        ['/activities', '.table'],
        ['/duties/sheet', '.page-main'],
      ] as const) {
        await page.emulateMedia({ media: 'screen' })
        await page.goto(address)
        await settled(page)
        await page.locator(table).first().waitFor()
        const { shows, sheets } = await onPaper(page)
        assert.ok(sheets >= 1 && sheets < 12, `${address} takes ${sheets} sheets`)
        assert.ok(await shows(table), `${address} prints its table`)
        for (const furniture of ['.bar', '.nav', '.filter-bar', '.page-head .ant-btn'])
          assert.equal(await shows(furniture), false, `${address} prints no ${furniture}`)
        await shoot(page, `paper-${address.slice(1).replace('/', '-')}-${language}`)
      }
      await page.emulateMedia({ media: 'screen' })
    }),
  )

  test(
    ...step(
      'a year’s plan comes in from a table: what is not understood stops all of it, then all is there',
      async () => {
        const { page } = clerk
        const kinds = await call(clerk, 'kind.list')
        const day = kinds.activities.find(({ id }: { id: string }) => id === 'theme-party-day').words[language]
        const year = Number((await call(clerk, 'session.current')).today.slice(0, 4)) + 1
        const titles = [1, 2].map((no) => `植树护河${language}${no}`)
        const row = (unit: string, at: number) => `${year}-0${at + 3}-12\t${unit}\t${day}\t${titles[at]}`
        await page.goto(`/plans?year=${year}`)
        await settled(page)
        await button(page, plans.several.open).click()
        const dialog = page.getByRole('dialog')
        await dialog.getByLabel(plans.several.label).fill([row('第三党支部', 0), row('第九党支部', 1)].join('\n'))
        await dialog.getByRole('button', { name: plans.several.read, exact: true }).click()
        await dialog.getByText(said(plans.several.faults, { all: 2, count: 1 })).waitFor()
        await dialog.getByText(plans.several.fault.unit).waitFor()
        await shoot(page, `papers-plan-fault-${language}`)
        await dialog.getByRole('button', { name: plans.several.again, exact: true }).click()
        await dialog.getByLabel(plans.several.label).fill([row('第三党支部', 0), row('第五党支部', 1)].join('\n'))
        await dialog.getByRole('button', { name: plans.several.read, exact: true }).click()
        await dialog.getByText(said(plans.several.fine, { all: 2 })).waitFor()
        await assertAccessible(page, `plan from a table, ${language}`)
        await dialog.getByRole('button', { name: said(plans.several.verb, { count: 2 }), exact: true }).click()
        await dialog.waitFor({ state: 'hidden' })
        for (const title of titles) await page.getByText(title, { exact: true }).waitFor()
        const { items } = await call(clerk, `plan.list?year=${year}&item=activity&limit=200`)
        for (const title of titles)
          assert.ok(
            items.some((one: { title: string }) => one.title === title),
            title,
          )
      },
    ),
  )

  test(
    ...step(
      'a leader states that his yearly report is sent; nobody else is told, and nothing of it is asked',
      async () => {
        const leader = await journey.visit({ language })
        await leader.signIn(language === 'zh' ? 'luzy' : 'gumt')
        const { page } = leader
        const year = Number((await call(leader, 'session.current')).today.slice(0, 4))
        await page.goto('/me')
        await settled(page)
        await page.getByRole('heading', { name: me.statement.title }).waitFor()
        await button(page, me.statement.withdraw).click()
        await button(page, me.statement.verb).click()
        const dialog = page.getByRole('dialog')
        assert.equal(await dialog.locator('textarea').count(), 0, 'there is no place for what the report says')
        await typeDay(dialog.getByLabel(me.statement.on), `${year}-01-18`)
        await dialog.getByRole('button', { name: me.statement.verb, exact: true }).click()
        await dialog.waitFor({ state: 'hidden' })
        await page.getByText(me.statement.is.done).first().waitFor()
        await shoot(page, `papers-statement-${language}`)
        await assertAccessible(page, `a statement, ${language}`)
        const { items } = await call(leader, 'statement.mine')
        assert.equal(items.find((one: { year: number }) => one.year === year).on, `${year}-01-18`)
        await clerk.page.goto('/me')
        await settled(clerk.page)
        assert.equal(await clerk.page.getByRole('heading', { name: me.statement.title }).count(), 0)
        const head = await journey.visit({ language })
        await head.signIn('liangxw')
        const refused = await head.context.request.get(`/api/v1/statement.list?year=${year}`)
        assert.equal(refused.status(), 404, 'who does not handle these reports is not told of them')
        await clerk.page.goto('/obligations?tab=personal')
        await button(clerk.page, obligations.statements.open).click()
        await clerk.page.getByText(said(obligations.statements.title, { year })).waitFor()
        const day = language === 'zh' ? '1月18日' : '18 Jan'
        await clerk.page.getByText(said(obligations.statements.on, { day })).first().waitFor()
        await shoot(clerk.page, `papers-statements-${language}`)
        await head.context.close()
        await leader.context.close()
        await clerk.context.close()
      },
    ),
  )
}
