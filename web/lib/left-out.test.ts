// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAst } from 'vite'
import { namesOnly, referredOnly, withoutSchemas } from './left-out.ts'

test('a maker of styles keeps its name alone, wherever it is called', () => {
  const code = `const small = (token) => token.size
export const useShared = genStyleHooks(['Input', 'Shared'], (token) => small(token), prepare, { order: 1 })
export default (prefix) => {
  const useStyle = genStyleHooks('Menu', (token) => [small(token)], prepare)
  return useStyle(prefix)
}`
  const left = namesOnly(code, parseAst(code))
  assert.deepEqual(left.names.toSorted(), ['Input-Shared', 'Menu-Menu'])
  assert.match(left.code, /genStyleHooks\(\['Input', 'Shared'\]\)\n/)
  assert.match(left.code, /genStyleHooks\('Menu'\)\n/)
})

test('a contract keeps names and words, and marks what may be left out', () => {
  const code = `import * as z from 'zod'
const Row = z.object({ id: z.string() }).optional()
export const views = ['open', 'late'], most = 20
export const isOpen = (view) => view === 'open'
export const listRows = query('row.list', { input: z.strictObject({}), output: z.array(Row) })`
  const left = withoutSchemas(code, parseAst(code))
  parseAst(left)
  assert.match(left, /const Row = \/\* @__PURE__ \*\/ \(\(\) => \(z\.object\(.*\)\.optional\(\)\)\)\(\)/)
  assert.match(left, /most = 20\n/)
  assert.match(left, /isOpen = \(view\) => view === 'open'\n/)
  assert.match(left, /listRows = \/\* @__PURE__ \*\/ query\('row\.list', \{\}\)$/)
})

test('custom properties stay where a value refers to them, also through others', () => {
  const css = '.a{--ant-x:1px;--ant-y:var(--ant-x);--ant-z:2px;--ant-v:var(--ant-z);}.b{width:var(--ant-y);}'
  assert.equal(referredOnly(css), '.a{--ant-x:1px;--ant-y:var(--ant-x);}.b{width:var(--ant-y);}')
})
