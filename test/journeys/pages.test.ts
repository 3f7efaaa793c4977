import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { navigation } from '../../web/navigation.ts'
import { accounts } from '../../web/words/en/accounts.ts'
import { ui as en } from '../../web/words/en/ui.ts'
import { ui as zh } from '../../web/words/zh/ui.ts'
import { openJourney, screens, shoot, type Visit } from './support/journey.ts'
import { assertAccessible, assertNoSideScroll, drawn, foldHeight, settled } from './support/page-checks.ts'

// Every page as a person of the Party office sees it: both languages, both screens.
const journey = await openJourney()

/** Words of the button or link that a page is for, in both languages. */
type Primary = { zh: string | RegExp; en: string | RegExp }
type Shown = {
  name: string
  /** The address, or what to do on the page before it. */
  path: string | (() => Promise<string>)
  primary?: Primary
  /** True for the one page that is meant not to be there. */
  absent?: boolean
}

/** Each language on one screen, each screen in one language; LUZE_JOURNEYS=all looks at all four. */
const pairs = [
  ['zh', 'office'],
  ['en', 'large'],
  ...(process.env['LUZE_JOURNEYS'] === 'all'
    ? ([
        ['en', 'office'],
        ['zh', 'large'],
      ] as const)
    : []),
]

const nothing = new RegExp(`^(${zh.noRight.title}|${en.noRight.title})`)
let visit: Visit
const languages = [
  ['zh', '中文', 'zh-CN'],
  ['en', 'English', 'en'],
] as const

/** What the server answers to the person of the window. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read by name.
async function ask(query: string): Promise<any> {
  const answer = await visit.context.request.get(`/api/v1/${query}`)
  assert.equal(answer.status(), 200, `${query}: ${await answer.text()}`)
  return answer.json()
}

/** Fails unless the verb that the page is for is seen on the office PC without scrolling. */
async function assertPrimary(page: Page, words: string | RegExp, where: string): Promise<void> {
  await page.setViewportSize({ ...screens.office, height: foldHeight })
  const main = page.getByRole('main')
  const verb = main
    .getByRole('button', { name: words })
    .or(main.getByRole('link', { name: words }))
    .first()
  const box = await verb.boundingBox()
  await page.setViewportSize(screens.office)
  assert.ok(box, `${where}: its verb is there`)
  assert.ok(box.y + box.height <= foldHeight, `${where}: its verb ends at ${Math.round(box.y + box.height)} px`)
}

/** Looks at the page that is open in both languages on both screens. */
async function look(page: Page, { name, primary, absent = false }: Shown): Promise<void> {
  const faults: unknown[] = []
  await settled(page)
  const held = (check: Promise<void>) => check.catch((error) => void faults.push(error))
  for (const [language, word, tag] of languages) {
    await page.getByRole('button', { name: word, exact: true }).click()
    await page.locator(`html[lang="${tag}"]`).waitFor({ state: 'attached' })
    for (const [screen, size] of Object.entries(screens)) {
      await page.setViewportSize(size)
      await drawn(page)
      if (!absent) assert.equal(await page.getByText(nothing).count(), 0, `${name} is not there`)
      const where = `${name}, ${language}, ${screen}`
      await held(assertNoSideScroll(page, where))
      if (pairs.some(([one, other]) => one === language && other === screen)) await held(assertAccessible(page, where))
      if (primary && screen === 'office') await held(assertPrimary(page, primary[language], where))
      await shoot(page, `${name}-${language}-${size.width}`)
    }
  }
  await page.setViewportSize(screens.office)
  const said = visit.complaints.splice(0)
  if (said.length > 0) faults.push(new Error(`${name}: the page complained\n${said.join('\n')}`))
  if (faults.length === 1) throw faults[0]
  if (faults.length > 1) throw new Error(faults.map((one) => (one as Error).message).join('\n'))
}

function looks(shown: Shown): void {
  test(
    ...journey.step(
      `${shown.name}: reads well in both languages on both screens`,
      async () => {
        await visit.page.goto(typeof shown.path === 'string' ? shown.path : await shown.path())
        await look(visit.page, shown)
      },
      { standsAlone: true },
    ),
  )
}

test(
  ...journey.step('the page of signing in, and what it says of a wrong password, read well', async () => {
    visit = await journey.visit()
    const { page } = visit
    await page.goto('/sign-in')
    await look(page, { name: 'sign-in', path: '/sign-in', primary: { zh: '登录', en: 'Sign in' } })
    await page.getByLabel(accounts.signIn.name, { exact: true }).fill('zhouya')
    await page.getByLabel(accounts.signIn.password, { exact: true }).fill('not the password')
    await page.getByRole('button', { name: accounts.signIn.verb, exact: true }).click()
    await page.getByRole('alert').waitFor()
    // The refusal itself is an answer 4xx, which a browser notes.
    visit.complaints.splice(0)
    await assertAccessible(page, 'a wrong password')
    await page.goto('/first-use')
    await look(page, { name: 'first-use', path: '/first-use' })
    await visit.signIn('zhouya')
  }),
)

const primaries: Partial<Record<(typeof navigation)[number]['key'], Primary>> = {
  documents: { zh: '导入并核对', en: 'Import and review' },
  activities: { zh: '记一笔', en: 'Record an activity' },
  plans: { zh: '列入计划', en: 'Plan something' },
  reports: { zh: '新建报告', en: 'New report' },
}
for (const { key, path } of navigation)
  looks({ name: key, path, ...(primaries[key] ? { primary: primaries[key] } : {}) })

