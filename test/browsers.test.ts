import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { OLDEST_CHROMIUM } from '../web/lib/older.ts'

const dist = join(import.meta.dirname, '../web/dist')

/**
 * What came to Chromium after the oldest one that the pages are made for, with its version. Syntax is the builder's care;
 * functions and looks are ours. Given by `web/lib/older.ts`: toSorted, toReversed, isWellFormed, Map.groupBy.
 */
const newer: readonly { what: RegExp; since: number }[] = [
  { what: /\.toSpliced\(/, since: 110 },
  { what: /\bObject\.groupBy\(/, since: 117 },
  { what: /\bArray\.fromAsync\(/, since: 121 },
  { what: /\bPromise\.withResolvers\b/, since: 119 },
  { what: /\bPromise\.try\(/, since: 128 },
  { what: /\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/, since: 122 },
  { what: /\bAbortSignal\.any\(/, since: 116 },
  { what: /\.toWellFormed\(/, since: 111 },
  {
    what: /\bIterator\.from\(|\.(values|keys|entries)\(\)\.(map|filter|some|every|toArray|take|drop|reduce|find)\(/,
    since: 122,
  },
  { what: /\.showPopover\(/, since: 114 },
  { what: /\bRegExp\.escape\(/, since: 136 },
  { what: /\.(toBase64|fromBase64|toHex)\(/, since: 140 },
  { what: /\bscheduler\.yield\(/, since: 129 },
]

/** Looks that an older browser would leave out. */
const newerLooks: readonly { what: RegExp; since: number }[] = [
  { what: /\bcolor-mix\(/, since: 111 },
  { what: /\blight-dark\(/, since: 123 },
  { what: /\boklch\(/, since: 111 },
  { what: /\d(dvh|svh|lvh)\b/, since: 108 },
  { what: /@scope\b/, since: 118 },
  { what: /@starting-style\b/, since: 117 },
  { what: /(^|[{};])\s*&/, since: 112 },
  { what: /\bsubgrid\b/, since: 117 },
]

function found(ending: string, list: typeof newer): string[] {
  const files = readdirSync(join(dist, 'assets')).filter((name) => name.endsWith(ending))
  assert.ok(files.length > 0, `built files ending in ${ending}`)
  return files.flatMap((name) => {
    const text = readFileSync(join(dist, 'assets', name), 'utf8')
    return list
      .filter(({ what, since }) => since > OLDEST_CHROMIUM && what.test(text))
      .map(({ what, since }) => `${name}: ${what.source} came with Chromium ${since}`)
  })
}

test('the built pages call nothing that their oldest browser lacks', () => assert.deepEqual(found('.js', newer), []))

test('the looks use nothing that their oldest browser lacks', () => assert.deepEqual(found('.css', newerLooks), []))

test('the reader of evidence files calls nothing newer either', () => {
  const text = readFileSync(join(dist, 'evidence.html'), 'utf8')
  assert.deepEqual(
    newer.filter(({ what, since }) => since > OLDEST_CHROMIUM && what.test(text)).map(({ what }) => what.source),
    [],
  )
})

test('the first page says which browser is needed, in the version that the builder aims at', () => {
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  assert.ok(page.includes(`内核为 Chromium ${OLDEST_CHROMIUM}（`))
  assert.ok(page.includes(`built on Chromium ${OLDEST_CHROMIUM} (`))
})
