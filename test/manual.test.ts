import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { registry } from '../src/modules/index.ts'
import { helpText } from '../src/platform/cli/help.ts'
import { filesUnder, read, root } from './tidy/sources.ts'

const start = 'docs/user/README.md'
const pages = filesUnder('docs/user').filter((path) => path.endsWith('.md'))

/** What a text links to inside the repository, as paths from its root. */
function links(path: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, to]) => to!)
  return targets.map((to) => join(path, '..', to))
}

/** The pages that a reader comes to from the first one. */
function reached(from: string): Set<string> {
  const seen = new Set([from])
  for (const page of seen) for (const to of links(page, read(page))) if (to.endsWith('.md')) seen.add(to)
  return seen
}

/** Pieces of a text that stand as code: in backquotes, or as lines of a block. */
function code(text: string): string[] {
  const blocks = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].flatMap(([, block]) => block!.split('\n'))
  const inline = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].map(([, piece]) => piece!)
  return [...blocks, ...inline]
}

/** The commands of the help text's head, with their options, and all acts and reads. */
const help = helpText(registry)
const operator = new Set(
  [...help.matchAll(/(?:^|· ) *([a-z]+)(?= (?:\[|[A-Z]|·|[a-z]+ \[?[A-Z]))/gm)].map(([, name]) => name!),
)
const options = new Set([...help.matchAll(/--[a-z-]+/g)].map(([option]) => option))
const general = new Set(['--data', '--as', '--on-behalf-of', '--json', '--input', '--out', '--org'])

/** What a command line says that the program does not know: its name, or an option of it. */
function unknownIn(line: string): string[] {
  const [, name, rest] = /^luze ([a-z][a-z.-]*)(.*)$/.exec(line) ?? []
  if (name === undefined) return []
  const given = [...rest!.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option)
  const descriptor = registry.descriptors.find((one) => one.name === name)
  if (descriptor === undefined) return [...(operator.has(name) ? [] : [name]), ...given.filter((o) => !options.has(o))]
  const shape = (descriptor.input as unknown as { shape: object }).shape
  const fields = Object.keys(shape).map((field) => `--${field.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}`)
  return given.filter((option) => !general.has(option) && !fields.includes(option)).map((o) => `${name} ${o}`)
}

const routes = (path: string, call: RegExp) => [...read(path).matchAll(call)].map(([, route]) => route!)
const addresses = new Set([
  ...routes('web/routes.tsx', /^ {2}path: '(\/[^']*)'/gm),
  ...routes('src/platform/http/server.ts', /app\.get\('(\/[^']*)'/g),
])

/** Addresses of pages that a text names and nobody can open; a folder of a machine begins with /var. */
const unknownAddresses = (text: string): string[] =>
  code(text)
    .flatMap((piece) => /^\/[a-z][\w/.-]*/.exec(piece) ?? [])
    .filter((address) => !address.startsWith('/var/') && !addresses.has(address))

/** Claims that nothing is found on any page. */
function assertNone(find: (page: string) => string[]): void {
  const found = pages.flatMap((page) => find(page).map((what) => `${page}: ${what}`))
  assert.deepEqual(found, [])
}

describe("the users' manual", () => {
  test('is whole: every page is reached from its first one, and the README leads there', () => {
    assert.deepEqual([...reached(start)].sort(), [...pages].sort())
    assert.ok(links('README.md', read('README.md')).includes(start))
  })
  test('links only to what exists', () => {
    assertNone((page) => links(page, read(page)).filter((to) => !existsSync(join(root, to))))
    assert.deepEqual(links(start, '[a](none.md) [b](https://example.org)'), ['docs/user/none.md'])
  })
  test('names only commands and options that exist', () => {
    assertNone((page) => code(read(page)).flatMap(unknownIn))
    const planted = ['luze vanish', 'luze talk.record --content x', 'luze verify F --journal G', 'luze duty.get --no 3']
    assert.deepEqual(planted.flatMap(unknownIn), ['vanish', 'talk.record --content'])
  })
  test('names only addresses that exist', () => {
    assertNone((page) => unknownAddresses(read(page)))
    assert.deepEqual(unknownAddresses('`/duties?view=late`, `/nowhere`'), ['/nowhere'])
  })
  test('names only buttons that the pages have', () => {
    const words = filesUnder('web/words/zh')
      .map(read)
      .join('')
      .replaceAll(/\{\{\w+\}\}/g, '1')
    const pressed = (page: string) => [...read(page).matchAll(/按“([^”]+)”/g)].map(([, word]) => word!)
    assertNone((page) => pressed(page).filter((word) => !words.includes(word)))
  })
  test('keeps its pages short', () => {
    assert.ok(pages.every((page) => read(page).split('\n').length <= 121))
  })
})
