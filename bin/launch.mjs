// What every launcher needs before the program can run. Plain JavaScript without packages, since none may be there yet.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = join(root, 'node_modules/.cache')
const nodeMajorMin = 24

/** Says one line in both languages on stderr. */
export function say(zh, en) {
  process.stderr.write(`${zh} / ${en}\n`)
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** Writes a note of this machine; a folder that may not be written only costs the next start some time. */
function keep(path, text) {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch {
    // Read-only checkout.
  }
}

/** True when node_modules holds what the lock says; optional packages of other platforms may be absent. */
function matchesLock(lockText) {
  const there = read(join(root, 'node_modules/.package-lock.json'))
  if (there === null) return false
  const installed = JSON.parse(there).packages
  return Object.entries(JSON.parse(lockText).packages).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true
    const found = installed[path]
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional === true
  })
}

/** Installs the packages from the lock where they are absent or differ from it. */
export function ensurePackages() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const hash = createHash('sha256').update(lock).digest('hex')
  const stamp = join(cache, 'luze-lock')
  const fresh = existsSync(join(root, 'node_modules/.package-lock.json'))
  if (fresh && read(stamp) === hash) return
  if (!matchesLock(lock)) {
    say('正在按锁文件安装依赖，首次约需一分钟', 'Installing packages from the lock file, about a minute the first time')
    const npm = process.env.npm_execpath
    const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']]
    const done = spawnSync(command, [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    })
    if (done.status !== 0) {
      say(
        '依赖没有装好：请检查网络或软件源后重试',
        'The packages could not be installed: check the network or the package registry, then try again',
      )
      process.exit(1)
    }
  }
  keep(stamp, hash)
}

/** Path of a Node that runs the sources: this one, the one from the lock, or an end with a clear message. */
export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= nodeMajorMin) return process.execPath
  const packed = join(root, `node_modules/node-linux-${process.arch}/bin/node`)
  if (process.platform === 'linux' && existsSync(packed)) return packed
  say(
    `本机为 ${process.platform}-${process.arch}、Node ${process.versions.node}：请先安装 Node ${nodeMajorMin} 或更高版本`,
    `This machine is ${process.platform}-${process.arch} with Node ${process.versions.node}: please install Node ${nodeMajorMin} or newer first`,
  )
  return process.exit(1)
}

function filesUnder(path, into = []) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const at = join(path, entry.name)
    if (entry.name === 'dist' || entry.name === 'node_modules' || /\.test\.tsx?$/.test(entry.name)) continue
    if (entry.isDirectory()) filesUnder(at, into)
    else into.push(at)
  }
  return into
}

/** One hash over all sources of the two web builds. */
export function webSourceHash() {
  const hash = createHash('sha256')
  const contracts = existsSync(join(root, 'src/modules'))
    ? filesUnder(join(root, 'src/modules')).filter((path) => path.endsWith('.contract.ts'))
    : []
  const manual = existsSync(join(root, 'docs/user')) ? filesUnder(join(root, 'docs/user')) : []
  const files = [...filesUnder(join(root, 'web')), ...filesUnder(join(root, 'src/core')), ...contracts, ...manual]
  for (const path of [...files.sort(), join(root, 'package-lock.json')]) {
    const body = readFileSync(path)
    hash.update(`${path.slice(root.length)} ${body.length}\n`).update(body)
  }
  return hash.digest('hex')
}

/** True when there is nothing to build or the builds come from today's sources. */
export function isWebFresh() {
  if (!existsSync(join(root, 'web/index.html'))) return true
  const outputs = ['web/dist/index.html']
  if (existsSync(join(root, 'web/evidence/build.mjs'))) outputs.push('web/dist/evidence.html')
  if (!outputs.every((path) => existsSync(join(root, path)))) return false
  return read(join(root, 'web/dist/.stamp')) === webSourceHash()
}

/** Builds the web where it is absent or stale; a finished build is used on where the builder is not installed. */
export function ensureWeb(node) {
  if (isWebFresh()) return
  if (!existsSync(join(root, 'node_modules/vite')) && existsSync(join(root, 'web/dist/index.html'))) return
  say('正在构建网页，约需几秒', 'Building the web pages, a few seconds')
  const built = spawnSync(node, [join(root, 'bin/build.mjs'), '--quiet'], { cwd: root, stdio: ['ignore', 2, 2] })
  if (built.status !== 0) {
    say('网页没有构建成功，原因见上', 'The web pages could not be built; the reason stands above')
    process.exit(1)
  }
}

/** Runs a file on Node 24 with the caller's arguments, terminal, folder, signals and exit code. */
export function launch(file, args) {
  const node = findNode()
  const target = resolve(file)
  // A small young generation and a heap that grows by small steps keep some 100 MB free on an office machine.
  const flags = ['--max-semi-space-size=8', '--max-old-space-size=1024']
  const env = { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(cache, 'compile') }
  // Whatever the program starts by the name `node` must be the same one.
  env.PATH = `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`
  // On the right Node already: this process becomes the program, so that no second one waits beside it.
  if (node === process.execPath && process.execve) process.execve(node, [node, ...flags, target, ...args], env)
  const child = spawn(node, [...flags, target, ...args], { stdio: 'inherit', env })
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name))
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  child.once('exit', (code, name) => {
    if (name === null) process.exit(code ?? 1)
    process.removeAllListeners(name)
    process.kill(process.pid, name)
  })
}
