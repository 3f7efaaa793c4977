/** A value that canonical JSON can hold; numbers are finite. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const encoder = new TextEncoder()

/**
 * The one JSON text of a value: keys sorted by UTF-16 units, no spaces, numbers and escapes as `JSON.stringify` writes them (the rules of RFC 8785).
 * Throws on undefined, NaN, infinities, lone surrogates and anything that is not plain JSON.
 */
export function canonicalText(value: Json): string {
  if (typeof value === 'string') return quote(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('canonical JSON: number is not finite')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return listText(value)
  if (typeof value === 'object' && isPlain(value)) return membersText(value as { readonly [key: string]: Json })
  throw new Error(`canonical JSON: ${typeof value} is not JSON`)
}

function listText(items: readonly Json[]): string {
  let text = '['
  // By index, so that a hole is met as undefined, which is no JSON.
  for (let index = 0; index < items.length; index++) {
    if (index > 0) text += ','
    text += canonicalText(items[index] as Json)
  }
  return `${text}]`
}

function membersText(members: { readonly [key: string]: Json }): string {
  const keys = Object.keys(members)
  if (!inOrder(keys)) keys.sort()
  let text = '{'
  for (const key of keys) {
    if (text.length > 1) text += ','
    text += keyText(key) + canonicalText(members[key] as Json)
  }
  return `${text}}`
}

function inOrder(keys: readonly string[]): boolean {
  for (let index = 1; index < keys.length; index++) if (keys[index - 1]! > keys[index]!) return false
  return true
}

const keyTexts = new Map<string, string>()

/** A key with its colon: the same few are written over and over. */
function keyText(key: string): string {
  const known = keyTexts.get(key)
  if (known !== undefined) return known
  const text = `${quote(key)}:`
  if (keyTexts.size < 500 && key.length < 50) keyTexts.set(key, text)
  return text
}

/** UTF-8 bytes of `canonicalText`: what is hashed, committed to and stored. */
export function canonicalBytes(value: Json): Uint8Array {
  return encoder.encode(canonicalText(value))
}

/** Whether `text`, which reads as `value`, is its canonical text. Most texts are told by one comparison with the engine's own writer. */
export function isCanonical(text: string, value: Json): boolean {
  if (!text.includes('\\u') && hasSortedKeys(value) && JSON.stringify(value) === text) return true
  return canonicalText(value) === text
}

function hasSortedKeys(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(hasSortedKeys)
  const keys = Object.keys(value)
  return keys.every(
    (key, i) => (i === 0 || keys[i - 1]! < key) && hasSortedKeys((value as { [key: string]: Json })[key]!),
  )
}

/** Printing ASCII but quote and backslash: what stands in a JSON text as it is. */
const PLAIN = /^[ !#-[\]-~]*$/

function quote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  if (!text.isWellFormed()) throw new Error('canonical JSON: text holds half a character')
  return JSON.stringify(text)
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
