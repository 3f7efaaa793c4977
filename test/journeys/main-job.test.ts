import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { choose, chooseFile, clickBefore, numberIn, typeDay } from './support/forms.ts'
import { openJourney, shoot, type Visit } from './support/journey.ts'

// The main job in a browser: a work plan becomes duties that somebody owns, a year's record fills the next speech.
const journey = await openJourney()
const { step } = journey
const papers = join(import.meta.dirname, '../../catalogue/demo/documents')
const year = new Date().getFullYear() + 1
const section = '供排水科'

let clerk: Visit
let head: Visit
/** Title of the duty that goes its whole way. */
let duty = ''
let lateDuty = ''
let frozen = ''
let evidence = ''

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** The tab of the review that shows drafts in a state, with their number. */
const show = (page: Page, name: string): Locator =>
  page.getByRole('radiogroup', { name: '看哪些条目' }).getByText(new RegExp(`^${name} \\d+$`))

test(
  ...step('the clerk signs in and finds the place of his work', async () => {
    clerk = await journey.visit()
    await clerk.page.goto('/')
    await clerk.page.waitForURL('**/sign-in**')
    await clerk.signIn('zhouya')
    await clerk.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '文件导入' }).click()
    await clerk.page.getByRole('heading', { level: 1, name: '文件导入' }).waitFor()
  }),
)

test(
  ...step('he takes the work plan in for another year and comes to its review', async () => {
    const { page } = clerk
    await chooseFile(page, button(page, /选择文件$/), join(papers, '2026-work-points.txt'))
    await page.getByText(/^已选：2026-work-points.txt/).waitFor()
    await page.getByLabel('年度', { exact: true }).fill(String(year))
    await button(page, '导入并核对').click()
    await page.waitForURL('**/review**')
    await page.getByText(/^已核对 0 \/ \d+/).waitFor()
    await shoot(page, 'main-job-review')
  }),
)

test(
  ...step('he confirms with a key, merges, takes it back, and splits at the place where he clicked', async () => {
    const { page } = clerk
    const count = async () => Number(/\/ (\d+)/.exec(await page.getByText(/^已核对 \d+ \/ \d+/).innerText())?.[1])
    const all = await count()
    await page.keyboard.press('Enter')
    await page.getByText(/^已核对 1 \/ /).waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('m')
    await page.getByText(new RegExp(`^已核对 \\d / ${all - 1}`)).waitFor()
    await page.keyboard.press('z')
    await page.getByText(new RegExp(`^已核对 1 / ${all}`)).waitFor()
    const source = page.getByRole('region', { name: '原文' }).first()
    await clickBefore(page, source, '每季度至少集体学习')
    await page.keyboard.press('s')
    await page.getByText(new RegExp(`^已核对 1 / ${all + 1}`)).waitFor()
    await button(page, /^撤销/).click()
    await page.getByText(new RegExp(`^已核对 1 / ${all}`)).waitFor()
  }),
)

test(
  ...step('he says of one draft that it is no duty, and confirms the others key by key', async () => {
    const { page } = clerk
    await page.keyboard.press('x')
    await show(page, '不是责任').filter({ hasText: '1' }).waitFor()
    for (let press = 0; (await numberIn(show(page, '未核对'))) > 0; press++) {
      assert.ok(press < 120, 'the review comes to its end')
      await page.keyboard.press('Enter')
    }
    await page.getByText('全部核对完了').waitFor()
  }),
)

test(
  ...step('he cannot go on while clauses are undecided; he leaves one, then the rest, on purpose', async () => {
    const { page } = clerk
    // How many clauses stay undecided depends on how well the text is read.
    const undecided = await numberIn(show(page, '未定'))
    if (undecided > 0) {
      await button(page, /^编入清单草案/).click()
      await page.getByText(/^没有编入：还有 \d+ 句未定/).waitFor()
      await button(page, '有意留空').first().click()
      await page.getByText('未定的句子里，有意留空 1 句').waitFor()
    }
    if (undecided > 1) {
      await button(page, /句全部有意留空$/).click()
      await button(page, /句全部有意留空$/).waitFor({ state: 'detached' })
    }
    await button(page, /^编入清单草案/).click()
    await page.waitForURL('**/duties?**')
    await page.getByRole('heading', { level: 1, name: '责任清单' }).waitFor()
  }),
)

