import { hash, randomBytes } from 'node:crypto'

/** What is kept of a token or code: its SHA-256. */
export function secretHash(secret: string): Buffer {
  return hash('sha256', secret, 'buffer')
}

/** A token: `<bureau>.<256 random bits>`, so that the bureau is known before anything is read. */
export function newToken(orgId: number): string {
  return `${orgId}.${randomBytes(32).toString('base64url')}`
}

/** The bureau that a token names, or null where it is no token. */
export function orgOfToken(token: string): number | null {
  const parts = /^([1-9]\d{0,9})\.[A-Za-z0-9_-]{43}$/.exec(token)
  return parts === null ? null : Number(parts[1])
}
