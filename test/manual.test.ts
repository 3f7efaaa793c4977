import assert from 'node:assert/strict'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { registry } from '../src/modules/index.ts'
import { helpText } from '../src/platform/cli/help.ts'
import { type Block, blocksOf, placeOf, plainOf, type Words } from '../web/modules/help/markdown.ts'
import { acts, fieldNames, fieldsOf, fieldsPages, sometimes } from './manual/fields.ts'
import { columns, privacyPages, readers } from './manual/privacy.ts'
import { filesUnder, read, root } from './tidy/sources.ts'

const start = 'docs/user/README.md'
const pictures = 'docs/user/pictures'
const pages = filesUnder('docs/user').filter((path) => path.endsWith('.md'))

/** Pages that a program writes, and the one that is looked up instead of read through. */
const made = new Set(Object.keys({ ...privacyPages(), ...fieldsPages() }))
const lookedUp = /\/pages\.md$/

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

/** The fields of a descriptor as options. */
function optionsOf({ input }: (typeof registry.descriptors)[number]): string[] {
  const { shape } = input as unknown as { shape: object }
  return Object.keys(shape).map((field) => `--${field.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}`)
}

/** What a command line says that the program does not know: its name, or an option of it. */
function unknownIn(line: string): string[] {
  const [, name, rest] = /^luze ([a-z][a-z.-]*)(.*)$/.exec(line) ?? []
  if (name === undefined) return []
  const given = [...rest!.matchAll(/--[a-z][a-z-]*/g)].map(([option]) => option)
  const descriptor = registry.descriptors.find((one) => one.name === name)
  if (descriptor !== undefined)
    return given.filter((o) => !general.has(o) && !optionsOf(descriptor).includes(o)).map((o) => `${name} ${o}`)
  // `luze paper` takes what the file takes that it writes.
  const files = name === 'paper' ? registry.descriptors.filter(({ kind }) => kind === 'file').flatMap(optionsOf) : []
  return [...(operator.has(name) ? [] : [name]), ...given.filter((o) => !options.has(o) && !files.includes(o))]
}

const routes = (path: string, call: RegExp) => [...read(path).matchAll(call)].map(([, route]) => route!)
const webRoutes = routes('web/routes.tsx', /^ {2}path: '(\/[^']*)'/gm).filter((route) => route !== '/')
const addresses = new Set([
  ...webRoutes.map(placeOf),
  ...routes('src/platform/http/server.ts', /app\.get\('(\/[^']*)'/g),
])

/** Addresses of pages that a text names and nobody can open; a folder of a machine begins with /var. */
const unknownAddresses = (text: string): string[] =>
  code(text)
    .flatMap((piece) => /^\/[a-z][\w/.…-]*/.exec(piece) ?? [])
    .filter((address) => !address.startsWith('/var/') && !addresses.has(address) && address !== '/help')

/** All words of a block. */
function wordsIn(block: Block): Words[] {
  if (block.sort === 'code') return []
  if (block.sort === 'list') return block.items.flat()
  return block.sort === 'table' ? [...block.head, ...block.rows.flat()].flat() : block.words
}

/** Claims that nothing is found on any page. */
function assertNone(find: (page: string) => string[]): void {
  const found = pages.flatMap((page) => find(page).map((what) => `${page}: ${what}`))
  assert.deepEqual(found, [])
}

