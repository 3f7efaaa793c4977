import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

/** Cost of a new hash: OWASP's first choice for argon2id (19 MiB, two passes). Stored with each hash. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const
const TAG_BYTES = 32
const LENGTH_MIN = 10
const CLASSES_MIN = 3

const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '')

async function tag(password: string, nonce: Uint8Array, cost: { memory: number; passes: number; parallelism: number }) {
  return derive('argon2id', { message: password.normalize('NFC'), nonce, tagLength: TAG_BYTES, ...cost })
}

/** Hashes a password with a new salt, as a PHC string that names its parameters. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const { memory, passes, parallelism } = COST
  const hash = await tag(password, salt, COST)
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/
// Somebody without a password costs as much time as somebody with a wrong one.
const NOBODY = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${unpadded(Buffer.alloc(16))}$${unpadded(Buffer.alloc(TAG_BYTES))}`

/** Claims that the password belongs to the stored hash; `outdated` when the hash was made at another cost. */
export async function checkPassword(
  password: string,
  stored: string | null,
): Promise<{ right: boolean; outdated: boolean }> {
  const parts = PHC.exec(stored ?? NOBODY)
  if (parts === null) return { right: false, outdated: false }
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number) as [number, number, number]
  const wanted = Buffer.from(parts[5]!, 'base64')
  const found = await tag(password, Buffer.from(parts[4]!, 'base64'), { memory, passes, parallelism })
  const right = stored !== null && wanted.length === found.length && timingSafeEqual(wanted, found)
  return { right, outdated: memory !== COST.memory || passes !== COST.passes || parallelism !== COST.parallelism }
}

/** What a password lacks: the code of a refusal, or null when it will do (at least 10 characters, 3 of 4 classes, no name). */
export function passwordFault(password: string, names: readonly (string | null)[]): string | null {
  const text = password.normalize('NFC')
  if ([...text].length < LENGTH_MIN) return 'password/short'
  const classes = [/\p{Lowercase}/u, /\p{Uppercase}/u, /\p{Nd}/u, /[^\p{Lowercase}\p{Uppercase}\p{Nd}]/u]
  if (classes.filter((one) => one.test(text)).length < CLASSES_MIN) return 'password/classes'
  const folded = text.normalize('NFKC').toLowerCase()
  const named = names.some(
    (name) => name !== null && name.length > 1 && folded.includes(name.normalize('NFKC').toLowerCase()),
  )
  return named || new Set(text).size < 5 ? 'password/guessable' : null
}
