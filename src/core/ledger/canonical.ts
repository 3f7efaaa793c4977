/** A value that canonical JSON can hold; numbers are finite. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const encoder = new TextEncoder()

/**
 * The one JSON text of a value: keys sorted by UTF-16 units, no spaces, numbers and escapes as `JSON.stringify` writes them (the rules of RFC 8785).
 * Throws on undefined, NaN, infinities, lone surrogates and anything that is not plain JSON.
 */
export function canonicalText(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error('canonical JSON: number is not finite')
    return JSON.stringify(value)
  }
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${Array.from(value, (item) => canonicalText(item as Json)).join(',')}]`
  if (typeof value === 'object' && isPlain(value)) {
    const members = value as { readonly [key: string]: Json }
    const keys = Object.keys(members).sort()
    return `{${keys.map((key) => `${quote(key)}:${canonicalText(members[key] as Json)}`).join(',')}}`
  }
  throw new Error(`canonical JSON: ${typeof value} is not JSON`)
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

function quote(text: string): string {
  if (!text.isWellFormed()) throw new Error('canonical JSON: text holds half a character')
  return JSON.stringify(text)
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
