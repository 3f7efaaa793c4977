import { ReadingRefusal } from './refusal.ts'

/** The largest document read, in bytes. */
export const maxDocumentBytes = 5 * 1024 * 1024

/** A decoded document: its text without byte order mark, and the encoding that fitted. */
export type Decoded = { text: string; encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' }

/** Decodes a plain-text document by byte order mark, then strict UTF-8, then GB 18030; refuses empty, binary and too long ones. */
export function decode(bytes: Uint8Array): Decoded {
  if (bytes.length > maxDocumentBytes) throw new ReadingRefusal('document/too-long', { bytes: bytes.length })
  if (bytes.length === 0) throw new ReadingRefusal('document/empty')
  const decoded = byMark(bytes) ?? tryDecode(bytes, 'utf-8') ?? tryDecode(bytes, 'gb18030')
  if (!decoded || looksBinary(decoded.text)) throw new ReadingRefusal('document/binary')
  if (decoded.text.trim() === '') throw new ReadingRefusal('document/empty')
  return decoded
}

function byMark(bytes: Uint8Array): Decoded | null {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return tryDecode(bytes, 'utf-8')
  if (a === 0xff && b === 0xfe) return tryDecode(bytes, 'utf-16le')
  if (a === 0xfe && b === 0xff) return tryDecode(bytes, 'utf-16be')
  return null
}

function tryDecode(bytes: Uint8Array, encoding: Decoded['encoding']): Decoded | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }
  } catch {
    return null
  }
}

function looksBinary(text: string): boolean {
  if (text.startsWith('PK\u0003\u0004') || text.startsWith('%PDF-') || text.startsWith('{\\rtf')) return true
  let control = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0) return true
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12) control++
  }
  return control > text.length / 100
}
