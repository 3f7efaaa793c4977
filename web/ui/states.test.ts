// biome-ignore-all lint/correctness/noNodejsModules: tests run in Node
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { leadingState, stateNames, states } from './states.ts'

const css = await readFile(new URL('./tokens.css', import.meta.url), 'utf8')

/** WCAG 2 relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

test('the style sheet holds the colours of the state table', () => {
  for (const name of stateNames) {
    assert.match(css, new RegExp(`--st-${name}: ${states[name].ink};`))
    assert.match(css, new RegExp(`--bg-${name}: ${states[name].ground};`))
  }
})

test('a coloured state word reads on white and on its own ground', () => {
  for (const name of stateNames) {
    const look = states[name]
    if (look.text !== 'state') continue
    assert.ok(contrast(look.ink, '#ffffff') >= 4.5, `${name} on white`)
    assert.ok(contrast(look.ink, look.ground) >= 4.5, `${name} on its ground`)
  }
})

test('a mark stands out from white', () => {
  for (const name of stateNames) assert.ok(contrast(states[name].ink, '#ffffff') >= 3, name)
})

test('no two states share a shape', () => {
  const shapes = stateNames.map((name) => states[name].shape)
  assert.equal(new Set(shapes).size, shapes.length)
})

test('late stands before unknown, unknown before planned, planned before due soon', () => {
  assert.equal(leadingState(['soon', 'planned', 'unknown', 'late']), 'late')
  assert.equal(leadingState(['soon', 'planned', 'unknown']), 'unknown')
  assert.equal(leadingState(['soon', 'planned']), 'planned')
  assert.equal(leadingState(['done']), 'done')
  assert.equal(leadingState([]), undefined)
})