test(
  ...step('he gives the draft list an owner and issues it', async () => {
    const { page } = clerk
    await page.getByRole('checkbox', { name: '全选' }).check()
    await button(page, '分派').click()
    const dialog = page.getByRole('dialog')
    await choose(page, dialog.getByLabel('牵头单位'), section)
    await dialog.getByRole('button', { name: '分派' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await button(page, '印发第1版').click()
    await page.getByRole('dialog').getByRole('button', { name: '印发' }).click()
    await page
      .getByText(new RegExp(`${year}年 第1版`))
      .first()
      .waitFor()
    await shoot(page, 'main-job-list')
  }),
)

test(
  ...step('the head of the section signs in at another PC, takes a duty on, reports and submits', async () => {
    head = await journey.visit()
    const { page } = head
    await head.signIn('luoqh')
    await page.goto(`/duties?year=${year}`)
    const row = page
      .getByRole('row')
      .filter({ hasText: '未领责', has: page.getByRole('checkbox') })
      .first()
    duty = await row.getByRole('link').first().innerText()
    await row.getByRole('checkbox').check()
    await button(page, '领责（1）').click()
    await page.getByRole('link', { name: duty, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: duty }).waitFor()
    await writeProgress(page, '已制定方案，正在实施')
    await submit(page)
    assert.equal(await button(page, '验收销号').count(), 0, 'who submitted is not offered to verify')
  }),
)

test(
  ...step('the clerk verifies and the duty is closed', async () => {
    const { page } = clerk
    await page.goto(`/duties?year=${year}&view=awaiting`)
    await page.getByRole('link', { name: duty, exact: true }).click()
    await button(page, '验收销号').click()
    await page.getByRole('heading', { name: '已经办结' }).waitFor()
  }),
)

test(
  ...step('a duty that was late stays 逾期补办 after it is closed', async () => {
    const { page } = clerk
    lateDuty = '补报汛前检查情况'
    await page.goto('/duties')
    await button(page, /增补事项$/).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('清单外交办').click()
    await dialog.getByLabel('责任事项').fill(lateDuty)
    await choose(page, dialog.getByLabel('牵头单位'), section)
    await typeDay(dialog.getByLabel('时限'), yesterday())
    await dialog.getByRole('button', { name: '立项' }).click()
    await page.getByRole('heading', { level: 1, name: lateDuty }).waitFor()
    const own = head.page
    await own.goto(new URL(page.url()).pathname + new URL(page.url()).search)
    await button(own, '领责').click()
    await submit(own)
    await page.reload()
    await page.getByText(/销号后“逾期补办”标记保留/).waitFor()
    await button(page, '验收销号').click()
    await page.getByRole('heading', { name: '已经办结' }).waitFor()
    await page.getByText('逾期补办').first().waitFor()
  }),
)

test(
  ...step('the clerk records a meeting from the roster with one absent and sees what it will change', async () => {
    const { page } = clerk
    await page.keyboard.press('n')
    await page.getByRole('heading', { level: 1, name: '记一笔' }).waitFor()
    await choose(page, page.getByRole('combobox', { name: /活动种类/ }), '支部党员大会')
    await choose(page, page.getByRole('combobox', { name: /党组织/ }), '第一党支部')
    await page.getByRole('textbox', { name: /主题/ }).fill('讨论发展党员')
    const chips = page.getByRole('group', { name: '出席' }).getByRole('button')
    await chips.first().waitFor()
    const expected = await chips.count()
    await chips.first().click()
    await page.getByText(`实到 ${expected - 1}`).waitFor()
    const effects = page.getByRole('complementary')
    await effects.getByRole('heading', { name: '保存后会出现在' }).waitFor()
    await effects
      .getByText(/\d+ → \d+/)
      .first()
      .waitFor()
    await shoot(page, 'main-job-record')
    await button(page, /^保存记录/).click()
    await page.getByText(`应到 ${expected}，实到 ${expected - 1}。`).waitFor()
  }),
)

test(
  ...step('a speech with masked figures is filled from records, and a figure leads to them', async () => {
    const { page } = clerk
    await page.getByRole('link', { name: '述职报告' }).click()
    await button(page, '新建报告').first().click()
    await chooseFile(page, button(page, /选文件$/), join(papers, '2025-year-review.txt'))
    await page.getByText(/^已读入《2025-year-review》/).waitFor()
    await page.getByLabel('题目').fill('2025年管党治党工作总结')
    await page.getByLabel('年度').fill('2025')
    await button(page, '取数并建草稿').click()
    await page.getByRole('heading', { level: 2, name: /^数字 \d+/ }).waitFor()
    const text = page.getByRole('region', { name: '报告全文' })
    await text
      .getByRole('button', { name: /已取数，打开出处$/ })
      .first()
      .click()
    const drawer = page.getByRole('complementary')
    await drawer.getByText('口径', { exact: true }).waitFor()
    await drawer.getByRole('heading', { name: /条记录$/ }).waitFor()
    assert.ok((await drawer.getByRole('listitem').count()) > 0, 'its records stand below')
    await shoot(page, 'main-job-report')
  }),
)

test(
  ...step('he leaves a figure masked with its reason, and freezes', async () => {
    const { page } = clerk
    const text = page.getByRole('region', { name: '报告全文' })
    await text
      .getByRole('button', { name: /待绑定，打开出处$/ })
      .first()
      .click()
    await button(page, '留空').click()
    await page.getByLabel('留空原因').fill('口径未定')
    await button(page, '留空').click()
    await page.getByText('按留空处理').waitFor()
    await button(page, '进入核对').click()
    await button(page, '定稿').click()
    await page.getByRole('dialog').getByRole('button', { name: /定稿$/ }).click()
    await page.waitForURL('**/reports/frozen/**')
    frozen = new URL(page.url()).pathname
  }),
)

test(
  ...step(
    'he takes the text and its evidence along; the evidence opens from disk with no network and agrees',
    async () => {
      const { page } = clerk
      await button(page, /DOCX$/).click()
      const docx = await download(page, /讲话稿/)
      assert.equal(readFileSync(docx).subarray(0, 2).toString(), 'PK')
      evidence = await download(page, /存证文件/)
      const reader = await journey.visit()
      await reader.context.setOffline(true)
      const asked: string[] = []
      reader.page.on('request', (request) => asked.push(request.url()))
      await reader.page.goto(`file://${evidence}`)
      await reader.page.getByText(/^核对一致：\d+ 项数字/).waitFor()
      assert.deepEqual(
        asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:')),
        [],
      )
      assert.deepEqual(reader.complaints, [])
      await reader.context.close()
    },
  ),
)

test(
  ...step('luze verify agrees with the evidence, and with an altered one it does not', async () => {
    const { code, out, err } = await journey.server.luze('verify', evidence)
    assert.equal(code, 0, out + err)
    const altered = join(journey.server.folder, 'altered.html')
    writeFileSync(
      altered,
      readFileSync(evidence, 'utf8').replace(/"value":(\d+)/, (_, value) => `"value":${Number(value) + 1}`),
    )
    assert.equal((await journey.server.luze('verify', altered)).code, 1)
  }),
)

test(
  ...step('after one more record of that year the frozen report recounts to the same values', async () => {
    const { page } = clerk
    await page.goto('/activities/new')
    await choose(page, page.getByRole('combobox', { name: /活动种类/ }), '中心组集体学习')
    await typeDay(page.getByRole('textbox', { name: /发生日期/ }), '2025-6-6')
    const effects = page.getByRole('complementary')
    await effects
      .getByText(/\d+ → \d+/)
      .first()
      .waitFor()
    await button(page, /^保存记录/).click()
    await page
      .getByText(/^已保存：/)
      .first()
      .waitFor()
    await page.goto(frozen)
    await button(page, '复核数字').click()
    await page.getByText(/^全部 \d+ 处按定稿时的记录重数，与定稿一致/).waitFor()
    await page.getByText(/^\d+ 处现在的数与定稿不同/).waitFor()
    assert.deepEqual(clerk.complaints, [])
    assert.deepEqual(head.complaints, [])
  }),
)

function yesterday(): string {
  return new Date(Date.now() - 24 * 3600 * 1000 + 8 * 3600 * 1000).toISOString().slice(0, 10)
}

async function writeProgress(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: '写一条进展' }).fill(text)
  await button(page, '记进展').click()
  await page.getByText(text).first().waitFor()
}

/** Submits the open duty with one proof for each measure. */
async function submit(page: Page): Promise<void> {
  await button(page, '送审').click()
  const proofs = page.getByLabel(/^依据：/)
  for (const proof of await proofs.all()) await proof.fill('会议纪要第3号')
  await page.getByLabel(/^送审说明/).fill('全部完成')
  await button(page, '送审').click()
  await page.getByText(/送审人不能验收/).waitFor()
}

/** Clicks what downloads a file; returns where it lies. */
async function download(page: Page, name: RegExp): Promise<string> {
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name }).or(button(page, name)).first().click()
  const file = await coming
  const path = join(journey.server.folder, file.suggestedFilename())
  await file.saveAs(path)
  return path
}
