// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pagesOf } from './first-load.ts'

const routes = readFileSync(new URL('../routes.tsx', import.meta.url), 'utf8')

test('every page that a route takes in is known with its address', () => {
  const named = [...routes.matchAll(/import\('\.\/(modules\/[^']+)'\)/g)].map(([, file]) => file!)
  assert.ok(named.length > 20)
  assert.deepEqual(
    pagesOf(routes)
      .map(({ file }) => file)
      .toSorted(),
    named.toSorted(),
  )
})

test('a fixed address comes before one that has a name in its place', () => {
  const paths = pagesOf(routes).map(({ path }) => path)
  assert.ok(paths.indexOf('/activities/new') < paths.indexOf('/activities/$activityId'))
  assert.ok(paths.indexOf('/duties/sheet') < paths.indexOf('/duties/$no'))
})