const thisYear = new Date().getFullYear()
const reportWhere = async (is: (one: { state: string }) => boolean) =>
  (await ask('report.list?limit=50')).items.find(is) as { id: string; reportId: string }

for (const path of ['/help/', '/help/pages', '/help/fields']) looks({ name: `manual ${path}`, path })

test(
  ...journey.step(
    'the question mark opens the section of the manual on this page, in a window of its own',
    async () => {
      const { page, context } = visit
      await page.goto('/duties')
      await settled(page)
      await page.getByRole('button', { name: /^(帮助|Help)$/ }).click()
      const opened = context.waitForEvent('page')
      await page.getByRole('menuitem', { name: /^(本页怎么用|About this page)$/ }).click()
      const manual = await opened
      await settled(manual)
      await manual.waitForFunction(() => document.activeElement?.textContent?.includes('/duties'))
      assert.equal(new URL(page.url()).pathname, '/duties')
      await manual.close()
    },
    { standsAlone: true },
  ),
)

looks({ name: 'what waits for me', path: '/today?open=waiting' })
looks({ name: 'what is late', path: '/today?open=late' })
looks({ name: 'search', path: '/search' })
looks({ name: 'hits', path: `/search?q=${encodeURIComponent('供水')}` })
looks({ name: 'hits of one kind', path: `/search?q=${encodeURIComponent('供水')}&kind=activity` })
looks({ name: 'nothing found', path: '/search?q=zzzz' })
looks({ name: 'quarterly sheet', path: '/duties/sheet' })
looks({
  name: 'review',
  path: async () => `/documents/${(await ask('document.list?limit=10')).items[0].id}/review`,
})
looks({ name: 'late duties', path: '/duties?view=late&group=unit' })
looks({ name: 'duties against the year before', path: `/duties?year=${thisYear}&against=${thisYear - 1}` })
looks({
  name: 'two standings of one list',
  path: `/duties?year=${thisYear}&against=${thisYear}&againstVersion=1&change=changed`,
})
looks({ name: 'first version of the list', path: `/duties?year=${thisYear - 1}&version=1` })
looks({
  name: 'one duty',
  path: async () => {
    const [duty] = (await ask('duty.list?limit=1')).items
    return `/duties/${duty.no}?year=${duty.year}`
  },
})
looks({
  name: 'one cited document',
  path: async () => `/citations?cite=${(await ask('cite.list?limit=1')).items[0].id}`,
})
looks({ name: 'record', path: '/activities/new', primary: { zh: /^保存记录/, en: /^Save/ } })
looks({
  name: 'one activity',
  path: async () => `/activities/${(await ask('activity.list?limit=1')).items[0].activityId}`,
})
looks({ name: 'activities filtered to nothing', path: '/activities?kind=party-fee' })
for (const query of [
  'tab=groups',
  'view=calendar',
  'view=list&outcome=unmet',
  'tab=hours',
  'tab=talks',
  'tab=personal',
])
  looks({ name: `what is owed, ${query}`, path: `/obligations?${query}` })
looks({
  name: 'why something is owed',
  path: async () =>
    `/obligations?open=${encodeURIComponent((await ask('obligation.list?limit=1&outcome=unmet')).items[0].obligationId)}`,
})
looks({ name: 'one rule', path: '/rules?rule=theory-group-study' })
looks({ name: 'notices', path: '/notices' })
for (const tab of ['coverage', 'plan', 'reminders', 'counts'])
  looks({ name: `talks, ${tab}`, path: `/talks?tab=${tab}` })
looks({ name: 'hours of each', path: '/study?tab=persons' })
looks({
  name: 'hours of one person',
  path: async () => `/study?tab=persons&person=${(await ask('hours.list?limit=1')).items[0].personId}`,
})
looks({
  name: 'what was added up for a rule',
  path: async () => `/study?rule=${(await ask('hours.get')).rules[0].rule}`,
})
looks({ name: 'what is to be read', path: '/study?tab=reading' })
looks({
  name: 'one plan',
  path: async () => {
    const [plan] = (await ask('plan.list?item=activity&limit=1')).items
    return `/plans?year=${plan.year}&plan=${plan.planId}`
  },
})
looks({ name: 'my page', path: '/me' })
looks({ name: 'what is kept of me', path: '/me?tab=kept' })
looks({ name: 'my settings', path: '/me?tab=settings' })
looks({ name: 'settings, digest', path: '/settings?tab=digest' })
looks({ name: 'settings, a year not announced', path: `/settings?year=${thisYear + 1}` })
for (const tab of ['handover', 'mandates', 'accounts'])
  looks({ name: `organisation, ${tab}`, path: `/organisation?tab=${tab}` })
looks({
  name: 'one person',
  path: async () => `/persons/${(await ask('hours.list?limit=1')).items[0].personId}`,
})
looks({ name: 'new report', path: '/reports/new', primary: { zh: '取数并建草稿', en: /^Count and/ } })
looks({
  name: 'draft report, checked',
  path: async () => `/reports/${(await reportWhere(({ state }) => state === 'draft')).id}?step=check&figure=1`,
})
looks({
  name: 'frozen report',
  path: async () => `/reports/frozen/${(await reportWhere(({ state }) => state === 'frozen')).reportId}?figure=1`,
})
looks({
  name: 'recount of a report',
  path: async () => `/reports/frozen/${(await reportWhere(({ state }) => state === 'frozen')).reportId}?recount=open`,
})
looks({ name: 'nothing here', path: '/nowhere', absent: true })
