import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted, countFromNow } from './support/acts.ts'
import { openJourney, shoot, type Visit } from './support/journey.ts'
import { settled } from './support/page-checks.ts'

// A branch secretary records one activity from what the day asks of him, and the page counts what that costs him.
const journey = await openJourney()
const { step } = journey
let visit: Visit

/** At most so many fields, of which all but those that identify the record may stay empty. */
const FIELDS_MAX = 8
/** Clicks and key presses beyond the words of the title, from the home page to the saved record. */
const ACTS_MAX = 12

test(
  ...step('the home page of a branch secretary says what the month asks, each with one verb', async () => {
    visit = await journey.visit()
    await visit.signIn('menghj')
    const { page } = visit
    await page.goto('/today')
    await settled(page)
    await page.getByText('第三党支部：').waitFor()
    await shoot(page, 'branch-today')
  }),
)

test(
  ...step('he records an activity in at most eight fields, with one click for who was absent', async () => {
    const { page } = visit
    await countFromNow(page)
    const row = page.getByRole('button', { name: '记一笔', exact: true })
    await row.last().click()
    await page.getByRole('heading', { name: '记一笔' }).waitFor()
    const chips = page.getByRole('group', { name: '出席' }).getByRole('button')
    await chips.first().waitFor()
    const fields = await page.locator('.form-row').count()
    assert.ok(fields <= FIELDS_MAX, `${fields} fields`)
    await page.getByText('这条记录将满足').waitFor()
    await chips.nth(1).click()
    await page.locator('#activity-title').click()
    await page.keyboard.insertText('学习一线节水经验')
    await shoot(page, 'record-filled')
    await page.keyboard.press('Control+Enter')
    await page.getByText('已保存').first().waitFor()
    const { keys, clicks } = await counted(page)
    console.log(
      `cost: one activity: ${fields} fields, ${keys} key presses beside the words of the title, ${clicks} clicks`,
    )
    assert.ok(keys + clicks <= ACTS_MAX, `${keys} key presses, ${clicks} clicks`)
    assert.deepEqual(visit.complaints, [])
  }),
)
