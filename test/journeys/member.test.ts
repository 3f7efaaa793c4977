import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openJourney, shoot, type Visit } from './support/journey.ts'
import { settled } from './support/page-checks.ts'

// A plain member sees what is his; a page that is not his looks like one that is not there.
const journey = await openJourney()
const { step } = journey
let member: Visit
let clerk: Visit

// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
async function ask(visit: Visit, query: string): Promise<any> {
  return (await visit.context.request.get(`/api/v1/${query}`)).json()
}

/** What the main part of a page says, once the page is complete. */
async function said(page: Page, address: string): Promise<string> {
  await page.goto(address)
  await settled(page)
  return page.getByRole('main').innerText()
}

test(
  ...step('a member signs in and finds only the places that are his', async () => {
    member = await journey.visit()
    await member.signIn('songal')
    const places = member.page.getByRole('navigation', { name: '主导航' }).getByRole('link')
    const names = await places.allInnerTexts()
    for (const name of ['工作台', '责任清单', '活动记录']) assert.ok(names.includes(name), names.join('、'))
    for (const name of ['文件导入', '述职报告', '机构人员', '日志存证'])
      assert.ok(!names.includes(name), names.join('、'))
    await shoot(member.page, 'member-today')
  }),
)

test(
  ...step('he finds the activities in which he took part, and in them of all attendance his own', async () => {
    const { page } = member
    clerk = await journey.visit()
    await clerk.signIn('zhouya')
    await page.goto('/activities')
    await page.getByText('这里只列您参加过的活动').waitFor()
    assert.equal(await page.getByRole('button', { name: '记一笔', exact: true }).count(), 0, 'he keeps no records')
    const { total } = await ask(member, 'activity.list?limit=1&attendedByMe=true')
    assert.ok(total > 0 && total < (await ask(clerk, 'activity.list?limit=1')).total)
    await page.getByRole('region', { name: '活动记录' }).getByRole('link').first().click()
    await page.getByText('只显示您本人').waitFor()
    const names = ['虞晚晴', '白若溪', '冯乐山', '陶静仪']
    const main = await page.getByRole('main').innerText()
    for (const name of names)
      assert.ok(!main.includes(`${name}，`) && !main.includes(`${name}\n`), `${name} is not shown`)
    await shoot(page, 'member-activity')
  }),
)

test(
  ...step('pages of others, and others’ records on pages of his, look like pages that are not there', async () => {
    const { page } = member
    const nothing = await said(page, '/nowhere')
    assert.match(nothing, /^没有这个页面，或不在您的查看范围内/)
    const report = (await ask(clerk, 'report.list?limit=1')).items[0].id
    const document = (await ask(clerk, 'document.list?limit=1')).items[0].id
    const mine = new Set(
      (await ask(member, 'activity.list?limit=500')).items.map((one: { activityId: string }) => one.activityId),
    )
    const others = (await ask(clerk, 'activity.list?limit=500')).items.find(
      (one: { activityId: string }) => !mine.has(one.activityId),
    )
    const faults: string[] = []
    for (const address of [
      '/documents',
      `/documents/${document}/review`,
      '/reports',
      '/reports/new',
      `/reports/${report}`,
      '/journal',
      `/activities/${others.activityId}`,
    ]) {
      const text = await said(page, address)
      if (text !== nothing) faults.push(`${address}: ${text.slice(0, 120)}`)
    }
    assert.deepEqual(faults, [])
  }),
)
