import { linkSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../errors/refusal.ts'
import { bootId, processStart } from './process.ts'

/** Who holds a data folder; `address` is where its server answers, once it does. */
export interface FolderHolder {
  pid: number
  started: string
  boot: string
  purpose: string
  address: string | null
}

/** A data folder that this process holds until it releases it or ends. */
export interface FolderLock {
  /** The folder as an absolute path without links. */
  readonly dir: string
  /** Tells later starters where this process answers. */
  announce(address: string): void
  release(): void
}

const lockName = 'luze.lock'

function parseHolder(text: string): FolderHolder | null {
  try {
    const holder = JSON.parse(text) as FolderHolder
    return Number.isInteger(holder.pid) && holder.pid > 0 ? holder : null
  } catch {
    return null
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function holds(holder: FolderHolder | null): holder is FolderHolder {
  return holder !== null && holder.boot === bootId() && processStart(holder.pid) === holder.started
}

/** The living process that holds the folder, or null. */
export function folderHolder(dataDir: string): FolderHolder | null {
  const text = readText(join(dataDir, lockName))
  const holder = text === null ? null : parseHolder(text)
  return holds(holder) ? holder : null
}

/** Moves a lock aside whose holder is dead. Puts it back if another starter has renewed it in between. */
function breakStale(path: string, own: string, seen: string): void {
  const aside = `${own}.aside`
  try {
    renameSync(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (readText(aside) !== seen) {
    try {
      linkSync(aside, path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  rmSync(aside, { force: true })
}

/**
 * Makes this process the one supervisor of a data folder, which is created (0700) if absent.
 * Refusal `data-folder/in-use` names the living holder; what a dead one left is taken over.
 */
export function lockDataFolder(dataDir: string, purpose = 'serve'): FolderLock {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const dir = realpathSync(dataDir)
  const path = join(dir, lockName)
  const own = `${path}.${process.pid}`
  const self: FolderHolder = {
    pid: process.pid,
    started: processStart(process.pid) ?? '',
    boot: bootId(),
    purpose,
    address: null,
  }
  const write = () => writeFileSync(own, JSON.stringify(self), { mode: 0o600 })
  write()
  try {
    for (let attempt = 0; ; attempt++) {
      try {
        // A link appears whole or not at all, so nobody ever reads half a lock.
        linkSync(own, path)
        break
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const seen = readText(path)
      if (seen === null) continue
      const holder = parseHolder(seen)
      if (holds(holder) || attempt > 20)
        throw new Refusal('data-folder/in-use', { dir, pid: holder?.pid, purpose: holder?.purpose })
      breakStale(path, own, seen)
    }
  } finally {
    rmSync(own, { force: true })
  }
  const mine = () => parseHolder(readText(path) ?? '')
  const heldByUs = () => mine()?.pid === self.pid && mine()?.started === self.started
  return {
    dir,
    announce(address) {
      if (!heldByUs()) return
      self.address = address
      write()
      renameSync(own, path)
    },
    release() {
      if (heldByUs()) rmSync(path, { force: true })
    },
  }
}
