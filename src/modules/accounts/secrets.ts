import { randomBytes } from 'node:crypto'

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
