import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Secrets that jobs need (the password of a mail server, what a webhook is signed with) stand in the database sealed by a key that
 * stands beside it in the data folder: whoever has a copy of the database alone reads none of them.
 */

/** The file of the data folder that holds the key: 32 bytes in base64. */
export const keyFile = 'secrets.key'

/** Seals texts and opens them again. `about` says whose secret it is; sealed for one it opens for no other. */
export interface Sealer {
  /** Makes the key where there is none yet. */
  seal(text: string, about: string): string
  /** Throws `SealBroken`. */
  open(sealed: string, about: string): string
}

/** A secret that does not open: its key is gone, is another, or the text was changed. */
export class SealBroken extends Error {
  readonly reason: 'key-absent' | 'key-unreadable' | 'other-key' | 'changed'
  constructor(reason: SealBroken['reason']) {
    super(`a secret does not open: ${reason}`)
    this.name = 'SealBroken'
    this.reason = reason
  }
}

const FORM = /^luze1:([0-9a-f]{16}):([\w-]{16}):([\w-]+)$/
const KEY_BYTES = 32
const TAG_BYTES = 16

/** What a key is called: so that a secret says which key it was sealed by. */
const nameOf = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 16)

function readKey(path: string): Buffer | null {
  try {
    const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64')
    if (key.length !== KEY_BYTES) throw new SealBroken('key-unreadable')
    return key
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    if (error instanceof SealBroken) throw error
    throw new SealBroken('key-unreadable')
  }
}

/** Of two programs that make a key at once, one makes it; both read the same. */
function makeKey(path: string): Buffer {
  const own = `${path}.${process.pid}`
  writeFileSync(own, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600 })
  try {
    linkSync(own, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(own, { force: true })
  }
  return readKey(path)!
}

/** The sealer whose key stands in a data folder (AES-256-GCM). The key is read each time: it may be put back meanwhile. */
export function sealerIn(dataDir: string): Sealer {
  const path = join(dataDir, keyFile)
  return {
    seal: (text, about) => {
      const key = readKey(path) ?? makeKey(path)
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(about))
      const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `luze1:${nameOf(key)}:${nonce.toString('base64url')}:${bytes.toString('base64url')}`
    },
    open: (sealed, about) => {
      const [, name, nonce, text] = FORM.exec(sealed) ?? []
      if (name === undefined) throw new SealBroken('changed')
      const key = readKey(path)
      if (key === null) throw new SealBroken('key-absent')
      if (nameOf(key) !== name) throw new SealBroken('other-key')
      const bytes = Buffer.from(text!, 'base64url')
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce!, 'base64url'))
        decipher.setAAD(Buffer.from(about))
        decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
        const plain = decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES))
        return Buffer.concat([plain, decipher.final()]).toString('utf8')
      } catch {
        throw new SealBroken('changed')
      }
    },
  }
}
