import assert from 'node:assert/strict'
import { test } from 'node:test'
import { counted, countFromNow } from './support/acts.ts'
import { call, openJourney, shoot, type Visit } from './support/journey.ts'
import { assertAccessible, settled } from './support/page-checks.ts'
import { said, words } from './support/words.ts'

// A leader's two minutes through the office: a clerk acts for him under his mandate, everybody sees that she does, what
// waits for him is decided at his word, and the record names both.
const journey = await openJourney()
const agent = '周予安'
const leader = '沈望舒'
/** What the two minutes may cost: both decisions with their words, from the click on the own name to being oneself again. */
const ACTS_MAX = 12
const SECONDS_MAX = 120

/** A day so many days from now, as the bureau counts days. */
const dayIn = (days: number) => new Date(Date.now() + (days * 24 + 8) * 3600_000).toISOString().slice(0, 10)

/** Two tasks that the leader gave: one comes back done, for the other more time is asked. */
async function leaveTwoToDecide(clerk: Visit, head: Visit, titles: readonly [string, string]): Promise<void> {
  const posts = (await call(clerk, 'post.list')).items
  const units = (await call(clerk, 'unit.tree')).items
  const leaderPostId = posts.find((post: { holders: { name: string }[] }) =>
    post.holders.some(({ name }) => name === leader),
  ).postId
  const leadUnitId = units.find(({ name }: { name: string }) => name === '供排水科').unitId
  for (const [at, title] of titles.entries()) {
    const { id } = await call(clerk, 'duty.open', { title, leadUnitId, leaderPostId, dueOn: dayIn(5) })
    await call(head, 'duty.take-on', { ids: [id] })
    if (at === 0) await call(head, 'duty.submit', { id, text: '六个站点已清点' })
    else await call(head, 'duty.postpone', { id, dueOn: dayIn(20), reason: '设备未到货' })
  }
}

for (const language of ['zh', 'en'] as const) {
  const { shell, today, duties, ui } = words[language]
  const titles = [`清点防冻物资 ${language}`, `更换井口压力表 ${language}`] as const
  let clerk: Visit
  let began = 0
  let acts = { keys: 0, clicks: 0 }
  const step = (name: string, work: () => Promise<void>) => journey.step(`${name} (${language})`, work)

  test(
    ...step('the clerk says for whom she acts; the page says so and shows what waits for him', async () => {
      clerk = await journey.visit({ language })
      await clerk.signIn('zhouya')
      const head = await journey.visit()
      await head.signIn('luoqh')
      await leaveTwoToDecide(clerk, head, titles)
      await head.context.close()
      const { page } = clerk
      await page.goto('/today')
      await settled(page)
      await countFromNow(page)
      began = performance.now()
      await page.getByRole('button', { name: agent }).click()
      await page
        .getByRole('menuitem', { name: said(shell.behalf.begin, { name: leader, to: '' }).slice(0, 10) })
        .click()
      await page.getByText(said(shell.behalf.now, { name: leader })).waitFor()
      await page.getByRole('heading', { name: today.panel.decide }).waitFor()
      for (const title of titles) await page.getByRole('link', { name: title }).waitFor()
      await shoot(page, `leader-today-${language}`)
      await assertAccessible(page, `acting for a leader, ${language}`)
    }),
  )

  test(
    ...step('one comes back done and is accepted with his words, for the other more time is granted', async () => {
      const { page } = clerk
      const one = page.locator('.decide').filter({ hasText: titles[0] })
      await one.getByRole('button', { name: today.decide.verify.yes, exact: true }).click()
      await one.getByLabel(today.decide.words.yes).focus()
      await page.keyboard.insertText('同意，春节前再查一次')
      await page.keyboard.press('Enter')
      await one.waitFor({ state: 'detached' })
      const other = page.locator('.decide').filter({ hasText: titles[1] })
      const yes = other.getByRole('button', { name: today.decide['decide-extension'].yes, exact: true })
      await yes.first().click()
      await page.keyboard.press('Enter')
      await other.waitFor({ state: 'detached' })
      await page.getByRole('button', { name: shell.behalf.end }).click()
      await page.getByText(said(shell.behalf.now, { name: leader })).waitFor({ state: 'detached' })
      const seconds = (performance.now() - began) / 1000
      acts = await counted(page)
      console.log(
        `cost: a leader's two minutes (${language}): 2 decisions, 1 field, ${acts.keys} key presses beside the words, ${acts.clicks} clicks, ${seconds.toFixed(0)} s by machine`,
      )
      assert.ok(acts.keys + acts.clicks <= ACTS_MAX, JSON.stringify(acts))
      assert.ok(seconds <= SECONDS_MAX)
    }),
  )

  test(
    ...step('the course of the duty, the journal and the leader himself see both names', async () => {
      const { page } = clerk
      const both = said(duties.course.onBehalf, { by: agent, principal: leader })
      const { items } = await call(clerk, `duty.list?q=${encodeURIComponent(titles[0])}`)
      const address = `/duties/${items[0].no}?year=${items[0].year}`
      await page.goto(address)
      await page.getByText(`${both} ${duties.event.verified}`).waitFor()
      await page.getByText('同意，春节前再查一次').waitFor()
      await shoot(page, `leader-duty-${language}`)
      const journal = words[language].journal.acts
      await page.goto('/journal')
      const row = page.getByRole('row').filter({ hasText: said(journal.for, { name: leader }) })
      await row.first().getByText(agent).waitFor()
      const himself = await journey.visit({ language })
      await himself.signIn('shenws')
      await himself.page.goto(address)
      await himself.page.getByText(`${both} ${duties.event.verified}`).waitFor()
      assert.equal(await himself.page.getByRole('button', { name: ui.retry }).count(), 0)
      assert.deepEqual([...clerk.complaints, ...himself.complaints], [])
      await himself.context.close()
    }),
  )
}
