import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { registry } from '../src/modules/index.ts'
import { helpText } from '../src/platform/cli/help.ts'
import { filesUnder, read, root } from './tidy/sources.ts'

const papers = () => filesUnder('').filter((path) => path.endsWith('.md'))
const lines = (path: string) => read(path).split('\n').length - 1
const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> }

/** Commands that a paper names and nobody can run. */
function unknownCommands(text: string, help: string): string[] {
  const names = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name!)
  const npm = [...names(/\bnpm run ([a-z][\w-]*)/g), ...names(/\bnpm (start|test)\b/g)]
  // A command stands in backquotes or in a block of code, a sentence about `luze` does not.
  const luze = names(/(?:npx luze|`luze) ([a-z][a-z.-]*)/g)
  const acts = registry.descriptors.map(({ name }) => name)
  const known = (name: string) => new RegExp(`(^|\\n|· |  )${name}\\b`).test(help) || acts.includes(name)
  return [...npm.filter((name) => !(name in scripts)), ...luze.filter((name) => !known(name))]
}

/** Links of a paper to files that do not exist. */
function brokenLinks(path: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
    .map(([, to]) => to!)
    .filter((to) => !existsSync(join(root, dirname(path), to)))
}

describe('the papers of the repository', () => {
  test('are short', () => {
    const most: Readonly<Record<string, number>> = { 'README.md': 120, 'ARCHITECTURE.md': 200, 'CONTRIBUTING.md': 200 }
    for (const [path, max] of Object.entries(most))
      assert.ok(lines(path) <= max, `${path} has ${lines(path)} lines, ${max} are allowed`)
  })
  test('name only commands that exist', () => {
    const help = helpText(registry)
    const faults = papers().flatMap((path) => unknownCommands(read(path), help).map((name) => `${path}: ${name}`))
    assert.deepEqual(faults, [])
    assert.deepEqual(unknownCommands('`npm run fly`, `npx luze vanish F`, `luze fsck`', help), ['fly', 'vanish'])
  })
  test('link only to files that exist', () => {
    assert.deepEqual(
      papers().flatMap((path) => brokenLinks(path, read(path)).map((to) => `${path}: ${to}`)),
      [],
    )
    assert.deepEqual(brokenLinks('README.md', '[a](docs/none.md) [b](README.md) [c](https://example.org)'), [
      'docs/none.md',
    ])
  })
  test('README speaks English first and then says the same in Chinese', () => {
    const [english, chinese] = read('README.md').split('\n# 履责\n')
    assert.ok(chinese, 'a section # 履责')
    for (const part of [english!, chinese]) {
      for (const command of [
        'npm start',
        'npm test',
        'npm run check',
        'npx luze verify',
        'npx luze fsck',
        'npx luze export',
        '--help',
      ]) {
        assert.ok(part.includes(command), `${command} in both languages`)
      }
    }
    assert.ok((chinese.match(/\p{Script=Han}/gu) ?? []).length > 600, 'the Chinese section is whole')
  })
  test('every package script stands in the README', () => {
    const text = read('README.md')
    const missing = Object.keys(scripts).filter(
      (name) => !text.includes(`npm run ${name}`) && !text.includes(`npm ${name}`),
    )
    assert.deepEqual(missing, [])
  })
})

describe('decisions', () => {
  const decisions = filesUnder('docs/decisions')
  test('are numbered without a gap and headed by their number', () => {
    for (const [index, path] of decisions.entries()) {
      const number = String(index + 1).padStart(4, '0')
      assert.match(basename(path), new RegExp(`^${number}-[a-z0-9-]+\\.md$`))
      assert.ok(read(path).startsWith(`# ${number} `), `${path} is headed by its number`)
    }
  })
  test('say context, decision and consequences in fewer than sixty lines', () => {
    for (const path of decisions) {
      const headings = [...read(path).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
      assert.deepEqual(headings, ['Context', 'Decision', 'Consequences'], path)
      assert.ok(lines(path) < 60, path)
    }
  })
  test('that the code names exist', () => {
    const named = filesUnder('src')
      .concat(filesUnder('migrations'), filesUnder('web'))
      .flatMap((path) =>
        [...read(path).matchAll(/\bdecisions?\s+(\d{1,2})\b|docs\/decisions\/(\d{4})/g)].map(([, a, b]) => ({
          path,
          number: Number(a ?? b),
        })),
      )
    assert.ok(named.length > 10)
    assert.deepEqual(
      named.filter(({ number }) => number < 1 || number > decisions.length),
      [],
    )
  })
})
