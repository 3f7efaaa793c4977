import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openJourney, screens, shoot, type Visit } from './support/journey.ts'
import { assertAccessible, assertNoSideScroll, drawn, settled } from './support/page-checks.ts'

// The home page of each role: what needs him today, each number opening rows of the same number.
const journey = await openJourney()

/** Who looks, and what his page has that others' have not. */
const people = [
  { name: 'shenws', who: 'secretary', has: '班子成员“一岗双责”' },
  { name: 'gumt', who: 'team member', has: '近期到期' },
  { name: 'luoqh', who: 'head of a department', has: '出现异常' },
  { name: 'menghj', who: 'branch secretary', has: '全年节奏' },
  { name: 'songal', who: 'member', has: '我的学时' },
] as const

const languages = [
  ['中文', 'large'],
  ['English', 'office'],
  ['中文', 'office'],
] as const

/** Each number of the sentence opens as many rows, those of rows that stand for several counted one by one. */
async function assertFigures({ page }: Visit): Promise<void> {
  const links = page.locator('.today-sentence a')
  const said = await links.evaluateAll((all) => all.map((one) => [one.getAttribute('href'), one.textContent] as const))
  for (const [href, words] of said) {
    assert.ok(href)
    const number = Number(/\d+/.exec(words ?? '')?.[0])
    await page.goto(href)
    await settled(page)
    const part = new URL(href, 'http://x').searchParams.get('open')
    const shown = await page.locator(`[data-part="${part}"]`).evaluate((panel) => {
      const rows = [...panel.querySelectorAll('.work-row, .today-posts li, .decide')]
      return rows.filter((row) => !row.querySelector('[aria-expanded="true"]')).length
    })
    assert.equal(shown, number, `${words}: ${shown} rows`)
  }
}

for (const { name, who, has } of people)
  test(
    ...journey.step(
      `the home page of a ${who} reads well and its numbers open their rows`,
      async () => {
        const visit = await journey.visit()
        const { page } = visit
        await visit.signIn(name)
        await page.goto('/today')
        await settled(page)
        await page.getByText(has).first().waitFor()
        for (const [language, screen] of languages) {
          await page.getByRole('button', { name: language, exact: true }).click()
          await page.locator(`html[lang="${language === '中文' ? 'zh-CN' : 'en'}"]`).waitFor({ state: 'attached' })
          await page.setViewportSize(screens[screen])
          await drawn(page)
          await assertNoSideScroll(page, `${who}, ${screen}`)
          await assertAccessible(page, `${who}, ${language}`)
          await shoot(page, `home-${name}-${language}-${screen}`)
        }
        await assertFigures(visit)
        assert.deepEqual(visit.complaints, [])
      },
      { standsAlone: true },
    ),
  )
