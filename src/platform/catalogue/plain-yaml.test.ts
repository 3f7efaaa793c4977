import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { readPlainYaml } from './plain-yaml.ts'

const catalogue = join(import.meta.dirname, '../../../catalogue')

/** What the YAML library makes of a text, or null where it refuses it. */
function library(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent' })
  } catch {
    return null
  }
}

/** The same, or left to the library. */
function agrees(text: string): void {
  const plain = readPlainYaml(text)
  if (plain !== null) assert.deepEqual(plain, library(text), text.slice(0, 200))
}

test('every file of the lexicon is read as the YAML library reads it', () => {
  for (const file of globSync('lexicon/*.yaml', { cwd: catalogue }))
    assert.notEqual(readPlainYaml(readFileSync(join(catalogue, file), 'utf8')), null, file)
  for (const file of globSync('**/*.yaml', { cwd: catalogue })) agrees(readFileSync(join(catalogue, file), 'utf8'))
})

test('what goes beyond the plain part is left to the library', () => {
  for (const text of [
    '',
    '# nothing',
    'a: &x 1\nb: *x',
    'a: |\n  text',
    'a: [1,\n  2]',
    'a: "x\\ny"',
    'a: 0x1F',
    'a: 1e3',
    'a: ~',
    'a: x # why',
    'a: 1\na: 2',
    'a: "b: c',
    "a: 'b' c",
    'a:\n- 1',
    'a: b: c',
    'a:\tb',
  ])
    assert.equal(readPlainYaml(text), null, text)
})

test('any text is read as the library reads it, or left to it', () => {
  const value = fc.constantFrom(
    '1',
    '-0.5',
    '01',
    '+2',
    '1.',
    '.5',
    '1.修订',
    '每月',
    'true',
    'True',
    'null',
    "'a''b'",
    '"q"',
    '[]',
    '{}',
    '[甲, 乙]',
    '[甲，乙, ]',
    '{ a: 甲, b: [1, 2] }',
    '{ a: }',
    '{ a:1 }',
    '[a: b]',
    '- 1',
    '-',
    'x:',
    'a #b',
    'a#b',
    '*a',
    "[ 'x, y', z ]",
    '[[1], {b: c}]',
    '2031-01-01',
    '1_000',
    '0o7',
    '甲: 乙',
    '[,]',
    "''",
    'no',
    '<<',
  )
  const line = fc.tuple(
    fc.constantFrom('', '  ', '    ', '      '),
    fc.constantFrom('', '- ', '-  '),
    fc.constantFrom('', 'a: ', 'b: ', 'c-d:'),
    value,
  )
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
      agrees(lines.map((parts) => parts.join('')).join('\n'))
    }),
    { numRuns: 3000 },
  )
})
