import { createHash, randomBytes } from 'node:crypto'

/** What is kept of a token or code: its SHA-256. */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** A session token: `<bureau>.<256 random bits>`, so that the bureau is known before anything is read. */
export function newToken(orgId: number): string {
  return `${orgId}.${randomBytes(32).toString('base64url')}`
}

/** The bureau that a token names, or null where it is no token. */
export function orgOfToken(token: string): number | null {
  const parts = /^([1-9]\d{0,9})\.[A-Za-z0-9_-]{43}$/.exec(token)
  return parts === null ? null : Number(parts[1])
}

// Crockford's letters: none of them is taken for another on paper.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 5

/** A one-time code for paper: 100 random bits as five groups of four letters. */
export function newCode(): string {
  const letters = [...randomBytes(GROUPS * 4)].map((byte) => LETTERS[byte & 31])
  return Array.from({ length: GROUPS }, (_, group) => letters.slice(group * 4, group * 4 + 4).join('')).join('-')
}

/** A code as it was meant, whatever case, blanks and look-alike letters it was typed with. */
export function codeTyped(text: string): string {
  const letters = text.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

/** A user name as it is compared. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase()
}
