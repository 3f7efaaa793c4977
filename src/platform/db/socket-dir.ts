import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from './identity.ts'

// The kernel keeps 108 bytes for a socket's path, the last a zero; PostgreSQL appends '/.s.PGSQL.5432'.
const socketDirBytesMax = 107 - '/.s.PGSQL.5432'.length

function isPrivate(dir: string, uid: number): boolean {
  const stat = lstatSync(dir, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && stat.uid === uid && (stat.mode & 0o077) === 0
}

/**
 * A folder (0700, owned by the server's identity) for the socket: `run` in the data folder, or where that path is too
 * long for a socket, one under the system's temporary folder whose path the data folder remembers in `socket-dir`.
 */
export function socketDir(dataDir: string, who: Identity): string {
  const near = join(dataDir, 'run')
  if (Buffer.byteLength(near) <= socketDirBytesMax) {
    mkdirSync(near, { recursive: true, mode: 0o700 })
    chmodSync(near, 0o700)
    if (who.kind === 'other') chownSync(near, who.uid, who.gid)
    return near
  }
  const memory = join(dataDir, 'socket-dir')
  let far = ''
  try {
    far = readFileSync(memory, 'utf8').trim()
  } catch {
    far = ''
  }
  if (far !== '' && isPrivate(far, who.uid)) return far
  const mark = createHash('sha256').update(dataDir).digest('hex').slice(0, 8)
  far = mkdtempSync(join(tmpdir(), `luze-${mark}-`))
  if (Buffer.byteLength(far) > socketDirBytesMax) far = mkdtempSync(`/tmp/luze-${mark}-`)
  if (who.kind === 'other') chownSync(far, who.uid, who.gid)
  writeFileSync(memory, `${far}\n`, { mode: 0o600 })
  return far
}
