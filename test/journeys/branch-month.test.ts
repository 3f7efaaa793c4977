import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { stateWord } from '../../web/ui/states.ts'
import { counted, countFromNow } from './support/acts.ts'
import { choose } from './support/forms.ts'
import { call, openJourney, shoot, type Visit } from './support/journey.ts'
import { assertAccessible, settled } from './support/page-checks.ts'
import { said, words } from './support/words.ts'

// A branch secretary's month: what the branch owes is planned, announced, held and recorded once; a talk is noted, hours
// add up by themselves, and the matrix turns done. Each part prints what it costs.
const journey = await openJourney()
const kind = 'theme-party-day'
const branch = '第三党支部'
const counterpart = '薛景行'
/** What the record of the meeting may cost, from the row of the day to the saved record: pasted names and words aside. */
const ACTS_MAX = 10

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

for (const language of ['zh', 'en'] as const) {
  const { today, plans, activities, talks, study } = words[language]
  let visit: Visit
  let unitId = ''
  let kindName = ''
  let rule = ''
  const title = `到站所听一线职工意见 ${language}`
  const step = (name: string, work: () => Promise<void>) => journey.step(`${name} (${language})`, work)
  const tell = (what: string, fields: number, { keys, clicks }: { keys: number; clicks: number }) =>
    console.log(`cost: ${what} (${language}): ${fields} fields, ${keys} key presses beside the words, ${clicks} clicks`)

  /** The row of what the branch owes on its home page. */
  const owedRow = (page: Page) => page.locator('.work-row').filter({ hasText: rule }).first()

  test(
    ...step('the month begins: the home page says what the branch owes, with one verb each', async () => {
      visit = await journey.visit({ language })
      await visit.signIn('menghj')
      const { page } = visit
      const session = await call(visit, 'session.current')
      unitId = session.holdings.find((held: { unit: string }) => held.unit === branch).unitId
      const month = session.today?.slice(0, 7) ?? new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 7)
      const { items } = await call(visit, `activity.list?kind=${kind}&unitId=${unitId}&from=${month}-01&limit=50`)
      for (const { activityId } of items) await call(visit, 'activity.withdraw', { activityId, reason: '重新记录' })
      const planned = await call(visit, `plan.list?year=${month.slice(0, 4)}&item=activity&unitId=${unitId}&limit=200`)
      for (const plan of planned.items.filter((one: { kind: string; state: string }) => one.kind === kind))
        if (plan.state === 'planned') await call(visit, 'plan.withdraw', { planId: plan.planId, reason: '重新安排' })
      const kinds = await call(visit, 'kind.list')
      kindName = kinds.activities.find(({ id }: { id: string }) => id === kind).words[language]
      const { items: owed } = await call(
        visit,
        `obligation.list?unitId=${unitId}&rule=${kind}&from=${month}-01&to=${month}-28`,
      )
      rule = owed[0].words[language]
      assert.equal(owed[0].outcome, 'open')
      await page.goto('/today')
      await settled(page)
      await owedRow(page).getByRole('button', { name: today.verb.record, exact: true }).waitFor()
      await shoot(page, `month-today-${language}`)
    }),
  )

  test(
    ...step('he plans the meeting and takes its notice along', async () => {
      const { page } = visit
      await page.goto('/plans')
      await settled(page)
      await countFromNow(page)
      await button(page, plans.add).click()
      const dialog = page.getByRole('dialog')
      const item = dialog.getByText(plans.item.activity, { exact: true })
      if ((await item.count()) > 0) await item.click()
      await choose(page, dialog.getByLabel(plans.field.kind, { exact: true }), kindName)
      await dialog.getByLabel(new RegExp(`^${plans.field.title}`)).focus()
      await page.keyboard.insertText(title)
      const fields = await dialog.locator('.dialog-field').count()
      await dialog.getByRole('button', { name: plans.addVerb, exact: true }).click()
      await dialog.waitFor({ state: 'hidden' })
      await page.getByText(title).click()
      tell('planning the meeting', fields, await counted(page))
      await button(page, new RegExp(`${plans.panel.papers}$`)).click()
      const coming = page.waitForEvent('download')
      await page.getByRole('link', { name: plans.panel.notice }).click()
      assert.match((await coming).suggestedFilename(), /\.docx$/)
      await page.keyboard.press('Escape')
      await shoot(page, `month-plan-${language}`)
      await assertAccessible(page, `plan, ${language}`)
    }),
  )

  test(
    ...step(
      'after the meeting the plan fills the record; names are pasted, one click says who was absent',
      async () => {
        const { page } = visit
        await page.goto('/today')
        await settled(page)
        await counted(page)
        await owedRow(page).getByRole('button', { name: today.verb.confirm, exact: true }).click()
        await page.getByRole('heading', { level: 1, name: activities.newTitle }).waitFor()
        assert.equal(await page.locator('#activity-title').inputValue(), title)
        const chips = page.getByRole('group', { name: activities.field.attendance }).getByRole('button')
        await chips.first().waitFor()
        const fields = await page.locator('.form-row').count()
        const names = await chips.evaluateAll((all) => all.map((chip) => chip.firstChild?.textContent ?? ''))
        await button(page, activities.attend.paste).click()
        await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA')
        await page.keyboard.insertText(names.join('、'))
        await button(page, activities.paste.verb).click()
        await page.getByRole('dialog').waitFor({ state: 'hidden' })
        await page.getByText(said(activities.attend.present, { count: names.length })).waitFor()
        await chips.nth(2).click()
        await page.getByText(said(activities.attend.present, { count: names.length - 1 })).waitFor()
        await page.getByText(activities.meets.title).first().waitFor()
        await shoot(page, `month-record-${language}`)
        await assertAccessible(page, `record from a plan, ${language}`)
        await page.keyboard.press('Control+Enter')
        await page
          .getByText(said(activities.saved, { what: '' }).trim())
          .first()
          .waitFor()
        const acts = await counted(page)
        tell('recording the meeting', fields, acts)
        assert.ok(acts.keys + acts.clicks <= ACTS_MAX, JSON.stringify(acts))
      },
    ),
  )

  test(
    ...step('what was owed is met, its plan is kept, and the matrix shows it', async () => {
      const { page } = visit
      await page.goto('/today')
      await settled(page)
      await owedRow(page)
        .getByText(said(today.branch.recorded, { counted: 1, needed: 1 }))
        .waitFor()
      const { items } = await call(visit, `obligation.list?unitId=${unitId}&rule=${kind}&limit=50&outcome=met`)
      const done = items.at(-1)
      await page.goto(`/obligations?open=${encodeURIComponent(done.obligationId)}`)
      await settled(page)
      const mark = page.locator('.owed-mark[aria-pressed="true"]')
      await mark.waitFor()
      assert.match((await mark.getAttribute('aria-label')) ?? '', new RegExp(stateWord('done', language)))
      await page.getByRole('complementary').getByText(title).first().waitFor()
      await shoot(page, `month-matrix-${language}`)
      await page.goto(`/plans?state=kept`)
      await page.getByText(title).first().waitFor()
    }),
  )

  test(
    ...step('he notes a talk: who and when, nothing of what was said', async () => {
      const { page } = visit
      await page.goto('/talks')
      await settled(page)
      await counted(page)
      const panel = page.getByRole('complementary')
      const person = panel.getByLabel(talks.record.person)
      await person.click()
      await person.fill(counterpart)
      await page.getByText(counterpart, { exact: true }).last().click()
      const fields = await panel
        .locator('.dialog-field')
        .filter({ has: page.locator('label') })
        .count()
      await button(page, talks.record.save).click()
      await page
        .getByText(said(talks.record.saved, { what: '' }).slice(0, 3))
        .first()
        .waitFor()
      tell('noting a talk', fields, await counted(page))
      await shoot(page, `month-talk-${language}`)
      await assertAccessible(page, `talks, ${language}`)
    }),
  )

  test(
    ...step('his own hours stand there without being filled in', async () => {
      const { page } = visit
      await page.goto('/study')
      await settled(page)
      await page.getByRole('tab', { name: study.tab.own }).or(page.getByText(study.tab.own)).first().waitFor()
      await page.locator('.study-body').getByText(/\d/).first().waitFor()
      await shoot(page, `month-hours-${language}`)
      assert.deepEqual(visit.complaints, [])
      await visit.context.close()
    }),
  )
}