describe("the users' manual", () => {
  test('is whole: every page is reached from its first one, and the README leads there', () => {
    const inside = [...reached(start)].filter((path) => path.startsWith('docs/user/'))
    assert.deepEqual(inside.sort(), [...pages].sort())
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
    const english = filesUnder('web/words/en')
      .map(read)
      .join('')
      .replaceAll(/\{\{\w+\}\}/g, '1')
    const named = (page: string) =>
      page.includes('/en/')
        ? blocksOf(read(page))
            .flatMap(wordsIn)
            .filter(({ sort }) => sort === 'button')
            .map(({ text }) => text)
        : []
    assertNone((page) => named(page).filter((word) => !english.includes(word)))
  })
  test('has a section for every page of the web, in both languages', () => {
    for (const path of ['docs/user/pages.md', 'docs/user/en/pages.md']) {
      const places = blocksOf(read(path)).flatMap((one) => (one.sort === 'heading' && one.place ? [one.place] : []))
      assert.deepEqual([...places].sort(), [...new Set(places)].sort(), `${path} names a page once`)
      const missing = webRoutes.map(placeOf).filter((route) => !places.includes(route))
      assert.deepEqual(missing, [], `${path} wants a section of these`)
    }
  })
  test('says in English under the same names what it says in Chinese', () => {
    const names = (folder: string) =>
      pages.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length))
    const english = names('docs/user/en/')
    assert.deepEqual(
      english,
      names('docs/user/').filter((name) => !name.startsWith('en/')),
    )
  })
  test('leads by its links to headings that are there', () => {
    const anchors = (path: string) => blocksOf(read(path)).flatMap((one) => (one.sort === 'heading' ? [one.id] : []))
    assertNone((page) =>
      [...read(page).matchAll(/\]\(([^)#:\s]*)#([^)]+)\)/g)]
        .filter(([, to, anchor]) => !anchors(to ? join(page, '..', to) : page).includes(anchor!))
        .map(([link]) => link),
    )
  })
  test('shows pictures that are there, in its own language, and none stands idle', () => {
    const shown = pages.flatMap((page) =>
      blocksOf(read(page))
        .flatMap(wordsIn)
        .filter(({ sort }) => sort === 'picture')
        .map((word) => ({ page, to: join(page, '..', (word as { to: string }).to), says: plainOf([word]) })),
    )
    for (const { page, to, says } of shown) {
      assert.ok(existsSync(join(root, to)), `${page}: ${to} is taken by npm run screenshots`)
      assert.ok(to.endsWith(page.includes('/en/') ? '.en.webp' : '.zh.webp'), `${page}: ${to} is in the other language`)
      assert.ok(says.length > 3, `${page}: ${to} says in words what it shows`)
    }
    const taken = readdirSync(join(root, pictures)).map((name) => `${pictures}/${name}`)
    assert.deepEqual(
      taken.filter((path) => !shown.some(({ to }) => to === path)),
      [],
    )
  })
  test('keeps its pictures small', () => {
    const sizes = readdirSync(join(root, pictures)).map((name) => statSync(join(root, pictures, name)).size)
    assert.ok(Math.max(...sizes) <= 120 * 1024, `${Math.max(...sizes)} bytes`)
    const all = sizes.reduce((sum, size) => sum + size, 0)
    assert.ok(all <= 2 * 1024 * 1024, `${all} bytes in all`)
  })
  test('quotes no sentence of a regulation: what stands in quotation marks is a word of the pages or short', () => {
    const quoted = (page: string) => [...read(page).matchAll(/“([^”]+)”/g)].map(([, words]) => words!)
    assertNone((page) => quoted(page).filter((words) => words.length >= 20))
  })
  test('keeps its pages short', () => {
    const long = pages.filter((page) => !made.has(page) && !lookedUp.test(page))
    assert.deepEqual(
      long.filter((page) => read(page).split('\n').length > 121),
      [],
    )
  })
})

describe('the pages that are made', () => {
  test('are those of the contracts and of the list of personal data', () => {
    for (const [path, text] of Object.entries({ ...privacyPages(), ...fieldsPages() }))
      assert.ok(existsSync(join(root, path)) && read(path) === text, `${path} differs: run npm run generate`)
  })
  test('name every field that must be filled, and no other', () => {
    const needed = new Set(acts.flatMap(({ names }) => names.flatMap((name) => fieldsOf(name).needed)))
    assert.deepEqual(Object.keys(fieldNames).sort(), [...needed].sort(), 'names in test/manual/fields.ts')
    const names = acts.flatMap((one) => one.names)
    assert.deepEqual(
      Object.keys(sometimes).filter((name) => !names.includes(name)),
      [],
    )
  })
  test('say of every table with personal data who sees it', () => {
    const listed = [...new Set(columns.map(({ table }) => table))].sort()
    const said = readers.flatMap(({ tables }) => tables.map(({ table }) => table)).sort()
    assert.deepEqual(said, listed, 'tables of catalogue/privacy-readers.yaml and catalogue/privacy.yaml')
  })
  test('belong to modules of the program', () => {
    const names = new Set(registry.modules.map(({ name }) => name))
    assert.deepEqual(
      readers.map(({ module }) => module).filter((name) => !names.has(name)),
      [],
    )
  })
})
