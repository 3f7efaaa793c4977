import { type SpawnOptions, spawnSync } from 'node:child_process'
import { chmodSync, lchownSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../errors/refusal.ts'

/** As whom the database server runs, since it refuses to run as root. */
export interface Identity {
  kind: 'same' | 'namespace' | 'other'
  uid: number
  gid: number
}

/** Program, arguments and options that start `command` under an identity. */
export function underIdentity(who: Identity, command: string, args: string[]): [string, string[], SpawnOptions] {
  if (who.kind === 'namespace') return ['unshare', ['--user', command, ...args], {}]
  if (who.kind === 'other') return [command, args, { uid: who.uid, gid: who.gid }]
  return [command, args, {}]
}

function namespaceAllowed(): boolean {
  return spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' }).status === 0
}

function unprivilegedUser(): { uid: number; gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields && Number(fields[2]) > 0) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new Refusal('database/no-unprivileged-user')
}

/**
 * Chooses the identity: an ordinary user keeps his own; for root an existing cluster runs as its owner, a new one in a
 * user namespace (files stay root's), and where that is forbidden as `postgres` or `nobody`, who then owns the cluster.
 */
export function chooseIdentity(clusterDir: string, mayUnshare = namespaceAllowed): Identity {
  const uid = process.getuid?.() ?? -1
  const gid = process.getgid?.() ?? -1
  const owner = lstatSync(clusterDir, { throwIfNoEntry: false })
  if (uid !== 0) {
    if (owner && owner.uid !== uid) throw new Refusal('data-folder/foreign', { dir: clusterDir, owner: owner.uid })
    return { kind: 'same', uid, gid }
  }
  if (owner && owner.uid !== 0) return { kind: 'other', uid: owner.uid, gid: owner.gid }
  if (mayUnshare()) return { kind: 'namespace', uid, gid }
  return { kind: 'other', ...unprivilegedUser() }
}

/** Gives a tree to the identity, where it is another's. */
export function giveTree(path: string, who: Identity): void {
  if (who.kind !== 'other') return
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (!stat) return
  if (stat.uid !== who.uid) lchownSync(path, who.uid, who.gid)
  if (stat.isDirectory()) for (const name of readdirSync(path)) giveTree(join(path, name), who)
}

/** Refuses, naming the folder, where the identity cannot reach the data folder or the programs. */
export function assertReach(who: Identity, dataDir: string, program: string): void {
  if (who.kind !== 'other') return
  // Its own parts keep 0700; the data folder itself must let the server's user pass through.
  chmodSync(dataDir, 0o711)
  for (const [flag, path] of [
    ['-x', dataDir],
    ['-x', program],
  ] as const) {
    const asked = spawnSync('test', [flag, path], { uid: who.uid, gid: who.gid, cwd: '/' })
    if (asked.status !== 0) throw new Refusal('data-folder/out-of-reach', { path, uid: who.uid })
  }
}
