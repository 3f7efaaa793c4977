import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { accounts } from '../../web/words/zh/accounts.ts'
import { choose } from './support/forms.ts'
import { openJourney, shoot, type Visit } from './support/journey.ts'

// What a person typed outlives a broken line and an ended session; what must not come in is kept nowhere.
const journey = await openJourney()
const { step } = journey
let secretary: Visit

const save = (page: Page) => page.getByRole('button', { name: /^(保存记录|联网后保存)/ }).first()

/** Starts a record of the branch's Party day with a theme; the roster is there when it returns. */
async function startRecord(page: Page, theme: string): Promise<void> {
  await page.goto('/activities/new')
  await choose(page, page.getByRole('combobox', { name: /活动种类/ }), '主题党日')
  await page.getByRole('textbox', { name: /主题/ }).fill(theme)
  await firstOfRoster(page).waitFor()
}

const firstOfRoster = (page: Page) => page.getByRole('group', { name: '出席' }).getByRole('button').first()

/** How many records of the list have this theme. */
async function recorded(page: Page, theme: string): Promise<number> {
  await page.goto('/activities')
  await page.getByText(/^共 \d+ 条/).waitFor()
  return page.getByRole('link', { name: theme, exact: true }).count()
}

test(
  ...step('a secretary types a record, and the line breaks', async () => {
    secretary = await journey.visit()
    const { page, context } = secretary
    await secretary.signIn('menghj')
    await startRecord(page, '断线时写的一次活动')
    await context.setOffline(true)
    await firstOfRoster(page).click()
    await page.getByText(/^与服务器断开，正在重连/).waitFor()
  }),
)

test(
  ...step('he types on and saves; it is kept once the line is back, and only once', async () => {
    const { page, context } = secretary
    await page.getByRole('textbox', { name: /佐证/ }).fill('支部记录本第14页')
    assert.equal(await page.getByRole('textbox', { name: /主题/ }).inputValue(), '断线时写的一次活动')
    await page.getByRole('button', { name: '联网后保存' }).first().click()
    await shoot(page, 'connection-offline')
    await context.setOffline(false)
    await page
      .getByText(/^已保存：/)
      .first()
      .waitFor()
    assert.equal(await recorded(page, '断线时写的一次活动'), 1)
  }),
)

test(
  ...step(
    'his session ends on the server while he types; he signs in on top of the page and nothing is lost',
    async () => {
      const { page, context } = secretary
      await startRecord(page, '登录过期时写的一次活动')
      const ended = await context.request.post('/api/v1/session.close', { data: {} })
      assert.equal(ended.ok(), true, await ended.text())
      await save(page).click()
      const again = page.getByRole('dialog', { name: accounts.signIn.again })
      await again.waitFor()
      await shoot(page, 'connection-signed-out')
      await again.getByLabel(accounts.signIn.password, { exact: true }).fill('wrong')
      await again.getByRole('button', { name: accounts.signIn.verb, exact: true }).click()
      await again.getByRole('alert').waitFor()
      await again.getByLabel(accounts.signIn.password, { exact: true }).fill(journey.server.password)
      await again.getByRole('button', { name: accounts.signIn.verb, exact: true }).click()
      await page
        .getByText(/^已保存：/)
        .first()
        .waitFor()
      assert.equal(await recorded(page, '登录过期时写的一次活动'), 1)
    },
  ),
)

const noise = Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919 + (at >> 3) * 104729) % 256))
const wrong = [
  ['a picture under a text name', 'plan.txt', noise, /^文件没有收下：.*(不是文字|打不开)/],
  [
    'traditional characters',
    '要点.txt',
    Buffer.from('各級黨組織要認真學習貫徹會議精神，領導幹部帶頭執紀監督，對發現的問題認真總結，壓實責任。'.repeat(3)),
    /^文件没有收下：正文是繁体字/,
  ],
  [
    'a secrecy mark',
    '通知.txt',
    Buffer.from('秘密★一年\n关于开展专项检查的通知\n各科室要在6月底前完成自查。\n'),
    /^文件没有收下：首页标有/,
  ],
] as const

for (const [what, name, buffer, sentence] of wrong)
  test(
    ...step(`a file with ${what} is refused in words, and nothing of it is kept`, async () => {
      const visit = await journey.visit()
      const { page } = visit
      await visit.signIn('zhouya')
      await page.goto('/documents')
      const before = await page.getByText(/^已收下 \d+ 份文件$/).innerText()
      const asked = page.waitForEvent('filechooser')
      await page.getByRole('button', { name: /选择文件$/ }).click()
      await (await asked).setFiles({ name, mimeType: 'text/plain', buffer })
      await page.getByRole('button', { name: '导入并核对' }).click()
      await page.getByRole('alert').getByText(sentence).waitFor()
      await shoot(page, `connection-refused-${name}`)
      await page.reload()
      assert.equal(await page.getByText(/^已收下 \d+ 份文件$/).innerText(), before)
      await visit.context.close()
    }),
  )

test(
  ...step(
    'a browser that is too old shows a plain page in both languages instead of a white one',
    async () => {
      const visit = await journey.visit()
      const { page, context } = visit
      await context.addInitScript(() => {
        CSS.supports = () => false
      })
      await page.goto('/')
      await page.getByText(/^这台电脑的浏览器太旧/).waitFor()
      await page.getByText(/^The browser of this computer is too old/).waitFor()
      assert.equal(await page.locator('#root').count(), 0)
      await shoot(page, 'connection-old-browser')
      assert.deepEqual(visit.complaints, [])
      await context.close()
    },
    { standsAlone: true },
  ),
)

test(
  ...step(
    'the oldest browser that is promised lacks functions of newer ones, and the pages work in it',
    async () => {
      const visit = await journey.visit()
      const { page, context } = visit
      await context.addInitScript(() => {
        for (const name of ['toSorted', 'toReversed', 'toSpliced', 'with'])
          Reflect.deleteProperty(Array.prototype, name)
        for (const name of ['groupBy']) Reflect.deleteProperty(Map, name)
        for (const name of ['groupBy']) Reflect.deleteProperty(Object, name)
        for (const name of ['withResolvers', 'try']) Reflect.deleteProperty(Promise, name)
        for (const name of ['union', 'intersection', 'difference', 'isSubsetOf'])
          Reflect.deleteProperty(Set.prototype, name)
        Reflect.deleteProperty(globalThis, 'Iterator')
        Reflect.deleteProperty(Document.prototype, 'startViewTransition')
      })
      await visit.signIn('menghj')
      for (const path of ['/today', '/duties', '/obligations', '/plans', '/study', '/talks']) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
      }
      assert.deepEqual(visit.complaints, [])
      await context.close()
    },
    { standsAlone: true },
  ),
)
