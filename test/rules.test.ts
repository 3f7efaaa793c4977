import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { rulesOfRow } from '../src/core/catalogue/rules.ts'
import { rulesInForce } from '../src/core/rules/resolve.ts'
import { loadCatalogue } from '../src/platform/catalogue/catalogue.ts'
import { readCases, unknownOracles } from '../src/platform/catalogue/rule-cases.ts'
import { ruleSchemas } from '../src/platform/catalogue/rule-schemas.ts'
import { missesOf, trialsOf } from '../src/platform/catalogue/try-cases.ts'
import { filesUnder, read, root } from './tidy/sources.ts'

const catalogue = loadCatalogue()
const { bureau, files } = readCases()
const words = (text: string) => text.trim().split(/\s+/)

const hard =
  words(`secretary-lecture theme-party-day branch-org-life-meeting half-year-study branch-term cadre-training-div
  cadre-training-section personal-matters-annual inspection-rectify civil-servant-annual appointment-talk`)
const expected = words(`branch-general-meeting branch-committee-meeting subgroup-meeting member-appraisal
  heart-to-heart-branch dual-org-life democratic-life-meeting organ-plan-together term-reminder holiday-reminder
  risk-register leading-group-rules themed-education cadre-training-online`)
const unconfirmed = words(`theory-group-study ideology-twice leading-group-meeting member-study-hours
  responsibility-list talk-down secretary-debrief`)
const absent = words(`punishment-quorum punishment-announce punishment-report party-punishment-kinds
  state-sanction-period written-inquiry discipline-inquiry admonition tip-handling-outside tip-no-leak petition-register
  petition-close personal-matters-check interference-log`)

