import assert from 'node:assert/strict'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { filesUnder, parseSource, read } from './tidy/sources.ts'

/*
 * Pages are loaded one by one, each with the styles that it asks for. A class whose styles came only with a page visited
 * before looks right to whoever came that way and wrong to whoever opened the address.
 */

const files = filesUnder('web').filter((path) => !/^web\/(dist|evidence|gallery)/.test(path))
const styles = new Map(
  files
    .filter((path) => path.endsWith('.css'))
    .map((path) => {
      const text = read(path).replace(/\/\*[\s\S]*?\*\//g, '')
      return [path, new Set([...text.matchAll(/\.(-?[a-zA-Z][\w-]*)/g)].map(([, name]) => name!))] as const
    }),
)

/** What a file takes in when it is loaded; pages behind a route are taken in later. */
const taken = new Map<string, readonly string[]>()
function takenBy(path: string): readonly string[] {
  const before = taken.get(path)
  if (before) return before
  const text = /\.tsx?$/.test(path) ? read(path) : ''
  const named = [...text.matchAll(/^import\s(?!type\b)[^'"]*?'(\.[^']+)'/gm)].map(([, to]) =>
    normalize(join(dirname(path), to!)).replaceAll('\\', '/'),
  )
  taken.set(path, named)
  return named
}

function loadedWith(start: string, seen = new Set<string>()): Set<string> {
  if (seen.has(start)) return seen
  seen.add(start)
  for (const path of takenBy(start)) loadedWith(path, seen)
  return seen
}

/** The class names that stand in a component's markup as they are. */
function classesOf(path: string): string[] {
  return [...read(path).matchAll(/className(?:="([^"]*)"|=\{([^}]*)\}|: '([^']*)')/g)].flatMap(
    ([, plain, code, field]) =>
      [
        plain ?? '',
        field ?? '',
        ...[...(code ?? '').matchAll(/['"`]([^'"`]*)['"`]/g)].map(([, text]) => text!),
      ].flatMap((text) => text.split(/[^\w-]+/).filter((name) => name !== '')),
  )
}

test('every page brings the styles of the classes that it uses', () => {
  const first = loadedWith('web/main.tsx')
  const pages = files.filter((path) => path.endsWith('-page.tsx'))
  assert.ok(pages.length > 20)
  const missing = pages.flatMap((page) => {
    const loaded = new Set([...first, ...loadedWith(page)])
    return [...loaded]
      .filter((path) => path.endsWith('.tsx') && !first.has(path))
      .flatMap((path) =>
        [...new Set(classesOf(path))].flatMap((name) => {
          const where = [...styles].filter(([, names]) => names.has(name)).map(([file]) => file)
          return where.length === 0 || where.some((file) => loaded.has(file))
            ? []
            : [`${page}: .${name} of ${path} is styled in ${where.join(', ')}`]
        }),
      )
  })
  assert.deepEqual(missing, [])
})

test('what is taken in is what the parser says', () => {
  for (const path of ['web/main.tsx', 'web/modules/today/today-page.tsx']) {
    const parsed = parseSource(path, read(path)).imports.filter((one) => one.startsWith('web/'))
    for (const one of takenBy(path).filter((to) => to.startsWith('web/'))) assert.ok(parsed.includes(one), one)
  }
})
