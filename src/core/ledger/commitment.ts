import { canonicalBytes, type Json } from './canonical.ts'
import type { Hash } from './hash.ts'

/**
 * Salted commitment to one field: H(salt ‖ canonical [field, value]). With 32 random bytes of salt it hides the value; once the salt is destroyed
 * nobody can test a guess against it (Personal Information Protection Law art. 47 rests on that). Throws unless the salt is 32 bytes.
 */
export function commit(hash: Hash, salt: Uint8Array, field: string, value: Json): Uint8Array {
  if (salt.length !== 32) throw new Error('a salt is 32 bytes')
  return hash(joinBytes(salt, canonicalBytes([field, value])))
}

/** The parts one after another in new bytes. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** Whether two byte strings are the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
