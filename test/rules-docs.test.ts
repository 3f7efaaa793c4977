import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { localPackSchema, ruleSchema } from '../src/core/rules/rule.ts'
import { loadCatalogue } from '../src/platform/catalogue/catalogue.ts'
import { checkPackText } from '../src/platform/catalogue/pack-faults.ts'
import type { Out } from '../src/platform/cli/read.ts'
import { rulesCommand } from '../src/platform/cli/rules.ts'
import { loadWords } from '../src/platform/i18n/words.ts'
import { read } from './tidy/sources.ts'

const folder = mkdtempSync(join(tmpdir(), 'luze-rules-docs-'))
after(() => rmSync(folder, { recursive: true }))

const text = read('docs/rules.md')
const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block!)

async function check(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  const out: Out = {
    write(one) {
      said.out += one
    },
    error(one) {
      said.err += one
    },
  }
  const code = await rulesCommand(['check', ...argv], out, () => assert.fail('a check opens no program'))
  return { code, ...said }
}

test('the three examples of the guide are sound packs, as the command says', async () => {
  assert.equal(examples.length, 3)
  for (const [index, example] of examples.entries()) {
    const file = join(folder, `own-${index}.yaml`)
    writeFileSync(file, example)
    const { code, out, err } = await check(file)
    assert.equal(code, 0, err)
    assert.match(out, /sound, ready to import/)
  }
})

test('the quotation of the third example is compared with the text in a folder', async () => {
  const texts = mkdtempSync(join(folder, 'texts-'))
  const file = join(folder, 'own-2.yaml')
  writeFileSync(file, examples[2]!)
  const without = await check(file, '--texts', texts)
  assert.equal(without.code, 1)
  assert.match(without.err, /own-2\.yaml:\d+ .*某某局学习调研办法/)
  const original = '第四条 各科室每季度\n至少组织一次专题学习。\n第七条 班子成员调研。\n'
  writeFileSync(join(texts, '《某某局学习调研办法》.txt'), original)
  const compared = await check(file, '--texts', texts)
  assert.equal(compared.code, 0, compared.err)
  assert.match(compared.out, /own-department-study .*第四条.*there/)
  writeFileSync(join(texts, '《某某局学习调研办法》.txt'), original.replace('专题', '业务').replace('第四条', '第三条'))
  assert.equal((await check(file, '--texts', texts)).code, 1)
})

test('the guide names every word of the vocabulary', () => {
  const words = new Set<string>()
  const collect = (schema: unknown): void => {
    if (typeof schema !== 'object' || schema === null) return
    for (const [key, inner] of Object.entries(schema)) {
      if (key === 'properties') for (const name of Object.keys(inner as object)) words.add(name)
      collect(inner)
    }
  }
  const { changes, rules, quotes } = localPackSchema.shape
  for (const schema of [changes, rules, quotes, ruleSchema])
    collect(schema.toJSONSchema({ io: 'input', unrepresentable: 'any' }))
  // What only shipped rules need, or what the examples make plain.
  const elsewhere = [
    'zh',
    'en',
    'to',
    'statement',
    'visibility',
    'ordinarily_in',
    'amount_for',
    'opens_before_end',
    'lead_days',
  ]
  assert.deepEqual([...words].filter((word) => !elsewhere.includes(word) && !text.includes(word)).sort(), [])
})

test('a fault names its line, its place and what to do, in both languages', async () => {
  const file = join(folder, 'own-wrong.yaml')
  const changed = (from: string, to: string) => {
    assert.ok(
      examples.some((one) => one.includes(from)),
      from,
    )
    return examples.find((one) => one.includes(from))!.replace(from, to)
  }
  const faults: [string, string, RegExp][] = [
    ['every: month', 'every: year', /own-wrong\.yaml:7 .*quarter[\s\S]*cannot become/],
    ['every: month', 'every: monthly', /own-wrong\.yaml:7 .*changes\.0\.every[\s\S]*must be one of: month/],
    ['count: 2', 'counts: 2', /own-wrong\.yaml:8 .*counts[\s\S]*unknown: counts/],
    ['hours: 40', 'hours: 31', /own-wrong\.yaml:15 .*32[\s\S]*never for less/],
    ['rule: theory-group-study ', 'rule: theory-group-studies ', /own-wrong\.yaml:4 [\s\S]*There is no rule/],
    ['months: 3 }\n  - rule: themed', 'months: 30 }\n  - rule: themed', /own-wrong\.yaml:11 /],
    ['unit: [department]', 'unit: [office]', /own-wrong\.yaml:14 .*office[\s\S]*no kind of unit/],
    [
      '[topic-study, conveying-session], by: own',
      '[topic-study], by: led',
      /own-wrong\.yaml:17 .*led[\s\S]*persons and posts/,
    ],
    [
      'activity: [research-visit], by: led',
      'talk: [reminder], by: initiator',
      /own-wrong\.yaml:32 [\s\S]*neither plan nor obligation/,
    ],
    ['count: $times', 'count: 1', /own-wrong\.yaml:34 [\s\S]*used nowhere/],
    ['id: own-department-study', 'id: department-study', /own-wrong\.yaml:4 [\s\S]*starts with own-/],
    ['id: own-study', 'id: study', /own-wrong\.yaml:1 /],
    ['words: { zh: 科室专题学习,', 'words: { zh 科室专题学习,', /own-wrong\.yaml:5 /],
  ]
  for (const [from, to, says] of faults) {
    writeFileSync(file, changed(from, to))
    const { code, err } = await check(file)
    assert.equal(code, 1, to)
    assert.match(err, says, to)
  }
})

test('a pack that sets a rule which waits for confirmation is sound and says so', async () => {
  const file = join(folder, 'own-dormant.yaml')
  writeFileSync(
    file,
    'id: own-dormant\ntitle: 本局规定\nchanges:\n  - { rule: warning-education, from: 2026-01-01, source: 本局文件, params: { times: 2 } }\n',
  )
  const { code, out } = await check(file)
  assert.equal(code, 0)
  assert.match(out, /warning-education .*waits for a named person/)
})

test('the shipped packs are checked with their cases, and their articles against the texts of a folder', async () => {
  const texts = mkdtempSync(join(folder, 'official-'))
  writeFileSync(join(texts, '中国共产党党组工作条例.md'), '# 第二十三条 …\n')
  const there = await check('--texts', texts)
  assert.equal(there.code, 0)
  assert.match(there.out, /52 rules, \d+ cases, \d+ questions, 0 wrong/)
  assert.match(there.out, /leading-group-rules .*第二十三条：有/)
  assert.match(there.out, /personal-matters-annual .*not compared/)
  writeFileSync(join(texts, '中国共产党党组工作条例.md'), '第二十二条 第二十三条\n')
  const missing = await check('--texts', texts)
  assert.equal(missing.code, 1)
  assert.match(missing.out, /leading-group-rules .*没有 第二十三条/)
})

test('every problem of a rule has words', () => {
  const words = loadWords().messages
  const source = read('src/core/catalogue/check-rules.ts')
  const codes = [...source.matchAll(/(?:\], |code: |path, )'([a-z]+(?:-[a-z]+)*)'(?!\])/g)].map(([, code]) => code!)
  assert.ok(codes.length > 20, `${codes.length} codes`)
  const kinds = ['unit', 'post', 'activity', 'talk', 'topic'].map((what) => `unknown-${what}`)
  for (const code of [...codes, ...kinds]) assert.ok(words.has(`rule-problem/${code}`), code)
  assert.ok('faults' in checkPackText('', loadCatalogue(), loadWords()))
})