describe('The table of strictness', () => {
  const { rows } = catalogue.strictness
  const standing = (name: string) => rows.filter((row) => row.standing === name)
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).sort()

  test('has exactly these duties as deadlines, as expectations, as expectations that wait for confirmation', () => {
    assert.deepEqual(ids(standing('hard')), hard.toSorted())
    const sure = standing('expected').filter(({ confidence }) => confidence === 'high')
    assert.deepEqual(ids(sure), expected.toSorted())
    const waiting = standing('expected').filter(({ confidence }) => confidence !== 'high')
    assert.deepEqual(ids(waiting), unconfirmed.toSorted())
  })

  test('keeps every other duty dormant, as documentation, or absent', () => {
    const active = [...hard, ...expected, ...unconfirmed]
    for (const row of rows.filter(({ id }) => !active.includes(id)))
      assert.ok(['dormant', 'documentation', 'absent'].includes(row.standing), row.id)
    assert.deepEqual(ids(standing('absent')), absent.toSorted())
    for (const { id } of rows.filter(({ confidence }) => confidence === 'low'))
      assert.equal(catalogue.strictness.get(id).standing, 'documentation', id)
  })

  test('names each duty of the nine parts once', () => {
    const parts = Object.groupBy(rows, ({ part }) => part)
    const sizes = Object.entries(parts).map(([part, list]) => [part, list!.length])
    assert.deepEqual(sizes, [
      ['1.1', 19],
      ['1.2', 5],
      ['1.3', 16],
      ['1.4', 11],
      ['1.5', 11],
      ['1.6', 5],
      ['1.7', 20],
      ['1.8', 4],
      ['1.9', 10],
    ])
  })

  test('what is absent or read only has no rule, by any name', () => {
    for (const row of rows.filter((one) => one.standing === 'absent' || one.standing === 'documentation')) {
      assert.deepEqual(rulesOfRow(row), [])
      assert.equal(catalogue.rules.find(row.id), undefined, row.id)
    }
    const texts = filesUnder('catalogue/rules').filter((path) => /rules\/[a-z-]+\/(rules|cases)\//.test(path))
    const banned = /punish|sanction|inquiry|petition|interference|处分|函询|诫勉|检举|控告|信访|线索|插手/
    assert.deepEqual(
      texts.filter((path) => banned.test(path) || banned.test(read(path).replace(/^# .*$/gm, ''))),
      [],
    )
  })
})

describe('The shipped rules', () => {
  test('owe what the table says: deadlines may turn red, expectations never, dormant ones owe nothing', () => {
    const active = rulesInForce(catalogue.rules.rows, { confirmed: [], changes: [] })
    const rowOf = new Map(catalogue.strictness.rows.flatMap((row) => rulesOfRow(row).map((id) => [id, row] as const)))
    for (const rule of active) {
      const row = rowOf.get(rule.id)!
      assert.equal(rule.expected, row.standing === 'expected', rule.id)
      assert.equal(rule.unconfirmed, row.confidence === 'medium-high', rule.id)
    }
    const silent = catalogue.rules.rows.filter(({ id }) => !active.some((rule) => rule.id === id))
    const open = silent.filter(({ standing }) => standing !== 'dormant').map(({ id }) => id)
    assert.deepEqual(open.sort(), ['cadre-training-online', 'themed-education', 'tour-inspection-rectify'])
  })

  test('speak of talks only where a pair is kept, and of no rhythm for reminder, summons and admonition talks', () => {
    const talks = catalogue.rules.rows.flatMap(({ versions }) =>
      versions.flatMap(({ need }) => need.flatMap(({ of }) => ('talk' in of ? of.talk : []))),
    )
    assert.deepEqual([...new Set(talks)].sort(), [
      'appointment',
      'duty-talk-down',
      'heart-to-heart',
      'political',
      'pre-office',
    ])
  })

  test('say for each open choice how it is read, and show no article that was not seen', () => {
    for (const { id, versions } of catalogue.rules.rows)
      for (const { readings, article } of versions) {
        const plain = ['theme-party-day', 'member-appraisal'].includes(id)
        assert.ok(readings.length > 0 || plain, `${id} has no reading`)
        assert.ok(article === null || /^第[一二三四五六七八九十]+条/.test(article), `${id}: ${article}`)
      }
  })

  test('are in our own words: no long sentence, nothing between quotation marks but a title', () => {
    for (const path of filesUnder('catalogue/rules').filter((one) => /rules\/[a-z-]+\/rules\//.test(one)))
      for (const [, sentence] of read(path).matchAll(/zh: '?([^}']+?)'?, en:/g))
        assert.ok(sentence!.length <= 60, `${path}: ${sentence}`)
  })

  test('leave no day on which two versions apply, or none between two', () => {
    for (const { id, versions } of rulesInForce(catalogue.rules.rows, { confirmed: [], changes: [] }))
      versions.forEach((version, index) => {
        const next = versions[index + 1]
        if (next !== undefined) assert.ok(version.to < next.from, id)
      })
  })
})

describe('The cases', () => {
  test('each rule has some, and each case names an oracle that its rule has', () => {
    assert.deepEqual(files.map(({ rule }) => rule).sort(), catalogue.rules.ids.toSorted())
    for (const file of files) {
      assert.deepEqual(unknownOracles(file, catalogue), [], file.file)
      assert.ok(file.file.endsWith(`/${catalogue.rules.get(file.rule).pack}/cases/${file.rule}.yaml`.slice(1)))
    }
  })

  test('hold, one by one', () => {
    const misses = files.flatMap((file) =>
      missesOf(trialsOf(file, bureau, catalogue), catalogue.rules.get(file.rule)).map(
        ({ says, wanted, found }) => `${file.rule}: ${says}: wanted ${wanted}, found ${found}`,
      ),
    )
    assert.deepEqual(misses, [])
  })

  test('ask of each rule whether it applies, does not apply, and cannot be decided', () => {
    for (const { rule, cases } of files) {
      const given = cases.flatMap(({ gives, asked, held }) => [
        ...(gives ? [gives] : []),
        ...Object.values({ ...asked, ...held }),
      ])
      for (const wanted of ['none', 'undetermined', 'met', 'open'])
        assert.ok(
          given.some((one) => one.split(' ')[0] === wanted),
          `${rule}: no case gives ${wanted}`,
        )
    }
  })

  test('the schemas for editors are those of the program', () => {
    for (const [path, text] of Object.entries(ruleSchemas()))
      assert.ok(read(path) === text, `${path} differs from what it is made of: run npm run generate`)
  })

  test('every file points its editor to a schema', () => {
    for (const path of filesUnder('catalogue/rules').filter(
      (one) => one.endsWith('.yaml') && !one.endsWith('bureau.yaml'),
    )) {
      const [, schema] = /^# yaml-language-server: \$schema=(\S+)/.exec(read(path)) ?? []
      assert.ok(schema, path)
      assert.ok(readFileSync(join(root, path, '..', schema)), schema)
    }
  })
})
