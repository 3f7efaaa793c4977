const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Int8Array(128).fill(-1)
for (let i = 0; i < 64; i++) VALUES[LETTERS.charCodeAt(i)] = i

/** Bytes as base64url without padding (RFC 4648 §5). */
export function toBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    text += LETTERS[word >> 18]! + LETTERS[(word >> 12) & 63]!
    if (left > 1) text += LETTERS[(word >> 6) & 63]!
    if (left > 2) text += LETTERS[word & 63]!
  }
  return text
}

/** Bytes of a base64url text without padding; throws on any other spelling, stray end bits included, so that one text means one value. */
export function fromBase64url(text: string): Uint8Array {
  const rest = text.length % 4
  if (rest === 1) throw new Error('base64url: impossible length')
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let word = 0
  let bits = 0
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? -1
    if (value < 0) throw new Error('base64url: letter outside the alphabet')
    word = ((word << 6) | value) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (word >> bits) & 255
    }
  }
  if ((word & ((1 << bits) - 1)) !== 0) throw new Error('base64url: stray bits at the end')
  return bytes
}
